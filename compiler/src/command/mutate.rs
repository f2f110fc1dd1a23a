//! `mesocheck mutate`: changes the rules on purpose and says what notices.

use crate::command::{check_of, whole_content};
use crate::mutation::{self, Net, Outcome};
use crate::signed;
use anyhow::{Context, Result, bail};
use std::io::IsTerminal;
use std::path::Path;
use terminal::say;

/// What to change.
#[derive(clap::Args)]
pub struct Arguments {
    /// `suitability` or `aftercare`; both where it is left out.
    check: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// Where the content has a problem, nothing was agreed, or a change that does something was noticed by nothing.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let all = match &arguments.check {
        Some(id) => vec![check_of(&content, id)?],
        None => content.checks.iter().collect(),
    };
    let shown = std::io::stderr().is_terminal();
    let progress = |done: usize, of: usize| {
        if shown && done.is_multiple_of(20) {
            terminal::hint(format_args!("\r\x1b[K{done} of {of} mutants"));
        }
    };
    let (mut mutants, mut survivors) = (0, 0);
    for known in all {
        let id = known.check.id.as_str();
        let agreed = signed::read(folder, id)?;
        let agreed = agreed.with_context(|| format!("nothing was agreed for {id}: run `mesocheck accept` first"))?;
        let outcome = mutation::run(folder, id, &agreed, &progress)?;
        if shown {
            terminal::hint(format_args!("\r\x1b[K"));
        }
        terminal::write(format_args!("{}", told(id, &outcome)));
        mutants += outcome.mutants;
        survivors += outcome.survivors.len();
    }
    say!("together: {mutants} mutants, {survivors} survivors");
    if survivors > 0 {
        bail!("A change of a rule was noticed by nothing. Add a demand, a case or a check that would.");
    }
    Ok(())
}

fn told(id: &str, outcome: &Outcome) -> String {
    let mut text = format!("{id}: {} mutants\n", outcome.mutants);
    for (kind, count) in &outcome.kinds {
        text += &format!("  {kind:<20} {count:>5}\n");
    }
    text += "  noticed by (several may notice one)\n";
    for (net, count) in &outcome.caught {
        text += &format!("    {:<20} {count:>5}\n", Net::words(*net));
    }
    text += &format!("    {:<20} {:>5}\n", "the statement alone", outcome.only_statement.len());
    for (name, list) in [("proven harmless", &outcome.harmless), ("survivors", &outcome.survivors)] {
        text += &format!("  {name}: {}\n", list.len());
        for what in list {
            text += &format!("    {what}\n");
        }
    }
    text
}
