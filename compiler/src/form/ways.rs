//! Conditions taken apart: the ways in which one can hold, each a plain list of things that must all be so.

use mesocheck::model::{Condition, Options};

/// One way in which a condition can hold: every part holds, or does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Way(Vec<(Condition, bool)>);

impl Way {
    /// Boxes of which one must be ticked, by question.
    pub fn ticked(&self) -> impl Iterator<Item = (usize, Options)> {
        self.0.iter().filter_map(|part| {
            let (Condition::AnyOf(question, set), true) = part else { return None };
            Some((*question, *set))
        })
    }

    /// What else must be so, or must not.
    pub fn rest(&self) -> impl Iterator<Item = (&Condition, bool)> {
        let rest = self.0.iter().filter(|part| !matches!(part, (Condition::AnyOf(..), true)));
        rest.map(|(leaf, holds)| (leaf, *holds))
    }

    /// The last question it names. `None` where something must not be so: that is known at the very end only.
    pub fn settled_by(&self) -> Option<usize> {
        let mut last = None;
        self.0.iter().for_each(|(leaf, _)| leaf.questions(&mut |question| last = last.max(Some(question))));
        last.filter(|_| self.0.iter().all(|(_, holds)| *holds))
    }
}

/// Every way in which a condition can hold.
pub fn ways(when: &Condition) -> Vec<Way> {
    taken_apart(when, true)
}

fn taken_apart(when: &Condition, holds: bool) -> Vec<Way> {
    match (when, holds) {
        (Condition::Not(part), _) => taken_apart(part, !holds),
        (Condition::AllOf(question, set), _) => {
            let each: Vec<Condition> =
                set.places().map(|place| Condition::AnyOf(*question, Options::one(place))).collect();
            if holds { together(&each, holds) } else { one_of(&each, holds) }
        }
        (Condition::All(parts), true) | (Condition::Any(parts), false) => together(parts, holds),
        (Condition::All(parts), false) | (Condition::Any(parts), true) => one_of(parts, holds),
        (Condition::AnyOf(..) | Condition::AtLeast(..) | Condition::AtMost(..), _) => {
            vec![Way(vec![(when.clone(), holds)])]
        }
    }
}

fn one_of(parts: &[Condition], holds: bool) -> Vec<Way> {
    parts.iter().flat_map(|part| taken_apart(part, holds)).collect()
}

fn together(parts: &[Condition], holds: bool) -> Vec<Way> {
    parts.iter().fold(vec![Way::default()], |before, part| {
        let these = taken_apart(part, holds);
        let both =
            |way: &Way| these.iter().map(|more| Way([way.0.clone(), more.0.clone()].concat())).collect::<Vec<Way>>();
        before.iter().flat_map(both).collect()
    })
}
