//! `mesocheck`: content files to a checked pack and a finished site.
//!
//! - `problem`: what is wrong in a content file, where, and how to mend it
//! - `mutation`: rules changed on purpose, and what notices
//! - `change`: what a change of the content does to patients
//! - `proof`: what holds for every possible answer set
//! - `read`: content files to typed content
//! - `colour`: the colours of a site, and whether they can be told apart
//! - `review`: who signed it, what is open, what is out of date
//! - `pack`: typed content to the packs that travel in pages
//! - `signed`: what a check does, as it was last agreed
//! - `site`: the finished site
//! - `markup`: views as text
//! - `dossier`: everything a clinician signs, as one document
//! - `draw`: the flow of a check as a drawing
//! - `form`: a check as a form for paper, with its scoring key
//! - `fhir`: a check as a FHIR R4 Questionnaire
//! - `command`: one file per command
//! - `output`: what commands write to a disk

mod change;
mod colour;
mod command;
mod dossier;
mod draw;
mod fhir;
mod form;
mod markup;
mod mutation;
mod output;
mod pack;
mod problem;
mod proof;
mod read;
mod review;
mod signed;
mod site;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "mesocheck", about = "Checks content, decides on answers, builds and serves the site", version)]
struct Arguments {
    /// The folder with the content.
    #[arg(long, global = true, default_value = "content")]
    content: std::path::PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads all content and tells every problem; prints what there is.
    Check(command::check::Arguments),
    /// Decides on answers given as JSON.
    Decide(command::decide::Arguments),
    /// Writes one document with everything a clinician signs.
    Dossier(command::dossier::Arguments),
    /// Draws the flow of a check as SVG: what is asked, when, and what each answer leads to.
    Draw(command::draw::Arguments),
    /// Proves the demands of the content over every possible answer set, and counts them.
    Prove(command::prove::Arguments),
    /// Says what of 1,000 visitors get, if answers are as common as the content says.
    Cohort(command::cohort::Arguments),
    /// Says what a change of the content does to patients.
    Diff(command::diff::Arguments),
    /// Takes what the checks do now as what is agreed, after showing what that changes.
    Accept(command::accept::Arguments),
    /// Changes the rules on purpose, one thing at a time, and says what notices.
    Mutate(command::mutate::Arguments),
    /// Writes the checks in a form that other programs read.
    Export(command::export::Arguments),
    /// Writes the finished site.
    Site(command::site::Arguments),
    /// Writes each check as one file, which opens from a disk with nothing beside it.
    Single(command::single::Arguments),
    /// Serves a finished site as a real host would.
    Serve(command::serve::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => return terminal::told(told.use_stderr(), told.exit_code(), || told.print()),
    };
    let content = &arguments.content;
    let done = match arguments.command {
        Command::Check(check) => command::check::run(content, &check),
        Command::Decide(decide) => command::decide::run(content, &decide),
        Command::Prove(prove) => command::prove::run(content, &prove),
        Command::Cohort(cohort) => command::cohort::run(content, &cohort),
        Command::Dossier(dossier) => command::dossier::run(content, &dossier),
        Command::Draw(draw) => command::draw::run(content, &draw),
        Command::Diff(diff) => command::diff::run(content, &diff),
        Command::Accept(accept) => command::accept::run(content, &accept),
        Command::Mutate(mutate) => command::mutate::run(content, &mutate),
        Command::Export(export) => command::export::run(content, &export),
        Command::Site(site) => command::site::run(content, &site),
        Command::Single(single) => command::single::run(content, &single),
        Command::Serve(serve) => command::serve::run(&serve),
    };
    let ended = match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::warn!("{error:#}");
            ExitCode::FAILURE
        }
    };
    terminal::finish(ended)
}
