//! What would change a result: what time or care can bring, never another answer to the same facts.

use crate::engine::{Replay, Standing, decide, replay};
use crate::model::{Answers, Change, Check, Decision, Kind, Now, OptionId, Options};

/// Sets of changes looked at before the search gives up. It is then as if nothing were known to help.
const MOST: usize = 2_000;

/// Changes that together lead to a milder outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Their places in [`Check::changes`], in order.
    pub changes: Vec<usize>,
    /// Place of the outcome they lead to.
    pub outcome: usize,
}

/// The smallest sets of changes that lead to a milder outcome, all of one size, in order; none where there is nothing to
/// show now, or nothing helps.
///
/// A set is looked at only if each of its changes bears on what stood in the way before it: any set that helps can be
/// built up like that, one change after the other, so none of the smallest is missed.
pub fn what_would_change(check: &Check, answers: &Answers, standing: Standing, now: Now) -> Vec<Outlook> {
    let (replayed, decision) = decided(check, answers, standing, now);
    let Some(level) = decision.outcome else { return Vec::new() };
    let open: Vec<usize> = (0..check.changes.len()).filter(|place| applies(check, &replayed, *place)).collect();
    let mut sets = vec![Vec::new()];
    let mut looked_at = 0;
    while !sets.is_empty() {
        looked_at += sets.len();
        if looked_at > MOST {
            return Vec::new();
        }
        let (mut found, mut next) = (Vec::new(), Vec::new());
        for set in &sets {
            let (_, decision) = decided(check, &changed(check, answers, set), standing, now);
            if let Some(outcome) = decision.outcome.filter(|outcome| *outcome < level) {
                found.push(Outlook { changes: set.clone(), outcome });
            } else if found.is_empty() {
                for set in larger(check, &open, set, &in_the_way(check, &decision, level)) {
                    // In order, and each once.
                    if let Err(place) = next.binary_search(&set) {
                        next.insert(place, set);
                    }
                }
            }
        }
        if !found.is_empty() {
            return found;
        }
        sets = next;
    }
    Vec::new()
}

fn decided(check: &Check, answers: &Answers, standing: Standing, now: Now) -> (Replay, Decision) {
    let replay = replay(check, answers, now);
    let decision = decide(check, &replay, standing, now.today);
    (replay, decision)
}

fn applies(check: &Check, replay: &Replay, place: usize) -> bool {
    let change = check.changes.get(place);
    change.is_some_and(|change| replay.at(change.question).options.meets(Options::one(change.option)))
}

/// The answers once these changes have come. The time of each answer stays: only what is fresh today is counted on.
fn changed(check: &Check, answers: &Answers, changes: &[usize]) -> Answers {
    let mut answers = answers.clone();
    for change in changes.iter().filter_map(|place| check.changes.get(*place)) {
        change_one(check, &mut answers, change);
    }
    answers
}

fn change_one(check: &Check, answers: &mut Answers, change: &Change) {
    let Some(question) = check.questions.get(change.question) else { return };
    let named = |place: usize| question.options.get(place).map(|option| option.id.clone());
    let Some(answer) = answers.get(question.id.as_str()).cloned() else { return };
    let gone = named(change.option);
    let several = question.kind == Kind::Many;
    let mut left: Vec<OptionId> = answer.options;
    left.retain(|option| several && Some(option) != gone.as_ref() && question.option(option.as_str()).is_some());
    if left.is_empty() {
        left.extend(named(change.to));
    }
    answers.set(question.id.clone(), left, answer.at);
}

/// The questions whose answers could take away what stands in the way first: a finding that is no milder. All of them
/// where there is none, and answers are missing.
fn in_the_way(check: &Check, decision: &Decision, level: usize) -> Vec<bool> {
    let severe = |rule: &&usize| check.rules.get(**rule).is_some_and(|rule| rule.outcome >= Some(level));
    let finding = decision.findings.iter().find(severe).and_then(|rule| check.rules.get(*rule));
    let mut bears = vec![finding.is_none(); check.questions.len()];
    if let Some(rule) = finding {
        rule.when.questions(&mut |question| bear(check, &mut bears, question));
    }
    // An answer that ends the check bears on everything behind it.
    for (place, question) in check.questions.iter().enumerate() {
        if !question.ends.is_empty() {
            bear(check, &mut bears, place);
        }
    }
    bears
}

/// Marks a question and all that decide whether it is asked.
fn bear(check: &Check, bears: &mut [bool], question: usize) {
    if let Some(known) = bears.get_mut(question).filter(|known| !**known) {
        *known = true;
        if let Some(when) = check.questions.get(question).and_then(|question| question.ask_when.as_ref()) {
            when.questions(&mut |earlier| bear(check, bears, earlier));
        }
    }
}

/// A set with one more change each, of those that bear on what stands in the way.
fn larger(check: &Check, open: &[usize], set: &[usize], bears: &[bool]) -> Vec<Vec<usize>> {
    let bearing = |place: &&usize| {
        let question = check.changes.get(**place).map(|change| change.question);
        question.and_then(|question| bears.get(question)).copied().unwrap_or_default() && !set.contains(place)
    };
    let with = |place: &usize| {
        let mut larger = set.to_vec();
        larger.insert(larger.partition_point(|other| other < place), *place);
        larger
    };
    open.iter().filter(bearing).map(with).collect()
}
