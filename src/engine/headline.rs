//! Which title a result gets.

use crate::model::{Ask, Check, Decision, Headline, Rule};

/// Title and first sentence of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// What the person reads first.
    pub title: String,
    /// What to do.
    pub lead: String,
    /// The ladder's own title, where another stands above it.
    pub own: Option<String>,
}

/// The title of a decision that has an outcome.
pub fn headline(check: &Check, decision: &Decision) -> Option<Title> {
    let level = decision.outcome?;
    let outcome = check.outcomes.get(level)?;
    let findings: Vec<&Rule> = decision.findings.iter().filter_map(|rule| check.rules.get(*rule)).collect();
    let Some(other) = check.headlines.iter().find(|headline| fits(headline, level, &findings)) else {
        return Some(Title { title: outcome.title.clone(), lead: outcome.lead.clone(), own: None });
    };
    // Only the call to a doctor says something else than the outcome; the rest say the same in better words.
    let own = other.any_ask.is_some().then(|| outcome.title.clone());
    Some(Title { title: other.title.clone(), lead: other.lead.clone(), own })
}

fn fits(headline: &Headline, level: usize, findings: &[&Rule]) -> bool {
    let top: Vec<&&Rule> = findings.iter().filter(|rule| rule.outcome == Some(level)).collect();
    let some = !top.is_empty();
    headline.outcomes.contains(&level)
        && headline.any_ask.is_none_or(|ask| findings.iter().any(|rule| asks(rule) == Some(ask)))
        && (headline.only_ask.is_empty() || some && top.iter().all(|rule| asks_one_of(rule, &headline.only_ask)))
        && (!headline.only_unsure || some && top.iter().all(|rule| rule.unsure.is_some()))
        && headline.any_scope.is_none_or(|scope| top.iter().any(|rule| rule.scope == Some(scope)))
        && headline.any_within.is_none_or(|within| top.iter().any(|rule| rule.within == Some(within)))
        && headline.only_within.is_none_or(|within| some && top.iter().all(|rule| rule.within == Some(within)))
        && (!headline.nothing_found || findings.is_empty())
}

/// A rule above the ladder's "talk" names nobody to ask, but may still want a doctor soon.
fn asks(rule: &Rule) -> Option<Ask> {
    let soon = rule.action == Some(crate::model::Action::GpSoon);
    if soon { Some(Ask::DoctorSoon) } else { rule.ask }
}

fn asks_one_of(rule: &Rule, asked: &[Ask]) -> bool {
    asks(rule).is_some_and(|ask| asked.contains(&ask))
}
