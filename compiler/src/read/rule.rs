//! Rules: of one option, and of several answers.

use crate::problem::{At, Located};
use crate::read::check::{Scene, choose, known, outcome_place, words_of};
use crate::read::condition;
use crate::read::toml::Table;
use crate::read::{alike, amount};
use mesocheck::model::{Action, Ask, Condition, Confidence, Rule, RuleId, Scope, Unsure, Wait, Within};

/// The rule of an option, if it leads to an outcome or a note.
pub fn of_option(
    entry: &Table,
    name: &Located<String>,
    when: Condition,
    words: Option<&Table>,
    topic: &str,
    scene: &Scene<'_>,
) -> Option<Rule> {
    let note = entry.truth("note");
    let outcome = entry.maybe_text("outcome");
    if note && outcome.is_some() {
        entry.at.report("An option leads to an outcome or to a note, not to both", "Take `note` or `outcome` away.");
    }
    if !note && outcome.is_none() {
        // A table may give the option its level; its reason is then read there.
        let leftover = ["action", "source", "confidence", "wait", "ask", "scope", "within", "agreed_by"];
        for key in leftover.iter().filter(|key| entry.has(key)) {
            entry.ignore(key);
            entry
                .key_at(key)
                .report(format!("`{key}` stands beside no outcome"), "Add outcome = \"…\" or note = true.");
        }
        return None;
    }
    let last = name.value.rsplit('.').next().unwrap_or_default();
    let unsure = Unsure::ALL.iter().copied().find(|unsure| unsure.as_str() == last);
    let key = if note { "note" } else { "reason" };
    let own = words.and_then(|words| words.maybe_text(key)).map(|text| text.value);
    let told = words.is_none_or(|words| words.has(key));
    let standard = || {
        let template = scene.words.maybe_table("unsure")?.maybe_text(unsure?.as_str())?.value;
        Some(template.replace("{topic}", topic))
    };
    let reason = own.or_else(standard).unwrap_or_else(|| {
        if !told {
            let at = scene.words.at.path();
            entry
                .at
                .report(format!("`{}` has no {key}", name.value), format!("Add {key} = \"…\" to its words in {at}."));
        }
        String::new()
    });
    let id = entry.at.with(name.value.clone());
    Some(rule(entry, &id, when, outcome, reason, words, unsure, scene))
}

/// The rules of `rules.toml` that combine several answers.
pub fn combined(rules: &Table, of_options: &[Rule], scene: &Scene<'_>) -> Vec<Rule> {
    let mut all: Vec<Rule> = Vec::new();
    let mut ids = Vec::new();
    for entry in rules.tables("rule") {
        let id = entry.text("id");
        ids.push(id.clone());
        // Rules of one id exclude each other and then have words of their own.
        let others = if entry.has("words") { &[] } else { all.as_slice() };
        if !id.value.is_empty() && of_options.iter().chain(others).any(|other| other.id.as_str() == id.value) {
            id.at.report(format!("There are two rules `{}`", id.value), "Give one of them another id.");
        }
        let key = entry.maybe_text("words").unwrap_or_else(|| id.clone());
        let words = words_of(scene.words, "rule", &key);
        let reason = words.map(|words| words.text("reason").value).unwrap_or_default();
        let when = entry.maybe_table("when").and_then(|when| condition::read(when, &scene.names));
        if when.is_none() && !entry.has("when") {
            entry.at.report(format!("`{}` has no condition", id.value), "Add when = { … }.");
        }
        let outcome = Some(entry.text("outcome"));
        let when = when.unwrap_or(Condition::Any(Vec::new()));
        all.push(rule(entry, &id, when, outcome, reason, words, None, scene));
        entry.finish();
    }
    alike::hold(&ids);
    all
}

#[allow(clippy::too_many_arguments, reason = "a rule has this many parts, and two places make one")]
fn rule(
    entry: &Table,
    id: &Located<String>,
    when: Condition,
    outcome: Option<Located<String>>,
    reason: String,
    words: Option<&Table>,
    unsure: Option<Unsure>,
    scene: &Scene<'_>,
) -> Rule {
    let outcome = outcome.and_then(|outcome| outcome_place(&outcome, scene));
    let ask = choose(entry.maybe_text("ask"), known!(Ask));
    let headings = scene.words.maybe_table("ask");
    if let Some(ask) = ask.filter(|ask| !headings.is_some_and(|headings| headings.has(ask.as_str()))) {
        let help = format!("Add {} = \"…\" below [ask] in {}.", ask.as_str(), scene.words.at.path());
        entry.key_at("ask").report(format!("`{}` has no heading", ask.as_str()), help);
    }
    if ask.is_none() && outcome.is_some_and(|place| scene.asks.get(place).copied().unwrap_or_default()) {
        entry.at.report(format!("`{}` does not say whom to ask", id.value), "Add ask = \"doctor\" or another.");
    }
    if let Some(name) = entry.maybe_text("agreed_by") {
        scene.agreed.borrow_mut().insert(RuleId::new(&id.value), name.value);
    }
    Rule {
        id: RuleId::new(&id.value),
        when,
        outcome,
        reason,
        action: choose(entry.maybe_text("action"), known!(Action)),
        ask,
        scope: choose(entry.maybe_text("scope"), known!(Scope)),
        wait: entry.maybe_table("wait").map(|wait| read_wait(wait, words, scene)),
        within: choose(entry.maybe_text("within"), known!(Within)),
        unsure,
        sources: sources(entry, &id.at, scene),
        confidence: confidence(entry, &id.at),
    }
}

/// Places of the sources a rule names; it must name one.
pub fn sources(entry: &Table, at: &At, scene: &Scene<'_>) -> Vec<usize> {
    let keys = if entry.has("source") { entry.some_texts("source") } else { Vec::new() };
    if keys.is_empty() && !entry.has("source") {
        at.report("This rule names no source", "Add source = [\"…\"]; \"GK\" is general medical knowledge.");
    }
    scene.known.keep(keys)
}

/// How sure the sources make us; it must be said.
pub fn confidence(entry: &Table, at: &At) -> Confidence {
    let text = entry.maybe_text("confidence");
    if text.is_none() && !entry.has("confidence") {
        at.report("This rule does not say how sure it is", "Add confidence = \"high\", \"medium\" or \"low\".");
    }
    choose(text, known!(Confidence)).unwrap_or(Confidence::Low)
}

fn read_wait(table: &Table, words: Option<&Table>, scene: &Scene<'_>) -> Wait {
    let days = table.maybe_number("days");
    let number = days.as_ref().and_then(|days| u32::try_from(days.value).ok()).filter(|days| *days <= 3650);
    if number.is_none() {
        let at = days.map_or_else(|| table.at.clone(), |days| days.at);
        at.report("A wait has days, from 0 to 3650", "Write days = 14; 0 means: until something is true.");
    }
    let from = table.text("from");
    let event = if from.value == "today" || from.value.is_empty() {
        None
    } else {
        let noun = scene.words.maybe_table("events").and_then(|events| events.maybe_text(&from.value));
        if noun.is_none() {
            let help = format!("Add {} = \"…\" below [events] in the words, or write \"today\".", from.value);
            from.at.report(format!("The event `{}` has no words", from.value), help);
        }
        noun.map(|noun| noun.value)
    };
    let until = words.map(|words| words.text("until"));
    if let (Some(until), Some(days)) = (&until, number.filter(|days| *days > 0))
        && let Some(said) = amount::said(&until.value).filter(|said| !said.fits(days))
    {
        let what = format!("The wait is {days} days, and these words say {said}");
        until.at.report(what, format!("Change days in {}, or the words.", table.at.path()));
    }
    table.finish();
    Wait { days: number.unwrap_or_default(), from: event, until: until.map(|until| until.value).unwrap_or_default() }
}
