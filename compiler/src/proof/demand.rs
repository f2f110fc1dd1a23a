//! Proves the demands of the content, each over the answer sets it is about.

use crate::proof::circuit::Bit;
use crate::proof::patient::Prover;
use crate::proof::{Broken, Space, Statement, trial};
use crate::read::{Demand, Must};
use mesocheck::model::{Condition, Kind, Options, RuleId, Unsure};
use std::collections::{BTreeMap, HashMap};

/// Proves a demand, or finds what breaks it.
pub fn prove(prover: &mut Prover<'_>, must: &Must) -> Statement {
    let (space, broken) = match &must.demand {
        Demand::IfTrue(when, level) => (Space::Facts, if_true(prover, when, *level)),
        Demand::IfAnswered(when, level) => (Space::Any, if_answered(prover, when, *level)),
        Demand::UnsureAtLeast(level, but) => (Space::Any, unsure(prover, *level, but)),
        Demand::NeverMilder { question, option, than } => {
            (Space::Facts, never_milder(prover, *question, *option, *than))
        }
        Demand::AskedOfEveryone(questions) => (Space::Journeys, asked_of_everyone(prover, questions)),
        Demand::AddingNeverLowers => (Space::Facts, adding(prover)),
        Demand::ClearIsMildest => (Space::Facts, clear_is_mildest(prover)),
        Demand::EverythingReachable => (Space::Journeys, reachable(prover)),
    };
    Statement { id: must.id.clone(), says: must.says.clone(), space, broken }
}

/// The conditions a demand looks at.
pub fn condition(demand: &Demand) -> Option<&Condition> {
    match demand {
        Demand::IfTrue(when, _) | Demand::IfAnswered(when, _) => Some(when),
        _ => None,
    }
}

fn title(prover: &Prover<'_>, level: usize) -> String {
    prover.check.outcomes.get(level).map(|outcome| outcome.id.to_string()).unwrap_or_default()
}

fn below(prover: &Prover<'_>, level: usize) -> Bit {
    prover.encoding.at_least.get(level).map_or(Bit::TRUE, |at_least| !*at_least)
}

fn broken(prover: &mut Prover<'_>, space: Space, goal: Bit, what: String) -> Option<Broken> {
    if !prover.can(space, goal) {
        return None;
    }
    let patient = if prover.quick { None } else { prover.smallest(space, goal) };
    Some(Broken { what, patient })
}

fn floor(prover: &mut Prover<'_>, space: Space, holds: Bit, level: usize) -> Option<Broken> {
    let below = below(prover, level);
    let goal = prover.encoding.circuit.and(holds, below);
    let what = format!("does not get `{}`", title(prover, level));
    broken(prover, space, goal, what)
}

fn if_true(prover: &mut Prover<'_>, when: &Condition, level: usize) -> Vec<Broken> {
    let raw = prover.encoding.raw.clone();
    let holds = prover.encoding.holds(when, &raw);
    floor(prover, Space::Facts, holds, level).into_iter().chain(never_true(prover, Space::Facts, holds)).collect()
}

fn if_answered(prover: &mut Prover<'_>, when: &Condition, level: usize) -> Vec<Broken> {
    let given = prover.encoding.given.clone();
    let holds = prover.encoding.holds(when, &given);
    floor(prover, Space::Any, holds, level).into_iter().chain(never_true(prover, Space::Journeys, holds)).collect()
}

/// A demand on what nobody can answer protects nobody.
fn never_true(prover: &mut Prover<'_>, space: Space, holds: Bit) -> Option<Broken> {
    let never = !prover.can(space, holds);
    never.then(|| Broken { what: "nobody can give this answer, so the demand says nothing".into(), patient: None })
}

fn unsure(prover: &mut Prover<'_>, level: usize, but: &[usize]) -> Vec<Broken> {
    let check = prover.check;
    let mut all = Vec::new();
    for (place, question) in check.questions.iter().enumerate().filter(|(place, _)| !but.contains(place)) {
        for unsure in Unsure::ALL {
            let Some(option) = question.option(unsure.as_str()) else { continue };
            let given = prover.encoding.given.clone();
            let holds = prover.encoding.holds(&Condition::AnyOf(place, Options::one(option)), &given);
            all.extend(floor(prover, Space::Any, holds, level));
        }
    }
    all
}

/// Two answer sets that differ in one question: is the second ever milder? All else is the same, and true of the person
/// whether it is asked or not; so a question that newly appears may have any answer.
fn milder(prover: &mut Prover<'_>, question: usize, before: Options, after: Options, also: Bit) -> Option<Broken> {
    let vars: Vec<(usize, usize)> = prover
        .encoding
        .atoms
        .iter()
        .enumerate()
        .filter(|(_, atom)| atom.question == question)
        .enumerate()
        .map(|(option, (var, _))| (var, option))
        .collect();
    let levels: Vec<Bit> = prover.encoding.at_least.iter().skip(1).copied().collect();
    let risk = vars.iter().any(|(var, option)| {
        let (was, is) = (before.meets(Options::one(*option)), after.meets(Options::one(*option)));
        was != is && prover.is_risk(*var, is)
    });
    // Where every change can only raise the outcome, there is nothing to search.
    if !risk {
        return None;
    }
    let put = |set: Options| -> HashMap<usize, Bit> {
        let changed = vars.iter().filter(|(_, option)| before.with(after).meets(Options::one(*option)));
        changed
            .map(|(var, option)| (*var, if set.meets(Options::one(*option)) { Bit::TRUE } else { Bit::FALSE }))
            .collect()
    };
    let firsts = prover.encoding.circuit.with_all(&levels, &put(before));
    let seconds = prover.encoding.circuit.with_all(&levels, &put(after));
    for (first, second) in firsts.into_iter().zip(seconds) {
        let lowered = prover.encoding.circuit.all([first, !second, also]);
        // Read as the second set: the person who gets the milder outcome.
        let as_after: Vec<Bit> = vars
            .iter()
            .filter(|(_, option)| before.with(after).meets(Options::one(*option)))
            .filter_map(|(var, option)| {
                let bit = prover.encoding.circuit.vars().get(*var).copied()?;
                Some(if after.meets(Options::one(*option)) { bit } else { !bit })
            })
            .collect();
        let as_after = prover.encoding.circuit.all(as_after);
        let goal = prover.encoding.circuit.and(lowered, as_after);
        let what = match before {
            Options::NONE => format!("gets a milder outcome than without {}", names(prover, question, after)),
            _ => format!("gets a milder outcome than with {} in its place", names(prover, question, before)),
        };
        if let Some(found) = broken(prover, Space::Facts, goal, what) {
            return Some(found);
        }
    }
    None
}

fn names(prover: &Prover<'_>, question: usize, set: Options) -> String {
    let Some(question) = prover.check.questions.get(question) else { return String::new() };
    let labels =
        set.places().filter_map(|place| question.options.get(place)).map(|option| format!("\"{}\"", option.label));
    labels.collect::<Vec<String>>().join(" and ")
}

/// The answer to a question is exactly these options, or holds none of its others.
fn only(prover: &mut Prover<'_>, question: usize, free: Options) -> Bit {
    let raw = prover.encoding.raw.get(question).cloned().unwrap_or_default();
    let others = raw.into_iter().enumerate().filter(|(option, _)| !free.meets(Options::one(*option)));
    let others: Vec<Bit> = others.map(|(_, bit)| !bit).collect();
    prover.encoding.circuit.all(others)
}

fn never_milder(prover: &mut Prover<'_>, question: usize, option: usize, than: Options) -> Vec<Broken> {
    let mut all = Vec::new();
    for other in than.places().filter(|other| *other != option) {
        let (before, after) = (Options::one(other), Options::one(option));
        let alone = only(prover, question, before.with(after));
        all.extend(milder(prover, question, before, after, alone));
    }
    all
}

fn clear_is_mildest(prover: &mut Prover<'_>) -> Vec<Broken> {
    let check = prover.check;
    let mut all = Vec::new();
    for (place, question) in check.questions.iter().enumerate() {
        if matches!(question.kind, Kind::Number { .. }) {
            continue;
        }
        // An answer that ends the check hides what comes later: it needs a floor of its own.
        let others = (0..question.options.len())
            .filter(|option| *option != question.clear && !question.ends.meets(Options::one(*option)));
        for option in others {
            let (before, after) = (Options::one(question.clear), Options::one(option));
            let alone = only(prover, place, before.with(after));
            all.extend(milder(prover, place, before, after, alone));
        }
    }
    all
}

fn adding(prover: &mut Prover<'_>) -> Vec<Broken> {
    let check = prover.check;
    let mut all = Vec::new();
    for (place, question) in check.questions.iter().enumerate().filter(|(_, question)| question.kind == Kind::Many) {
        let free = question.signs();
        for option in (0..question.options.len()).filter(|option| free.meets(Options::one(*option))) {
            let after = Options::one(option);
            let raw = prover.encoding.raw.get(place).cloned().unwrap_or_default();
            let others =
                raw.iter().enumerate().filter(|(other, _)| *other != option && free.meets(Options::one(*other)));
            let others: Vec<Bit> = others.map(|(_, bit)| *bit).collect();
            let some = prover.encoding.circuit.any(others);
            let none_exclusive = only(prover, place, free);
            let also = prover.encoding.circuit.and(some, none_exclusive);
            all.extend(milder(prover, place, Options::NONE, after, also));
        }
    }
    all
}

fn asked_of_everyone(prover: &mut Prover<'_>, questions: &[usize]) -> Vec<Broken> {
    let mut all = Vec::new();
    for place in questions {
        let asked = prover.encoding.asked_on_way.get(*place).copied().unwrap_or(Bit::FALSE);
        let ended = prover.encoding.ended_on_way;
        let goal = prover.encoding.circuit.and(!asked, !ended);
        let topic = prover.check.questions.get(*place).map(|question| question.id.to_string()).unwrap_or_default();
        all.extend(broken(prover, Space::Journeys, goal, format!("is never asked `{topic}`")));
    }
    all
}

/// Whether each rule fires for somebody, by id: what a table makes of one row may contradict itself in parts.
pub fn fires_by_id(prover: &mut Prover<'_>) -> Vec<(RuleId, Bit)> {
    let mut by_id: BTreeMap<&RuleId, Vec<Bit>> = BTreeMap::new();
    for (rule, fires) in prover.check.rules.iter().zip(&prover.encoding.fires) {
        by_id.entry(&rule.id).or_default().push(*fires);
    }
    by_id.into_iter().map(|(id, fires)| (id.clone(), prover.encoding.circuit.any(fires))).collect()
}

fn reachable(prover: &mut Prover<'_>) -> Vec<Broken> {
    let check = prover.check;
    let mut goals = Vec::new();
    for (place, question) in check.questions.iter().enumerate() {
        let asked = prover.encoding.asked_on_way.get(place).copied().unwrap_or(Bit::FALSE);
        goals.push((asked, format!("question `{}` is asked of nobody", question.id)));
    }
    for (id, fires) in fires_by_id(prover) {
        goals.push((fires, format!("rule `{id}` can never fire")));
    }
    for (level, outcome) in check.outcomes.iter().enumerate() {
        let at_least = prover.encoding.at_least.get(level).copied().unwrap_or(Bit::FALSE);
        let more = prover.encoding.at_least.get(level + 1).copied().unwrap_or(Bit::FALSE);
        goals.push((prover.encoding.circuit.and(at_least, !more), format!("nobody gets the outcome `{}`", outcome.id)));
    }
    let spaces = [(Space::Complete, ""), (Space::Journeys, " on the way through the screens")];
    let bits: Vec<Bit> = goals.iter().map(|(goal, _)| *goal).collect();
    // Random answer sets reach most; the solver is asked about the rest.
    let seen = spaces.map(|(space, _)| {
        let inside = prover.space(space);
        if prover.quick { Vec::new() } else { trial::reached(check, &prover.encoding, space, inside, &bits) }
    });
    let mut all = Vec::new();
    for (place, (goal, what)) in goals.into_iter().enumerate() {
        for ((space, end), seen) in spaces.iter().zip(&seen) {
            let model = seen.get(place).cloned().flatten();
            let model = if model.is_none() && !prover.quick { prover.some(*space, goal) } else { model };
            match model {
                // Replayed through the engine, which must agree.
                Some(model) => _ = prover.patient(&model),
                None if prover.quick && prover.can(*space, goal) => {}
                None => {
                    all.push(Broken { what: format!("{what}{end}"), patient: None });
                    break;
                }
            }
        }
    }
    all
}
