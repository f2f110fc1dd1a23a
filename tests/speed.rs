//! How long one changed answer may take. `cargo bench` tells how long it takes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic, also outside its own function")]

#[path = "laws/large.rs"]
mod large;

use mesocheck::engine::{Standing, decide, replay};
use std::time::Instant;

#[test]
fn one_changed_answer_of_3000_questions_is_decided_in_under_5_milliseconds() {
    let (check, mut answers) = large::large();
    let rounds = (0..20).map(|round| {
        large::change(&mut answers, round);
        let start = Instant::now();
        let replay = replay(&check, &answers, large::NOW);
        let decision = decide(&check, &replay, Standing::Current, large::NOW.today);
        let taken = start.elapsed();
        assert!(decision.findings.len() > 100, "the check must have work to do");
        taken
    });
    // The quickest round: the others measure what else this machine does.
    let quickest = rounds.min().unwrap();
    println!("{quickest:?}");
    assert!(quickest.as_micros() < 5000, "{quickest:?}");
}
