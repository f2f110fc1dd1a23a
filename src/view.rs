//! Components: values and one callback in, markup out. They render natively and in the browser, and know neither
//! storage nor addresses.

pub mod article;
pub mod call;
pub mod finding;
pub mod icon;
pub mod part;
pub mod question;
pub mod result;
pub mod review;
pub mod start;
pub mod stop;
pub mod words;

use crate::engine::{Journey, Replay, Screen};
use crate::model::{Date, Decision, Moment, Options};
use crate::view::question::Wrong;

/// What a person did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Begins the check.
    Start,
    /// Goes on where they stopped.
    GoOn,
    /// Ticks or unticks the box that keeps answers.
    Keep(bool),
    /// Ticks or unticks an option.
    Choose {
        /// Place of the question.
        question: usize,
        /// Place of the option.
        option: usize,
        /// Whether it is ticked now.
        on: bool,
    },
    /// Writes a number.
    Number {
        /// Place of the question.
        question: usize,
        /// What they wrote.
        text: String,
    },
    /// Wants to be taken to the answer of the question at this place, on the same screen.
    GoTo(usize),
    /// Wants the next screen.
    Continue,
    /// Wants the screen before.
    Back,
    /// Wants to change the answer to the question at this place.
    Change(usize),
    /// Wants the result.
    Result,
    /// Wants to look at the answers.
    Review,
    /// Begins anew.
    Restart,
    /// Deletes everything and leaves.
    DeleteAndLeave,
    /// Opens or closes the call card.
    Help(bool),
    /// Chooses the country at this place.
    Country(usize),
}

/// Everything a screen is drawn from.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// Which questions are asked, which answers count.
    pub replay: Replay,
    /// What follows from them.
    pub decision: Decision,
    /// The screens.
    pub journey: Journey,
    /// The one to show.
    pub screen: Screen,
    /// Numbers as written, by question.
    pub written: Vec<String>,
    /// An answer that is no longer fresh, and when it was given, by question.
    pub stale: Vec<Option<(Moment, Options)>>,
    /// When the result was made.
    pub made: Moment,
    /// Whether that is more than a day ago.
    pub old: bool,
    /// The day, in the person's calendar.
    pub today: Date,
    /// What is wrong with the answers, since Continue was pressed.
    pub wrong: Vec<Wrong>,
    /// What must be said about storage.
    pub notices: Vec<String>,
    /// Whether answers are to be kept.
    pub keep: bool,
    /// Answers from an earlier visit.
    pub kept: Option<Kept>,
    /// Place of the country whose numbers are shown.
    pub country: usize,
    /// Whether the call card is open.
    pub help: bool,
}

/// Answers that were kept from an earlier visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When the last of them was given, in words.
    pub when: String,
}
