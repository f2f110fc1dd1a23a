//! Whom to call: the button, the card behind "Need help now?", and other countries.

use crate::model::{Country, HelpLine};
use crate::view::Act;
use crate::view::part::{folded, heading, line, link, maybe_line, press};
use crate::view::words::Speech;
use leptos::prelude::*;

/// The call button. The digits stand as text too: on a tablet the link does nothing.
pub fn call_button(speech: &Speech) -> AnyView {
    link("call", ["tel:", &speech.emergency()].concat(), speech.say(&speech.labels().call()))
}

/// The button for what cannot wait but is no emergency, where the country has somebody to call for that.
pub fn urgent_call(speech: &Speech) -> Option<AnyView> {
    let line = speech.country()?.urgent_call.first()?;
    Some(link("call urgent", line.href.clone(), line.text.clone()))
}

/// Other countries, closed until asked for.
pub fn countries(speech: &Speech, act: Callback<Act>) -> AnyView {
    let chosen = speech.country;
    let row = |(place, country): (usize, &Country)| {
        let class = if place == chosen { "plain chosen" } else { "plain" };
        let choose = press(class, "country", country.name.clone(), None, act, Act::Country(place));
        let call = link("", ["tel:", &country.emergency].concat(), country.emergency.clone());
        view! { <li>{choose}{call}</li> }.into_any()
    };
    let rows: Vec<AnyView> = speech.pack.countries.iter().enumerate().map(row).collect();
    folded("countries", speech.labels().other_country(), view! { <ul>{rows}</ul> }.into_any())
}

/// Help lines as links.
pub fn help_lines(lines: Vec<HelpLine>) -> AnyView {
    let one = |help: HelpLine| view! { <li>{link("", help.href, help.text)}</li> }.into_any();
    let rows: Vec<AnyView> = lines.into_iter().map(one).collect();
    view! { <ul class="lines">{rows}</ul> }.into_any()
}

/// The card behind "Need help now?".
pub fn help_card(speech: &Speech, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let country = speech.country().cloned();
    let text = [speech.say(&labels.card_title()), speech.say(&labels.card_text())].join(" ");
    let silent = country.as_ref().map(|country| country.silent.clone());
    let inner = vec![
        line("", text),
        call_button(speech),
        line("", speech.say(&labels.help_urgent())),
        urgent_call(speech).into_any(),
        maybe_line("small", silent).into_any(),
        help_lines(country.map(|country| country.crisis).unwrap_or_default()),
        countries(speech, act),
        press("second", "close", labels.close(), None, act, Act::Help(false)),
    ];
    view! {
        <section class="card help" id="help-card" tabindex="-1" aria-label=labels.help_title()>
            {heading(labels.help_title())}
            {inner}
        </section>
    }
    .into_any()
}
