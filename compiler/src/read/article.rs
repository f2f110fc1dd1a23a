//! FAQ answers and pages: front matter in TOML between lines of `+++`, then Markdown.

use crate::problem::{At, File, Located, Problems};
use crate::read::check::{choose, values};
use crate::read::said::{Kind, Said};
use crate::read::site::Site;
use crate::read::source::Known;
use crate::read::toml::{Table, parse_part, suggestion};
use crate::read::{Beside, Folder, letter, link, open};
use mesocheck::model::{Article, Block, Date, Evidence, Inline, Text};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::rc::Rc;

/// FAQ answers and pages.
#[derive(Debug, Default)]
pub struct Pages {
    /// FAQ answers, in order.
    pub faq: Vec<Article>,
    /// Other pages, by slug.
    pub pages: Vec<Article>,
}

/// Pages that must be there.
pub const PAGES: &[&str] = &["about", "prepare", "privacy", "questions", "self-care", "timeline"];

/// Addresses of the site that are no articles.
const ROUTES: &[&str] =
    &["", "faq", "check", "aftercare", "prepare", "about", "paper", "privacy", "questions", "timeline"];

/// What is gathered from all articles, to be held against each other.
#[derive(Default)]
struct Gathered {
    links: Vec<(At, String)>,
    orders: Vec<Located<i64>>,
    said: Vec<Said>,
    review_by: Vec<Located<Date>>,
}

/// Reads all articles of a locale.
pub fn read(
    folder: &Folder<'_>,
    locale: &str,
    known: &Known,
    site: &Site,
    beside: &mut Beside,
    problems: &Problems,
) -> Pages {
    let mut gathered = Gathered::default();
    let mut all = Pages::default();
    for slug in slugs(folder, &format!("{locale}/faq"), problems) {
        let file = open(folder, &format!("{locale}/faq/{slug}.md"), problems);
        all.faq.extend(file.map(|file| one(&file, &slug, known, Some(site), &mut gathered)));
    }
    let pages = format!("{locale}/pages");
    for slug in slugs(folder, &pages, problems) {
        let Some(file) = open(folder, &format!("{pages}/{slug}.md"), problems) else { continue };
        if !PAGES.contains(&slug.as_str()) {
            let help = format!("Pages are: {}. A question with its answer stands in {locale}/faq.", PAGES.join(", "));
            file.at(0..0).report(format!("There is no place for a page `{slug}`"), help);
        }
        all.pages.push(one(&file, &slug, known, None, &mut gathered));
    }
    all.faq.sort_by_key(|article| article.order);
    for slug in PAGES.iter().filter(|slug| !all.pages.iter().any(|page| page.slug == **slug)) {
        let path = format!("{pages}/{slug}.md");
        File::new(&path, "", problems).at(0..0).report("This file is missing", format!("Put {path} back."));
    }
    check_links(&all, &gathered.links);
    check_orders(&gathered.orders);
    beside.days.ahead.append(&mut gathered.review_by);
    beside.said.append(&mut gathered.said);
    all
}

/// Names of the Markdown files in a folder, without their ending.
fn slugs(folder: &Folder<'_>, path: &str, problems: &Problems) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder.path.join(path)) else {
        File::new(path, "", problems).at(0..0).report("This folder is missing", format!("Put {path} back."));
        return Vec::new();
    };
    let names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut slugs = Vec::new();
    for name in names.filter(|name| !name.starts_with('.')) {
        match name.strip_suffix(".md") {
            Some(slug) => slugs.push(slug.to_owned()),
            None => File::new(format!("{path}/{name}"), "", problems)
                .at(0..0)
                .report("Nobody reads this file", "Let its name end in .md, or take it away."),
        }
    }
    slugs.sort();
    slugs
}

fn one(file: &Rc<File>, slug: &str, known: &Known, site: Option<&Site>, gathered: &mut Gathered) -> Article {
    let start = if file.text.starts_with("+++\n") { 4 } else { 0 };
    let end = file.text.get(start..).and_then(|rest| rest.find("\n+++")).map(|end| start + end + 1);
    check_slug(file, slug);
    let Some(end) = end.filter(|_| start > 0) else {
        file.at(0..0)
            .report("The front matter is missing", "Begin the file with a line +++, its keys, and a line +++.");
        return Article { slug: slug.to_owned(), ..empty() };
    };
    let body = file.text.get(end..).and_then(|rest| rest.find('\n')).map_or(file.text.len(), |line| end + line + 1);
    let mut said = Vec::new();
    let blocks = Reader { file, offset: body, links: &mut gathered.links, said: &mut said }.blocks();
    if blocks.is_empty() {
        file.at(body..body).report("This file has no text", "Write it below the second line of +++.");
    }
    let Some(front) = parse_part(file, start, end) else { return Article { slug: slug.to_owned(), blocks, ..empty() } };
    let mut article = if let Some(site) = site { faq_front(&front, site, gathered) } else { page_front(&front) };
    let keys = front.texts("sources");
    known.keep(keys.clone());
    article.sources = values(keys);
    slug.clone_into(&mut article.slug);
    article.review_by = front.day("review_by").value;
    gathered.review_by.extend(front.maybe_day("review_by"));
    article.title = front.text("title").value;
    let (folder, kind) = if site.is_some() { ("faq", Kind::Faq) } else { ("pages", Kind::Page) };
    let heads = ["title", "short", "description"].into_iter().filter(|key| front.has(key));
    let parts = heads.filter_map(|key| front.maybe_text(key)).chain(said).collect();
    gathered.said.push(Said { name: format!("{folder}.{slug}"), kind, parts });
    front.finish();
    article.blocks = blocks;
    article
}

fn check_slug(file: &Rc<File>, slug: &str) {
    if !slug.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-') {
        file.at(0..0).report("The name of this file is no address", "Use small letters, digits and - only.");
    }
}

fn empty() -> Article {
    Article {
        slug: String::new(),
        title: String::new(),
        short: String::new(),
        group: 0,
        order: 0,
        evidence: None,
        sources: Vec::new(),
        review_by: Date(0),
        related: Vec::new(),
        words: Vec::new(),
        blocks: Vec::new(),
    }
}

fn page_front(front: &Table) -> Article {
    Article { short: front.text("description").value, ..empty() }
}

fn faq_front(front: &Table, site: &Site, gathered: &mut Gathered) -> Article {
    let group = front.text("group");
    let place = site.groups.iter().position(|(id, _)| *id == group.value);
    if place.is_none() && !group.value.is_empty() && !site.groups.is_empty() {
        let known: Vec<&str> = site.groups.iter().map(|(id, _)| id.as_str()).collect();
        group.at.report(format!("There is no group `{}`", group.value), suggestion(&group.value, &known));
    }
    let evidence =
        [("good", Evidence::Good), ("mixed", Evidence::Mixed), ("little", Evidence::Little), ("none", Evidence::None)];
    let related = front.texts("related");
    gathered.links.extend(related.iter().map(|slug| (slug.at.clone(), format!("/faq/{}/", slug.value))));
    let order = front.maybe_number("order");
    gathered.orders.extend(order.clone());
    let number = order.as_ref().and_then(|order| u32::try_from(order.value).ok());
    if number.is_none() && (order.is_some() || !front.has("order")) {
        let at = front.key_at("order");
        at.report("The place in the list is missing or below 0", "Add order = 12: answers are listed by this number.");
    }
    Article {
        short: front.text("short").value,
        group: place.unwrap_or_default(),
        order: number.unwrap_or_default(),
        evidence: choose(front.maybe_text("evidence"), &evidence),
        related: values(related),
        words: values(front.texts("words")),
        ..empty()
    }
}

/// The list is in the order of these numbers: two of one number would stand in the order of their files.
fn check_orders(orders: &[Located<i64>]) {
    for (place, order) in orders.iter().enumerate() {
        if let Some(other) = orders.iter().take(place).find(|other| other.value == order.value) {
            let what = format!("The place {} in the list is taken by {}", order.value, other.at.path());
            order.at.report(what, "Give one of them another number.");
        }
    }
}

fn check_links(all: &Pages, links: &[(At, String)]) {
    for (at, href) in links.iter().filter(|(_, href)| href.starts_with('/')) {
        let mut parts = href.trim_matches('/').split('/');
        let known = match (parts.next(), parts.next(), parts.next()) {
            (Some("faq"), Some(slug), None) => all.faq.iter().any(|article| article.slug == slug),
            (Some(route), None, None) => ROUTES.contains(&route),
            _ => false,
        };
        if !known || !href.ends_with('/') {
            at.report(format!("The link {href} leads nowhere"), "Write /faq/<slug>/, /check/, /aftercare/ and so on.");
        }
    }
}

/// Turns Markdown into blocks. What the site cannot show is reported.
struct Reader<'a> {
    file: &'a Rc<File>,
    offset: usize,
    links: &'a mut Vec<(At, String)>,
    /// The words of every block, where it stands.
    said: &'a mut Vec<Located<String>>,
}

/// A list being read.
struct Open {
    numbered: bool,
    tasks: bool,
    items: Vec<Text>,
}

impl Reader<'_> {
    fn blocks(mut self) -> Vec<Block> {
        let text = self.file.text.get(self.offset..).unwrap_or_default().to_owned();
        let (mut blocks, mut list): (Vec<Block>, Option<Open>) = (Vec::new(), None);
        let (mut run, mut strong, mut href): (Text, bool, Option<String>) = (Vec::new(), false, None);
        for (event, range) in Parser::new_ext(&text, Options::ENABLE_TASKLISTS).into_offset_iter() {
            let at = self.file.at(self.offset + range.start..self.offset + range.end);
            match event {
                Event::Text(words) => {
                    letter::hold_written(&at, &words);
                    push(&mut run, &words, strong, href.as_deref());
                }
                Event::SoftBreak | Event::HardBreak => push(&mut run, " ", strong, href.as_deref()),
                Event::Start(Tag::Strong) => strong = true,
                Event::End(TagEnd::Strong) => strong = false,
                Event::Start(Tag::Link { dest_url, .. }) => href = Some(self.link(&at, &dest_url)),
                Event::End(TagEnd::Link) => href = None,
                Event::Start(Tag::List(first)) => {
                    if list.is_some() {
                        at.report(
                            "The site does not show a list in a list",
                            "Make it one list, or begin a new heading.",
                        );
                    }
                    list = Some(Open { numbered: first.is_some(), tasks: false, items: Vec::new() });
                }
                Event::TaskListMarker(_) => list.iter_mut().for_each(|list| list.tasks = true),
                Event::End(TagEnd::Item) => {
                    let item = self.taken(&mut run, &at);
                    if let Some(list) = &mut list {
                        list.items.push(item);
                    }
                }
                Event::End(TagEnd::List(_)) => blocks.extend(list.take().map(closed)),
                Event::End(TagEnd::Paragraph) if list.is_none() => {
                    blocks.push(Block::Paragraph(self.taken(&mut run, &at)));
                }
                Event::End(TagEnd::Heading(_)) => {
                    let heading = self.taken(&mut run, &at);
                    blocks.push(Block::Heading(heading.into_iter().map(|part| part.text).collect()));
                }
                Event::Start(Tag::Paragraph) if !run.is_empty() => push(&mut run, " ", strong, None),
                Event::Start(Tag::Paragraph | Tag::Item | Tag::Heading { level: HeadingLevel::H2, .. })
                | Event::End(TagEnd::Paragraph) => {}
                Event::Start(_) | Event::InlineHtml(_) | Event::Code(_) | Event::Rule => {
                    at.report(
                        "The site does not show this",
                        "Use paragraphs, ## headings, lists, **bold** and links only.",
                    );
                }
                _ => {}
            }
        }
        blocks
    }

    /// A whole run of text; its words are kept.
    fn taken(&mut self, run: &mut Text, at: &At) -> Text {
        self.said.push(at.with(run.iter().map(|part| part.text.as_str()).collect()));
        std::mem::take(run)
    }

    fn link(&mut self, at: &At, href: &str) -> String {
        if !href.starts_with('/') {
            link::hold(at, href);
        }
        self.links.push((at.clone(), href.to_owned()));
        href.to_owned()
    }
}

fn push(run: &mut Text, words: &str, strong: bool, href: Option<&str>) {
    match run.last_mut() {
        Some(last) if last.strong == strong && last.href.as_deref() == href => last.text.push_str(words),
        _ => run.push(Inline { text: words.to_owned(), strong, href: href.map(str::to_owned) }),
    }
}

fn closed(list: Open) -> Block {
    match (list.tasks, list.numbered) {
        (true, _) => Block::Tasks(list.items),
        (false, true) => Block::Numbered(list.items),
        (false, false) => Block::Points(list.items),
    }
}
