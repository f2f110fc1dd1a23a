//! `mesocheck check`, as its users run it.

use crate::parts::program::{complaint, content, said};
use std::path::{Path, PathBuf};

#[test]
fn the_shipped_content_has_no_problem_and_its_counts_are_told() {
    let told = said(&["--content", content().to_str().unwrap(), "check", "--today", "2026-12-01"], "");
    let suitability = told.lines().find(|line| line.starts_with("suitability:")).unwrap();
    for count in ["38 questions", "284 options", "221 rules"] {
        assert!(suitability.contains(count), "{suitability}");
    }
    assert!(told.contains("34 FAQ answers"), "{told}");
    assert!(told.ends_with("no problems\n"), "{told}");
    let cases = |line: &str| line.split(", ").find_map(|part| part.strip_suffix(" cases")?.parse::<u32>().ok());
    assert_eq!(told.lines().filter_map(cases).sum::<u32>(), 32, "{told}");
}

#[test]
fn a_folder_that_is_none_is_told() {
    let told = complaint(&["--content", "nowhere", "check", "--today", "2026-12-01"], "");
    assert!(told.contains("nowhere"), "{told}");
}

#[test]
fn every_problem_is_told_at_once_with_file_and_line() {
    let copy = copy("every_problem");
    let questions = edit(&copy, "suitability/questions.toml", "outcome = \"emergency\"", "outcome = \"emergncy\"");
    let rules = edit(&copy, "suitability/rules.toml", "any_of = [\"chin\"]", "any_of = [\"chins\"]");
    let words = edit(&copy, "en/aftercare.toml", "title = ", "titel = ");
    let told = complaint(&["--content", copy.to_str().unwrap(), "check", "--today", "2026-12-01"], "");
    for (name, file, line) in [
        ("emergncy", "suitability/questions.toml", questions),
        ("chins", "suitability/rules.toml", rules),
        ("titel", "en/aftercare.toml", words),
    ] {
        assert!(told.contains(name), "{name}: {told}");
        assert!(told.contains(&format!("{file}:{line}")), "{file}:{line}: {told}");
    }
    // Nothing is decided on content that is broken.
    complaint(&["--content", copy.to_str().unwrap(), "decide", "suitability"], "{}");
}

#[test]
fn a_rule_that_is_gone_makes_a_case_fail() {
    let copy = copy("a_rule_that_is_gone");
    edit(
        &copy,
        "suitability/questions.toml",
        "{ id = \"pregnant\", outcome = \"not-suitable\"",
        "{ id = \"pregnant\", outcome = \"talk\", ask = \"doctor\"",
    );
    let told = complaint(&["--content", copy.to_str().unwrap(), "check", "--today", "2026-12-01"], "");
    assert!(told.contains("G02"), "{told}");
}

/// A copy of the shipped content that may be broken.
fn copy(name: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&to);
    copy_folder(&content(), &to);
    to
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap() {
        let entry = entry.unwrap();
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &to);
        } else {
            std::fs::copy(path, to).unwrap();
        }
    }
}

/// Replaces the first place that has a text; its line.
fn edit(folder: &Path, file: &str, old: &str, new: &str) -> usize {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (before, _) = text.split_once(old).unwrap();
    std::fs::write(&path, text.replacen(old, new, 1)).unwrap();
    before.lines().count() + usize::from(before.ends_with('\n'))
}
