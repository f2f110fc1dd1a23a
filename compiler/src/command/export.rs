//! `mesocheck export`: the checks in forms that other programs read.

use crate::command::{check_of, whole_content};
use crate::fhir::questionnaire;
use crate::output::{self, Files};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use terminal::say;

/// What to export.
#[derive(clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    form: Form,
}

#[derive(clap::Subcommand)]
enum Form {
    /// Writes each check as a FHIR R4 Questionnaire: what is asked, and when; not what follows from the answers.
    Fhir(Fhir),
}

#[derive(clap::Args)]
struct Fhir {
    /// `suitability` or `aftercare`; both where it is left out.
    check: Option<String>,
    /// The folder to write to.
    #[arg(long, default_value = "fhir")]
    out: PathBuf,
}

/// Runs the command. Nothing is written unless everything can be.
///
/// # Errors
/// Where the content has a problem, a check cannot be said in this form, or a file cannot be written.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let Form::Fhir(Fhir { check, out }) = &arguments.form;
    let content = whole_content(folder)?;
    let checks = match check {
        Some(id) => vec![check_of(&content, id)?],
        None => content.checks.iter().collect(),
    };
    let mut files = Files::new();
    for known in checks {
        let id = &known.check.id;
        let written = questionnaire(&content, &known.check).with_context(|| format!("{id} was not exported"))?;
        let text = serde_json::to_string_pretty(&written)? + "\n";
        files.insert(format!("Questionnaire-{id}.json"), text.into_bytes());
    }
    output::into_folder(&files, out)?;
    for name in files.keys() {
        say!("{}", out.join(name).display());
    }
    Ok(())
}
