//! Replays stored answers: which questions are asked, and which answers count.

use crate::model::{Answer, Answers, Check, Condition, Kind, Now, Options, Question};

/// The answer to a question as it counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Chosen options.
    pub options: Options,
    /// The number, where the question asks for one.
    pub number: Option<i64>,
}

impl Given {
    /// Whether there is any answer.
    pub fn is_some(&self) -> bool {
        !self.options.is_empty() || self.number.is_some()
    }
}

/// What came of replaying answers. Both lists are as long as the check's questions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replay {
    /// Whether the question is asked.
    pub asked: Vec<bool>,
    /// The answer that counts: none for a question that is not asked, not answered, or answered too long ago.
    pub given: Vec<Given>,
    /// The question whose answer ended the check.
    pub ended: Option<usize>,
}

/// Takes the questions in order; one is asked if its condition holds on the answers before it and the check has not
/// ended. Unknown questions and options are ignored.
pub fn replay(check: &Check, answers: &Answers, now: Now) -> Replay {
    let mut replay = Replay {
        asked: Vec::with_capacity(check.questions.len()),
        given: Vec::with_capacity(check.questions.len()),
        ended: None,
    };
    for (place, question) in check.questions.iter().enumerate() {
        let asked = replay.ended.is_none() && question.ask_when.as_ref().is_none_or(|when| replay.holds(when));
        let answer = if asked { answers.get(question.id.as_str()) } else { None };
        let given = answer.filter(|answer| is_fresh(question, answer, now)).map(|answer| read(question, answer));
        let given = given.unwrap_or_default();
        if given.options.meets(question.ends) {
            replay.ended = Some(place);
        }
        replay.asked.push(asked);
        replay.given.push(given);
    }
    replay
}

impl Replay {
    /// Whether a condition holds. A question beyond what was replayed so far has no answer.
    pub fn holds(&self, when: &Condition) -> bool {
        match when {
            Condition::AnyOf(question, options) => self.at(*question).options.meets(*options),
            Condition::AllOf(question, options) => self.at(*question).options.holds(*options),
            Condition::AtLeast(question, least) => self.at(*question).number.is_some_and(|number| number >= *least),
            Condition::AtMost(question, most) => self.at(*question).number.is_some_and(|number| number <= *most),
            Condition::All(parts) => parts.iter().all(|part| self.holds(part)),
            Condition::Any(parts) => parts.iter().any(|part| self.holds(part)),
            Condition::Not(part) => !self.holds(part),
        }
    }

    /// The answer to a question as it counts.
    pub fn at(&self, question: usize) -> Given {
        self.given.get(question).copied().unwrap_or_default()
    }

    /// Whether a question is asked.
    pub fn asks(&self, question: usize) -> bool {
        self.asked.get(question).copied().unwrap_or_default()
    }

    /// Asked questions without an answer that counts.
    pub fn missing(&self) -> impl Iterator<Item = usize> {
        let pairs = self.asked.iter().zip(&self.given);
        pairs.enumerate().filter(|(_, (asked, given))| **asked && !given.is_some()).map(|(place, _)| place)
    }
}

/// Minutes that a clock may be set back, as devices do by themselves, without anybody having to notice.
pub const CLOCK_STEP: i64 = 10;

/// A time further in the future is a clock that was changed: the doubt makes the answer stale.
fn is_fresh(question: &Question, answer: &Answer, now: Now) -> bool {
    let age = now.moment.minutes_since(answer.at);
    question.fresh_for.is_none_or(|most| (-CLOCK_STEP..=most).contains(&age))
}

fn read(question: &Question, answer: &Answer) -> Given {
    let known = answer.options.iter().filter_map(|option| question.option(option.as_str()));
    let options = known.fold(Options::NONE, |set, place| set.with(Options::one(place)));
    let number = match question.kind {
        Kind::Number { min, max } if options.is_empty() => {
            let numbers = answer.options.iter().filter_map(|text| text.as_str().parse().ok());
            numbers.into_iter().find(|number| (min..=max).contains(number))
        }
        Kind::Number { .. } | Kind::One | Kind::Many => None,
    };
    Given { options, number }
}
