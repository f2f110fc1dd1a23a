//! `mesocheck dossier`: one document with everything a clinician signs.

use crate::change::difference;
use crate::command::diff::{agreed, told};
use crate::command::prove::{clear_progress, progress};
use crate::command::{today, whole_content};
use crate::dossier::{Book, html};
use crate::output;
use crate::proof::{Depth, Report, prove};
use crate::read::Content;
use anyhow::Result;
use mesocheck::model::Date;
use std::path::{Path, PathBuf};
use terminal::say;

/// Where to, and what to say in it.
#[derive(clap::Args)]
pub struct Arguments {
    /// The file to write, or the folder it is put into.
    #[arg(long, default_value = "dossier.html")]
    out: PathBuf,
    /// The day it is made, as YYYY-MM-DD; today where it is left out.
    #[arg(long, value_parser = crate::command::day)]
    today: Option<Date>,
    /// How many nodes a diagram may have while answer sets are counted; 8 million take about 800 MB.
    #[arg(long, default_value_t = 8_000_000)]
    nodes: usize,
    /// How many random answer sets the engine is tried on, for each check.
    #[arg(long, default_value_t = 100_000)]
    trials: usize,
}

/// Runs the command.
///
/// # Errors
/// Where the content has a problem, or the file cannot be written or was not made here.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let today = today(arguments.today)?;
    let depth = Depth { trials: arguments.trials, nodes: arguments.nodes, witnesses: true };
    let reports: Vec<Report> = content.checks.iter().map(|check| prove(check, depth, &mut progress())).collect();
    clear_progress();
    let changes = changes(folder, &content)?;
    let text = html(&Book { content: &content, reports: &reports, today, changes });
    let out = &arguments.out;
    let out = if out.is_dir() { out.join("dossier.html") } else { out.clone() };
    output::file(&text, &out)?;
    say!("{}", out.display());
    Ok(())
}

/// For each check that was agreed before, what has changed since.
fn changes(folder: &Path, content: &Content) -> Result<Vec<(String, String)>> {
    let agreed = agreed(folder)?;
    let checks = content.checks.iter().map(|known| &known.check);
    let pairs = checks.filter_map(|check| Some((check, agreed.iter().find(|old| old.id == check.id)?)));
    pairs.map(|(check, old)| Ok((check.title.clone(), told(check, &difference(old, check)?)))).collect()
}
