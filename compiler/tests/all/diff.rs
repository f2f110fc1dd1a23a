//! `mesocheck diff`, as its users run it.

use crate::parts::changed::{change, changed, cut, shipped};
use crate::parts::folder::{Folder, files};
use crate::parts::program::{complaint, content, lines, mesocheck, said};
use serde_json::{Value, json};
use std::process::Command;

const QUESTIONS: &str = "suitability/questions.toml";

#[test]
fn a_softer_rule_is_milder_and_shows_the_patient() {
    let old = r#"{ id = "breastfeeding", outcome = "not-suitable", scope = "now""#;
    let new = r#"{ id = "breastfeeding", outcome = "talk", ask = "doctor""#;
    let told = differs(&changed("diff-soft", &[(QUESTIONS, old, new)]), true);
    for line in [
        "  Rule `preg.breastfeeding` `not-suitable` → `talk`, ask nothing → doctor, about now → nothing: milder",
        "    smallest patient: pregnancy or breastfeeding: I am breastfeeding",
        "      before: not-suitable (preg.breastfeeding)",
        "      now:    talk (preg.breastfeeding)",
    ] {
        assert!(told.lines().any(|known| known == line), "{line}: {told}");
    }
}

#[test]
fn a_shorter_wait_is_milder_and_its_answer_sets_are_counted() {
    let (old, new) = ("days = 180, from = \"trigger\"", "days = 14, from = \"trigger\"");
    let told = differs(&changed("diff-wait", &[(QUESTIONS, old, new)]), true);
    for line in [
        "  Rule `hair1.trigger` wait 180 days → 14 days: milder",
        "    93 015 073 953 884 548 247 962 426 351 708 802 666 987 520 000 000 000 answer sets",
    ] {
        assert!(told.lines().any(|known| known == line), "{line}: {told}");
    }
    let back = differs(&changed("diff-longer", &[(QUESTIONS, old, "days = 200, from = \"trigger\"")]), false);
    assert!(back.contains("  Rule `hair1.trigger` wait 180 days → 200 days: stricter\n"), "{back}");
}

#[test]
fn asking_others_is_milder_and_stricter() {
    let page = "page = \"hair\"\nkind = \"many\"\nask_when = ";
    let when = r#"{ question = "concern", any_of = ["hair"] }"#;
    let (old, new) = (format!("{page}{when}"), format!("{page}{{ not = {when} }}"));
    let told = differs(&changed("diff-asked", &[(QUESTIONS, &old, &new)]), true);
    let cause = "  Question `hair1` was asked if concern = hair, is asked if not concern = hair: milder and stricter\n";
    assert!(told.contains(cause), "{told}");
}

#[test]
fn a_question_that_is_gone_is_milder_and_an_option_that_is_new_is_told_apart() {
    let folder = shipped("diff-gone");
    cut(&folder, QUESTIONS, "[[question]]\nid = \"hair2\"", "[[question]]");
    let told = differs(&folder, true);
    assert!(told.contains("  Question `hair2` is gone: milder\n"), "{told}");
    assert!(told.contains("hair loss; causes of hair loss: No\n"), "{told}");

    let dental = r#"  { id = "dental", outcome"#;
    let rule = r#"outcome = "wait", wait = { days = 14, from = "treatment" }, source = ["GK"], confidence = "low", change = "none""#;
    let tattoo = format!("  {{ id = \"tattoo\", {rule} }},\n{dental}");
    let words = "[question.recent.options.dental]\n";
    let new = "[question.recent.options.tattoo]\nlabel = \"A tattoo\"\nreason = \"Skin must heal first.\"\nuntil = \"until \
               your skin has healed\"\n\n";
    let changes = [(QUESTIONS, dental, tattoo.as_str()), ("en/suitability.toml", words, &format!("{new}{words}"))];
    let told = differs(&changed("diff-option", &changes), false);
    assert!(told.contains("Answer `recent.tattoo` is new: neither milder nor stricter\n"), "{told}");
    assert!(!told.contains("proven to change no decision"), "{told}");
}

/// What was agreed has no day by which it is to be looked at again: answers are as fresh for it as for the new version.
#[test]
fn a_patient_is_decided_on_by_what_was_agreed_as_by_a_folder() {
    let changes = [(
        QUESTIONS,
        "{ id = \"breastfeeding\", outcome = \"not-suitable\"",
        "{ id = \"breastfeeding\", outcome = \"talk\", ask = \"doctor\"",
    )];
    let folder = changed("diff-agreed", &changes);
    let patients = |old: &str| -> Vec<String> {
        let told = said(&["--content", folder.path(), "diff", old], "");
        let starts = ["smallest patient:", "before:", "now:", "{"];
        let lines = told.lines().map(str::trim).filter(|line| starts.iter().any(|start| line.starts_with(start)));
        lines.map(str::to_owned).collect()
    };
    let agreed = patients("signed");
    assert_eq!(agreed, patients(&old()));
    assert!(agreed.contains(&"before: not-suitable (preg.breastfeeding)".to_owned()), "{agreed:?}");
    assert!(agreed.contains(&"now:    talk (preg.breastfeeding)".to_owned()), "{agreed:?}");
}

#[test]
fn words_alone_are_proven_to_change_no_decision() {
    let label = "label = \"New drooping face, weakness or muddled speech\"";
    let folder = changed("diff-words", &[("en/suitability.toml", label, "label = \"A face that droops\"")]);
    let told = said(&["--content", folder.path(), "diff", &old(), "--fail-if-changed", "--fail-if-milder"], "");
    let proof = "  Proof: over all 187 665 178 504 614 723 320 596 067 229 131 236 630 855 680 000 264 321 complete answer \
                 sets, every outcome and every finding is the same.\n";
    assert!(told.contains(proof), "{told}");
    assert!(told.contains("Words and grounds: 1 changed\n  suitability: option em_now.stroke\n"), "{told}");
}

#[test]
fn words_that_no_question_asks_are_told_as_well() {
    let words = "en/suitability.toml";
    let changes = [
        (words, "What would you inject?", "What will you inject?"),
        (words, "A list of your illnesses,", "The list of your illnesses,"),
        (words, "and says it is harmless.", "and finds it harmless."),
    ];
    let told = said(&["--content", changed("diff-prompts", &changes).path(), "diff", &old(), "--fail-if-changed"], "");
    let places = ["what to ask", "what to bring", "what would change the result"];
    assert!(told.contains("Words and grounds: 3 changed\n"), "{told}");
    for place in places {
        assert!(told.contains(&format!("  suitability: {place}\n")), "{place}: {told}");
    }
}

#[test]
fn what_is_set_apart_from_decisions_is_told() {
    let fresh = ("fresh_for_hours = 12\n", "fresh_for_hours = 48\n");
    let told = differs(&changed("diff-fresh", &[(QUESTIONS, fresh.0, fresh.1)]), true);
    assert!(told.contains("  the answer to `urgent_now` stays fresh for 48 h instead of for 12 h: milder\n"), "{told}");
    let stops = (", shown_incomplete = true, stops = \"first_step\" }", ", shown_incomplete = true }");
    let told = differs(&changed("diff-stops", &[(QUESTIONS, stops.0, stops.1)]), true);
    assert!(told.contains("  `same-day` stops the check nowhere instead of first_step: milder\n"), "{told}");
}

#[test]
fn a_git_revision_is_compared_like_a_folder() {
    let repository = Folder::empty("diff-git");
    for file in files(&content()) {
        let path = file.strip_prefix(content()).unwrap().to_str().unwrap();
        repository.put(&format!("content/{path}"), &std::fs::read(&file).unwrap());
    }
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        // Where git itself runs the tests, in a hook, these name another repository.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(name);
        }
        git.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]);
        let output = git.args(words).current_dir(repository.path()).output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Old"]);
    let file = format!("content/{QUESTIONS}");
    change(&repository, &file, "days = 180, from = \"last_tablet\"", "days = 14, from = \"last_tablet\"");
    git(&["commit", "--quiet", "--all", "--message", "New"]);
    let folder = format!("{}/content", repository.path());
    let told = said(&["--content", &folder, "diff", "HEAD~1", "HEAD"], "");
    assert!(told.contains("suitability: HEAD~1 → HEAD\n"), "{told}");
    assert!(told.contains("  Rule `meds.iso` wait 180 days → 14 days: milder\n"), "{told}");
    assert_eq!(told.matches("answer sets\n").count(), 1, "{told}");
    // In a hook, or in a shell that has set them for another repository.
    let elsewhere = Folder::empty("diff-git-elsewhere");
    elsewhere.put("file", b"");
    let mut program = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(["--content", &folder, "diff", "HEAD~1", "HEAD"]);
    for (name, value) in [
        ("GIT_DIR", elsewhere.path()),
        ("GIT_WORK_TREE", elsewhere.path()),
        ("GIT_INDEX_FILE", "/nowhere"),
        ("GIT_OBJECT_DIRECTORY", "/nowhere"),
        ("GIT_COMMON_DIR", "/nowhere"),
        ("GIT_NAMESPACE", "other"),
        ("GIT_CEILING_DIRECTORIES", "/"),
        ("GIT_CONFIG_COUNT", "x"),
        ("TAR_OPTIONS", "--exclude=*"),
    ] {
        program.env(name, value);
    }
    let output = program.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8(output.stdout).unwrap(), told);
    let told = complaint(&["--content", &folder, "diff", "nowhere"], "");
    assert!(told.contains("`nowhere` is no folder, and no git revision"), "{told}");
    assert_eq!(told.trim().lines().count(), 1, "{told}");
}

#[test]
fn a_damaged_statement_is_named() {
    let folder = changed("diff-damaged", &[("suitability/signed.json", "\"format\":1,", "\"format\":1")]);
    let told = complaint(&["--content", folder.path(), "diff"], "");
    assert!(told.contains("suitability/signed.json is damaged"), "{told}");
}

#[test]
fn the_counts_are_those_of_deciding_every_answer_set() {
    let before = Folder::tiny("diff-all");
    let decided = every(&before);
    for (name, file, old, new, cause) in [
        ("wait", QUESTIONS, "days = 14", "days = 7", "Rule `skin.sore` wait 14 days → 7 days: milder"),
        ("young", "suitability/rules.toml", "at_most = 25", "at_most = 20", "Rule `x.young_plans` fired if"),
    ] {
        let after = Folder::tiny(&format!("diff-all-{name}"));
        change(&after, file, old, new);
        // A case that fails would keep `decide` from deciding.
        after.put("suitability/cases.toml", b"");
        let told = said(&["--content", after.path(), "diff", before.path()], "");
        assert!(told.contains(&format!("  {cause}")), "{told}");
        let all = format!("Compared over all {} complete", grouped(decided.len()));
        assert!(told.contains(&all), "{all}: {told}");
        let differ = decided.iter().zip(every(&after)).filter(|(was, is)| *was != is).count();
        assert!(differ > 0);
        assert!(told.contains(&format!("    {} answer sets\n", grouped(differ))), "{differ}: {told}");
    }
}

/// What is decided on every complete answer set of the little check.
fn every(folder: &Folder) -> Vec<(Value, Value)> {
    let decide = |sets: &[Value]| -> Vec<Value> {
        let words = ["--content", folder.path(), "decide", "suitability", "--lines", "--today", "2026-12-01"];
        said(&words, &lines(sets)).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let ages = (0..=120).map(|age: u32| age.to_string()).chain(["not_sure".into(), "prefer_not".into()]);
    let mut sets = Vec::new();
    for age in ages {
        for signs in ["breath", "none", "not_sure"] {
            for skin in ["sore", "dry", "no", "not_sure", "prefer_not"] {
                sets.push(json!({ "signs": [signs], "age": [age], "skin": [skin] }));
            }
        }
    }
    let mut complete = Vec::new();
    for (set, decision) in sets.iter().zip(decide(&sets)) {
        if decision["missing"] == json!([]) {
            complete.push(set.clone());
            continue;
        }
        assert_eq!(decision["missing"], json!(["plans"]), "{set}");
        for plans in ["yes", "no", "not_sure", "prefer_not"] {
            let mut set = set.clone();
            set["plans"] = json!([plans]);
            complete.push(set);
        }
    }
    let decisions = decide(&complete);
    complete.into_iter().zip(decisions).collect()
}

fn grouped(number: usize) -> String {
    let thousands = number / 1000;
    if thousands == 0 { number.to_string() } else { format!("{thousands} {:03}", number % 1000) }
}

/// What is told against the shipped content of a copy in which a decision or a setting differs.
fn differs(folder: &Folder, milder: bool) -> String {
    let told = said(&["--content", folder.path(), "diff", &old()], "");
    for (option, fails) in [("--fail-if-milder", milder), ("--fail-if-changed", true)] {
        let output = mesocheck(&["--content", folder.path(), "diff", &old(), option], "");
        assert_eq!(output.status.code(), Some(i32::from(fails)), "{option}: {told}");
    }
    told
}

fn old() -> String {
    content().display().to_string()
}
