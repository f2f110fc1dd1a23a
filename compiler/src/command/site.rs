//! `mesocheck site`: writes the finished site.

use crate::command::whole_content;
use crate::site::{self, Files, Worker};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// From what, and to where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder that holds `island.js` and `island_bg.wasm`.
    #[arg(long, env = "TRUNK_STAGING_DIR", default_value = "app")]
    app: PathBuf,
    /// The folder the site is written to.
    #[arg(long, env = "TRUNK_STAGING_DIR", default_value = "site")]
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
        site::add_twins(&mut files, &arguments.out)?;
    }
    site::add_sums(&mut files);
    if arguments.app == arguments.out {
        // Trunk's staging folder: what it put there was only needed to make the app.
        for name in ["index.html", "island.js", "island_bg.wasm"] {
            std::fs::remove_file(arguments.out.join(name)).with_context(|| format!("cannot remove {name}"))?;
        }
        return write(&files, &arguments.out);
    }
    put_in_place(&files, &arguments.out)?;
    println!("The site is in {}: {} files", arguments.out.display(), files.len());
    Ok(())
}

/// Writes beside what is there, and changes places only when everything is written.
fn put_in_place(files: &Files, out: &Path) -> Result<()> {
    if out.exists() && !out.join("404.html").exists() && out.read_dir()?.next().is_some() {
        bail!("{} holds something else than a site: name an empty or new folder", out.display());
    }
    let [new, old] = ["new", "old"].map(|end| out.with_added_extension(end));
    for left_behind in [&new, &old] {
        if left_behind.exists() {
            let remove = std::fs::remove_dir_all(left_behind);
            remove.with_context(|| format!("cannot remove {}", left_behind.display()))?;
        }
    }
    write(files, &new)?;
    if out.exists() {
        std::fs::rename(out, &old).with_context(|| format!("cannot move {}", out.display()))?;
    }
    if let Err(error) = std::fs::rename(&new, out) {
        // Where even this fails, the site is beside its place.
        let _ = std::fs::rename(&old, out);
        return Err(error).with_context(|| format!("cannot put the new site in place at {}", out.display()));
    }
    if old.exists() {
        std::fs::remove_dir_all(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
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
