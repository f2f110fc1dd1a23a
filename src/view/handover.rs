//! What a person handed over: their answers in words, and what they want to ask. No outcome, no finding, no reason.

use crate::engine::Given;
use crate::engine::handover::Handover;
use crate::model::{Date, Kind, Question, StepId};
use crate::view::part::{heading, line, points};
use crate::view::question::{answer, capital};
use crate::view::review::{answer_list, answer_row};
use crate::view::take::asked;
use crate::view::words::{Speech, fill};
use leptos::prelude::*;

/// The answers, by step.
pub fn handed_over(speech: &Speech, handover: &Handover) -> AnyView {
    let check = &speech.pack.check;
    // None where the clock that wrote it knew no day.
    let day = (handover.day > 0).then(|| speech.date(Date(handover.day.into())));
    let day = day.map(|day| line("made", fill(&speech.labels().handed_day(), &[("date", &day)])));
    let step = |(step, (_, name)): (usize, &(StepId, String))| {
        let given = check.questions.iter().zip(&handover.given);
        let mine = given.filter(|(question, given)| question.step == step && given.is_some());
        let row = |(question, given): (&Question, &Given)| {
            let topic = capital(&question.topic);
            // "Yes" says nothing to those who were not asked.
            let name = match question.kind {
                Kind::Many => topic,
                Kind::One | Kind::Number { .. } => [&topic, ": ", question.text.as_str()].concat(),
            };
            answer_row(name, answer(question, *given), None)
        };
        let rows: Vec<AnyView> = mine.map(row).collect();
        (!rows.is_empty()).then(|| view! { {heading(name.clone())}{answer_list(rows)} }.into_any())
    };
    let steps: Vec<AnyView> = check.steps.iter().enumerate().filter_map(step).collect();
    let wishes = asked(check, handover.wishes);
    let asks = (!wishes.is_empty())
        .then(|| view! { {heading(speech.labels().handed_wishes())}{points("", wishes)} }.into_any());
    view! {
        {day}
        {asks}
        {steps}
    }
    .into_any()
}
