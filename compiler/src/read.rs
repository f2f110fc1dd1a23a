//! Content files to typed content. Problems are reported where they stand; what is whole is returned all the same.

mod alike;
mod amount;
mod article;
mod case;
mod change;
mod check;
mod clinic;
mod cohort;
mod condition;
mod fact;
mod letter;
mod link;
mod logo;
mod must;
mod place;
mod question;
mod raw;
mod reading_age;
mod rule;
mod said;
mod signature;
mod site;
mod source;
mod stray;
mod table;
mod toml;
mod tone;
pub mod zone;

pub use article::Pages;
pub use case::Case;
pub use clinic::{Font, Settings};
pub use cohort::{Cohort, Ground, WHOLE, one_of};
pub use must::{Demand, Must};
pub use reading_age::grades;
pub use signature::{Signature, Signatures};
pub use site::Site;
pub use toml::suggestion;

use crate::problem::{At, File, Located, Problems};
use crate::read::fact::Facts;
use crate::read::said::Said;
use crate::read::toml::Table;
use crate::signed;
use anyhow::{Result, bail};
use mesocheck::model::{Check, Date, RuleId, Source};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::rc::Rc;

/// Everything in a content folder, in its first locale.
#[derive(Debug)]
pub struct Content {
    /// Countries and labels.
    pub site: Site,
    /// What the clinic that shows it set.
    pub settings: Settings,
    /// Who has signed which content.
    pub signatures: Signatures,
    /// The checks.
    pub checks: Vec<CheckContent>,
    /// FAQ answers and pages.
    pub pages: Pages,
    /// Every source.
    pub sources: Vec<Source>,
    /// Days to hold against today.
    pub days: Days,
    /// Every text a person reads.
    pub said: Vec<Said>,
    /// Whether the checks do what was last agreed.
    pub agreed: bool,
    /// Checks that do not state the most screens: older versions did not, and can still be compared.
    unstated: Vec<At>,
}

impl Content {
    /// The checks that the clinic shows: all, unless it chose.
    pub fn shown(&self) -> impl Iterator<Item = &CheckContent> {
        self.checks.iter().filter(|known| self.settings.shows(known.check.id.as_str()))
    }

    /// Reports what only this version must state.
    pub fn hold_stated(&self) {
        self.unstated.iter().for_each(check::report_most_screens);
        self.site.moved.iter().for_each(clinic::report_moved);
    }
}

/// Days to hold against today.
#[derive(Debug, Default)]
pub struct Days {
    /// By then a clinician must have looked again.
    pub ahead: Vec<Located<Date>>,
    /// Something happened then.
    pub behind: Vec<Located<Date>>,
}

/// What is gathered beside the content, to be held against other things than its own file.
#[derive(Debug, Default)]
struct Beside {
    days: Days,
    said: Vec<Said>,
    unstated: Vec<At>,
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
    /// The most screens a person may meet, start, review and result left out.
    pub most_screens: usize,
    /// Who stands behind a rule that rests on little, by the rule.
    pub agreed: BTreeMap<RuleId, String>,
}

/// The checks every content folder holds.
pub const CHECKS: &[&str] = &["suitability", "aftercare"];

/// How the paths of files end that name sources.
const NAMES_SOURCES: &[&str] = &[
    "questions.toml",
    "rules.toml",
    "cohort.toml",
    "musts.toml",
    "suitability.toml",
    "aftercare.toml",
    ".md",
    "/faq",
    "/pages",
];

/// Reads a content folder.
///
/// # Errors
/// Where the folder itself cannot be opened. What is wrong inside it goes to `problems`.
pub fn content(folder: &Path, problems: &Problems) -> Result<Content> {
    if !folder.is_dir() {
        bail!(
            "there is no folder {} here: go to the folder that holds it, or name it with --content",
            folder.display()
        );
    }
    let path = folder;
    let folder = &Folder { path, instead: BTreeMap::new() };
    let mut beside = Beside::default();
    let mut site = site(folder, &mut beside, problems);
    let settings = settings(folder, &site, problems);
    let locale = site.locale.clone();
    let [sources] = together(folder, ["sources.toml".into()], problems);
    let known = source::read(&sources);
    let mut checks: Vec<CheckContent> =
        CHECKS.iter().map(|id| one_check(folder, id, &locale, &known, &mut beside, problems)).collect();
    let mut pages = article::read(folder, &locale, &known, &site, &mut beside, problems);
    let Beside { mut days, said, unstated } = beside;
    if !locale.is_empty() && !problems.has("site.toml") {
        stray::hold(folder.path, &locale, problems);
    }
    // What could not be read may hold what is looked for.
    let is_whole = |text: &str| {
        let mut names = text.split('.');
        let (file, slug) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let article = format!("{locale}/{file}/{slug}.md");
        !text.is_empty() && !problems.has(&article) && !problems.has(&format!("{locale}/{file}.toml"))
    };
    hold_words(&said, &checks, &site, is_whole);
    fill(&mut site, &mut checks, &mut pages, &said);
    let [review] = together(folder, ["review.toml".into()], problems);
    let signatures = signature::read(&review);
    // What could not be read may name it.
    if !problems.has_like(|path| NAMES_SOURCES.iter().any(|end| path.ends_with(end))) {
        known.report_unused();
    }
    days.behind.extend(known.checked_on);
    days.behind.extend(signatures.all.iter().map(|signature| signature.on.clone()));
    let agreed = checks.iter().all(|known| signed::is_agreed(path, &known.check));
    Ok(Content { site, settings, signatures, checks, pages, sources: known.all, days, said, agreed, unstated })
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
    one_check(folder, id, &site::read(&table).locale, &source::read(&sources), &mut Beside::default(), problems)
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

/// Fills in what is counted.
fn fill(site: &mut Site, checks: &mut [CheckContent], pages: &mut Pages, said: &[Said]) {
    let facts = Facts::of(checks.iter().map(|known| &known.check).filter(|check| !check.questions.is_empty()));
    if checks.iter().all(|known| !known.check.questions.is_empty()) {
        facts.hold(said);
    }
    facts.fill_labels(&mut site.labels);
    for known in checks {
        facts.fill_start(&mut known.check);
    }
    pages.faq.iter_mut().chain(&mut pages.pages).for_each(|article| facts.fill_article(article));
}

/// Holds the texts against what is true of every text, whatever it is about.
fn hold_words(said: &[Said], checks: &[CheckContent], site: &Site, is_whole: impl Fn(&str) -> bool) {
    let checks: Vec<&Check> = checks.iter().map(|known| &known.check).collect();
    place::hold(said);
    raw::hold(said);
    if let Some(allowed) = &site.allowed {
        tone::hold(said, &checks, allowed, &site.locale, is_whole);
    }
    reading_age::hold(said, &site.locale);
}

fn site(folder: &Folder<'_>, beside: &mut Beside, problems: &Problems) -> Site {
    let [table] = together(folder, ["site.toml".into()], problems);
    let site = site::read(&table);
    let [words] = together(folder, [format!("{}/site.toml", site.locale)], problems);
    beside.said.extend(said::of_site(&words));
    // Without the one file, nothing in the other can be judged.
    if table.is_nothing() || words.is_nothing() { site } else { site::with_words(site, &words) }
}

fn one_check(
    folder: &Folder<'_>,
    id: &str,
    locale: &str,
    known: &source::Known,
    beside: &mut Beside,
    problems: &Problems,
) -> CheckContent {
    let logic = [format!("{id}/questions.toml"), format!("{id}/rules.toml")];
    let [questions, rules] = logic.clone();
    let [questions, rules, words] = together(folder, [questions, rules, format!("{locale}/{id}.toml")], problems);
    let [cases] = together(folder, [format!("{id}/cases.toml")], problems);
    let [musts] = together(folder, [format!("{id}/musts.toml")], problems);
    // Where the check could not be read, nothing is said about what is demanded of it.
    let musts = if questions.is_nothing() { Table::nothing() } else { musts };
    let files = check::Files { logic: &questions, rules: &rules, words: &words, musts: &musts };
    let mut content = check::read(id, &files, known);
    if questions.is_nothing() {
        return content;
    }
    beside.said.extend(said::of_check(id, &words));
    beside.unstated.extend(questions.at_without("most_screens").cloned());
    beside.days.ahead.extend(questions.maybe_day("review_by"));
    content.cases = case::read(&cases, &content.check);
    // What is held against a check says nothing about logic that could not be read.
    let readable = !logic.iter().any(|path| problems.has(path));
    if readable {
        for case in &content.cases {
            case::hold(case, &content.check);
        }
    }
    content.cohort = cohort(folder, id, problems).map(|table| cohort::read(&table, &content.check, known, readable));
    content
}

fn cohort(folder: &Folder<'_>, id: &str, problems: &Problems) -> Option<Table> {
    maybe(folder, &format!("{id}/cohort.toml"), problems)
}

fn settings(folder: &Folder<'_>, site: &Site, problems: &Problems) -> Settings {
    let table = maybe(folder, clinic::FILE, problems);
    let countries: Vec<&str> = site.countries.iter().map(|country| country.id.as_str()).collect();
    table.map(|table| clinic::read(&table, folder, &countries)).unwrap_or_default()
}

/// A file that may be left out, as TOML.
fn maybe(folder: &Folder<'_>, path: &str, problems: &Problems) -> Option<Table> {
    let file = folder.path.join(path).exists().then(|| open(folder, path, problems))??;
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
    } else {
        letter::hold(&file);
    }
    Some(file)
}
