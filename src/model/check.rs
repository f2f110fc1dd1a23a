//! A check: questions in order, rules over their answers, outcomes they lead to.

use crate::model::{
    Action, CheckId, Date, FirstAid, Headline, OptionId, Outcome, PageId, QuestionId, Rule, Source, StepId,
};
use serde::Serialize;

/// A compiled check. Questions, options, outcomes and sources are named by their place in these lists.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Its name in content and storage.
    pub id: CheckId,
    /// Its title.
    pub title: String,
    /// First lines of its start screen.
    pub lead: String,
    /// Short lines of its start screen.
    pub points: Vec<String>,
    /// Whether answers may be kept on the device.
    pub keeps_answers: bool,
    /// After this day the mildest outcome is no longer shown.
    pub review_by: Date,
    /// The ladder, mildest first.
    pub outcomes: Vec<Outcome>,
    /// Other titles of outcomes; the first that fits is shown.
    pub headlines: Vec<Headline>,
    /// Parts of the check, in order.
    pub steps: Vec<(StepId, String)>,
    /// Screens, in order.
    pub pages: Vec<Page>,
    /// Questions, in order.
    pub questions: Vec<Question>,
    /// Rules, in order. A table's rule may stand here several times under one id, for answers that exclude each other.
    pub rules: Vec<Rule>,
    /// Headings for whom to ask.
    pub asks: Vec<(crate::model::Ask, String)>,
    /// What to do while waiting for help.
    pub first_aid: Vec<FirstAid>,
    /// Sources that rules name.
    pub sources: Vec<Source>,
    /// What time or care can change about an answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
    /// What to ask at a consultation, by what was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_ask: Vec<Prompt>,
    /// What to bring to it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_bring: Vec<Prompt>,
    /// What to watch for, shown below every result that is no emergency.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub safety_net: Option<SafetyNet>,
}

pub use safety_net::SafetyNet;
mod safety_net {
    use serde::Serialize;

    /// What to watch for, and what it asks for.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize)]
    pub struct SafetyNet {
        /// Heading.
        pub title: String,
        /// Signs that need a doctor the same day.
        pub doctor: Vec<String>,
        /// Signs that need emergency help.
        pub emergency: Vec<String>,
        /// What holds for later months.
        pub later: String,
        /// The last line.
        pub closing: String,
    }
}

/// What time or care can change about an answer: one day an option no longer fits. It never rewards giving up care, and
/// nobody is invited to answer otherwise today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Place of the question.
    pub question: usize,
    /// Place of the option that will no longer fit.
    pub option: usize,
    /// Place of the option that holds then, where no other is left.
    pub to: usize,
    /// What must have happened, as a sentence. Empty: the wait of the option's rule says it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// Something to ask or to bring.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// Ids of questions or rules: it is for results with a finding of one of them. None: for every result.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<String>,
    /// The words.
    pub text: String,
}

/// Questions that stand on one screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its name in content.
    pub id: PageId,
    /// Place of its step.
    pub step: usize,
    /// Its title, where it holds several questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Places of its questions.
    pub questions: Vec<usize>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Question {
    /// Its name in content, storage and markup.
    pub id: QuestionId,
    /// Changes when the question or its options change, so that an old answer is asked again.
    pub print: String,
    /// Place of its step.
    pub step: usize,
    /// How it is answered.
    pub kind: Kind,
    /// When it is asked; always, if `None`. Names only earlier questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask_when: Option<Condition>,
    /// Minutes after which a stored answer must be given again; `None`: never.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fresh_for: Option<i64>,
    /// Options that end the check.
    #[serde(skip_serializing_if = "Options::is_empty")]
    pub ends: Options,
    /// Options that untick all others.
    #[serde(skip_serializing_if = "Options::is_empty")]
    pub exclusive: Options,
    /// The option that raises nothing.
    pub clear: usize,
    /// Whether "none" beside a ticked sign is asked about, never silently resolved.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub warning_signs: bool,
    /// Whether its answer stays out of a hand-over unless the person wants it in.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
    /// The question in words.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// Help with answering.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// What it is about, in two to four words.
    pub topic: String,
    /// Its options, in order.
    pub options: Vec<Choice>,
}

/// An option of a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Its name within the question.
    pub id: OptionId,
    /// Key words: they stand alone in lists of answers.
    pub label: String,
    /// Examples, on a second line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub examples: String,
}

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Exactly one option.
    One,
    /// One or more options.
    Many,
    /// A whole number within bounds, or one of the options (all of them exclusive).
    Number {
        /// Smallest number.
        min: i64,
        /// Largest number.
        max: i64,
    },
}

/// A set of options of one question, as bits by their place. A question has at most [`Options::MOST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Options(pub u64);

impl Options {
    /// The largest number of options of one question.
    pub const MOST: usize = 64;

    /// No option.
    pub const NONE: Self = Self(0);

    /// The option at `place`; no option beyond [`Options::MOST`].
    pub fn one(place: usize) -> Self {
        u32::try_from(place).ok().and_then(|place| 1_u64.checked_shl(place)).map_or(Self::NONE, Self)
    }

    /// Whether it holds no option.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if passes a reference")]
    pub fn is_empty(&self) -> bool {
        self.0 == 0
    }

    /// Whether both hold some option.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether it holds every option of `other`.
    pub fn holds(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The options of either.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The options that are not in `other`.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The options of both.
    #[must_use]
    pub fn common(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Places of its options, in order.
    pub fn places(self) -> impl Iterator<Item = usize> {
        (0..Self::MOST).filter(move |place| self.meets(Self::one(*place)))
    }
}

/// When a question is asked, or a rule fires. An answer that is missing or inert satisfies nothing but a `Not`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The answer to the question at this place has any of these options.
    AnyOf(usize, Options),
    /// It has all of them.
    AllOf(usize, Options),
    /// Its number is this or more.
    AtLeast(usize, i64),
    /// Its number is this or less.
    AtMost(usize, i64),
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
}

impl Condition {
    /// Calls `seen` with the place of every question it names.
    pub fn questions(&self, seen: &mut impl FnMut(usize)) {
        match self {
            Self::AnyOf(question, _)
            | Self::AllOf(question, _)
            | Self::AtLeast(question, _)
            | Self::AtMost(question, _) => seen(*question),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.questions(seen)),
            Self::Not(part) => part.questions(seen),
        }
    }
}

/// Where an outcome stops the check on Continue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stops {
    /// Wherever it is raised.
    Anywhere,
    /// Where a question of the first step raises it.
    FirstStep,
}

/// What is wrong with a compiled check: it names a place that does not exist, or a question too early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

/// What a check is for. Its name says it, and nothing else does: not what it keeps, nor what it asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Before a treatment: whether to book one.
    Before,
    /// After a treatment: whether what one sees is normal.
    After,
}

impl Check {
    /// What it is for.
    pub fn role(&self) -> Role {
        if self.id.as_str() == "aftercare" { Role::After } else { Role::Before }
    }

    /// Holds every place it names against its lists, so that what follows need not.
    ///
    /// # Errors
    /// The first place that is out of range, or a condition that names a later question.
    pub fn verified(self) -> Result<Self, Fault> {
        let fault = |what: &str, id: &str| Err(Fault(format!("{what}: {id}")));
        for (place, question) in self.questions.iter().enumerate() {
            let early = question.ask_when.as_ref().is_none_or(|when| names_only(when, place));
            let bounded = question.options.len() <= Options::MOST && question.step < self.steps.len();
            if !early || !bounded || question.clear >= question.options.len().max(1) {
                return fault("question", question.id.as_str());
            }
        }
        for rule in &self.rules {
            let outcome = rule.outcome.is_none_or(|outcome| outcome < self.outcomes.len());
            let sources = rule.sources.iter().all(|source| *source < self.sources.len());
            if !outcome || !sources || !names_only(&rule.when, self.questions.len()) {
                return fault("rule", rule.id.as_str());
            }
        }
        for change in &self.changes {
            let options = self.questions.get(change.question).map_or(0, |question| question.options.len());
            if change.option >= options || change.to >= options {
                return fault("change", &change.text);
            }
        }
        for page in &self.pages {
            if page.step >= self.steps.len() || page.questions.iter().any(|question| *question >= self.questions.len())
            {
                return fault("page", page.id.as_str());
            }
        }
        Ok(self)
    }

    /// Place and question of an id.
    pub fn question(&self, id: &str) -> Option<(usize, &Question)> {
        self.questions.iter().enumerate().find(|(_, question)| question.id.as_str() == id)
    }

    /// The action a rule asks for, if any.
    pub fn action(&self, rule: usize) -> Option<Action> {
        self.rules.get(rule).and_then(|rule| rule.action)
    }
}

fn names_only(when: &Condition, below: usize) -> bool {
    let mut known = true;
    when.questions(&mut |question| known &= question < below);
    known
}

impl Question {
    /// Place of an option.
    pub fn option(&self, id: &str) -> Option<usize> {
        self.options.iter().position(|option| option.id.as_str() == id)
    }

    /// Every option that is not exclusive.
    pub fn signs(&self) -> Options {
        Options(!0).without(self.exclusive)
    }
}
