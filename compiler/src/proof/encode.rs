//! A check as a circuit: one variable per option and per band of numbers, and what the engine makes of them.

use crate::proof::circuit::{Bit, Circuit};
use mesocheck::model::{Check, Condition, Kind, Options, Question, Stops};
use std::collections::BTreeSet;

/// What a variable stands for: an answer to a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Atom {
    /// Place of the question.
    pub question: usize,
    /// Its answer.
    pub answer: Answer,
}

/// An answer of one variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The option at this place.
    Option(usize),
    /// A number from the first to the last; no condition tells them apart.
    Numbers(i64, i64),
}

/// By place of the question, by its answers: whether each is given.
pub type Given = Vec<Vec<Bit>>;

/// A check as a circuit. Lists are by place of the question, rule or outcome.
#[derive(Clone, Debug)]
pub struct Encoding {
    /// The gates.
    pub circuit: Circuit,
    /// By number of the variable.
    pub atoms: Vec<Atom>,
    /// The variables of each question: options, then bands of numbers.
    pub raw: Given,
    /// Answers as they count.
    pub given: Given,
    /// Whether a question is asked.
    pub asked: Vec<Bit>,
    /// Whether the variables of a question are an answer a screen would take.
    pub legal: Vec<Bit>,
    /// Whether a question has no answer.
    pub empty: Vec<Bit>,
    /// Whether a rule fires.
    pub fires: Vec<Bit>,
    /// Whether the outcome is this one or a more severe one.
    pub at_least: Vec<Bit>,
    /// Whether a question is asked on the way, where a stop ends the check.
    pub asked_on_way: Vec<Bit>,
    /// Whether an answer stopped or ended the check on the way.
    pub ended_on_way: Bit,
}

impl Encoding {
    /// Encodes a check. Bands of numbers are cut so that the conditions in `also` can be encoded too.
    pub fn new(check: &Check, also: &[&Condition]) -> Self {
        let mut circuit = Circuit::default();
        let mut atoms = Vec::new();
        let mut raw = Vec::new();
        for (place, question) in check.questions.iter().enumerate() {
            let own = answers(question, &cuts(check, also, place));
            raw.push(own.iter().map(|_| circuit.new_var()).collect::<Vec<Bit>>());
            atoms.extend(own.into_iter().map(|answer| Atom { question: place, answer }));
        }
        Self::on(check, circuit, atoms, raw)
    }

    /// Encodes a check over variables that are there: those of another with the same questions and options.
    pub fn on(check: &Check, mut circuit: Circuit, atoms: Vec<Atom>, raw: Given) -> Self {
        let mut encoding = Self {
            legal: Vec::new(),
            empty: raw.iter().map(|own| !circuit.any(own.iter().copied())).collect(),
            circuit,
            atoms,
            raw,
            given: Vec::new(),
            asked: Vec::new(),
            fires: Vec::new(),
            at_least: Vec::new(),
            asked_on_way: Vec::new(),
            ended_on_way: Bit::FALSE,
        };
        encoding.legal = check.questions.iter().enumerate().map(|(place, own)| encoding.is_legal(place, own)).collect();
        encoding.replay(check);
        let given = encoding.given.clone();
        encoding.fires = check.rules.iter().map(|rule| encoding.holds(&rule.when, &given)).collect();
        for level in 0..check.outcomes.len() {
            let severe = check.rules.iter().zip(&encoding.fires).filter(|(rule, _)| rule.outcome >= Some(level));
            let fires: Vec<Bit> = severe.map(|(_, fires)| *fires).collect();
            let at_least = if level == 0 { Bit::TRUE } else { encoding.circuit.any(fires) };
            encoding.at_least.push(at_least);
        }
        encoding.walk(check);
        encoding
    }

    /// What the engine makes of stored answers: which questions are asked, which answers count.
    fn replay(&mut self, check: &Check) {
        let mut ended = Bit::FALSE;
        for (place, question) in check.questions.iter().enumerate() {
            let given = self.given.clone();
            let asked = question.ask_when.as_ref().map_or(Bit::TRUE, |when| self.holds(when, &given));
            let asked = self.circuit.and(asked, !ended);
            let own = self.counting(place, question, asked);
            let ends = own.iter().enumerate().filter(|(number, _)| question.ends.meets(Options::one(*number)));
            let ends: Vec<Bit> = ends.map(|(_, bit)| *bit).collect();
            let now = self.circuit.any(ends);
            ended = self.circuit.or(ended, now);
            self.asked.push(asked);
            self.given.push(own);
        }
    }

    /// The answers to an asked question as they count: a number only where no option is chosen, and the first of several.
    fn counting(&mut self, place: usize, question: &Question, asked: Bit) -> Vec<Bit> {
        let raw = self.raw.get(place).cloned().unwrap_or_default();
        let mut before = asked;
        let mut own = Vec::new();
        for (number, bit) in raw.into_iter().enumerate() {
            let option = number < question.options.len();
            let free = if option { asked } else { before };
            own.push(self.circuit.and(free, bit));
            before = self.circuit.and(before, !bit);
        }
        own
    }

    fn is_legal(&mut self, place: usize, question: &Question) -> Bit {
        let raw = self.raw.get(place).cloned().unwrap_or_default();
        if question.kind != Kind::Many {
            return self.circuit.one(raw);
        }
        let exclusive = |number: &usize| question.exclusive.meets(Options::one(*number));
        let (alone, free): (Vec<_>, Vec<_>) = raw.iter().enumerate().partition(|(number, _)| exclusive(number));
        let [alone, free] = [alone, free].map(|bits| bits.into_iter().map(|(_, bit)| *bit).collect::<Vec<Bit>>());
        let (some_alone, some_free) = (self.circuit.any(alone.iter().copied()), self.circuit.any(free));
        let one_alone = self.circuit.one(alone);
        let (only_alone, only_free) =
            (self.circuit.and(one_alone, !some_free), self.circuit.and(some_free, !some_alone));
        self.circuit.or(only_alone, only_free)
    }

    /// Whether a condition holds on answers. A question beyond them has no answer.
    pub fn holds(&mut self, when: &Condition, given: &Given) -> Bit {
        let own = |question: &usize| given.get(*question).cloned().unwrap_or_default();
        let within = |from: i64, to: i64, question: &usize, own: Vec<Bit>| -> Vec<Bit> {
            let atoms = self.atoms.iter().filter(|atom| atom.question == *question).zip(own);
            let fits = |answer: Answer| matches!(answer, Answer::Numbers(low, high) if from <= low && high <= to);
            atoms.filter(|(atom, _)| fits(atom.answer)).map(|(_, bit)| bit).collect()
        };
        let chosen = |options: &Options, own: Vec<Bit>| -> Vec<Bit> {
            options.places().map(|place| own.get(place).copied().unwrap_or(Bit::FALSE)).collect()
        };
        match when {
            Condition::AnyOf(question, options) => {
                let bits = chosen(options, own(question));
                self.circuit.any(bits)
            }
            Condition::AllOf(question, options) => {
                let bits = chosen(options, own(question));
                self.circuit.all(bits)
            }
            Condition::AtLeast(question, least) => {
                let bits = within(*least, i64::MAX, question, own(question));
                self.circuit.any(bits)
            }
            Condition::AtMost(question, most) => {
                let bits = within(i64::MIN, *most, question, own(question));
                self.circuit.any(bits)
            }
            Condition::All(parts) => {
                let bits: Vec<Bit> = parts.iter().map(|part| self.holds(part, given)).collect();
                self.circuit.all(bits)
            }
            Condition::Any(parts) => {
                let bits: Vec<Bit> = parts.iter().map(|part| self.holds(part, given)).collect();
                self.circuit.any(bits)
            }
            Condition::Not(part) => !self.holds(part, given),
        }
    }

    /// The way through the screens: as the replay, but on Continue a stop ends it, so that no later page is asked.
    fn walk(&mut self, check: &Check) {
        let mut ended = Bit::FALSE;
        let mut given: Given = Vec::new();
        self.asked_on_way = vec![Bit::FALSE; check.questions.len()];
        for (number, page) in check.pages.iter().enumerate() {
            let stopped = ended;
            for place in &page.questions {
                let Some(question) = check.questions.get(*place) else { continue };
                let asked = question.ask_when.as_ref().map_or(Bit::TRUE, |when| self.holds(when, &given));
                let asked = self.circuit.and(asked, !ended);
                let own = self.counting(*place, question, asked);
                let ends = own.iter().enumerate().filter(|(number, _)| question.ends.meets(Options::one(*number)));
                let now: Vec<Bit> = ends.map(|(_, bit)| *bit).collect();
                let now = self.circuit.any(now);
                ended = self.circuit.or(ended, now);
                given.resize(*place, Vec::new());
                given.push(own);
                if let Some(on_way) = self.asked_on_way.get_mut(*place) {
                    *on_way = asked;
                }
            }
            let stops = self.stops(check, number, &given);
            let stops = self.circuit.and(stops, !stopped);
            ended = self.circuit.or(ended, stops);
        }
        self.ended_on_way = ended;
    }

    /// Whether an answer on a page stops the check there, by what was given so far.
    fn stops(&mut self, check: &Check, page: usize, given: &Given) -> Bit {
        let Some(here) = check.pages.get(page) else { return Bit::FALSE };
        let first_step: Given = given
            .iter()
            .enumerate()
            .map(
                |(place, own)| {
                    if check.questions.get(place).is_some_and(|own| own.step == 0) { own.clone() } else { Vec::new() }
                },
            )
            .collect();
        let mut stops = Vec::new();
        for rule in &check.rules {
            let mut looks_here = false;
            rule.when.questions(&mut |question| looks_here |= here.questions.contains(&question));
            let outcome = rule.outcome.and_then(|outcome| check.outcomes.get(outcome));
            match outcome.and_then(|outcome| outcome.stops).filter(|_| looks_here) {
                Some(Stops::Anywhere) => stops.push(self.holds(&rule.when, given)),
                Some(Stops::FirstStep) if here.step == 0 => stops.push(self.holds(&rule.when, &first_step)),
                Some(Stops::FirstStep) | None => {}
            }
        }
        self.circuit.any(stops)
    }

    /// Complete answer sets, as parts that all hold: every asked question is answered, no other is.
    pub fn complete(&mut self) -> Vec<Bit> {
        let asked = self.asked.clone();
        self.answered(&asked)
    }

    /// Ways to the end or to a stop, as parts that all hold.
    pub fn journeys(&mut self) -> Vec<Bit> {
        let asked = self.asked_on_way.clone();
        self.answered(&asked)
    }

    fn answered(&mut self, asked: &[Bit]) -> Vec<Bit> {
        let pairs: Vec<(Bit, Bit, Bit)> = asked
            .iter()
            .zip(&self.legal)
            .zip(&self.empty)
            .map(|((asked, legal), empty)| (*asked, *legal, *empty))
            .collect();
        pairs.into_iter().map(|(asked, legal, empty)| self.circuit.choose(asked, legal, empty)).collect()
    }

    /// The number of the variable of an option.
    pub fn var(&self, question: usize, option: usize) -> Option<usize> {
        let wanted = Atom { question, answer: Answer::Option(option) };
        self.atoms.iter().position(|atom| *atom == wanted)
    }
}

/// How many answers each variable stands for.
pub fn weights(atoms: &[Atom]) -> Vec<Option<u64>> {
    let weight = |answer: Answer| match answer {
        Answer::Option(_) => 1,
        Answer::Numbers(low, high) => high.abs_diff(low).saturating_add(1),
    };
    atoms.iter().map(|atom| Some(weight(atom.answer))).collect()
}

/// The answers of a question that conditions may tell apart.
fn answers(question: &Question, cuts: &BTreeSet<i64>) -> Vec<Answer> {
    let mut answers: Vec<Answer> = (0..question.options.len()).map(Answer::Option).collect();
    if let Kind::Number { min, max } = question.kind {
        let mut from = min;
        for cut in cuts.range(min.saturating_add(1)..=max) {
            answers.push(Answer::Numbers(from, cut - 1));
            from = *cut;
        }
        answers.push(Answer::Numbers(from, max));
    }
    answers
}

/// The first numbers of bands that conditions tell apart.
fn cuts(check: &Check, also: &[&Condition], place: usize) -> BTreeSet<i64> {
    let asked = check.questions.iter().filter_map(|question| question.ask_when.as_ref());
    let all = asked.chain(check.rules.iter().map(|rule| &rule.when)).chain(also.iter().copied());
    let mut cuts = BTreeSet::new();
    for when in all {
        collect(when, place, &mut cuts);
    }
    cuts
}

fn collect(when: &Condition, place: usize, cuts: &mut BTreeSet<i64>) {
    match when {
        Condition::AtLeast(question, least) if *question == place => _ = cuts.insert(*least),
        Condition::AtMost(question, most) if *question == place => _ = cuts.insert(most.saturating_add(1)),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| collect(part, place, cuts)),
        Condition::Not(part) => collect(part, place, cuts),
        Condition::AnyOf(..) | Condition::AllOf(..) | Condition::AtLeast(..) | Condition::AtMost(..) => {}
    }
}
