//! A second reading of the semantics, by ids and sets instead of places and bits, to hold the engine against.

use crate::small::NOW;
use mesocheck::engine::Title;
use mesocheck::model::{Action, Answers, Ask, Check, Condition, Headline, Kind, OptionId, Options, Question, Rule};
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
        let fresh = question.fresh_for.is_none_or(|most| given <= now + 10 && now <= given + i128::from(most));
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

/// The title at a level with these findings: of the first headline whose demands are all met, or the level's own.
pub fn title(check: &Check, level: usize, findings: &[usize]) -> Title {
    let own = &check.outcomes[level];
    let findings: Vec<&Rule> = findings.iter().map(|rule| &check.rules[*rule]).collect();
    match check.headlines.iter().find(|headline| meets(headline, level, &findings)) {
        Some(Headline { title, lead, any_ask, .. }) => {
            Title { title: title.clone(), lead: lead.clone(), own: any_ask.map(|_| own.title.clone()) }
        }
        None => Title { title: own.title.clone(), lead: own.lead.clone(), own: None },
    }
}

fn meets(headline: &Headline, level: usize, findings: &[&Rule]) -> bool {
    let top: Vec<&Rule> = findings.iter().copied().filter(|rule| rule.outcome == Some(level)).collect();
    let every = |says: &dyn Fn(&Rule) -> bool| !top.is_empty() && !top.iter().any(|rule| !says(rule));
    let whom = |rule: &Rule| if rule.action == Some(Action::GpSoon) { Some(Ask::DoctorSoon) } else { rule.ask };
    let asks_for = |rule: &Rule| headline.only_ask.iter().any(|ask| whom(rule) == Some(*ask));
    // Whether it is demanded, and whether it is so.
    let demands = [
        (true, headline.outcomes.contains(&level)),
        (headline.any_ask.is_some(), findings.iter().any(|rule| whom(rule) == headline.any_ask)),
        (!headline.only_ask.is_empty(), every(&asks_for)),
        (headline.only_unsure, every(&|rule| rule.unsure.is_some())),
        (headline.any_scope.is_some(), top.iter().any(|rule| rule.scope == headline.any_scope)),
        (headline.any_within.is_some(), top.iter().any(|rule| rule.within == headline.any_within)),
        (headline.only_within.is_some(), every(&|rule| rule.within == headline.only_within)),
        (headline.nothing_found, findings.is_empty()),
    ];
    !demands.contains(&(true, false))
}

fn ids(question: &Question, options: Options) -> BTreeSet<&str> {
    let places = question.options.iter().enumerate();
    places.filter(|(place, _)| options.0 >> place & 1 == 1).map(|(_, option)| option.id.as_str()).collect()
}
