//! The nouns. Names nothing else in the crate.

mod answers;
mod check;
mod decision;
mod faq;
mod id;
mod json;
mod labels;
mod pack;
mod rule;
mod time;

pub use answers::{Answer, Answers, KEPT_DAYS, KEYS};
pub use check::{
    Change, Check, Choice, Condition, Fault, Kind, Options, Page, Prompt, Question, Role, SafetyNet, Stops,
};
pub use decision::{Decision, Withheld};
pub use faq::{Article, Block, Evidence, Inline, SearchEntry, SearchIndex, Text};
pub use id::{CheckId, HeadlineId, OptionId, OutcomeId, PageId, QuestionId, RuleId, StepId};
pub use json::{FromJson, parse};
pub use labels::{Country, HelpLine, Labels};
pub use pack::{Clinic, FORMAT, Pack, PackError, Review, ReviewState, Storage};
pub use rule::{Action, Ask, Confidence, FirstAid, Headline, Look, Outcome, Rule, Scope, Source, Unsure, Wait, Within};
pub use time::{Date, Moment, Now};
