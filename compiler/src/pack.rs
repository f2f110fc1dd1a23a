//! Packs: what travels inside a page.

use crate::read::Content;
use mesocheck::model::{Check, FORMAT, Pack, SearchEntry, SearchIndex, Source};
use mesocheck::{engine::stems, model::Article};
use sha2::{Digest, Sha256};

/// The pack of a check. It carries only the sources that its rules name.
pub fn of(content: &Content, check: &Check) -> Pack {
    let site = &content.site;
    Pack {
        format: FORMAT,
        version: site.version.clone(),
        hash: hash(content),
        locale: site.locale.clone(),
        review: site.review.clone(),
        clinic: site.clinic.clone(),
        check: with_used_sources(check.clone()),
        labels: site.labels.clone(),
        countries: site.countries.clone(),
    }
}

/// Changes with every change of the content.
pub fn hash(content: &Content) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{:?}", content.site));
    for (check, _) in &content.checks {
        hash.update(format!("{check:?}"));
    }
    hash.update(format!("{:?}{:?}", content.pages, content.sources));
    hex(&hash.finalize(), 6)
}

/// The first bytes of a digest in hexadecimal.
pub fn hex(digest: &[u8], bytes: usize) -> String {
    digest.iter().take(bytes).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn with_used_sources(mut check: Check) -> Check {
    let mut used: Vec<usize> = check.rules.iter().flat_map(|rule| rule.sources.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    let sources: Vec<Source> = used.iter().filter_map(|place| check.sources.get(*place).cloned()).collect();
    for rule in &mut check.rules {
        rule.sources = rule.sources.iter().filter_map(|source| used.binary_search(source).ok()).collect();
    }
    check.sources = sources;
    check
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
