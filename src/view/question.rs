//! A screen of questions.

use crate::engine::{Clash, clash};
use crate::model::{Action, Check, Choice, Kind, Options, Question, Rule, Stops};
use crate::view::call::CallButton;
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

/// A screen of questions.
#[component]
pub fn QuestionPage(
    /// Words and numbers.
    speech: Speech,
    /// Place of the page in the check.
    page: usize,
    /// The state, for what is ticked.
    state: RwSignal<State>,
    /// What the person does.
    act: Callback<Act>,
) -> impl IntoView {
    let pack = speech.pack.clone();
    let Some(shown) = pack.check.pages.get(page).cloned() else { return ().into_any() };
    let labels = speech.labels().clone();
    let (step, total) = (shown.step + 1, pack.check.steps.len());
    let name = pack.check.steps.get(shown.step).map(|(_, name)| name.clone()).unwrap_or_default();
    let part = fill(&labels.part(), &[("n", &step.to_string()), ("total", &total.to_string())]);
    let asked: Vec<usize> =
        shown.questions.iter().copied().filter(|question| state.with_untracked(|state| state.replay.asks(*question))).collect();
    let alone = asked.len() == 1;
    let wrong = state.with_untracked(|state| state.wrong.clone());
    let title = (!alone).then(|| shown.title.clone()).flatten();
    let all = asked.len();
    let questions = asked.into_iter().map(|place| {
        view! { <QuestionField speech=speech.clone() place=place alone=alone state=state act=act /> }
    });
    let questions = questions.collect_view();
    view! {
        <p class="part">{part}" · "{name}</p>
        <progress class="steps" max=total.to_string() value=step.to_string() aria-hidden="true"></progress>
        <Summary speech=speech.clone() wrong=wrong.clone() act=act />
        {title.map(|title| view! { <h1 tabindex="-1" data-focus="" class="page-title">{title}</h1> })}
        <div class="questions" data-count=all.to_string()>{questions}</div>
        <button type="button" class="main" data-action="continue" on:click=move |_| act.run(Act::Continue)>
            {labels.continue_()}
        </button>
    }
    .into_any()
}

/// What is missing, all at once. Takes the focus when it appears.
#[component]
fn Summary(speech: Speech, wrong: Vec<Wrong>, act: Callback<Act>) -> impl IntoView {
    if wrong.is_empty() {
        return ().into_any();
    }
    let one = |one: &Wrong| {
        let (question, text) = (one.question, message(&speech, *one));
        let topic = speech.pack.check.questions.get(question).map(|question| capital(&question.topic));
        let text = if wrong.len() > 1 { [topic.unwrap_or_default(), text].join(": ") } else { text };
        view! {
            <li><button type="button" class="plain" on:click=move |_| act.run(Act::GoTo(question))>{text}</button></li>
        }
    };
    let title = speech.labels().error_title();
    view! {
        <div class="card errors" tabindex="-1" role="alert" data-errors="">
            <h2>{title}</h2>
            <ul>{wrong.iter().map(one).collect_view()}</ul>
        </div>
    }
    .into_any()
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
            let quoted = |set| label_list(question, set).iter().map(|label| format!("“{label}”")).collect::<Vec<_>>();
            let mut denied = label_list(question, clash.denied_by);
            let last = denied.pop().unwrap_or_default();
            let signs = if clash.signs.is_empty() { denied } else { quoted(clash.signs) };
            fill(&labels.error_clash(), &[("signs", &speech.list(&signs)), ("none", &last)])
        }
    }
}

/// Labels of a set of options, in order.
pub fn label_list(question: &Question, set: Options) -> Vec<String> {
    set.places().filter_map(|place| question.options.get(place)).map(|option| option.label.clone()).collect()
}

/// One question with its options.
#[component]
fn QuestionField(
    speech: Speech,
    place: usize,
    alone: bool,
    state: RwSignal<State>,
    act: Callback<Act>,
) -> impl IntoView {
    let pack = speech.pack.clone();
    let Some(question) = pack.check.questions.get(place).cloned() else { return ().into_any() };
    let labels = speech.labels().clone();
    let wrong = state.with_untracked(|state| state.wrong.iter().find(|wrong| wrong.question == place).copied());
    let hint_id = format!("why-{place}");
    let error_id = format!("error-{place}");
    let described = if wrong.is_some() { [error_id.as_str(), &hint_id].join(" ") } else { hint_id.clone() };
    let invalid = wrong.is_some().then_some("true");
    let help = match question.kind {
        Kind::Many => Some(labels.pick_all()),
        Kind::One | Kind::Number { .. } => None,
    };
    let stale = state.with_untracked(|state| state.stale.get(place).copied().flatten());
    let stale = stale.map(|(at, set)| {
        let answer = label_list(&question, set).join(", ");
        fill(&labels.stale(), &[("when", &speech.moment(at)), ("answer", &answer)])
    });
    let legend = if alone {
        view! { <legend><h1 tabindex="-1" data-focus="">{question.text.clone()}</h1></legend> }.into_any()
    } else {
        view! { <legend><h2>{question.text.clone()}</h2></legend> }.into_any()
    };
    let error = wrong.map(|wrong| {
        let prefix = speech.labels().error_prefix();
        view! { <p class="error" id=error_id><b>{prefix}</b>" "{message(&speech, wrong)}</p> }
    });
    let (firm, vague) = split(&question);
    let option = |number: usize| view! { <OptionRow speech=speech.clone() place=place number=number state=state act=act /> };
    let firm_rows = firm.into_iter().map(option).collect_view();
    let or = (!vague.is_empty()).then(|| labels.or());
    let vague_rows = vague.into_iter().map(option).collect_view();
    let number = matches!(question.kind, Kind::Number { .. });
    view! {
        <fieldset id=format!("q-{place}") data-question=question.id.to_string() aria-describedby=described
            aria-invalid=invalid>
            {legend}
            <div class="why" id=hint_id>
                <p>{question.why.clone()}</p>
                {(!question.hint.is_empty()).then(|| view! { <p class="hint">{question.hint.clone()}</p> })}
                {help.map(|help| view! { <p class="hint">{help}</p> })}
                {stale.map(|stale| view! { <p class="stale">{stale}</p> })}
            </div>
            {error}
            {number.then(|| view! { <NumberField place=place question=question.clone() state=state act=act /> })}
            <div class="options">{firm_rows}</div>
            {or.map(|or| view! { <p class="or">{or}</p> })}
            <div class="options vague">{vague_rows}</div>
            <Announcement speech=speech.clone() place=place state=state />
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

#[component]
fn NumberField(place: usize, question: Question, state: RwSignal<State>, act: Callback<Act>) -> impl IntoView {
    let written = move || state.with(|state| state.written.get(place).cloned().unwrap_or_default());
    view! {
        <input class="number" inputmode="numeric" autocomplete="off" name=question.id.to_string()
            aria-label=question.text.clone() prop:value=written
            on:input=move |event| act.run(Act::Number { question: place, text: event_target_value(&event) }) />
    }
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

#[component]
fn OptionRow(speech: Speech, place: usize, number: usize, state: RwSignal<State>, act: Callback<Act>) -> impl IntoView {
    let pack = speech.pack.clone();
    let Some(question) = pack.check.questions.get(place) else { return ().into_any() };
    let Some(option) = question.options.get(number) else { return ().into_any() };
    let kind = match question.kind {
        Kind::Many => "checkbox",
        Kind::One | Kind::Number { .. } => "radio",
    };
    let this = Options::one(number);
    let ticked = move || state.with(|state| state.replay.at(place).options.meets(this));
    let examples = (!option.examples.is_empty()).then(|| option.examples.clone());
    let opens = panel(&pack.check, question, option);
    // Shown by the style sheet as soon as the option is ticked.
    let opened = opens.map(|opens| {
        let text = panel_words(&speech, opens);
        let call = (opens != Panel::Urgent).then(|| view! { <CallButton speech=speech.clone() /> });
        view! { <div class="panel" data-panel=""><p>{text}</p>{call}</div> }
    });
    view! {
        <div class="option">
            <label>
                <input type=kind name=question.id.to_string() value=option.id.to_string()
                    prop:checked=ticked
                    on:change=move |event| {
                        act.run(Act::Choose { question: place, option: number, on: event_target_checked(&event) });
                    } />
                <span class="words">
                    <span class="key">{option.label.clone()}</span>
                    {examples.map(|examples| view! { " "<span class="examples">{examples}</span> })}
                </span>
            </label>
            {opened}
        </div>
    }
    .into_any()
}

/// Says politely, and once, that help is needed. Mounted from the start, or screen readers would not hear it.
#[component]
fn Announcement(speech: Speech, place: usize, state: RwSignal<State>) -> impl IntoView {
    let pack = speech.pack.clone();
    let worst = move || {
        let question = pack.check.questions.get(place)?;
        let ticked = state.with(|state| state.replay.at(place).options);
        let options = ticked.places().filter_map(|number| question.options.get(number));
        let worst = options.filter_map(|option| panel(&pack.check, question, option)).max();
        worst.map(|worst| panel_words(&speech, worst))
    };
    view! {
        <div class="unseen" role="status">{worst}</div>
    }
}
