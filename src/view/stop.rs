//! The page that says what to do now: an emergency, something for today, or thoughts of self-harm.

use crate::engine::headline;
use crate::model::{Action, Rule, RuleId, Stops};
use crate::view::call::{CallButton, Countries, HelpLines};
use crate::view::finding::said;
use crate::view::words::Speech;
use crate::view::{Act, State};
use leptos::prelude::*;

/// The page. Nothing stands on it that does not help now.
#[component]
pub fn Stop(speech: Speech, state: State, act: Callback<Act>) -> impl IntoView {
    let pack = speech.pack.clone();
    let stopping: Vec<usize> = state.decision.findings.iter().copied().filter(|rule| stops(&speech, *rule)).collect();
    let crisis = stopping.iter().any(|rule| pack.check.action(*rule) == Some(Action::Crisis));
    let others: Vec<usize> =
        stopping.iter().copied().filter(|rule| pack.check.action(*rule) != Some(Action::Crisis)).collect();
    let signs: Vec<String> = others.iter().map(|rule| said(&speech, &state, *rule)).collect();
    let level = state.decision.outcome.and_then(|place| pack.check.outcomes.get(place));
    let outcome = level.map(|level| level.id.to_string()).unwrap_or_default();
    let look = level.map(|level| level.look.as_str()).unwrap_or_default();
    let emergency = level.is_some_and(|level| level.stops == Some(Stops::Anywhere));
    let body = if crisis {
        view! { <Crisis speech=speech.clone() /> }.into_any()
    } else {
        let title = headline(&pack.check, &state.decision);
        let (title, lead) = title.map(|title| (title.title, title.lead)).unwrap_or_default();
        let silent = speech.country().map(|country| country.silent.clone()).filter(|text| !text.is_empty());
        let worse = speech.labels().if_worse();
        view! {
            <h1 tabindex="-1" data-focus="">{speech.say(&title)}</h1>
            {(!emergency).then(|| view! { <p class="lead">{speech.say(&lead)}</p><p class="small">{worse}":"</p> })}
            <CallButton speech=speech.clone() />
            {emergency.then(|| view! { <p class="lead">{speech.say(&lead)}</p> })}
            {silent.filter(|_| emergency).map(|silent| view! { <p class="small">{silent}</p> })}
        }
        .into_any()
    };
    let first_aid = first_aid(&speech, &others);
    let labels = speech.labels().clone();
    let reasons: Vec<String> = if emergency { Vec::new() } else { reasons(&speech, &others) };
    let question = question_to_change(&state);
    view! {
        <div class="stop" data-outcome=outcome data-look=look data-crisis=crisis.then_some("")>
            {body}
            {(!signs.is_empty()).then(|| view! {
                <h2>{labels.you_told_us()}</h2>
                <ul>{signs.into_iter().map(|sign| view! { <li>{sign}</li> }).collect_view()}</ul>
            })}
            {reasons.into_iter().map(|reason| view! { <p>{reason}</p> }).collect_view()}
            {(!first_aid.is_empty()).then(|| view! {
                <h2>{labels.while_you_wait()}</h2>
                <ul class="first-aid">{first_aid.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul>
            })}
            <Countries speech=speech.clone() act=act />
            <button type="button" class="plain" data-action="change" on:click=move |_| act.run(Act::Change(question))>
                {labels.mistake()}
            </button>
        </div>
    }
}

/// Thoughts of self-harm: no level, no colour of alarm, help first.
#[component]
fn Crisis(speech: Speech) -> impl IntoView {
    let labels = speech.labels().clone();
    let lines = speech.country().map(|country| country.crisis.clone()).unwrap_or_default();
    view! {
        <h1 tabindex="-1" data-focus="">{labels.crisis_title()}</h1>
        <p class="lead">{labels.crisis_thanks()}</p>
        <p>{labels.crisis_unsafe()}</p>
        <CallButton speech=speech.clone() />
        <p>{labels.crisis_safe()}</p>
        <HelpLines lines=lines />
        <p>{labels.crisis_say()}</p>
    }
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

/// The question the mistaken tick stands on: the first of the screen that stopped the check.
fn question_to_change(state: &State) -> usize {
    state.journey.stop.map(|stop| stop.question).unwrap_or_default()
}
