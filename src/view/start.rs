//! The start screen of a check.

use crate::model::{Role, Storage};
use crate::view::part::{card, heading, line, maybe_line, points, press, title};
use crate::view::words::{Speech, fill};
use crate::view::{Act, Kept, State};
use leptos::prelude::*;

/// The start screen.
pub fn start(speech: &Speech, state: &State, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let check = &speech.pack.check;
    let lines = check.points.iter().map(|point| speech.say(point)).collect();
    let again = state.kept.is_some();
    let (class, text) = if again { ("second", labels.restart()) } else { ("main", labels.start()) };
    let urgent = (check.role() == Role::After).then(|| {
        let lines = vec![heading(speech.say(&labels.card_title())), line("", speech.say(&labels.card_text()))];
        card("card urgent", lines)
    });
    let keeping = match speech.pack.storage() {
        Storage::Device | Storage::Asked => keep_box(speech, state.keep, act),
        Storage::Tab => line("hint", labels.keeps_in_tab()),
        Storage::Nowhere => line("hint", labels.keeps_nothing()),
    };
    view! {
        {title(check.title.clone())}
        {line("lead", speech.say(&check.lead))}
        {urgent}
        {points("points", lines)}
        {maybe_line("", speech.pack.clinic.exit.then(|| labels.how_to_exit()))}
        {state.kept.as_ref().map(|kept| kept_card(speech, kept, act))}
        {keeping}
        {press(class, "start", text, None, act, Act::Start)}
    }
    .into_any()
}

fn keep_box(speech: &Speech, keep: bool, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    view! {
        <label class="keep">
            <input type="checkbox" name="keep" aria-describedby="keep-hint" checked=keep
                on:change=move |event| act.run(Act::Keep(event_target_checked(&event))) />
            <span>{labels.keep()}</span>
        </label>
        <p class="hint" id="keep-hint">{labels.keep_hint()}</p>
    }
    .into_any()
}

/// What is kept, with the way on and the way out.
pub fn kept_card(speech: &Speech, kept: &Kept, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let inner = vec![
        heading(labels.kept_title()),
        line("", fill(&labels.kept_when(), &[("when", &kept.when)])),
        press("main", "go-on", labels.go_on(), None, act, Act::GoOn),
        line("hint", labels.go_on_hint()),
        press("plain", "delete", labels.delete(), None, act, Act::Delete),
    ];
    card("card", inner)
}
