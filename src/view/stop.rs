//! The page that says what to do now: an emergency, something for today, or thoughts of self-harm.

use crate::engine::headline;
use crate::model::{Action, Rule, Stops};
use crate::view::call::{call_anyhow, call_button, countries, help_lines, urgent_call, which_country};
use crate::view::finding::said;
use crate::view::part::{heading, line, maybe_line, points, press, title};
use crate::view::result::Item;
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
    let aid = first_aid(speech, state, &others);
    if !aid.is_empty() {
        parts.push(heading(labels.while_you_wait()));
    }
    for Item { name, lines, .. } in aid {
        parts.extend((!name.is_empty()).then(|| view! { <h3>{name}</h3> }.into_any()));
        parts.push(points("first-aid", lines));
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
        vec![name, urgent_call(speech).into_any(), lead, worse(speech, act)]
    }
}

/// Calls for what is to be seen today. Whom to call when it gets worse stands below a result with a safety net.
pub fn today(speech: &Speech, act: Callback<Act>) -> AnyView {
    if speech.country().is_none() {
        return which_country(speech, act);
    }
    let worse = speech.pack.check.safety_net.is_none().then(|| worse(speech, act));
    view! { {urgent_call(speech)}{worse} }.into_any()
}

/// The emergency call, for when it gets worse.
fn worse(speech: &Speech, act: Callback<Act>) -> AnyView {
    view! { <div class="worse">{call_anyhow(speech, act)}</div> }.into_any()
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

/// What to do for these signs, below each what is for it alone; first, and below none, what is for all of them.
fn first_aid(speech: &Speech, state: &State, rules: &[usize]) -> Vec<Item> {
    let check = &speech.pack.check;
    let mut groups = vec![Item::default()];
    for aid in &check.first_aid {
        let is_for = |rule: &&usize| check.rules.get(**rule).is_some_and(|rule| aid.signs.contains(&rule.id));
        let signs: Vec<usize> = rules.iter().filter(is_for).copied().collect();
        if signs.is_empty() {
            continue;
        }
        let names: Vec<String> = signs.iter().map(|rule| said(speech, state, *rule)).collect();
        let name = if signs.len() == rules.len() { String::new() } else { names.join("; ") };
        let known = groups.iter().position(|group| group.name == name);
        let place = known.unwrap_or(groups.len());
        groups.extend(known.is_none().then(|| Item { name, ..Item::default() }));
        if let Some(group) = groups.get_mut(place) {
            group.lines.extend(aid.text.iter().map(|line| speech.say(line)));
        }
    }
    groups.retain(|group| !group.lines.is_empty());
    groups
}
