//! The page that says what to do now: an emergency, something for today, or thoughts of self-harm.

use crate::engine::headline;
use crate::model::{Action, Rule, RuleId, Stops};
use crate::view::call::{call_anyhow, call_button, countries, help_lines};
use crate::view::finding::said;
use crate::view::part::{heading, line, maybe_line, points, press, title};
use crate::view::words::Speech;
use crate::view::{Act, State};
use leptos::prelude::*;

/// The page. Nothing stands on it that does not help now.
pub fn stop(speech: &Speech, state: &State, act: Callback<Act>) -> AnyView {
    let check = &speech.pack.check;
    let labels = speech.labels();
    let stopping: Vec<usize> = state.decision.findings.iter().copied().filter(|rule| stops(speech, *rule)).collect();
    let is_crisis = |rule: &usize| check.action(*rule) == Some(Action::Crisis);
    let crisis = stopping.iter().any(is_crisis);
    let others: Vec<usize> = stopping.into_iter().filter(|rule| !is_crisis(rule)).collect();
    let level = state.decision.outcome.and_then(|place| check.outcomes.get(place));
    let (id, look) = level.map(|level| (level.id.to_string(), level.look.as_str())).unwrap_or_default();
    let emergency = level.is_some_and(|level| level.stops == Some(Stops::Anywhere));
    let mut parts = if crisis { crisis_parts(speech, act) } else { first_parts(speech, state, emergency, act) };
    let signs: Vec<String> = others.iter().map(|rule| said(speech, state, *rule)).collect();
    if !signs.is_empty() {
        parts.extend([heading(labels.you_told_us()), points("", signs)]);
    }
    if !emergency {
        parts.extend(reasons(speech, &others).into_iter().map(|reason| line("", reason)));
    }
    let aid = first_aid(speech, &others);
    if !aid.is_empty() {
        parts.extend([heading(labels.while_you_wait()), points("first-aid", aid)]);
    }
    parts.push(countries(speech, act));
    // The question the mistaken tick stands on.
    let question = state.journey.stop.map(|stop| stop.question).unwrap_or_default();
    parts.push(press("plain", "change", labels.mistake(), None, act, Act::Change(question)));
    let crisis = crisis.then(String::new);
    view! { <div class="stop" data-outcome=id data-look=look data-crisis=crisis>{parts}</div> }.into_any()
}

fn first_parts(speech: &Speech, state: &State, emergency: bool, act: Callback<Act>) -> Vec<AnyView> {
    let words = headline(&speech.pack.check, &state.decision);
    let (name, lead) = words.map(|words| (speech.say(&words.title), speech.say(&words.lead))).unwrap_or_default();
    let (name, lead) = (title(name), line("lead", lead));
    if emergency {
        let silent = speech.country().map(|country| country.silent.clone());
        vec![name, call_button(speech, act), lead, maybe_line("small", silent).into_any()]
    } else {
        vec![name, lead, line("small", [&speech.labels().if_worse(), ":"].concat()), call_anyhow(speech, act)]
    }
}

/// Thoughts of self-harm: no level, no colour of alarm, help first.
fn crisis_parts(speech: &Speech, act: Callback<Act>) -> Vec<AnyView> {
    let labels = speech.labels();
    // Where nobody knows the country, the lines come with the choice of it.
    let lines = speech.country().map(|country| country.crisis.clone());
    let safe = lines.map(|lines| vec![line("", labels.crisis_safe()), help_lines(lines)]);
    vec![
        title(labels.crisis_title()),
        line("lead", labels.crisis_thanks()),
        line("", labels.crisis_unsafe()),
        call_anyhow(speech, act),
        safe.into_any(),
        line("", labels.crisis_say()),
    ]
}

fn stops(speech: &Speech, rule: usize) -> bool {
    let check = &speech.pack.check;
    let level = check.rules.get(rule).and_then(|rule| rule.outcome).and_then(|level| check.outcomes.get(level));
    level.is_some_and(|level| level.shown_incomplete)
}

fn reasons(speech: &Speech, rules: &[usize]) -> Vec<String> {
    let rules = rules.iter().filter_map(|rule| speech.pack.check.rules.get(*rule));
    rules.map(|rule: &Rule| speech.say(&rule.reason)).collect()
}

fn first_aid(speech: &Speech, rules: &[usize]) -> Vec<String> {
    let check = &speech.pack.check;
    let ids: Vec<&RuleId> = rules.iter().filter_map(|rule| check.rules.get(*rule)).map(|rule| &rule.id).collect();
    let aid = check.first_aid.iter().filter(|aid| aid.signs.iter().any(|sign| ids.contains(&sign)));
    let mut lines: Vec<String> = Vec::new();
    for line in aid.flat_map(|aid| &aid.text) {
        let line = speech.say(line);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
