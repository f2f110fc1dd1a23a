//! `cargo xtask mutants`: small faults in the engine, one after the other. Each must make a test fail.

use crate::program::{cargo, run};
use crate::tools;
use anyhow::{Context, Result};
use std::process::Command;

/// Which mutants to try.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only mutants whose line says this, such as `headline.rs` (a regular expression)
    name: Option<String>,
}

/// Tries every mutant on a copy of the project; fails if one survives. What is tried, and how, stands in
/// `.cargo/mutants.toml`.
pub fn mutants(arguments: &Arguments) -> Result<()> {
    tools::mutants()?;
    println!("Each mutant is built and tested, a few seconds each; the log is in target/mutants.out/ …");
    run(&mut trial(arguments)?).context(
        "a mutant survived, or the tests failed without one. A survivor needs a law in tests/laws.rs, \
         simpler code, or a line in .cargo/mutants.toml that says why it changes nothing",
    )
}

/// A test need not find the smallest check that fails: that one fails is enough.
fn trial(arguments: &Arguments) -> Result<Command> {
    let mut command = cargo(&["mutants", "--package", "mesocheck"])?;
    if let Some(name) = &arguments.name {
        command.args(["--re", name]);
    }
    command.env("PROPTEST_MAX_SHRINK_ITERS", "0");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use crate::mutants::{Arguments, trial};
    use crate::program::line;

    #[test]
    fn a_name_narrows_the_trial() {
        let said = |name: Option<&str>| line(&trial(&Arguments { name: name.map(str::to_owned) }).unwrap());
        assert_eq!(said(None), "cargo mutants --package mesocheck");
        assert_eq!(said(Some("headline.rs")), "cargo mutants --package mesocheck --re headline.rs");
    }
}
