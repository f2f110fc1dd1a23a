//! Named patients and the decision each must get.

use crate::problem::{At, Located};
use crate::read::check::values;
use crate::read::toml::{Table, suggestion};
use mesocheck::engine::{Standing, decide, replay};
use mesocheck::model::{Answers, Check, Date, Decision, Now, OptionId, Question};

/// A named patient.
#[derive(Debug)]
pub struct Case {
    /// Its name.
    pub id: String,
    /// The patient in words.
    pub patient: String,
    /// What they answered.
    pub answers: Answers,
    at: At,
    outcome: Located<String>,
    findings: Vec<String>,
    wait_days: Option<i64>,
}

/// Any day before the review date: cases are about answers, not about time.
fn day(check: &Check) -> Now {
    Now::at_noon(Date(check.review_by.0.saturating_sub(1)))
}

/// Reads the cases of a check and holds each against the engine.
pub fn read(table: &Table, check: &Check) -> Vec<Case> {
    let cases: Vec<Case> = table.tables("case").into_iter().map(|entry| one(entry, check)).collect();
    table.finish();
    for case in &cases {
        hold(case, check);
    }
    cases
}

fn one(entry: &Table, check: &Check) -> Case {
    let mut answers = Answers::new();
    if let Some(given) = entry.maybe_table("answers") {
        for key in given.keys() {
            let options = given.texts(&key.value);
            if let Some(question) = known_question(&key, check) {
                options.iter().for_each(|option| known_option(option, question));
            }
            let options = options.into_iter().map(|option| OptionId::new(option.value)).collect();
            answers.set(mesocheck::model::QuestionId::new(key.value), options, day(check).moment);
        }
    }
    let case = Case {
        id: entry.text("id").value,
        patient: entry.text("patient").value,
        answers: with_clear_answers(check, answers),
        at: entry.at.clone(),
        outcome: entry.text("outcome"),
        findings: values(entry.texts("findings")),
        wait_days: entry.maybe_number("wait_days").map(|days| days.value),
    };
    entry.finish();
    case
}

fn known_question<'a>(key: &Located<String>, check: &'a Check) -> Option<&'a Question> {
    let found = check.question(&key.value).map(|(_, question)| question);
    if found.is_none() {
        let known: Vec<&str> = check.questions.iter().map(|question| question.id.as_str()).collect();
        key.at.report(format!("There is no question `{}`", key.value), suggestion(&key.value, &known));
    }
    found
}

fn known_option(option: &Located<String>, question: &Question) {
    if question.option(&option.value).is_none() && !question.options.is_empty() {
        let known: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        option.at.report(format!("There is no option `{}`", option.value), suggestion(&option.value, &known));
    }
}

/// Answers with every other asked question at its clear answer.
fn with_clear_answers(check: &Check, mut answers: Answers) -> Answers {
    let now = day(check);
    for (place, question) in check.questions.iter().enumerate() {
        let missing = replay(check, &answers, now).missing().any(|missing| missing == place);
        if let Some(clear) = question.options.get(question.clear).filter(|_| missing) {
            answers.set(question.id.clone(), vec![clear.id.clone()], now.moment);
        }
    }
    answers
}

fn hold(case: &Case, check: &Check) {
    let now = day(check);
    let decision = decide(check, &replay(check, &case.answers, now), Standing::Current, now.today);
    let outcome = decision.outcome.and_then(|place| check.outcomes.get(place)).map(|outcome| outcome.id.as_str());
    let name = format!("Case {} ({})", case.id, case.patient);
    let help = "Mend the rule if the case is right; change the case only if a clinician agrees.";
    if outcome != Some(case.outcome.value.as_str()) {
        case.outcome.at.report(format!("{name} gets {}", outcome.unwrap_or("no outcome")), help);
    }
    let mut wanted = case.findings.clone();
    wanted.sort_unstable();
    let found = finding_ids(check, &decision);
    if found != wanted {
        case.at.report(format!("{name} gets the findings {found:?}, not {wanted:?}"), help);
    }
    let days = decision.wait_days.map(i64::from).filter(|days| *days > 0);
    if days != case.wait_days {
        case.at.report(format!("{name} waits {days:?} days, not {:?}", case.wait_days), help);
    }
}

fn finding_ids(check: &Check, decision: &Decision) -> Vec<String> {
    let rules = decision.findings.iter().filter_map(|rule| check.rules.get(*rule));
    let mut ids: Vec<String> = rules.map(|rule| rule.id.to_string()).collect();
    ids.sort_unstable();
    ids
}
