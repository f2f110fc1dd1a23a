//! A finding: why it counts, the answers that led to it, how to change them, where it comes from.

use crate::engine::{Because, explain};
use crate::model::{Confidence, Rule, Source, Unsure};
use crate::view::question::label_list;
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// The answers a rule fired on, in words.
pub fn said(speech: &Speech, state: &State, rule: usize) -> String {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let words: Vec<String> = because.iter().map(|because| because_words(speech, because)).collect();
    words.join(" · ")
}

fn because_words(speech: &Speech, because: &Because) -> String {
    let Some(question) = speech.pack.check.questions.get(because.question) else { return String::new() };
    match because.number {
        Some(number) => format!("{}: {number}", question.topic),
        None => label_list(question, because.options).join(", "),
    }
}

/// What a finding is about, in a few words: the answer, or the topic where the answer says nothing.
pub fn about(speech: &Speech, state: &State, rule: usize) -> String {
    let unsure = speech.pack.check.rules.get(rule).and_then(|rule| rule.unsure);
    if unsure.is_some() { topic(speech, state, rule) } else { said(speech, state, rule) }
}

fn topic(speech: &Speech, state: &State, rule: usize) -> String {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let first = because.first().and_then(|because| speech.pack.check.questions.get(because.question));
    first.map(|question| question.topic.clone()).unwrap_or_default()
}

/// One finding.
#[component]
pub fn Finding(speech: Speech, state: State, rule: usize, act: Callback<Act>) -> impl IntoView {
    let pack = speech.pack.clone();
    let Some(found) = pack.check.rules.get(rule) else { return ().into_any() };
    let level = found.outcome.and_then(|place| pack.check.outcomes.get(place));
    let (id, look) = level.map(|level| (level.id.to_string(), level.look.as_str())).unwrap_or_default();
    let word = level.map(|level| speech.say(&level.title)).unwrap_or_default();
    let labels = speech.labels().clone();
    let wait = found.wait.as_ref().map(|wait| fill(&labels.wait(), &[("until", &wait.until)]));
    let date = found.wait.as_ref().filter(|wait| wait.from.is_none() && wait.days > 0);
    let date = date.map(|wait| fill(&labels.wait_not_before(), &[("date", &speech.date(state.today.plus(wait.days)))]));
    view! {
        <article class="finding" data-rule=found.id.to_string() data-level=id data-look=look>
            <p class="level">{word}</p>
            <p class="reason">{speech.say(&found.reason)}</p>
            {wait.map(|wait| view! { <p class="wait">{wait}</p> })}
            {date.map(|date| view! { <p class="wait">{date}</p> })}
            <p class="said">{labels.you_said()}" "<b>{said(&speech, &state, rule)}</b></p>
            <Changes speech=speech.clone() state=state rule=rule act=act />
            <Sources speech=speech.clone() rule=found.clone() />
        </article>
    }
    .into_any()
}

/// Findings that only say "not sure", or only "prefer not to say", as one.
#[component]
pub fn UnsureFindings(
    /// Words and numbers.
    speech: Speech,
    /// The state.
    state: State,
    /// Places of the rules.
    rules: Vec<usize>,
    /// Which of the two.
    kind: Unsure,
    /// What the person does.
    act: Callback<Act>,
) -> impl IntoView {
    let labels = speech.labels().clone();
    let topics: Vec<String> = rules.iter().map(|rule| topic(&speech, &state, *rule)).collect();
    let text = match kind {
        Unsure::NotSure => &labels.unsure_topics(),
        Unsure::PreferNot => &labels.private_topics(),
    };
    let text = fill(text, &[("topics", &speech.list(&topics))]);
    let check = &speech.pack.check;
    let level = rules.first().and_then(|rule| check.rules.get(*rule)?.outcome).and_then(|place| check.outcomes.get(place));
    let (id, look) = level.map(|level| (level.id.to_string(), level.look.as_str())).unwrap_or_default();
    let word = level.map(|level| level.title.clone()).unwrap_or_default();
    let first = rules.first().and_then(|rule| check.rules.get(*rule)).cloned();
    let rows = rules.into_iter().map(|rule| {
        let name = check.rules.get(rule).map(|rule| rule.id.to_string()).unwrap_or_default();
        let topic = topic(&speech, &state, rule);
        view! {
            <li data-rule=name data-level=id.clone()>
                {topic}" "<Changes speech=speech.clone() state=state.clone() rule=rule act=act />
            </li>
        }
    });
    let rows = rows.collect_view();
    view! {
        <article class="finding" data-look=look>
            <p class="level">{word}</p>
            <p class="reason">{text}</p>
            <ul class="topics">{rows}</ul>
            {first.map(|rule| view! { <Sources speech=speech.clone() rule=rule /> })}
        </article>
    }
}

/// A link per answer that led to a finding.
#[component]
fn Changes(speech: Speech, state: State, rule: usize, act: Callback<Act>) -> impl IntoView {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let one = |because: Because| {
        let question = because.question;
        let named = speech.pack.check.questions.get(question);
        let (id, topic) = named.map(|named| (named.id.to_string(), named.topic.clone())).unwrap_or_default();
        let about = fill(&speech.labels().change_about(), &[("topic", &topic)]);
        view! {
            <button type="button" class="plain change" data-action="change" data-question=id
                on:click=move |_| act.run(Act::Change(question))>
                {speech.labels().change_this()}<span class="unseen">{about}</span>
            </button>
        }
    };
    because.into_iter().map(one).collect_view()
}

/// Where a rule comes from and how sure we are, closed until asked for.
#[component]
fn Sources(speech: Speech, rule: Rule) -> impl IntoView {
    let labels = speech.labels().clone();
    let sure = match rule.confidence {
        Confidence::High => labels.sure_high(),
        Confidence::Medium => labels.sure_medium(),
        Confidence::Low => labels.sure_low(),
    };
    let known = rule.sources.iter().filter_map(|place| speech.pack.check.sources.get(*place));
    let rows = known.map(|source| view! { <li>{source_words(&speech, source)}</li> }).collect_view();
    view! {
        <details class="sources">
            <summary>{labels.sources()}</summary>
            <ul>{rows}</ul>
            <p>{labels.how_sure()}" "{sure}"."</p>
        </details>
    }
}

/// A source in a line.
fn source_words(speech: &Speech, source: &Source) -> String {
    let labels = speech.labels();
    let checked = match source.checked.as_str() {
        "A" => &labels.checked_a(),
        "B" => &labels.checked_b(),
        "C" => &labels.checked_c(),
        _ => &labels.checked_d(),
    };
    let year = source.year.map(|year| year.to_string());
    let from: Vec<String> =
        [Some(source.publisher.clone()), year].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
    let on = source.checked_on.map(|day| format!(", {}", fill(&labels.checked_on(), &[("when", &speech.date(day))])));
    format!("{}{from}: {checked}{}.", source.title, on.unwrap_or_default())
}
