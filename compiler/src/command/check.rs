//! `mesocheck check`: every problem of the content, and what there is.

use crate::command::{day, held_content, none, today};
use crate::pack;
use crate::problem::Problems;
use crate::proof::longer_than;
use crate::read::{CheckContent, Content, grades};
use crate::review::{self, Open};
use anyhow::{Result, bail};
use mesocheck::model::{Date, ReviewState, RuleId};
use std::collections::BTreeSet;
use std::path::Path;
use terminal::say;

/// On which day.
#[derive(clap::Args)]
pub struct Arguments {
    /// The day that review dates are held against, as YYYY-MM-DD; today where it is left out.
    #[arg(long, value_parser = day)]
    today: Option<Date>,
}

/// Runs the command.
///
/// # Errors
/// Where the content has a problem.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let today = today(arguments.today)?;
    let problems = Problems::default();
    let content = held_content(folder, &problems)?;
    review::hold_days(&content, today);
    none(&problems)?;
    longest_ways(&content)?;
    counts(&content);
    standing(&content, today);
    say!("no problems");
    Ok(())
}

/// Holds the longest way through each check to its limit.
fn longest_ways(content: &Content) -> Result<()> {
    for CheckContent { check, most_screens, .. } in &content.checks {
        if let Some(patient) = longer_than(check, *most_screens) {
            bail!(
                "{}/questions.toml: somebody goes through more than {most_screens} screens: {}. Ask less, put questions on \
                 one page, or raise most_screens.",
                check.id,
                patient.words.join("; ")
            );
        }
    }
    Ok(())
}

/// What there is.
fn counts(content: &Content) {
    let settings = &content.settings;
    let noun = if settings.number == 1 { "setting" } else { "settings" };
    match (settings.clinic.name.as_str(), settings.number) {
        (_, 0) => say!("clinic: none"),
        ("", number) => say!("clinic: without a name, {number} {noun}"),
        (name, number) => say!("clinic: {name}, {number} {noun}"),
    }
    for CheckContent { check, cases, musts, most_screens, .. } in &content.checks {
        let options: usize = check.questions.iter().map(|question| question.options.len()).sum();
        let findings = check.rules.iter().filter(|rule| rule.outcome.is_some());
        let rules: BTreeSet<&RuleId> = findings.map(|rule| &rule.id).collect();
        let notes = check.rules.iter().filter(|rule| rule.outcome.is_none()).count();
        say!(
            "{}: {} questions, {options} options, {} rules, {notes} notes, {} cases, {} musts, {most_screens} screens at most",
            check.id,
            check.questions.len(),
            rules.len(),
            cases.len(),
            musts.len()
        );
    }
    say!(
        "{}: {} FAQ answers, {} pages, {} sources",
        content.site.locale,
        content.pages.faq.len(),
        content.pages.pages.len(),
        content.sources.len()
    );
    let grades: Vec<String> = grades(&content.said).iter().map(|(kind, grade)| format!("{kind} {grade:.1}")).collect();
    say!("reading grades: {}", grades.join(", "));
}

/// What a clinician has yet to settle, and who has signed.
fn standing(content: &Content, today: Date) {
    let points = review::open_points(content, today);
    let of_kind = |kind: &Open| {
        let number = points.iter().filter(|point| point.kind == *kind).count();
        format!("{number} {}", kind.says())
    };
    let kinds: Vec<String> = Open::ALL.iter().map(of_kind).collect();
    say!("open points: {}", kinds.join(", "));
    let nobody: BTreeSet<&str> =
        points.iter().filter(|point| point.kind == Open::NobodyAgreed).map(|point| point.what.as_str()).collect();
    if !nobody.is_empty() {
        say!("  {}: {}", Open::NobodyAgreed.says(), nobody.into_iter().collect::<Vec<_>>().join(", "));
    }
    let (hash, review) = (pack::hash(content), review::of(content));
    match review.state {
        ReviewState::Signed => say!("signed by {} on {}: content {hash}", review.by, review.on),
        ReviewState::Withdrawn => say!("withdrawn: content {hash}"),
        ReviewState::Draft if !content.agreed => say!(
            "draft: what the checks do is not what was last agreed; `mesocheck diff` shows what changed, and `mesocheck \
             accept` takes it. Content {hash}: a signature names it as hash = \"{hash}\""
        ),
        ReviewState::Draft => say!("draft: no signature in review.toml has hash = \"{hash}\""),
    }
}
