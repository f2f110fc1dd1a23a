//! Components: values and one callback in, markup out. They render natively and in the browser, and know neither
//! storage nor addresses.

pub mod article;
pub mod call;
pub mod code;
pub mod finding;
pub mod handover;
pub mod icon;
pub mod outlook;
pub mod part;
pub mod plain;
pub mod qr;
pub mod question;
pub mod result;
pub mod review;
pub mod start;
pub mod stop;
pub mod take;
pub mod wait;
pub mod words;

use crate::engine::{Journey, Outlook, Replay, Screen};
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
    /// Says which of two answers that do not fit together is right: these options of the question at a place alone.
    Settle(usize, Options),
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
    /// Deletes everything, and stays.
    Delete,
    /// Deletes everything and leaves.
    DeleteAndLeave,
    /// Opens or closes the call card.
    Help(bool),
    /// Chooses the country at this place.
    Country(usize),
    /// Gives the day that a wait counts from, as `YYYY-MM-DD`.
    Day {
        /// Place of the rule.
        rule: usize,
        /// The day; empty while it is being typed.
        text: String,
        /// Whether the field was left, and says what is wrong with it.
        left: bool,
    },
    /// Ticks or unticks the question for the consultation at this place.
    Ask(usize, bool),
    /// Shows the result alone, to be read by somebody else, or goes back.
    Show(bool),
    /// Prints the result.
    Print,
    /// Copies the result as text.
    Copy,
    /// Shares the result as text.
    Share,
    /// Ticks or unticks the part at this place of what goes into a code.
    Pack(usize, bool),
    /// Wants the code.
    Code,
}

/// Everything a screen is drawn from.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::struct_excessive_bools, reason = "each says one thing of the screen, and they are independent")]
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
    /// Place of the country whose numbers are shown, where it is known or chosen.
    pub country: Option<usize>,
    /// Whether the call card is open.
    pub help: bool,
    /// What would change the result.
    pub outlook: Vec<Outlook>,
    /// The days that waits count from, by the place of their rule, as the person gave them; none: it cannot be.
    pub days: Vec<(usize, Option<Date>)>,
    /// Places of the questions for the consultation that the person does not want to ask.
    pub unasked: Options,
    /// Whether the result is shown alone.
    pub shown: bool,
    /// Whether the browser can share a text.
    pub shares: bool,
    /// What came of handing the result on.
    pub copied: Copied,
    /// Places of the parts that go into a code.
    pub packed: Options,
    /// The code, once it is asked for.
    pub code: Option<Made>,
}

/// A code that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// What it is added to, to make a link; empty where that cannot be known.
    pub address: String,
    /// The code; empty where nothing is ticked.
    pub code: String,
}

/// What came of handing the result on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Copied {
    /// Nobody has asked for it.
    #[default]
    No,
    /// It is copied.
    Yes,
    /// The browser refused to copy, to share or to print: the person copies this text by hand.
    Refused(Way, String),
}

/// A way to take the result along that a browser may refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The clipboard.
    Copy,
    /// The browser's own sharing.
    Share,
    /// Paper.
    Print,
}

/// Answers that were kept from an earlier visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// When the last of them was given, in words.
    pub when: String,
}
