//! Running other programs, with the project's own tools first on the path.

use anyhow::{Context, Result, bail};
use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Where `cargo install` puts the project's own tools; ignored by git.
pub const TOOLS: &str = ".tools";

/// A program to run, found in the project's tools or on the path.
pub fn program(name: &str) -> Result<Command> {
    let mut command = Command::new(name);
    command.env("PATH", path()?);
    // Where git itself called this, in a hook, its variables name another repository or another index.
    for (name, _) in env::vars_os().filter(|(name, _)| is_of_git(&name.to_string_lossy())) {
        command.env_remove(name);
    }
    Ok(command)
}

fn is_of_git(name: &str) -> bool {
    [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_COMMON_DIR",
        "GIT_OBJECT_DIRECTORY",
        "GIT_NAMESPACE",
        "GIT_PREFIX",
    ]
    .contains(&name)
}

/// `cargo` with these arguments.
pub fn cargo(arguments: &[&str]) -> Result<Command> {
    let mut command = program("cargo")?;
    command.args(arguments);
    Ok(command)
}

/// Runs to the end, showing what the program says.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("cannot start `{}`", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// What the program writes, if it can be started and succeeds.
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Gives this process over to a server, so that ending the one ends the other.
#[cfg(unix)]
pub fn become_program(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(command.exec()).with_context(|| format!("cannot start `{}`", line(command)))
}

/// Waits for a server: where processes cannot be replaced, Ctrl-C reaches both.
#[cfg(not(unix))]
pub fn become_program(command: &mut Command) -> Result<()> {
    run(command)
}

/// Whether a program of this name is on the path.
pub fn exists(name: &str) -> bool {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    folders().iter().any(|folder| folder.join(&file).is_file())
}

/// The command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

fn path() -> Result<OsString> {
    env::join_paths(folders()).context("a folder on PATH has a name that cannot be passed on")
}

fn folders() -> Vec<PathBuf> {
    let own = env::current_dir().unwrap_or_default().join(Path::new(TOOLS)).join("bin");
    let given = env::var_os("PATH").unwrap_or_default();
    std::iter::once(own).chain(env::split_paths(&given)).collect()
}

#[cfg(test)]
mod tests {
    use crate::program::{answer, exists, line, run};
    use std::process::{Command, Stdio};

    #[test]
    fn a_line_can_be_typed_again() {
        assert_eq!(line(Command::new("cargo").args(["test", "-p", "compiler"])), "cargo test -p compiler");
    }

    #[test]
    fn a_failure_names_the_command() {
        let error = run(Command::new("cargo").arg("--no-such-option").stderr(Stdio::null())).unwrap_err().to_string();
        assert!(error.starts_with("`cargo --no-such-option` failed"), "{error}");
    }

    #[test]
    fn only_a_success_is_an_answer() {
        assert!(answer(Command::new("cargo").arg("--version")).is_some_and(|said| said.starts_with("cargo ")));
        assert_eq!(answer(Command::new("cargo").arg("--no-such-option")), None);
        assert_eq!(answer(&mut Command::new("no-such-program-at-all")), None);
    }

    #[test]
    fn programs_are_found_on_the_path() {
        assert!(exists("cargo"));
        assert!(!exists("no-such-program-at-all"));
    }
}
