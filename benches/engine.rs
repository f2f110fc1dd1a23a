//! How long one changed answer takes, from the answers to the decision: under 1 ms also on a check of 3,000 questions.
//!
//! `cargo bench` prints the figures. This package reads no TOML, so the large check is generated; the shipped one is
//! timed where it is read, in `compiler/tests/all/decide.rs`, and 20,000 decisions on it must take under 2 seconds there.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "criterion's macros make an undocumented function"
)]

#[path = "../tests/laws/large.rs"]
mod large;

use criterion::{Criterion, criterion_group, criterion_main};
use mesocheck::engine::{Standing, decide, journey, replay};

fn one_changed_answer(criterion: &mut Criterion) {
    let (check, mut answers) = large::large();
    let now = large::NOW;
    let mut round = 0;
    let mut change = |what: &str, work: &mut dyn FnMut(&mesocheck::model::Answers)| {
        criterion.bench_function(what, |bencher| {
            bencher.iter(|| {
                round += 1;
                large::change(&mut answers, round);
                work(&answers);
            });
        });
    };
    change("3,000 questions: replay", &mut |answers| drop(std::hint::black_box(replay(&check, answers, now))));
    change("3,000 questions: replay, decide", &mut |answers| {
        let replay = replay(&check, answers, now);
        drop(std::hint::black_box(decide(&check, &replay, Standing::Current, now.today)));
    });
    change("3,000 questions: replay, decide, journey", &mut |answers| {
        let replay = replay(&check, answers, now);
        let decision = decide(&check, &replay, Standing::Current, now.today);
        drop(std::hint::black_box(journey(&check, &replay, &decision)));
    });
}

criterion_group!(benches, one_changed_answer);
criterion_main!(benches);
