//! `export fhir`: what stands in a questionnaire besides its conditions, what does not, and when none is written.
//! Conditions are tried in `compiler/src/fhir/trial.rs` and, with LHC-Forms, in the browser tests.

use crate::parts::folder::Folder;
use crate::parts::program::{complaint, content, questions, said};
use serde_json::{Value, json};
use std::path::Path;

#[test]
fn every_question_stands_once_with_its_options() {
    let out = Folder::empty("export-shipped");
    said(&["--content", content().to_str().unwrap(), "export", "fhir", "--out", out.path()], "");
    for check in ["suitability", "aftercare"] {
        let form = read(&out, check);
        assert_eq!(form["url"], json!(format!("urn:mesocheck:questionnaire/{check}")));
        let asked: Vec<&Value> = items(&form).into_iter().filter(|item| item["type"] == "choice").collect();
        let known = questions(check);
        assert_eq!(asked.len(), known.len());
        for (item, question) in asked.iter().zip(&known) {
            assert_eq!(item["linkId"], json!(question.id));
            assert_eq!(item["required"], json!(true));
            assert_eq!(item.get("repeats"), question.many.then_some(&json!(true)));
            let options = item["answerOption"].as_array().unwrap();
            let codes: Vec<&str> =
                options.iter().map(|option| option["valueCoding"]["code"].as_str().unwrap()).collect();
            assert_eq!(codes, question.options);
            let system = |option: &Value| option["valueCoding"]["system"] == "urn:mesocheck:options";
            assert!(options.iter().all(system));
        }
    }
}

#[test]
fn words_are_those_of_the_content_and_nothing_that_follows_is_told() {
    let folder = Folder::tiny("export-words");
    let (out, text) = exported(&folder, "export-words-out");
    let form = read(&out, "suitability");
    let item = |id: &str| items(&form).into_iter().find(|item| item["linkId"] == id).unwrap();
    assert_eq!((&form["title"], &form["language"]), (&json!("Check before you book"), &json!("en")));
    assert_eq!(form["effectivePeriod"], json!({ "end": "2027-11-30" }));
    let signs = item("signs");
    assert_eq!(signs["text"], "Do you have any of these?");
    assert_eq!(signs["answerOption"][0]["valueCoding"]["display"], "Trouble breathing (or wheezing)");
    assert_eq!(signs["item"][0]["text"], "Tick all that fit.");
    assert_eq!(signs["item"][1]["text"], "They need help straight away.");
    // A form must not untick a warning sign because "none" was ticked as well.
    assert!(!signs.to_string().contains("optionExclusive"));
    assert_eq!(item("step:you")["text"], "About you");
    assert_eq!(item("page:you")["text"], "You and your skin");
    assert_eq!(item("age.either")["text"], "How old are you?");
    let bounds: Vec<&Value> =
        item("age")["extension"].as_array().unwrap().iter().map(|bound| &bound["valueInteger"]).collect();
    assert_eq!(bounds, [&json!(0), &json!(120)]);
    assert_eq!(item("age.or").get("required"), None);
    for secret in
        ["Let it heal first", "needs emergency help", "A plain cream", "Talk first", "A few questions", "BOOK"]
    {
        assert!(!text.contains(secret), "{secret}");
    }
}

#[test]
fn an_exclusive_option_says_so() {
    let folder = Folder::tiny("export-exclusive");
    edit(&folder, "suitability/questions.toml", "warning_signs = true\n", "");
    let (out, _) = exported(&folder, "export-exclusive-out");
    let form = read(&out, "suitability");
    let signs = items(&form).into_iter().find(|item| item["linkId"] == "signs").unwrap();
    let exclusive = |option: &&Value| option.to_string().contains("questionnaire-optionExclusive");
    let codes: Vec<&Value> = signs["answerOption"]
        .as_array()
        .unwrap()
        .iter()
        .filter(exclusive)
        .map(|one| &one["valueCoding"]["code"])
        .collect();
    assert_eq!(codes, ["none", "not_sure"]);
}

#[test]
fn the_same_content_gives_the_same_bytes_and_a_signature_makes_it_active() {
    let folder = Folder::tiny("export-signed");
    let (out, first) = exported(&folder, "export-signed-out");
    assert_eq!(exported(&folder, "export-signed-again").1, first);
    let draft = read(&out, "suitability");
    assert_eq!((&draft["status"], draft.get("date")), (&json!("draft"), None));
    assert_eq!(draft["url"], "https://check.example/fhir/questionnaire/suitability");
    assert!(first.contains("\"https://check.example/fhir/options\""));
    let (version, hash) = draft["version"].as_str().unwrap().split_once('+').unwrap();
    assert_eq!(version, "1");

    said(&["--content", folder.path(), "accept", "--yes"], "");
    edit(&folder, "review.toml", "0123456789ab", hash);
    let (out, _) = exported(&folder, "export-signed-out");
    let signed = read(&out, "suitability");
    assert_eq!(signed["status"], "active");
    assert_eq!((&signed["date"], &signed["approvalDate"]), (&json!("2026-11-22"), &json!("2026-11-22")));
    assert_eq!((&signed["version"], &signed["item"]), (&draft["version"], &draft["item"]));

    edit(&folder, "review.toml", "withdrawn = false", "withdrawn = true");
    let (out, _) = exported(&folder, "export-signed-out");
    let withdrawn = read(&out, "suitability");
    assert_eq!((&withdrawn["status"], withdrawn.get("date")), (&json!("retired"), None));
}

#[test]
fn one_check_can_be_exported_alone() {
    let folder = Folder::tiny("export-alone");
    let out = Folder::empty("export-alone-out");
    let words = ["--content", folder.path(), "export", "fhir", "aftercare", "--out", out.path()];
    assert!(said(&words, "").contains("Questionnaire-aftercare.json"));
    assert!(!Path::new(out.path()).join("Questionnaire-suitability.json").exists());
    let told = complaint(&["--content", folder.path(), "export", "fhir", "beauty", "--out", out.path()], "");
    assert!(told.contains("`beauty`") && told.contains("aftercare"), "{told}");
}

#[test]
fn what_cannot_be_said_is_refused_and_nothing_is_written() {
    let folder = Folder::tiny("export-refused");
    let two = |one: &str, other: &str| {
        format!(
            "{{ all = [{{ question = \"skin\", any_of = [\"{one}\"] }}, {{ question = \"age\", at_least = {other} }}] }}"
        )
    };
    let parts = [("sore", "10"), ("dry", "20"), ("no", "30"), ("not_sure", "40")];
    let parts: Vec<String> = parts.into_iter().map(|(one, other)| two(one, other)).collect();
    let knot = format!("ask_when = {{ any = [{}] }}", parts.join(", "));
    edit(&folder, "suitability/questions.toml", "ask_when = { not = { question = \"age\", at_least = 70 } }", &knot);
    let out = Folder::empty("export-refused-out");
    let told = complaint(&["--content", folder.path(), "export", "fhir", "--out", out.path()], "");
    assert!(told.contains("suitability was not exported") && told.contains("`plans`"), "{told}");
    assert!(told.contains("too many conditions"), "{told}");
    assert!(!Path::new(out.path()).exists());
}

/// The export of a content folder, and the text of both files.
fn exported(folder: &Folder, out: &str) -> (Folder, String) {
    let out = Folder::empty(out);
    said(&["--content", folder.path(), "export", "fhir", "--out", out.path()], "");
    let text = ["suitability", "aftercare"].map(|check| out.text(&format!("Questionnaire-{check}.json"))).concat();
    (out, text)
}

fn read(out: &Folder, check: &str) -> Value {
    serde_json::from_str(&out.text(&format!("Questionnaire-{check}.json"))).unwrap()
}

/// All items, in order, with those inside others.
fn items(parent: &Value) -> Vec<&Value> {
    let own = parent["item"].as_array().into_iter().flatten();
    own.flat_map(|item| std::iter::once(item).chain(items(item))).collect()
}

fn edit(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = folder.text(path);
    assert_eq!(text.matches(old).count(), 1, "{path}: {old}");
    folder.put(path, text.replace(old, new).as_bytes());
}
