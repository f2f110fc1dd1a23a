//! What was changed, in parts that can be tried one by one.

use crate::change::behaviour::Behaviour;
use crate::change::joint::{Joint, rules_by_id};
use mesocheck::model::{Check, Condition, Options, Rule};
use std::collections::BTreeSet;

/// A part of the change.
pub struct Atom {
    /// In words.
    pub cause: String,
    questions: Vec<usize>,
    /// Ids of the rules it is about.
    pub rules: Vec<String>,
}

impl Atom {
    /// The old version with this part alone.
    pub fn applied(&self, joint: &Joint) -> Check {
        let mut check = joint.old.clone();
        for place in &self.questions {
            if let (Some(here), Some(there)) = (check.questions.get_mut(*place), joint.new.questions.get(*place)) {
                *here = there.clone();
            }
        }
        let mine = |rule: &&Rule| self.rules.iter().any(|id| id == rule.id.as_str());
        check.rules.retain(|rule| !mine(&rule));
        check.rules.extend(joint.new.rules.iter().filter(mine).cloned());
        check
    }
}

/// Every part. A question that came or went takes the rules with it that look at it.
pub fn atoms(joint: &Joint) -> Vec<Atom> {
    let (old, new) = (rules_by_id(&joint.old), rules_by_id(&joint.new));
    let ids: BTreeSet<&str> = old.keys().chain(new.keys()).copied().collect();
    let parts = |rules: Option<&Vec<&Rule>>| -> Vec<(Behaviour, Condition)> {
        rules.into_iter().flatten().map(|rule| (Behaviour::of(rule), rule.when.clone())).collect()
    };
    let mut changed: Vec<&str> = ids.into_iter().filter(|id| parts(old.get(id)) != parts(new.get(id))).collect();
    let mut atoms = Vec::new();
    for place in 0..joint.new.questions.len() {
        let Some(what) = question_change(joint, place) else { continue };
        let mut rules = Vec::new();
        if joint.new_questions.contains(&place) || joint.gone_questions.contains(&place) {
            let looks = |id: &&str| {
                let mut looks = false;
                for rule in old.get(id).into_iter().chain(new.get(id)).flatten() {
                    rule.when.questions(&mut |question| looks |= question == place);
                }
                looks
            };
            let (with, rest): (Vec<&str>, Vec<&str>) = changed.into_iter().partition(looks);
            changed = rest;
            rules = with.into_iter().map(str::to_owned).collect();
        }
        atoms.push(Atom { cause: what, questions: vec![place], rules });
    }
    for id in changed {
        let what = match (old.get(id).map(Vec::as_slice), new.get(id).map(Vec::as_slice)) {
            (None, _) => "is new".to_owned(),
            (_, None) => "is gone".to_owned(),
            (Some([was]), Some([is])) => rule_change(joint, was, is),
            _ => "is another".to_owned(),
        };
        atoms.push(Atom { cause: format!("Rule `{id}` {what}"), questions: Vec::new(), rules: vec![id.to_owned()] });
    }
    atoms
}

fn question_change(joint: &Joint, place: usize) -> Option<String> {
    let (was, is) = (joint.old.questions.get(place)?, joint.new.questions.get(place)?);
    let what = if joint.new_questions.contains(&place) {
        "is new".to_owned()
    } else if joint.gone_questions.contains(&place) {
        "is gone".to_owned()
    } else {
        let asked = |check: &Check, when: Option<&Condition>| {
            when.map_or_else(|| "always".into(), |when| format!("if {}", told(check, when)))
        };
        let when = (was.ask_when != is.ask_when).then(|| {
            let (before, after) = (asked(&joint.old, was.ask_when.as_ref()), asked(&joint.new, is.ask_when.as_ref()));
            format!("was asked {before}, is asked {after}")
        });
        let ends = (was.ends != is.ends).then(|| "ends the check by other answers".to_owned());
        let parts: Vec<String> = when.into_iter().chain(ends).collect();
        if parts.is_empty() {
            return None;
        }
        parts.join(", ")
    };
    Some(format!("Question `{}` {what}", is.id))
}

fn rule_change(joint: &Joint, was: &Rule, is: &Rule) -> String {
    let when = (was.when != is.when)
        .then(|| format!("fired if {}, fires if {}", told(&joint.old, &was.when), told(&joint.new, &is.when)));
    let does = Some(Behaviour::of(was).change(&Behaviour::of(is), &joint.new)).filter(|does| !does.is_empty());
    when.into_iter().chain(does).collect::<Vec<String>>().join(", ")
}

/// A condition by ids, in a line.
fn told(check: &Check, when: &Condition) -> String {
    let name = |place: &usize| check.questions.get(*place).map(|question| question.id.to_string()).unwrap_or_default();
    let set = |place: &usize, options: &Options, joint: &str| {
        let Some(question) = check.questions.get(*place) else { return String::new() };
        let ids =
            options.places().filter_map(|option| question.options.get(option)).map(|option| option.id.to_string());
        format!("{} = {}", question.id, ids.collect::<Vec<String>>().join(joint))
    };
    let all = |parts: &[Condition], joint: &str| {
        let parts: Vec<String> = parts.iter().map(|part| told(check, part)).collect();
        format!("({})", parts.join(joint))
    };
    match when {
        Condition::AnyOf(place, options) => set(place, options, "/"),
        Condition::AllOf(place, options) => set(place, options, "+"),
        Condition::AtLeast(place, least) => format!("{} ≥ {least}", name(place)),
        Condition::AtMost(place, most) => format!("{} ≤ {most}", name(place)),
        Condition::All(parts) => all(parts, " and "),
        Condition::Any(parts) => all(parts, " or "),
        Condition::Not(part) => format!("not {}", told(check, part)),
    }
}
