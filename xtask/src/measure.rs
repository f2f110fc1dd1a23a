//! `cargo xtask measure`: size and speed of the site in a browser; or what the commands themselves take, on a fresh clone.

use crate::program::{cargo, line, program, run};
use crate::setup::{self, Packages};
use crate::system::Consent;
use crate::{build, test};
use anyhow::{Context, Result, bail};
use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use terminal::say;

/// What to measure.
#[derive(clap::Args)]
pub struct Arguments {
    #[arg(default_value = "site")]
    what: What,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum What {
    /// Size and speed of the site, in a browser
    Site,
    /// What `serve` and `test` take on a fresh clone, and after an edit. About half an hour
    Commands,
}

/// Measures, and fails where a limit is missed.
pub fn measure(arguments: &Arguments, consent: Consent) -> Result<()> {
    match arguments.what {
        What::Site => {
            let packages = setup::beside(test::NEEDS, Packages::Npm, consent)?;
            build::build()?;
            packages.finish()?;
            run(&mut cargo(&["run", "--quiet", "--package", "browser-tests", "--bin", "measure"])?)
        }
        What::Commands => commands(),
    }
}

/// A view, and a change of it that a person would see and no test minds.
const VIEW: [&str; 3] = ["src/view/result.rs", "class=\"verdict\"", "class=\"verdict\" data-measured=\"\""];

struct Figures {
    lines: Vec<String>,
    missed: bool,
}

impl Figures {
    fn note(&mut self, name: &str, taken: Duration, most: u64) {
        let (seconds, missed) = (taken.as_secs_f64(), taken > Duration::from_secs(most));
        let line = format!("{name:<52}{seconds:>8.1} s   at most {most:>4} s{}", if missed { "   MISSED" } else { "" });
        say!("\n{line}");
        self.lines.push(line);
        self.missed |= missed;
    }
}

fn commands() -> Result<()> {
    let clone = Clone::made()?;
    let mut figures = Figures { lines: Vec::new(), missed: false };
    figures.note("fresh clone, serve to the first page", clone.serves()?, 300);
    figures.note("second serve", clone.serves()?, 5);
    // What `serve` has built would be of use to `test`.
    drop(clone);
    let clone = Clone::made()?;
    figures.note("fresh clone, test", clone.tests(&[])?, 900);
    figures.note("later test, nothing changed", clone.tests(&[])?, 240);
    clone.change_a_view()?;
    figures.note("later test, one view changed", clone.tests(&[])?, 300);
    clone.change_a_view()?;
    figures.note("test quick, after one edit", clone.tests(&["quick"])?, 60);
    say!("\n{}", figures.lines.join("\n"));
    if figures.missed {
        bail!("a limit is missed");
    }
    Ok(())
}

/// A clone of what was committed, outside of this folder: cargo would take this one's settings for its own.
struct Clone(PathBuf);

impl Clone {
    fn made() -> Result<Self> {
        let folder = env::temp_dir().join(format!("mesocheck-measured-{}", std::process::id()));
        run(program("git")?.args(["clone", "--quiet", "."]).arg(&folder))?;
        Ok(Self(folder))
    }

    fn xtask(&self, words: &[&str]) -> Command {
        // Plain cargo: what it is told of this run would make it build anew.
        let mut command = Command::new("cargo");
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if name.starts_with("CARGO_") && name != "CARGO_HOME" || name == "CARGO" {
                command.env_remove(&*name);
            }
        }
        command.arg("xtask").args(words).current_dir(&self.0).stdin(Stdio::null());
        command
    }

    fn serves(&self) -> Result<Duration> {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port();
        let start = Instant::now();
        let mut server = Running(self.xtask(&["serve", "--port", &port.to_string()]).spawn()?);
        loop {
            if first_page(port).is_ok_and(|page| page.starts_with("HTTP/1.1 200")) {
                return Ok(start.elapsed());
            }
            if let Some(status) = server.0.try_wait()? {
                bail!("serve ended ({status})");
            }
            sleep(Duration::from_millis(20));
        }
    }

    fn tests(&self, words: &[&str]) -> Result<Duration> {
        let start = Instant::now();
        let mut command = self.xtask(&[&["test"], words].concat());
        run(&mut command).with_context(|| format!("`{}` must pass to be measured", line(&command)))?;
        Ok(start.elapsed())
    }

    /// There and back: each call is another edit.
    fn change_a_view(&self) -> Result<()> {
        let [file, old, new] = VIEW;
        let path = self.0.join(file);
        let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let changed = if text.contains(new) { text.replacen(new, old, 1) } else { text.replacen(old, new, 1) };
        if changed == text {
            bail!("{file} does not hold `{old}`");
        }
        fs::write(&path, changed).with_context(|| format!("cannot write {}", path.display()))
    }
}

impl Drop for Clone {
    fn drop(&mut self) {
        // A folder left behind lies among the temporary ones.
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // Fails only for a process that has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn first_page(port: u16) -> Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    write!(stream, "GET /en/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

#[cfg(test)]
mod tests {
    use crate::measure::VIEW;
    use std::path::Path;

    #[test]
    fn the_view_that_is_changed_is_there() {
        let [file, old, new] = VIEW;
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap();
        // Also while it is being measured.
        assert!(text.contains(old) || text.contains(new));
    }
}
