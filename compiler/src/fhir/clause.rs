//! Conditions as `enableWhen` can say them: all of several clauses, each of which is any of several plain demands.

use mesocheck::model::Condition;
use std::collections::BTreeSet;

/// A plain demand on the answer to the question at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Atom {
    /// Place of the question.
    pub question: usize,
    /// What its answer must be like.
    pub demand: Demand,
}

/// What an answer must be like. A missing answer satisfies [`Demand::IsNot`] and [`Demand::NoNumber`] alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Demand {
    /// It has this option.
    Is(usize),
    /// It has not.
    IsNot(usize),
    /// Its number is this or more.
    Least(i64),
    /// This or less.
    Most(i64),
    /// Less than this.
    Less(i64),
    /// More than this.
    More(i64),
    /// It has no number.
    NoNumber,
}

/// Demands of which any must hold; none at all: nothing can satisfy it.
pub type Clause = BTreeSet<Atom>;

/// Clauses of several demands. Each but one is a group around the others: form fillers take twice as long for each
/// group more, and nobody could read it.
const MOST: usize = 12;

/// Clauses on the way there, before some are found to imply others.
const MOST_AT_ONCE: usize = 64;

/// Clauses that hold together exactly when the condition holds; `None` where they would be too many.
pub fn clauses(when: &Condition) -> Option<Vec<Clause>> {
    said(when, true).filter(|clauses| clauses.iter().filter(|clause| clause.len() > 1).count() <= MOST)
}

/// Clauses that hold exactly when the condition holds, or does not.
fn said(when: &Condition, holds: bool) -> Option<Vec<Clause>> {
    Some(match (when, holds) {
        (Condition::AnyOf(question, set), true) => any(*question, set.places().map(Demand::Is)),
        (Condition::AnyOf(question, set), false) => each(*question, set.places().map(Demand::IsNot)),
        (Condition::AllOf(question, set), true) => each(*question, set.places().map(Demand::Is)),
        (Condition::AllOf(question, set), false) => any(*question, set.places().map(Demand::IsNot)),
        (Condition::AtLeast(question, least), true) => any(*question, [Demand::Least(*least)]),
        (Condition::AtLeast(question, least), false) => any(*question, [Demand::Less(*least), Demand::NoNumber]),
        (Condition::AtMost(question, most), true) => any(*question, [Demand::Most(*most)]),
        (Condition::AtMost(question, most), false) => any(*question, [Demand::More(*most), Demand::NoNumber]),
        (Condition::Not(part), _) => said(part, !holds)?,
        (Condition::All(parts), true) | (Condition::Any(parts), false) => {
            parts.iter().try_fold(Vec::new(), |all, part| tidy(all.into_iter().chain(said(part, holds)?)))?
        }
        (Condition::Any(parts), true) | (Condition::All(parts), false) => {
            // What any of nothing says cannot be satisfied.
            parts.iter().try_fold(vec![Clause::new()], |all, part| either(&all, &said(part, holds)?))?
        }
    })
}

fn any(question: usize, demands: impl IntoIterator<Item = Demand>) -> Vec<Clause> {
    vec![demands.into_iter().map(|demand| Atom { question, demand }).collect()]
}

fn each(question: usize, demands: impl Iterator<Item = Demand>) -> Vec<Clause> {
    demands.map(|demand| Clause::from([Atom { question, demand }])).collect()
}

/// What holds when one or the other does: every clause of the one with every clause of the other.
fn either(one: &[Clause], other: &[Clause]) -> Option<Vec<Clause>> {
    tidy(one.iter().flat_map(|first| other.iter().map(move |second| first | second)))
}

/// The clauses without those that always hold and those that another one implies.
fn tidy(clauses: impl Iterator<Item = Clause>) -> Option<Vec<Clause>> {
    let mut kept: Vec<Clause> = Vec::new();
    for clause in clauses.filter(|clause| !always_holds(clause)) {
        if kept.iter().any(|known| known.is_subset(&clause)) {
            continue;
        }
        kept.retain(|known| !known.is_superset(&clause));
        kept.push(clause);
        if kept.len() > MOST_AT_ONCE {
            return None;
        }
    }
    Some(kept)
}

/// Whether an option is asked for, or its absence.
fn always_holds(clause: &Clause) -> bool {
    clause.iter().any(|atom| match atom.demand {
        Demand::Is(option) => clause.contains(&Atom { demand: Demand::IsNot(option), ..*atom }),
        Demand::IsNot(_)
        | Demand::Least(_)
        | Demand::Most(_)
        | Demand::Less(_)
        | Demand::More(_)
        | Demand::NoNumber => false,
    })
}
