//! Tries the engine against the circuit and the diagrams on random answer sets. What a diagram is made of, it cannot
//! prove; so it is tried, on complete sets, on answers to questions nobody asks, on gaps, and on what no screen allows.

use crate::proof::circuit::Bit;
use crate::proof::diagram::{Diagram, Limit, diagram};
use crate::proof::encode::Encoding;
use crate::proof::patient::{answers, day, decided, expected};
use crate::proof::sat::Model;
use crate::proof::{Space, Trial};
use fastrand::Rng;
use mesocheck::model::{Answers, Check, Kind, Options};

/// How many answer sets are looked at together.
const LANES: u32 = 64;

/// Tries at least `wanted` random answer sets on two threads; always the same ones.
pub fn run(check: &Check, encoding: &Encoding, wanted: usize) -> Trial {
    let levels = level_diagrams(encoding);
    let half = wanted.div_ceil(2);
    let (mut one, other) = std::thread::scope(|scope| {
        let other = scope.spawn(|| tried(check, encoding, levels.as_deref(), half, 2));
        (tried(check, encoding, levels.as_deref(), half, 1), other.join())
    });
    match other {
        Ok(other) => {
            one.sets += other.sets;
            one.withheld += other.withheld;
            one.by_outcome.iter_mut().zip(other.by_outcome).for_each(|(sum, count)| *sum += count);
            one.wrong.extend(other.wrong);
        }
        // A panic of the engine is a wrong decision; it was printed.
        Err(_) => one.wrong.push(Answers::new()),
    }
    one
}

fn tried(check: &Check, encoding: &Encoding, levels: Option<&[Diagram]>, wanted: usize, seed: u64) -> Trial {
    let mut rng = Rng::with_seed(seed);
    let mut trial = Trial { sets: 0, by_outcome: vec![0; check.outcomes.len()], withheld: 0, wrong: Vec::new() };
    while trial.sets < wanted && trial.wrong.len() < 3 {
        let mut models: Vec<Model> = (0..LANES).map(|_| random(check, encoding, &mut rng)).collect();
        if rng.bool() {
            only(&encoding.asked, encoding, &mut models);
        }
        let values = encoding.circuit.evaluate(&words(encoding, &models));
        for (lane, model) in (0..LANES).zip(&models) {
            let mut answers = answers(check, &encoding.atoms, model, day(check));
            if lane % 8 == 0 {
                answers = shuffled(&answers, &mut rng);
            }
            let decision = decided(check, &answers);
            let level = levels.map(|levels| level_of(levels, model));
            let found = decision.findings.first().and_then(|rule| check.rules.get(*rule)?.outcome).unwrap_or_default();
            if decision != expected(check, encoding, &values, lane) || level.is_some_and(|level| level != found) {
                trial.wrong.push(answers);
            }
            match decision.outcome.and_then(|outcome| trial.by_outcome.get_mut(outcome)) {
                Some(count) => *count += 1,
                None => trial.withheld += 1,
            }
            trial.sets += 1;
        }
    }
    trial
}

/// The values of functions on some random complete answer sets: functions that differ there are not equal.
pub fn prints(check: &Check, encoding: &Encoding, functions: &[Bit]) -> Vec<Vec<u64>> {
    let mut rng = Rng::with_seed(2);
    let mut prints = vec![Vec::new(); functions.len()];
    for _ in 0..16 {
        let mut models: Vec<Model> = (0..LANES).map(|_| random(check, encoding, &mut rng)).collect();
        only(&encoding.asked, encoding, &mut models);
        let values = encoding.circuit.evaluate(&words(encoding, &models));
        for (print, function) in prints.iter_mut().zip(functions) {
            print.push(values.of(*function));
        }
    }
    prints
}

/// By function: a random answer set of a space for which it is true, where one was met.
pub fn reached(check: &Check, encoding: &Encoding, space: Space, inside: Bit, functions: &[Bit]) -> Vec<Option<Model>> {
    let mut rng = Rng::with_seed(3);
    let mut reached = vec![None; functions.len()];
    let asked = if space == Space::Journeys { &encoding.asked_on_way } else { &encoding.asked };
    for _ in 0..64 {
        let mut models: Vec<Model> = (0..LANES).map(|_| random(check, encoding, &mut rng)).collect();
        only(asked, encoding, &mut models);
        let values = encoding.circuit.evaluate(&words(encoding, &models));
        for (known, function) in reached.iter_mut().zip(functions).filter(|(known, _)| known.is_none()) {
            let lanes = values.of(*function) & values.of(inside);
            *known = usize::try_from(lanes.trailing_zeros()).ok().and_then(|lane| models.get(lane)).cloned();
        }
    }
    reached
}

/// A diagram per outcome: whether it, or a more severe one, is reached. `None` where they do not fit.
fn level_diagrams(encoding: &Encoding) -> Option<Vec<Diagram>> {
    let circuit = &encoding.circuit;
    let levels = encoding.at_least.iter().map(|level| diagram(circuit, &[*level], Limit(1 << 19)).ok());
    levels.collect()
}

fn level_of(levels: &[Diagram], model: &Model) -> usize {
    levels.iter().rposition(|level| level.holds(model)).unwrap_or_default()
}

/// A random answer set: each question legally, or not at all, or anyhow.
fn random(check: &Check, encoding: &Encoding, rng: &mut Rng) -> Model {
    let mut model = vec![false; encoding.atoms.len()];
    let (calm, gaps, wild) = (rng.f32(), rng.f32() * 0.3 * f32::from(u8::from(rng.bool())), rng.u8(0..4) == 0);
    let mut first = 0;
    for (place, question) in check.questions.iter().enumerate() {
        let count = encoding.raw.get(place).map_or(0, Vec::len);
        let number = matches!(question.kind, Kind::Number { .. });
        let mut ticks = Options::NONE;
        if wild && rng.bool() {
            let rare = rng.f32();
            ticks = (0..count).filter(|_| rng.f32() < rare).fold(ticks, |set, option| set.with(Options::one(option)));
        } else if rng.f32() < gaps || count == 0 {
            // A gap.
        } else if !number && rng.f32() < calm {
            ticks = Options::one(question.clear);
        } else if question.kind == Kind::Many && rng.u8(0..3) > 0 {
            let free = question.signs();
            let some = (0..count).filter(|option| free.meets(Options::one(*option)) && rng.u8(0..4) == 0);
            ticks = some.fold(ticks, |set, option| set.with(Options::one(option)));
        }
        let empty = ticks.is_empty() && !(wild || rng.f32() < gaps);
        if empty {
            ticks = Options::one(rng.usize(0..count.max(1)));
        }
        for (number, value) in model.iter_mut().skip(first).take(count).enumerate() {
            *value = ticks.meets(Options::one(number));
        }
        first += count;
    }
    model
}

/// Takes away the answers to questions that are not asked.
fn only(asked: &[Bit], encoding: &Encoding, models: &mut [Model]) {
    let values = encoding.circuit.evaluate(&words(encoding, models));
    for (lane, model) in (0_u32..).zip(models) {
        for (value, atom) in model.iter_mut().zip(&encoding.atoms) {
            let asked = asked.get(atom.question).copied().unwrap_or(Bit::FALSE);
            *value &= values.of(asked) >> lane & 1 == 1;
        }
    }
}

/// By variable: its value in each model, as bits of a word.
fn words(encoding: &Encoding, models: &[Model]) -> Vec<u64> {
    let of = |var: usize| {
        let set = (0_u32..).zip(models).filter(|(_, model)| model.get(var).copied().unwrap_or_default());
        set.fold(0_u64, |word, (lane, _)| word | 1 << lane)
    };
    (0..encoding.atoms.len()).map(of).collect()
}

/// The same answers, given in another order.
fn shuffled(answers: &Answers, rng: &mut Rng) -> Answers {
    let mut all: Vec<_> = answers.iter().map(|(id, answer)| (id.clone(), answer.clone())).collect();
    rng.shuffle(&mut all);
    let mut other = Answers::new();
    for (id, mut answer) in all {
        // Of several numbers the first counts, so their order is left.
        let numbers = answer.options.iter().filter(|option| option.as_str().parse::<i64>().is_ok()).count();
        if numbers < 2 {
            rng.shuffle(&mut answer.options);
        }
        other.set(id, answer.options, answer.at);
    }
    other
}
