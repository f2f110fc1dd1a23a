//! What ticking an option does to the others, and which sets must be asked about.

use crate::engine::Given;
use crate::model::{Kind, Options, Question};

/// The options of a question after the one at `place` was ticked or unticked.
///
/// An exclusive option unticks the rest and the rest untick it, but for warning signs: there "none" beside a sign keeps
/// both, and [`clash`] asks which is right, so that no slip of the thumb erases a sign.
pub fn tick(question: &Question, chosen: Options, place: usize, on: bool) -> Options {
    let this = Options::one(place);
    if !on {
        return chosen.without(this);
    }
    match question.kind {
        Kind::One | Kind::Number { .. } => this,
        Kind::Many if question.warning_signs => chosen.with(this),
        Kind::Many if question.exclusive.meets(this) => this,
        Kind::Many => chosen.without(question.exclusive).with(this),
    }
}

/// Warning signs ticked together with an option that denies them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The signs.
    pub signs: Options,
    /// What denies them.
    pub denied_by: Options,
}

/// What stands against each other in an answer, if anything does.
pub fn clash(question: &Question, given: Given) -> Option<Clash> {
    let denied_by = given.options.common(question.exclusive);
    let signs = given.options.without(question.exclusive);
    let several = denied_by.places().count() > 1;
    (!denied_by.is_empty() && (!signs.is_empty() || several)).then_some(Clash { signs, denied_by })
}
