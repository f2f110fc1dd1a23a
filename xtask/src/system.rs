//! What comes from the system: programs, by Debian's packages. A person at the terminal is asked once.

use crate::program::{answer, exists, program, run};
use anyhow::{Result, bail};
use std::io::{BufRead, IsTerminal, stdin};
use std::process::Command;
use terminal::say;

/// Whether system packages may be installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Yes, without a question.
    Given,
    /// Whoever sits at the terminal is asked. Where nobody does, as in CI, it goes ahead.
    Asked,
}

/// A program, the Debian package that brings it, and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    /// The program.
    pub program: &'static str,
    package: &'static str,
    why: &'static str,
}

/// The browser of the tests.
pub const CHROMIUM: Need = Need { program: "chromium", package: "chromium", why: "the browser the tests drive" };
/// What drives it.
pub const DRIVER: Need =
    Need { program: "chromedriver", package: "chromium-driver", why: "through which the tests drive it" };
/// Brings packages of npm.
pub const NPM: Need = Need { program: "npm", package: "npm", why: "brings axe, which finds barriers, and LHC-Forms" };
/// Makes an environment for Python's packages.
pub const PYTHON: Need = Need { program: "python3", package: "python3-venv", why: "runs the validator of FHIR" };
/// Copies what a clone would hold.
pub const GIT: Need = Need { program: "git", package: "git", why: "says which files belong to the project" };

enum Right {
    Root,
    Sudo,
}

/// Asks, where something is missing and somebody is there, and says what may be installed.
pub fn agree(needs: &[Need], consent: Consent) -> Result<Vec<&'static str>> {
    let missing = missing(needs, works);
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    say!("Missing on this machine:");
    for Need { program, package, why } in &missing {
        say!("  {program:<14} {why} (Debian's package {package})");
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if right_to_install().is_none() {
        bail!(instructions(&packages));
    }
    if consent == Consent::Asked && stdin().is_terminal() && !says_yes()? {
        bail!("nothing was installed. {}", instructions(&packages));
    }
    Ok(packages)
}

/// Brings packages that were agreed to.
pub fn install(packages: &[&str], run: impl Fn(&mut Command) -> Result<()>) -> Result<()> {
    if packages.is_empty() {
        return Ok(());
    }
    let Some(right) = right_to_install() else { bail!(instructions(packages)) };
    run(apt(&right)?.arg("update"))?;
    run(apt(&right)?.args(["install", "-y", "--no-install-recommends"]).args(packages))
}

/// Fails where a program is still missing.
pub fn must_be_there(needs: &[Need]) -> Result<()> {
    let packages: Vec<&str> = missing(needs, works).iter().map(|need| need.package).collect();
    if packages.is_empty() { Ok(()) } else { bail!(instructions(&packages)) }
}

/// Has the system's package manager read anew what there is.
pub fn update_lists() -> Result<()> {
    let Some(right) = right_to_install() else { bail!("run `sudo apt-get update`, then this again") };
    run(apt(&right)?.arg("update"))
}

fn says_yes() -> Result<bool> {
    terminal::write(format_args!("Install them with apt-get? [Y/n] "));
    let mut said = String::new();
    stdin().lock().read_line(&mut said)?;
    Ok(is_yes(&said))
}

/// An empty line is a yes; the end of the input is none.
fn is_yes(said: &str) -> bool {
    said.ends_with('\n') && ["", "y", "yes"].contains(&said.trim().to_lowercase().as_str())
}

/// Whether a program is there. Debian has a Python that can make no environment until a package is added.
fn works(name: &str) -> bool {
    exists(name) && (name != "python3" || answer(Command::new(name).args(["-c", "import ensurepip"])).is_some())
}

fn missing(needs: &[Need], works: impl Fn(&str) -> bool) -> Vec<Need> {
    needs.iter().filter(|need| !works(need.program)).copied().collect()
}

fn instructions(packages: &[&str]) -> String {
    format!(
        "On Debian and its kin this brings what is missing:\n  \
         sudo apt-get install --no-install-recommends {}\n\
         Elsewhere put programs of these names on the PATH; `chromedriver` is of the same version as `chromium`.",
        packages.join(" ")
    )
}

fn right_to_install() -> Option<Right> {
    if !exists("apt-get") {
        return None;
    }
    if answer(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(Right::Root);
    }
    answer(Command::new("sudo").args(["-n", "true"])).map(|_| Right::Sudo)
}

fn apt(right: &Right) -> Result<Command> {
    let mut command = match right {
        Right::Root => program("env")?,
        Right::Sudo => {
            let mut sudo = program("sudo")?;
            sudo.args(["-n", "env"]);
            sudo
        }
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use crate::program::line;
    use crate::system::{CHROMIUM, DRIVER, GIT, NPM, Right, apt, instructions, is_yes, missing};

    #[test]
    fn only_missing_programs_are_installed() {
        let needs = [CHROMIUM, DRIVER, NPM, GIT];
        let packages =
            |works: fn(&str) -> bool| -> Vec<&str> { missing(&needs, works).iter().map(|need| need.package).collect() };
        assert_eq!(packages(|_| true), Vec::<&str>::new());
        assert_eq!(packages(|name| name == "chromium"), ["chromium-driver", "npm", "git"]);
    }

    #[test]
    fn instructions_are_a_command() {
        assert!(instructions(&["chromium", "npm"]).contains("--no-install-recommends chromium npm\n"));
    }

    #[test]
    fn a_question_is_answered_by_a_line() {
        for said in ["\n", "y\n", "Yes\n", " y \n"] {
            assert!(is_yes(said), "{said:?}");
        }
        for said in ["", "n\n", "no\n", "what?\n"] {
            assert!(!is_yes(said), "{said:?}");
        }
    }

    #[test]
    fn apt_asks_nothing_and_never_for_a_password() {
        assert_eq!(line(&apt(&Right::Root).unwrap()), "env DEBIAN_FRONTEND=noninteractive apt-get");
        assert_eq!(line(&apt(&Right::Sudo).unwrap()), "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get");
    }
}
