//! The project's own commands, called as `cargo xtask <command>`.

mod browsers;
mod build;
mod folder;
mod measure;
mod mutants;
mod package;
mod program;
mod reproduce;
mod serve;
mod servers;
mod test;
mod tools;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use std::env;
use std::path::Path;
use std::process::ExitCode;

/// Sets up what is missing, builds, serves, tests and measures the site, and tests the tests.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the site and serves it on this machine
    Serve(serve::Arguments),
    /// Writes the finished site to dist/
    Build,
    /// Packs the site with all it is made of, for somebody without Rust
    Package,
    /// Builds the site twice, in two folders: every byte must be the same
    Reproduce,
    /// Runs the tests: all of them, or one part
    Test(test::Arguments),
    /// Builds the site and measures its size and speed in a browser
    Measure,
    /// Puts small faults into the engine, one after the other: each must make a test fail
    Mutants(mutants::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nError: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    enter_workspace()?;
    match task {
        Task::Serve(arguments) => serve::serve(&arguments),
        Task::Build => build::build(),
        Task::Package => package::package(),
        Task::Reproduce => reproduce::reproduce(),
        Task::Test(arguments) => test::test(&arguments),
        Task::Measure => measure::measure(),
        Task::Mutants(arguments) => mutants::mutants(&arguments),
    }
}

/// Every path below is relative to the workspace, from whichever folder the command was called.
fn enter_workspace() -> Result<()> {
    let package = env::var_os("CARGO_MANIFEST_DIR").context("call this as `cargo xtask`")?;
    let root = Path::new(&package).parent().context("the package has no folder above it")?;
    env::set_current_dir(root).with_context(|| format!("cannot enter {}", root.display()))
}
