//! `mesocheck single`: each check in one file that opens from a disk.

use crate::command::whole_content;
use crate::site;
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

/// From what, and to where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds `island.js` and `island_bg.wasm`.
    #[arg(long, default_value = "app")]
    app: PathBuf,
    /// The folder the files are written to.
    #[arg(long, default_value = "single")]
    out: PathBuf,
}

/// Runs the command. A file that is there is replaced only by a whole one.
///
/// # Errors
/// Where content has a problem, the app was not built, or a file cannot be written.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let files = site::single(&content, &arguments.app)?;
    let out = &arguments.out;
    std::fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    for (name, bytes) in files {
        let (file, new) = (out.join(&name), out.join(format!("{name}.new")));
        std::fs::write(&new, &bytes).with_context(|| format!("cannot write {}", new.display()))?;
        std::fs::rename(&new, &file).with_context(|| format!("cannot write {}", file.display()))?;
        println!("{}: {} kB", file.display(), bytes.len() / 1000);
    }
    Ok(())
}
