//! Weighs two versions against each other: for which answer sets they decide otherwise, and how many those are.

use crate::change::behaviour::{Behaviour, direction_of};
use crate::change::joint::Joint;
use crate::change::{Direction, Effect, Group};
use crate::proof::circuit::{Bit, Circuit};
use crate::proof::diagram::{Limit, diagram};
use crate::proof::encode::{Atom, Encoding, Given};
use crate::proof::patient::{Few, patient_elsewhere};
use crate::proof::sat::{Model, Sat};
use crate::proof::{Patient, encode};
use mesocheck::model::{Check, Condition, Options};
use num_bigint::BigUint;
use std::collections::BTreeSet;

/// How large a diagram may get, in nodes.
const LIMIT: Limit = Limit(8_000_000);

/// One circuit for all versions.
pub struct Scales<'a> {
    joint: &'a Joint,
    circuit: Circuit,
    atoms: Vec<Atom>,
    raw: Given,
    sat: Sat,
    few: Few,
}

/// A version on the circuit.
pub struct Put {
    check: Check,
    encoding: Encoding,
}

/// Two versions against each other.
pub struct Weighed {
    /// Answer sets that both take: what either asks is answered, nothing else is.
    pub domain: Vec<Bit>,
    /// Whether the decision is another.
    pub changed: Bit,
    /// How, with the answer sets each is for.
    pub effects: Vec<(String, Direction, Bit)>,
}

impl<'a> Scales<'a> {
    /// Sets up the variables.
    pub fn new(joint: &'a Joint) -> Self {
        let asked = joint.new.questions.iter().filter_map(|question| question.ask_when.as_ref());
        let also: Vec<&Condition> = asked.chain(joint.new.rules.iter().map(|rule| &rule.when)).collect();
        let encode::Encoding { mut circuit, atoms, raw, .. } = Encoding::new(&joint.old, &also);
        let few = Few::new(&joint.new, &mut circuit, &atoms);
        Self { joint, circuit, atoms, raw, sat: Sat::default(), few }
    }

    /// Puts a version on the circuit.
    pub fn put(&mut self, check: &Check) -> Put {
        let circuit = std::mem::take(&mut self.circuit);
        let mut encoding = Encoding::on(check, circuit, self.atoms.clone(), self.raw.clone());
        self.circuit = std::mem::take(&mut encoding.circuit);
        Put { check: check.clone(), encoding }
    }

    /// Weighs two versions.
    pub fn weigh(&mut self, one: &Put, other: &Put) -> Weighed {
        let domain = self.domain(one, other);
        let mut effects = self.outcome_effects(one, other);
        let outcome = self.circuit.any(effects.iter().map(|(_, _, bit)| *bit).collect::<Vec<Bit>>());
        effects.extend(self.finding_effects(one, other, !outcome));
        let changed = self.circuit.any(effects.iter().map(|(_, _, bit)| *bit).collect::<Vec<Bit>>());
        Weighed { domain, changed, effects }
    }

    /// An answer set belongs if each question that either version asks has an answer that every version asking it would
    /// take, and no other question has one.
    fn domain(&mut self, one: &Put, other: &Put) -> Vec<Bit> {
        let lacks = [&self.joint.new_options, &self.joint.gone_options];
        let mut parts = Vec::new();
        for place in 0..self.raw.len() {
            let mut fits = Bit::TRUE;
            let mut asked = Bit::FALSE;
            for (put, lacks) in [one, other].into_iter().zip(lacks) {
                let legal = self.legal_without(put, place, lacks.get(place).copied().unwrap_or_default());
                let asks = put.encoding.asked.get(place).copied().unwrap_or(Bit::FALSE);
                let fit = self.circuit.or(!asks, legal);
                fits = self.circuit.and(fits, fit);
                asked = self.circuit.or(asked, asks);
            }
            let empty = one.encoding.empty.get(place).copied().unwrap_or(Bit::TRUE);
            parts.push(self.circuit.choose(asked, fits, empty));
        }
        parts
    }

    fn legal_without(&mut self, put: &Put, place: usize, lacks: Options) -> Bit {
        let legal = put.encoding.legal.get(place).copied().unwrap_or(Bit::FALSE);
        let raw = self.raw.get(place).cloned().unwrap_or_default();
        let none = raw.into_iter().enumerate().filter(|(option, _)| lacks.meets(Options::one(*option)));
        let none: Vec<Bit> = none.map(|(_, bit)| !bit).collect();
        let none = self.circuit.all(none);
        self.circuit.and(legal, none)
    }

    fn outcome_effects(&mut self, one: &Put, other: &Put) -> Vec<(String, Direction, Bit)> {
        let levels = one.check.outcomes.len();
        let exactly: Vec<[Bit; 2]> = (0..levels)
            .map(|level| {
                [one, other].map(|put| {
                    let at = |level: usize| put.encoding.at_least.get(level).copied().unwrap_or(Bit::FALSE);
                    self.circuit.and(at(level), !at(level + 1))
                })
            })
            .collect();
        let name =
            |level: usize| one.check.outcomes.get(level).map(|outcome| outcome.id.to_string()).unwrap_or_default();
        let mut effects = Vec::new();
        for (from, [before, _]) in exactly.iter().enumerate() {
            for (to, [_, after]) in exactly.iter().enumerate().filter(|(to, _)| *to != from) {
                let direction = if to < from { Direction::Milder } else { Direction::Stricter };
                let bit = self.circuit.and(*before, *after);
                effects.push((format!("`{}` → `{}`", name(from), name(to)), direction, bit));
            }
        }
        effects
    }

    /// Where the outcome stays, by finding: it comes, it goes, or it does something else.
    fn finding_effects(&mut self, one: &Put, other: &Put, same: Bit) -> Vec<(String, Direction, Bit)> {
        let ids: BTreeSet<&str> =
            [one, other].iter().flat_map(|put| &put.check.rules).map(|rule| rule.id.as_str()).collect();
        let mut effects = Vec::new();
        for id in ids {
            let (before, after) = (self.states(one, id), self.states(other, id));
            for (was, holds) in &before {
                for (is, then) in after.iter().filter(|(is, _)| is != was) {
                    let what = match (was, is) {
                        (Some(was), Some(is)) => was.change(is, &one.check),
                        (Some(_), None) => "is no longer a finding".into(),
                        (None, _) => "is a finding now".into(),
                    };
                    let both = self.circuit.and(*holds, *then);
                    let bit = self.circuit.and(both, same);
                    effects.push((format!("same outcome, {id}: {what}"), direction_of(was.as_ref(), is.as_ref()), bit));
                }
            }
        }
        effects
    }

    /// What the rules of an id do, and when; `None`: nothing.
    fn states(&mut self, put: &Put, id: &str) -> Vec<(Option<Behaviour>, Bit)> {
        let mut states: Vec<(Option<Behaviour>, Bit)> = Vec::new();
        let mut none = Bit::TRUE;
        for (rule, fires) in put.check.rules.iter().zip(&put.encoding.fires).filter(|(rule, _)| rule.id.as_str() == id)
        {
            let does = Some(Behaviour::of(rule));
            none = self.circuit.and(none, !*fires);
            match states.iter_mut().find(|(known, _)| *known == does) {
                Some((_, bit)) => *bit = self.circuit.or(*bit, *fires),
                None => states.push((does, *fires)),
            }
        }
        states.push((None, none));
        states
    }

    /// Whether any answer set gets another decision.
    pub fn can_change(&mut self, weighed: &Weighed) -> bool {
        let inside: Vec<Bit> = weighed.domain.iter().copied().chain([weighed.changed]).collect();
        self.sat.can(&self.circuit, &inside)
    }

    /// Either holds.
    pub fn either(&mut self, one: Bit, other: Bit) -> Bit {
        self.circuit.or(one, other)
    }

    /// The first holds and the second does not.
    pub fn but(&mut self, one: Bit, other: Bit) -> Bit {
        self.circuit.and(one, !other)
    }

    /// The number of answer sets of a domain for which a function is true.
    pub fn count(&self, domain: &[Bit], goal: Bit) -> Option<BigUint> {
        let parts: Vec<Bit> = domain.iter().copied().chain([goal]).collect();
        let weights = encode::weights(&self.atoms);
        diagram(&self.circuit, &parts, LIMIT).ok().map(|diagram| diagram.count(&weights))
    }

    /// Answer sets that get another decision; `None` where there are none.
    pub fn group(&mut self, checks: (&Check, &Check), weighed: &Weighed, cause: &str) -> Option<Group> {
        if !self.can_change(weighed) {
            return None;
        }
        let mut effects = Vec::new();
        for (what, direction, bit) in &weighed.effects {
            let bit = self.circuit.and(*bit, weighed.changed);
            let inside: Vec<Bit> = weighed.domain.iter().copied().chain([bit]).collect();
            if bit != Bit::FALSE && self.sat.can(&self.circuit, &inside) {
                let count = self.count(&weighed.domain, bit);
                effects.push((Effect { what: what.clone(), direction: *direction, count }, bit));
            }
        }
        effects.sort_by_key(|(effect, _)| effect.direction);
        let shown = effects.first().map_or(weighed.changed, |(_, bit)| *bit);
        Some(Group {
            cause: cause.to_owned(),
            count: self.count(&weighed.domain, weighed.changed),
            patient: self.patient(checks, &weighed.domain, shown),
            effects: effects.into_iter().map(|(effect, _)| effect).collect(),
        })
    }

    fn patient(&mut self, (old, new): (&Check, &Check), domain: &[Bit], goal: Bit) -> Option<(Patient, Patient)> {
        let inside: Vec<Bit> = domain.iter().copied().chain([goal]).collect();
        let model: Model = self.few.find(&mut self.sat, &self.circuit, &inside)?;
        let as_new = patient_elsewhere(&self.joint.new, &self.atoms, &model, new);
        let as_old = patient_elsewhere(&self.joint.new, &self.atoms, &model, old);
        Some((as_old, as_new))
    }

    /// Answer sets that only one of the versions takes, by the answer the other does not have.
    pub fn only_in_one(&mut self, checks: (&Check, &Check), one: &Put, other: &Put) -> Vec<Group> {
        let joint = self.joint;
        let mut groups =
            self.with_special(checks, one, &joint.gone_options, &joint.new_options, "can no longer be given");
        groups.extend(self.with_special(checks, other, &joint.new_options, &joint.gone_options, "is new"));
        groups
    }

    fn with_special(
        &mut self,
        checks: (&Check, &Check),
        put: &Put,
        special: &[Options],
        lacks: &[Options],
        what: &str,
    ) -> Vec<Group> {
        let mut domain = Vec::new();
        for (place, lacks) in lacks.iter().enumerate() {
            let [asked, empty] =
                [&put.encoding.asked, &put.encoding.empty].map(|list| list.get(place).copied().unwrap_or(Bit::FALSE));
            let legal = self.legal_without(put, place, *lacks);
            domain.push(self.circuit.choose(asked, legal, empty));
        }
        let mut groups = Vec::new();
        for (place, options) in special.iter().enumerate() {
            for option in options.places() {
                let Some(bit) = self.raw.get(place).and_then(|raw| raw.get(option)).copied() else { continue };
                let Some(question) = put.check.questions.get(place) else { continue };
                let Some(choice) = question.options.get(option) else { continue };
                let Some(patient) = self.patient(checks, &domain, bit) else { continue };
                let count = self.count(&domain, bit);
                let effect =
                    Effect { what: "answer sets with it".into(), direction: Direction::Other, count: count.clone() };
                groups.push(Group {
                    cause: format!("Answer `{}.{}` {what}", question.id, choice.id),
                    effects: vec![effect],
                    count,
                    patient: Some(patient),
                });
            }
        }
        groups
    }
}
