//! A code for the clinic to scan: what goes in, and the picture. Nothing is made before the person asks for it.

use crate::engine::handover::{Part, parts};
use crate::model::{Options, Role};
use crate::view::part::{anew, folded, line, press, row, strong, truth};
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
    let mut rows = boxes(speech, state, "code", &|_| true, act);
    if !wished(&speech.pack.check, &now).is_empty() {
        let wishes = parts(&speech.pack.check).len();
        rows.push(tick("code", wishes, labels.code_wishes(), &labels.code_wishes_about(), state, act));
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

/// A box for each part that is wanted and has an answer. The same part may have one elsewhere: they go together.
pub fn boxes(
    speech: &Speech,
    state: RwSignal<State>,
    name: &'static str,
    wanted: &dyn Fn(&Part) -> bool,
    act: Callback<Act>,
) -> Vec<AnyView> {
    let (parts, now) = (parts(&speech.pack.check), state.get_untracked());
    let one = |(place, part): (usize, &Part)| {
        let topics = topics(speech, &now, part);
        // What is private in a step is named for what it is about; the step's name stands for the rest of it.
        let apart = part.private && parts.iter().any(|other| other.step == part.step && !other.private);
        let step = speech.pack.check.steps.get(part.step).map(|(_, name)| name.clone()).unwrap_or_default();
        let (title, about) = if apart { (capital(&topics), "") } else { (step, &*topics) };
        (!topics.is_empty() && wanted(part)).then(|| tick(name, place, title, about, state, act))
    };
    parts.iter().enumerate().filter_map(one).collect()
}

/// What the answers of a part are about.
fn topics(speech: &Speech, state: &State, part: &Part) -> String {
    let given = part.questions.iter().filter(|question| state.replay.at(**question).is_some());
    let topics = given.filter_map(|question| speech.pack.check.questions.get(*question)).map(|asked| &*asked.topic);
    topics.collect::<Vec<&str>>().join(", ")
}

fn tick(
    name: &'static str,
    place: usize,
    title: String,
    about: &str,
    state: RwSignal<State>,
    act: Callback<Act>,
) -> AnyView {
    let ticked = move || state.with(|state| state.packed.meets(Options::one(place)));
    let input = view! {
        <input type="checkbox" name=name value=place.to_string() prop:checked=truth(Box::new(ticked))
            on:change=move |event| act.run(Act::Pack(place, event_target_checked(&event))) />
    };
    row(input.into_any(), title, about, None)
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
