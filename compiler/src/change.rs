//! What a change of the content does to patients: which answer sets get another decision, by what, and a patient for
//! each. Compared are all complete answer sets that both versions take.

mod atom;
mod behaviour;
mod joint;
mod scales;
mod words;

pub use words::changed_words;

use crate::change::atom::atoms;
use crate::change::joint::{Joint, join};
use crate::change::scales::{Scales, Weighed};
use crate::proof::Patient;
use crate::proof::circuit::Bit;
use crate::signed::stops_word;
use anyhow::Result;
use mesocheck::model::{Check, Outcome, Question};
use num_bigint::BigUint;

/// What differs between two versions of a check.
#[derive(Debug)]
pub struct Difference {
    /// How many answer sets are compared; `None`: not counted within the limit.
    pub compared: Option<BigUint>,
    /// Answer sets that get another decision, by what causes it; milder ones first. Groups may overlap.
    pub groups: Vec<Group>,
    /// Parts of the change by which no answer set gets another decision.
    pub without_effect: Vec<String>,
    /// What changed apart from decisions: freshness, stops, booking.
    pub settings: Vec<(String, Direction)>,
}

/// Answer sets that get another decision by one cause.
#[derive(Debug)]
pub struct Group {
    /// What was changed.
    pub cause: String,
    /// How many answer sets get another decision by it alone.
    pub count: Option<BigUint>,
    /// What changes for them, milder first.
    pub effects: Vec<Effect>,
    /// The smallest of the first effect, before and after.
    pub patient: Option<(Patient, Patient)>,
}

/// One way in which decisions change.
#[derive(Debug)]
pub struct Effect {
    /// In words.
    pub what: String,
    /// Where it leads.
    pub direction: Direction,
    /// For how many answer sets.
    pub count: Option<BigUint>,
}

/// Where a change leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To less care.
    Milder,
    /// To more care.
    Stricter,
    /// Neither, or it cannot be said.
    Other,
}

impl Direction {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Milder => "milder",
            Self::Stricter => "stricter",
            Self::Other => "neither milder nor stricter",
        }
    }
}

impl Difference {
    /// Whether every answer set gets the same decision, and nothing else changed.
    pub fn is_nothing(&self) -> bool {
        self.groups.is_empty() && self.settings.is_empty()
    }

    /// Whether something leads to less care.
    pub fn is_milder(&self) -> bool {
        let effects = self.groups.iter().flat_map(|group| group.effects.iter().map(|effect| effect.direction));
        effects.chain(self.settings.iter().map(|(_, direction)| *direction)).any(|to| to == Direction::Milder)
    }
}

/// Compares two versions of a check.
///
/// # Errors
/// Where they cannot be compared at all; it says why.
pub fn difference(old: &Check, new: &Check) -> Result<Difference> {
    let joint = join(old, new)?;
    let mut scales = Scales::new(&joint);
    let (before, after) = (scales.put(&joint.old), scales.put(&joint.new));
    let whole = scales.weigh(&before, &after);
    let mut groups = Vec::new();
    let mut without_effect = Vec::new();
    let mut explained = Bit::FALSE;
    for atom in atoms(&joint) {
        let alone = scales.put(&atom.applied(&joint));
        let weighed = scales.weigh(&before, &alone);
        explained = scales.either(explained, weighed.changed);
        match scales.group((old, new), &weighed, &atom.cause) {
            Some(group) => groups.push(group),
            // What hangs on an answer only one version has is told with that answer.
            None if joint.only_in_one(&atom.rules) => {}
            None => without_effect.push(atom.cause),
        }
    }
    let rest = scales.but(whole.changed, explained);
    let rest = Weighed { changed: rest, ..whole };
    groups.extend(scales.group((old, new), &rest, "Several changes together, none of them alone"));
    groups.extend(scales.only_in_one((old, new), &before, &after));
    groups.sort_by_key(|group| group.effects.iter().map(|effect| effect.direction).min());
    Ok(Difference {
        compared: scales.count(&rest.domain, Bit::TRUE),
        groups,
        without_effect,
        settings: settings(&joint),
    })
}

/// Whether two versions decide the same for everybody, and nothing else changed. Quicker than the whole difference.
///
/// # Errors
/// Where they cannot be compared at all.
pub fn same(old: &Check, new: &Check) -> Result<bool> {
    let joint = join(old, new)?;
    let special = [&joint.new_options, &joint.gone_options].into_iter().flatten().any(|options| !options.is_empty());
    if special || !settings(&joint).is_empty() {
        return Ok(false);
    }
    let mut scales = Scales::new(&joint);
    let (before, after) = (scales.put(&joint.old), scales.put(&joint.new));
    let whole = scales.weigh(&before, &after);
    Ok(!scales.can_change(&whole))
}

/// What changed apart from decisions.
fn settings(joint: &Joint) -> Vec<(String, Direction)> {
    let outcomes = joint.old.outcomes.iter().zip(&joint.new.outcomes).flat_map(|(was, is)| outcome_settings(was, is));
    let both = joint.old.questions.iter().zip(&joint.new.questions).enumerate();
    let both = both.filter(|(place, _)| !joint.new_questions.contains(place) && !joint.gone_questions.contains(place));
    outcomes.chain(both.flat_map(|(_, (was, is))| question_settings(was, is))).collect()
}

/// Milder where it was and is not; stricter where it was not and is.
fn lost(was: bool, is: bool, what: impl FnOnce() -> String) -> Option<(String, Direction)> {
    (was != is).then(|| (what(), if was { Direction::Milder } else { Direction::Stricter }))
}

fn outcome_settings(was: &Outcome, is: &Outcome) -> Vec<(String, Direction)> {
    let word = |outcome: &Outcome| outcome.stops.map_or("nowhere", stops_word);
    let care =
        |outcome: &Outcome| ["nowhere", "first_step", "anywhere"].iter().position(|known| *known == word(outcome));
    let stops = (was.stops != is.stops).then(|| {
        let direction = if care(is) < care(was) { Direction::Milder } else { Direction::Stricter };
        (format!("`{}` stops the check {} instead of {}", is.id, word(is), word(was)), direction)
    });
    let early = lost(was.shown_incomplete, is.shown_incomplete, || {
        let now = if is.shown_incomplete { "is now" } else { "is no longer" };
        format!("`{}` {now} shown while answers are missing", is.id)
    });
    let book = lost(!was.book, !is.book, || {
        let now = if is.book { "may now" } else { "may no longer" };
        format!("a booking link {now} stand beside `{}`", is.id)
    });
    [stops, early, book].into_iter().flatten().collect()
}

fn question_settings(was: &Question, is: &Question) -> Vec<(String, Direction)> {
    let hours =
        |fresh: Option<i64>| fresh.map_or_else(|| "for ever".into(), |minutes| format!("for {} h", minutes / 60));
    let fresh = (was.fresh_for != is.fresh_for).then(|| {
        let longer = is.fresh_for.unwrap_or(i64::MAX) > was.fresh_for.unwrap_or(i64::MAX);
        let direction = if longer { Direction::Milder } else { Direction::Stricter };
        (
            format!(
                "the answer to `{}` stays fresh {} instead of {}",
                is.id,
                hours(is.fresh_for),
                hours(was.fresh_for)
            ),
            direction,
        )
    });
    let signs = lost(was.warning_signs, is.warning_signs, || {
        let now = if is.warning_signs { "now asks" } else { "no longer asks" };
        format!("`{}` {now} which is right where \"none\" stands beside a sign", is.id)
    });
    let private = lost(was.private, is.private, || {
        let now = if is.private { "now stays" } else { "no longer stays" };
        format!("the answer to `{}` {now} out of a hand-over until the person wants it in", is.id)
    });
    let step = (was.step == 0) != (is.step == 0);
    let step = step.then(|| {
        let direction = if was.step == 0 { Direction::Milder } else { Direction::Stricter };
        (format!("`{}` {} in the first step", is.id, if is.step == 0 { "is now" } else { "is no longer" }), direction)
    });
    let form = (was.kind != is.kind || was.exclusive != is.exclusive)
        .then(|| (format!("answers to `{}` go together in another way", is.id), Direction::Other));
    let clear = (was.clear != is.clear).then(|| (format!("`{}` has another clear answer", is.id), Direction::Other));
    [fresh, signs, private, step, form, clear].into_iter().flatten().collect()
}
