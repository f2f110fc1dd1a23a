//! What would change the result: what time or care can bring, with the day where one is known.

use crate::engine::Outlook;
use crate::view::State;
use crate::view::part::{anew, heading, item, on_paper, private, section};
use crate::view::question::capital;
use crate::view::take::{is_private, left_out};
use crate::view::wait;
use crate::view::words::{Speech, fill};
use leptos::prelude::*;

/// Changes that help together.
pub struct Way {
    /// Each in words, and whether it stays out of print and text.
    pub changes: Vec<(String, bool)>,
    /// What the check would say then.
    pub then: String,
}

/// The section; nothing where nothing is known to help. A day that is given, and what stays out, change it.
pub fn outlook(speech: &Speech, state: RwSignal<State>) -> AnyView {
    let speech = speech.clone();
    let changes = move || state.with(|state| (state.days.clone(), state.packed));
    anew(changes, move |_| drawn(&speech, ways(&speech, &state.get_untracked())).into_any())
}

/// A line that may stay out of print.
fn line(class: &'static str, text: String, out: bool) -> AnyView {
    view! { <p class=class data-private=private(Box::new(move || out))>{text}</p> }.into_any()
}

fn drawn(speech: &Speech, ways: Vec<Way>) -> Option<AnyView> {
    let labels = speech.labels();
    let several = ways.len() > 1;
    let (mut parts, mut some) = (Vec::new(), 0);
    for Way { changes, then } in ways {
        let (all, out) = (changes.len(), changes.iter().filter(|(_, out)| *out).count());
        let told = all - out;
        some += usize::from(told > 0);
        let one = |(change, out): (String, bool)| item(Box::new(move || out), change.into_any());
        let items: Vec<AnyView> = changes.into_iter().map(one).collect();
        parts.extend((all > 1).then(|| line("", labels.outlook_all(), told < 2)));
        parts.push(view! { <ul>{items}</ul> }.into_any());
        parts.push(line("then", then, out > 0));
        if let Some(rest) = left_out(speech, out).filter(|_| told > 0) {
            parts.push(on_paper(line("", rest, false)));
        }
    }
    if parts.is_empty() {
        return None;
    }
    if several {
        parts.insert(0, line("", labels.outlook_any(), some < 2));
    }
    parts.insert(0, heading(labels.outlook_title()));
    parts.push(line("hint", labels.outlook_again(), false));
    Some(section("outlook", Box::new(move || some == 0), parts.into_any()))
}

/// Each way: its changes, and what the check would say then.
pub fn ways(speech: &Speech, state: &State) -> Vec<Way> {
    let one = |way: &Outlook| {
        let changes = way.changes.iter().filter_map(|place| change(speech, state, *place)).collect();
        let outcome = speech.pack.check.outcomes.get(way.outcome)?;
        let then = fill(&speech.labels().outlook_then(), &[("title", &speech.say(&outcome.title))]);
        Some(Way { changes, then })
    };
    state.outlook.iter().filter_map(one).collect()
}

/// A change in words: what it is about, what must have happened, and the day before which it cannot; and whether it
/// stays out.
fn change(speech: &Speech, state: &State, place: usize) -> Option<(String, bool)> {
    let check = &speech.pack.check;
    let change = check.changes.get(place)?;
    let question = check.questions.get(change.question)?;
    let id = [question.id.as_str(), ".", question.options.get(change.option)?.id.as_str()].concat();
    let rule = check.rules.iter().position(|rule| rule.id.as_str() == id);
    let wait = rule.and_then(|rule| Some((rule, check.rules.get(rule)?.wait.as_ref()?)));
    let text = wait.filter(|_| change.text.is_empty()).map_or_else(
        || change.text.clone(),
        |(rule, wait)| {
            let day = wait::over(state, rule, wait).map(|day| wait::not_before(speech, state, day));
            [wait::words(speech, wait), day.unwrap_or_default()].join(" ")
        },
    );
    let text = [&capital(&question.topic), ": ", text.trim_end()].concat();
    Some((text, is_private(check, state.packed, change.question)))
}
