//! One file per command.

pub mod check;
pub mod decide;
pub mod serve;
pub mod site;

use crate::problem::Problems;
use crate::read::{self, Content};
use anyhow::{Result, bail};
use std::path::Path;

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
