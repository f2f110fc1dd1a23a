//! Programs of other projects that `cargo install` brings, of one version each, into the project's own folder.

use crate::program::{TOOLS, answer, cargo, program, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use terminal::say;

/// A program, in one version.
pub struct Tool {
    package: &'static str,
    /// What makes it say its version: a command of cargo's wants to be told its own name first.
    asked: &'static [&'static str],
    version: &'static str,
    options: &'static [&'static str],
    why: &'static str,
}

/// What builds the site the way other Leptos projects are built. The newest version that builds with the pinned toolchain.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    asked: &["--version"],
    version: "0.21.14",
    options: &["--no-default-features"],
    why: "builds the site once more, by the tool other Leptos projects use",
};

/// Another version may make other mutants.
pub const MUTANTS: Tool = Tool {
    package: "cargo-mutants",
    asked: &["mutants", "--version"],
    version: "27.1.0",
    options: &[],
    why: "puts small faults into the engine",
};

/// Reads `deny.toml`.
pub const DENY: Tool = Tool {
    package: "cargo-deny",
    asked: &["--version"],
    version: "0.20.2",
    options: &[],
    why: "reads the licences of all dependencies",
};

/// Where the tools are compiled: kept until they are installed, so that an interrupted set-up goes on.
const WORKSHOP: &str = "target/tools";

/// Brings a tool, unless it is there.
pub fn bring(tool: &Tool) -> Result<()> {
    if is_ready(tool) {
        return Ok(());
    }
    let Tool { package, version, why, .. } = tool;
    say!("Setting up {package} {version}, which {why} (once, a few minutes) …");
    let start = Instant::now();
    if run(&mut installation(tool, &["--locked"])?).is_err() {
        say!("Once more, with other versions of what it depends on …");
        run(&mut installation(tool, &[])?)?;
    }
    if !is_ready(tool) {
        bail!("{package} {version} was installed to {TOOLS}/bin, but does not say so");
    }
    say!("{package} {version} is ready, after {} s.", start.elapsed().as_secs());
    if Path::new(WORKSHOP).exists() {
        fs::remove_dir_all(WORKSHOP).with_context(|| format!("cannot remove {WORKSHOP}"))?;
    }
    Ok(())
}

fn is_ready(tool: &Tool) -> bool {
    let said = program(tool.package).ok().and_then(|mut command| answer(command.args(tool.asked)));
    said.is_some_and(|said| says_version(&said, tool.version))
}

/// Whether a program's `--version` line, such as `trunk 0.21.14`, names exactly this version.
fn says_version(said: &str, version: &str) -> bool {
    said.split_whitespace().nth(1) == Some(version)
}

/// Unoptimised: in release the tools would take three times as long to build, and save seconds.
fn installation(tool: &Tool, locked: &[&str]) -> Result<Command> {
    let mut command = cargo(&["install", tool.package, "--version", tool.version, "--debug", "--force"])?;
    command.args(["--root", TOOLS, "--target-dir", WORKSHOP]).args(tool.options).args(locked);
    command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", "0");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use crate::install::says_version;

    #[test]
    fn a_tool_is_ready_in_exactly_one_version() {
        assert!(says_version("trunk 0.21.14", "0.21.14"));
        assert!(says_version("cargo-deny 0.20.2 (abcdef)", "0.20.2"));
        assert!(!says_version("trunk 0.21.1", "0.21.14"));
        assert!(!says_version("trunk 0.21.14-beta.1", "0.21.14"));
        assert!(!says_version("", "0.21.14"));
    }
}
