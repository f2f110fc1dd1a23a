//! A code for the clinic to scan: what goes in, and the picture. Nothing is made before the person asks for it.

use crate::engine::handover::{Part, parts};
use crate::model::{Options, Role};
use crate::view::part::{anew, folded, line, press, row, strong};
use crate::view::qr::qr;
use crate::view::question::capital;
use crate::view::take::wished;
use crate::view::words::Speech;
use crate::view::{Act, Made, State};
use leptos::prelude::*;

/// Whether a result has a code: not where help is needed today, nor where the check ended early and there is nothing to
/// talk about.
pub fn is_offered(speech: &Speech, state: &State) -> bool {
    let check = &speech.pack.check;
    let level = state.decision.outcome.and_then(|level| check.outcomes.get(level));
    check.role() == Role::Before && state.replay.ended.is_none() && level.is_some_and(|level| !level.shown_incomplete)
}

/// The section, closed until asked for.
pub fn code(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let now = state.get_untracked();
    if !is_offered(speech, &now) {
        return ().into_any();
    }
    let labels = speech.labels();
    let parts = parts(&speech.pack.check);
    let one = |(place, part): (usize, &Part)| {
        let topics = topics(speech, &now, part);
        // What is private in a step is named for what it is about; the step's name stands for the rest of it.
        let apart = part.private && parts.iter().any(|other| other.step == part.step && !other.private);
        let step = speech.pack.check.steps.get(part.step).map(|(_, name)| name.clone()).unwrap_or_default();
        let (name, about) = if apart { (capital(&topics), "") } else { (step, &*topics) };
        (!topics.is_empty()).then(|| tick(place, name, about, &now, act))
    };
    let mut rows: Vec<AnyView> = parts.iter().enumerate().filter_map(one).collect();
    if !wished(&speech.pack.check, &now).is_empty() {
        rows.push(tick(parts.len(), labels.code_wishes(), &labels.code_wishes_about(), &now, act));
    }
    let words = speech.clone();
    let made = move || state.with(|state| state.code.clone());
    let made = anew(made, move |made| made.map(|made| picture(&words, &made)).into_any());
    let inner = view! {
        {line("", labels.code_lead())}
        {line("", labels.code_health())}
        {line("", labels.code_history())}
        <fieldset>
            <legend>{strong(labels.code_parts())}</legend>
            <div class="options">{rows}</div>
        </fieldset>
        {press("second", "code", labels.code_make(), None, act, Act::Code)}
        <div role="status">{made}</div>
    };
    folded("code", labels.code_title(), inner.into_any())
}

/// What the answers of a part are about.
fn topics(speech: &Speech, state: &State, part: &Part) -> String {
    let given = part.questions.iter().filter(|question| state.replay.at(**question).is_some());
    let topics = given.filter_map(|question| speech.pack.check.questions.get(*question)).map(|asked| &*asked.topic);
    topics.collect::<Vec<&str>>().join(", ")
}

fn tick(place: usize, name: String, about: &str, state: &State, act: Callback<Act>) -> AnyView {
    let input = view! {
        <input type="checkbox" name="code" value=place.to_string() checked=state.packed.meets(Options::one(place))
            on:change=move |event| act.run(Act::Pack(place, event_target_checked(&event))) />
    };
    row(input.into_any(), name, about, None)
}

fn picture(speech: &Speech, made: &Made) -> AnyView {
    let labels = speech.labels();
    if made.code.is_empty() {
        return line("error", labels.code_nothing());
    }
    let drawn = Some(&made.address).filter(|address| !address.is_empty());
    match drawn.and_then(|address| qr(address, &made.code, labels.code_picture())) {
        Some(drawn) => view! { {line("", labels.code_scan())}{drawn} }.into_any(),
        None => line("error", labels.code_failed()),
    }
}
