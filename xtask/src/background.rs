//! Work beside other work: what it prints goes into a file, and is shown where it fails.

use crate::program::line;
use anyhow::{Context, Result, anyhow, bail};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::{JoinHandle, spawn};
use std::time::Instant;
use terminal::say;

/// Where the files are. Tests are called in the folder of their package.
const FOLDER: &str = if cfg!(test) { "../target/tmp/xtask" } else { "target/xtask" };

/// What a piece of background work prints into.
pub struct Log {
    path: PathBuf,
}

/// A piece of work that is going on.
pub struct Background {
    what: &'static str,
    thread: JoinHandle<Result<()>>,
}

impl Background {
    /// Starts a piece of work, and says so.
    pub fn start(what: &'static str, work: impl FnOnce(&Log) -> Result<()> + Send + 'static) -> Result<Self> {
        let log = Log::open(what)?;
        say!("Beside this: {what} (what it prints is in {})", log.path.display());
        let thread = spawn(move || {
            let start = Instant::now();
            work(&log).map_err(|error| log.told(&error))?;
            say!("Beside this: {what} is done, after {:.1} s.", start.elapsed().as_secs_f64());
            Ok(())
        });
        Ok(Self { what, thread })
    }

    /// Waits until it is done.
    pub fn finish(self) -> Result<()> {
        let Ok(result) = self.thread.join() else { bail!("{} ended in the middle", self.what) };
        result.with_context(|| format!("{} failed", self.what))
    }
}

impl Log {
    fn open(what: &str) -> Result<Self> {
        fs::create_dir_all(FOLDER).with_context(|| format!("cannot make {FOLDER}"))?;
        let path = Path::new(FOLDER).join(format!("{}.log", what.replace(' ', "-")));
        File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(Self { path })
    }

    /// Runs to the end. Nobody sits at its terminal.
    pub fn run(&self, command: &mut Command) -> Result<()> {
        let file = || File::options().append(true).open(&self.path);
        command.stdin(Stdio::null()).stdout(file()?).stderr(file()?);
        let status = command.status().with_context(|| format!("cannot start `{}`", line(command)))?;
        if !status.success() {
            bail!("`{}` failed ({status})", line(command));
        }
        Ok(())
    }

    /// The error, with what was printed before it.
    fn told(&self, error: &anyhow::Error) -> anyhow::Error {
        let printed = fs::read_to_string(&self.path).unwrap_or_default();
        anyhow!("{error:#}\n{}", printed.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use crate::background::Background;
    use std::process::Command;

    #[test]
    fn what_fails_says_what_it_printed() {
        let work = Background::start("a test that fails", |log| log.run(Command::new("cargo").arg("--no-such-option")));
        let told = format!("{:#}", work.unwrap().finish().unwrap_err());
        assert!(told.contains("a test that fails failed: `cargo --no-such-option` failed"), "{told}");
        assert!(told.contains("error: unexpected argument"), "{told}");
    }

    #[test]
    fn what_succeeds_is_quiet() {
        let work = Background::start("a test that passes", |log| log.run(Command::new("cargo").arg("--version")));
        work.unwrap().finish().unwrap();
    }
}
