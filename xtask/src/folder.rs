//! Whole folders in memory.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Bytes of files by their path in the folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Every file of a folder and of those in it.
pub fn files(folder: &Path) -> Result<Files> {
    let mut found = Files::new();
    let mut open: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in next.read_dir().with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(folder)?.to_string_lossy().into_owned(), read(&path)?);
            }
        }
    }
    Ok(found)
}

/// A file; an error names it.
pub fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
