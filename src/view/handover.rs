//! What a person handed over: their answers in words, and what they want to ask. No outcome, no finding, no reason.

use crate::engine::handover::Handover;
use crate::model::{Date, StepId};
use crate::view::part::{heading, line, points};
use crate::view::review::{answer_list, answer_row};
use crate::view::take::asked;
use crate::view::words::{Speech, fill};
use leptos::prelude::*;

/// The answers, by step.
pub fn handed_over(speech: &Speech, handover: &Handover) -> AnyView {
    let check = &speech.pack.check;
    let day = speech.date(Date(handover.day.into()));
    let step = |(step, (_, name)): (usize, &(StepId, String))| {
        let given = check.questions.iter().zip(&handover.given);
        let mine = given.filter(|(question, given)| question.step == step && given.is_some());
        let rows: Vec<AnyView> = mine.map(|(question, given)| answer_row(question, *given, None)).collect();
        (!rows.is_empty()).then(|| view! { {heading(name.clone())}{answer_list(rows)} }.into_any())
    };
    let steps: Vec<AnyView> = check.steps.iter().enumerate().filter_map(step).collect();
    let wishes = asked(check, handover.wishes);
    let asks = (!wishes.is_empty())
        .then(|| view! { {heading(speech.labels().handed_wishes())}{points("", wishes)} }.into_any());
    view! {
        {line("made", fill(&speech.labels().handed_day(), &[("date", &day)]))}
        {asks}
        {steps}
    }
    .into_any()
}
