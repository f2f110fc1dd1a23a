//! `mesocheck single`: each check in one file that opens from a disk.

use crate::command::whole_content;
use crate::output;
use crate::site;
use anyhow::Result;
use std::path::{Path, PathBuf};
use terminal::say;

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
/// Where content has a problem, the app was not built, or a file cannot be written or was not made here.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let files = site::single(&content, &arguments.app)?;
    output::into_folder(&files, &arguments.out)?;
    for (name, bytes) in files {
        say!("{}: {} kB", arguments.out.join(name).display(), bytes.len() / 1000);
    }
    Ok(())
}
