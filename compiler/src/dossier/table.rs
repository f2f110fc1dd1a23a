//! Rules that depend on other answers, put back together as tables: answers down, times across.

use crate::dossier::Chapter;
use crate::dossier::part::{all as both, cell, code, list, name, paragraph, plain, row, small, table, tick};
use crate::dossier::words::{follows, grounds, soon, witness};
use crate::draw::capital;
use crate::draw::leads::own;
use leptos::prelude::*;
use mesocheck::model::{Condition, Options, Question, Rule, Within};
use mesocheck::page::about::condition;

/// What raises levels: its letters on paper.
const LETTERS: &[&str] = &["a", "b", "c", "d", "e", "f", "g", "h"];

/// A rule of a table, taken apart again.
struct Cell<'a> {
    rule: &'a Rule,
    option: usize,
    /// The question whose answers are the columns.
    by: usize,
    times: Options,
    /// What else must hold, or must not.
    raises: Vec<(&'a Condition, bool)>,
}

/// Tables of the options of a question that depend on other answers, then the words of their rules.
pub fn all(chapter: &Chapter<'_>, place: usize, question: &Question) -> Option<AnyView> {
    let check = chapter.check();
    let mine: Vec<(usize, &Rule, usize)> = check
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| !matches!(rule.when, Condition::AnyOf(..)))
        .filter_map(|(number, rule)| Some((number, rule, own(check, rule).filter(|own| own.0 == place)?.1)))
        .collect();
    if mine.is_empty() {
        return None;
    }
    let cells: Vec<Cell<'_>> = mine.iter().filter_map(|(_, rule, option)| apart(rule, *option)).collect();
    let by = cells.first().map(|cell| cell.by);
    let whole = cells.len() == mine.len() && cells.iter().all(|cell| Some(cell.by) == by);
    let grid = by.filter(|_| whole).and_then(|by| grid(chapter, question, by, &cells));
    let words =
        words(chapter, &mine.iter().map(|(place, rule, _)| (*place, *rule)).collect::<Vec<_>>(), grid.is_none());
    Some(both(grid.into_iter().chain([words]).collect()))
}

fn apart(rule: &Rule, option: usize) -> Option<Cell<'_>> {
    let Condition::All(parts) = &rule.when else { return None };
    let mut parts = parts.iter().skip(1);
    let Condition::AnyOf(by, times) = parts.next()? else { return None };
    let raises = parts.map(|part| match part {
        Condition::Not(inner) => (inner.as_ref(), false),
        Condition::AnyOf(..)
        | Condition::AllOf(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::All(_)
        | Condition::Any(_) => (part, true),
    });
    Some(Cell { rule, option, by: *by, times: *times, raises: raises.collect() })
}

fn grid(chapter: &Chapter<'_>, question: &Question, by: usize, cells: &[Cell<'_>]) -> Option<AnyView> {
    let check = chapter.check();
    let columns = check.questions.get(by)?;
    let mut raises: Vec<&Condition> = Vec::new();
    for (raise, _) in cells.iter().flat_map(|cell| &cell.raises) {
        if !raises.contains(raise) {
            raises.push(raise);
        }
    }
    let key = raises
        .iter()
        .zip(LETTERS)
        .map(|(raise, letter)| format!("{letter}: {}", capital(&condition(&chapter.site.labels, check, raise))));
    let key = list("small raises", key);
    let mut heads = vec![plain_head("Answer"), plain_head("With")];
    heads.extend(columns.options.iter().map(|time| plain_head(&time.label)));
    heads.push(plain_head("OK"));
    let bodies: Vec<AnyView> = question
        .options
        .iter()
        .enumerate()
        .filter_map(|(option, choice)| {
            let mine: Vec<&Cell<'_>> = cells.iter().filter(|cell| cell.option == option).collect();
            rows(chapter, &choice.label, &mine, &raises, columns.options.len())
        })
        .collect();
    let title = format!("What follows, by {}", columns.topic);
    let lead = "By what else is so: none of these, or just those with the letters. “ab” is a and b together.";
    let view = view! {
        <h5>{title}</h5>
        {paragraph("small", lead)}
        {key}
        <table class="times"><thead>{row(heads)}</thead>{bodies}</table>
    };
    Some(view.into_any())
}

fn plain_head(text: &str) -> AnyView {
    view! { <th scope="col">{text.to_owned()}</th> }.into_any()
}

/// The rows of one answer: one for each set of raises that may hold of it.
fn rows(
    chapter: &Chapter<'_>,
    label: &str,
    cells: &[&Cell<'_>],
    raises: &[&Condition],
    columns: usize,
) -> Option<AnyView> {
    if cells.is_empty() {
        return None;
    }
    let named = |raise: &&&Condition| cells.iter().any(|cell| cell.raises.iter().any(|(own, _)| own == *raise));
    let own: Vec<(&Condition, &str)> =
        raises.iter().zip(LETTERS).filter(|(raise, _)| named(raise)).map(|(raise, letter)| (*raise, *letter)).collect();
    // Sets of raises that lead to the same share a row.
    let mut merged: Vec<(Vec<Level>, Vec<String>)> = Vec::new();
    for set in (0..Options::one(own.len()).0).map(Options) {
        let letters: String = set.places().filter_map(|place| Some(own.get(place)?.1)).collect();
        let letters = if letters.is_empty() { "none".to_owned() } else { letters };
        let held = |raise: &Condition| {
            own.iter().position(|(known, _)| *known == raise).is_some_and(|place| set.meets(Options::one(place)))
        };
        let levels = (0..columns).map(|column| {
            let fits = |cell: &&&Cell<'_>| {
                cell.times.meets(Options::one(column))
                    && cell.raises.iter().all(|(raise, wanted)| held(raise) == *wanted)
            };
            cells.iter().find(fits).map(|cell| (cell.rule.outcome, cell.rule.within))
        });
        let levels: Vec<Level> = levels.collect();
        match merged.iter_mut().find(|(known, _)| *known == levels) {
            Some((_, sets)) => sets.push(letters),
            None => merged.push((levels, vec![letters])),
        }
    }
    let always = merged.len() == 1;
    let rows = merged.into_iter().enumerate().map(|(number, (levels, sets))| {
        let label = if number == 0 { label } else { "" };
        let sets = if always { "any".to_owned() } else { sets.join(", ") };
        let mut line = vec![name(vec![plain(label)]), cell(vec![plain(sets)])];
        line.extend(levels.into_iter().map(|each| level(chapter, each)));
        line.push(tick());
        row(line)
    });
    let rows: Vec<AnyView> = rows.collect();
    Some(view! { <tbody>{rows}</tbody> }.into_any())
}

/// Outcome and how soon to be seen, where a rule fires.
type Level = Option<(Option<usize>, Option<Within>)>;

fn level(chapter: &Chapter<'_>, level: Level) -> AnyView {
    let outcome = level.and_then(|(outcome, _)| outcome);
    let within = level.and_then(|(_, within)| within);
    let mark = outcome.map(|outcome| chapter.mark(outcome));
    let soon = within.map(|within| small(format!(" {}", soon(within))));
    view! { <td class="level">{mark}{soon}</td> }.into_any()
}

/// The words of rules, once for each id and outcome.
fn words(chapter: &Chapter<'_>, rules: &[(usize, &Rule)], when: bool) -> AnyView {
    let mut seen: Vec<(&str, &str, Option<usize>)> = Vec::new();
    let mut rows = Vec::new();
    for (_, rule) in rules {
        let name = named(rule);
        if !seen.contains(&name) {
            seen.push(name);
            let same: Vec<(usize, &Rule)> = rules.iter().filter(|(_, other)| named(other) == name).copied().collect();
            rows.push(told(chapter, rule, &same, when));
        }
    }
    table("answers", &["Rule", "What follows", "What the patient reads", "Grounds", "OK"], rows)
}

fn named(rule: &Rule) -> (&str, &str, Option<usize>) {
    (rule.id.as_str(), rule.reason.as_str(), rule.outcome)
}

fn told(chapter: &Chapter<'_>, rule: &Rule, same: &[(usize, &Rule)], when: bool) -> AnyView {
    let mut rule_cell = vec![code(&rule.id)];
    if when {
        rule_cell.push(small(capital(&condition(&chapter.site.labels, chapter.check(), &rule.when))));
    }
    let mut reads = vec![plain(chapter.site.say(&rule.reason))];
    reads.extend(same.iter().find_map(|(place, _)| witness(chapter, *place)));
    let id = rule.id.to_string();
    let then = vec![follows(chapter, rule)];
    let then = view! { <td data-rule=id>{then}</td> }.into_any();
    row(vec![name(rule_cell), then, cell(reads), cell(grounds(chapter, rule)), tick()])
}
