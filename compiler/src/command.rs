//! One file per command.

pub mod accept;
pub mod check;
pub mod cohort;
pub mod decide;
pub mod diff;
pub mod dossier;
pub mod draw;
pub mod export;
pub mod mutate;
pub mod prove;
pub mod serve;
pub mod single;
pub mod site;

use crate::problem::Problems;
use crate::read::{self, CheckContent, Content};
use crate::review;
use anyhow::{Context, Result, anyhow, bail};
use mesocheck::model::Date;
use std::path::Path;

/// Reads content whatever its problems, and tells them on standard error.
///
/// # Errors
/// A file that cannot be opened.
fn content_as_it_is(folder: &Path) -> Result<(Content, usize)> {
    let problems = Problems::default();
    let content = held_content(folder, &problems)?;
    for problem in problems.all() {
        terminal::warn!("{problem}");
    }
    Ok((content, problems.all().len()))
}

/// Reads content that must be free of problems, whatever the day: content that is out of date is published all the
/// same, because it then says so itself.
///
/// # Errors
/// Every problem, rendered; or a file that cannot be opened.
fn whole_content(folder: &Path) -> Result<Content> {
    let problems = Problems::default();
    let content = held_content(folder, &problems)?;
    none(&problems)?;
    Ok(content)
}

/// Reads content and gathers its problems.
fn held_content(folder: &Path, problems: &Problems) -> Result<Content> {
    let content = read::content(folder, problems)?;
    content.hold_stated();
    if problems.is_empty() {
        review::hold_signatures(&content);
    }
    Ok(content)
}

/// Fails where there is a problem.
fn none(problems: &Problems) -> Result<()> {
    if problems.is_empty() {
        return Ok(());
    }
    let number = problems.all().len();
    let noun = if number == 1 { "problem" } else { "problems" };
    bail!("{}{number} {noun} in the content.", problems.rendered())
}

/// A day as an argument.
fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD".into())
}

/// The day that was given; else by the clock and time zone of this machine.
fn today(given: Option<Date>) -> Result<Date> {
    let clock = || {
        let today = jiff::Zoned::now().date().to_string();
        Date::parse(&today).ok_or_else(|| anyhow!("the clock of this machine says {today}"))
    };
    given.map_or_else(clock, Ok)
}

/// The check of this id.
///
/// # Errors
/// Where there is none; the known ones are named.
fn check_of<'a>(content: &'a Content, id: &str) -> Result<&'a CheckContent> {
    let found = content.checks.iter().find(|known| known.check.id.as_str() == id);
    found.with_context(|| {
        let known: Vec<&str> = content.checks.iter().map(|known| known.check.id.as_str()).collect();
        format!("there is no check `{id}`; known: {}", known.join(", "))
    })
}
