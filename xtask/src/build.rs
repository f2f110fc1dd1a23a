//! `cargo xtask build`: the finished site in `dist/`.

use crate::program::{cargo, program, run};
use crate::tools;
use anyhow::Result;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where Trunk leaves the finished site.
pub const DIST: &str = "dist";
/// Where it leaves the app before the site is made of it.
pub const APP: &str = "target/wasm-bindgen/debug";
/// The compiler, as it is built for the site.
pub const MESOCHECK: &str = "target/debug/mesocheck";

/// Sets up, builds, and says where the site is.
pub fn build() -> Result<()> {
    tools::set_up()?;
    site()?;
    println!("The site is in {DIST}/");
    Ok(())
}

/// Builds the site, with the tools in place. A failure leaves the last good one as it was.
pub fn site() -> Result<()> {
    compiler()?;
    run(trunk(&env::current_dir()?)?.arg("build"))
}

/// Builds the compiler by itself: within Trunk's hook it would take a minute without a word.
pub fn compiler() -> Result<()> {
    run(&mut cargo(&["build", "--package", "compiler", "--bin", "mesocheck"])?)
}

/// Trunk, to build the project in this folder. It takes `NO_COLOR` for an option that is `true` or `false`, and refuses the usual `1`. Its own call stack would
/// hide what the compiler says of broken content.
pub fn trunk(folder: &Path) -> Result<Command> {
    let mut command = program("trunk")?;
    command.current_dir(folder);
    match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
        _ => command.env_remove("NO_COLOR"),
    };
    command.env("RUST_BACKTRACE", "0");
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", island_flags(folder)?);
    Ok(command)
}

/// Views whose types are erased make the island a tenth smaller. Paths of this machine would make it larger, and
/// different on every machine.
fn island_flags(folder: &Path) -> Result<String> {
    let mut flags = vec!["--cfg erase_components".to_owned()];
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let sources = home.map(|home| home.join("registry/src")).filter(|sources| sources.is_dir());
    if let Some(sources) = sources {
        for index in sources.read_dir()? {
            flags.push(format!("--remap-path-prefix={}/=", index?.path().display()));
        }
    }
    flags.push(format!("--remap-path-prefix={}/=", folder.display()));
    Ok(flags.join(" "))
}
