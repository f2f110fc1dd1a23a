//! What a build for the browser needs: the wasm target, Trunk, and wasm-bindgen of the locked version. And cargo-mutants.

use crate::program::{TOOLS, answer, cargo, exists, program, run};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::time::Instant;

const TARGET: &str = "wasm32-unknown-unknown";
/// The newest one that builds with the pinned toolchain.
const TRUNK: &str = "0.21.14";
/// Another version may make other mutants than those ARCHITECTURE.md counts.
const MUTANTS: &str = "27.1.0";
/// Where the tools are compiled: kept until they are installed, so that an interrupted set-up goes on.
const WORKSHOP: &str = "target/tools";

struct Tool {
    package: &'static str,
    binary: &'static str,
    /// What makes it say its version: a command of cargo's wants to be told its own name first.
    asked: &'static [&'static str],
    version: String,
    minutes: u32,
    options: &'static [&'static str],
    /// Trunk only moves files about; wasm-bindgen works through the whole app on every build.
    opt_level: &'static str,
}

/// Brings whatever a build needs and is missing; at once when nothing is.
pub fn set_up() -> Result<()> {
    wasm_target()?;
    fetch()?;
    bring(wanted()?)
}

/// Brings cargo-mutants, which only `cargo xtask mutants` needs.
pub fn mutants() -> Result<()> {
    bring([Tool {
        package: "cargo-mutants",
        binary: "cargo-mutants",
        asked: &["mutants", "--version"],
        version: MUTANTS.to_owned(),
        minutes: 2,
        options: &[],
        opt_level: "0",
    }])
}

fn bring(tools: impl IntoIterator<Item = Tool>) -> Result<()> {
    let missing: Vec<Tool> = tools.into_iter().filter(|tool| !is_ready(tool)).collect();
    for tool in &missing {
        install(tool)?;
    }
    if !missing.is_empty() && Path::new(WORKSHOP).exists() {
        fs::remove_dir_all(WORKSHOP).with_context(|| format!("cannot remove {WORKSHOP}"))?;
    }
    Ok(())
}

/// The standard library for the browser. `rust-toolchain.toml` asks for it, yet a toolchain can be there without.
pub fn wasm_target() -> Result<()> {
    let folder = answer(program("rustc")?.args(["--print", "target-libdir", "--target", TARGET]));
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    if !exists("rustup") {
        bail!("the Rust target {TARGET} is missing: install rustup (https://rustup.rs), or that target");
    }
    println!("Adding the Rust target {TARGET} …");
    run(program("rustup")?.args(["target", "add", TARGET]))
}

/// Trunk is told to fetch nothing, so all dependencies, also those for the browser only, are here before it starts.
fn fetch() -> Result<()> {
    run(&mut cargo(&["fetch", "--quiet"])?)
}

fn wanted() -> Result<[Tool; 2]> {
    let lock = fs::read_to_string("Cargo.lock").context("cannot read Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock names no version of wasm-bindgen")?;
    Ok([
        Tool {
            package: "trunk",
            binary: "trunk",
            asked: &["--version"],
            version: TRUNK.to_owned(),
            minutes: 3,
            options: &["--no-default-features"],
            opt_level: "0",
        },
        Tool {
            package: "wasm-bindgen-cli",
            binary: "wasm-bindgen",
            asked: &["--version"],
            version: version.to_owned(),
            minutes: 2,
            options: &[],
            opt_level: "1",
        },
    ])
}

/// The version of a package as `Cargo.lock` has it; none where it is absent or there are several.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut versions = lock.split("[[package]]").filter(|entry| field(entry, "name") == Some(package));
    let version = versions.next().and_then(|entry| field(entry, "version"));
    if versions.next().is_some() { None } else { version }
}

fn field<'a>(entry: &'a str, name: &str) -> Option<&'a str> {
    entry.lines().find_map(|line| {
        let (key, value) = line.split_once(" = ")?;
        (key == name).then(|| value.trim_matches('"'))
    })
}

fn is_ready(tool: &Tool) -> bool {
    let said = program(tool.binary).ok().and_then(|mut command| answer(command.args(tool.asked)));
    said.is_some_and(|said| says_version(&said, &tool.version))
}

/// Whether a program's `--version` line, such as `trunk 0.21.14`, names exactly this version.
fn says_version(said: &str, version: &str) -> bool {
    said.split_whitespace().nth(1) == Some(version)
}

fn install(tool: &Tool) -> Result<()> {
    let Tool { package, version, minutes, .. } = tool;
    println!("Setting up {package} {version} (once, about {minutes} minutes) …");
    let start = Instant::now();
    if run(&mut installation(tool, &["--locked"])?).is_err() {
        println!("Once more, with other versions of what it depends on …");
        run(&mut installation(tool, &[])?)?;
    }
    if !is_ready(tool) {
        bail!("{package} {version} was installed to {TOOLS}/bin, but does not say so");
    }
    println!("{package} {version} is ready, after {} s.", start.elapsed().as_secs());
    Ok(())
}

/// Unoptimised: in release the tools would take three times as long to build, and save seconds.
fn installation(tool: &Tool, locked: &[&str]) -> Result<std::process::Command> {
    let mut command = cargo(&["install", tool.package, "--version", &tool.version, "--debug", "--force"])?;
    command.args(["--root", TOOLS, "--target-dir", WORKSHOP]).args(tool.options).args(locked);
    command.env("CARGO_PROFILE_DEV_DEBUG", "0").env("CARGO_PROFILE_DEV_OPT_LEVEL", tool.opt_level);
    Ok(command)
}

#[cfg(test)]
mod tests {
    use crate::tools::{locked_version, says_version};

    const LOCK: &str = r#"version = 4

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"
dependencies = [
 "wasm-bindgen-macro",
]

[[package]]
name = "wasm-bindgen-macro"
version = "0.2.131"

[[package]]
name = "twice"
version = "1.0.0"

[[package]]
name = "twice"
version = "2.0.0"
"#;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "wasm-bindgen-macro"), Some("0.2.131"));
    }

    #[test]
    fn an_absent_or_doubtful_version_is_none() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version(LOCK, "twice"), None);
        assert_eq!(locked_version("", "wasm-bindgen"), None);
    }

    #[test]
    fn a_tool_is_ready_in_exactly_one_version() {
        assert!(says_version("trunk 0.21.14", "0.21.14"));
        assert!(says_version("wasm-bindgen 0.2.130 (abcdef)", "0.2.130"));
        assert!(!says_version("trunk 0.21.1", "0.21.14"));
        assert!(!says_version("trunk 0.21.14-beta.1", "0.21.14"));
        assert!(!says_version("", "0.21.14"));
    }
}
