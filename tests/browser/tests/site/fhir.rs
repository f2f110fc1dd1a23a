//! Checks as FHIR questionnaires: valid by a foreign validator, and asked alike by a foreign program.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::fhir::{Answers, Exported, question, validated};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Answer sets for each check.
const SETS: usize = 250;
/// Of them, those that are looked at on the screen as well.
const SEEN: usize = 8;

#[browser_test(verify)]
fn lhc_forms_asks_what_the_engine_asks() {
    let browser = Browser::open();
    browser.requests();
    browser.open_lhc_forms();
    for exported in [Exported::shipped("suitability"), Exported::shipped("aftercare"), Exported::knotted()] {
        let name = exported.file.display();
        let sets = exported.random_answers(SETS);
        let asked = exported.asked(&sets);
        let enabled = browser.enabled_in_lhc_forms(&exported.form, &sets);
        assert_eq!((asked.len(), enabled.len()), (SETS, SETS));
        for ((set, asked), enabled) in sets.iter().zip(&asked).zip(&enabled) {
            assert_eq!(enabled, asked, "{name}: LHC-Forms, and the engine, on {}", json!(set));
        }
        for (set, asked) in sets.iter().zip(&asked).take(SEEN) {
            let seen = browser.seen_in_lhc_forms(&exported.form, set);
            assert_eq!(&seen, asked, "{name}: what is seen, and the engine, on {}", json!(set));
        }
        must_try_much(&exported, &sets, &asked);
    }
    let foreign: Vec<String> =
        browser.requests().into_iter().filter(|address| !address.starts_with("file://")).collect();
    assert!(foreign.is_empty(), "{foreign:?}");
}

/// Each question is asked on some answers, and where there are conditions, many answers are to questions not asked.
fn must_try_much(exported: &Exported, sets: &[Answers], asked: &[BTreeSet<String>]) {
    let conditional = exported.form.to_string().contains("\"enableWhen\"");
    let mut inert = 0;
    for item in exported.questions() {
        let id = item["linkId"].as_str().unwrap();
        let times = asked.iter().filter(|asked| asked.contains(question(id))).count();
        let pairs = sets.iter().zip(asked);
        inert += pairs.filter(|(set, asked)| set.contains_key(id) && !asked.contains(question(id))).count();
        assert!(times >= 5, "{id} is asked {times} times in {SETS}");
    }
    println!("{}: {inert} answers to questions that are not asked", exported.file.display());
    assert!(!conditional || inert > SETS, "only {inert} answers to questions that are not asked");
}

type Change = fn(&mut Value);

/// What a careless export would write instead.
const CARELESS: &[(&str, Change)] = &[
    ("all and any are the other way round", |item| {
        let other = if item["enableBehavior"] == "any" { "all" } else { "any" };
        if item.get("enableBehavior").is_some() {
            item["enableBehavior"] = json!(other);
        }
    }),
    ("an answer that ends the check is forgotten", |item| {
        without(item, |condition| condition["question"] == "skin" && condition["operator"] == "!=");
    }),
    ("a number that is missing is forgotten", |item| {
        without(item, |condition| condition["operator"] == "exists" && !ends_in_or(condition));
    }),
    ("an option outweighs no number", |item| {
        without(item, |condition| condition["operator"] == "exists" && ends_in_or(condition));
    }),
    ("not equal is equal", |item| {
        for condition in item["enableWhen"].as_array_mut().into_iter().flatten() {
            if condition["operator"] == "!=" {
                condition["operator"] = json!("=");
            }
        }
    }),
];

fn ends_in_or(condition: &Value) -> bool {
    condition["question"].as_str().unwrap().strip_suffix(".or").is_some()
}

/// Takes conditions away from an item.
fn without(item: &mut Value, careless: fn(&Value) -> bool) {
    let Some(conditions) = item.get_mut("enableWhen").and_then(Value::as_array_mut) else { return };
    conditions.retain(|condition| !careless(condition));
    if conditions.is_empty() {
        item.as_object_mut().unwrap().remove("enableWhen");
    }
}

fn change_all(parent: &mut Value, change: Change) {
    for item in parent["item"].as_array_mut().into_iter().flatten() {
        if item.get("enableWhen").is_some() {
            change(item);
        }
        if item.get("item").is_some() {
            change_all(item, change);
        }
    }
}

#[browser_test(verify)]
fn a_questionnaire_that_asks_otherwise_is_noticed() {
    let browser = Browser::open();
    browser.open_lhc_forms();
    let exported = Exported::knotted();
    let sets = exported.random_answers(SETS);
    let asked = exported.asked(&sets);
    for (what, change) in CARELESS {
        let mut form = exported.form.clone();
        change_all(&mut form, *change);
        let enabled = browser.enabled_in_lhc_forms(&form, &sets);
        let others = enabled.iter().zip(&asked).filter(|(enabled, asked)| enabled != asked).count();
        println!("{what}: {others} of {SETS} sets are asked otherwise");
        assert!(others > 0, "{what}: nobody notices");
    }
}

#[browser_test(verify)]
fn a_foreign_validator_finds_them_valid() {
    for exported in [Exported::shipped("suitability"), Exported::shipped("aftercare"), Exported::knotted()] {
        let (valid, said) = validated(&exported.file);
        assert!(valid && said.contains("valid,"), "{said}");
    }
}

/// What is done to a questionnaire, and a word of what the validator must say.
type Damage = (&'static str, &'static str, fn(&mut Value));

const DAMAGES: &[Damage] = &[
    ("a field FHIR does not have", "colour", |form| form["colour"] = json!("blue")),
    ("no status", "status", |form| _ = form.as_object_mut().unwrap().remove("status")),
    ("an unknown status", "signed", |form| form["status"] = json!("signed")),
    ("a date that is none", "date", |form| form["date"] = json!("2026.11")),
    ("no linkId", "linkId", |form| _ = form["item"][0].as_object_mut().unwrap().remove("linkId")),
    ("a linkId twice", "que-2", |form| form["item"][0]["linkId"] = form["item"][1]["linkId"].clone()),
    ("an empty group", "que-1", |form| _ = form["item"][0].as_object_mut().unwrap().remove("item")),
    ("an unknown type", "type", |form| form["item"][0]["type"] = json!("step")),
    ("a truth that is text", "required", |form| form["item"][0]["required"] = json!("perhaps")),
    ("an operator FHIR does not have", "operator", |form| condition(form)["operator"] = json!("~")),
    ("two answers to compare with", "answer", |form| condition(form)["answerInteger"] = json!(3)),
    ("an option nobody can choose", "no option", |form| condition(form)["answerCoding"]["code"] = json!("twelve")),
    ("a question that is not there", "there is no item", |form| condition(form)["question"] = json!("shoes")),
    ("two conditions without a word how they go together", "que-12", |form| {
        let first = condition(form).clone();
        form["item"][2]["enableWhen"].as_array_mut().unwrap().push(first);
    }),
];

/// The condition of the third step: nobody under 18 is asked further.
fn condition(form: &mut Value) -> &mut Value {
    &mut form["item"][2]["enableWhen"][0]
}

#[browser_test(verify)]
fn the_foreign_validator_notices_what_is_wrong() {
    let exported = Exported::shipped("suitability");
    for (what, word, damage) in DAMAGES {
        let mut form = exported.form.clone();
        damage(&mut form);
        let file = exported.file.with_file_name("damaged.json");
        std::fs::write(&file, form.to_string()).unwrap();
        let (valid, said) = validated(&file);
        assert!(!valid && said.contains(word), "{what}: {said}");
    }
}
