//! Every text a person reads, with its name, its kind and where it stands: for what is held against texts as such.

use crate::problem::{At, Located};
use crate::read::toml::Table;

/// A text a person reads.
#[derive(Debug)]
pub struct Said {
    /// `suitability.question.age.why`, `site.labels.draft`, `faq.does-it-hurt`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its parts: one, or the title, the short answer and every paragraph of an article.
    pub parts: Vec<Located<String>>,
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A question, why it is asked, and help with it.
    Question,
    /// What an answer means: reasons and notes.
    Reason,
    /// A question of the FAQ with its answer.
    Faq,
    /// Another page.
    Page,
    /// What is not read as sentences: names, headings, answers to choose from.
    Name,
    /// A word of the interface.
    Label,
}

/// The parts of a check's words that people read.
const READ: &[&str] = &[
    "ask",
    "events",
    "headline",
    "outcome",
    "pages",
    "question",
    "raise",
    "rule",
    "safety_net",
    "start",
    "steps",
    "title",
    "to_ask",
    "to_bring",
    "unsure",
    "while_you_wait",
];

/// The words of a check.
pub fn of_check(id: &str, words: &Table) -> Vec<Said> {
    let read =
        words.below().into_iter().filter(|(path, _)| path.first().is_some_and(|part| READ.contains(&part.as_str())));
    read.filter_map(|(path, text)| Some(one(id, kind(&path)?, &path, text))).collect()
}

/// The words of the interface.
pub fn of_site(words: &Table) -> Vec<Said> {
    let read = words.below().into_iter().filter(|(path, _)| path.first().is_some_and(|part| part != "allowed"));
    read.map(|(path, text)| {
        let label = path.first().is_some_and(|part| part == "labels");
        one("site", if label { Kind::Label } else { Kind::Name }, &path, text)
    })
    .collect()
}

fn one(file: &str, kind: Kind, path: &[String], text: Located<String>) -> Said {
    Said { name: format!("{file}.{}", path.join(".")), kind, parts: vec![text] }
}

/// `None`: names a rule, and is no text.
fn kind(path: &[String]) -> Option<Kind> {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["while_you_wait", "signs"] | ["to_ask" | "to_bring", "about"] => None,
        ["question", _, "text" | "why" | "hint"] => Some(Kind::Question),
        ["question", _, "options", _, "reason" | "note" | "change"]
        | ["rule" | "raise", _, "reason"]
        | ["unsure", _]
        | ["to_ask" | "to_bring", "text"] => Some(Kind::Reason),
        _ => Some(Kind::Name),
    }
}

impl Said {
    /// The place of its first part.
    pub fn at(&self) -> Option<&At> {
        self.parts.first().map(|part| &part.at)
    }
}
