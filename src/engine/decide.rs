//! Decides: every rule that fires, and the most severe outcome among them.

use crate::engine::Replay;
use crate::model::{Action, Check, Date, Decision, Withheld};
use std::collections::BTreeSet;

/// Whether the content may still be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Current,
    /// It was withdrawn by its publisher.
    Withdrawn,
}

/// The decision on replayed answers. Answers that are missing hide no finding; they only withhold a milder outcome.
pub fn decide(check: &Check, replay: &Replay, standing: Standing, today: Date) -> Decision {
    let fired = check.rules.iter().enumerate().filter(|(_, rule)| replay.holds(&rule.when)).map(|(place, _)| place);
    let (found, notes): (Vec<usize>, Vec<usize>) = fired.partition(|rule| outcome_of(check, *rule).is_some());
    // Each after those that are as severe: the sort of the library is two kilobytes of the app.
    let mut findings: Vec<usize> = Vec::with_capacity(found.len());
    for rule in found {
        let before = |other: &usize| outcome_of(check, *other) >= outcome_of(check, rule);
        findings.insert(findings.partition_point(before), rule);
    }
    // A rule of a table stands in the check once per level: only its most severe is shown.
    let mut shown = BTreeSet::new();
    findings.retain(|rule| shown.insert(check.rules.get(*rule).map(|rule| &rule.id)));
    let missing: Vec<usize> = replay.missing().collect();
    let level = findings.first().and_then(|rule| outcome_of(check, *rule)).unwrap_or_default();
    let withheld = withheld(check, level, &missing, standing, today);
    let waits = findings.iter().filter_map(|rule| check.rules.get(*rule)?.wait.as_ref());
    Decision {
        outcome: withheld.is_none().then_some(level),
        withheld,
        wait_days: waits.map(|wait| wait.days).max(),
        also_see_doctor: findings.iter().copied().filter(|rule| wants_doctor(check, *rule)).collect(),
        findings,
        notes,
        missing,
    }
}

fn outcome_of(check: &Check, rule: usize) -> Option<usize> {
    check.rules.get(rule).and_then(|rule| rule.outcome)
}

fn wants_doctor(check: &Check, rule: usize) -> bool {
    matches!(check.action(rule), Some(Action::Gp | Action::GpSoon))
}

fn withheld(check: &Check, level: usize, missing: &[usize], standing: Standing, today: Date) -> Option<Withheld> {
    let urgent = check.outcomes.get(level).is_some_and(|outcome| outcome.shown_incomplete);
    let current = standing == Standing::Current && today <= check.review_by;
    if !missing.is_empty() && !urgent {
        Some(Withheld::Incomplete)
    } else if level == 0 && !current {
        Some(Withheld::OutOfDate)
    } else {
        None
    }
}
