//! Makes the code a person asks for.

use crate::browser::{address, clock};
use crate::engine::Given;
use crate::engine::handover::{Book, Handover, chosen, parts, seal, wishes};
use crate::model::{Check, Options, Pack};
use crate::view::take::consults;
use crate::view::{Made, State};

/// The parts that go in unless the person changes it, and what they want to ask.
pub fn packed(check: &Check) -> Options {
    let parts = parts(check);
    let open = parts.iter().enumerate().filter(|(_, part)| !part.private).map(|(place, _)| place);
    open.chain([parts.len()]).fold(Options::NONE, |set, place| set.with(Options::one(place)))
}

/// The code for what is ticked. `page`: where it is read.
pub fn make(pack: &Pack, state: &State, page: &str) -> Made {
    let (parts, packed) = (parts(&pack.check), state.packed);
    let wanted = parts.iter().enumerate().filter(|(place, _)| packed.meets(Options::one(*place)));
    let questions: Vec<usize> = wanted.flat_map(|(_, part)| &part.questions).copied().collect();
    let given = chosen(&state.replay, &questions);
    let wishes = wishes(&pack.check, &state.decision, &questions).without(state.unasked);
    let wishes = if packed.meets(Options::one(parts.len())) && consults(&pack.check, &state.decision) {
        wishes
    } else {
        Options::NONE
    };
    let some = !wishes.is_empty() || given.iter().any(Given::is_some);
    let handover = Handover { day: u16::try_from(clock::day(state.made).0).unwrap_or_default(), given, wishes };
    let address = address::whole(page).map(|page| page + "#").unwrap_or_default();
    let code = if some { seal(&book(pack), &handover) } else { String::new() };
    Made { address, code }
}

/// The content that codes are made with and read by here.
pub fn book(pack: &Pack) -> Book<'_> {
    Book { check: &pack.check, hash: &pack.hash, wishes: pack.check.to_ask.len() }
}
