//! `mesocheck draw`: the flow of a check as one drawing.

use crate::command::prove::{clear_progress, progress};
use crate::command::{check_of, whole_content};
use crate::draw;
use crate::output;
use crate::proof::{Depth, prove};
use anyhow::Result;
use std::path::{Path, PathBuf};

/// What to draw, and where to.
#[derive(clap::Args)]
pub struct Arguments {
    /// `suitability` or `aftercare`.
    #[arg(default_value = "suitability")]
    check: String,
    /// The file to write; standard output where it is left out.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Leaves out the column of what is proven.
    #[arg(long)]
    no_proof: bool,
}

/// Runs the command.
///
/// # Errors
/// Where the content has a problem, there is no such check, or the file cannot be written or was not made here.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let known = check_of(&content, &arguments.check)?;
    let depth = Depth { trials: 0, nodes: 0, witnesses: false };
    let report = (!arguments.no_proof).then(|| prove(known, depth, &mut progress()));
    clear_progress();
    let drawing = draw::flow(&content.site.labels, &known.check, report.as_ref());
    let Some(out) = &arguments.out else {
        terminal::write(format_args!("{}", output::marked(&drawing)));
        return Ok(());
    };
    output::file(&drawing, out)
}
