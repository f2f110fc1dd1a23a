//! How the check decides: every rule with its condition, outcome, reason and source.

use crate::model::{Check, Condition, Labels, Options, Question, Rule, Source};
use crate::page::Site;
use crate::view::finding::sure;
use crate::view::question::label_list;
use crate::view::words::fill;
use leptos::prelude::*;

/// The rules of a check as a table per outcome.
#[component]
pub fn Rules(site: Site, check: Check) -> impl IntoView {
    let labels = site.labels.clone();
    let of = |level: usize| check.rules.iter().filter(move |rule| rule.outcome == Some(level));
    let levels = check.outcomes.iter().enumerate().rev().filter(|(level, _)| of(*level).next().is_some());
    let levels = levels.map(|(level, outcome)| {
        let mine = of(level);
        let rows = mine.map(|rule| row(&site, &check, rule)).collect_view();
        let title = site.say(&outcome.title);
        let name = [check.title.as_str(), &title].join(": ");
        view! {
            <details class="rules" data-look=outcome.look.as_str()>
                <summary>{title}</summary>
                <div class="wide" tabindex="0" role="region" aria-label=name>
                    <table>
                        <thead>
                            <tr>
                                <th scope="col">{labels.rule_when()}</th>
                                <th scope="col">{labels.rule_why()}</th>
                                <th scope="col">{labels.rule_source()}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </details>
        }
    });
    view! {
        <section>
            <h3>{check.title.clone()}</h3>
            {levels.collect_view()}
        </section>
    }
}

fn row(site: &Site, check: &Check, rule: &Rule) -> impl IntoView + use<> {
    let known = || rule.sources.iter().filter_map(|place| check.sources.get(*place));
    let sources: Vec<String> = known().map(|source: &Source| source.key.clone()).collect();
    let wait = rule.wait.as_ref().map(|wait| format!(" {}", fill(&site.labels.wait(), &[("until", &wait.until)])));
    let sure = sure(&site.labels, rule, known()).map(|sure| format!(": {sure}"));
    view! {
        <tr>
            <td>{condition(&site.labels, check, &rule.when)}</td>
            <td>{site.say(&rule.reason)}{wait}</td>
            <td>{sources.join(", ")}{sure}</td>
        </tr>
    }
}

/// A condition in words.
pub fn condition(labels: &Labels, check: &Check, when: &Condition) -> String {
    let question = |place: &usize| check.questions.get(*place);
    let has = |place: &usize, set: &Options, joint: &str| {
        let words = |question: &Question| {
            let options = label_list(question, *set).join(&format!(" {joint} "));
            fill(&labels.cond_has(), &[("topic", &question.topic), ("options", &options)])
        };
        question(place).map(words).unwrap_or_default()
    };
    let number = |place: &usize, text: &str, number: i64| {
        let topic = question(place).map(|question| question.topic.clone()).unwrap_or_default();
        fill(text, &[("topic", &topic), ("n", &number.to_string())])
    };
    let joined = |parts: &[Condition], joint: &str| {
        let parts: Vec<String> = parts.iter().map(|part| condition(labels, check, part)).collect();
        parts.join(&format!("; {joint} "))
    };
    match when {
        Condition::AnyOf(place, set) => has(place, set, &labels.cond_or()),
        Condition::AllOf(place, set) => has(place, set, &labels.cond_and()),
        Condition::AtLeast(place, least) => number(place, &labels.cond_at_least(), *least),
        Condition::AtMost(place, most) => number(place, &labels.cond_at_most(), *most),
        Condition::All(parts) => joined(parts, &labels.cond_and()),
        Condition::Any(parts) => joined(parts, &labels.cond_or()),
        Condition::Not(part) => format!("{} ({})", labels.cond_not(), condition(labels, check, part)),
    }
}
