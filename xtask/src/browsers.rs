//! What the browser tests need from the system: Chromium, its driver, and npm for axe-core.

use crate::program::{answer, exists, program, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program the tests call, and the Debian package that brings it.
const NEEDED: [(&str, &str); 3] = [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("npm", "npm")];
const PACKAGES: &str = "tests/browser";

enum Right {
    Root,
    Sudo,
}

/// Brings the missing programs through the system's package manager, or says what to install.
pub fn set_up() -> Result<()> {
    let packages = missing(exists);
    if packages.is_empty() {
        return Ok(());
    }
    let Some(right) = right_to_install() else { bail!(instructions(&packages)) };
    println!("Installing {} with apt-get (once, about 2 minutes) …", packages.join(" "));
    run(apt(&right)?.arg("update"))?;
    run(apt(&right)?.args(["install", "-y", "--no-install-recommends"]).args(&packages))?;
    let still = missing(exists);
    if still.is_empty() { Ok(()) } else { bail!(instructions(&still)) }
}

/// Brings the packages of the browser tests, where they are not those of the lock file.
pub fn packages() -> Result<()> {
    let lock = Path::new(PACKAGES).join("package-lock.json");
    let stamp = Path::new(PACKAGES).join("node_modules/.installed-lock");
    let wanted = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run(program("npm")?.args(["ci", "--no-audit", "--no-fund", "--prefix", PACKAGES]))?;
    fs::write(&stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

fn missing(exists: impl Fn(&str) -> bool) -> Vec<&'static str> {
    NEEDED.iter().filter(|(name, _)| !exists(name)).map(|(_, package)| *package).collect()
}

fn instructions(packages: &[&str]) -> String {
    format!(
        "programs are missing. On Debian:\n  sudo apt-get install --no-install-recommends {}\n\
         Elsewhere put `chromium`, `chromedriver` (of the same version) and `npm` on the PATH.",
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
    use crate::browsers::{Right, apt, instructions, missing};
    use crate::program::line;

    #[test]
    fn only_missing_programs_are_installed() {
        assert_eq!(missing(|_| true), Vec::<&str>::new());
        assert_eq!(missing(|name| name == "chromium"), ["chromium-driver", "npm"]);
    }

    #[test]
    fn instructions_name_the_packages() {
        assert!(instructions(&["chromium", "npm"]).contains("--no-install-recommends chromium npm\n"));
    }

    #[test]
    fn apt_asks_nothing_and_never_for_a_password() {
        assert_eq!(line(&apt(&Right::Root).unwrap()), "env DEBIAN_FRONTEND=noninteractive apt-get");
        assert_eq!(line(&apt(&Right::Sudo).unwrap()), "sudo -n env DEBIAN_FRONTEND=noninteractive apt-get");
    }
}
