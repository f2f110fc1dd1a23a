//! The dossier: one document with everything a clinician signs. It needs no network and no script, and prints on A4.
//!
//! - `front`: title, how to read it, counts, open points
//! - `question`: every question, its answers and what follows
//! - `table`: rules that depend on other answers, put back together as tables
//! - `proven`: demands, rules that never decide, named patients
//! - `text`: all other words a patient reads, and the sources
//! - `sign`: the block to sign
//! - `part`: headings, tables and lists
//! - `words`: what rules say, in words

mod front;
mod part;
mod proven;
mod question;
mod sign;
mod table;
mod text;
mod words;

use crate::draw;
use crate::draw::mark::letters;
use crate::markup::render;
use crate::pack;
use crate::proof::Report;
use crate::read::{CheckContent, Content};
use crate::review;
use leptos::prelude::*;
use mesocheck::model::{Check, Date};
use mesocheck::page::Site;
use mesocheck::view::words::fill;

/// What a dossier is made from.
pub struct Book<'a> {
    /// The content.
    pub content: &'a Content,
    /// For each check, what is proven of it.
    pub reports: &'a [Report],
    /// The day it is made.
    pub today: Date,
    /// For each check that was agreed before, its title and what has changed since, in words.
    pub changes: Vec<(String, String)>,
}

/// How high a sheet of the flow is, so that it fills a page of A4.
const SHEET: usize = 1450;

/// The dossier as an HTML document.
pub fn html(book: &Book<'_>) -> String {
    // Set once per process; a second call finds it set.
    let _ = any_spawner::Executor::init_futures_executor();
    let content = book.content;
    let site = Site::new(content.site.labels.clone(), review::of(content), content.settings.clinic.clone());
    let hash = pack::hash(book.content);
    let pairs = book.content.checks.iter().zip(book.reports).zip('A'..);
    let chapters: Vec<Chapter<'_>> = pairs
        .map(|((content, report), letter)| Chapter {
            site: &site,
            content,
            report,
            letters: letters(&content.check),
            name: format!("Check {letter}: {}", content.check.title),
        })
        .collect();
    let mut body = render(|| front::page(book, &site, &chapters, &hash));
    body += &chapters.iter().map(chapter).collect::<String>();
    body += &render(|| text::all(book, &site));
    body += &render(|| changes(book));
    body += &render(|| sign::block(&book.content.site.version, &hash));
    document(&book.content.site.locale, &book.content.site.version, &hash, &body)
}

/// A check, with what is needed to tell of it.
struct Chapter<'a> {
    site: &'a Site,
    content: &'a CheckContent,
    report: &'a Report,
    letters: Vec<String>,
    /// What it is called here.
    name: String,
}

impl Chapter<'_> {
    fn check(&self) -> &Check {
        &self.content.check
    }

    /// The sign of an outcome: a letter in a shape.
    fn mark(&self, outcome: usize) -> AnyView {
        let letter = self.letters.get(outcome).cloned().unwrap_or_default();
        let look = self.check().outcomes.get(outcome).map(|outcome| outcome.look.as_str()).unwrap_or_default();
        view! { <b class="mark" data-look=look>{letter}</b> }.into_any()
    }

    /// The title of an outcome.
    fn title(&self, outcome: usize) -> String {
        self.check().outcomes.get(outcome).map(|outcome| short(&outcome.title)).unwrap_or_default()
    }
}

fn chapter(chapter: &Chapter<'_>) -> String {
    let check = chapter.check();
    let (id, name) = (check.id.to_string(), chapter.name.clone());
    let mut body = render(|| {
        let parts = vec![text::start(chapter), text::outcomes(chapter)];
        view! { <h2 class="page" id=id>{name}</h2>{parts} }
    });
    body += &format!("<h3 class=\"page\" id=\"{}-flow\">The flow</h3>\n", check.id);
    for sheet in draw::sheets(&chapter.site.labels, check, SHEET) {
        body += &format!("<div class=\"sheet\">{sheet}</div>\n");
    }
    body += &render(|| {
        part::all(vec![
            part::chapter_part(format!("{}-matrix", check.id), "How many answers lead where"),
            draw::matrix::table(&chapter.site.labels, check).into_any(),
            question::all(chapter),
            proven::statements(chapter),
            proven::remarks(chapter),
            proven::cases(chapter),
        ])
    });
    body
}

fn changes(book: &Book<'_>) -> AnyView {
    let mut parts = vec![part::chapter_title("changes", "What has changed since it was last agreed")];
    if book.changes.is_empty() {
        parts.push(part::paragraph("", "No version was agreed before: all of it is new."));
    } else {
        let lead = "Compared is what the checks decide, not their wording.";
        parts.push(part::paragraph("", lead));
    }
    for (title, words) in &book.changes {
        parts.push(part::heading(title));
        parts.push(view! { <pre>{words.trim_end().to_owned()}</pre> }.into_any());
    }
    part::all(parts)
}

fn document(locale: &str, version: &str, hash: &str, body: &str) -> String {
    let style = include_str!("dossier/style.css").replace("HASH", hash).replace("VERSION", &version.replace('"', ""));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{locale}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Mesocheck dossier {hash}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )
}

/// A title with whom to call in few words: it stands in many rows.
fn short(title: &str) -> String {
    fill(title, &[("EMERGENCY", "the emergency number"), ("URGENT", "urgent care")])
}
