//! What rules say, in words.

use crate::dossier::Chapter;
use crate::dossier::part::{all, list, note, paragraph, plain};
use crate::draw::leads::own;
use leptos::prelude::*;
use mesocheck::model::{Action, Condition, Confidence, Labels, Rule, Scope, Source, Wait, Within};
use mesocheck::view::words::fill;

/// What follows from a rule: its outcome, and whom to ask, how soon, how long to wait.
pub fn follows(chapter: &Chapter<'_>, rule: &Rule) -> AnyView {
    let Some(outcome) = rule.outcome else {
        return all(vec![note(), plain(" Told in the result; raises nothing.")]);
    };
    let ask = rule.ask.and_then(|ask| chapter.check().asks.iter().find(|(known, _)| *known == ask));
    let lines = [
        rule.action.map(|help| format!("Help: {}.", action(help))),
        ask.map(|(_, words)| format!("Under: {words}.")),
        rule.within.map(|soon| format!("To be seen {}.", within(soon))),
        rule.wait.as_ref().map(|wait| waiting(chapter, wait)),
        rule.scope.map(|about| format!("About: {}.", scope(about))),
    ];
    let title = format!(" {}", chapter.title(outcome));
    all(vec![chapter.mark(outcome), plain(title), list("small", lines.into_iter().flatten())])
}

fn waiting(chapter: &Chapter<'_>, wait: &Wait) -> String {
    let until = fill(&chapter.site.labels.wait(), &[("until", &chapter.site.say(&wait.until))]);
    match (wait.days, &wait.from) {
        (0, _) => until,
        (days, None) => format!("{until} {days} days from today."),
        (days, Some(event)) => format!("{until} {days} days from {event}."),
    }
}

/// The help a rule asks for.
fn action(action: Action) -> &'static str {
    match action {
        Action::Emergency => "emergency services",
        Action::Crisis => "emergency services or a crisis line",
        Action::SameDay => "a doctor or urgent care today",
        Action::GpSoon => "a doctor this week",
        Action::Gp => "a doctor, no hurry",
        Action::Pharmacist => "a pharmacist",
    }
}

/// How soon to be seen.
fn within(within: Within) -> &'static str {
    match within {
        Within::Now => "at once",
        Within::Hours => "within hours",
        Within::Today => "today",
        Within::TwoDays => "within two days",
        Within::Week => "within a week",
    }
}

/// How soon to be seen, for a narrow cell.
pub fn soon(within: Within) -> &'static str {
    match within {
        Within::Now => "now",
        Within::Hours => "hours",
        Within::Today => "today",
        Within::TwoDays => "2 days",
        Within::Week => "week",
    }
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Adults => "not for children",
        Scope::Person => "the person, for good",
        Scope::Now => "the person, for now",
        Scope::Area => "the area of the body",
        Scope::Goal => "what they hope for",
        Scope::Provider => "the offer",
    }
}

/// How sure the sources make us.
pub fn confidence(labels: &Labels, confidence: Confidence) -> String {
    match confidence {
        Confidence::High => labels.sure_high(),
        Confidence::Medium => labels.sure_medium(),
        Confidence::Low => labels.sure_low(),
    }
}

/// How far a source was checked.
pub fn checked(labels: &Labels, level: &str) -> String {
    match level {
        "A" => labels.checked_a(),
        "B" => labels.checked_b(),
        "C" => labels.checked_c(),
        "D" => labels.checked_d(),
        _ => String::new(),
    }
}

/// What a rule rests on: each source with how far and when it was checked, and how sure they make us.
pub fn grounds(chapter: &Chapter<'_>, rule: &Rule) -> Vec<AnyView> {
    let sources = rule.sources.iter().filter_map(|place| chapter.check().sources.get(*place));
    let sure = confidence(&chapter.site.labels, rule.confidence);
    let class = if rule.confidence == Confidence::Low { "small low" } else { "small" };
    vec![list("small keys", sources.map(cited)), paragraph(class, sure)]
}

/// A source by its key, with how far and when it was checked.
pub fn cited(source: &Source) -> String {
    let day = source.checked_on.map(|day| format!(", {day}")).unwrap_or_default();
    format!("{} ({}{day})", source.key, source.checked)
}

/// The smallest patient a rule fires for. What its row says already is left out.
pub fn witness(chapter: &Chapter<'_>, place: usize) -> Option<AnyView> {
    let check = chapter.check();
    let patient = chapter.report.witnesses.get(place)?.as_ref()?;
    let rule = check.rules.get(place)?;
    let own = own(check, rule).filter(|_| matches!(rule.when, Condition::AnyOf(..)));
    let own = own.and_then(|(question, option)| {
        let question = check.questions.get(question)?;
        Some(format!("{}: {}", question.topic, question.options.get(option)?.label))
    });
    let others: Vec<&str> =
        patient.words.iter().filter(|words| Some(*words) != own.as_ref()).map(String::as_str).collect();
    let words = match (own.is_some(), others.is_empty()) {
        (true, true) => "this answer alone.".to_owned(),
        (true, false) => format!("this answer, with {}.", others.join("; ")),
        (false, true) => "every clear answer.".to_owned(),
        (false, false) => format!("{}.", others.join("; ")),
    };
    let given = patient.outcome.filter(|given| rule.outcome.is_some_and(|own| own != *given));
    let given = given.map(|given| format!(" Result: {}.", chapter.title(given)));
    Some(paragraph("small witness", format!("For example: {words}{}", given.unwrap_or_default())))
}
