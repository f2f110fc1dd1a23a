//! `cargo xtask build`: the app, and the finished site around it.

use crate::background::Background;
use crate::program::{cargo, run};
use crate::setup;
use anyhow::{Context, Result};
use std::env::{self, consts::EXE_SUFFIX};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where the finished site is.
pub const DIST: &str = "dist";
/// The same site without the worker that keeps it for use without a connection: for tests that do not look at that.
pub const QUIET: &str = "target/site/quiet";
/// The app, before the site is made of it.
pub const APP: &str = "target/app/wasm";

/// How the app is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Small: `[profile.wasm]`.
    Small,
    /// Quick to compile again: `[profile.dev]`.
    Dev,
}

impl Profile {
    fn name(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Dev => "dev",
        }
    }

    /// The folder cargo keeps its files in.
    fn folder(self) -> &'static str {
        match self {
            Self::Small => "wasm",
            Self::Dev => "debug",
        }
    }

    /// Where the app is put.
    pub fn app(self) -> &'static str {
        match self {
            Self::Small => APP,
            Self::Dev => "target/app/dev",
        }
    }
}

/// Sets up, builds, and says where the site is.
pub fn build() -> Result<()> {
    app_and_compiler(Profile::Small)?;
    site(DIST, &[])
}

/// The app beside the compiler: neither needs the other, and each leaves a core idle at times.
pub fn app_and_compiler(profile: Profile) -> Result<()> {
    setup::sources()?;
    let app = app_beside(profile)?;
    compiler()?;
    app.finish()?;
    bindings(profile)
}

/// Starts to compile the app.
pub fn app_beside(profile: Profile) -> Result<Background> {
    let mut command = compile_app(profile, &env::current_dir()?)?;
    Background::start("the app", move |log| log.run(&mut command))
}

/// The compiler of the content, and what makes the app's JavaScript.
pub fn compiler() -> Result<()> {
    run(&mut cargo(&["build", "--package", "compiler", "--package", "locked-wasm-bindgen", "--bins"])?)
}

/// Makes the JavaScript of the app that was compiled.
pub fn bindings(profile: Profile) -> Result<()> {
    let wasm = format!("target/wasm32-unknown-unknown/{}/island.wasm", profile.folder());
    let mut command = Command::new(built("locked-wasm-bindgen"));
    command.args(["--target", "web", "--no-typescript", "--out-name", "island", "--out-dir", profile.app()]);
    run(command.arg(wasm))
}

/// Writes the site around the app. A failure leaves the last good one as it was.
pub fn site(out: &str, words: &[&str]) -> Result<()> {
    run(mesocheck().args(["site", "--app", APP, "--out", out]).args(words))
}

/// The compiler of the content, as it was built.
pub fn mesocheck() -> Command {
    let mut command = Command::new(built("mesocheck"));
    // Its own call stack would hide what it says of broken content.
    command.env("RUST_BACKTRACE", "0");
    command
}

/// A program of this workspace, as it was built.
pub fn built(name: &str) -> PathBuf {
    Path::new("target/debug").join(format!("{name}{EXE_SUFFIX}"))
}

fn compile_app(profile: Profile, folder: &Path) -> Result<Command> {
    let mut command = cargo(&["build", "--package", "mesocheck", "--bin", "island", "--features", "csr"])?;
    command.args(["--target", "wasm32-unknown-unknown", "--profile", profile.name()]);
    // With these, Leptos asks the browser for what our app may not.
    let quiet = if profile == Profile::Dev { " -C debug-assertions=off" } else { "" };
    command.env(FLAGS, app_flags(folder)? + quiet);
    Ok(command)
}

/// Through which cargo takes [`app_flags`].
pub const FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Views whose types are erased make the app a tenth smaller. Paths of this machine would make it larger, and different on
/// every machine.
pub fn app_flags(folder: &Path) -> Result<String> {
    let mut flags = vec!["--cfg erase_components".to_owned()];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.context("there is no home folder, and no CARGO_HOME")?.join("registry/src");
    for index in sources.read_dir().with_context(|| format!("cannot read {}", sources.display()))? {
        flags.push(format!("--remap-path-prefix={}/=", index?.path().display()));
    }
    flags.push(format!("--remap-path-prefix={}/=", folder.display()));
    Ok(flags.join(" "))
}
