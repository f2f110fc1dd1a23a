//! `mesocheck site`: writes the finished site.

use crate::command::whole_content;
use crate::output::{self, Files};
use crate::read::Content;
use crate::site::{self, Worker};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use terminal::say;

/// From what, and to where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds `island.js` and `island_bg.wasm`.
    #[arg(long, default_value = "app")]
    app: PathBuf,
    /// The folder the site is written to. What is in it and was not made by this program stays.
    #[arg(long, default_value = "site")]
    out: PathBuf,
    /// For the hook of Trunk alone: the app is in the folder that Trunk names, and the site takes its place there.
    #[arg(long, hide = true, conflicts_with_all = ["app", "out"])]
    staged: bool,
    /// Leaves the compressed twins out: they take most of the time, and nobody needs them while a word is being changed.
    #[arg(long, env = "MESOCHECK_NO_TWINS", value_parser = clap::builder::FalseyValueParser::new())]
    no_twins: bool,
    /// The folder that is copied as it is.
    #[arg(long, default_value = "public")]
    public: PathBuf,
    /// Writes a worker that deletes what browsers have kept of the site for use without a connection, and then itself.
    #[arg(long)]
    kill_switch: bool,
}

/// Where Trunk says its folder is.
const STAGED: &str = "TRUNK_STAGING_DIR";

/// Runs the command. A site that stands at `--out` is replaced only by a whole one.
///
/// # Errors
/// Where content has a problem, the app was not built, a file cannot be written, or one would be lost that was not made here.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let worker = if arguments.kill_switch { Worker::Leaves } else { Worker::Keeps };
    if arguments.staged {
        let staged = std::env::var_os(STAGED).map(PathBuf::from);
        return staged_site(&content, arguments, worker, &staged.with_context(|| format!("{STAGED} is not set"))?);
    }
    let files = files(&content, arguments, worker, &arguments.app, &arguments.out)?;
    let kept = output::folder(&files, &arguments.out)?;
    if let Some(kept) = kept {
        say!("Not made by this program, and kept: {kept}");
    }
    say!("The site is in {}: {} files", arguments.out.display(), files.len());
    Ok(())
}

fn files(content: &Content, arguments: &Arguments, worker: Worker, app: &Path, before: &Path) -> Result<Files> {
    let mut files = site::build(content, app, &arguments.public, worker)?;
    if !arguments.no_twins {
        site::add_twins(&mut files, before)?;
    }
    site::add_sums(&mut files);
    Ok(files)
}

/// What Trunk put into its folder was only needed to make the app.
fn staged_site(content: &Content, arguments: &Arguments, worker: Worker, folder: &Path) -> Result<()> {
    let files = files(content, arguments, worker, folder, folder)?;
    for name in ["index.html", "island.js", "island_bg.wasm"] {
        std::fs::remove_file(folder.join(name)).with_context(|| format!("cannot remove {name}"))?;
    }
    output::write(&files, folder)
}
