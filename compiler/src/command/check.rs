//! `mesocheck check`: every problem of the content, and what there is.

use crate::command::whole_content;
use crate::read::CheckContent;
use anyhow::Result;
use mesocheck::model::RuleId;
use std::collections::BTreeSet;
use std::path::Path;

/// Runs the command.
///
/// # Errors
/// Where the content has a problem.
pub fn run(folder: &Path) -> Result<()> {
    let content = whole_content(folder)?;
    for CheckContent { check, cases, musts, .. } in &content.checks {
        let options: usize = check.questions.iter().map(|question| question.options.len()).sum();
        let findings = check.rules.iter().filter(|rule| rule.outcome.is_some());
        let rules: BTreeSet<&RuleId> = findings.map(|rule| &rule.id).collect();
        let notes = check.rules.iter().filter(|rule| rule.outcome.is_none()).count();
        println!(
            "{}: {} questions, {options} options, {} rules, {notes} notes, {} cases, {} musts",
            check.id,
            check.questions.len(),
            rules.len(),
            cases.len(),
            musts.len()
        );
    }
    println!(
        "{}: {} FAQ answers, {} pages, {} sources",
        content.site.locale,
        content.pages.faq.len(),
        content.pages.pages.len(),
        content.sources.len()
    );
    println!("no problems");
    Ok(())
}
