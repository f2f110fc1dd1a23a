//! A generated check far larger than any that will be written: 3,000 questions, a tenth of them conditional, and 20,000
//! rules, a tenth of which combine several answers.

use mesocheck::model::{Answers, Check, Condition, Date, FromJson, Moment, Now, OptionId, Options, QuestionId};
use serde_json::{Value, json};

/// When it is answered.
pub const NOW: Now = Now { moment: Moment(1_000_000), today: Date(20_000) };

const QUESTIONS: usize = 3_000;
const RULES: usize = 20_000;

/// Short words, as ids are.
const TOPICS: [&str; 10] = ["age", "skin", "heart", "allergy", "meds", "recent", "immune", "site", "thinners", "organ"];
const OPTIONS: [&str; 8] = ["fever", "swell", "nerve", "other", "long_ago", "prefer_not", "not_sure", "none"];

fn question_id(place: usize) -> String {
    format!("{}{place}", TOPICS[place % TOPICS.len()])
}

fn option_id(option: usize) -> OptionId {
    OptionId::new(OPTIONS[option % OPTIONS.len()])
}

/// The check, and an answer to every question.
pub fn large() -> (Check, Answers) {
    let steps: Vec<Value> = (0..10).map(|step| json!([format!("s{step}"), ""])).collect();
    let outcomes = ["clear", "talk", "wait", "not-suitable", "same-day", "emergency"];
    let outcomes: Vec<Value> =
        outcomes.iter().map(|id| json!({ "id": id, "title": "", "lead": "", "look": "clear" })).collect();
    let check = json!({
        "id": "large", "title": "", "lead": "", "points": [], "keeps_answers": true, "review_by": NOW.today.0 + 30,
        "outcomes": outcomes, "headlines": [], "steps": steps,
        "pages": (0..QUESTIONS).map(page).collect::<Vec<Value>>(),
        "questions": (0..QUESTIONS).map(question).collect::<Vec<Value>>(),
        "rules": (0..RULES).map(rule).collect::<Vec<Value>>(), "asks": [], "first_aid": [], "sources": [],
    });
    let check = Check::from_json(&check).unwrap().verified().unwrap();
    let mut answers = Answers::new();
    for (place, question) in check.questions.iter().enumerate() {
        // One person in four has something, mostly one thing.
        let mut chosen = vec![option_id(if place.is_multiple_of(4) { place / 4 } else { 7 })];
        chosen.extend(place.is_multiple_of(20).then(|| option_id(3)));
        answers.set(question.id.clone(), chosen, NOW.moment);
    }
    (check, answers)
}

/// Changes one answer, another one each round, but of few questions: the person stays as ill as they were.
pub fn change(answers: &mut Answers, round: usize) {
    let place = round % 50 * 997 % QUESTIONS;
    answers.set(QuestionId::new(question_id(place)), vec![option_id(round / 50)], NOW.moment);
}

fn page(place: usize) -> Value {
    json!({ "id": format!("p{place}"), "step": place * 10 / QUESTIONS, "questions": [place] })
}

fn question(place: usize) -> Value {
    let when = (place % 10 == 9).then(|| Condition::AnyOf(place * 7 / 10, Options(0b0101_0101)));
    let options: Vec<Value> = OPTIONS.iter().map(|id| json!({ "id": id, "label": "" })).collect();
    json!({
        "id": question_id(place), "print": "", "step": place * 10 / QUESTIONS, "kind": "many",
        "ask_when": when, "fresh_for": place.is_multiple_of(5).then_some(60), "exclusive": 0b1000_0000, "clear": 7,
        "text": "", "why": "", "topic": "", "options": options,
    })
}

fn rule(place: usize) -> Value {
    let question = place * 3 / 20;
    let one = Condition::AnyOf(question, Options::one(place % 7));
    let when = if place.is_multiple_of(10) {
        let any = Condition::Any(vec![one, Condition::AnyOf((question + 4) % QUESTIONS, Options(0b11))]);
        let not = Condition::Not(Box::new(Condition::AllOf((question + 8) % QUESTIONS, Options(0b1001))));
        Condition::All(vec![any, not])
    } else {
        one
    };
    json!({
        "id": format!("{}.rule{place}", question_id(question)), "when": when, "outcome": place % 6, "reason": "",
        "wait": { "days": place % 400, "until": "" }, "sources": [], "confidence": "high",
    })
}
