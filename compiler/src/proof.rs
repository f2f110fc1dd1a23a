//! The proof: what holds for every possible answer set of a check, how many there are, and patients that show it.

use mesocheck::model::Answers;
use num_bigint::BigUint;

/// What was found out about a check.
#[derive(Debug)]
pub struct Report {
    /// Complete answer sets: every asked question is answered, no other is.
    pub complete: Counts,
    /// Ways to the end of the check: as complete ones, but an answer that stops the check ends it.
    pub journeys: Counts,
    /// The demands of the content, in its order.
    pub statements: Vec<Statement>,
    /// By place of the rule: the smallest patient it fires for; `None` where it cannot fire, or none was asked for.
    pub witnesses: Vec<Option<Patient>>,
    /// Places of rules that fire but never decide: others reach their outcome whenever they do.
    pub shadowed: Vec<usize>,
    /// Places of rules that fire for the same answer sets.
    pub equal: Vec<(usize, usize)>,
}

/// How many answer sets there are, and how many lead to each outcome.
#[derive(Debug)]
pub struct Counts {
    /// All of them.
    pub all: Option<BigUint>,
    /// By place of the outcome; `None`: not counted within the limit.
    pub by_outcome: Vec<Option<BigUint>>,
}

/// A demand of the content, and whether it holds.
#[derive(Debug)]
pub struct Statement {
    /// Its name in content.
    pub id: String,
    /// In words.
    pub says: String,
    /// Which answer sets it is about.
    pub space: Space,
    /// What breaks it; empty where it is proven.
    pub broken: Vec<Broken>,
}

/// Something that breaks a statement.
#[derive(Debug)]
pub struct Broken {
    /// What is wrong, in words.
    pub what: String,
    /// A patient that shows it.
    pub patient: Option<Patient>,
}

/// Which answer sets a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// All: also incomplete ones, and ones no screen would let through.
    Any,
    /// What is true of a person, for every question, asked or not.
    Facts,
    /// Every asked question is answered, no other is.
    Complete,
    /// What is answered on the way to the end, or to a stop.
    Journeys,
}

/// An answer set that shows something.
#[derive(Clone, Debug)]
pub struct Patient {
    /// As the engine takes it.
    pub answers: Answers,
    /// What is not clear, in words: "What you want: fat (was never asked)".
    pub words: Vec<String>,
    /// For `mesocheck decide`.
    pub json: String,
    /// Place of the outcome the engine gives.
    pub outcome: Option<usize>,
}
