//! `sources.toml`: where facts come from.

use crate::problem::Located;
use crate::read::suggestion;
use crate::read::toml::Table;
use mesocheck::model::Source;
use std::collections::BTreeMap;

/// Every source, and its place by key.
#[derive(Debug, Default)]
pub struct Known {
    /// In order of their keys.
    pub all: Vec<Source>,
    places: BTreeMap<String, usize>,
    /// Whether the file was missing: then no key is unknown.
    missing: bool,
}

/// Reads the file.
pub fn read(table: &Table) -> Known {
    let mut known = Known { missing: table.is_nothing(), ..Known::default() };
    for key in table.keys() {
        if let Some(entry) = table.maybe_table(&key.value) {
            known.places.insert(key.value.clone(), known.all.len());
            known.all.push(one(key.value, entry));
        }
    }
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
    let source = Source {
        key,
        title: entry.text("title").value,
        publisher: entry.text_or_empty("publisher"),
        year,
        address: entry.text_or_empty("address"),
        checked: checked.value,
        checked_on: entry.maybe_day("checked_on").map(|day| day.value),
        note: entry.text_or_empty("note"),
    };
    entry.finish();
    source
}

impl Known {
    /// Keeps the keys that are known and reports the others.
    pub fn keep(&self, keys: Vec<Located<String>>) -> Vec<usize> {
        let place = |key: Located<String>| {
            let found = self.places.get(&key.value).copied();
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
