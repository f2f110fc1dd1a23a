//! The result: a letter with a date, a first sentence and three short parts.

use crate::engine::headline;
use crate::model::{Action, Ask, Outcome, Review, ReviewState, Role, Rule, SafetyNet, Scope, Unsure};
use crate::view::call::{help_lines, which_country};
use crate::view::finding::{about, finding, level, unsure_findings};
use crate::view::icon::shape;
use crate::view::outlook::outlook;
use crate::view::part::{card, heading, line, link, maybe_line, points, press, strong, title};
use crate::view::take::{prompt_lists, take};
use crate::view::wait;
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// Where the result leads: addresses, given by the page. Empty where it knows of no other page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ways {
    /// The questions to ask at a consultation.
    pub questions: String,
    /// The preparation list.
    pub prepare: String,
}

/// The letter. `last` stands below all that it says, before what it rests on.
pub fn letter(speech: &Speech, live: RwSignal<State>, ways: &Ways, act: Callback<Act>, last: AnyView) -> AnyView {
    let state = &live.get_untracked();
    let check = &speech.pack.check;
    let labels = speech.labels();
    let Some(level) = state.decision.outcome.and_then(|place| check.outcomes.get(place)) else {
        return out_of_date(speech, act);
    };
    let words = headline(check, &state.decision);
    let (name, lead, own) = words.map(|words| (words.title, words.lead, words.own)).unwrap_or_default();
    let made = if state.old { labels.result_old() } else { labels.result_made() };
    let made = fill(&made, &[("when", &speech.moment(state.made))]);
    let draft = (level.book && speech.pack.review.state != ReviewState::Signed).then(|| labels.result_draft());
    let young = young(speech, state, act);
    let mut parts = vec![
        view! {
            <header class="verdict" data-look=level.look.as_str()>
                {line("made", made)}
                {maybe_line("draft-result", draft)}
                <div class="headline">{shape(level.look)}{title(speech.say(&name))}</div>
                {line("lead", speech.say(&lead))}
                {maybe_line("own", own.map(|own| speech.say(&own)))}
                {young.is_none().then(|| next(speech, level, state.old, ways))}
            </header>
        }
        .into_any(),
    ];
    parts.extend(young);
    parts.extend(first(speech, state));
    parts.extend(why(speech, live, act));
    parts.push(outlook(speech, live));
    parts.extend(notes(speech, state));
    parts.push(prompt_lists(speech, state, act));
    parts.extend(check.safety_net.as_ref().map(|net| net_card(speech, net)));
    if state.shown {
        parts.push(press("main", "show", labels.show_close(), None, act, Act::Show(false)));
    } else {
        parts.extend((check.role() == Role::Before).then(|| take(speech, live, act)));
        parts.push(last);
        parts.push(foot(speech, level, act));
    }
    let shown = state.shown.then(String::new);
    // On paper many findings are set smaller.
    let many = (state.decision.findings.len() > 8).then(String::new);
    view! { <div class="letter" data-outcome=level.id.to_string() data-shown=shown data-many=many>{parts}</div> }
        .into_any()
}

/// Lines for people under 18, where the result says that this is for adults.
fn young(speech: &Speech, state: &State, act: Callback<Act>) -> Option<AnyView> {
    let rules = state.decision.findings.iter().filter_map(|rule| speech.pack.check.rules.get(*rule));
    let adults_only = rules.into_iter().any(|rule| rule.scope == Some(Scope::Adults));
    let lines = || speech.country().map(|country| help_lines(country.young.clone()));
    adults_only.then(|| lines().unwrap_or_else(|| which_country(speech, act)))
}

/// One button: what to do next.
fn next(speech: &Speech, level: &Outcome, old: bool, ways: &Ways) -> AnyView {
    let labels = speech.labels();
    let clinic = &speech.pack.clinic;
    let signed = speech.pack.review.state == ReviewState::Signed;
    let booking = Some(clinic.booking.clone()).filter(|href| !href.is_empty()).map(|href| (href, labels.book()));
    let phone = clinic.phone.as_ref().map(|line| (line.href.clone(), line.text.clone()));
    if level.book && signed && !old && (booking.is_some() || phone.is_some()) {
        let hint = booking.is_some().then(|| labels.book_hint());
        let way = |(href, text): (String, String)| {
            view! { <a class="main" rel="noreferrer noopener" href=href data-booking="">{text}</a> }.into_any()
        };
        let ways: Vec<AnyView> = booking.into_iter().chain(phone).map(way).collect();
        return view! { {ways}{maybe_line("hint", hint)} }.into_any();
    }
    if speech.pack.check.role() == Role::After || ways.questions.is_empty() {
        return ().into_any();
    }
    if level.book {
        link("main", ways.prepare.clone(), labels.prepare_link())
    } else {
        link("main", ways.questions.clone(), labels.ask_link())
    }
}

/// What to do first: doctors, then waits, then whom else to ask.
fn first(speech: &Speech, state: &State) -> Option<AnyView> {
    let doctors: Vec<String> = [Ask::DoctorSoon, Ask::Doctor].iter().filter_map(|ask| ask_name(speech, *ask)).collect();
    let item = |(name, lines): (String, Vec<String>)| {
        let doctor = doctors.contains(&name).then(String::new);
        view! { <li data-also-doctor=doctor>{strong(name)}{points("", lines)}</li> }.into_any()
    };
    let items: Vec<AnyView> = first_items(speech, state).into_iter().map(item).collect();
    let name = heading(speech.labels().do_first());
    (!items.is_empty()).then(|| view! { <section class="first">{name}<ol>{items}</ol></section> }.into_any())
}

/// What to do first, each with what it is about.
pub fn first_items(speech: &Speech, state: &State) -> Vec<(String, Vec<String>)> {
    let asked = |ask: &Ask| asked(speech, state, *ask);
    let doctors = [Ask::DoctorSoon, Ask::Doctor];
    let others = [Ask::Team, Ask::Pharmacist, Ask::Practitioner, Ask::Self_];
    let items = doctors.iter().filter_map(asked).chain([waits(speech, state)]).chain(others.iter().filter_map(asked));
    items.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// Whom a rule sends the person to. Above "talk" a rule names nobody, but may still want a doctor.
pub fn whom(rule: &Rule) -> Option<Ask> {
    match rule.action {
        Some(Action::GpSoon) => Some(Ask::DoctorSoon),
        Some(Action::Gp) => Some(Ask::Doctor),
        Some(Action::Pharmacist) => rule.ask.or(Some(Ask::Pharmacist)),
        Some(Action::Emergency | Action::Crisis | Action::SameDay) | None => rule.ask,
    }
}

fn ask_name(speech: &Speech, ask: Ask) -> Option<String> {
    speech.pack.check.asks.iter().find(|(known, _)| *known == ask).map(|(_, name)| name.clone())
}

fn asked(speech: &Speech, state: &State, ask: Ask) -> Option<(String, Vec<String>)> {
    let check = &speech.pack.check;
    let mine = |rule: &&usize| check.rules.get(**rule).is_some_and(|rule| whom(rule) == Some(ask));
    let mut lines: Vec<String> = Vec::new();
    for line in state.decision.findings.iter().filter(mine).map(|rule| about(speech, state, *rule)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    Some((ask_name(speech, ask)?, lines))
}

/// Every wait, the longest first.
fn waits(speech: &Speech, state: &State) -> (String, Vec<String>) {
    let check = &speech.pack.check;
    let mut waiting: Vec<(u32, String)> = Vec::new();
    for rule in &state.decision.findings {
        if let Some(wait) = check.rules.get(*rule).and_then(|rule| rule.wait.as_ref()) {
            let line = [about(speech, state, *rule), wait::words(speech, wait)].join(": ");
            let place = waiting.partition_point(|(days, _)| *days >= wait.days);
            waiting.insert(place, (wait.days, line));
        }
    }
    (speech.labels().waits(), waiting.into_iter().map(|(_, line)| line).collect())
}

/// Every finding, most severe first; below one heading those of one level that ask the same person.
fn why(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> Option<AnyView> {
    let now = state.get_untracked();
    let kind = |rule: &usize| {
        let found = speech.pack.check.rules.get(*rule);
        (found.and_then(|rule| rule.outcome), found.and_then(whom), level(speech, *rule).2)
    };
    let mut findings = now.decision.findings.clone();
    findings.sort_by_key(|rule| {
        let (outcome, whom, _) = kind(rule);
        (std::cmp::Reverse(outcome), whom)
    });
    let one = |group: Group| match group {
        Group::One(rule) => finding(speech, state, rule, act),
        Group::Unsure(kind, rules) => unsure_findings(speech, &now, &rules, kind, act),
    };
    let alike = |alike: &[usize]| {
        let (_, whom, word) = alike.first().map(kind).unwrap_or_default();
        let look = alike.first().map(|rule| level(speech, *rule).1);
        let whom = whom.and_then(|ask| ask_name(speech, ask));
        let groups: Vec<AnyView> = grouped(speech, alike).into_iter().map(one).collect();
        view! {
            <section data-look=look><h3><span class="level">{word}</span>{whom}</h3>{groups}</section>
        }
        .into_any()
    };
    let parts: Vec<AnyView> = findings.chunk_by(|one, next| kind(one) == kind(next)).map(alike).collect();
    let name = heading(speech.labels().why());
    (!parts.is_empty()).then(|| view! { <section class="why-list">{name}{parts}</section> }.into_any())
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
fn notes(speech: &Speech, state: &State) -> Option<AnyView> {
    let note = |place: &usize| {
        let rule = speech.pack.check.rules.get(*place)?;
        Some([about(speech, state, *place), speech.say(&rule.reason)].join(": "))
    };
    let lines: Vec<String> = state.decision.notes.iter().filter_map(note).collect();
    let name = heading(speech.labels().notes());
    (!lines.is_empty()).then(|| view! { <section class="notes">{name}{points("", lines)}</section> }.into_any())
}

/// What to watch for.
fn net_card(speech: &Speech, net: &SafetyNet) -> AnyView {
    let labels = speech.labels();
    let inner = vec![
        heading(net.title.clone()),
        line("", labels.net_doctor()),
        points("", net.doctor.clone()),
        line("", speech.say(&labels.net_emergency())),
        points("", net.emergency.clone()),
        line("", net.later.clone()),
        strong(net.closing.clone()),
    ];
    card("card net", inner)
}

/// What the result rests on, and the ways back.
fn foot(speech: &Speech, level: &Outcome, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let based = fill(&labels.result_footer(), &[("version", &speech.pack.version)]);
    let review = speech.pack.check.role() == Role::Before;
    let review = review.then(|| press("second", "change", labels.review_title(), None, act, Act::Review));
    view! {
        <footer class="foot">
            {maybe_line("", level.book.then(|| labels.mildest_footer()))}
            {line("", [based, review_words(&speech.pack.review, speech)].join(" "))}
            <div class="ways">{review}{press("second", "restart", labels.restart(), None, act, Act::Restart)}</div>
        </footer>
    }
    .into_any()
}

/// Who has checked the content.
pub fn review_words(review: &Review, speech: &Speech) -> String {
    match review.state {
        ReviewState::Signed => fill(&speech.labels().reviewed(), &[("by", &review.by), ("on", &review.on)]),
        ReviewState::Draft | ReviewState::Withdrawn => speech.labels().not_reviewed(),
    }
}

/// Content past its review date shows no mildest outcome.
fn out_of_date(speech: &Speech, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    view! {
        <div class="letter" data-out-of-date="">
            {title(labels.out_of_date_title())}
            {line("lead", labels.out_of_date())}
            {press("second", "restart", labels.restart(), None, act, Act::Restart)}
        </div>
    }
    .into_any()
}
