//! Check your answers: what matters is open, the rest is one line per step.

use crate::engine::explain;
use crate::model::{Kind, Options, StepId};
use crate::view::part::{change, folded, heading, line, press, title};
use crate::view::question::{answer, capital};
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// The screen.
pub fn review(speech: &Speech, state: &State, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let matters = matters(speech, state);
    let number = fill(&labels.review_matters(), &[("n", &matters.len().to_string())]);
    let name = if matters.is_empty() { labels.review_nothing() } else { number };
    let rows = |places: &[usize]| answer_list(places.iter().map(|place| row(speech, state, *place, act)).collect());
    let step = |(step, (_, name)): (usize, &(StepId, String))| {
        let quiet = quiet(speech, state, step, &matters);
        let line = fill(&labels.review_step(), &[("n", &quiet.len().to_string())]);
        (!quiet.is_empty()).then(|| folded("step", [name.as_str(), &line].join(": "), rows(&quiet)))
    };
    let steps: Vec<AnyView> = speech.pack.check.steps.iter().enumerate().filter_map(step).collect();
    view! {
        {title(labels.review_title())}
        {line("lead", labels.review_lead())}
        {press("main", "result", labels.see_result(), None, act, Act::Result)}
        {heading(name)}
        {rows(&matters)}
        {steps}
    }
    .into_any()
}

/// Questions whose answers led to a finding or a note, or that differ from the clear answer.
fn matters(speech: &Speech, state: &State) -> Vec<usize> {
    let check = &speech.pack.check;
    let fired = state.decision.findings.iter().chain(&state.decision.notes);
    let because: Vec<usize> =
        fired.flat_map(|rule| explain(check, &state.replay, *rule)).map(|because| because.question).collect();
    let unlike = |place: usize| {
        let given = state.replay.at(place).options;
        let question = check.questions.get(place);
        !given.is_empty() && question.is_some_and(|asked| asked.kind == Kind::One && given != Options::one(asked.clear))
    };
    (0..check.questions.len()).filter(|place| because.contains(place) || unlike(*place)).collect()
}

fn quiet(speech: &Speech, state: &State, step: usize, matters: &[usize]) -> Vec<usize> {
    let questions = speech.pack.check.questions.iter().enumerate();
    let here = questions.filter(|(place, question)| {
        question.step == step
            && state.replay.asks(*place)
            && state.replay.at(*place).is_some()
            && !matters.contains(place)
    });
    here.map(|(place, _)| place).collect()
}

fn row(speech: &Speech, state: &State, place: usize, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let Some(question) = speech.pack.check.questions.get(place) else { return ().into_any() };
    let about = fill(&labels.change_about(), &[("topic", &question.topic)]);
    let link = change(labels.change(), about, question.id.to_string(), act, place);
    answer_row(capital(&question.topic), answer(question, state.replay.at(place)), Some(link))
}

/// What a question is about, its answer, and what can be done about it.
pub fn answer_row(name: String, answer: String, link: Option<AnyView>) -> AnyView {
    view! {
        <div class="row">
            <dt>{name}</dt>
            <dd>{answer}</dd>
            {link.map(|link| view! { <dd class="link">{link}</dd> }.into_any())}
        </div>
    }
    .into_any()
}

/// Answers as a list.
pub fn answer_list(rows: Vec<AnyView>) -> AnyView {
    view! { <dl class="answers">{rows}</dl> }.into_any()
}
