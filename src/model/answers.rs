//! What a person has answered: the only thing that is stored.

use crate::model::{Moment, OptionId, QuestionId};
use std::collections::BTreeMap;

/// The options chosen for one question, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Ids of the chosen options; for a number, its digits.
    pub options: Vec<OptionId>,
    /// When the answer was given.
    pub at: Moment,
}

/// Answers by question. Also holds answers to questions that are no longer asked: they are inert, and come back with
/// their question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<QuestionId, Answer>);

impl Answers {
    /// Nothing answered.
    pub fn new() -> Self {
        Self::default()
    }

    /// The answer to a question, if there is one.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Sets the answer to a question. An empty one is the same as none.
    pub fn set(&mut self, question: QuestionId, options: Vec<OptionId>, at: Moment) {
        if options.is_empty() {
            self.0.remove(&question);
        } else {
            self.0.insert(question, Answer { options, at });
        }
    }

    /// Takes an answer away.
    pub fn remove(&mut self, question: &str) {
        self.0.remove(question);
    }

    /// All of them, by question id.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        self.0.iter()
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
