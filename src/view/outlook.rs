//! What would change the result: what time or care can bring, with the day where one is known.

use crate::engine::Outlook;
use crate::view::State;
use crate::view::part::{anew, heading, line, points};
use crate::view::question::capital;
use crate::view::wait;
use crate::view::words::{Speech, fill};
use leptos::prelude::*;

/// The section; nothing where nothing is known to help. It is drawn anew when a day is given.
pub fn outlook(speech: &Speech, state: RwSignal<State>) -> AnyView {
    let speech = speech.clone();
    let days = move || state.with(|state| state.days.clone());
    anew(days, move |_| section(&speech, &lines(&speech, &state.get_untracked())).into_any())
}

fn section(speech: &Speech, ways: &[(Vec<String>, String)]) -> Option<AnyView> {
    let labels = speech.labels();
    let several = (ways.len() > 1).then(|| line("", labels.outlook_any()));
    let one = |(changes, then): &(Vec<String>, String)| {
        let all = (changes.len() > 1).then(|| line("", labels.outlook_all()));
        view! { {all}{points("", changes.clone())}{line("then", then.clone())} }.into_any()
    };
    let parts: Vec<AnyView> = ways.iter().map(one).collect();
    (!parts.is_empty()).then(|| {
        view! {
            <section class="outlook">
                {heading(labels.outlook_title())}{several}{parts}{line("hint", labels.outlook_again())}
            </section>
        }
        .into_any()
    })
}

/// Each way: its changes, and what the check would say then.
pub fn lines(speech: &Speech, state: &State) -> Vec<(Vec<String>, String)> {
    let one = |way: &Outlook| {
        let changes = way.changes.iter().filter_map(|place| change(speech, state, *place)).collect();
        let outcome = speech.pack.check.outcomes.get(way.outcome)?;
        Some((changes, fill(&speech.labels().outlook_then(), &[("title", &speech.say(&outcome.title))])))
    };
    state.outlook.iter().filter_map(one).collect()
}

/// A change in words: what it is about, what must have happened, and the day before which it cannot.
fn change(speech: &Speech, state: &State, place: usize) -> Option<String> {
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
    Some([&capital(&question.topic), ": ", text.trim_end()].concat())
}
