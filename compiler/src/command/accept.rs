//! `mesocheck accept`: takes what the checks do now as what is agreed, after showing what that changes.

use crate::change::difference;
use crate::command::diff::told;
use crate::command::whole_content;
use crate::output;
use crate::signed::{self, Signed};
use anyhow::{Result, bail};
use std::io::IsTerminal;
use std::path::Path;
use terminal::say;

/// How to accept.
#[derive(clap::Args)]
pub struct Arguments {
    /// Accepts without asking.
    #[arg(long)]
    yes: bool,
}

/// Runs the command. Nothing is written where nothing changed.
///
/// # Errors
/// Where the content has a problem, nobody agrees, or a file cannot be written.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let mut changed = Vec::new();
    for known in &content.checks {
        let (check, id) = (&known.check, known.check.id.as_str());
        let now = Signed::of(check);
        match signed::read(folder, id)? {
            Some(agreed) if agreed == now => say!("{id}: nothing changed"),
            Some(agreed) => {
                match difference(&agreed.to_check()?, check) {
                    Ok(difference) => say!("{id}:\n\n{}", told(check, &difference)),
                    Err(reason) => say!("{id}: {reason}"),
                }
                changed.push(now);
            }
            None => {
                say!("{id}: nothing was agreed before; {} rules are new", check.rules.len());
                changed.push(now);
            }
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    // Nobody agrees to what could not be shown.
    terminal::heard()?;
    if !arguments.yes && !asked()? {
        bail!("Nothing was accepted.");
    }
    for now in &changed {
        let path = signed::path(folder, now.check());
        output::replace(&path, now.to_text()?.as_bytes())?;
        say!("{} now holds what {} does.", path.display(), now.check());
    }
    Ok(())
}

fn asked() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("Nobody can be asked here. Read the difference above, then run `mesocheck accept --yes`.");
    }
    terminal::write(format_args!("Is this what a clinician has agreed to? Write yes to accept: "));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim() == "yes")
}
