//! The project's own commands, called as `cargo xtask <command>`.
//!
//! - `build`: the app and the site around it
//! - `serve`: the site on this machine; `watch`: made anew whenever something changes
//! - `test`, `verify`: what must be green before anything lands, and what is slow and rarely breaks
//! - `setup`: what a command needs and this machine lacks; `install`, `system`, `servers`: how it is brought
//! - `reproduce`, `package`, `licences`, `measure`: parts of `verify` with a file of their own
//! - `program`, `background`, `steps`, `stamp`, `folder`: running programs, beside each other, with their times, not twice

mod background;
mod build;
mod folder;
mod install;
mod measure;
mod package;
mod program;
mod reproduce;
mod serve;
mod servers;
mod setup;
mod stamp;
mod steps;
mod system;
mod test;
mod verify;
mod watch;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::env;
use std::path::Path;
use std::process::ExitCode;

/// Builds, serves, tests and measures the site. Each command brings what it lacks.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Arguments {
    /// Installs system packages without asking
    #[arg(long, global = true)]
    yes: bool,
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the site and serves it on this machine
    Serve(serve::Arguments),
    /// Writes the finished site to dist/
    Build,
    /// Runs the tests: all that must be green before anything lands, or `quick`, after each edit
    Test(test::Arguments),
    /// Checks what is slow and rarely breaks
    Verify(verify::Arguments),
    /// Packs the site with all it is made of, for somebody without Rust
    Package,
    /// Measures the site in a browser, or what the commands themselves take
    Measure(measure::Arguments),
}

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => return terminal::told(told.use_stderr(), told.exit_code(), || told.print()),
    };
    terminal::finish(match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::warn!("\nError: {error:#}");
            ExitCode::FAILURE
        }
    })
}

fn run(arguments: Arguments) -> Result<()> {
    enter_workspace()?;
    let consent = if arguments.yes { system::Consent::Given } else { system::Consent::Asked };
    match arguments.task {
        Task::Serve(arguments) => serve::serve(&arguments),
        Task::Build => build::build(),
        Task::Test(arguments) => test::test(&arguments, consent),
        Task::Verify(arguments) => verify::verify(&arguments, consent),
        Task::Package => package::package(),
        Task::Measure(arguments) => measure::measure(&arguments, consent),
    }
}

/// Every path below is relative to the workspace, from whichever folder the command was called.
fn enter_workspace() -> Result<()> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("call this as `cargo xtask`")?;
    let root = Path::new(&package).parent().context("the package has no folder above it")?;
    env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
