//! A wait: until when in words, and a date only where one can be known.

use crate::engine::calendar;
use crate::model::{Date, Rule, Wait};
use crate::view::part::{anew, line};
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// A wait in words.
pub fn words(speech: &Speech, wait: &Wait) -> String {
    fill(&speech.labels().wait(), &[("until", &wait.until)])
}

/// "Not before" a day; a wait that is over is no reason to name one.
pub fn not_before(speech: &Speech, state: &State, day: Date) -> String {
    if is_past(state, day) {
        return speech.labels().wait_over();
    }
    fill(&speech.labels().wait_not_before(), &[("date", &speech.date(day))])
}

fn is_past(state: &State, day: Date) -> bool {
    day <= state.today
}

/// The first day a wait may count from. While a year is being typed, it is one of the first thousand.
fn first_day() -> Date {
    Date::of(1900, 1, 1).unwrap_or(Date(0))
}

/// The day a wait counts from, as a field for days gives it; none outside what can be: nothing counts from a day to come.
pub fn counted_from(text: &str, today: Date) -> Option<Date> {
    Date::parse(text).filter(|day| (first_day()..=today).contains(day))
}

/// The day a wait is over: counted from today, or from the day the person gave. Nobody knows any other.
pub fn over(state: &State, rule: usize, wait: &Wait) -> Option<Date> {
    let given = || state.days.iter().find(|(place, _)| *place == rule).and_then(|(_, day)| *day);
    let from = if wait.from.is_none() { Some(state.today) } else { given() };
    from.filter(|_| wait.days > 0).map(|from| from.plus(wait.days))
}

/// The wait of a finding, where it has one: with a field for the day it counts from, if only the person knows that.
pub fn wait_of(speech: &Speech, rule: usize, found: &Rule, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let Some(wait) = found.wait.clone() else { return ().into_any() };
    let spoken = line("wait", words(speech, &wait));
    let now = state.get_untracked();
    let given = now.days.iter().find(|(place, _)| *place == rule).and_then(|(_, day)| *day);
    let field = wait.from.as_ref().filter(|_| wait.days > 0).map(|from| {
        let text = fill(&speech.labels().day_of(), &[("from", from)]);
        let day = move |event, left| act.run(Act::Day { rule, text: event_target_value(&event), left });
        view! {
            <label class="day">{text}<input type="date" min=first_day().to_string() max=now.today.to_string()
                value=given.map(|day| day.to_string())
                on:change=move |event| day(event, false) on:blur=move |event| day(event.into(), true) /></label>
        }
        .into_any()
    });
    let speech = speech.clone();
    let day = move || {
        state.with(|state| {
            let wrong = state.days.contains(&(rule, None));
            (wrong, over(state, rule, &wait))
        })
    };
    let dated = anew(day, move |(wrong, day)| {
        let state = state.get_untracked();
        if wrong {
            let (first, last) = (speech.date(first_day()), speech.date(state.today));
            return line("error", fill(&speech.labels().day_wrong(), &[("min", &first), ("max", &last)]));
        }
        let Some(day) = day else { return ().into_any() };
        let calendar = (!is_past(&state, day)).then(|| calendar_link(&speech, day, &state));
        view! { {line("wait", not_before(&speech, &state, day))}{calendar} }.into_any()
    });
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
    use crate::model::Date;
    use crate::view::wait::{counted_from, escaped};

    #[test]
    fn a_wait_counts_from_no_day_to_come_and_from_none_that_is_still_being_typed() {
        let today = Date::parse("2026-11-28").unwrap();
        for (text, counts) in [
            ("2026-11-28", true),
            ("2026-11-29", false),
            ("1900-01-01", true),
            ("1899-12-31", false),
            ("0202-06-01", false),
            ("", false),
        ] {
            assert_eq!(counted_from(text, today).is_some(), counts, "{text}");
        }
    }

    #[test]
    fn a_text_within_an_address() {
        assert_eq!(escaped("A:é\r\n9"), "A%3A%C3%A9%0D%0A9");
    }
}
