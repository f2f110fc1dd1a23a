//! Copies of the shipped content with a change in them.

use crate::parts::folder::{Folder, files};
use crate::parts::program::content;

/// A copy of the shipped content.
pub fn shipped(name: &str) -> Folder {
    let folder = Folder::empty(name);
    for file in files(&content()) {
        folder.put(file.strip_prefix(content()).unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
    }
    folder
}

/// A copy of the shipped content with these texts of files replaced, each of which is there exactly once.
pub fn changed(name: &str, changes: &[(&str, &str, &str)]) -> Folder {
    let folder = shipped(name);
    for (file, old, new) in changes {
        change(&folder, file, old, new);
    }
    folder
}

/// Replaces a text that is there exactly once.
pub fn change(folder: &Folder, file: &str, old: &str, new: &str) {
    let text = folder.text(file);
    assert_eq!(text.matches(old).count(), 1, "{file}: {old}");
    folder.put(file, text.replace(old, new).as_bytes());
}

/// Takes out a part of a file, from its first words up to where the next of its kind begins.
pub fn cut(folder: &Folder, file: &str, start: &str, next: &str) {
    let text = folder.text(file);
    assert_eq!(text.matches(start).count(), 1, "{file}: {start}");
    let (before, part) = text.split_once(start).unwrap();
    let after = part.split_once(next).map(|(_, after)| format!("{next}{after}")).unwrap_or_default();
    folder.put(file, format!("{before}{after}").as_bytes());
}
