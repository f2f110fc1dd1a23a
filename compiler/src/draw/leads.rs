//! What each option leads to, seen from the question: what a drawing and a dossier show beside it.

use mesocheck::model::{Check, Condition, Options, Question, Rule, Stops};

/// What ticking an option does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Leads {
    /// It raises nothing.
    Nothing,
    /// It raises nothing by itself, but rules over several answers name it.
    Counts,
    /// It is told in the result, and raises nothing. Place of its rule.
    Note(usize),
    /// It has this outcome. Places of outcome and rule.
    To(usize, usize),
    /// Its outcome depends on other answers. Places of the mildest and the most severe one.
    Depends(usize, usize),
}

/// What an option leads to.
pub fn leads(check: &Check, question: usize, option: usize) -> Leads {
    let mine = || check.rules.iter().enumerate().filter(|(_, rule)| own(check, rule) == Some((question, option)));
    for (place, rule) in mine() {
        if matches!(rule.when, Condition::AnyOf(..)) {
            return rule.outcome.map_or(Leads::Note(place), |outcome| Leads::To(outcome, place));
        }
    }
    let levels = || mine().filter_map(|(_, rule)| rule.outcome);
    if let Some((least, most)) = levels().min().zip(levels().max()) {
        return Leads::Depends(least, most);
    }
    let counted = check.rules.iter().any(|rule| names(&rule.when, question, option));
    if counted { Leads::Counts } else { Leads::Nothing }
}

/// The option a rule belongs to: it is named after it, and fires only where it is ticked. Places of question and option.
pub fn own(check: &Check, rule: &Rule) -> Option<(usize, usize)> {
    let first = match &rule.when {
        Condition::All(parts) => parts.first()?,
        other @ (Condition::AnyOf(..)
        | Condition::AllOf(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::Any(_)
        | Condition::Not(_)) => other,
    };
    let Condition::AnyOf(place, set) = first else { return None };
    let question = check.questions.get(*place)?;
    let option = set.places().next().filter(|option| *set == Options::one(*option))?;
    let name = format!("{}.{}", question.id, question.options.get(option)?.id);
    let rest = rule.id.as_str().strip_prefix(&name)?;
    (rest.is_empty() || rest.starts_with('+')).then_some((*place, option))
}

/// Places of the rules over several answers that a question completes: it is the last they name.
pub fn combined(check: &Check, question: usize) -> Vec<usize> {
    let completes = |rule: &Rule| last_question(&rule.when) == Some(question) && own(check, rule).is_none();
    check.rules.iter().enumerate().filter(|(_, rule)| completes(rule)).map(|(place, _)| place).collect()
}

/// Places of the other questions that decide what the options of a question lead to.
pub fn decided_by(check: &Check, question: usize) -> Vec<usize> {
    let mut others = Vec::new();
    for rule in check.rules.iter().filter(|rule| own(check, rule).is_some_and(|(place, _)| place == question)) {
        rule.when.questions(&mut |place| others.push(place));
    }
    others.sort_unstable();
    others.dedup();
    others.retain(|place| *place != question);
    others
}

/// Whether the check stops where this question raises this outcome.
pub fn stops(check: &Check, question: &Question, outcome: usize) -> bool {
    match check.outcomes.get(outcome).and_then(|outcome| outcome.stops) {
        Some(Stops::Anywhere) => true,
        Some(Stops::FirstStep) => question.step == 0,
        None => false,
    }
}

/// The options a condition wants ticked, by question.
pub fn wanted(when: &Condition, seen: &mut impl FnMut(usize, Options)) {
    match when {
        Condition::AnyOf(question, set) | Condition::AllOf(question, set) => seen(*question, *set),
        Condition::AtLeast(question, _) | Condition::AtMost(question, _) => seen(*question, Options::NONE),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| wanted(part, seen)),
        Condition::Not(part) => part.questions(&mut |question| seen(question, Options::NONE)),
    }
}

fn last_question(when: &Condition) -> Option<usize> {
    let mut last = None;
    when.questions(&mut |question| last = last.max(Some(question)));
    last
}

fn names(when: &Condition, question: usize, option: usize) -> bool {
    match when {
        Condition::AnyOf(place, set) | Condition::AllOf(place, set) => {
            *place == question && set.meets(Options::one(option))
        }
        Condition::AtLeast(..) | Condition::AtMost(..) => false,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| names(part, question, option)),
        Condition::Not(part) => names(part, question, option),
    }
}
