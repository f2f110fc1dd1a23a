//! The result: a letter with a date, a first sentence and three short parts.

use crate::engine::{Title, explain, headline};
use crate::model::{Action, Ask, Check, Look, Outcome, Review, ReviewState, Role, Rule, SafetyNet, Scope, Unsure};
use crate::view::call::{help_lines, which_country};
use crate::view::finding::{about, finding, level, unsure_findings};
use crate::view::icon::shape;
use crate::view::outlook::outlook;
use crate::view::part::{
    anew, card, heading, line, link, maybe_line, on_paper, points, press, private, section, strong, title,
};
use crate::view::stop::today;
use crate::view::take::{consults, left_out, out, private_part, prompt_lists, rows, take, told};
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
    let made = if state.old { labels.result_old() } else { labels.result_made() };
    let made = fill(&made, &[("when", &speech.moment(state.made))]);
    let draft = (level.book && speech.pack.review.state != ReviewState::Signed).then(|| labels.result_draft());
    let young = young(speech, state, act);
    let mut parts = vec![
        view! {
            <header class="verdict" data-look=level.look.as_str()>
                {line("made", made)}
                {maybe_line("draft-result", draft)}
                {titles(speech, live, level.look)}
                {next(speech, state, level, ways, act)}
            </header>
        }
        .into_any(),
    ];
    parts.extend(young);
    parts.extend(first(speech, live));
    parts.extend(why(speech, live, act));
    parts.push(silence(speech, live));
    parts.push(outlook(speech, live));
    parts.extend(notes(speech, live));
    parts.push(prompt_lists(speech, live, act));
    parts.extend(check.safety_net.as_ref().map(|net| net_card(speech, net)));
    if state.shown {
        parts.push(press("main", "show", labels.show_close(), None, act, Act::Show(false)));
    } else {
        parts.extend((check.role() == Role::Before).then(|| take(speech, live, act)));
        parts.push(last);
        parts.push(foot(speech, level, act));
    }
    let shown = state.shown.then(String::new);
    // On paper many findings are set smaller, and very many smaller still.
    let many = state.decision.findings.len();
    let many = (many > 8).then_some(if many > 11 { "very" } else { "" });
    view! { <div class="letter" data-outcome=level.id.to_string() data-shown=shown data-many=many>{parts}</div> }
        .into_any()
}

/// Title and first sentence; in print, those of what is told there.
fn titles(speech: &Speech, state: RwSignal<State>, look: Look) -> AnyView {
    let whole = state.with_untracked(|state| headline(&speech.pack.check, &state.decision));
    let words = move |speech: &Speech, words: &Title, name: fn(String) -> AnyView| {
        let own = maybe_line("own", words.own.as_ref().map(|own| speech.say(own)));
        view! {
            <div class="headline">{shape(look)}{name(speech.say(&words.title))}</div>
            {line("lead", speech.say(&words.lead))}
            {own}
        }
        .into_any()
    };
    let shown = whole.as_ref().map(|whole| words(speech, whole, title));
    let pack = speech.pack.clone();
    let other = move || {
        let printed = state.with(|state| headline(&pack.check, &told(&pack.check, state)));
        printed.filter(|printed| Some(printed) != whole.as_ref())
    };
    let (speech, same) = (speech.clone(), other.clone());
    let printed =
        move |other: Option<Title>| other.map(|other| words(&speech, &other, |name| line("h1", name))).into_any();
    let shown = section("", Box::new(move || same().is_some()), shown.into_any());
    vec![shown, on_paper(anew(other, printed))].into_any()
}

/// Says in print that reasons are left out.
fn silence(speech: &Speech, state: RwSignal<State>) -> AnyView {
    let speech = speech.clone();
    let pack = speech.pack.clone();
    let reasons = |check: &Check, state: &State| state.decision.findings.len() - told(check, state).findings.len();
    let reasons = move || state.with(|state| reasons(&pack.check, state));
    on_paper(anew(reasons, move |reasons| maybe_line("", left_out(&speech, reasons)).into_any()))
}

/// Lines for people under 18, where the result says that this is for adults.
fn young(speech: &Speech, state: &State, act: Callback<Act>) -> Option<AnyView> {
    let rules = state.decision.findings.iter().filter_map(|rule| speech.pack.check.rules.get(*rule));
    let adults_only = rules.into_iter().any(|rule| rule.scope == Some(Scope::Adults));
    let lines = || speech.country().map(|country| help_lines(country.young.clone()));
    adults_only.then(|| lines().unwrap_or_else(|| which_country(speech, act)))
}

/// What to do next: a call where a doctor is to see the person today; a consultation only where there may be one.
fn next(speech: &Speech, state: &State, level: &Outcome, ways: &Ways, act: Callback<Act>) -> AnyView {
    let (check, labels) = (&speech.pack.check, speech.labels());
    if level.look == Look::Today {
        return today(speech, act);
    }
    if state.shown {
        return ().into_any();
    }
    let clinic = &speech.pack.clinic;
    let signed = speech.pack.review.state == ReviewState::Signed;
    let booking = Some(clinic.booking.clone()).filter(|href| !href.is_empty()).map(|href| (href, labels.book()));
    let phone = clinic.phone.as_ref().map(|line| (line.href.clone(), line.text.clone()));
    if level.book && signed && !state.old && (booking.is_some() || phone.is_some()) {
        let hint = booking.is_some().then(|| labels.book_hint());
        let way = |(href, text): (String, String)| {
            view! { <a class="main" rel="noreferrer noopener" href=href data-booking="">{text}</a> }.into_any()
        };
        let ways: Vec<AnyView> = booking.into_iter().chain(phone).map(way).collect();
        return view! { {ways}{maybe_line("hint", hint)} }.into_any();
    }
    let soon = |rule: &usize| check.rules.get(*rule).and_then(whom) == Some(Ask::DoctorSoon);
    let talks = consults(check, &state.decision) && !state.decision.findings.iter().any(soon);
    let after = check.role() == Role::After;
    if !after && !talks {
        return press("main", "show", labels.show(), None, act, Act::Show(true));
    }
    if after || ways.questions.is_empty() {
        return ().into_any();
    }
    if level.book {
        link("main", ways.prepare.clone(), labels.prepare_link())
    } else {
        link("main", ways.questions.clone(), labels.ask_link())
    }
}

/// What to do first: doctors, then waits, then whom else to ask.
fn first(speech: &Speech, state: RwSignal<State>) -> Option<AnyView> {
    let doctors: Vec<String> = [Ask::DoctorSoon, Ask::Doctor].iter().filter_map(|ask| ask_name(speech, *ask)).collect();
    let mut all = Vec::new();
    let item = |Item { name, lines, rules }: Item| {
        let doctor = doctors.contains(&name).then(String::new);
        all.extend(&rules);
        let private = private(out(speech, state, rules));
        view! { <li data-also-doctor=doctor data-private=private>{strong(name)}{points("", lines)}</li> }.into_any()
    };
    let items = state.with_untracked(|state| first_items(speech, state));
    let items: Vec<AnyView> = items.into_iter().map(item).collect();
    let name = heading(speech.labels().do_first());
    (!items.is_empty()).then(|| {
        let inner = view! { {name}<ol>{items}</ol> };
        section("first", out(speech, state, all), inner.into_any())
    })
}

/// Something to do first.
#[derive(Default)]
pub struct Item {
    /// What to do.
    pub name: String,
    /// What it is about.
    pub lines: Vec<String>,
    /// The rules that ask for it.
    pub rules: Vec<usize>,
}

impl Item {
    fn add(&mut self, place: usize, line: String, rule: usize) {
        if !self.lines.contains(&line) {
            self.lines.insert(place.min(self.lines.len()), line);
        }
        self.rules.push(rule);
    }
}

/// What to do first, each with what it is about.
pub fn first_items(speech: &Speech, state: &State) -> Vec<Item> {
    let asked = |ask: &Ask| asked(speech, state, *ask);
    let doctors = [Ask::DoctorSoon, Ask::Doctor];
    let others = [Ask::Team, Ask::Pharmacist, Ask::Practitioner, Ask::Self_];
    let items = doctors.iter().filter_map(asked).chain([waits(speech, state)]).chain(others.iter().filter_map(asked));
    items.filter(|item| !item.lines.is_empty()).collect()
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

fn asked(speech: &Speech, state: &State, ask: Ask) -> Option<Item> {
    let check = &speech.pack.check;
    let mine = |rule: &&usize| check.rules.get(**rule).is_some_and(|rule| whom(rule) == Some(ask));
    let mut item = Item { name: ask_name(speech, ask)?, ..Item::default() };
    for rule in state.decision.findings.iter().filter(mine) {
        item.add(usize::MAX, about(speech, state, *rule), *rule);
    }
    Some(item)
}

/// Every wait, the longest first.
fn waits(speech: &Speech, state: &State) -> Item {
    let check = &speech.pack.check;
    let mut item = Item { name: speech.labels().waits(), ..Item::default() };
    let mut waiting: Vec<u32> = Vec::new();
    for rule in &state.decision.findings {
        if let Some(wait) = check.rules.get(*rule).and_then(|rule| rule.wait.as_ref()) {
            let line = [about(speech, state, *rule), wait::words(speech, wait)].join(": ");
            let place = waiting.partition_point(|days| *days >= wait.days);
            waiting.insert(place, wait.days);
            item.add(place, line, *rule);
        }
    }
    item
}

/// Every finding, most severe first; below one heading those of one level that ask the same person.
fn why(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> Option<AnyView> {
    let now = state.get_untracked();
    let kind = |rule: &usize| {
        let found = speech.pack.check.rules.get(*rule);
        (found.and_then(|rule| rule.outcome), found.and_then(whom), level(speech, *rule).2)
    };
    let order = |rule: &usize| {
        let (outcome, whom, _) = kind(rule);
        (std::cmp::Reverse(outcome), whom)
    };
    let mut findings: Vec<usize> = Vec::new();
    for rule in &now.decision.findings {
        let place = findings.partition_point(|other| order(other) <= order(rule));
        findings.insert(place, *rule);
    }
    let one = |group: Group| match group {
        Group::One(rule) => finding(speech, state, rule, act),
        Group::Unsure(kind, rules) => unsure_findings(speech, state, &rules, kind, act),
    };
    let alike = |alike: &[usize]| {
        let (_, whom, word) = alike.first().map(kind).unwrap_or_default();
        let look = alike.first().map(|rule| level(speech, *rule).1);
        let whom = whom.and_then(|ask| ask_name(speech, ask));
        let groups: Vec<AnyView> = grouped(speech, &now, alike).into_iter().map(one).collect();
        let inner = view! { <div data-look=look><h3><span class="level">{word}</span>{whom}</h3>{groups}</div> };
        section("", out(speech, state, alike.to_vec()), inner.into_any())
    };
    let parts: Vec<AnyView> = findings.chunk_by(|one, next| kind(one) == kind(next)).map(alike).collect();
    let name = heading(speech.labels().why());
    (!parts.is_empty()).then(|| {
        section(
            "why-list",
            out(speech, state, findings),
            vec![name].into_iter().chain(parts).collect::<Vec<AnyView>>().into_any(),
        )
    })
}

enum Group {
    One(usize),
    Unsure(Unsure, Vec<usize>),
}

/// Findings in order; those that say "not sure" about more than one topic at one level stand together, but for those
/// that go into print and text apart.
fn grouped(speech: &Speech, state: &State, findings: &[usize]) -> Vec<Group> {
    let check = &speech.pack.check;
    let key = |place: &usize| {
        let rule = check.rules.get(*place)?;
        // A warning sign or a wait keeps its own words.
        let plain = rule.wait.is_none() && rule.action.is_none() && rule.ask.is_some();
        let because = explain(check, &state.replay, *place);
        let part = because.first().and_then(|because| private_part(check, because.question));
        Some((rule.unsure.filter(|_| plain)?, rule.outcome, part))
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
            Some((kind, ..)) if alike.len() > 1 => {
                done.extend(&alike);
                groups.push(Group::Unsure(kind, alike));
            }
            Some(_) | None => groups.push(Group::One(*rule)),
        }
    }
    groups
}

/// Notes: good to know, no reason against it.
fn notes(speech: &Speech, live: RwSignal<State>) -> Option<AnyView> {
    let state = live.get_untracked();
    let note = |place: &usize| {
        let rule = speech.pack.check.rules.get(*place)?;
        Some(([about(speech, &state, *place), speech.say(&rule.reason)].join(": "), vec![*place]))
    };
    let lines: Vec<(String, Vec<usize>)> = state.decision.notes.iter().filter_map(note).collect();
    let inner = |lines| vec![heading(speech.labels().notes()), rows(speech, live, lines)].into_any();
    (!lines.is_empty()).then(|| section("notes", out(speech, live, state.decision.notes.clone()), inner(lines)))
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
