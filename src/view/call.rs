//! Whom to call: the button, the card behind "Need help now?", and other countries.

use crate::model::{Country, HelpLine};
use crate::view::Act;
use crate::view::words::{Speech, fill};
use leptos::prelude::*;

/// The call button. The digits stand as text too: on a tablet the link does nothing.
#[component]
pub fn CallButton(speech: Speech) -> impl IntoView {
    let number = speech.emergency();
    let href = format!("tel:{number}");
    view! { <a class="call" href=href>{speech.say(&speech.labels().call())}</a> }
}

/// Other countries, closed until asked for.
#[component]
pub fn Countries(speech: Speech, act: Callback<Act>) -> impl IntoView {
    let title = speech.labels().other_country();
    let chosen = speech.country;
    let row = move |(place, country): (usize, &Country)| {
        let href = format!("tel:{}", country.emergency);
        let current = (place == chosen).then_some("true");
        view! {
            <li>
                <button type="button" class="plain" aria-current=current on:click=move |_| act.run(Act::Country(place))>
                    {country.name.clone()}
                </button>
                <a href=href>{country.emergency.clone()}</a>
            </li>
        }
    };
    let rows = speech.pack.countries.iter().enumerate().map(row).collect_view();
    view! {
        <details class="countries">
            <summary>{title}</summary>
            <ul>{rows}</ul>
        </details>
    }
}

/// Help lines as links.
#[component]
pub fn HelpLines(lines: Vec<HelpLine>) -> impl IntoView {
    let line = |line: HelpLine| view! { <li><a href=line.href>{line.text}</a></li> };
    view! { <ul class="lines">{lines.into_iter().map(line).collect_view()}</ul> }
}

/// The card behind "Need help now?".
#[component]
pub fn HelpCard(speech: Speech, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels().clone();
    let country = speech.country().cloned();
    let urgent = speech.say(&labels.panel_urgent());
    let silent = country.as_ref().map(|country| country.silent.clone()).filter(|silent| !silent.is_empty());
    let crisis = country.map(|country| country.crisis).unwrap_or_default();
    let text = speech.say(&labels.card_text());
    let title = fill(&labels.card_title(), &[("EMERGENCY", &speech.emergency())]);
    view! {
        <section class="card help" aria-labelledby="help-title" id="help-card">
            <h2 id="help-title" tabindex="-1">{labels.help_title()}</h2>
            <p>{title}" "{text}</p>
            <CallButton speech=speech.clone() />
            <p>{urgent}</p>
            {silent.map(|silent| view! { <p class="small">{silent}</p> })}
            <HelpLines lines=crisis />
            <Countries speech=speech act=act />
            <button type="button" class="second" on:click=move |_| act.run(Act::Help(false))>{labels.close()}</button>
        </section>
    }
}
