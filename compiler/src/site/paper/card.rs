//! The card for after a treatment: whom to call. It holds no table, and sends a person to someone sooner than the check.

use crate::draw::leads::{Leads, leads, own};
use crate::form::ways::ways;
use crate::site::paper::Sheet;
use leptos::prelude::*;
use mesocheck::model::{Action, Check, Options, Rule, Within};
use mesocheck::view::part::{heading, line, points, strong};

/// The card.
pub fn card(sheet: &Sheet) -> AnyView {
    let labels = &sheet.site.labels;
    let urgent = sheet.check.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.shown_incomplete);
    let urgent: Vec<usize> = urgent.map(|(place, _)| place).collect();
    let mildest = urgent.first().copied().unwrap_or_default();
    let doubts =
        [labels.paper_card_unsure(), labels.paper_card_worse(), labels.paper_card_late(), labels.paper_card_risk()];
    let more = |outcome: usize| if outcome == mildest { doubts.to_vec() } else { Vec::new() };
    let lists: Vec<AnyView> = urgent.iter().rev().map(|outcome| list(sheet, *outcome, more(*outcome))).collect();
    view! {
        <article class="paper card-sheet" data-paper=sheet.check.id.to_string()>
            <h1>{sheet.check.title.clone()}</h1>
            {line("", labels.paper_card_why())}
            {lists}
            {list(sheet, mildest.saturating_sub(1), vec![labels.paper_card_other()])}
            {net(sheet)}
            {sheet.foot()}
        </article>
    }
    .into_any()
}

/// An outcome, and every sign that leads there by itself.
fn list(sheet: &Sheet, outcome: usize, more: Vec<String>) -> AnyView {
    let Some(known) = sheet.check.outcomes.get(outcome) else { return ().into_any() };
    let signs = signs(sheet, outcome);
    let crisis = signs.iter().any(|(rule, _)| rule.action == Some(Action::Crisis));
    let crisis = crisis.then(|| sheet.crisis(None));
    let row = |(rule, words): (&Rule, String)| view! { <li data-rule=rule.id.to_string()>{words}</li> }.into_any();
    let more = more.into_iter().map(|words| view! { <li>{words}</li> }.into_any());
    let rows: Vec<AnyView> = signs.into_iter().map(row).chain(more).collect();
    view! {
        <section data-outcome=known.id.to_string()>
            {heading(sheet.site.say(&known.title))}
            {line("", sheet.site.say(&known.lead))}
            <ul>{rows}</ul>
            {crisis}
        </section>
    }
    .into_any()
}

/// The rules that always lead to an outcome, with the answers they are about.
fn signs(sheet: &Sheet, outcome: usize) -> Vec<(&Rule, String)> {
    let check = &sheet.check;
    let mut signs = Vec::new();
    for (question, asked) in check.questions.iter().enumerate() {
        for (option, choice) in asked.options.iter().enumerate() {
            let rule = match leads(check, question, option) {
                Leads::To(level, rule) if level == outcome => check.rules.get(rule),
                Leads::Depends(least, most) if least == outcome && least == most => {
                    check.rules.iter().find(|rule| own(check, rule) == Some((question, option)))
                }
                Leads::Nothing | Leads::Counts | Leads::Note(_) | Leads::To(..) | Leads::Depends(..) => None,
            };
            let Some(rule) = rule.filter(|rule| rule.unsure.is_none()) else { continue };
            let words = [choice.label.clone(), choice.examples.clone()].into_iter().chain(hurry(sheet, rule));
            let words: Vec<String> = words.filter(|words| !words.is_empty()).collect();
            signs.push((rule, words.join(" · ")));
        }
    }
    let together = check.rules.iter().filter(|rule| rule.outcome == Some(outcome) && own(check, rule).is_none());
    signs.extend(together.map(|rule| (rule, answers(check, rule))));
    signs
}

/// What a title says of a rule for which hours count.
fn hurry(sheet: &Sheet, rule: &Rule) -> Option<String> {
    let hours = Some(Within::Hours);
    let mut titles = sheet.check.headlines.iter().filter(|title| rule.within == hours && title.any_within == hours);
    titles.next().map(|title| sheet.site.say(&format!("{}. {}", title.title, title.lead)))
}

/// The answers a rule over several of them is about: "A with B".
fn answers(check: &Check, rule: &Rule) -> String {
    let words = |question: usize, set: Options| {
        let options =
            check.questions.get(question).map(|question| mesocheck::view::question::label_list(question, set));
        options.unwrap_or_default().join(", ")
    };
    let ways = ways(&rule.when);
    let way = ways.first().map(|way| way.ticked().map(|(question, set)| words(question, set)).collect::<Vec<String>>());
    way.unwrap_or_default().join(" + ")
}

/// What to watch for.
fn net(sheet: &Sheet) -> Option<AnyView> {
    let labels = &sheet.site.labels;
    let net = sheet.check.safety_net.as_ref()?;
    let view = view! {
        <section class="net">
            {heading(net.title.clone())}
            <p>{sheet.site.say(&labels.net_emergency())}</p>
            {points("", net.emergency.clone())}
            <p>{labels.net_doctor()}</p>
            {points("", net.doctor.clone())}
            <p>{net.later.clone()}" "{strong(net.closing.clone())}</p>
        </section>
    };
    Some(view.into_any())
}
