//! Rules and what they lead to.

use crate::model::{Condition, HeadlineId, OutcomeId, RuleId, Stops};
use serde::Serialize;

/// A condition, and what follows from it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rule {
    /// `question.option`, or a name of its own.
    pub id: RuleId,
    /// When it fires.
    pub when: Condition,
    /// Place of its outcome; `None`: a note, which raises nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<usize>,
    /// What the person reads.
    pub reason: String,
    /// The help it asks for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Whom to ask about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<Ask>,
    /// What the reason is about: the person, the moment, the area, the goal, the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<Scope>,
    /// How long to wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// How soon to be seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub within: Option<Within>,
    /// Whether it comes from "not sure" or "prefer not to say".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unsure: Option<Unsure>,
    /// Places of its sources.
    pub sources: Vec<usize>,
    /// How sure the sources make us.
    pub confidence: Confidence,
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $text:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
        pub enum $name {
            $($(#[$item_doc])* #[serde(rename = $text)] $item),+
        }

        impl $name {
            /// Every one, in order.
            pub const ALL: &[Self] = &[$(Self::$item),+];

            /// As written in content.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$item => $text),+ }
            }
        }
    )+};
}

words! {
    /// The help a rule asks for.
    Action {
        /// Emergency services.
        Emergency = "emergency",
        /// Emergency services or a crisis line.
        Crisis = "crisis",
        /// A doctor or urgent care today.
        SameDay = "same_day",
        /// A doctor this week.
        GpSoon = "gp_soon",
        /// A doctor, no hurry.
        Gp = "gp",
        /// A pharmacist.
        Pharmacist = "pharmacist",
    }

    /// Whom to ask, most pressing first.
    Ask {
        /// A doctor this week.
        DoctorSoon = "doctor_soon",
        /// A doctor, no hurry.
        Doctor = "doctor",
        /// The team that looks after the person already.
        Team = "team",
        /// A pharmacist.
        Pharmacist = "pharmacist",
        /// The person who would treat them.
        Practitioner = "practitioner",
        /// The person themself.
        Self_ = "self",
    }

    /// What a reason is about.
    Scope {
        /// Not for children.
        Adults = "adults",
        /// The person, for good.
        Person = "person",
        /// The person, for now.
        Now = "now",
        /// The area of the body.
        Area = "area",
        /// What they hope for.
        Goal = "goal",
        /// The offer.
        Provider = "provider",
    }

    /// The colour and shape of an outcome.
    Look {
        /// Neutral: an open door.
        Clear = "clear",
        /// Two speech bubbles.
        Talk = "talk",
        /// A calendar leaf.
        Wait = "wait",
        /// A circle with a bar.
        Against = "against",
        /// A square with a clock.
        Today = "today",
        /// An octagon with a handset.
        Emergency = "emergency",
    }

    /// How soon to be seen.
    Within {
        /// At once.
        Now = "now",
        /// Within hours.
        Hours = "hours",
        /// The same day.
        Today = "today",
        /// Within two days.
        TwoDays = "two_days",
        /// Within a week.
        Week = "week",
    }

    /// How sure the sources make us.
    Confidence {
        /// Well established.
        High = "high",
        /// Sensible, few studies.
        Medium = "medium",
        /// A cautious guess.
        Low = "low",
    }

    /// An answer that says nothing either way.
    Unsure {
        /// "Not sure".
        NotSure = "not_sure",
        /// "Prefer not to say".
        PreferNot = "prefer_not",
    }
}

/// How long to wait. Days are counted from an event; a date is shown only if that is today, or a day the person gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Wait {
    /// Days; 0: until something is true, which `until` says.
    pub days: u32,
    /// The event they are counted from; `None`: today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Until when, in words.
    pub until: String,
}

/// A level on the ladder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Its name in content and markup.
    pub id: OutcomeId,
    /// What the person reads first.
    pub title: String,
    /// What to do, in a sentence or two.
    pub lead: String,
    /// Whether it may be shown while answers are missing.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub shown_incomplete: bool,
    /// Where it stops the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stops: Option<Stops>,
    /// Whether a booking link may stand beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub book: bool,
    /// Whether the list of what to do at home stands below it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub self_care: bool,
    /// Its colour and shape.
    pub look: Look,
}

/// A title in place of an outcome's own. Every demand that is set must be met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Headline {
    /// Its name in content.
    pub id: HeadlineId,
    /// Places of the outcomes it may replace the title of.
    pub outcomes: Vec<usize>,
    /// Some finding asks for this person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_ask: Option<Ask>,
    /// Every finding at the outcome asks for one of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_ask: Vec<Ask>,
    /// Every finding at the outcome comes from "not sure" or "prefer not to say".
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub only_unsure: bool,
    /// Some finding at the outcome is about this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_scope: Option<Scope>,
    /// Some finding at the outcome wants the person seen this soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub any_within: Option<Within>,
    /// Every finding at the outcome wants the person seen this soon.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only_within: Option<Within>,
    /// There is no finding.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nothing_found: bool,
    /// Title.
    pub title: String,
    /// What to do, in a sentence or two.
    pub lead: String,
}

/// What to do while waiting for help.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FirstAid {
    /// The rules it belongs to.
    pub signs: Vec<RuleId>,
    /// What to do, line by line.
    pub text: Vec<String>,
}

/// Where a fact comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Source {
    /// Its key in content.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// What it is.
    pub title: String,
    /// Who published it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    /// Where to find it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// How far it was checked: A, B, C or D (see the content guide).
    pub checked: String,
    /// When it was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub checked_on: Option<crate::model::Date>,
    /// Its limits.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub note: String,
}
