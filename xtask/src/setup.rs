//! What a command needs and this machine lacks: said, and brought.

use crate::background::{Background, Log};
use crate::program::{answer, cargo, exists, program, run};
use crate::system::{self, Consent, Need};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use terminal::say;

const TARGET: &str = "wasm32-unknown-unknown";
/// The folder of the browser tests, with the lists of their packages.
const TESTS: &str = "tests/browser";
/// Where Python's packages are, apart from those of the system.
const PYTHON: &str = ".tools/python";

/// What every build needs: the standard library for the browser, and the sources of all dependencies. Paths of those are
/// kept out of the app, and can be only once they are there.
pub fn sources() -> Result<()> {
    wasm_target()?;
    run(&mut cargo(&["fetch", "--quiet"])?)
}

/// The standard library for the browser. `rust-toolchain.toml` asks for it, yet a toolchain can be there without.
fn wasm_target() -> Result<()> {
    let folder = answer(program("rustc")?.args(["--print", "target-libdir", "--target", TARGET]));
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if !exists("rustup") {
        bail!(
            "the Rust target {TARGET}, for which the app is compiled, is missing: install rustup (https://rustup.rs), or \
             that target"
        );
    }
    say!("Adding the Rust target {TARGET}, for which the app is compiled …");
    run(program("rustup")?.args(["target", "add", TARGET]))
}

/// Asks for what has to be asked for, then brings programs and packages beside what comes next.
pub fn beside(needs: &'static [Need], packages: Packages, consent: Consent) -> Result<Background> {
    let agreed = system::agree(needs, consent)?;
    Background::start("programs and packages for the tests", move |log| {
        system::install(&agreed, |command| log.run(command))?;
        system::must_be_there(needs)?;
        npm_packages(log)?;
        if packages == Packages::All { python_packages(log) } else { Ok(()) }
    })
}

/// Which packages for the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packages {
    /// Those of npm.
    Npm,
    /// Those of Python's index too.
    All,
}

fn npm_packages(log: &Log) -> Result<()> {
    once("package-lock.json", &Path::new(TESTS).join("node_modules/.installed-lock"), |_| {
        log.run(program("npm")?.args(["ci", "--no-audit", "--no-fund", "--prefix", TESTS]))
    })
}

fn python_packages(log: &Log) -> Result<()> {
    once("requirements.txt", &Path::new(PYTHON).join("installed-requirements.txt"), |list| {
        log.run(program("python3")?.args(["-m", "venv", "--clear", PYTHON]))?;
        let mut pip: Command = program(&format!("{PYTHON}/bin/python"))?;
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]);
        log.run(pip.args(["--require-hashes", "--requirement"]).arg(list))
    })
}

/// Brings what a list names, unless the stamp says that it is here: the list as it was then.
fn once(list: &str, stamp: &Path, bring: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let list = Path::new(TESTS).join(list);
    let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    if fs::read(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    bring(&list)?;
    fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}
