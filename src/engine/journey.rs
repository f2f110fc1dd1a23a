//! The way through a check: its screens, and how far a person may go.

use crate::engine::{Replay, clash};
use crate::model::{Check, Condition, Decision, Stops};

/// Where a person wants to be: what the fragment of the address says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The start screen.
    Start,
    /// A screen of questions, counted from 1 among those that are asked.
    Page(usize),
    /// Check your answers.
    Review,
    /// The result.
    Result,
}

/// What is shown there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// The start screen.
    Start,
    /// The screen at this place in [`Journey::pages`].
    Page(usize),
    /// An answer that stops the check: the page that says what to do now.
    Stop,
    /// Check your answers.
    Review,
    /// The result.
    Result,
}

/// The screens of a check for these answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journey {
    /// Places of the pages that hold an asked question, in order.
    pub pages: Vec<usize>,
    /// The first of them that lacks an answer, or holds two that clash.
    pub open: Option<usize>,
    /// The answer that stops the check, if one does.
    pub stop: Option<Stop>,
}

/// An answer that stops the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// Place of the question.
    pub question: usize,
    /// The place in [`Journey::pages`] of the screen it was given on.
    pub page: usize,
    /// Whether it stands beside an answer that denies it, so that the person must say which is right.
    pub clashes: bool,
}

/// The way through a check for these answers.
pub fn journey(check: &Check, replay: &Replay, decision: &Decision) -> Journey {
    let asked = check.pages.iter().enumerate();
    let asked = asked.filter(|(_, page)| page.questions.iter().any(|question| replay.asks(*question)));
    let pages: Vec<usize> = asked.map(|(place, _)| place).collect();
    let open = pages.iter().position(|page| is_open(check, replay, *page));
    let stop = stopping_question(check, replay, decision).and_then(|question| {
        let holds = |page: &usize| check.pages.get(*page).is_some_and(|page| page.questions.contains(&question));
        Some(Stop { question, page: pages.iter().position(holds)?, clashes: clashes(check, replay, question) })
    });
    Journey { pages, open, stop }
}

fn is_open(check: &Check, replay: &Replay, page: usize) -> bool {
    let questions = check.pages.get(page).map(|page| page.questions.as_slice()).unwrap_or_default();
    questions
        .iter()
        .filter(|question| replay.asks(**question))
        .any(|question| !replay.at(*question).is_some() || clashes(check, replay, *question))
}

fn clashes(check: &Check, replay: &Replay, question: usize) -> bool {
    check.questions.get(question).is_some_and(|asked| clash(asked, replay.at(question)).is_some())
}

/// The question on whose screen the check stops: the first one by which a stopping finding holds.
fn stopping_question(check: &Check, replay: &Replay, decision: &Decision) -> Option<usize> {
    let stops = decision.findings.iter().filter_map(|place| {
        let rule = check.rules.get(*place)?;
        let stops = check.outcomes.get(rule.outcome?)?.stops?;
        let question = settled_by(replay, &rule.when)?;
        let first_step = check.questions.get(question).is_some_and(|question| question.step == 0);
        (stops == Stops::Anywhere || first_step).then_some(question)
    });
    stops.min()
}

/// The question whose answer makes a condition hold, when they are answered in order. A `Not` holds before any answer.
fn settled_by(replay: &Replay, when: &Condition) -> Option<usize> {
    match when {
        _ if !replay.holds(when) => None,
        Condition::AnyOf(question, _)
        | Condition::AllOf(question, _)
        | Condition::AtLeast(question, _)
        | Condition::AtMost(question, _) => Some(*question),
        Condition::All(parts) => parts.iter().filter_map(|part| settled_by(replay, part)).max(),
        Condition::Any(parts) => parts.iter().filter_map(|part| settled_by(replay, part)).min(),
        Condition::Not(_) => None,
    }
}

impl Journey {
    /// The furthest screen that may be shown: the first open one, or the one that stops the check.
    pub fn furthest(&self) -> Option<usize> {
        let stop = self.stop.map(|stop| stop.page);
        self.open.into_iter().chain(stop).min()
    }

    /// What is shown to a person who wants to be at `place`: that, or the last screen they can reach.
    pub fn screen(&self, place: Place) -> Screen {
        let last = self.furthest();
        match place {
            Place::Start => Screen::Start,
            Place::Page(ordinal) => {
                let wanted = ordinal.saturating_sub(1).min(self.pages.len().saturating_sub(1));
                Screen::Page(last.map_or(wanted, |last| wanted.min(last)))
            }
            Place::Review | Place::Result => match (self.stops(), last) {
                (true, _) => Screen::Stop,
                (false, Some(last)) => Screen::Page(last),
                (false, None) if place == Place::Review => Screen::Review,
                (false, None) => Screen::Result,
            },
        }
    }

    /// Whether Continue leads to the page that says what to do now, whatever else is missing.
    pub fn stops(&self) -> bool {
        self.stop.is_some_and(|stop| !stop.clashes)
    }
}
