//! Content files to typed content. Problems are reported where they stand; what is whole is returned all the same.

mod article;
mod case;
mod check;
mod condition;
mod question;
mod rule;
mod site;
mod source;
mod table;
mod toml;

pub use article::Pages;
pub use case::Case;
pub use site::Site;
pub use toml::suggestion;

use crate::problem::{File, Problems};
use anyhow::{Context, Result};
use mesocheck::model::{Check, Source};
use std::path::Path;
use std::rc::Rc;

/// Everything in a content folder, in its first locale.
#[derive(Debug)]
pub struct Content {
    /// Publisher, review, clinic, countries and labels.
    pub site: Site,
    /// The checks with their cases.
    pub checks: Vec<(Check, Vec<Case>)>,
    /// FAQ answers and pages.
    pub pages: Pages,
    /// Every source.
    pub sources: Vec<Source>,
}

/// The checks every content folder holds.
pub const CHECKS: &[&str] = &["suitability", "aftercare"];

/// Reads a content folder.
///
/// # Errors
/// Where a file cannot be opened. What is wrong inside a file goes to `problems`.
pub fn content(folder: &Path, problems: &Problems) -> Result<Content> {
    let open = |path: &str| open(folder, path, problems);
    let site = site::read(&toml::parse(&open("site.toml")?));
    let locale = site.locale.clone();
    let site = site::with_words(site, &toml::parse(&open(&format!("{locale}/site.toml"))?));
    let known = source::read(&toml::parse(&open("sources.toml")?));
    let mut checks = Vec::new();
    for id in CHECKS {
        let logic = toml::parse(&open(&format!("{id}/questions.toml"))?);
        let rules = toml::parse(&open(&format!("{id}/rules.toml"))?);
        let words = toml::parse(&open(&format!("{locale}/{id}.toml"))?);
        let check = check::read(id, &logic, &rules, &words, &known);
        let cases = case::read(&toml::parse(&open(&format!("{id}/cases.toml"))?), &check);
        checks.push((check, cases));
    }
    let pages = article::read(folder, &locale, &known, &site, problems)?;
    Ok(Content { site, checks, pages, sources: known.all })
}

fn open(folder: &Path, path: &str, problems: &Problems) -> Result<Rc<File>> {
    let whole = folder.join(path);
    let text = std::fs::read_to_string(&whole)
        .with_context(|| format!("cannot read {}: is --content the right folder?", whole.display()))?;
    Ok(File::new(path, text, problems))
}
