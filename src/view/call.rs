//! Whom to call: the button, the card behind "Need help now?", and other countries.

use crate::model::{Country, HelpLine};
use crate::view::Act;
use crate::view::part::{folded, heading, line, link, maybe_line, press, strong};
use crate::view::words::Speech;
use leptos::prelude::*;

/// The call button. The digits stand as text too: on a tablet the link does nothing. Where nobody knows the country, no
/// number is the right one, and it asks. What stands above it says to call.
pub fn call_button(speech: &Speech, act: Callback<Act>) -> AnyView {
    let Some(country) = speech.country() else { return which_country(speech, act) };
    link("call", ["tel:", &country.emergency].concat(), speech.say(&speech.labels().call()))
}

/// The button for what cannot wait but is no emergency, where the country has somebody to call for that.
pub fn urgent_call(speech: &Speech) -> Option<AnyView> {
    let line = speech.country()?.urgent_call.first()?;
    Some(link("call urgent", line.href.clone(), line.text.clone()))
}

/// The call button, where nothing above it says to call.
pub fn call_anyhow(speech: &Speech, act: Callback<Act>) -> AnyView {
    let words = speech.country().is_none().then(|| line("", speech.say(&speech.labels().call())));
    view! { {words}{call_button(speech, act)} }.into_any()
}

/// Asks where the person is.
pub fn which_country(speech: &Speech, act: Callback<Act>) -> AnyView {
    let asks = strong(speech.labels().which_country());
    view! { <div class="countries" data-asks="">{asks}{rows(speech, act)}</div> }.into_any()
}

/// Other countries, closed until asked for. Where none is known, the call button asks.
pub fn countries(speech: &Speech, act: Callback<Act>) -> AnyView {
    if speech.country().is_none() {
        return ().into_any();
    }
    folded("countries", speech.labels().other_country(), rows(speech, act))
}

/// Every country with its number, which is a link to press once the numbers of any are shown.
fn rows(speech: &Speech, act: Callback<Act>) -> AnyView {
    let known = speech.country().is_some();
    let row = |(place, country): (usize, &Country)| {
        let class = if speech.country == Some(place) { "plain chosen" } else { "plain" };
        let choose = press(class, "country", country.name.clone(), None, act, Act::Country(place));
        let number = country.emergency.clone();
        let call = if known { link("", ["tel:", &number].concat(), number) } else { strong(number) };
        view! { <li>{choose}{call}</li> }.into_any()
    };
    let rows: Vec<AnyView> = speech.pack.countries.iter().enumerate().map(row).collect();
    view! { <ul>{rows}</ul> }.into_any()
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
        call_button(speech, act),
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
