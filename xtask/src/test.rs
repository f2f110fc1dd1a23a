//! `cargo xtask test`: what must be green before anything lands.

use crate::build::{DIST, Profile, QUIET, app_beside, bindings, compiler, mesocheck, site};
use crate::program::{cargo, run};
use crate::setup::{self, Packages};
use crate::stamp::Stamp;
use crate::steps::{Steps, all};
use crate::system::{CHROMIUM, Consent, DRIVER, GIT, NPM, Need};
use anyhow::Result;
use terminal::say;

/// What to run.
#[derive(clap::Args)]
pub struct Arguments {
    /// Only a part
    part: Option<Part>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Part {
    /// Format, lints, native tests, content and proof: what one wants after each edit
    Quick,
    /// The site in a browser
    Browser,
}

/// What the browser tests call.
pub const NEEDS: &[Need] = &[CHROMIUM, DRIVER, NPM];

const LINT: &str = "clippy --workspace --all-targets -- -D warnings";
const LINT_APP: &str =
    "clippy --package mesocheck --target wasm32-unknown-unknown --features csr --lib --bin island -- -D warnings";
/// The model and the engine, without what draws them.
const BARE: &str = "check --package mesocheck";
/// The browser tests are built apart: their driver asks for maps of JSON in another order, with which all that the
/// compiler is made of would be compiled a second time.
const NATIVE: &str = "test --workspace --exclude browser-tests --bins --lib --tests";

/// What a mutant of the content can be noticed by, and how.
const MUTANTS_SEE: &[&str] = &[
    "Cargo.lock",
    "content",
    "src/engine",
    "src/engine.rs",
    "src/model",
    "src/model.rs",
    "compiler/src/change",
    "compiler/src/change.rs",
    "compiler/src/colour.rs",
    "compiler/src/command.rs",
    "compiler/src/command/mutate.rs",
    "compiler/src/mutation",
    "compiler/src/mutation.rs",
    "compiler/src/pack.rs",
    "compiler/src/problem.rs",
    "compiler/src/proof",
    "compiler/src/proof.rs",
    "compiler/src/read",
    "compiler/src/read.rs",
    "compiler/src/review.rs",
    "compiler/src/signed.rs",
    "compiler/tests/all/mutate.rs",
];

/// Runs the steps, or those of a part; stops at the first failure and says how to repeat it.
pub fn test(arguments: &Arguments, consent: Consent) -> Result<()> {
    all(|steps| match arguments.part {
        Some(Part::Quick) => {
            setup::sources()?;
            quick(steps)
        }
        Some(Part::Browser) => {
            let packages = setup::beside(NEEDS, Packages::Npm, consent)?;
            setup::sources()?;
            let app = app_beside(Profile::Small)?;
            browser(steps, || app.finish().and_then(|()| packages.finish()))
        }
        None => {
            // Git says what a clone would hold, in tests of the compiler.
            let packages = setup::beside(&[CHROMIUM, DRIVER, NPM, GIT], Packages::Npm, consent)?;
            setup::sources()?;
            let app = app_beside(Profile::Small)?;
            quick(steps)?;
            content_mutants(steps)?;
            browser(steps, || app.finish().and_then(|()| packages.finish()))
        }
    })
}

fn quick(steps: &mut Steps) -> Result<()> {
    call(steps, "format", "fmt --all --check")?;
    call(steps, "lint", LINT)?;
    call(steps, "lint the app", LINT_APP)?;
    call(steps, "model and engine alone", BARE)?;
    call(steps, "native tests", NATIVE)?;
    for (name, words) in [("content", "check"), ("proof", "prove"), ("what was agreed", "diff --fail-if-changed")] {
        steps.step(name, &format!("cargo mesocheck {words}"), || run(mesocheck().args(words.split(' '))))?;
    }
    Ok(())
}

/// Changes the rules on purpose, where what notices that has changed since it last did.
fn content_mutants(steps: &mut Steps) -> Result<()> {
    let stamp = Stamp::of("content-mutants", MUTANTS_SEE)?;
    if stamp.holds() {
        say!("\n── content mutants ── nothing they depend on has changed since they last passed");
        return Ok(());
    }
    call(steps, "content mutants", CONTENT_MUTANTS)?;
    stamp.keep()
}

/// Every mutant of the shipped content, in one test.
pub const CONTENT_MUTANTS: &str =
    "test --package compiler --test all -- --ignored --exact mutate::no_mutant_of_the_shipped_content_survives";

/// Makes the site and looks at it, once what was made beside is there.
fn browser(steps: &mut Steps, made: impl FnOnce() -> Result<()>) -> Result<()> {
    steps.step("compiler", "cargo xtask build", compiler)?;
    call(steps, "browser tests compile", "test --package browser-tests --no-run")?;
    steps.step("site", "cargo xtask build", || made().and_then(|()| sites()))?;
    call(steps, "browser tests", "test --package browser-tests --lib --test site")
}

/// The site as it is published, and the same without its worker.
pub fn sites() -> Result<()> {
    bindings(Profile::Small)?;
    site(DIST, &[])?;
    site(QUIET, &["--no-twins", "--kill-switch"])
}

/// A step that is one call of cargo.
pub fn call(steps: &mut Steps, name: &str, words: &str) -> Result<()> {
    steps.step(name, &format!("cargo {words}"), || run(&mut cargo(&words.split(' ').collect::<Vec<_>>())?))
}

#[cfg(test)]
mod tests {
    use crate::stamp::Stamp;
    use crate::test::MUTANTS_SEE;
    use std::path::Path;

    #[test]
    fn what_mutants_depend_on_is_there() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let paths: Vec<String> =
            MUTANTS_SEE.iter().map(|path| root.join(path).to_string_lossy().into_owned()).collect();
        Stamp::of("test", &paths.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
    }
}
