//! Files and folders in the content that nobody reads: a name that is a little wrong would be passed over without a word.

use crate::problem::{File, Problems};
use crate::read::{CHECKS, suggestion};
use std::path::Path;

/// Ends of files that stand there for something else: logos, fonts, and what one may keep beside them.
const OTHERS: &[&str] =
    &["svg", "png", "jpg", "jpeg", "webp", "gif", "ico", "woff2", "woff", "ttf", "otf", "pdf", "html", "zip", "gz"];
const ROOT: &[&str] = &["site.toml", "sources.toml", "review.toml", "clinic.toml", "README.md", "LICENSE", "schema"];
const CHECK: &[&str] = &["questions.toml", "rules.toml", "cases.toml", "musts.toml", "cohort.toml", "signed.json"];
const WORDS: &[&str] = &["site.toml", "faq", "pages"];

/// Reports them. The folders of articles are looked at where those are read.
pub fn hold(folder: &Path, locale: &str, problems: &Problems) {
    let words = CHECKS.iter().map(|check| format!("{check}.toml"));
    let words: Vec<String> = WORDS.iter().map(ToString::to_string).chain(words).collect();
    let root = ROOT.iter().chain(CHECKS).copied().chain([locale]);
    one(folder, "", &root.collect::<Vec<_>>(), problems);
    for check in CHECKS {
        one(folder, &format!("{check}/"), CHECK, problems);
    }
    one(folder, &format!("{locale}/"), &words.iter().map(String::as_str).collect::<Vec<_>>(), problems);
}

fn one(folder: &Path, below: &str, known: &[&str], problems: &Problems) {
    let Ok(entries) = folder.join(below).read_dir() else { return };
    let mut names: Vec<(String, bool)> = entries
        .flatten()
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path().is_dir()))
        .filter(|(name, _)| !known.contains(&name.as_str()) && !name.starts_with('.') && !name.ends_with('~'))
        .collect();
    names.sort();
    for (name, is_folder) in names {
        let path = format!("{below}{name}");
        let other = name.rsplit_once('.').is_some_and(|(_, end)| OTHERS.contains(&end.to_lowercase().as_str()));
        if if is_folder { !holds_content(&folder.join(&path)) } else { other } {
            continue;
        }
        let what = if is_folder { "Nobody reads this folder" } else { "Nobody reads this file" };
        let help = format!("{} Or take it away.", suggestion(&name.to_lowercase(), known));
        File::new(&path, "", problems).at(0..0).report(what, help);
    }
}

/// Whether a folder looks as if it were part of the content.
fn holds_content(folder: &Path) -> bool {
    let Ok(entries) = folder.read_dir() else { return false };
    entries.flatten().any(|entry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        name.contains(".toml") || name.contains(".md") || ["faq", "pages"].contains(&name.as_str())
    })
}
