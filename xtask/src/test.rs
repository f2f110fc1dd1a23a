//! `cargo xtask test`: every check of the project, in one order, with its seconds.

use crate::program::{cargo, run};
use crate::{browsers, build, package, reproduce, servers, tools};
use anyhow::{Error, Result, anyhow};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Which tests to run.
#[derive(clap::Args)]
pub struct Arguments {
    /// One part only
    part: Option<Part>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Format, lints, and the tests of the model and engine
    Pure,
    /// The content: its check and the cases
    Content,
    /// The site in a browser
    Browser,
}

#[derive(Clone, Copy)]
struct Step {
    name: &'static str,
    work: Work,
}

#[derive(Clone, Copy)]
enum Work {
    /// One call of cargo, with these words.
    Cargo(&'static str),
    WasmTarget,
    Tools,
    Browsers,
    Servers,
    NpmPackages,
    PythonPackages,
    Site,
    Again,
    Package,
}

const FORMAT: Step = Step { name: "format", work: Work::Cargo("fmt --all --check") };
const LINT: Step = Step { name: "lint", work: Work::Cargo("clippy --workspace --all-targets -- -D warnings") };
const WASM_TARGET: Step = Step { name: "wasm target", work: Work::WasmTarget };
const LINT_ISLAND: Step = Step {
    name: "lint the island",
    work: Work::Cargo(
        "clippy --package mesocheck --target wasm32-unknown-unknown --features csr --lib --bin island -- -D warnings",
    ),
};
const LINT_PURE: Step =
    Step { name: "lint what is pure", work: Work::Cargo("clippy --package mesocheck --all-targets -- -D warnings") };
const ENGINE: Step = Step { name: "model and engine", work: Work::Cargo("test --package mesocheck") };
const NATIVE: Step = Step { name: "all native tests", work: Work::Cargo("test --workspace --exclude browser-tests") };
const CONTENT: Step = Step { name: "content", work: Work::Cargo("mesocheck check") };
const PROOF: Step = Step { name: "proof", work: Work::Cargo("mesocheck prove") };
const AGREED: Step = Step { name: "what was agreed", work: Work::Cargo("mesocheck diff --fail-if-changed") };
const CASES: Step = Step { name: "compiler and cases", work: Work::Cargo("test --package compiler") };
const TOOLS: Step = Step { name: "build tools", work: Work::Tools };
const BROWSERS: Step = Step { name: "browsers", work: Work::Browsers };
const SERVERS: Step = Step { name: "web servers", work: Work::Servers };
const NPM_PACKAGES: Step = Step { name: "npm packages", work: Work::NpmPackages };
const PYTHON_PACKAGES: Step = Step { name: "python packages", work: Work::PythonPackages };
const SITE: Step = Step { name: "site", work: Work::Site };
const AGAIN: Step = Step { name: "the same again", work: Work::Again };
const PACKAGE: Step = Step { name: "package", work: Work::Package };
const BROWSER: Step = Step { name: "browser tests", work: Work::Cargo("test --package browser-tests") };

/// Runs the steps of a part, or all; stops at the first failure and says how to repeat it.
pub fn test(arguments: &Arguments) -> Result<()> {
    let mut taken = Vec::new();
    let failure = steps(arguments.part).into_iter().find_map(|step| {
        println!("\n── {} ── {}", step.name, repeat(step.work));
        let start = Instant::now();
        let result = work(step.work);
        taken.push((step.name, start.elapsed()));
        result.err().map(|error| failed(step, &error))
    });
    print!("\n{}", table(&taken));
    if let Some(error) = failure {
        return Err(error);
    }
    println!("All passed.");
    Ok(())
}

fn steps(part: Option<Part>) -> Vec<Step> {
    match part {
        Some(Part::Pure) => vec![FORMAT, LINT, LINT_PURE, ENGINE],
        Some(Part::Content) => vec![CONTENT, PROOF, AGREED, CASES],
        Some(Part::Browser) => vec![TOOLS, BROWSERS, SERVERS, NPM_PACKAGES, PYTHON_PACKAGES, SITE, PACKAGE, BROWSER],
        None => vec![
            FORMAT,
            LINT,
            WASM_TARGET,
            LINT_ISLAND,
            LINT_PURE,
            NATIVE,
            CONTENT,
            PROOF,
            AGREED,
            TOOLS,
            BROWSERS,
            SERVERS,
            NPM_PACKAGES,
            PYTHON_PACKAGES,
            SITE,
            AGAIN,
            PACKAGE,
            BROWSER,
        ],
    }
}

fn work(work: Work) -> Result<()> {
    match work {
        Work::Cargo(words) => run(&mut cargo(&words.split(' ').collect::<Vec<_>>())?),
        Work::WasmTarget => tools::wasm_target(),
        Work::Tools => tools::set_up(),
        Work::Browsers => browsers::set_up(),
        Work::Servers => servers::set_up(),
        Work::NpmPackages => browsers::npm_packages(),
        Work::PythonPackages => browsers::python_packages(),
        Work::Site => build::site(),
        Work::Again => reproduce::again(),
        Work::Package => package::pack(),
    }
}

/// The shortest command that does this step again.
fn repeat(work: Work) -> String {
    match work {
        Work::Cargo(words) => format!("cargo {words}"),
        Work::WasmTarget => "rustup target add wasm32-unknown-unknown".to_owned(),
        Work::Tools | Work::Site => "cargo xtask build".to_owned(),
        Work::Again => "cargo xtask reproduce".to_owned(),
        Work::Package => "cargo xtask package".to_owned(),
        Work::Browsers | Work::Servers | Work::PythonPackages => "cargo xtask test browser".to_owned(),
        Work::NpmPackages => "npm ci --prefix tests/browser".to_owned(),
    }
}

fn failed(step: Step, error: &Error) -> Error {
    anyhow!("{} failed: {error:#}\nTo repeat it: {}", step.name, repeat(step.work))
}

fn table(taken: &[(&str, Duration)]) -> String {
    let total = taken.iter().map(|(_, time)| *time).sum();
    let mut lines = String::new();
    for (name, time) in taken.iter().chain([&("together", total)]) {
        // Writing to a string cannot fail.
        let _ = writeln!(lines, "{name:<20}{:>8.1} s", time.as_secs_f64());
    }
    lines
}

#[cfg(test)]
mod tests {
    use crate::test::{BROWSER, CASES, ENGINE, FORMAT, LINT, Part, failed, repeat, steps, table};
    use anyhow::anyhow;
    use std::time::Duration;

    fn names(part: Option<Part>) -> Vec<&'static str> {
        steps(part).iter().map(|step| step.name).collect()
    }

    #[test]
    fn everything_runs_each_step_once_and_every_part() {
        let all = names(None);
        let once: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(once.len(), all.len());
        for part in [Part::Pure, Part::Content, Part::Browser] {
            // These two are among all native ones.
            let covered = |name: &&str| all.contains(name) || [ENGINE.name, CASES.name].contains(name);
            assert!(names(Some(part)).iter().all(covered));
        }
    }

    #[test]
    fn the_cheap_steps_come_first_and_the_browser_last() {
        let all = names(None);
        assert_eq!(all.first(), Some(&FORMAT.name));
        assert_eq!(all.last(), Some(&BROWSER.name));
    }

    #[test]
    fn a_failure_says_how_to_repeat_it() {
        let said = failed(LINT, &anyhow!("reason")).to_string();
        assert!(said.contains("lint failed: reason"), "{said}");
        assert!(said.ends_with("cargo clippy --workspace --all-targets -- -D warnings"), "{said}");
        assert_eq!(repeat(FORMAT.work), "cargo fmt --all --check");
    }

    #[test]
    fn the_table_adds_up() {
        let said = table(&[("one", Duration::from_millis(1500)), ("two", Duration::from_millis(500))]);
        assert!(said.ends_with("together                 2.0 s\n"), "{said}");
        assert_eq!(said.lines().count(), 3);
    }
}
