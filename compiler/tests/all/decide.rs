//! `mesocheck decide` on the shipped content, as its users run it.

use crate::parts::aftercare::{LEVELS, Patient, judged};
use crate::parts::program::{
    Dice, Question, clear, complaint, content, decided, ids, lines, questions, said, undisturbed,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// A day long before any review date.
const EARLY: &str = "2026-12-01";

fn one(check: &str, answers: Value) -> Value {
    decided(check, EARLY, &[answers]).remove(0)
}

fn with(mut answers: Value, question: &str, answer: Value) -> Value {
    answers[question] = answer;
    answers
}

#[test]
fn nothing_answered_has_no_outcome_and_everything_that_is_asked_is_missing() {
    for check in ["suitability", "aftercare"] {
        let all = questions(check);
        let asked: Vec<&str> =
            all.iter().filter(|question| !question.conditional).map(|question| question.id.as_str()).collect();
        let decision = one(check, json!({}));
        let nothing = json!({
            "outcome": null, "findings": [], "notes": [], "missing": asked, "wait_days": null, "also_see_doctor": [],
        });
        assert_eq!(decision, nothing);
    }
}

#[test]
fn an_emergency_alone_is_shown_and_everything_else_is_missing() {
    for (check, question, sign) in [("suitability", "em_now", "chest"), ("aftercare", "a_em", "breath")] {
        let decision = one(check, json!({ question: [sign] }));
        assert_eq!(decision["outcome"], "emergency");
        assert_eq!(ids(&decision, "findings"), [format!("{question}.{sign}")]);
        let all = questions(check);
        let others = all.iter().filter(|other| !other.conditional && other.id != question);
        assert_eq!(ids(&decision, "missing"), others.map(|other| other.id.as_str()).collect::<Vec<&str>>());
    }
}

#[test]
fn a_finding_milder_than_urgent_is_told_but_is_no_outcome_yet() {
    let decision = one("suitability", json!({ "preg": ["pregnant"] }));
    assert_eq!(decision["outcome"], Value::Null);
    assert_eq!(ids(&decision, "findings"), ["preg.pregnant"]);
}

#[test]
fn under_18_ends_the_check_and_nothing_after_it_counts() {
    let start = json!({ "em_now": ["none"], "urgent_now": ["none"], "age": ["under18"] });
    for answers in
        [start.clone(), with(start.clone(), "preg", json!(["pregnant"])), with(start, "concern", json!(["hair"]))]
    {
        let decision = one("suitability", answers);
        assert_eq!(decision["outcome"], "not-suitable");
        assert_eq!(ids(&decision, "findings"), ["age.under18"]);
        assert_eq!(ids(&decision, "missing"), Vec::<&str>::new());
    }
    // The warning signs before it do count.
    let decision = one("suitability", json!({ "em_now": ["chest"], "age": ["under18"] }));
    assert_eq!(decision["outcome"], "emergency");
    assert_eq!(ids(&decision, "missing"), ["urgent_now"]);
}

#[test]
fn a_question_is_asked_and_counts_only_when_its_condition_holds() {
    let clear = clear(&questions("suitability"));
    let hair = json!(["shiny"]);
    let inert = one("suitability", with(clear.clone(), "hair1", hair.clone()));
    assert_eq!(inert["outcome"], "clear");
    let asked = with(with(clear, "hair1", hair), "concern", json!(["face", "hair"]));
    let decision = one("suitability", asked.clone());
    assert_eq!(ids(&decision, "findings"), ["hair1.shiny"]);
    assert_eq!(ids(&decision, "also_see_doctor"), ["hair1.shiny"]);
    assert_eq!(ids(&decision, "notes"), ["concern.face", "concern.hair"]);
    let unanswered = one("suitability", with(asked, "hair2", json!([])));
    assert_eq!(unanswered["outcome"], Value::Null);
    assert_eq!(ids(&unanswered, "missing"), ["hair2"]);
}

#[test]
fn the_longest_wait_is_told() {
    let clear = clear(&questions("suitability"));
    let decision = one("suitability", with(with(clear, "meds", json!(["iso"])), "recent", json!(["sun"])));
    assert_eq!(decision["outcome"], "wait");
    assert_eq!(ids(&decision, "findings"), ["meds.iso", "recent.sun"]);
    assert_eq!(decision["wait_days"], 180);
}

#[test]
fn what_is_unknown_is_an_error_that_names_it() {
    let folder = content();
    let folder = folder.to_str().unwrap();
    let words = ["--content", folder, "decide", "suitability"];
    for (input, names) in [
        (r#"{"agee":["18_69"]}"#, "`agee`"),
        (r#"{"age":["18_70"]}"#, "`18_70`"),
        (r#"{"age":["18_69"],"preg":["none","perhaps"]}"#, "`perhaps`"),
        (r#"{"age":"18_69"}"#, "`age`"),
        (r#"{"age":[["18_69"]]}"#, "`age`"),
        (r#"{"age":{"options":["18_69"],"minutes":5}}"#, "`minutes`"),
        (r#"{"age":{"options":["18_69"],"minutes_ago":"5"}}"#, "minutes_ago"),
        (r#"["age"]"#, "object"),
        ("{", "JSON"),
    ] {
        let told = complaint(&words, input);
        assert!(told.contains(names), "{input}: {told}");
    }
    let told = complaint(&["--content", folder, "decide", "suitability", "--lines"], "{}\n{\"agee\":[]}\n");
    assert!(told.contains("line 2") && told.contains("`agee`"), "{told}");
    let told = complaint(&["--content", folder, "decide", "beauty"], "{}");
    assert!(told.contains("`beauty`") && told.contains("aftercare"), "{told}");
    let told = complaint(&["--content", folder, "decide", "suitability", "--today", "2026-02-30"], "{}");
    assert!(told.contains("YYYY-MM-DD"), "{told}");
}

#[test]
fn a_file_and_standard_input_are_read_alike() {
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("answers.json");
    let answers = r#"{ "em_now": ["none"], "thinners": ["anticoag"] }"#;
    std::fs::write(&file, answers).unwrap();
    let folder = content();
    let words = ["--content", folder.to_str().unwrap(), "decide", "suitability", "--today", EARLY];
    let from_file = said(&[&words[..], &[file.to_str().unwrap()]].concat(), "");
    assert_eq!(from_file, said(&words, answers));
    assert!(from_file.contains("thinners.anticoag"), "{from_file}");
}

#[test]
fn answers_grow_stale() {
    let hour = 60;
    let day = 24 * hour;
    let clear = clear(&questions("suitability"));
    let limits =
        [("em_now", hour), ("urgent_now", 12 * hour), ("preg", day), ("site", day), ("mark", day), ("meds", day)];
    let limits = limits.into_iter().chain([("recent", day), ("pressure", day)]);
    let mut fresh_for = std::collections::BTreeMap::new();
    for (question, minutes) in limits {
        fresh_for.insert(question, minutes);
        for (age, stale) in [(minutes, false), (minutes + 1, true), (-10, false), (-11, true)] {
            let answer = json!({ "options": clear[question], "minutes_ago": age });
            let decision = one("suitability", with(clear.clone(), question, answer));
            let missing = if stale { vec![question] } else { vec![] };
            assert_eq!(ids(&decision, "missing"), missing, "{question}, {age} minutes ago");
            assert_eq!(decision["outcome"].is_null(), stale);
        }
    }
    // After three days only those are asked again.
    let old: Value = clear
        .as_object()
        .unwrap()
        .iter()
        .map(|(question, options)| (question.clone(), json!({ "options": options, "minutes_ago": 3 * day })))
        .collect();
    let decision = one("suitability", old);
    assert_eq!(ids(&decision, "missing").into_iter().collect::<BTreeSet<&str>>(), fresh_for.into_keys().collect());
}

#[test]
fn after_its_review_date_content_no_longer_shows_the_mildest_outcome() {
    for (check, mildest, question, option, other) in [
        ("suitability", "clear", "thinners", "anticoag", "talk"),
        ("aftercare", "normal", "a_common", "dark", "self-care"),
    ] {
        let text = std::fs::read_to_string(content().join(check).join("questions.toml")).unwrap();
        let review = text.lines().find_map(|line| line.strip_prefix("review_by = ")).unwrap();
        let clear = clear(&questions(check));
        let raised = with(clear.clone(), question, json!([option]));
        let on_time = decided(check, review, &[clear.clone(), raised.clone()]);
        assert_eq!((&on_time[0]["outcome"], &on_time[1]["outcome"]), (&json!(mildest), &json!(other)));
        let late = decided(check, "2099-01-01", &[clear, raised]);
        assert_eq!((&late[0]["outcome"], &late[1]["outcome"]), (&Value::Null, &json!(other)));
        assert_eq!(late[0]["missing"], json!([]));
    }
}

#[test]
fn it_decides_20_000_answer_sets_in_under_2_seconds() {
    let _undisturbed = undisturbed();
    let all = questions("suitability");
    let mut dice = Dice(1);
    let sets: Vec<Value> = (0..20_000).map(|_| set(&mut dice, &all)).collect();
    let lines = lines(&sets);
    let folder = content();
    let words = ["--content", folder.to_str().unwrap(), "decide", "suitability", "--lines", "--today", EARLY];
    // One of ten tries must be quick: the others measure what else this machine does.
    let mut tries = (0..10).map(|_| {
        let start = Instant::now();
        assert_eq!(said(&words, &lines).lines().count(), sets.len());
        start.elapsed()
    });
    let quick = tries.find(|taken| *taken < Duration::from_secs(2));
    println!("20,000 answer sets: {quick:?}");
    assert!(quick.is_some(), "none of ten tries was quick enough");
}

/// An answer to each question.
fn set(dice: &mut Dice, all: &[Question]) -> Value {
    all.iter().map(|question| (question.id.clone(), json!(dice.answer(question)))).collect()
}

#[test]
fn aftercare_agrees_with_its_clinical_rules_written_down_a_second_time() {
    let all = questions("aftercare");
    let mut dice = Dice(2);
    let mut patients = Vec::new();
    for _ in 0..20_000 {
        let mut answer = |id: &str, clear: usize| {
            let question = all.iter().find(|question| question.id == id).unwrap();
            // Warning signs would hide the rest: mostly there are none.
            if dice.roll(4) < clear { vec![question.clear.clone()] } else { dice.answer(question) }
        };
        let (em, today) = (answer("a_em", 3), answer("a_today", 3));
        let (mut when, mut trend) = (answer("a_when", 0), answer("a_trend", 0));
        let (risk, common) = (answer("a_risk", 0), answer("a_common", 0));
        patients.push(Patient { em, today, when: when.remove(0), trend: trend.remove(0), risk, common });
    }
    let answers: Vec<Value> = patients
        .iter()
        .map(|patient| {
            json!({
                "a_em": patient.em, "a_today": patient.today, "a_when": [patient.when], "a_trend": [patient.trend],
                "a_risk": patient.risk, "a_common": patient.common,
            })
        })
        .collect();
    let mut levels = BTreeSet::new();
    for ((patient, answers), decision) in patients.iter().zip(&answers).zip(decided("aftercare", EARLY, &answers)) {
        let (level, findings) = judged(patient);
        assert_eq!(decision["outcome"], level, "{answers}");
        let found = ids(&decision, "findings");
        assert_eq!(found.len(), findings.len(), "{answers}: {found:?}");
        assert_eq!(found.iter().map(ToString::to_string).collect::<BTreeSet<String>>(), findings, "{answers}");
        levels.insert(level);
    }
    assert_eq!(levels.len(), LEVELS.len(), "{levels:?}");
}
