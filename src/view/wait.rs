//! A wait: until when in words, and a date only where one can be known.

use crate::engine::calendar;
use crate::model::{Date, Rule, Wait};
use crate::view::part::line;
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// A wait in words.
pub fn words(speech: &Speech, wait: &Wait) -> String {
    fill(&speech.labels().wait(), &[("until", &wait.until)])
}

/// "Not before" a day.
pub fn not_before(speech: &Speech, day: Date) -> String {
    fill(&speech.labels().wait_not_before(), &[("date", &speech.date(day))])
}

/// The day a wait is over: counted from today, or from the day the person gave. Nobody knows any other.
pub fn over(state: &State, rule: usize, wait: &Wait) -> Option<Date> {
    let given = || state.days.iter().find(|(place, _)| *place == rule).map(|(_, day)| *day);
    let from = if wait.from.is_none() { Some(state.today) } else { given() };
    from.filter(|_| wait.days > 0).map(|from| from.plus(wait.days))
}

/// The wait of a finding, where it has one: with a field for the day it counts from, if only the person knows that.
pub fn wait_of(speech: &Speech, rule: usize, found: &Rule, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let Some(wait) = found.wait.clone() else { return ().into_any() };
    let spoken = line("wait", words(speech, &wait));
    let field = wait.from.as_ref().filter(|_| wait.days > 0).map(|from| {
        let text = fill(&speech.labels().day_of(), &[("from", from)]);
        view! {
            <label class="day">{text}<input type="date"
                on:change=move |event| act.run(Act::Day(rule, event_target_value(&event))) /></label>
        }
        .into_any()
    });
    let speech = speech.clone();
    let day = Memo::new(move |_| state.with(|state| over(state, rule, &wait)));
    let dated = move || {
        day.get().map(|day| {
            let line = line("wait", not_before(&speech, day));
            view! { {line}{calendar_link(&speech, day, &state.get_untracked())} }.into_any()
        })
    };
    view! { {spoken}{field}<div role="status">{dated}</div> }.into_any()
}

/// A calendar file for a day. Neither its name nor what it holds says what it is about.
fn calendar_link(speech: &Speech, day: Date, state: &State) -> AnyView {
    let labels = speech.labels();
    let file = calendar(day, state.made, &labels.calendar_title(), &labels.calendar_text());
    let href = ["data:text/calendar;charset=utf-8,", &escaped(&file)].concat();
    view! { <a class="calendar" download="reminder.ics" href=href>{labels.calendar()}</a> }.into_any()
}

/// A text within an address.
fn escaped(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().map(char::from).unwrap_or_default();
    let mut escaped = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            escaped.push(char::from(byte));
        } else {
            escaped.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::view::wait::escaped;

    #[test]
    fn a_text_within_an_address() {
        assert_eq!(escaped("A:é\r\n9"), "A%3A%C3%A9%0D%0A9");
    }
}
