//! What a person has answered: the only thing that is stored.

use crate::model::{Moment, OptionId, QuestionId};

/// What every key begins with under which this program keeps anything. Cleaning up touches nothing else: the origin may
/// belong to a clinic.
pub const KEYS: &str = "mesocheck:";

/// For how many days answers are kept after they were last saved.
pub const KEPT_DAYS: i64 = 7;

/// The options chosen for one question, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Ids of the chosen options; for a number, its digits.
    pub options: Vec<OptionId>,
    /// When the answer was given.
    pub at: Moment,
}

/// Answers by question. Also holds answers to questions that are no longer asked: they are inert, and come back with
/// their question. Kept in the order of the ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(Vec<(QuestionId, Answer)>);

impl Answers {
    /// Nothing answered.
    pub fn new() -> Self {
        Self::default()
    }

    fn place(&self, question: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(id, _)| id.as_str().cmp(question))
    }

    /// The answer to a question, if there is one.
    pub fn get(&self, question: &str) -> Option<&Answer> {
        self.place(question).ok().and_then(|place| self.0.get(place)).map(|(_, answer)| answer)
    }

    /// Sets the answer to a question. An empty one is the same as none.
    pub fn set(&mut self, question: QuestionId, options: Vec<OptionId>, at: Moment) {
        self.remove(question.as_str());
        if let Err(place) = self.place(question.as_str())
            && !options.is_empty()
        {
            self.0.insert(place, (question, Answer { options, at }));
        }
    }

    /// Takes an answer away.
    pub fn remove(&mut self, question: &str) {
        if let Ok(place) = self.place(question) {
            self.0.remove(place);
        }
    }

    /// All of them, by question id.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        self.0.iter().map(|(id, answer)| (id, answer))
    }

    /// Whether nothing is answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
