//! `mesocheck mutate`, as its users run it.

use crate::parts::changed::cut;
use crate::parts::folder::Folder;
use crate::parts::program::{complaint, content, said, undisturbed};

#[test]
#[ignore = "`cargo xtask test` runs it where it matters, and `cargo xtask verify` always"]
fn no_mutant_of_the_shipped_content_survives() {
    let _undisturbed = undisturbed();
    let told = said(&["--content", content().to_str().unwrap(), "mutate"], "");
    let (mutants, survivors) = together(&told);
    assert!(mutants >= 2500, "{told}");
    assert_eq!(survivors, 0, "{told}");
}

#[test]
fn with_fewer_demands_the_proof_notices_less() {
    let folder = Folder::tiny("mutate-less");
    let words = ["--content", folder.path(), "mutate", "suitability"];
    let told = complaint(&words, "");
    assert!(told.contains("nothing was agreed for suitability"), "{told}");
    said(&["--content", folder.path(), "accept", "--yes"], "");
    let all = said(&words, "");
    for id in ["sign", "sore", "unsure", "order"] {
        cut(&folder, "suitability/musts.toml", &format!("[[must]]\nid = \"{id}\"\n"), "[[must]]");
        cut(&folder, "en/suitability.toml", &format!("[must.{id}]\n"), "[must.");
    }
    let fewer = said(&words, "");
    assert_eq!(together(&all), together(&fewer), "{fewer}");
    assert_eq!(together(&fewer).1, 0, "{fewer}");
    let (all, fewer) = (noticed(&all, "prove"), noticed(&fewer, "prove"));
    assert!(fewer < all, "{fewer} of {all}");
}

/// Mutants and survivors of all checks.
fn together(told: &str) -> (u32, u32) {
    let line = told.lines().last().unwrap().strip_prefix("together: ").unwrap();
    let (mutants, survivors) = line.split_once(" mutants, ").unwrap();
    (mutants.parse().unwrap(), survivors.strip_suffix(" survivors").unwrap().parse().unwrap())
}

/// How many a net noticed.
fn noticed(told: &str, net: &str) -> u32 {
    told.lines().find_map(|line| line.trim().strip_prefix(net)?.trim().parse().ok()).unwrap()
}
