//! Two versions of a check over the same questions and options, so that an answer set means the same to both.

use anyhow::{Result, anyhow, bail};
use mesocheck::model::{Check, Choice, Condition, Kind, Options, Question, QuestionId};
use std::collections::BTreeMap;

/// Two versions with the same lists of questions and options. A question a version does not have is never asked there.
#[derive(Debug)]
pub struct Joint {
    /// The old one.
    pub old: Check,
    /// The new one.
    pub new: Check,
    /// Options the old one does not have, by place of the question.
    pub new_options: Vec<Options>,
    /// Options the new one does not have, by place of the question.
    pub gone_options: Vec<Options>,
    /// Questions only the new one has.
    pub new_questions: Vec<usize>,
    /// Questions only the old one has.
    pub gone_questions: Vec<usize>,
}

impl Joint {
    /// Whether these rules, if any, are those of options only one version has.
    pub fn only_in_one(&self, rules: &[String]) -> bool {
        let special = self.new_options.iter().zip(&self.gone_options).zip(&self.new.questions);
        let options = special.flat_map(|((new, gone), question)| {
            let both = new.with(*gone);
            let options = both.places().filter_map(|place| question.options.get(place));
            options.map(|option| format!("{}.{}", question.id, option.id)).collect::<Vec<String>>()
        });
        let options: Vec<String> = options.collect();
        !rules.is_empty() && rules.iter().all(|rule| options.contains(rule))
    }
}

/// Joins two versions.
///
/// # Errors
/// Where they differ in what answer sets or outcomes are made of.
pub fn join(old: &Check, new: &Check) -> Result<Joint> {
    let ladder = |check: &Check| check.outcomes.iter().map(|outcome| outcome.id.to_string()).collect::<Vec<String>>();
    if ladder(old) != ladder(new) {
        bail!(
            "the outcomes of {} are not the same: {} before, {} now. Every decision is another; there is nothing to compare",
            new.id,
            ladder(old).join(", "),
            ladder(new).join(", ")
        );
    }
    let order = order(old, new);
    let options = order.iter().map(|id| joint_options(id, old, new)).collect::<Result<Vec<Vec<Choice>>>>()?;
    let lacking = |check: &Check| -> Vec<Options> {
        let lacks = |(id, options): (&QuestionId, &Vec<Choice>)| {
            let Some(own) = find(check, id) else { return Options::NONE };
            let lacks = options.iter().enumerate().filter(|(_, option)| own.option(option.id.as_str()).is_none());
            lacks.fold(Options::NONE, |set, (place, _)| set.with(Options::one(place)))
        };
        order.iter().zip(&options).map(lacks).collect()
    };
    let without = |check: &Check| -> Vec<usize> {
        order.iter().enumerate().filter(|(_, id)| find(check, id).is_none()).map(|(place, _)| place).collect()
    };
    Ok(Joint {
        old: put(old, new, &order, &options)?,
        new: put(new, old, &order, &options)?,
        new_options: lacking(old),
        gone_options: lacking(new),
        new_questions: without(old),
        gone_questions: without(new),
    })
}

/// The options of a question: those of the new version, then those only the old one has.
fn joint_options(id: &QuestionId, old: &Check, new: &Check) -> Result<Vec<Choice>> {
    let (was, is) = (find(old, id), find(new, id));
    if let (Some(was), Some(is)) = (was, is)
        && was.kind != is.kind
        && [was.kind, is.kind].iter().any(|kind| matches!(kind, Kind::Number { .. }))
    {
        bail!("question `{id}` is answered in another way now, so old and new answers cannot be compared");
    }
    let mut options: Vec<Choice> = is.map(|question| question.options.clone()).unwrap_or_default();
    for option in was.into_iter().flat_map(|question| &question.options) {
        if !options.iter().any(|known| known.id == option.id) {
            options.push(option.clone());
        }
    }
    if options.len() > Options::MOST {
        bail!("question `{id}` would have more than {} options, old and new together", Options::MOST);
    }
    Ok(options)
}

/// A version over the joint questions and options.
fn put(check: &Check, other: &Check, order: &[QuestionId], options: &[Vec<Choice>]) -> Result<Check> {
    let place_of = |id: &QuestionId| order.iter().position(|known| known == id).unwrap_or_default();
    let places: Vec<usize> = check.questions.iter().map(|question| place_of(&question.id)).collect();
    let map = Map { check, places: &places, options };
    // What may change later is offered beside a decision, and decides nothing.
    let mut joint = Check { changes: Vec::new(), ..check.clone() };
    let questions = order.iter().zip(options).filter_map(|(id, options)| map.question(id, options, other));
    joint.questions = questions.collect();
    for rule in &mut joint.rules {
        rule.when = map.condition(&rule.when);
    }
    for page in &mut joint.pages {
        page.questions = page.questions.iter().filter_map(|place| places.get(*place).copied()).collect();
    }
    joint.verified().map_err(|fault| {
        anyhow!(
            "{}: the questions stand in another order now, and a condition would name a later one ({}). Compare in two \
             steps: first the order, then the rest",
            check.id,
            fault.0
        )
    })
}

fn find<'a>(check: &'a Check, id: &QuestionId) -> Option<&'a Question> {
    check.questions.iter().find(|question| question.id == *id)
}

/// The questions of the new version, each old one that is gone after the one it stood behind.
fn order(old: &Check, new: &Check) -> Vec<QuestionId> {
    let mut order: Vec<QuestionId> = new.questions.iter().map(|question| question.id.clone()).collect();
    let mut before: Option<&QuestionId> = None;
    for question in &old.questions {
        if !order.contains(&question.id) {
            let place = before.and_then(|before| order.iter().position(|id| id == before)).map_or(0, |place| place + 1);
            order.insert(place, question.id.clone());
        }
        before = Some(&question.id);
    }
    order
}

/// From the places of a version to the joint ones.
struct Map<'a> {
    check: &'a Check,
    places: &'a [usize],
    options: &'a [Vec<Choice>],
}

impl Map<'_> {
    /// A question as this version has it; one it does not have is asked of nobody.
    fn question(&self, id: &QuestionId, options: &[Choice], other: &Check) -> Option<Question> {
        let own = find(self.check, id);
        let known = own.or_else(|| find(other, id))?;
        let set = |set: Options| joint_set(known, set, options);
        let ask_when = match own {
            Some(own) => own.ask_when.as_ref().map(|when| self.condition(when)),
            None => Some(Condition::Any(Vec::new())),
        };
        Some(Question {
            ask_when,
            ends: set(if own.is_some() { known.ends } else { Options::NONE }),
            exclusive: set(known.exclusive),
            clear: set(Options::one(known.clear)).places().next().unwrap_or_default(),
            step: own.map_or(0, |own| own.step),
            options: options.to_vec(),
            ..known.clone()
        })
    }

    fn condition(&self, when: &Condition) -> Condition {
        let place = |question: &usize| self.places.get(*question).copied().unwrap_or_default();
        let set = |question: &usize, set: &Options| {
            let own = self.check.questions.get(*question);
            let options = self.options.get(place(question));
            own.zip(options).map_or(Options::NONE, |(own, options)| joint_set(own, *set, options))
        };
        let all = |parts: &[Condition]| parts.iter().map(|part| self.condition(part)).collect();
        match when {
            Condition::AnyOf(question, options) => Condition::AnyOf(place(question), set(question, options)),
            Condition::AllOf(question, options) => Condition::AllOf(place(question), set(question, options)),
            Condition::AtLeast(question, least) => Condition::AtLeast(place(question), *least),
            Condition::AtMost(question, most) => Condition::AtMost(place(question), *most),
            Condition::All(parts) => Condition::All(all(parts)),
            Condition::Any(parts) => Condition::Any(all(parts)),
            Condition::Not(part) => Condition::Not(Box::new(self.condition(part))),
        }
    }
}

/// Options of a question by their joint places.
fn joint_set(own: &Question, set: Options, options: &[Choice]) -> Options {
    let ids = set.places().filter_map(|place| own.options.get(place));
    let places = ids.filter_map(|option| options.iter().position(|known| known.id == option.id));
    places.fold(Options::NONE, |set, place| set.with(Options::one(place)))
}

/// Rules by id, as a version has them.
pub fn rules_by_id(check: &Check) -> BTreeMap<&str, Vec<&mesocheck::model::Rule>> {
    let mut by_id: BTreeMap<&str, Vec<&mesocheck::model::Rule>> = BTreeMap::new();
    for rule in &check.rules {
        by_id.entry(rule.id.as_str()).or_default().push(rule);
    }
    by_id
}
