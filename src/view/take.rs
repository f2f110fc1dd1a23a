//! Take it along: what to ask and to bring, and the result on the screen, on paper and as text.

use crate::engine::handover::parts;
use crate::engine::{explain, prompts};
use crate::model::{Check, Options};
use crate::view::part::{anew, heading, line, maybe_line, points, press};
use crate::view::words::Speech;
use crate::view::{Act, Copied, State, Way};
use leptos::prelude::*;

/// Questions for the consultation, ticked but for those the person does not want to ask, and what to have at hand.
pub fn prompt_lists(speech: &Speech, state: &State, act: Callback<Act>) -> AnyView {
    let (check, labels) = (&speech.pack.check, speech.labels());
    let one = |place: usize| {
        let text = check.to_ask.get(place).map(|prompt| prompt.text.clone());
        let on = !state.unasked.meets(Options::one(place));
        view! {
            <li><label><input type="checkbox" name="ask" checked=on
                on:change=move |event| act.run(Act::Ask(place, event_target_checked(&event))) /><span>{text}</span></label></li>
        }
        .into_any()
    };
    let ask: Vec<AnyView> = prompts(check, &state.decision, &check.to_ask).into_iter().map(one).collect();
    let bring = brought(speech, state);
    let asks = (!ask.is_empty()).then(|| {
        view! {
            <section class="ask">
                {heading(labels.to_ask())}{line("hint", labels.to_ask_hint())}<ul class="tasks">{ask}</ul>
            </section>
        }
        .into_any()
    });
    let brings = (!bring.is_empty())
        .then(|| view! { <section class="bring">{heading(labels.to_bring())}{points("", bring)}</section> }.into_any());
    vec![asks, brings].into_any()
}

/// The questions the person wants to ask, by their places.
pub fn wished(check: &Check, state: &State) -> Options {
    let fitting = prompts(check, &state.decision, &check.to_ask).into_iter();
    fitting.fold(Options::NONE, |set, place| set.with(Options::one(place))).without(state.unasked)
}

/// Whether a finding stays out of what is printed or handed on as text: it rests on an answer that is private, such as
/// how somebody feels, and the person has not ticked that part. A warning sign is told: whoever helps must know it.
pub fn stays_out(check: &Check, state: &State, rule: usize) -> bool {
    let parts = parts(check);
    explain(check, &state.replay, rule).iter().any(|because| {
        let sign = check.questions.get(because.question).is_some_and(|question| question.warning_signs);
        let part = parts.iter().position(|part| part.private && part.questions.contains(&because.question));
        !sign && part.is_some_and(|part| !state.packed.meets(Options::one(part)))
    })
}

/// The words of questions for the consultation.
pub fn asked(check: &Check, wished: Options) -> Vec<String> {
    wished.places().filter_map(|place| check.to_ask.get(place)).map(|prompt| prompt.text.clone()).collect()
}

/// What to have at hand.
pub fn brought(speech: &Speech, state: &State) -> Vec<String> {
    let check = &speech.pack.check;
    let places = prompts(check, &state.decision, &check.to_bring).into_iter();
    places.filter_map(|place| check.to_bring.get(place)).map(|prompt| prompt.text.clone()).collect()
}

/// The ways to take the result along, the most private first.
pub fn take(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let share = state.with_untracked(|state| state.shares);
    let mut ways = vec![
        press("second", "show", labels.show(), None, act, Act::Show(true)),
        press("second", "print", labels.print(), None, act, Act::Print),
        press("second", "copy", labels.copy(), None, act, Act::Copy),
    ];
    ways.extend(share.then(|| press("second", "share", labels.share(), None, act, Act::Share)));
    let labels = labels.clone();
    let copied = anew(
        move || state.with(|state| state.copied.clone()),
        move |copied| match copied {
            Copied::No => ().into_any(),
            Copied::Yes => line("", labels.copied()),
            Copied::Refused(way, text) => {
                let field = view! { <textarea readonly rows="8" prop:value=text></textarea> };
                let words = match way {
                    Way::Copy => labels.not_copied(),
                    Way::Share => labels.not_shared(),
                    Way::Print => labels.not_printed(),
                };
                view! { {line("", words)}{field} }.into_any()
            }
        },
    );
    view! {
        <section class="take">
            {heading(speech.labels().take_title())}
            {maybe_line("hint", Some(speech.labels().take_hint()))}
            <div class="ways">{ways}</div>
            <div role="status">{copied}</div>
        </section>
    }
    .into_any()
}
