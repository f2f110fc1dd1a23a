//! What the browser tests need from the system: Chromium, its driver, npm and Python; and packages of the last two.

use crate::program::{answer, exists, program, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// A program the tests call, and the Debian package that brings it.
const NEEDED: [(&str, &str); 4] =
    [("chromium", "chromium"), ("chromedriver", "chromium-driver"), ("npm", "npm"), ("python3", "python3-venv")];
const PACKAGES: &str = "tests/browser";
/// Where Python's packages are, apart from those of the system.
const PYTHON: &str = ".tools/python";

enum Right {
    Root,
    Sudo,
}

/// Brings the missing programs through the system's package manager, or says what to install.
pub fn set_up() -> Result<()> {
    let packages = missing(works);
    if packages.is_empty() {
        return Ok(());
    }
    let Some(right) = right_to_install() else { bail!(instructions(&packages)) };
    println!("Installing {} with apt-get (once, about 2 minutes) …", packages.join(" "));
    update_lists()?;
    run(apt(&right)?.args(["install", "-y", "--no-install-recommends"]).args(&packages))?;
    let still = missing(works);
    if still.is_empty() { Ok(()) } else { bail!(instructions(&still)) }
}

/// Has the system's package manager read anew what there is.
pub fn update_lists() -> Result<()> {
    let Some(right) = right_to_install() else { bail!("run `sudo apt-get update`, then this again") };
    run(apt(&right)?.arg("update"))
}

/// Brings the npm packages of the browser tests, where they are not those of the lock file.
pub fn npm_packages() -> Result<()> {
    once("package-lock.json", &Path::new(PACKAGES).join("node_modules/.installed-lock"), |_| {
        run(program("npm")?.args(["ci", "--no-audit", "--no-fund", "--prefix", PACKAGES]))
    })
}

/// Brings the Python packages of the browser tests, where they are not those of the list.
pub fn python_packages() -> Result<()> {
    once("requirements.txt", &Path::new(PYTHON).join("installed-requirements.txt"), |list| {
        run(program("python3")?.args(["-m", "venv", "--clear", PYTHON]))?;
        let mut pip = program(&format!("{PYTHON}/bin/python"))?;
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:"]);
        run(pip.args(["--require-hashes", "--requirement"]).arg(list))
    })
}

/// Brings what a list names, unless the stamp says that it is here: the list as it was then.
fn once(list: &str, stamp: &Path, bring: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
    let list = Path::new(PACKAGES).join(list);
    let wanted = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    if fs::read(stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    bring(&list)?;
    fs::write(stamp, wanted).with_context(|| format!("cannot write {}", stamp.display()))
}

/// Whether a program is there. Debian has a Python that can make no environment until a package is added.
fn works(name: &str) -> bool {
    exists(name) && (name != "python3" || answer(Command::new(name).args(["-c", "import ensurepip"])).is_some())
}

fn missing(exists: impl Fn(&str) -> bool) -> Vec<&'static str> {
    NEEDED.iter().filter(|(name, _)| !exists(name)).map(|(_, package)| *package).collect()
}

fn instructions(packages: &[&str]) -> String {
    format!(
        "programs are missing. On Debian:\n  sudo apt-get install --no-install-recommends {}\n\
         Elsewhere put `chromium`, `chromedriver` (of the same version), `npm` and `python3` on the PATH.",
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
        assert_eq!(missing(|name| name == "chromium"), ["chromium-driver", "npm", "python3-venv"]);
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
