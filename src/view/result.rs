//! The result: a letter with a date, a first sentence and three short parts.

use crate::engine::headline;
use crate::model::{Action, Ask, Outcome, Review, ReviewState, Rule, SafetyNet, Scope, Unsure};
use crate::view::call::HelpLines;
use crate::view::finding::{Finding, UnsureFindings, about, said};
use crate::view::icon::Shape;
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// Where the result leads. Relative addresses, given by the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The questions to ask at a consultation.
    pub questions: String,
    /// The preparation list.
    pub prepare: String,
}

/// The letter.
#[component]
pub fn Letter(speech: Speech, state: State, ways: Ways, act: Callback<Act>) -> impl IntoView {
    let pack = speech.pack.clone();
    let labels = speech.labels().clone();
    let Some(level) = state.decision.outcome.and_then(|place| pack.check.outcomes.get(place)) else {
        return view! { <OutOfDate speech=speech act=act /> }.into_any();
    };
    let title = headline(&pack.check, &state.decision);
    let (title, lead, own) = title.map(|title| (title.title, title.lead, title.own)).unwrap_or_default();
    let made = speech.moment(state.made);
    let made = fill(&if state.old { labels.result_old() } else { labels.result_made() }, &[("when", &made)]);
    let draft = (level.book && pack.review.state != ReviewState::Signed).then(|| labels.result_draft());
    let young = young(&speech, &state);
    let body = view! {
        <header class="verdict" data-look=level.look.as_str()>
            <p class="made">{made}</p>
            {draft.map(|draft| view! { <p class="draft-result">{draft}</p> })}
            <Shape look=level.look />
            <h1 tabindex="-1" data-focus="">{speech.say(&title)}</h1>
            <p class="lead">{speech.say(&lead)}</p>
            {own.map(|own| view! { <p class="own">{own}</p> })}
            <Next speech=speech.clone() level=level.clone() old=state.old ways=ways.clone() />
        </header>
        {(!young.is_empty()).then(|| view! { <HelpLines lines=young /> })}
        <First speech=speech.clone() state=state.clone() />
        <Why speech=speech.clone() state=state.clone() act=act />
        <Notes speech=speech.clone() state=state.clone() />
        {pack.check.safety_net.clone().map(|net| view! { <Net speech=speech.clone() net=net /> })}
        <Foot speech=speech.clone() level=level.clone() act=act keeps=pack.check.keeps_answers />
    };
    view! {
        <div class="letter" data-outcome=level.id.to_string() data-self-care=level.self_care.then_some("")>{body}</div>
    }
    .into_any()
}

/// Lines for people under 18, where the result says that this is for adults.
fn young(speech: &Speech, state: &State) -> Vec<crate::model::HelpLine> {
    let rules = state.decision.findings.iter().filter_map(|rule| speech.pack.check.rules.get(*rule));
    let adults_only = rules.into_iter().any(|rule| rule.scope == Some(Scope::Adults));
    let lines = speech.country().filter(|_| adults_only).map(|country| country.young.clone());
    lines.unwrap_or_default()
}

/// One button: what to do next.
#[component]
fn Next(speech: Speech, level: Outcome, old: bool, ways: Ways) -> impl IntoView {
    let labels = speech.labels().clone();
    let clinic = &speech.pack.clinic;
    let signed = speech.pack.review.state == ReviewState::Signed;
    let keeps = speech.pack.check.keeps_answers;
    if level.book && signed && !old && !clinic.booking.is_empty() {
        let hint = labels.book_hint();
        return view! {
            <a class="main" rel="noreferrer noopener" href=clinic.booking.clone() data-booking="">{labels.book()}</a>
            <p class="hint">{hint}</p>
        }
        .into_any();
    }
    if !keeps {
        return ().into_any();
    }
    let (href, text) = if level.book {
        (ways.prepare, labels.prepare_link())
    } else {
        (ways.questions, labels.ask_link())
    };
    view! { <a class="main" href=href>{text}</a> }.into_any()
}

/// What to do first: doctors, then waits, then whom else to ask.
#[component]
fn First(speech: Speech, state: State) -> impl IntoView {
    let labels = speech.labels().clone();
    let doctors = [Ask::DoctorSoon, Ask::Doctor];
    let others = [Ask::Team, Ask::Pharmacist, Ask::Practitioner, Ask::Self_];
    let mut items: Vec<(String, Vec<String>, bool)> = Vec::new();
    items.extend(doctors.iter().filter_map(|ask| asked(&speech, &state, *ask)));
    items.extend(waits(&speech, &state));
    items.extend(others.iter().filter_map(|ask| asked(&speech, &state, *ask)));
    if items.is_empty() {
        return ().into_any();
    }
    let item = |(title, lines, doctor): (String, Vec<String>, bool)| {
        let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect_view();
        view! { <li data-also-doctor=doctor.then_some("")><b>{title}</b><ul>{lines}</ul></li> }
    };
    view! {
        <section class="first">
            <h2>{labels.do_first()}</h2>
            <ol>{items.into_iter().map(item).collect_view()}</ol>
        </section>
    }
    .into_any()
}

/// Whom a rule sends the person to. Above "talk" a rule names nobody, but may still want a doctor.
fn whom(rule: &Rule) -> Option<Ask> {
    match rule.action {
        Some(Action::GpSoon) => Some(Ask::DoctorSoon),
        Some(Action::Gp) => Some(Ask::Doctor),
        Some(Action::Pharmacist) => rule.ask.or(Some(Ask::Pharmacist)),
        Some(Action::Emergency | Action::Crisis | Action::SameDay) | None => rule.ask,
    }
}

fn asked(speech: &Speech, state: &State, ask: Ask) -> Option<(String, Vec<String>, bool)> {
    let check = &speech.pack.check;
    let mine = |rule: &&usize| check.rules.get(**rule).is_some_and(|rule| whom(rule) == Some(ask));
    let mut lines: Vec<String> = Vec::new();
    for line in state.decision.findings.iter().filter(mine).map(|rule| about(speech, state, *rule)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    let title = check.asks.iter().find(|(known, _)| *known == ask).map(|(_, title)| title.clone())?;
    let doctor = matches!(ask, Ask::DoctorSoon | Ask::Doctor);
    (!lines.is_empty()).then_some((title, lines, doctor))
}

fn waits(speech: &Speech, state: &State) -> Option<(String, Vec<String>, bool)> {
    let check = &speech.pack.check;
    let mut waiting: Vec<(u32, String)> = Vec::new();
    for rule in &state.decision.findings {
        if let Some(wait) = check.rules.get(*rule).and_then(|rule| rule.wait.as_ref()) {
            let said = said(speech, state, *rule);
            let line = format!("{} ({said})", fill(&speech.labels().wait(), &[("until", &wait.until)]));
            let place = waiting.partition_point(|(days, _)| *days >= wait.days);
            waiting.insert(place, (wait.days, line));
        }
    }
    let lines: Vec<String> = waiting.into_iter().map(|(_, line)| line).collect();
    (!lines.is_empty()).then(|| (speech.labels().waits(), lines, false))
}

/// Every finding, most severe first.
#[component]
fn Why(speech: Speech, state: State, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels().clone();
    if state.decision.findings.is_empty() {
        return ().into_any();
    }
    let groups = grouped(&speech, &state.decision.findings);
    let one = |group: Group| match group {
        Group::One(rule) => {
            view! { <Finding speech=speech.clone() state=state.clone() rule=rule act=act /> }.into_any()
        }
        Group::Unsure(kind, rules) => {
            view! { <UnsureFindings speech=speech.clone() state=state.clone() rules=rules kind=kind act=act /> }.into_any()
        }
    };
    view! {
        <section class="why-list">
            <h2>{labels.why()}</h2>
            {groups.into_iter().map(one).collect_view()}
        </section>
    }
    .into_any()
}

enum Group {
    One(usize),
    Unsure(Unsure, Vec<usize>),
}

/// Findings in order; those that say "not sure" about more than one topic at one level stand together.
fn grouped(speech: &Speech, findings: &[usize]) -> Vec<Group> {
    let key = |rule: &usize| {
        let rule = speech.pack.check.rules.get(*rule)?;
        // A warning sign or a wait keeps its own words.
        let plain = rule.wait.is_none() && rule.action.is_none() && rule.ask.is_some();
        Some((rule.unsure.filter(|_| plain)?, rule.outcome))
    };
    let mut groups: Vec<Group> = Vec::new();
    let mut done: Vec<usize> = Vec::new();
    for rule in findings {
        if done.contains(rule) {
            continue;
        }
        let alike: Vec<usize> =
            findings.iter().copied().filter(|other| key(rule).is_some() && key(other) == key(rule)).collect();
        match key(rule) {
            Some((kind, _)) if alike.len() > 1 => {
                done.extend(&alike);
                groups.push(Group::Unsure(kind, alike));
            }
            Some(_) | None => groups.push(Group::One(*rule)),
        }
    }
    groups
}

/// Notes: good to know, no reason against it.
#[component]
fn Notes(speech: Speech, state: State) -> impl IntoView {
    let rules = state.decision.notes.iter().filter_map(|rule| speech.pack.check.rules.get(*rule));
    let rows = rules.map(|rule| {
        let text = speech.say(&rule.reason);
        view! { <li data-note=rule.id.to_string()>{text}</li> }
    });
    let rows = rows.collect_view();
    let title = speech.labels().notes();
    (!state.decision.notes.is_empty()).then(|| view! {
        <section class="notes"><h2>{title}</h2><ul>{rows}</ul></section>
    })
}

/// What to watch for.
#[component]
fn Net(speech: Speech, net: SafetyNet) -> impl IntoView {
    let labels = speech.labels().clone();
    let points = |items: Vec<String>| {
        let item = |item: String| view! { <li>{item}</li> };
        items.into_iter().map(item).collect_view()
    };
    view! {
        <section class="card net" data-net="">
            <h2>{net.title}</h2>
            <p>{labels.net_doctor()}</p>
            <ul>{points(net.doctor)}</ul>
            <p>{speech.say(&labels.net_emergency())}</p>
            <ul>{points(net.emergency)}</ul>
            <p>{net.later}</p>
            <p><b>{net.closing}</b></p>
        </section>
    }
}

/// What the result rests on, and the ways back.
#[component]
fn Foot(speech: Speech, level: Outcome, act: Callback<Act>, keeps: bool) -> impl IntoView {
    let labels = speech.labels().clone();
    let based = fill(&labels.result_footer(), &[("version", &speech.pack.version)]);
    let mildest = level.book.then(|| labels.mildest_footer());
    view! {
        <footer class="foot">
            {mildest.map(|mildest| view! { <p>{mildest}</p> })}
            <p>{based}" "{review_words(&speech.pack.review, &speech)}</p>
            <div class="ways">
                {keeps.then(|| view! {
                    <button type="button" class="second" data-action="change" on:click=move |_| act.run(Act::Review)>
                        {labels.review_title()}
                    </button>
                })}
                <button type="button" class="second" data-action="restart" on:click=move |_| act.run(Act::Restart)>
                    {labels.restart()}
                </button>
            </div>
        </footer>
    }
}

/// Who has checked the content.
pub fn review_words(review: &Review, speech: &Speech) -> String {
    match review.state {
        ReviewState::Signed => fill(&speech.labels().reviewed(), &[("by", &review.by), ("on", &review.on)]),
        ReviewState::Draft | ReviewState::Withdrawn => speech.labels().not_reviewed(),
    }
}

/// Content past its review date shows no mildest outcome.
#[component]
fn OutOfDate(speech: Speech, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels().clone();
    view! {
        <div class="letter" data-out-of-date="">
            <h1 tabindex="-1" data-focus="">{labels.out_of_date_title()}</h1>
            <p class="lead">{labels.out_of_date()}</p>
            <button type="button" class="second" data-action="restart" on:click=move |_| act.run(Act::Restart)>
                {labels.restart()}
            </button>
        </div>
    }
}
