//! The finished site: pages written ahead, one app file, hashed names, integrity, compressed twins.

mod app;
mod document;
mod embed;
mod imports;
mod installable;
mod offline;
mod pages;
mod paper;
mod proven;
mod single;
mod sums;
mod twins;

pub use offline::Worker;
pub use single::build as single;
pub use sums::add as add_sums;
pub use twins::add as add_twins;

use crate::output::Files;
use crate::read::Content;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// Makes the whole site in memory, so that nothing is written unless all of it is good.
///
/// # Errors
/// Where a statement of the content does not hold, or the app's files are missing or not as they must be.
pub fn build(content: &Content, app: &Path, public: &Path, worker: Worker) -> Result<Files> {
    let proven = proven::all(content)?;
    let mut files = Files::new();
    add_folder(&mut files, public, "")?;
    let mut assets = app::add(&mut files, app, &content.settings)?;
    installable::add(&mut files, content, &mut assets)?;
    let shown = proven::add(&mut files, content, &proven)?;
    pages::add(&mut files, content, &assets, &shown)?;
    offline::add(&mut files, content, worker)?;
    Ok(files)
}

/// Adds a file. Two at one path would leave only the later, and nobody would notice.
///
/// # Errors
/// Where another file is there.
fn put(files: &mut Files, path: String, bytes: Vec<u8>) -> Result<()> {
    if files.get(&path).is_some_and(|other| *other != bytes) {
        bail!(
            "two files of the site would stand at {path}: one from the folder of public files, or two pages. Take one away, \
             or give it another name."
        );
    }
    files.insert(path, bytes);
    Ok(())
}

fn add_folder(files: &mut Files, folder: &Path, below: &str) -> Result<()> {
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("cannot read the folder {} of public files", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if path.is_dir() {
            add_folder(files, &path, &format!("{below}{name}/"))?;
        } else {
            let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
            put(files, format!("{below}{name}"), bytes)?;
        }
    }
    Ok(())
}
