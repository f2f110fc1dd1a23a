//! Packs: what travels inside a page.

use crate::read::{Content, zone};
use crate::review;
use mesocheck::model::{Check, Clinic, Country, FORMAT, HelpLine, Labels, Pack, SearchEntry, SearchIndex, Source};
use mesocheck::page::Author;
use mesocheck::{engine::stems, model::Article, view::words::fill};
use sha2::{Digest, Sha256};

/// The hash of each content that was published here, with its version. A list in the program: whoever changes the content
/// cannot say that it is unchanged.
const RELEASED: &str = include_str!("released.txt");

/// The pack of a check. It carries only the sources that its rules name.
pub fn of(content: &Content, check: &Check) -> Pack {
    let site = &content.site;
    Pack {
        format: FORMAT,
        version: site.version.clone(),
        hash: hash(content),
        locale: site.locale.clone(),
        review: review::of(content),
        clinic: clinic(content),
        check: with_used_sources(check.clone()),
        labels: for_island(&site.labels),
        countries: countries(&site.countries),
    }
}

/// Countries with their time zones. Not before: a newer time-zone database must not make a draft of what is signed.
fn countries(countries: &[Country]) -> Vec<Country> {
    let one = |country: &Country| Country { zones: zone::in_short(&country.territories), ..country.clone() };
    countries.iter().map(one).collect()
}

/// The clinic, with the words of the link that calls it.
pub fn clinic(content: &Content) -> Clinic {
    let words = |number: &str| fill(&content.site.labels.clinic_phone(), &[("phone", number)]);
    let mut clinic = content.settings.clinic.clone();
    clinic.phone = clinic.phone.map(|line| HelpLine { text: words(&line.text), ..line });
    clinic
}

/// Changes with every change of what a clinician signs: checks, demands, words and sources. A signature does not change
/// what it signs, and neither does the clinic that shows the check, nor the address it stands at.
pub fn hash(content: &Content) -> String {
    let mut hash = Sha256::new();
    let site = &content.site;
    hash.update(format!("{:?}", (&site.locale, &site.version, &site.groups, &site.labels, &site.countries)));
    for known in &content.checks {
        hash.update(format!("{:?}", (&known.check, &known.musts, known.most_screens, &known.agreed)));
    }
    hash.update(format!("{:?}", (&content.pages.faq, &content.pages.pages, &content.sources)));
    hex(&hash.finalize(), 6)
}

/// Who has written this content.
pub fn author(content: &Content) -> Author {
    let hash = hash(content);
    if RELEASED.lines().any(|line| line.split(' ').next() == Some(&hash)) { Author::Publisher } else { Author::Clinic }
}

/// The first bytes of a digest in hexadecimal.
pub fn hex(digest: &[u8], bytes: usize) -> String {
    digest.iter().take(bytes).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn with_used_sources(mut check: Check) -> Check {
    let mut used: Vec<usize> = check.rules.iter().flat_map(|rule| rule.sources.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let known = used.iter().filter_map(|place| check.sources.get(*place).cloned());
    // A finding names its sources; their addresses and limits stand on the page about the rules.
    let sources =
        known.map(|source| Source { key: String::new(), address: String::new(), note: String::new(), ..source });
    let sources: Vec<Source> = sources.collect();
    for rule in &mut check.rules {
        rule.sources = rule.sources.iter().filter_map(|source| used.binary_search(source).ok()).collect();
    }
    check.sources = sources;
    check
}

/// Labels that only pages written ahead show, by how their names begin.
const PAGES_ONLY: &[&str] = &[
    "article_",
    "clinic_",
    "cond_",
    "draw_",
    "embed_",
    "evidence",
    "exit",
    "faq_",
    "handover_",
    "home_",
    "months",
    "nav_",
    "not_found",
    "offline_",
    "paper_",
    "proof_",
    "rule",
    "search",
    "shown_",
    "sources_title",
    "single_",
    "sums_",
    "translated",
];

/// The labels without those the island never shows: every byte of a pack is waited for.
fn for_island(labels: &Labels) -> Labels {
    let texts: Vec<String> = labels.clone().into();
    let shown = |name: &str| !PAGES_ONLY.iter().any(|start| name.starts_with(start));
    let pairs = Labels::NAMES.iter().zip(texts);
    pairs.map(|(name, text)| if shown(name) { text } else { String::new() }).collect::<Vec<String>>().into()
}

/// What the search of the FAQ knows.
pub fn search_index(content: &Content) -> SearchIndex {
    let labels = &content.site.labels;
    SearchIndex {
        groups: content.site.groups.iter().map(|(_, title)| title.clone()).collect(),
        entries: content.pages.faq.iter().map(search_entry).collect(),
        label: labels.search(),
        nothing: labels.search_nothing(),
        found: labels.search_found(),
    }
}

fn search_entry(article: &Article) -> SearchEntry {
    let words = [article.title.clone(), article.short.clone(), plain(article), article.words.join(" ")].join(" ");
    SearchEntry {
        slug: article.slug.clone(),
        title: article.title.clone(),
        short: article.short.clone(),
        group: article.group,
        stems: stems(&words),
    }
}

/// The words of an article, without its form.
pub fn plain(article: &Article) -> String {
    use mesocheck::model::{Block, Text};
    let run = |text: &Text| text.iter().map(|part| part.text.as_str()).collect::<String>();
    let block = |block: &Block| match block {
        Block::Heading(text) => text.clone(),
        Block::Paragraph(text) => run(text),
        Block::Points(items) | Block::Numbered(items) | Block::Tasks(items) => {
            items.iter().map(run).collect::<Vec<String>>().join(" ")
        }
    };
    article.blocks.iter().map(block).collect::<Vec<String>>().join(" ")
}
