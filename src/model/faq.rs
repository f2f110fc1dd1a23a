//! Articles: FAQ answers and pages. Markdown becomes these blocks when content is compiled.

use crate::model::Date;
use serde::Serialize;

/// An FAQ answer or a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its place in addresses.
    pub slug: String,
    /// Title; for an FAQ answer, the question.
    pub title: String,
    /// The answer in one sentence, or what the page is for.
    pub short: String,
    /// Place of its group; 0 where there are none.
    pub group: usize,
    /// Its place in the whole list.
    pub order: u32,
    /// How good the evidence is, where the article is about an effect.
    pub evidence: Option<Evidence>,
    /// Keys of its sources.
    pub sources: Vec<String>,
    /// The day it must be looked at again.
    pub review_by: Date,
    /// Slugs of related articles.
    pub related: Vec<String>,
    /// Other words people search it by.
    pub words: Vec<String>,
    /// The text.
    pub blocks: Vec<Block>,
}

/// How good the evidence for an effect is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Good evidence.
    Good,
    /// Studies disagree.
    Mixed,
    /// Little evidence.
    Little,
    /// None.
    None,
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading within the article.
    Heading(String),
    /// A paragraph.
    Paragraph(Text),
    /// A list of points.
    Points(Vec<Text>),
    /// A numbered list.
    Numbered(Vec<Text>),
    /// A list of things to tick.
    Tasks(Vec<Text>),
}

/// A run of inline parts.
pub type Text = Vec<Inline>;

/// A piece of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// The words.
    pub text: String,
    /// Whether they are stressed.
    pub strong: bool,
    /// Where they lead. An address inside the site begins with `/` and leaves the locale out.
    pub href: Option<String>,
}

/// What the search of the FAQ knows of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// Its place in addresses.
    pub slug: String,
    /// The question.
    pub title: String,
    /// The answer in one sentence.
    pub short: String,
    /// Place of its group.
    pub group: usize,
    /// Stems of all its words.
    pub stems: Vec<String>,
}

/// What the FAQ index carries for its search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchIndex {
    /// Titles of the groups.
    pub groups: Vec<String>,
    /// Every FAQ answer, in order.
    pub entries: Vec<SearchEntry>,
    /// Label of the search box.
    pub label: String,
    /// What is said when nothing is found.
    pub nothing: String,
    /// How many were found: `{n}`.
    pub found: String,
}
