//! `sources.toml`: where facts come from.

use crate::problem::Located;
use crate::read::toml::Table;
use crate::read::{alike, link, suggestion};
use mesocheck::model::{Date, Source};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// Every source, and its place by key.
#[derive(Debug, Default)]
pub struct Known {
    /// In order of their keys.
    pub all: Vec<Source>,
    /// When sources were checked.
    pub checked_on: Vec<Located<Date>>,
    places: BTreeMap<String, usize>,
    /// Their keys, where they stand.
    keys: Vec<Located<String>>,
    used: RefCell<BTreeSet<usize>>,
    /// Whether the file was missing: then no key is unknown.
    missing: bool,
}

/// Reads the file.
pub fn read(table: &Table) -> Known {
    let mut known = Known { missing: table.is_nothing(), ..Known::default() };
    for key in table.keys() {
        if let Some(entry) = table.maybe_table(&key.value) {
            known.places.insert(key.value.clone(), known.all.len());
            known.keys.push(key.clone());
            known.checked_on.extend(entry.maybe_day("checked_on"));
            known.all.push(one(key.value, entry));
        }
    }
    alike::hold(&known.keys);
    known
}

fn one(key: String, entry: &Table) -> Source {
    let checked = entry.text("checked");
    if !["", "A", "B", "C", "D"].contains(&checked.value.as_str()) {
        checked
            .at
            .report("`checked` says how far the source was checked", "Write A, B, C or D: see README.md, Sources.");
    }
    let year = entry.maybe_number("year").and_then(|year| {
        let number = u16::try_from(year.value).ok().filter(|year| (1900..2100).contains(year));
        if number.is_none() {
            year.at.report("This is not a year", "Write four digits, such as 2021.");
        }
        number
    });
    let address = entry.maybe_text("address");
    if let Some(address) = address.as_ref().filter(|address| !names_paper(&address.value)) {
        link::hold(&address.at, &address.value);
    }
    let source = Source {
        key,
        title: entry.text("title").value,
        publisher: entry.text_or_empty("publisher"),
        year,
        address: address.map(|address| address.value).unwrap_or_default(),
        checked: checked.value,
        checked_on: entry.maybe_day("checked_on").map(|day| day.value),
        note: entry.text_or_empty("note"),
    };
    entry.finish();
    source
}

/// Whether it is the number of a paper, which leads to it wherever it stands.
fn names_paper(address: &str) -> bool {
    let number = address.strip_prefix("PMID ").is_some_and(|number| number.bytes().all(|digit| digit.is_ascii_digit()));
    number || address.strip_prefix("doi:10.").is_some_and(|rest| !rest.contains(char::is_whitespace))
}

impl Known {
    /// Reports every source that no [`Known::keep`] was asked for.
    pub fn report_unused(&self) {
        let used = self.used.borrow();
        for (_, key) in self.keys.iter().enumerate().filter(|(place, _)| !used.contains(place)) {
            key.at.report(
                format!("Nothing names the source `{}`", key.value),
                "Name it where it belongs, or take it away.",
            );
        }
    }

    /// Keeps the keys that are known and reports the others.
    pub fn keep(&self, keys: Vec<Located<String>>) -> Vec<usize> {
        let place = |key: Located<String>| {
            let found = self.places.get(&key.value).copied();
            self.used.borrow_mut().extend(found);
            if found.is_none() && !self.missing {
                let names: Vec<&str> = self.places.keys().map(String::as_str).collect();
                let near = suggestion(&key.value, &names);
                let help = if near.starts_with("Did") { near } else { "Describe it in sources.toml.".into() };
                key.at.report(format!("There is no source `{}`", key.value), help);
            }
            found
        };
        keys.into_iter().filter_map(place).collect()
    }
}
