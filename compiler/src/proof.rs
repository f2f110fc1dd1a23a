//! The proof: what holds for every possible answer set of a check, how many there are, and patients that show it.

pub mod circuit;
mod demand;
pub mod diagram;
pub mod encode;
pub mod generated;
pub mod patient;
pub mod sat;
mod trial;

use crate::proof::circuit::{Bit, Circuit};
use crate::proof::diagram::{Limit, TooLarge, diagram};
use crate::proof::encode::{Atom, Encoding, Given};
use crate::proof::patient::Prover;
use crate::proof::sat::Sat;
use crate::read::{CheckContent, Demand, Must};
use mesocheck::model::{Answers, Check, Choice, Condition, Kind, Page, QuestionId, RuleId};
use num_bigint::BigUint;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What was found out about a check.
#[derive(Debug)]
pub struct Report {
    /// Complete answer sets: every asked question is answered, no other is.
    pub complete: Counts,
    /// Ways to the end of the check: as complete ones, but an answer that stops the check ends it.
    pub journeys: Counts,
    /// The demands of the content, in its order.
    pub statements: Vec<Statement>,
    /// By place of the rule: the smallest patient it fires for; `None` where it cannot fire, or none was asked for.
    pub witnesses: Vec<Option<Patient>>,
    /// Rules that fire but never decide: others reach their outcome whenever they do.
    pub shadowed: Vec<RuleId>,
    /// Rules that fire for the same answer sets.
    pub equal: Vec<(RuleId, RuleId)>,
    /// The engine, tried on random answer sets.
    pub trial: Option<Trial>,
    /// Patients on which engine and circuit did not agree; there is none as long as both are right.
    pub disagreements: Vec<Patient>,
}

/// The engine, tried on random answer sets.
#[derive(Debug)]
pub struct Trial {
    /// How many.
    pub sets: usize,
    /// By place of the outcome: how many got it.
    pub by_outcome: Vec<usize>,
    /// How many got none, because answers were missing.
    pub withheld: usize,
    /// Those on which the engine decided otherwise.
    pub wrong: Vec<Answers>,
}

/// How many answer sets there are, and how many lead to each outcome.
#[derive(Debug)]
pub struct Counts {
    /// All of them; `None`: not counted within the limit.
    pub all: Option<BigUint>,
    /// By place of the outcome; `None`: not counted within the limit.
    pub by_outcome: Vec<Option<BigUint>>,
    /// Outcomes below which the answer sets could not be counted, with the question whose rules tie too much together.
    pub stuck: Vec<(usize, Option<QuestionId>)>,
}

/// A demand of the content, and whether it holds.
#[derive(Debug)]
pub struct Statement {
    /// Its name in content.
    pub id: String,
    /// In words.
    pub says: String,
    /// Which answer sets it is about.
    pub space: Space,
    /// What breaks it; empty where it is proven.
    pub broken: Vec<Broken>,
}

/// Something that breaks a statement.
#[derive(Debug)]
pub struct Broken {
    /// What is wrong, in words.
    pub what: String,
    /// A patient that shows it.
    pub patient: Option<Patient>,
}

/// Which answer sets a statement is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// All: also incomplete ones, and ones no screen would let through.
    Any,
    /// What is true of a person, for every question, asked or not.
    Facts,
    /// Every asked question is answered, no other is.
    Complete,
    /// What is answered on the way to the end, or to a stop.
    Journeys,
}

impl Space {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Any => "over all answer sets, complete or not, possible or not",
            Self::Facts => "over all facts: true of the person, asked or not",
            Self::Complete => "over all complete answer sets",
            Self::Journeys => "over all journeys",
        }
    }
}

/// An answer set that shows something.
#[derive(Clone, Debug)]
pub struct Patient {
    /// What is not clear, in words: "What you want: fat (was never asked)".
    pub words: Vec<String>,
    /// For `mesocheck decide`.
    pub json: String,
    /// Place of the outcome of what the engine finds.
    pub outcome: Option<usize>,
    /// What the engine finds, most severe first.
    pub findings: Vec<RuleId>,
    /// The longest wait, in days.
    pub wait_days: Option<u32>,
    /// Whether the engine shows it; not where answers are missing and it is not urgent.
    pub shown: bool,
}

/// How many nodes a diagram may have, unless somebody says otherwise; they take about 300 MB.
pub const NODES: usize = 2_000_000;

/// How much is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// Answer sets the engine is tried on.
    pub trials: usize,
    /// Nodes a diagram may have; none: nothing is counted.
    pub nodes: usize,
    /// Whether the smallest patient of each rule is looked for.
    pub witnesses: bool,
}

/// Proves the demands on a check, counts its answer sets and tries the engine. `progress` is told what comes next.
pub fn prove(content: &CheckContent, depth: Depth, progress: &mut dyn FnMut(&str)) -> Report {
    let CheckContent { check, musts, .. } = content;
    progress("encoding");
    let prover = prover(check, musts);
    let encoding = prover.encoding.clone();
    std::thread::scope(|scope| {
        let trial = (depth.trials > 0).then(|| scope.spawn(|| trial::run(check, &encoding, depth.trials)));
        let mut report = proven(prover, musts, depth, progress);
        progress("trying the engine");
        // A thread that could not end tried nothing, and that does not hold.
        report.trial = trial.map(|trial| trial.join().unwrap_or_else(|_| Trial::failed()));
        report
    })
}

/// What was found out about a check, for changes of it to build upon.
pub struct Base {
    circuit: Circuit,
    atoms: Vec<Atom>,
    raw: Given,
    answers: Arc<HashMap<Vec<Bit>, bool>>,
    shape: Vec<(QuestionId, Kind, Vec<Choice>)>,
}

/// What answer sets of a check are made of.
fn shape(check: &Check) -> Vec<(QuestionId, Kind, Vec<Choice>)> {
    let shape = check.questions.iter().map(|question| (question.id.clone(), question.kind, question.options.clone()));
    shape.collect()
}

impl Base {
    /// Proves a check.
    pub fn new(check: &Check, musts: &[Must]) -> Self {
        let mut prover = prover(check, musts);
        prover.quick = true;
        let (atoms, raw) = (prover.encoding.atoms.clone(), prover.encoding.raw.clone());
        for must in musts {
            demand::prove(&mut prover, must);
        }
        let shape = shape(check);
        Self { circuit: prover.encoding.circuit, atoms, raw, answers: prover.sat.answers(), shape }
    }

    /// Whether a changed check breaks a demand. Where questions and options are the same, only what the change touches
    /// is proven anew.
    pub fn breaks(&self, check: &Check, musts: &[Must]) -> bool {
        let mut prover = if shape(check) == self.shape {
            let encoding = Encoding::on(check, self.circuit.clone(), self.atoms.clone(), self.raw.clone());
            let mut prover = Prover::new(check, encoding);
            prover.sat = Sat::after(&self.answers);
            prover
        } else {
            prover(check, musts)
        };
        prover.quick = true;
        musts.iter().any(|must| !demand::prove(&mut prover, must).broken.is_empty())
    }
}

fn proven(mut prover: Prover<'_>, musts: &[Must], depth: Depth, progress: &mut dyn FnMut(&str)) -> Report {
    let statements = musts.iter().map(|must| {
        progress(&must.id);
        if matches!(must.demand, Demand::AddingNeverLowers | Demand::ClearIsMildest | Demand::EverythingReachable) {
            prover.sat.refresh();
        }
        demand::prove(&mut prover, must)
    });
    let statements = statements.collect();
    prover.sat.refresh();
    progress("rules that never decide");
    let shadowed = shadowed(&mut prover);
    progress("equal rules");
    let equal = equal(&mut prover);
    let mut witnesses = vec![None; prover.check.rules.len()];
    if depth.witnesses {
        progress("a patient for each rule");
        let fires = prover.encoding.fires.clone();
        witnesses = fires.into_iter().map(|fires| prover.smallest(Space::Journeys, fires)).collect();
    }
    progress("counting complete answer sets");
    let parts = prover.encoding.complete();
    let complete = counts(&mut prover, &parts, depth.nodes);
    progress("counting journeys");
    let parts = prover.encoding.journeys();
    let journeys = counts(&mut prover, &parts, depth.nodes);
    let disagreements = prover.disagreements;
    Report { complete, journeys, statements, witnesses, shadowed, equal, trial: None, disagreements }
}

fn prover<'a>(check: &'a Check, musts: &[Must]) -> Prover<'a> {
    let also: Vec<&Condition> = musts.iter().filter_map(|must| demand::condition(&must.demand)).collect();
    Prover::new(check, Encoding::new(check, &also))
}

/// Somebody who goes through more screens than this, if there is anybody.
pub fn longer_than(check: &Check, screens: usize) -> Option<Patient> {
    let mut prover = prover(check, &[]);
    let asked = |prover: &mut Prover<'_>, page: &Page| {
        let asked = page.questions.iter().filter_map(|place| prover.encoding.asked_on_way.get(*place));
        let asked: Vec<Bit> = asked.copied().collect();
        prover.encoding.circuit.any(asked)
    };
    let pages: Vec<Bit> = check.pages.iter().map(|page| asked(&mut prover, page)).collect();
    let more = prover.encoding.circuit.counted(pages, screens + 1).pop()?;
    prover.smallest(Space::Journeys, more)
}

impl Trial {
    /// One that came to nothing.
    fn failed() -> Self {
        Self { sets: 0, by_outcome: Vec::new(), withheld: 0, wrong: vec![Answers::new()] }
    }
}

impl Report {
    /// Whether everything holds.
    pub fn holds(&self) -> bool {
        let tried = self.trial.as_ref().is_none_or(|trial| trial.wrong.is_empty());
        tried && self.disagreements.is_empty() && self.statements.iter().all(|statement| statement.broken.is_empty())
    }
}

/// Rules, by id, that never decide: whenever one fires, another reaches its outcome.
fn shadowed(prover: &mut Prover<'_>) -> Vec<RuleId> {
    let check = prover.check;
    let complete = prover.space(Space::Complete);
    let mut decides: BTreeMap<&RuleId, bool> = BTreeMap::new();
    for level in 1..check.outcomes.len() {
        let mut severe: BTreeMap<&RuleId, (Vec<Bit>, bool)> = BTreeMap::new();
        for (rule, fires) in
            check.rules.iter().zip(&prover.encoding.fires).filter(|(rule, _)| rule.outcome >= Some(level))
        {
            let (all, here) = severe.entry(&rule.id).or_default();
            all.push(*fires);
            *here |= rule.outcome == Some(level);
        }
        let ids: Vec<(&RuleId, bool)> = severe.iter().map(|(id, (_, here))| (*id, *here)).collect();
        let circuit = &mut prover.encoding.circuit;
        let fires: Vec<Bit> = severe.into_values().map(|(all, _)| circuit.any(all)).collect();
        // None before, none after: two functions instead of all the others.
        let before = none_before(circuit, fires.iter().copied());
        let mut after = none_before(circuit, fires.iter().rev().copied());
        after.reverse();
        for (((id, here), fires), (before, after)) in ids.into_iter().zip(fires).zip(before.into_iter().zip(after)) {
            if here && !decides.get(id).copied().unwrap_or_default() {
                decides.insert(id, prover.sat.can(&prover.encoding.circuit, &[complete, fires, before, after]));
            }
        }
    }
    decides.into_iter().filter(|(_, decides)| !decides).map(|(id, _)| id.clone()).collect()
}

/// By place: whether none of the functions before it holds.
fn none_before(circuit: &mut Circuit, functions: impl Iterator<Item = Bit>) -> Vec<Bit> {
    let mut none = Bit::TRUE;
    let step = |function: Bit| {
        let before = none;
        none = circuit.and(none, !function);
        before
    };
    functions.map(step).collect()
}

/// Pairs of rules, by id, that fire for the same complete answer sets. Random sets part most of them; the rest is proven.
fn equal(prover: &mut Prover<'_>) -> Vec<(RuleId, RuleId)> {
    let fires = demand::fires_by_id(prover);
    let prints =
        trial::prints(prover.check, &prover.encoding, &fires.iter().map(|(_, fires)| *fires).collect::<Vec<Bit>>());
    let mut alike: HashMap<Vec<u64>, Vec<usize>> = HashMap::new();
    for (place, print) in prints.into_iter().enumerate() {
        alike.entry(print).or_default().push(place);
    }
    let mut pairs = Vec::new();
    for group in alike.into_values().filter(|group| group.len() > 1) {
        for (number, one) in group.iter().enumerate() {
            for other in group.iter().skip(number + 1) {
                let (Some((a, one)), Some((b, other))) = (fires.get(*one), fires.get(*other)) else { continue };
                let differ = prover.encoding.circuit.differ(*one, *other);
                if !prover.can(Space::Complete, differ) && prover.can(Space::Complete, *one) {
                    pairs.push((a.clone(), b.clone()));
                }
            }
        }
    }
    pairs.sort();
    pairs
}

/// Counts answer sets, all of them and by outcome: those below an outcome are counted, and the rest is the difference.
fn counts(prover: &mut Prover<'_>, parts: &[Bit], nodes: usize) -> Counts {
    let check = prover.check;
    let mut below: Vec<Option<BigUint>> = vec![Some(BigUint::ZERO)];
    let mut stuck = Vec::new();
    for level in 1..=check.outcomes.len() {
        let severe = check.rules.iter().zip(&prover.encoding.fires).filter(|(rule, _)| rule.outcome >= Some(level));
        let severe: Vec<(Condition, Bit)> = severe.map(|(rule, fires)| (rule.when.clone(), *fires)).collect();
        let counted = count_without(&mut prover.encoding, parts, &severe, nodes);
        if let Err(TooLarge(var)) = counted {
            let question = var.and_then(|var| check.questions.get(prover.encoding.atoms.get(var)?.question));
            stuck.push((level, question.map(|question| question.id.clone())));
        }
        below.push(counted.ok());
    }
    let pairs = below.iter().zip(below.iter().skip(1));
    let by_outcome = pairs.map(|(less, more)| Some(more.as_ref()? - less.as_ref()?)).collect();
    Counts { all: below.last().cloned().flatten(), by_outcome, stuck }
}

/// Counts the answer sets for which none of these rules fires. The options of a rule of one question are put to false
/// before: most of what would make the diagram large then is not there.
fn count_without(
    encoding: &mut Encoding,
    parts: &[Bit],
    without: &[(Condition, Bit)],
    nodes: usize,
) -> Result<BigUint, TooLarge> {
    if nodes == 0 {
        return Err(TooLarge(None));
    }
    let mut put = HashMap::new();
    let mut never: Vec<Bit> = Vec::new();
    for (when, fires) in without {
        match when {
            Condition::AnyOf(question, options) => {
                put.extend(options.places().filter_map(|option| Some((encoding.var(*question, option)?, Bit::FALSE))));
            }
            _ => never.push(!*fires),
        }
    }
    let all: Vec<Bit> = parts.iter().copied().chain(never).collect();
    let all = encoding.circuit.with_all(&all, &put);
    let weights = encode::weights(&encoding.atoms).into_iter().enumerate();
    let weights: Vec<Option<u64>> = weights.map(|(var, weight)| weight.filter(|_| !put.contains_key(&var))).collect();
    diagram(&encoding.circuit, &all, Limit(nodes)).map(|diagram| diagram.count(&weights))
}

/// A number in groups of three digits.
pub fn grouped(number: &BigUint) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && place % 3 == first {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
