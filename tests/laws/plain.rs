//! A second reading of the semantics, by ids and sets instead of places and bits, to hold the engine against.

use crate::small::NOW;
use mesocheck::model::{Answers, Check, Condition, Kind, OptionId, Options, Question};
use std::collections::BTreeSet;

/// What each question comes to; `None` where it is not asked.
pub struct Plain<'a> {
    check: &'a Check,
    answers: &'a Answers,
    asked: Vec<bool>,
}

impl<'a> Plain<'a> {
    pub fn of(check: &'a Check, answers: &'a Answers) -> Self {
        let all = check.questions.len();
        let mut plain = Self { check, answers, asked: vec![true; all] };
        // Every question hangs on earlier ones only, so this many rounds settle it whatever it began with.
        for _ in 0..all {
            plain.asked = (0..all).map(|place| plain.is_asked(place)).collect();
        }
        plain
    }

    fn is_asked(&self, place: usize) -> bool {
        let when = self.check.questions[place].ask_when.as_ref();
        let ended = (0..place).any(|earlier| self.asks(earlier) && self.ends(earlier));
        !ended && when.is_none_or(|when| self.holds(when))
    }

    fn ends(&self, place: usize) -> bool {
        let question = &self.check.questions[place];
        !self.chosen(place).is_disjoint(&ids(question, question.ends))
    }

    pub fn asks(&self, place: usize) -> bool {
        self.asked[place]
    }

    /// What was given, as ids, if it counts.
    fn words(&self, place: usize) -> Vec<&str> {
        let question = &self.check.questions[place];
        let Some(answer) = self.answers.get(question.id.as_str()).filter(|_| self.asked[place]) else {
            return Vec::new();
        };
        let (given, now) = (i128::from(answer.at.0), i128::from(NOW.moment.0));
        let fresh = question.fresh_for.is_none_or(|most| given <= now && now <= given + i128::from(most));
        answer.options.iter().filter(|_| fresh).map(OptionId::as_str).collect()
    }

    /// Ids of the chosen options that exist.
    pub fn chosen(&self, place: usize) -> BTreeSet<&str> {
        let question = &self.check.questions[place];
        let known = ids(question, Options(!0));
        self.words(place).into_iter().filter(|word| known.contains(word)).collect()
    }

    pub fn number(&self, place: usize) -> Option<i64> {
        let Kind::Number { min, max } = self.check.questions[place].kind else { return None };
        let numbers = (min..=max).filter(|number| self.words(place).contains(&number.to_string().as_str()));
        numbers.min().filter(|_| self.chosen(place).is_empty())
    }

    pub fn holds(&self, when: &Condition) -> bool {
        match when {
            Condition::AnyOf(place, options) => {
                !self.chosen(*place).is_disjoint(&ids(&self.check.questions[*place], *options))
            }
            Condition::AllOf(place, options) => {
                self.chosen(*place).is_superset(&ids(&self.check.questions[*place], *options))
            }
            Condition::AtLeast(place, least) => self.number(*place).is_some_and(|number| number >= *least),
            Condition::AtMost(place, most) => self.number(*place).is_some_and(|number| number <= *most),
            Condition::All(parts) => !parts.iter().any(|part| !self.holds(part)),
            Condition::Any(parts) => !parts.iter().all(|part| !self.holds(part)),
            Condition::Not(part) => !self.holds(part),
        }
    }
}

fn ids(question: &Question, options: Options) -> BTreeSet<&str> {
    let places = question.options.iter().enumerate();
    places.filter(|(place, _)| options.0 >> place & 1 == 1).map(|(_, option)| option.id.as_str()).collect()
}
