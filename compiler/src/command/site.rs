//! `mesocheck site`: writes the finished site.

use crate::command::whole_content;
use crate::site::{self, Files, Worker};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// From what, and to where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds `island.js` and `island_bg.wasm`.
    #[arg(long, env = "TRUNK_STAGING_DIR")]
    app: PathBuf,
    /// The folder the site is written to.
    #[arg(long, env = "TRUNK_STAGING_DIR")]
    out: PathBuf,
    /// Leaves the compressed twins out: they take most of the time, and nobody needs them while a word is being changed.
    #[arg(long, env = "MESOCHECK_NO_TWINS", value_parser = clap::builder::FalseyValueParser::new())]
    no_twins: bool,
    /// The folder that is copied as it is.
    #[arg(long, default_value = "public")]
    public: PathBuf,
    /// Writes a worker that deletes what browsers have kept of the site for use without a connection, and then itself.
    #[arg(long, env = "MESOCHECK_KILL_SWITCH", value_parser = clap::builder::FalseyValueParser::new())]
    kill_switch: bool,
}

/// Runs the command. A site that stands at `--out` is replaced only by a whole one.
///
/// # Errors
/// Where content has a problem, the app was not built, or a file cannot be written.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let worker = if arguments.kill_switch { Worker::Leaves } else { Worker::Keeps };
    let mut files = site::build(&content, &arguments.app, &arguments.public, worker)?;
    if !arguments.no_twins {
        site::add_twins(&mut files)?;
    }
    if arguments.app == arguments.out {
        // Trunk's staging folder: what it put there was only needed to make the app.
        for name in ["index.html", "island.js", "island_bg.wasm"] {
            std::fs::remove_file(arguments.out.join(name)).with_context(|| format!("cannot remove {name}"))?;
        }
        return write(&files, &arguments.out);
    }
    let new = arguments.out.with_extension("new");
    if new.exists() {
        std::fs::remove_dir_all(&new)?;
    }
    write(&files, &new)?;
    if arguments.out.exists() {
        if !arguments.out.join("404.html").exists() && arguments.out.read_dir()?.next().is_some() {
            bail!("{} holds something else than a site: name an empty or new folder", arguments.out.display());
        }
        std::fs::remove_dir_all(&arguments.out)?;
    }
    std::fs::rename(&new, &arguments.out).context("cannot put the new site in place")?;
    Ok(())
}

fn write(files: &Files, out: &Path) -> Result<()> {
    for (path, bytes) in files {
        let whole = out.join(path);
        if let Some(folder) = whole.parent() {
            std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        std::fs::write(&whole, bytes).with_context(|| format!("cannot write {}", whole.display()))?;
    }
    Ok(())
}
