//! `mesocheck accept`: takes what the checks do now as what is agreed, after showing what that changes.

use crate::change::difference;
use crate::command::diff::told;
use crate::command::whole_content;
use crate::signed::{self, Signed};
use anyhow::{Context, Result, bail};
use std::io::{IsTerminal, Write};
use std::path::Path;

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
            Some(agreed) if agreed == now => println!("{id}: nothing changed"),
            Some(agreed) => {
                match difference(&agreed.to_check()?, check) {
                    Ok(difference) => println!("{id}:\n\n{}", told(check, &difference)),
                    Err(reason) => println!("{id}: {reason}"),
                }
                changed.push(now);
            }
            None => {
                println!("{id}: nothing was agreed before; {} rules are new", check.rules.len());
                changed.push(now);
            }
        }
    }
    if changed.is_empty() {
        return Ok(());
    }
    if !arguments.yes && !asked()? {
        bail!("Nothing was accepted.");
    }
    for now in &changed {
        let path = signed::path(folder, now.check());
        std::fs::write(&path, now.to_text()?).with_context(|| format!("cannot write {}", path.display()))?;
        println!("{} now holds what {} does.", path.display(), now.check());
    }
    Ok(())
}

fn asked() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        bail!("Nobody can be asked here. Read the difference above, then run `mesocheck accept --yes`.");
    }
    print!("Is this what a clinician has agreed to? Write yes to accept: ");
    std::io::stdout().flush()?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    Ok(line.trim() == "yes")
}
