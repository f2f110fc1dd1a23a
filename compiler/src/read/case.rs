//! Named patients and the decision each must get.

use crate::problem::{At, Located};
use crate::read::check::demand_once;
use crate::read::toml::{Table, suggestion};
use mesocheck::engine::{Standing, decide, replay};
use mesocheck::model::{Answers, Check, Date, Decision, Kind, Now, OptionId, Question};

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
    findings: Vec<Located<String>>,
    findings_at: At,
    wait_days: Option<Located<i64>>,
    /// Whether it names only what is there.
    whole: bool,
}

impl Case {
    /// The outcome they must get.
    pub fn outcome(&self) -> &str {
        &self.outcome.value
    }

    /// The rules that must fire.
    pub fn findings(&self) -> Vec<&str> {
        self.findings.iter().map(|finding| finding.value.as_str()).collect()
    }

    /// The days they must wait.
    pub fn wait_days(&self) -> Option<i64> {
        self.wait_days.as_ref().map(|days| days.value)
    }
}

/// Any day before the review date: cases are about answers, not about time.
fn day(check: &Check) -> Now {
    Now::at_noon(Date(check.review_by.0.saturating_sub(1)))
}

/// Reads the cases of a check.
pub fn read(table: &Table, check: &Check) -> Vec<Case> {
    demand_once(table, &["case"], "id");
    let cases: Vec<Case> = table.tables("case").into_iter().map(|entry| one(entry, check)).collect();
    table.finish();
    cases
}

fn one(entry: &Table, check: &Check) -> Case {
    let mut answers = Answers::new();
    let mut whole = true;
    let given = entry.maybe_table("answers");
    if given.is_none() && !entry.has("answers") {
        entry.at.report("`answers` is missing here", "Add answers = {}, or what differs from the clear answers.");
    }
    if let Some(given) = given {
        for key in given.keys() {
            let options = given.some_texts(&key.value);
            let question = known_question(&key, check);
            whole &= question.is_some_and(|question| options.iter().all(|option| known_option(option, question)));
            let options = options.into_iter().map(|option| OptionId::new(option.value)).collect();
            answers.set(mesocheck::model::QuestionId::new(key.value), options, day(check).moment);
        }
    }
    let findings = entry.texts("findings");
    let case = Case {
        id: entry.text("id").value,
        patient: entry.text("patient").value,
        answers: with_clear_answers(check, answers),
        at: entry.at.clone(),
        outcome: entry.text("outcome"),
        findings,
        findings_at: entry.key_at("findings").clone(),
        wait_days: entry.maybe_number("wait_days"),
        whole,
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

fn known_option(option: &Located<String>, question: &Question) -> bool {
    let number = match question.kind {
        Kind::Number { min, max } => option.value.parse().is_ok_and(|number: i64| (min..=max).contains(&number)),
        Kind::One | Kind::Many => false,
    };
    let found = number || question.option(&option.value).is_some();
    if !found {
        let known: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
        option.at.report(format!("There is no option `{}`", option.value), suggestion(&option.value, &known));
    }
    found
}

/// Answers with every other asked question at its clear answer. A number has none.
fn with_clear_answers(check: &Check, mut answers: Answers) -> Answers {
    let now = day(check);
    for (place, question) in check.questions.iter().enumerate() {
        let missing = replay(check, &answers, now).missing().any(|missing| missing == place);
        let missing = missing && matches!(question.kind, Kind::One | Kind::Many);
        if let Some(clear) = question.options.get(question.clear).filter(|_| missing) {
            answers.set(question.id.clone(), vec![clear.id.clone()], now.moment);
        }
    }
    answers
}

/// Holds a case against the engine.
pub fn hold(case: &Case, check: &Check) {
    if !case.whole {
        return;
    }
    let now = day(check);
    let decision = decide(check, &replay(check, &case.answers, now), Standing::Current, now.today);
    let outcome = decision.outcome.and_then(|place| check.outcomes.get(place)).map(|outcome| outcome.id.as_str());
    let report = |at: &At, what: String| {
        let help = "Mend the rule if the case is right; change the case only if a clinician agrees.";
        at.report(format!("{} ({}) {what}", case.id, case.patient), help);
    };
    if outcome != Some(case.outcome.value.as_str()) {
        report(&case.outcome.at, format!("gets `{}`", outcome.unwrap_or("no outcome")));
    }
    let found = finding_ids(check, &decision);
    let known: Vec<&str> = check.rules.iter().map(|rule| rule.id.as_str()).collect();
    for missing in case.findings.iter().filter(|wanted| !found.contains(&wanted.value)) {
        if known.contains(&missing.value.as_str()) {
            report(&missing.at, format!("does not get the finding `{}`", missing.value));
        } else {
            missing.at.report(format!("There is no rule `{}`", missing.value), suggestion(&missing.value, &known));
        }
    }
    for other in found.iter().filter(|found| !case.findings.iter().any(|wanted| wanted.value == **found)) {
        report(&case.findings_at, format!("also gets the finding `{other}`"));
    }
    let days = decision.wait_days.map(i64::from).filter(|days| *days > 0);
    if days != case.wait_days.as_ref().map(|days| days.value) {
        let at = case.wait_days.as_ref().map_or(&case.at, |days| &days.at);
        report(at, days.map_or_else(|| "has no days to wait".into(), |days| format!("waits {days} days")));
    }
}

fn finding_ids(check: &Check, decision: &Decision) -> Vec<String> {
    let rules = decision.findings.iter().filter_map(|rule| check.rules.get(*rule));
    let mut ids: Vec<String> = rules.map(|rule| rule.id.to_string()).collect();
    ids.sort_unstable();
    ids
}
