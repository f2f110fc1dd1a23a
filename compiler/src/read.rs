//! Content files to typed content. Problems are reported where they stand; what is whole is returned all the same.

mod article;
mod case;
mod check;
mod cohort;
mod condition;
mod must;
mod question;
mod rule;
mod site;
mod source;
mod table;
mod toml;

pub use article::Pages;
pub use case::Case;
pub use cohort::{Cohort, Ground, WHOLE, one_of};
pub use must::{Demand, Must};
pub use site::Site;
pub use toml::suggestion;

use crate::problem::{File, Problems};
use crate::read::toml::Table;
use anyhow::{Result, bail};
use mesocheck::model::{Check, Source};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::rc::Rc;

/// Everything in a content folder, in its first locale.
#[derive(Debug)]
pub struct Content {
    /// Publisher, review, clinic, countries and labels.
    pub site: Site,
    /// The checks.
    pub checks: Vec<CheckContent>,
    /// FAQ answers and pages.
    pub pages: Pages,
    /// Every source.
    pub sources: Vec<Source>,
}

/// A check, and what is held against it.
#[derive(Debug)]
pub struct CheckContent {
    /// The check.
    pub check: Check,
    /// Named patients.
    pub cases: Vec<Case>,
    /// What a clinician demands of its rules.
    pub musts: Vec<Must>,
    /// How common each answer is, where the content says so.
    pub cohort: Option<Cohort>,
}

/// The checks every content folder holds.
pub const CHECKS: &[&str] = &["suitability", "aftercare"];

/// Reads a content folder.
///
/// # Errors
/// Where the folder itself cannot be opened. What is wrong inside it goes to `problems`.
pub fn content(folder: &Path, problems: &Problems) -> Result<Content> {
    if !folder.is_dir() {
        bail!("there is no folder {}: is --content right?", folder.display());
    }
    let path = folder;
    let folder = &Folder { path, instead: BTreeMap::new() };
    let site = site(folder, problems);
    let locale = site.locale.clone();
    let [sources] = together(folder, ["sources.toml".into()], problems);
    let known = source::read(&sources);
    let checks = CHECKS.iter().map(|id| one_check(folder, id, &locale, &known, problems)).collect();
    let pages = article::read(folder, &locale, &known, &site, problems);
    Ok(Content { site, checks, pages, sources: known.all })
}

/// Reads one check, with some files as given here.
pub fn check_with(path: &Path, id: &str, instead: BTreeMap<String, String>, problems: &Problems) -> CheckContent {
    let folder = &Folder { path, instead };
    // The other files were read before, and their problems told.
    let quiet = Problems::default();
    let [table, sources] = ["site.toml", "sources.toml"].map(|path| {
        let [table] = together(folder, [path.into()], &quiet);
        table
    });
    one_check(folder, id, &site::read(&table).locale, &source::read(&sources), problems)
}

/// A content folder, some of whose files may be other than on the disk.
struct Folder<'a> {
    path: &'a Path,
    /// Texts by path below the folder.
    instead: BTreeMap<String, String>,
}

impl Folder<'_> {
    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match self.instead.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => std::fs::read(self.path.join(path)),
        }
    }
}

fn site(folder: &Folder<'_>, problems: &Problems) -> Site {
    let [table] = together(folder, ["site.toml".into()], problems);
    let site = site::read(&table);
    let [words] = together(folder, [format!("{}/site.toml", site.locale)], problems);
    // Without the one file, nothing in the other can be judged.
    if table.is_nothing() || words.is_nothing() { site } else { site::with_words(site, &words) }
}

fn one_check(folder: &Folder<'_>, id: &str, locale: &str, known: &source::Known, problems: &Problems) -> CheckContent {
    let logic = [format!("{id}/questions.toml"), format!("{id}/rules.toml")];
    let [questions, rules] = logic.clone();
    let [questions, rules, words] = together(folder, [questions, rules, format!("{locale}/{id}.toml")], problems);
    let [cases] = together(folder, [format!("{id}/cases.toml")], problems);
    let [musts] = together(folder, [format!("{id}/musts.toml")], problems);
    let (check, musts) =
        check::read(id, &check::Files { logic: &questions, rules: &rules, words: &words, musts: &musts }, known);
    if questions.is_nothing() {
        return CheckContent { check, cases: Vec::new(), musts, cohort: None };
    }
    let cases = case::read(&cases, &check);
    // What is held against a check says nothing about logic that could not be read.
    let readable = !logic.iter().any(|path| problems.has(path));
    if readable {
        for case in &cases {
            case::hold(case, &check);
        }
    }
    let cohort = cohort(folder, id, problems).map(|table| cohort::read(&table, &check, known, readable));
    CheckContent { check, cases, musts, cohort }
}

/// The one file that may be left out, as TOML.
fn cohort(folder: &Folder<'_>, id: &str, problems: &Problems) -> Option<Table> {
    let path = format!("{id}/cohort.toml");
    let file = folder.path.join(&path).exists().then(|| open(folder, &path, problems))??;
    toml::parse(&file)
}

/// Tables of files that make sense only together: where one is missing or no TOML, all are [`Table::nothing`], or it
/// would seem that all the others are wrong. All the same, every file is parsed.
fn together<const N: usize>(folder: &Folder<'_>, paths: [String; N], problems: &Problems) -> [Table; N] {
    let tables = paths.map(|path| open(folder, &path, problems).and_then(|file| toml::parse(&file)));
    let whole = tables.iter().all(Option::is_some);
    tables.map(|table| table.filter(|_| whole).unwrap_or_else(Table::nothing))
}

/// A content file; a missing or unreadable one is reported. Line ends are those of Unix whoever saved it, so that the
/// same content gives the same bytes.
fn open(folder: &Folder<'_>, path: &str, problems: &Problems) -> Option<Rc<File>> {
    let bytes = match folder.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let what = match error.kind() {
                ErrorKind::NotFound => "This file is missing".into(),
                _ => format!("This file cannot be opened: {error}"),
            };
            let help =
                format!("Put {path} back into {}, or name the right folder with --content.", folder.path.display());
            File::new(path, "", problems).at(0..0).report(what, help);
            return None;
        }
    };
    let broken = std::str::from_utf8(&bytes).err().map(|error| error.valid_up_to());
    let plain = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let text = plain(&bytes);
    let file = File::new(path, text.strip_prefix('\u{feff}').unwrap_or(&text), problems);
    if let Some(end) = broken {
        let start = plain(bytes.get(..end).unwrap_or_default()).len();
        let help = "Save the file as UTF-8: most editors offer it under \"Save as\" or \"Encoding\".";
        file.at(start..start).report("This file is not saved as UTF-8; the first odd letter is here", help);
    }
    Some(file)
}
