//! Check your answers: what matters is open, the rest is one line per step.

use crate::engine::explain;
use crate::model::{Kind, Options};
use crate::view::question::{capital, label_list};
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// The screen.
#[component]
pub fn Review(speech: Speech, state: State, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels().clone();
    let matters = matters(&speech, &state);
    let number = fill(&labels.review_matters(), &[("n", &matters.len().to_string())]);
    let heading = if matters.is_empty() { labels.review_nothing() } else { number };
    let open = matters.iter().map(|place| row(&speech, &state, *place, act)).collect_view();
    let steps = speech.pack.check.steps.iter().enumerate().map(|(step, (_, name))| {
        let quiet = quiet(&speech, &state, step, &matters);
        if quiet.is_empty() {
            return ().into_any();
        }
        let line = fill(&labels.review_step(), &[("n", &quiet.len().to_string())]);
        let rows = quiet.iter().map(|place| row(&speech, &state, *place, act)).collect_view();
        let name = name.clone();
        view! {
            <details class="step">
                <summary><b>{name}</b>": "{line}</summary>
                <dl>{rows}</dl>
            </details>
        }
        .into_any()
    });
    let steps = steps.collect_view();
    view! {
        <h1 tabindex="-1" data-focus="">{labels.review_title()}</h1>
        <p class="lead">{labels.review_lead()}</p>
        <button type="button" class="main" data-action="result" on:click=move |_| act.run(Act::Result)>
            {labels.see_result()}
        </button>
        <h2>{heading}</h2>
        <dl class="answers">{open}</dl>
        {steps}
    }
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
        !given.is_empty()
            && question.is_some_and(|asked| asked.kind == Kind::One && given != Options::one(asked.clear))
    };
    (0..check.questions.len()).filter(|place| because.contains(place) || unlike(*place)).collect()
}

fn quiet(speech: &Speech, state: &State, step: usize, matters: &[usize]) -> Vec<usize> {
    let questions = speech.pack.check.questions.iter().enumerate();
    let here = questions.filter(|(place, question)| {
        question.step == step && state.replay.asks(*place) && state.replay.at(*place).is_some() && !matters.contains(place)
    });
    here.map(|(place, _)| place).collect()
}

fn row(speech: &Speech, state: &State, place: usize, act: Callback<Act>) -> impl IntoView + use<> {
    let labels = speech.labels().clone();
    let Some(question) = speech.pack.check.questions.get(place).cloned() else { return ().into_any() };
    let given = state.replay.at(place);
    let answer = given.number.map_or_else(|| label_list(&question, given.options).join(", "), |number| number.to_string());
    let about = fill(&labels.change_about(), &[("topic", &question.topic)]);
    view! {
        <div class="row">
            <dt>{capital(&question.topic)}</dt>
            <dd>{answer}</dd>
            <dd class="link">
                <button type="button" class="plain" data-action="change" data-question=question.id.to_string()
                    on:click=move |_| act.run(Act::Change(place))>
                    {labels.change()}<span class="unseen">{about}</span>
                </button>
            </dd>
        </div>
    }
    .into_any()
}
