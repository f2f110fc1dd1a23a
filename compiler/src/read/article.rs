//! FAQ answers and pages: front matter in TOML between lines of `+++`, then Markdown.

use crate::problem::{At, File, Located, Problems};
use crate::read::check::{choose, values};
use crate::read::said::{Kind, Said};
use crate::read::site::Site;
use crate::read::source::Known;
use crate::read::toml::{Table, parse_part, suggestion};
use crate::read::{Beside, Folder, letter, link, open};
use mesocheck::model::{Article, Block, Date, Evidence, Inline, Text};
use pulldown_cmark::{BrokenLink, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;
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
    if start > 0 && end.is_none() {
        let at = front_end(&file.text);
        file.at(at..at)
            .report("The second line of +++ is missing", "Put a line +++ below the last key, before the text.");
        return Article { slug: slug.to_owned(), ..empty() };
    }
    let Some(end) = end.filter(|_| start > 0) else {
        file.at(0..0)
            .report("The front matter is missing", "Begin the file with a line +++, its keys, and a line +++.");
        return Article { slug: slug.to_owned(), ..empty() };
    };
    let body = file.text.get(end..).and_then(|rest| rest.find('\n')).map_or(file.text.len(), |line| end + line + 1);
    let mut said = Vec::new();
    let blocks = Reader::new(file, body, &mut gathered.links, &mut said).blocks();
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

/// Where the keys of an article seem to end: at the first line that is none.
fn front_end(text: &str) -> usize {
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let is_key = line.contains('=') || line.starts_with(['#', ' ', ']', '"']);
        if number > 0 && !is_key {
            break;
        }
        at += line.len();
    }
    at.min(text.len())
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

/// Syntax that the site does not show is parsed all the same: what is not known as such would stand as it is written.
const SYNTAX: Options = Options::ENABLE_TASKLISTS
    .union(Options::ENABLE_TABLES)
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_SUPERSCRIPT)
    .union(Options::ENABLE_SUBSCRIPT)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM)
    .union(Options::ENABLE_YAML_STYLE_METADATA_BLOCKS);

/// Turns Markdown into blocks. What the site cannot show is reported.
struct Reader<'a> {
    file: &'a Rc<File>,
    offset: usize,
    links: &'a mut Vec<(At, String)>,
    /// The words of every block, where it stands.
    said: &'a mut Vec<Located<String>>,
    blocks: Vec<Block>,
    list: Option<Open>,
    run: Text,
    strong: bool,
    href: Option<String>,
    /// In a heading, which is words alone.
    heading: bool,
    /// Within how many parts that are not shown.
    hidden: usize,
    /// Names of links that stand for an address at another place.
    used: Vec<String>,
}

/// A list being read.
struct Open {
    numbered: bool,
    /// Points that can be ticked.
    tasks: usize,
    items: Vec<Text>,
}

impl<'a> Reader<'a> {
    fn new(
        file: &'a Rc<File>,
        offset: usize,
        links: &'a mut Vec<(At, String)>,
        said: &'a mut Vec<Located<String>>,
    ) -> Self {
        Self {
            file,
            offset,
            links,
            said,
            blocks: Vec::new(),
            list: None,
            run: Vec::new(),
            strong: false,
            href: None,
            heading: false,
            hidden: 0,
            used: Vec::new(),
        }
    }

    fn blocks(mut self) -> Vec<Block> {
        let text = self.file.text.get(self.offset..).unwrap_or_default().to_owned();
        let at = |range: Range<usize>| self.file.at(self.offset + range.start..self.offset + range.end);
        let unknown = |link: BrokenLink<'_>| {
            at(link.span).report(
                "This stands in brackets, and no address belongs to it",
                "Write [words](/check/) for a link, or ( and ) for a remark.",
            );
            None
        };
        let parser = Parser::new_with_broken_link_callback(&text, SYNTAX, Some(unknown));
        let named: Vec<(String, At)> = parser
            .reference_definitions()
            .iter()
            .map(|(name, of)| (name.to_lowercase(), at(of.span.clone())))
            .collect();
        let events: Vec<(Event<'_>, Range<usize>)> = parser.into_offset_iter().collect();
        for (event, range) in events {
            let at = self.file.at(self.offset + range.start..self.offset + range.end);
            let source = text.get(range).unwrap_or_default();
            self.event(event, &at, source);
        }
        for (_, at) in named.iter().filter(|(name, _)| !self.used.contains(name)) {
            at.report("Nothing leads to this address, and nobody sees it", "Name it in a link, or take it away.");
        }
        self.blocks
    }

    fn event(&mut self, event: Event<'_>, at: &At, source: &str) {
        match event {
            Event::Start(_) if self.hidden > 0 => self.hidden += 1,
            Event::End(_) if self.hidden > 0 => self.hidden -= 1,
            _ if self.hidden > 0 => {}
            Event::Start(tag) => self.start(tag, at, source),
            Event::End(tag) => self.end(tag, at),
            Event::Text(words) => {
                letter::hold_written(at, &words);
                if self.href.is_none() && words.contains("://") {
                    at.report("Nobody can press this address", "Make it a link: [words](https://…).");
                }
                self.push(&words);
            }
            Event::SoftBreak => self.push(" "),
            Event::HardBreak => {
                at.report("The site does not show a line break within a paragraph", "Begin a new paragraph.");
                self.push(" ");
            }
            Event::TaskListMarker(ticked) => {
                if ticked {
                    at.report("The site shows every box empty", "Write - [ ] for a point to tick.");
                }
                self.list.iter_mut().for_each(|list| list.tasks += 1);
            }
            Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule => not_shown(at),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: &At, source: &str) {
        match tag {
            Tag::Paragraph | Tag::Item => {
                if self.list.is_some() && !self.run.is_empty() {
                    at.report("The site shows one paragraph in a point", "Make it one, or two points.");
                }
            }
            Tag::Heading { level: HeadingLevel::H2, id, classes, attrs } => {
                if id.is_some() || !classes.is_empty() || !attrs.is_empty() || self.list.is_some() {
                    not_shown(at);
                }
                if !source.starts_with('#') {
                    at.report(
                        "A line of --- makes this a heading",
                        "Write ## before a heading, or take the line away.",
                    );
                }
                self.heading = true;
            }
            Tag::Strong => {
                self.in_heading(at);
                self.strong = true;
            }
            Tag::Link { dest_url, title, id, .. } => {
                self.in_heading(at);
                self.used.push(id.to_lowercase());
                self.href = Some(self.link(at, &dest_url));
                hold_link(at, source, &title);
            }
            Tag::List(first) if self.list.is_none() => {
                if first.is_some_and(|first| first != 1) {
                    at.report("The site numbers a list from 1", "Begin it with 1., or write the numbers as words.");
                }
                self.list = Some(Open { numbered: first.is_some(), tasks: 0, items: Vec::new() });
            }
            Tag::List(_) => {
                at.report("The site does not show a list in a list", "Make it one list, or begin a new heading.");
                self.hidden = 1;
            }
            Tag::Heading { .. }
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Image { .. }
            | Tag::MetadataBlock(_) => {
                not_shown(at);
                self.hidden = 1;
            }
        }
    }

    fn end(&mut self, tag: TagEnd, at: &At) {
        match tag {
            TagEnd::Strong => self.strong = false,
            TagEnd::Link => self.href = None,
            TagEnd::Item => {
                let item = self.taken(at);
                self.list.iter_mut().for_each(|list| list.items.push(item.clone()));
            }
            TagEnd::List(_) => {
                if let Some(list) = self.list.take() {
                    if list.tasks > 0 && (list.tasks < list.items.len() || list.numbered) {
                        at.report(
                            "Some points of this list are to be ticked and others are not, or have numbers",
                            "Begin every point with - [ ], or none.",
                        );
                    }
                    self.blocks.push(closed(list));
                }
            }
            TagEnd::Paragraph if self.list.is_none() => {
                let paragraph = self.taken(at);
                self.blocks.push(Block::Paragraph(paragraph));
            }
            TagEnd::Heading(_) => {
                self.heading = false;
                let heading = self.taken(at);
                self.blocks.push(Block::Heading(heading.into_iter().map(|part| part.text).collect()));
            }
            TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::HtmlBlock
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Image
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn in_heading(&self, at: &At) {
        if self.heading {
            at.report("The site shows only words in a heading", "Take the link or the stars out of it.");
        }
    }

    fn push(&mut self, words: &str) {
        match self.run.last_mut() {
            Some(last) if last.strong == self.strong && last.href == self.href => last.text.push_str(words),
            _ => self.run.push(Inline { text: words.to_owned(), strong: self.strong, href: self.href.clone() }),
        }
    }

    /// A whole run of text; its words are kept.
    fn taken(&mut self, at: &At) -> Text {
        self.said.push(at.with(self.run.iter().map(|part| part.text.as_str()).collect()));
        std::mem::take(&mut self.run)
    }

    fn link(&mut self, at: &At, href: &str) -> String {
        if !href.starts_with('/') {
            link::hold(at, href);
        }
        self.links.push((at.clone(), href.to_owned()));
        href.to_owned()
    }
}

fn hold_link(at: &At, source: &str, title: &str) {
    if !title.is_empty() {
        at.report("The site does not show the title of a link", "Take it away: [words](/check/).");
    }
    if source.starts_with("[]") {
        at.report("This link has no words", "Write [words](/check/).");
    }
}

fn not_shown(at: &At) {
    at.report("The site does not show this", "Use paragraphs, ## headings, lists, **bold** and links only.");
}

fn closed(list: Open) -> Block {
    match (list.tasks > 0, list.numbered) {
        (true, _) => Block::Tasks(list.items),
        (false, true) => Block::Numbered(list.items),
        (false, false) => Block::Points(list.items),
    }
}
