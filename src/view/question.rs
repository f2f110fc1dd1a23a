//! A screen of questions.

use crate::engine::{Clash, Given, clash};
use crate::model::{Action, Check, Choice, Kind, Options, Question, Rule, Stops};
use crate::view::call::{call_button, urgent_call};
use crate::view::part::{heading, line, live, maybe_line, press, row, strong, title, truth};
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// What is wrong with the answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is none.
    Missing,
    /// A sign and its denial are both ticked.
    Clash(Clash),
}

/// The question at a place, and what is wrong with its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Place of the question.
    pub question: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with the answers on a screen.
pub fn faults(check: &Check, state: &State, page: usize) -> Vec<Wrong> {
    let questions = check.pages.get(page).map(|page| page.questions.as_slice()).unwrap_or_default();
    let wrong = |question: &usize| {
        let given = state.replay.at(*question);
        let clash = check.questions.get(*question).and_then(|asked| clash(asked, given));
        let fault = if given.is_some() { clash.map(Fault::Clash) } else { Some(Fault::Missing) };
        fault.map(|fault| Wrong { question: *question, fault })
    };
    questions.iter().filter(|question| state.replay.asks(**question)).filter_map(wrong).collect()
}

/// A screen of questions: the page at this place in the check.
pub fn question_page(speech: &Speech, page: usize, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let check = &speech.pack.check;
    let Some(shown) = check.pages.get(page) else { return ().into_any() };
    let labels = speech.labels();
    let (step, total) = ((shown.step + 1).to_string(), check.steps.len().to_string());
    let name = check.steps.get(shown.step).map(|(_, name)| name.clone()).unwrap_or_default();
    let part = fill(&labels.part(), &[("n", &step), ("total", &total)]);
    let now = state.get_untracked();
    let asked: Vec<usize> = shown.questions.iter().copied().filter(|question| now.replay.asks(*question)).collect();
    let alone = asked.len() == 1;
    let name_of_page = shown.title.clone().filter(|_| !alone).map(title);
    let one = |place: usize| question_field(speech, place, alone, state, act);
    let questions: Vec<AnyView> = asked.into_iter().map(one).collect();
    view! {
        {line("part", [part, name].join(" · "))}
        <progress class="steps" max=total value=step aria-hidden="true"></progress>
        {summary(speech, &now.wrong, act)}
        {name_of_page}
        <div class="questions">{questions}</div>
        {press("main", "continue", labels.continue_(), None, act, Act::Continue)}
    }
    .into_any()
}

/// What is missing, all at once. Takes the focus when it appears.
fn summary(speech: &Speech, wrong: &[Wrong], act: Callback<Act>) -> AnyView {
    if wrong.is_empty() {
        return ().into_any();
    }
    let one = |one: &Wrong| {
        let text = message(speech, *one);
        let topic = speech.pack.check.questions.get(one.question).map(|question| capital(&question.topic));
        let text = if wrong.len() > 1 { [topic.unwrap_or_default(), text].join(": ") } else { text };
        let go = press("plain", "go-to", text, None, act, Act::GoTo(one.question));
        view! { <li>{go}{settling(speech, *one, act)}</li> }.into_any()
    };
    let rows: Vec<AnyView> = wrong.iter().map(one).collect();
    let missing = wrong.iter().any(|one| one.fault == Fault::Missing);
    let labels = speech.labels();
    let name = if missing { labels.error_title() } else { labels.error_clash_title() };
    view! {
        <div class="card errors" tabindex="-1" role="alert" data-errors="">
            {heading(name)}
            <ul>{rows}</ul>
        </div>
    }
    .into_any()
}

/// A button for each of two answers that do not fit together: the signs, or what denies them.
fn settling(speech: &Speech, wrong: Wrong, act: Callback<Act>) -> Vec<AnyView> {
    let (Fault::Clash(clash), Some(question)) = (wrong.fault, speech.pack.check.questions.get(wrong.question)) else {
        return Vec::new();
    };
    let way = |text, set| press("second", "settle", text, None, act, Act::Settle(wrong.question, set));
    let signs = (!clash.signs.is_empty()).then(|| way(speech.labels().error_keep(), clash.signs));
    let denied = clash.denied_by.places().map(Options::one);
    let denied = denied.map(|set| way(label_list(question, set).concat(), set));
    signs.into_iter().chain(denied).collect()
}

/// A text with its first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// What is wrong, in words.
fn message(speech: &Speech, wrong: Wrong) -> String {
    let labels = speech.labels();
    let Some(question) = speech.pack.check.questions.get(wrong.question) else { return String::new() };
    match (wrong.fault, question.kind) {
        (Fault::Missing, Kind::One) => labels.error_one(),
        (Fault::Missing, Kind::Many) => labels.error_many(),
        (Fault::Missing, Kind::Number { min, max }) => {
            fill(&labels.error_number(), &[("min", &min.to_string()), ("max", &max.to_string())])
        }
        (Fault::Clash(clash), _) => {
            let quote = |option: &Choice| match panel(&speech.pack.check, question, option) {
                // Nobody's thoughts of ending their life are held up to them as an error.
                Some(Panel::Crisis) => labels.error_sign(),
                _ => format!("“{}”", option.label),
            };
            let quoted = |set: Options| {
                set.places().filter_map(|place| question.options.get(place)).map(quote).collect::<Vec<String>>()
            };
            let mut denied = label_list(question, clash.denied_by);
            let last = denied.pop().unwrap_or_default();
            let signs = if clash.signs.is_empty() { denied } else { quoted(clash.signs) };
            fill(&labels.error_clash(), &[("signs", &speech.list(&signs)), ("none", &last)])
        }
    }
}

/// Stands between the labels of an answer: a label may hold commas.
pub const BETWEEN: &str = " · ";

/// An answer in words.
pub fn answer(question: &Question, given: Given) -> String {
    given.number.map_or_else(|| label_list(question, given.options).join(BETWEEN), |number| number.to_string())
}

/// Labels of a set of options, in order.
pub fn label_list(question: &Question, set: Options) -> Vec<String> {
    set.places().filter_map(|place| question.options.get(place)).map(|option| option.label.clone()).collect()
}

/// One question with its options.
fn question_field(speech: &Speech, place: usize, alone: bool, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let Some(question) = speech.pack.check.questions.get(place) else { return ().into_any() };
    let labels = speech.labels();
    let now = state.get_untracked();
    let wrong = now.wrong.iter().find(|wrong| wrong.question == place).copied();
    let (field_id, hint_id, error_id) = (format!("q-{place}"), format!("why-{place}"), format!("error-{place}"));
    let described = if wrong.is_some() { [error_id.as_str(), &hint_id].join(" ") } else { hint_id.clone() };
    let invalid = wrong.is_some().then(|| "true".to_owned());
    let help = (question.kind == Kind::Many).then(|| labels.pick_all());
    // An answer from the future was given by a clock that has been set back: nobody knows when.
    let outdated = now.stale.get(place).copied().flatten().filter(|(at, _)| *at <= now.made).map(|(at, set)| {
        let answer = label_list(question, set).join(BETWEEN);
        fill(&labels.stale(), &[("when", &speech.moment(at)), ("answer", &answer)])
    });
    let error = wrong.map(|wrong| {
        let text = message(speech, wrong);
        view! { <p class="error" id=error_id>{strong(labels.error_prefix())}" "{text}</p> }.into_any()
    });
    let name = question.text.clone();
    let name = if alone { title(name) } else { heading(name) };
    let (firm, vague) = split(question);
    let or = (!vague.is_empty()).then(|| labels.or());
    let rows = |options: Vec<usize>| -> Vec<AnyView> {
        options.into_iter().map(|number| option_row(speech, place, number, state, act)).collect()
    };
    let number = matches!(question.kind, Kind::Number { .. }).then(|| number_field(place, question, &now, act));
    view! {
        <fieldset id=field_id data-question=question.id.to_string() aria-describedby=described aria-invalid=invalid>
            <legend>{name}</legend>
            <div class="why" id=hint_id>
                {line("", question.why.clone())}
                {maybe_line("hint", Some(question.hint.clone()))}
                {maybe_line("hint", help)}
                {maybe_line("stale", outdated)}
            </div>
            {error}
            {number}
            <div class="options">{rows(firm)}</div>
            {maybe_line("or", or)}
            <div class="options vague">{rows(vague)}</div>
            {announcement(speech, place, state)}
        </fieldset>
    }
    .into_any()
}

/// Options that say something, and those that do not.
fn split(question: &Question) -> (Vec<usize>, Vec<usize>) {
    let vague = |place: &usize| {
        let id = question.options.get(*place).map(|option| option.id.as_str());
        matches!(id, Some("not_sure" | "prefer_not"))
    };
    let (vague, firm) = (0..question.options.len()).partition(vague);
    (firm, vague)
}

fn number_field(place: usize, question: &Question, state: &State, act: Callback<Act>) -> AnyView {
    // As the person wrote it, or as it was kept.
    let written = state.written.get(place).filter(|written| !written.is_empty()).cloned();
    let kept = || state.replay.at(place).number.map(|number| number.to_string());
    let written = written.or_else(kept).unwrap_or_default();
    view! {
        <input type="text" class="number" inputmode="numeric" autocomplete="off" name=question.id.to_string()
            aria-label=question.text.clone() value=written
            on:input=move |event| act.run(Act::Number { question: place, text: event_target_value(&event) }) />
    }
    .into_any()
}

/// What an option opens as soon as it is ticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Panel {
    Urgent,
    Emergency,
    Crisis,
}

fn panel(check: &Check, question: &Question, option: &Choice) -> Option<Panel> {
    let id = format!("{}.{}", question.id, option.id);
    let rule: &Rule = check.rules.iter().find(|rule| rule.id.as_str() == id)?;
    let stops = check.outcomes.get(rule.outcome?)?.stops?;
    match (rule.action, stops) {
        (Some(Action::Crisis), _) => Some(Panel::Crisis),
        (_, Stops::Anywhere) => Some(Panel::Emergency),
        (_, Stops::FirstStep) => (question.step == 0).then_some(Panel::Urgent),
    }
}

fn panel_words(speech: &Speech, panel: Panel) -> String {
    let labels = speech.labels();
    speech.say(&match panel {
        Panel::Urgent => labels.panel_urgent(),
        Panel::Emergency => labels.panel_emergency(),
        Panel::Crisis => labels.panel_crisis(),
    })
}

fn option_row(speech: &Speech, place: usize, number: usize, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let check = &speech.pack.check;
    let Some(question) = check.questions.get(place) else { return ().into_any() };
    let Some(option) = question.options.get(number) else { return ().into_any() };
    let kind = match question.kind {
        Kind::Many => "checkbox",
        Kind::One | Kind::Number { .. } => "radio",
    };
    let this = Options::one(number);
    let ticked = move || state.with(|state| state.replay.at(place).options.meets(this));
    let opened = panel(check, question, option).map(|opens| {
        let call = if opens == Panel::Urgent { urgent_call(speech) } else { Some(call_button(speech, act)) };
        let words = line("", panel_words(speech, opens));
        view! { <div class="panel" data-panel="" prop:hidden=truth(Box::new(move || !ticked()))>{words}{call}</div> }
            .into_any()
    });
    let input = view! {
        <input type=kind name=question.id.to_string() value=option.id.to_string() prop:checked=truth(Box::new(ticked))
            on:change=move |event| {
                act.run(Act::Choose { question: place, option: number, on: event_target_checked(&event) });
            } />
    };
    row(input.into_any(), option.label.clone(), &option.examples, opened)
}

/// Says politely, and once, that help is needed. Mounted from the start, or screen readers would not hear it.
fn announcement(speech: &Speech, place: usize, state: RwSignal<State>) -> AnyView {
    let speech = speech.clone();
    let worst = move || {
        let check = &speech.pack.check;
        let ticked = state.with(|state| state.replay.at(place).options);
        let question = check.questions.get(place);
        let options = question.into_iter().flat_map(|question| {
            ticked.places().filter_map(move |number| Some((question, question.options.get(number)?)))
        });
        let worst = options.filter_map(|(question, option)| panel(check, question, option)).max();
        worst.map(|worst| panel_words(&speech, worst)).into_iter().collect::<Vec<String>>()
    };
    live("unseen", "", worst)
}
