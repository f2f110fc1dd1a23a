//! Where the review of the content stands: who signed it, what is still open, and what is out of date.

use crate::pack;
use crate::read::{CheckContent, Content, Signature};
use mesocheck::model::{Confidence, Date, Review, ReviewState, Rule};
use std::collections::BTreeSet;

/// The mildest place of the ladder at which a rule says more than "talk to somebody".
const ABOVE_TALK: usize = 2;

/// Something a clinician has yet to settle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpenPoint {
    /// What kind of thing.
    pub kind: Open,
    /// Its check; empty where it belongs to none.
    pub check: String,
    /// The rule, or the file and line.
    pub what: String,
}

/// What can be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Open {
    /// A rule rests on a guess, leads to `wait` or worse, and no clinician stands behind it by name.
    NobodyAgreed,
    /// A rule names general knowledge only.
    GeneralKnowledge,
    /// Its day to be looked at again is past.
    OutOfDate,
}

impl Open {
    /// Every kind.
    pub const ALL: &[Self] = &[Self::NobodyAgreed, Self::GeneralKnowledge, Self::OutOfDate];

    /// In words.
    pub fn says(self) -> &'static str {
        match self {
            Self::NobodyAgreed => "of low confidence without agreed_by",
            Self::GeneralKnowledge => "resting on general knowledge alone",
            Self::OutOfDate => "past review_by",
        }
    }
}

/// The state of the review. A signature counts only for the content that has its hash, and only where the checks do what
/// was last agreed.
pub fn of(content: &Content) -> Review {
    let signature = fitting(content).last().filter(|_| content.agreed);
    let state = match signature {
        _ if content.signatures.withdrawn => ReviewState::Withdrawn,
        Some(_) => ReviewState::Signed,
        None => ReviewState::Draft,
    };
    let by = signature.map(|signature| signature.by.clone()).unwrap_or_default();
    let on = signature.map(|signature| signature.on.value.to_string()).unwrap_or_default();
    Review { state, by, on }
}

fn fitting(content: &Content) -> impl Iterator<Item = &Signature> {
    let hash = pack::hash(content);
    content.signatures.all.iter().filter(move |signature| signature.hash.value == hash)
}

/// Everything a clinician has yet to settle, in order.
pub fn open_points(content: &Content, today: Date) -> Vec<OpenPoint> {
    let mut points: BTreeSet<OpenPoint> = content.checks.iter().flat_map(|known| of_rules(content, known)).collect();
    let past = content.days.ahead.iter().filter(|day| day.value < today);
    points.extend(past.map(|day| OpenPoint {
        kind: Open::OutOfDate,
        check: String::new(),
        what: format!("{}:{}", day.at.path(), day.at.line()),
    }));
    points.into_iter().collect()
}

fn of_rules<'a>(content: &'a Content, known: &'a CheckContent) -> impl Iterator<Item = OpenPoint> + 'a {
    let kinds = move |rule: &Rule| {
        let nobody = rests_on_little(rule) && !known.agreed.contains_key(&rule.id);
        let general = names_only_general_knowledge(content, rule);
        [nobody.then_some(Open::NobodyAgreed), general.then_some(Open::GeneralKnowledge)].into_iter().flatten()
    };
    known.check.rules.iter().flat_map(move |rule| {
        kinds(rule).map(|kind| OpenPoint { kind, check: known.check.id.to_string(), what: rule.id.to_string() })
    })
}

/// Whether a guess alone turns a person away.
fn rests_on_little(rule: &Rule) -> bool {
    rule.confidence == Confidence::Low && rule.outcome.is_some_and(|level| level >= ABOVE_TALK)
}

fn names_only_general_knowledge(content: &Content, rule: &Rule) -> bool {
    let mut sources = rule.sources.iter().filter_map(|place| content.sources.get(*place)).peekable();
    sources.peek().is_some() && sources.all(|source| source.checked == "C")
}

/// Reports signatures under content that has rules nobody may sign yet.
pub fn hold_signatures(content: &Content) {
    let open = content.checks.iter().flat_map(|known| of_rules(content, known));
    let open: BTreeSet<String> =
        open.filter(|point| point.kind == Open::NobodyAgreed).map(|point| point.what).collect();
    if open.is_empty() {
        return;
    }
    let names: Vec<&str> = open.iter().map(String::as_str).collect();
    for signature in fitting(content) {
        let what = format!("This content cannot be signed: {} rules rest on a guess: {}", open.len(), names.join(", "));
        let help = "Add agreed_by = \"Dr …\" to each, beside its confidence: the clinician who stands behind it. `mesocheck \
                    dossier` writes the document to read before.";
        signature.hash.at.report(what, help);
    }
}

/// Reports days that are past or to come and must not be.
pub fn hold_days(content: &Content, today: Date) {
    for day in content.days.ahead.iter().filter(|day| day.value < today) {
        let what = format!("This was to be looked at again by {}, and today is {today}", day.value);
        day.at.report(what, "Let a clinician look at it, then move the day.");
    }
    for day in content.days.behind.iter().filter(|day| day.value > today) {
        day.at.report(format!("{} is still to come", day.value), "Write the day it was done.");
    }
}
