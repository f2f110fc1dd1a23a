//! TOML as a tree that knows where everything stands, so that all problems of a file are found in one go.

use crate::problem::{At, File, Located, Problems};
use crate::read::letter;
use mesocheck::model::Date;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use toml::de::{DeTable, DeValue};

/// A value of a TOML file.
#[derive(Debug)]
pub enum Value {
    /// Text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// True or false.
    Truth(bool),
    /// A day.
    Day(Date),
    /// A list.
    List(Vec<Located<Value>>),
    /// A table.
    Table(Table),
    /// Anything the content has no use for.
    Other,
}

/// A table. Remembers which keys were asked for, so that [`Table::finish`] can tell the rest.
#[derive(Debug)]
pub struct Table {
    /// Where it stands.
    pub at: At,
    entries: BTreeMap<String, (At, Located<Value>)>,
    asked: RefCell<Vec<String>>,
}

/// Reads a file; `None` where it is not TOML, which is reported.
pub fn parse(file: &Rc<File>) -> Option<Table> {
    parse_part(file, 0, file.text.len())
}

/// Reads a part of a file, such as the front matter of an article.
///
/// Only the first thing wrong is told: after it the parser is out of step, and what it tells is noise.
pub fn parse_part(file: &Rc<File>, start: usize, end: usize) -> Option<Table> {
    let text = file.text.get(start..end).unwrap_or_default();
    let (root, errors) = DeTable::parse_recoverable(text);
    let spans = errors.iter().map(|error| (error.span().unwrap_or_default(), error.message()));
    if let Some((span, message)) = spans.min_by_key(|(span, _)| (span.start, span.end)) {
        let help =
            format!("{} What this file says is looked at after that.", mend(file, text, start, span.start, message));
        // Whoever means a day or a text has not heard of floats.
        let message = if message.contains("float") { "a number is not written so" } else { message };
        file.at(span.start + start..span.end + start).report(format!("This is not TOML: {message}"), help);
        return None;
    }
    Some(table(file, start, &file.at(start..start), root.get_ref()))
}

/// How the first thing wrong may be mended, by the mistakes people make.
fn mend(file: &Rc<File>, text: &str, start: usize, place: usize, message: &str) -> String {
    let (before, after) = text.split_at_checked(place).unwrap_or((text, ""));
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let rest = after.split('\n').next().unwrap_or_default();
    let line = format!("{}{rest}", before.get(line_start..).unwrap_or_default());
    let (key, value) = line.split_once('=').map_or(("", line.as_str()), |(key, value)| (key.trim(), value.trim()));
    if message.contains("duplicate") {
        let first = text.get(..line_start).and_then(|above| first_of(above, key));
        let first = first.map(|at| file.at(at + start..at + start).line());
        return match first {
            Some(first) => {
                format!("`{key}` stands in line {first} already: leave one of the two, or give it another name.")
            }
            None => "It stands above already: leave one of the two, or give it another name.".into(),
        };
    }
    if value.starts_with(['“', '”', '„', '‘', '’', '«']) {
        return "Texts stand in straight quotes, \"like this\"; these are curly ones, which some programs make as you type.".into();
    }
    let plain = value.replace("\\\"", "");
    if plain.starts_with('"') && plain.matches('"').count() > 2 && !plain.starts_with("\"\"\"") {
        return "A quote within a text is written \\\", with a backslash before it.".into();
    }
    if plain.matches('"').count() == 1 {
        return "A text begins and ends with \" on the same line: close it, or take the line end out of it.".into();
    }
    if let Some(day) = day_written_otherwise(value) {
        return format!("A day is written year, month, day: {key} = {day}.");
    }
    "Mend this line or the one above: texts stand in quotes, lists in [ ], every key once in its table.".into()
}

/// Where a key first stands in the table whose last lines these are.
fn first_of(above: &str, key: &str) -> Option<usize> {
    let table = above.rfind("\n[").map_or(0, |start| start + 1);
    let mut at = table;
    for line in above.get(table..)?.split_inclusive('\n') {
        if !key.is_empty() && line.split_once('=').is_some_and(|(name, _)| name.trim() == key) {
            return Some(at);
        }
        at += line.len();
    }
    None
}

/// A day such as 30.11.2027 or 30/11/2027, as it is written here.
fn day_written_otherwise(value: &str) -> Option<String> {
    let value = value.split('#').next()?.trim().trim_matches('"');
    let parts: Vec<&str> = value.split(['.', '/', '-', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u32>().ok();
    let (day, month) = (number(day)?, number(month)?);
    let whole = year.len() == 4 && number(year).is_some() && (1..=12).contains(&month) && (1..=31).contains(&day);
    whole.then(|| format!("{year}-{month:02}-{day:02}"))
}

fn table(file: &Rc<File>, offset: usize, at: &At, from: &DeTable<'_>) -> Table {
    let entries = from.iter().map(|(key, node)| {
        let key_at = file.at(key.span().start + offset..key.span().end + offset);
        (key.get_ref().to_string(), (key_at, value(file, offset, node.span(), node.get_ref())))
    });
    Table { at: at.clone(), entries: entries.collect(), asked: RefCell::default() }
}

fn value(file: &Rc<File>, offset: usize, span: std::ops::Range<usize>, from: &DeValue<'_>) -> Located<Value> {
    let at = file.at(span.start + offset..span.end + offset);
    let value = match from {
        DeValue::String(text) => {
            letter::hold_written(&at, text);
            Value::Text(text.to_string())
        }
        DeValue::Integer(number) => number.as_str().replace('_', "").parse().map_or(Value::Other, Value::Number),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(time) => day(time).map_or(Value::Other, Value::Day),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| value(file, offset, item.span(), item.get_ref())).collect())
        }
        DeValue::Table(inner) => Value::Table(table(file, offset, &at, inner)),
        DeValue::Float(_) => Value::Other,
    };
    at.with(value)
}

fn day(time: &toml::value::Datetime) -> Option<Date> {
    let date = time.date.filter(|_| time.time.is_none())?;
    Date::of(date.year, date.month.into(), date.day.into())
}

impl Table {
    /// An empty table about which no problem is told: it stands in for what is missing and was reported.
    pub fn nothing() -> Self {
        let at = File::new("", "", &Problems::default()).at(0..0);
        Self { at, entries: BTreeMap::new(), asked: RefCell::default() }
    }

    /// Whether it stands in for something missing.
    pub fn is_nothing(&self) -> bool {
        self.at.path().is_empty()
    }

    fn get(&self, key: &str) -> Option<&Located<Value>> {
        self.asked.borrow_mut().push(key.to_owned());
        self.entries.get(key).map(|(_, value)| value)
    }

    /// A text that must be there and must not be empty.
    pub fn text(&self, key: &str) -> Located<String> {
        match self.maybe_text(key) {
            Some(text) => text,
            None if self.entries.contains_key(key) => self.at.with(String::new()),
            None => {
                self.at.report(format!("`{key}` is missing here"), format!("Add a line {key} = \"…\"."));
                self.at.with(String::new())
            }
        }
    }

    /// A text that may be left out.
    pub fn maybe_text(&self, key: &str) -> Option<Located<String>> {
        let node = self.get(key)?;
        match &node.value {
            Value::Text(text) if text.trim().is_empty() => {
                node.at.report(format!("`{key}` is empty"), "Write the text, or take the line away.");
                None
            }
            Value::Text(text) => Some(node.at.with(text.clone())),
            _ => {
                node.at.report(format!("`{key}` must be a text"), format!("Write {key} = \"…\"."));
                None
            }
        }
    }

    /// A text, or nothing as an empty one.
    pub fn text_or_empty(&self, key: &str) -> String {
        self.maybe_text(key).map(|text| text.value).unwrap_or_default()
    }

    /// A whole number that may be left out.
    pub fn maybe_number(&self, key: &str) -> Option<Located<i64>> {
        let node = self.get(key)?;
        if let Value::Number(number) = node.value {
            return Some(node.at.with(number));
        }
        node.at.report(format!("`{key}` must be a whole number"), format!("Write {key} = 14, without quotes."));
        None
    }

    /// `true` or `false`; `false` where it is left out.
    pub fn truth(&self, key: &str) -> bool {
        let Some(node) = self.get(key) else { return false };
        if let Value::Truth(truth) = node.value {
            return truth;
        }
        node.at.report(format!("`{key}` must be true or false"), format!("Write {key} = true, or take the line away."));
        false
    }

    /// A day that must be there.
    pub fn day(&self, key: &str) -> Located<Date> {
        let found = self.maybe_day(key);
        if found.is_none() && !self.entries.contains_key(key) {
            self.at
                .report(format!("`{key}` is missing here"), format!("Add a line {key} = 2027-11-30, without quotes."));
        }
        found.unwrap_or_else(|| self.at.with(Date(0)))
    }

    /// A day that may be left out.
    pub fn maybe_day(&self, key: &str) -> Option<Located<Date>> {
        let node = self.get(key)?;
        if let Value::Day(day) = node.value {
            return Some(node.at.with(day));
        }
        node.at.report(format!("`{key}` must be a day"), format!("Write {key} = 2027-11-30, without quotes."));
        None
    }

    /// A list of texts; empty where it is left out.
    pub fn texts(&self, key: &str) -> Vec<Located<String>> {
        let mut texts = Vec::new();
        for item in self.items(key) {
            match &item.value {
                Value::Text(text) if !text.trim().is_empty() => texts.push(item.at.with(text.clone())),
                _ => item.at.report(format!("`{key}` must hold texts"), format!("Write {key} = [\"…\", \"…\"].")),
            }
        }
        texts
    }

    /// A list of texts that must hold one.
    pub fn some_texts(&self, key: &str) -> Vec<Located<String>> {
        let texts = self.texts(key);
        let empty =
            self.entries.get(key).is_none_or(|(_, node)| matches!(&node.value, Value::List(items) if items.is_empty()));
        if empty {
            let what = if self.has(key) { "is empty" } else { "is missing here" };
            self.key_at(key).report(format!("`{key}` {what}"), format!("Write {key} = [\"…\", \"…\"]."));
        }
        texts
    }

    /// A list of tables; empty where it is left out.
    pub fn tables(&self, key: &str) -> Vec<&Table> {
        if let Some((_, Located { at, value: Value::Table(_) })) = self.entries.get(key) {
            self.ignore(key);
            at.report(format!("`{key}` is a list, of one or more"), format!("Write [[{key}]], with two brackets."));
            return Vec::new();
        }
        let mut tables = Vec::new();
        for item in self.items(key) {
            match &item.value {
                Value::Table(table) => tables.push(table),
                _ => item.at.report(format!("`{key}` must hold tables"), "Write each as { id = \"…\", … }."),
            }
        }
        tables
    }

    fn items(&self, key: &str) -> &[Located<Value>] {
        let Some(node) = self.get(key) else { return &[] };
        if let Value::List(items) = &node.value {
            return items;
        }
        node.at.report(format!("`{key}` must be a list"), format!("Write {key} = [ … ]."));
        &[]
    }

    /// A table that may be left out.
    pub fn maybe_table(&self, key: &str) -> Option<&Table> {
        let node = self.get(key)?;
        if let Value::Table(table) = &node.value {
            return Some(table);
        }
        node.at.report(format!("`{key}` must be a table"), format!("Write [{key}] on a line of its own."));
        None
    }

    /// Every key, with where it stands: for tables whose keys are ids.
    pub fn keys(&self) -> Vec<Located<String>> {
        self.entries.iter().map(|(key, (at, _))| at.with(key.clone())).collect()
    }

    /// Every text of the table and of all below it, by the keys that lead to it; those of a list share theirs.
    pub fn below(&self) -> Vec<(Vec<String>, Located<String>)> {
        let mut found = Vec::new();
        for (key, (_, node)) in &self.entries {
            texts_in(node, &mut vec![key.clone()], &mut found);
        }
        found
    }

    /// Where a key stands; the table itself where it has none.
    pub fn key_at(&self, key: &str) -> &At {
        self.entries.get(key).map_or(&self.at, |(at, _)| at)
    }

    /// Whether a key is there.
    pub fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// The table, where it has no such key.
    pub fn at_without(&self, key: &str) -> Option<&At> {
        (!self.has(key)).then_some(&self.at)
    }

    /// Takes a key as read, because something better was said about it.
    pub fn ignore(&self, key: &str) {
        self.asked.borrow_mut().push(key.to_owned());
    }

    /// Takes a key and everything below it as read.
    pub fn ignore_below(&self, key: &str) {
        self.ignore(key);
        if let Some((_, Located { value: Value::Table(table), .. })) = self.entries.get(key) {
            table.entries.keys().for_each(|key| table.ignore_below(key));
        }
    }

    /// Reports every key nobody asked for, in the tables below as well: for words, which several readers share.
    pub fn finish_below(&self) {
        self.finish();
        let asked = self.asked.borrow();
        for (_, node) in self.entries.iter().filter(|(key, _)| asked.contains(key)).map(|(_, entry)| entry) {
            if let Value::Table(table) = &node.value {
                table.finish_below();
            }
        }
    }

    /// Reports every key nobody asked for.
    pub fn finish(&self) {
        let asked = self.asked.borrow();
        for (key, (at, _)) in self.entries.iter().filter(|(key, _)| !asked.contains(key)) {
            let known: Vec<&str> = asked.iter().map(String::as_str).collect();
            at.report(format!("`{key}` means nothing here"), suggestion(key, &known));
        }
    }
}

fn texts_in(node: &Located<Value>, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, Located<String>)>) {
    match &node.value {
        Value::Text(text) => found.push((path.clone(), node.at.with(text.clone()))),
        Value::List(items) => items.iter().for_each(|item| texts_in(item, path, found)),
        Value::Table(table) => {
            for (key, (_, below)) in &table.entries {
                path.push(key.clone());
                texts_in(below, path, found);
                path.pop();
            }
        }
        Value::Number(_) | Value::Truth(_) | Value::Day(_) | Value::Other => {}
    }
}

/// What might have been meant.
pub fn suggestion(word: &str, known: &[&str]) -> String {
    let near = known.iter().map(|other| (strsim::jaro_winkler(word, other), *other));
    match near.max_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((likeness, other)) if likeness > 0.8 => format!("Did you mean `{other}`?"),
        _ if known.is_empty() => "Take it away.".into(),
        _ => {
            let mut known: Vec<&str> = known.to_vec();
            known.sort_unstable();
            known.dedup();
            format!("Known here: {}.", known.join(", "))
        }
    }
}
