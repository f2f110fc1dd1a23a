//! `mesocheck prove`, as its users run it.

use crate::parts::changed::changed;
use crate::parts::folder::Folder;
use crate::parts::program::{content, mesocheck, questions, said, undisturbed};
use num_bigint::BigUint;
use serde_json::Value;

const QUESTIONS: &str = "suitability/questions.toml";

#[test]
fn everything_holds_of_the_shipped_content_and_the_answer_sets_are_counted() {
    let told = said(&["--content", content().to_str().unwrap(), "prove"], "");
    assert!(told.ends_with("Everything holds.\n"), "{told}");
    assert!(!told.contains('✗'), "{told}");
    let counts = counts(&told, "complete answer sets: ");
    let suitability = "187665178504614723320596067229131236630855680000264321";
    assert_eq!(counts.len(), 2, "{told}");
    assert_eq!(counts[0].0.to_string(), suitability);
    assert_eq!(counts[1].0.to_string(), "162151851997790208");
    assert_eq!(counts[1].0, BigUint::from(aftercare()));
    for (all, outcomes) in counts.iter().chain(&self::counts(&told, "journeys (a stop ends them): ")) {
        assert_eq!(outcomes.iter().sum::<BigUint>(), *all, "{told}");
    }
    let tried = told.lines().filter_map(|line| line.strip_prefix("  tested on the engine: "));
    let tried = tried.map(|line| digits(line.split_once(" random").unwrap().0));
    assert!(tried.sum::<BigUint>() >= BigUint::from(100_000_u32), "{told}");
}

/// How many ways there are to answer everything in aftercare, where every question is asked of everyone.
fn aftercare() -> u128 {
    let text = std::fs::read_to_string(content().join("aftercare/questions.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let files = file["question"].as_array().unwrap();
    let ways = questions("aftercare").into_iter().zip(files).map(|(question, entry)| {
        assert!(!question.conditional && entry.get("ends_check").is_none());
        let alone = entry.get("exclusive").map_or(0, |alone| alone.as_array().unwrap().len());
        let together = question.options.len() - alone;
        if question.many { (1_u128 << together) - 1 + alone as u128 } else { question.options.len() as u128 }
    });
    ways.product()
}

#[test]
fn who_is_breastfeeding_is_missed_where_her_rule_is_gone() {
    let rule = r#", outcome = "not-suitable", scope = "now", source = ["WEB-3", "NCT-MIG", "GK"], confidence = "high""#;
    let (old, new) = (format!("\"breastfeeding\"{rule}"), "\"breastfeeding\"");
    let reason = "reason = \"We do not know if these mixtures pass into breast milk. There is no need to stop early for \
                  this: it can wait.\"\n";
    let folder = changed("prove-milk", &[(QUESTIONS, &old, new), ("en/suitability.toml", reason, "")]);
    broken(&folder, &["I15_breastfeeding"], "pregnancy or breastfeeding: I am breastfeeding", "clear");
}

#[test]
fn a_sign_of_an_emergency_must_not_wait_until_later_today() {
    let old = r#"{ id = "chest", outcome = "emergency", action = "emergency""#;
    let new = r#"{ id = "chest", outcome = "same-day", action = "same_day""#;
    let folder = changed("prove-chest", &[(QUESTIONS, old, new)]);
    let patient = "warning signs: Chest pain, or a tight or heavy chest";
    broken(&folder, &["I03", "I03_everyone"], patient, "same-day");
}

#[test]
fn a_sign_for_today_must_not_lead_to_a_talk() {
    for (sign, label) in [
        ("leg", "recent warning signs: One leg or arm swollen and sore"),
        ("fever", "recent warning signs: A high temperature and feeling very unwell"),
    ] {
        let old = format!(r#"{{ id = "{sign}", outcome = "same-day", action = "same_day""#);
        let new = format!(r#"{{ id = "{sign}", outcome = "talk", ask = "doctor""#);
        let folder = changed(&format!("prove-{sign}"), &[(QUESTIONS, &old, &new)]);
        broken(&folder, &["I04", "I04_everyone"], label, "talk");
    }
}

#[test]
fn who_is_pregnant_and_was_never_asked_is_found() {
    let page = "page = \"pregnancy\"\nkind = \"many\"\n";
    let new = format!("{page}ask_when = {{ question = \"age\", any_of = [\"under18\"] }}\n");
    let folder = changed("prove-asked", &[(QUESTIONS, page, &new)]);
    let patient = "pregnancy or breastfeeding: I am pregnant (was never asked)";
    let told = broken(&folder, &["I15_pregnant", "I15_breastfeeding", "asked"], patient, "clear");
    assert!(told.contains("question `preg` is asked of nobody"), "{told}");
}

#[test]
fn signs_of_hair_loss_are_missed_where_only_others_are_asked_about_them() {
    let page = "page = \"hair\"\nkind = \"many\"\nask_when = ";
    let (when, not) = (HAIR, format!("{{ not = {HAIR} }}"));
    let folder = changed("prove-hair", &[(QUESTIONS, &format!("{page}{when}"), &format!("{page}{not}"))]);
    let patient = "the help you want: Hair thinning or hair loss; your hair and scalp: Sudden loss, or hair coming out in \
                   clumps (was never asked)";
    broken(&folder, &["hair_signs", "I05", "I06"], patient, "clear");
}

const HAIR: &str = r#"{ question = "concern", any_of = ["hair"] }"#;

#[test]
fn a_question_nobody_is_asked_and_a_rule_that_cannot_fire_are_told() {
    let page = "page = \"stretch\"\nkind = \"many\"\nask_when = ";
    let when = r#"{ question = "concern", any_of = ["stretch"] }"#;
    let never = format!(r#"{{ all = [{when}, {{ question = "concern", any_of = ["not_sure"] }}] }}"#);
    let folder = changed("prove-never", &[(QUESTIONS, &format!("{page}{when}"), &format!("{page}{never}"))]);
    let patient = "the help you want: Stretch marks; your stretch marks: Wide purple or dark marks with other changes (was \
                   never asked)";
    let told = broken(&folder, &["I22", "stretch_signs"], patient, "clear");
    assert!(told.contains("question `stretch1` is asked of nobody"), "{told}");

    let when = r#"{ question = "preg", any_of = ["trying"] }"#;
    let never = format!(r#"{when}, {{ question = "preg", any_of = ["none"] }}"#);
    let folder = changed("prove-fire", &[("suitability/rules.toml", when, &never)]);
    let told = proven(&folder);
    assert_eq!(marked(&told), ["I22"], "{told}");
    assert!(told.contains("      rule `x.hair_trying` can never fire\n"), "{told}");
}

#[test]
fn what_is_worse_must_not_lead_to_less() {
    let old = r#"{ id = "weak", outcome = "not-suitable", scope = "now""#;
    let folder = changed("prove-weak", &[(QUESTIONS, old, r#"{ id = "weak", outcome = "clear""#)]);
    let ids = ["immune_weak", "I15_immune", "immune_any"];
    let told = broken(&folder, &ids, "your immune system: A weak immune system", "clear");
    assert!(told.contains("gets a milder outcome than with \"An autoimmune condition\" in its place"), "{told}");
}

#[test]
fn not_being_sure_must_not_be_clear() {
    let yes = r#"source = ["NHS-MEL", "NHS-LUMP"], confidence = "high", change = "no" },
  { id = "no" },
  { id = "not_sure", outcome = "#;
    let old = format!("{yes}\"talk\", ask = \"doctor\"");
    let folder = changed("prove-unsure", &[(QUESTIONS, &old, &format!("{yes}\"clear\""))]);
    broken(&folder, &["I07", "mark"], "moles and marks: Not sure", "clear");
}

/// Every demand and the least of a report, however few nodes there are to count with.
#[test]
fn with_few_nodes_it_still_decides_and_says_what_it_did_not_count() {
    let words = ["--content", &content().display().to_string(), "prove", "--nodes", "1000", "--trials", "1000"];
    let told = said(&words, "");
    assert!(told.contains("complete answer sets: not counted\n"), "{told}");
    assert!(told.contains("below `same-day` not counted within the limit"), "{told}");
    assert!(told.ends_with("Everything holds.\n") && !told.contains('✗'), "{told}");
}

/// 300 questions, 2,000 rules, one thread: every demand is decided in a minute and in little memory.
#[test]
#[ignore = "`cargo xtask verify` runs it"]
fn a_large_generated_check_is_proven() {
    let _undisturbed = undisturbed();
    let told = said(&["prove", "--generated", "1"], "");
    let (seconds, memory) = told.lines().last().unwrap().trim().split_once(" s, ").unwrap();
    let (seconds, memory): (f64, u32) =
        (seconds.parse().unwrap(), memory.strip_suffix(" MB").unwrap().parse().unwrap());
    assert!(seconds < 60.0 && memory < 1000, "{seconds} s, {memory} MB");
    assert_eq!(told.lines().filter(|line| line.starts_with("    ✓ ")).count(), 7, "{told}");
}

/// Holds that these statements break, that this patient is shown, and that `decide` gives every patient shown the
/// outcome the proof says.
fn broken(folder: &Folder, ids: &[&str], patient: &str, outcome: &str) -> String {
    let told = proven(folder);
    let marked = marked(&told);
    assert!(ids.iter().all(|id| marked.contains(id)), "{ids:?}: {told}");
    assert!(told.contains(&format!("      {patient}\n")), "{patient}: {told}");
    // A case that fails would keep `decide` from deciding.
    folder.put("suitability/cases.toml", b"");
    let all: Vec<&str> = told.lines().collect();
    let shown = all.windows(2).filter(|pair| pair[1].starts_with("        {"));
    let shown: Vec<(&str, &str)> = shown.map(|pair| (gets(pair[0]), pair[1].trim())).collect();
    assert!(!shown.is_empty() && shown[0].0 == outcome, "{told}");
    let input: Vec<&str> = shown.iter().map(|(_, answers)| *answers).collect();
    let words = ["--content", folder.path(), "decide", "suitability", "--lines", "--today", "2026-12-01"];
    let decided = said(&words, &input.join("\n"));
    assert_eq!(decided.lines().count(), shown.len());
    for ((outcome, answers), decision) in shown.iter().zip(decided.lines()) {
        let decision: Value = serde_json::from_str(decision).unwrap();
        assert_eq!(decision["outcome"], *outcome, "{answers}");
    }
    told
}

/// The outcome a line of the proof ends with.
fn gets(line: &str) -> &str {
    line.rsplit_once(" and gets `").unwrap().1.trim_end_matches('`')
}

/// What is said of content of which something does not hold.
fn proven(folder: &Folder) -> String {
    let output = mesocheck(&["--content", folder.path(), "prove", "suitability", "--trials", "1000"], "");
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(String::from_utf8(output.stderr).unwrap().contains("Not everything holds."), "{told}");
    told
}

/// The statements that do not hold.
fn marked(told: &str) -> Vec<&str> {
    told.lines().filter_map(|line| line.strip_prefix("    ✗ ")?.split(' ').next()).collect()
}

/// Each count under this title, with those of the outcomes below it.
fn counts(told: &str, title: &str) -> Vec<(BigUint, Vec<BigUint>)> {
    let lines: Vec<&str> = told.lines().collect();
    let starts = lines.iter().enumerate().filter_map(|(place, line)| Some((place, line.trim().strip_prefix(title)?)));
    starts
        .map(|(place, all)| {
            let below = lines[place + 1..].iter().take_while(|line| !line.is_empty());
            (digits(all), below.map(|line| digits(line.trim().split_once(' ').unwrap().1)).collect())
        })
        .collect()
}

/// A number in groups.
fn digits(text: &str) -> BigUint {
    text.replace(' ', "").parse().unwrap()
}
