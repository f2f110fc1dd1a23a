//! Explains: which answers made a rule fire.

use crate::engine::Replay;
use crate::model::{Check, Condition, Options};

/// A question, and those of its chosen options that a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Because {
    /// Place of the question.
    pub question: usize,
    /// Chosen options the rule names.
    pub options: Options,
    /// The number, where the rule looks at one.
    pub number: Option<i64>,
}

/// The answers a rule fired on, in the order of the questions. Parts that did not hold are left out.
pub fn explain(check: &Check, replay: &Replay, rule: usize) -> Vec<Because> {
    let mut found = Vec::new();
    if let Some(rule) = check.rules.get(rule) {
        collect(replay, &rule.when, &mut found);
    }
    found
}

fn collect(replay: &Replay, when: &Condition, found: &mut Vec<Because>) {
    if !replay.holds(when) {
        return;
    }
    match when {
        Condition::AnyOf(question, options) | Condition::AllOf(question, options) => {
            add(
                found,
                Because { question: *question, options: replay.at(*question).options.common(*options), number: None },
            );
        }
        Condition::AtLeast(question, _) | Condition::AtMost(question, _) => {
            add(found, Because { question: *question, options: Options::NONE, number: replay.at(*question).number });
        }
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(replay, part, found)),
        // What is not so explains nothing to the person, but for the answer that makes it so.
        Condition::Not(_) => {}
    }
}

fn add(found: &mut Vec<Because>, because: Because) {
    match found.binary_search_by_key(&because.question, |other| other.question) {
        Ok(place) => {
            if let Some(other) = found.get_mut(place) {
                other.options = other.options.with(because.options);
                other.number = other.number.or(because.number);
            }
        }
        Err(place) => found.insert(place, because),
    }
}
