//! Answer sets as patients: the smallest that shows something, in words, and replayed through the engine.

use crate::proof::circuit::{Bit, Circuit, Values};
use crate::proof::encode::{Answer, Atom, Encoding};
use crate::proof::sat::{Model, Sat};
use crate::proof::{Patient, Space};
use mesocheck::engine::{Standing, decide, replay};
use mesocheck::model::{Action, Answers, Check, Date, Decision, Kind, Now, OptionId, Withheld};
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// Ticks up to which patients are made as small as can be.
const MOST_TICKS: usize = 8;

/// A check, ready to be asked about.
pub struct Prover<'a> {
    /// The check.
    pub check: &'a Check,
    /// The same as a circuit.
    pub encoding: Encoding,
    /// The solver.
    pub sat: Sat,
    /// Whether it is only asked if something holds: no patient is looked for, none is replayed.
    pub quick: bool,
    /// Where engine and circuit did not agree on a patient: there is none as long as both are right.
    pub disagreements: Vec<Patient>,
    spaces: [(Space, Bit); 4],
    few: Few,
    directions: Option<(BTreeSet<usize>, BTreeSet<usize>)>,
}

/// Looks for answer sets with few ticks.
pub struct Few {
    /// Variables that are not the clear answer, in the order of the content.
    ticks: Vec<(usize, Bit)>,
    /// At least one, two, … of them.
    counted: Vec<Bit>,
}

impl Few {
    /// Makes ready; the clear answers are those of `check`.
    pub fn new(check: &Check, circuit: &mut Circuit, atoms: &[Atom]) -> Self {
        let ticks = atoms.iter().zip(circuit.vars()).enumerate();
        let ticks = ticks.filter(|(_, (atom, _))| is_tick(check, **atom)).map(|(var, (_, bit))| (var, *bit));
        let ticks: Vec<(usize, Bit)> = ticks.collect();
        let counted = circuit.counted(ticks.iter().map(|(_, bit)| *bit), MOST_TICKS);
        Self { ticks, counted }
    }

    /// An assignment for which all these functions are true, with the fewest ticks; of several, the first in the order
    /// of the content.
    pub fn find(&self, sat: &mut Sat, circuit: &Circuit, all: &[Bit]) -> Option<Model> {
        let mut fixed = all.to_vec();
        let mut model = sat.find(circuit, &fixed)?;
        let mut fewest = self.ticked(&model);
        while let Some(fewer) = fewest.checked_sub(1) {
            let place = fewer.min(MOST_TICKS - 1);
            let bound = !self.counted.get(place).copied().unwrap_or(Bit::TRUE);
            let asked: Vec<Bit> = fixed.iter().copied().chain([bound]).collect();
            let Some(better) = sat.find(circuit, &asked) else { break };
            model = better;
            fewest = self.ticked(&model);
        }
        fixed.extend(self.counted.get(fewest).map(|more| !*more));
        let mut left = fewest;
        for (_, tick) in &self.ticks {
            if left == 0 || fewest >= MOST_TICKS {
                break;
            }
            fixed.push(*tick);
            if let Some(better) = sat.find(circuit, &fixed) {
                model = better;
                left -= 1;
            } else {
                fixed.pop();
                fixed.push(!*tick);
            }
        }
        Some(model)
    }

    fn ticked(&self, model: &Model) -> usize {
        self.ticks.iter().filter(|(var, _)| model.get(*var).copied().unwrap_or_default()).count()
    }
}

/// A day on which the content is not out of date: patients are about answers, not about time.
pub fn day(check: &Check) -> Now {
    Now::at_noon(Date(check.review_by.0.saturating_sub(1)))
}

impl<'a> Prover<'a> {
    /// Makes ready.
    pub fn new(check: &'a Check, mut encoding: Encoding) -> Self {
        let (complete, journeys, facts) = (encoding.complete(), encoding.journeys(), encoding.legal.clone());
        let [complete, journeys, facts] = [complete, journeys, facts].map(|parts| encoding.circuit.all(parts));
        let few = Few::new(check, &mut encoding.circuit, &encoding.atoms);
        let spaces =
            [(Space::Any, Bit::TRUE), (Space::Facts, facts), (Space::Complete, complete), (Space::Journeys, journeys)];
        Self {
            check,
            encoding,
            sat: Sat::default(),
            quick: false,
            disagreements: Vec::new(),
            spaces,
            few,
            directions: None,
        }
    }

    /// Whether an answer set belongs to a space.
    pub fn space(&self, space: Space) -> Bit {
        self.spaces.iter().find(|(known, _)| *known == space).map_or(Bit::TRUE, |(_, bit)| *bit)
    }

    /// Whether the outcome may rise when a variable falls, or fall when it rises.
    pub fn is_risk(&mut self, var: usize, rises: bool) -> bool {
        let levels = self.encoding.at_least.get(1..).unwrap_or_default();
        let (rising, falling) = self.directions.get_or_insert_with(|| self.encoding.circuit.directions(levels));
        if rises { falling.contains(&var) } else { rising.contains(&var) }
    }

    /// Whether some answer set of a space makes a function true.
    pub fn can(&mut self, space: Space, goal: Bit) -> bool {
        let space = self.space(space);
        self.sat.can(&self.encoding.circuit, &[space, goal])
    }

    /// Some answer set of a space that makes a function true.
    pub fn some(&mut self, space: Space, goal: Bit) -> Option<Model> {
        let space = self.space(space);
        self.sat.find(&self.encoding.circuit, &[space, goal])
    }

    /// The one with the fewest ticks that are not clear; of several, the first in the order of the content. A complete
    /// one is preferred where any would do.
    pub fn smallest(&mut self, space: Space, goal: Bit) -> Option<Patient> {
        let whole = if space == Space::Any { self.fewest(Space::Complete, goal) } else { None };
        let model = whole.map_or_else(|| self.fewest(space, goal), Some)?;
        Some(self.patient(&model))
    }

    fn fewest(&mut self, space: Space, goal: Bit) -> Option<Model> {
        let space = self.space(space);
        self.few.find(&mut self.sat, &self.encoding.circuit, &[space, goal])
    }

    /// A model as a patient, replayed through the engine. Where the two do not agree, that is kept.
    pub fn patient(&mut self, model: &Model) -> Patient {
        let assignment: Vec<u64> = model.iter().map(|value| u64::from(*value)).collect();
        let values = self.encoding.circuit.evaluate(&assignment);
        let answers = answers(self.check, &self.encoding.atoms, model, day(self.check));
        let decision = decided(self.check, &answers);
        let asked = |place: usize| self.encoding.asked.get(place).is_some_and(|asked| values.of(*asked) & 1 == 1);
        let words = words(self.check, &self.encoding.atoms, model, asked);
        let patient = seen(self.check, &answers, &decision, words);
        if decision != expected(self.check, &self.encoding, &values, 0) {
            self.disagreements.push(patient.clone());
        }
        patient
    }
}

/// An answer set with what the engine decides on it.
fn seen(check: &Check, answers: &Answers, decision: &Decision, words: Vec<String>) -> Patient {
    let rules = decision.findings.iter().filter_map(|place| check.rules.get(*place));
    Patient {
        words,
        json: json(answers),
        outcome: rules.clone().next().map_or(Some(0), |rule| rule.outcome),
        findings: rules.map(|rule| rule.id.clone()).collect(),
        wait_days: decision.wait_days,
        shown: decision.outcome.is_some(),
    }
}

/// A model as a patient of another check, which may lack some of the questions and options. Its words are those of
/// `check`, to which the variables belong.
pub fn patient_elsewhere(check: &Check, atoms: &[Atom], model: &Model, elsewhere: &Check) -> Patient {
    // Given on the day it is decided there: what was said to one check is not old for the other.
    let answers = answers(check, atoms, model, day(elsewhere));
    let decision = decided(elsewhere, &answers);
    seen(elsewhere, &answers, &decision, words(check, atoms, model, |_| true))
}

/// What the engine decides.
pub fn decided(check: &Check, answers: &Answers) -> Decision {
    let now = day(check);
    decide(check, &replay(check, answers, now), Standing::Current, now.today)
}

fn is_tick(check: &Check, atom: Atom) -> bool {
    let question = check.questions.get(atom.question);
    match atom.answer {
        Answer::Option(place) => {
            question.is_none_or(|own| matches!(own.kind, Kind::Number { .. }) || own.clear != place)
        }
        Answer::Numbers(..) => false,
    }
}

/// Answers as `mesocheck decide` takes them.
fn json(answers: &Answers) -> String {
    let list = |options: &[OptionId]| options.iter().map(|option| Value::from(option.as_str())).collect();
    let pairs = answers.iter().map(|(id, answer)| (id.to_string(), Value::Array(list(&answer.options))));
    Value::Object(pairs.collect::<Map<String, Value>>()).to_string()
}

/// The answers of a model, as given at a moment.
pub fn answers(check: &Check, atoms: &[Atom], model: &Model, at: Now) -> Answers {
    let mut answers = Answers::new();
    let mut own: Vec<OptionId> = Vec::new();
    let mut atoms = atoms.iter().zip(model).peekable();
    while let Some((atom, value)) = atoms.next() {
        let Some(question) = check.questions.get(atom.question) else { continue };
        if *value {
            own.extend(match atom.answer {
                Answer::Option(place) => question.options.get(place).map(|option| option.id.clone()),
                Answer::Numbers(low, _) => Some(OptionId::new(low.to_string())),
            });
        }
        if atoms.peek().is_none_or(|(next, _)| next.question != atom.question) {
            answers.set(question.id.clone(), std::mem::take(&mut own), at.moment);
        }
    }
    answers
}

/// What the engine must decide, by what the circuit says of one of 64 assignments. Written apart from the engine.
pub fn expected(check: &Check, encoding: &Encoding, values: &Values, lane: u32) -> Decision {
    let on = |bit: &Bit| values.of(*bit) >> lane & 1 == 1;
    let rules: Vec<_> = check.rules.iter().enumerate().zip(&encoding.fires).filter(|(_, fires)| on(fires)).collect();
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for level in (0..check.outcomes.len()).rev() {
        let here = rules.iter().filter(|((_, rule), _)| rule.outcome == Some(level));
        findings.extend(here.filter(|((_, rule), _)| seen.insert(&rule.id)).map(|((place, _), _)| *place));
    }
    let fired = |place: &usize| check.rules.get(*place);
    let pairs = encoding.asked.iter().zip(&encoding.given).enumerate();
    let missing = pairs.filter(|(_, (asked, given))| on(asked) && !given.iter().any(on)).map(|(place, _)| place);
    let missing: Vec<usize> = missing.collect();
    let level = (0..check.outcomes.len()).rev().find(|level| encoding.at_least.get(*level).is_some_and(on));
    let level = level.unwrap_or_default();
    let hidden = !missing.is_empty() && !check.outcomes.get(level).is_some_and(|outcome| outcome.shown_incomplete);
    Decision {
        outcome: (!hidden).then_some(level),
        withheld: hidden.then_some(Withheld::Incomplete),
        notes: rules.iter().filter(|((_, rule), _)| rule.outcome.is_none()).map(|((place, _), _)| *place).collect(),
        missing,
        wait_days: findings.iter().filter_map(|place| Some(fired(place)?.wait.as_ref()?.days)).max(),
        also_see_doctor: findings
            .iter()
            .copied()
            .filter(|place| fired(place).is_some_and(|rule| matches!(rule.action, Some(Action::Gp | Action::GpSoon))))
            .collect(),
        findings,
    }
}

/// What is not clear, in words.
fn words(check: &Check, atoms: &[Atom], model: &Model, asked: impl Fn(usize) -> bool) -> Vec<String> {
    let atoms = atoms.iter().zip(model).filter(|(_, value)| **value).map(|(atom, _)| *atom);
    let said = atoms.filter_map(|atom| {
        let question = check.questions.get(atom.question)?;
        let number = matches!(question.kind, Kind::Number { .. });
        let answer = match atom.answer {
            Answer::Option(place) if !number && place == question.clear => return None,
            Answer::Option(place) => question.options.get(place)?.label.clone(),
            Answer::Numbers(low, high) if low == high => low.to_string(),
            Answer::Numbers(low, high) => format!("{low} to {high}"),
        };
        let never = if asked(atom.question) { "" } else { " (was never asked)" };
        Some(format!("{}: {answer}{never}", question.topic))
    });
    said.collect()
}
