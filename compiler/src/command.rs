//! One file per command.

pub mod accept;
pub mod check;
pub mod cohort;
pub mod decide;
pub mod diff;
pub mod draw;
pub mod mutate;
pub mod prove;
pub mod serve;
pub mod site;

use crate::problem::Problems;
use crate::read::{self, CheckContent, Content};
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Reads content whatever its problems, and tells them on standard error.
///
/// # Errors
/// A file that cannot be opened.
fn content_as_it_is(folder: &Path) -> Result<(Content, usize)> {
    let problems = Problems::default();
    let content = read::content(folder, &problems)?;
    for problem in problems.all() {
        eprintln!("{problem}");
    }
    Ok((content, problems.all().len()))
}

/// Reads content that must be free of problems.
///
/// # Errors
/// Every problem, rendered; or a file that cannot be opened.
fn whole_content(folder: &Path) -> Result<Content> {
    let problems = Problems::default();
    let content = read::content(folder, &problems)?;
    if problems.is_empty() {
        return Ok(content);
    }
    let number = problems.all().len();
    let noun = if number == 1 { "problem" } else { "problems" };
    bail!("{}{number} {noun} in the content.", problems.rendered())
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
