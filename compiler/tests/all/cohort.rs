//! `mesocheck cohort`, as its users run it.

use crate::parts::folder::{Folder, files};
use crate::parts::program::{complaint, content, said};

const CHECKS: &[&str] = &["suitability", "aftercare"];

#[test]
fn the_same_visitors_are_drawn_each_time_and_each_gets_one_outcome() {
    let tiny = Folder::tiny("cohort-sums");
    for folder in [content().to_str().unwrap(), tiny.path()] {
        let both = said(&["--content", folder, "cohort"], "");
        assert_eq!(both, said(&["--content", folder, "cohort"], ""));
        let parts: Vec<String> = CHECKS.iter().map(|check| said(&["--content", folder, "cohort", check], "")).collect();
        assert_eq!(both, parts.join("\n"));
        for part in &parts {
            assert_eq!(outcomes(part).iter().map(|(_, share)| share).sum::<u32>(), 1000, "{part}");
        }
    }
}

#[test]
fn where_everyone_is_pregnant_nobody_is_told_to_go_on() {
    let folder = shipped("cohort-pregnant");
    let path = "suitability/cohort.toml";
    let mut cohort: toml::Table = toml::from_str(&folder.text(path)).unwrap();
    for (question, entry) in &mut cohort {
        for (option, share) in entry["of_10000"].as_table_mut().unwrap() {
            *share = toml::Value::Integer(if question == "preg" && option == "pregnant" { 10_000 } else { 0 });
        }
    }
    folder.put(path, written(&cohort).as_bytes());
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    let expected = ["clear", "talk", "wait", "not-suitable", "same-day", "emergency"];
    let expected = expected.map(|outcome| (outcome.to_owned(), if outcome == "not-suitable" { 1000 } else { 0 }));
    assert_eq!(outcomes(&told), expected, "{told}");
    assert!(told.contains("Warning: more than half of all visitors get `not-suitable`"), "{told}");
    assert_eq!(listed(&told, "Rules that fire"), ["1000 preg.pregnant not-suitable high"], "{told}");
    assert_eq!(listed(&told, "Rules that decide alone"), ["1000 preg.pregnant not-suitable high"], "{told}");

    let both = folder.text(path).replace("\"breastfeeding\" = 0", "\"breastfeeding\" = 10000");
    folder.put(path, both.as_bytes());
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    assert_eq!(listed(&told, "Rules that fire").len(), 2, "{told}");
    assert!(listed(&told, "Rules that decide alone").is_empty(), "{told}");
}

/// Half have sore skin, which ends the check; a tenth of all cannot breathe, which stops it before.
#[test]
fn shares_are_those_the_content_says_and_a_stop_ends_the_check() {
    let folder = Folder::tiny("cohort-shares");
    let path = "suitability/cohort.toml";
    let text = folder.text(path);
    let text = text.replace("breath = 20, not_sure = 80", "breath = 1000, not_sure = 0");
    let text = text.replace("sore = 1000, dry = 3000, not_sure = 500, prefer_not = 100", NO_SKIN);
    let text = text.replace("= 9000, \"70 to 90\" = 950, not_sure = 20, prefer_not = 30", NO_AGE);
    folder.put(path, text.as_bytes());
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    let (emergency, wait) = (share(&told, "emergency"), share(&told, "wait"));
    assert!((90..=110).contains(&emergency) && (435..=465).contains(&wait), "{told}");
    assert_eq!(share(&told, "clear"), 1000 - emergency - wait, "{told}");
    let fired = listed(&told, "Rules that fire");
    assert_eq!(fired, [format!("{wait} skin.sore wait medium"), format!("{emergency} signs.breath emergency high")]);
    assert!(told.contains("11 of the 13 numbers behind this are guesses"), "{told}");
    assert!(!told.contains("Warning"), "{told}");
}

const NO_SKIN: &str = "sore = 5000, dry = 0, not_sure = 0, prefer_not = 0";
const NO_AGE: &str = "= 0, \"70 to 90\" = 10000, not_sure = 0, prefer_not = 0";

#[test]
fn rules_of_low_confidence_that_make_people_wait_are_named() {
    let folder = Folder::tiny("cohort-doubt");
    let path = "suitability/questions.toml";
    let text = folder.text(path);
    let sore = text.lines().find(|line| line.contains("id = \"sore\"")).unwrap();
    folder.put(path, text.replace(sore, &sore.replace("medium", "low")).as_bytes());
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    let doubtful = listed(&told, "Rules of low confidence that alone give `wait` or worse");
    assert_eq!(doubtful.len(), 1, "{told}");
    assert!(doubtful[0].contains("skin.sore wait low nobody has agreed yet"), "{told}");
    let agreed = folder.text(path).replace("\"low\", change", "\"low\", agreed_by = \"Dr Ann Example\", change");
    folder.put(path, agreed.as_bytes());
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    assert!(told.contains("skin.sore") && told.contains("low  Dr Ann Example"), "{told}");
}

#[test]
fn without_the_file_there_is_no_cohort() {
    let folder = Folder::tiny("cohort-none");
    folder.remove("suitability/cohort.toml");
    let told = said(&["--content", folder.path(), "cohort", "suitability"], "");
    assert!(told.contains("there is no suitability/cohort.toml"), "{told}");
    let told = complaint(&["--content", folder.path(), "cohort", "suitabilty"], "");
    assert!(told.contains("there is no check `suitabilty`"), "{told}");
}

/// Ids of the outcomes, with how many of 1,000 get them.
fn outcomes(told: &str) -> Vec<(String, u32)> {
    let lines = told.lines().skip(2).take_while(|line| !line.is_empty());
    let pairs = lines.map(|line| line.trim().split_once("  ").unwrap());
    pairs.map(|(share, outcome)| (outcome.to_owned(), share.parse().unwrap())).collect()
}

fn share(told: &str, outcome: &str) -> u32 {
    outcomes(told).iter().find(|(id, _)| id == outcome).unwrap().1
}

/// The lines below a title, with single spaces.
fn listed(told: &str, title: &str) -> Vec<String> {
    let below = told.lines().skip_while(|line| !line.starts_with(title)).skip(2);
    let below = below.take_while(|line| !line.is_empty());
    below.map(|line| line.split_whitespace().collect::<Vec<&str>>().join(" ")).collect()
}

fn shipped(name: &str) -> Folder {
    let folder = Folder::empty(name);
    for file in files(&content()) {
        folder.put(file.strip_prefix(content()).unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
    }
    folder
}

/// As TOML, with the same shares.
fn written(cohort: &toml::Table) -> String {
    let mut text = String::new();
    for (question, entry) in cohort {
        let shares = entry["of_10000"].as_table().unwrap().iter();
        let shares: Vec<String> =
            shares.map(|(option, share)| format!("\"{option}\" = {}", share.as_integer().unwrap())).collect();
        text += &format!("[{question}]\nof_10000 = {{ {} }}\nguess = \"A test.\"\n", shares.join(", "));
    }
    text
}
