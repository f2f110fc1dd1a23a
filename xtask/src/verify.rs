//! `cargo xtask verify`: what is slow and rarely breaks.

use crate::build::{Profile, app_and_compiler};
use crate::install::{self, bring};
use crate::program::{cargo, run};
use crate::setup::{self, Packages};
use crate::steps::{Steps, all};
use crate::system::{CHROMIUM, Consent, DRIVER, GIT, NPM, Need, PYTHON};
use crate::test::{CONTENT_MUTANTS, call, sites};
use crate::{package, reproduce, servers};
use anyhow::{Context, Result};
use std::process::Command;
use terminal::say;

/// What to check.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only these parts; without any: all but the mutants of the engine
    parts: Vec<Part>,
    /// With the mutants of the engine: only those whose line says this, such as `headline.rs` (a regular expression)
    #[arg(long)]
    only: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// The rules of the content changed on purpose, one thing at a time: something must notice
    ContentMutants,
    /// The proof of a large check, and hundreds of random checks
    Proof,
    /// The site as nginx, Apache and Caddy serve it
    Hosting,
    /// The FHIR export, by a validator and by LHC-Forms
    Fhir,
    /// The archive for somebody without Rust
    Package,
    /// The site built by Trunk in another folder: every byte must be the same
    Reproduce,
    /// How long the engine takes
    Figures,
    /// The licences of all dependencies
    Licences,
    /// Small faults in the engine, one after the other: each must make a test fail. About 40 minutes for all
    Mutants,
}

const NEEDS: &[Need] = &[CHROMIUM, DRIVER, NPM, PYTHON, GIT];

impl Part {
    const USUAL: [Self; 8] = [
        Self::ContentMutants,
        Self::Proof,
        Self::Hosting,
        Self::Fhir,
        Self::Package,
        Self::Reproduce,
        Self::Figures,
        Self::Licences,
    ];

    /// Whether it looks at the site.
    fn needs_site(self) -> bool {
        matches!(self, Self::Hosting | Self::Fhir | Self::Package | Self::Reproduce)
    }

    fn check(self, steps: &mut Steps, only: Option<&str>) -> Result<()> {
        let browser = |names: &str| format!("test --package browser-tests --test site -- --ignored {names}");
        match self {
            Self::ContentMutants => call(steps, "content mutants", CONTENT_MUTANTS),
            Self::Proof => {
                let words = "test --package compiler -- --ignored --skip no_mutant_of_the_shipped_content_survives";
                call(steps, "large and random checks", words)
            }
            Self::Hosting => {
                steps.step("web servers", "cargo xtask verify hosting", servers::set_up)?;
                call(steps, "hosting", &browser("hosting::"))
            }
            Self::Fhir => call(steps, "FHIR", &browser("fhir::")),
            Self::Package => {
                steps.step("package", "cargo xtask package", package::pack)?;
                call(steps, "the archive in other hands", "test --package browser-tests --test package")
            }
            Self::Reproduce => steps.step("reproduce", "cargo xtask verify reproduce", || {
                bring(&install::TRUNK)?;
                reproduce::again()
            }),
            Self::Figures => call(steps, "figures of the engine", "bench --package mesocheck"),
            Self::Licences => steps.step("licences", "cargo xtask verify licences", || {
                bring(&install::DENY)?;
                run(&mut cargo(&["deny", "check", "licenses", "sources"])?)
            }),
            Self::Mutants => steps.step("mutants of the engine", "cargo xtask verify mutants", || engine_mutants(only)),
        }
    }
}

/// Checks the parts, or all; stops at the first failure and says how to repeat it.
pub fn verify(arguments: &Arguments, consent: Consent) -> Result<()> {
    let parts = if arguments.parts.is_empty() { Part::USUAL.to_vec() } else { arguments.parts.clone() };
    all(|steps| {
        if parts.iter().any(|part| part.needs_site()) {
            let packages = setup::beside(NEEDS, Packages::All, consent)?;
            steps.step("site", "cargo xtask build", || app_and_compiler(Profile::Small).and_then(|()| sites()))?;
            packages.finish()?;
        }
        parts.iter().try_for_each(|part| part.check(steps, arguments.only.as_deref()))
    })
}

/// Tries every mutant on a copy of the project; fails if one survives. What is tried, and how, stands in
/// `.cargo/mutants.toml`.
fn engine_mutants(only: Option<&str>) -> Result<()> {
    bring(&install::MUTANTS)?;
    say!("Each mutant is built and tested, a few seconds each; the log is in target/mutants.out/ …");
    run(&mut trial(only)?).context(
        "a mutant survived, or the tests failed without one. A survivor needs a law in tests/laws.rs, \
         simpler code, or a line in .cargo/mutants.toml that says why it changes nothing",
    )
}

/// A test need not find the smallest check that fails: that one fails is enough.
fn trial(only: Option<&str>) -> Result<Command> {
    let mut command = cargo(&["mutants", "--package", "mesocheck"])?;
    if let Some(name) = only {
        command.args(["--re", name]);
    }
    command.env("PROPTEST_MAX_SHRINK_ITERS", "0");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use crate::program::line;
    use crate::verify::{Part, trial};
    use clap::ValueEnum;

    #[test]
    fn a_name_narrows_the_trial() {
        let said = |name: Option<&str>| line(&trial(name).unwrap());
        assert_eq!(said(None), "cargo mutants --package mesocheck");
        assert_eq!(said(Some("headline.rs")), "cargo mutants --package mesocheck --re headline.rs");
    }

    #[test]
    fn everything_is_checked_but_what_has_to_be_asked_for() {
        let left: Vec<&Part> = Part::value_variants().iter().filter(|part| !Part::USUAL.contains(part)).collect();
        assert_eq!(left, [&Part::Mutants]);
    }
}
