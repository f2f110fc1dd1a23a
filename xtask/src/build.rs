//! `cargo xtask build`: the finished site in `dist/`.

use crate::program::{cargo, program, run};
use crate::tools;
use anyhow::Result;
use std::env;
use std::process::Command;

/// Where Trunk leaves the finished site.
pub const DIST: &str = "dist";

/// Sets up, builds, and says where the site is.
pub fn build() -> Result<()> {
    tools::set_up()?;
    site()?;
    println!("The site is in {DIST}/");
    Ok(())
}

/// Builds the site, with the tools in place. A failure leaves the last good one as it was.
pub fn site() -> Result<()> {
    compiler()?;
    run(trunk()?.arg("build"))
}

/// Builds the compiler by itself: within Trunk's hook it would take a minute without a word.
pub fn compiler() -> Result<()> {
    run(&mut cargo(&["build", "--package", "compiler", "--bin", "mesocheck"])?)
}

/// Trunk takes `NO_COLOR` for an option that is `true` or `false`, and refuses the usual `1`. Its own call stack would
/// hide what the compiler says of broken content.
pub fn trunk() -> Result<Command> {
    let mut command = program("trunk")?;
    match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
        _ => command.env_remove("NO_COLOR"),
    };
    command.env("RUST_BACKTRACE", "0");
    Ok(command)
}
