//! The start screen of a check.

use crate::view::words::{Speech, fill};
use crate::view::{Act, Kept};
use leptos::prelude::*;

/// The start screen.
#[component]
pub fn Start(
    /// Words and numbers.
    speech: Speech,
    /// Whether answers are to be kept.
    keep: bool,
    /// Answers from an earlier visit.
    kept: Option<Kept>,
    /// What the person does.
    act: Callback<Act>,
) -> impl IntoView {
    let labels = speech.labels().clone();
    let check = &speech.pack.check;
    let lead = speech.say(&check.lead);
    let points = check.points.iter().map(|point| view! { <li>{speech.say(point)}</li> }).collect_view();
    let keeps = check.keeps_answers;
    let card_title = speech.say(&labels.card_title());
    let card = speech.say(&labels.card_text());
    let start = if kept.is_some() { labels.restart() } else { labels.start() };
    let start_class = if kept.is_some() { "second" } else { "main" };
    view! {
        <h1 tabindex="-1" data-focus="">{check.title.clone()}</h1>
        <p class="lead">{lead}</p>
        {(!keeps).then(|| view! {
            <section class="card urgent"><h2>{card_title}</h2><p>{card}</p></section>
        })}
        <ul class="points">{points}</ul>
        {kept.map(|kept| view! { <KeptCard speech=speech.clone() kept=kept act=act /> })}
        {if keeps {
            let (text, hint) = (labels.keep(), labels.keep_hint());
            view! {
                <label class="keep">
                    <input type="checkbox" name="keep" aria-describedby="keep-hint" checked=keep
                        on:change=move |event| act.run(Act::Keep(event_target_checked(&event))) />
                    <span>{text}</span>
                </label>
                <p class="hint" id="keep-hint">{hint}</p>
            }.into_any()
        } else {
            view! { <p class="hint">{labels.keeps_nothing()}</p> }.into_any()
        }}
        <button type="button" class=start_class data-action="start" on:click=move |_| act.run(Act::Start)>{start}</button>
    }
}

/// What is kept, with the way on and the way out.
#[component]
pub fn KeptCard(speech: Speech, kept: Kept, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels().clone();
    let when = fill(&labels.kept_when(), &[("when", &kept.when)]);
    view! {
        <section class="card">
            <h2>{labels.kept_title()}</h2>
            <p>{when}</p>
            <button type="button" class="main" data-action="go-on" on:click=move |_| act.run(Act::GoOn)>
                {labels.go_on()}
            </button>
            <p class="hint">{labels.go_on_hint()}</p>
            <button type="button" class="plain" data-action="delete" on:click=move |_| act.run(Act::DeleteAndLeave)>
                {labels.delete()}
            </button>
        </section>
    }
}
