//! The mutants: each is one of the files of a check with one small thing changed.

use anyhow::{Context, Result};
use toml::{Table, Value};

/// A file with one thing changed.
pub struct Mutant {
    /// What kind of change it is.
    pub kind: &'static str,
    /// What was changed, in a line.
    pub what: String,
    path: String,
    text: String,
}

impl Mutant {
    /// Path and text of the changed file.
    pub fn file(&self) -> (String, String) {
        (self.path.clone(), self.text.clone())
    }
}

/// All mutants of a file. `ladder` names the outcomes, mildest first.
///
/// # Errors
/// Where it is no TOML, or cannot be written as TOML.
pub fn mutants(path: &str, text: &str, ladder: &[String]) -> Result<Vec<Mutant>> {
    let table: Table = text.parse().with_context(|| format!("{path} is no TOML"))?;
    let mut nursery = Nursery { path, table, ladder, mutants: Vec::new() };
    nursery.outcomes()?;
    nursery.questions()?;
    nursery.rules()?;
    nursery.tables()?;
    Ok(nursery.mutants)
}

struct Nursery<'a> {
    path: &'a str,
    table: Table,
    ladder: &'a [String],
    mutants: Vec<Mutant>,
}

/// The keys that make an option a rule.
const RULE: &[&str] =
    &["outcome", "note", "action", "ask", "scope", "within", "wait", "source", "confidence", "agreed_by"];

/// Helps, most pressing first.
const ACTIONS: &[&str] = &["emergency", "crisis", "same_day", "gp_soon", "gp", "pharmacist"];

impl Nursery<'_> {
    /// Adds a mutant, unless nothing changes.
    fn add(&mut self, kind: &'static str, what: String, change: impl FnOnce(&mut Table) -> Option<()>) -> Result<()> {
        let mut table = self.table.clone();
        if change(&mut table).is_some() && table != self.table {
            let text = toml::to_string(&table).with_context(|| format!("{what}: cannot be written"))?;
            self.mutants.push(Mutant { kind, what: format!("{}: {what}", self.path), path: self.path.into(), text });
        }
        Ok(())
    }

    /// The tables of a list.
    fn list(&self, key: &str) -> Vec<Table> {
        self.table.get(key).map(tables).unwrap_or_default()
    }

    fn outcomes(&mut self) -> Result<()> {
        for (place, outcome) in self.list("outcomes").iter().enumerate() {
            for key in ["stops", "shown_incomplete", "asks"] {
                let what = format!("outcome {} without {key}", text(outcome, "id"));
                self.add("setting dropped", what, |table| item(table, "outcomes", place)?.remove(key).map(drop))?;
            }
        }
        Ok(())
    }

    fn questions(&mut self) -> Result<()> {
        let all = self.list("question");
        for (place, question) in all.iter().enumerate() {
            let id = text(question, "id");
            self.add("question dropped", format!("{id} dropped"), |table| drop_item(table, "question", place))?;
            for key in ["ends_check", "warning_signs", "private", "fresh_for_hours", "ask_when", "exclusive"] {
                let what = format!("{id} without {key}");
                self.add("setting dropped", what, |table| item(table, "question", place)?.remove(key).map(drop))?;
            }
            if let Some(hours) = question.get("fresh_for_hours").and_then(Value::as_integer) {
                self.add("freshness longer", format!("{id} stays fresh twice as long"), |table| {
                    put(item(table, "question", place), "fresh_for_hours", Value::Integer(hours * 2))
                })?;
            }
            self.asked(place, question, all.get(..place).unwrap_or_default())?;
            self.lists_of(place, question, "exclusive")?;
            self.options(place, question)?;
        }
        Ok(())
    }

    /// When a question is asked: turned round, with parts missing, or of fewer people.
    fn asked(&mut self, place: usize, question: &Table, before: &[Table]) -> Result<()> {
        let id = text(question, "id");
        if let Some(when) = question.get("ask_when") {
            for (how, other) in conditions(when) {
                self.add("ask_when changed", format!("{id} asked {how}"), |table| {
                    put(item(table, "question", place), "ask_when", other)
                })?;
            }
            return Ok(());
        }
        for other in before.iter().rev().take(2) {
            let Some(clear) = other.get("clear").cloned() else { continue };
            let mut when = Table::new();
            when.insert("question".into(), Value::String(text(other, "id")));
            when.insert("any_of".into(), Value::Array(vec![clear]));
            self.add("asked of fewer", format!("{id} asked only if {} is clear", text(other, "id")), |table| {
                put(item(table, "question", place), "ask_when", Value::Table(when))
            })?;
        }
        Ok(())
    }

    fn lists_of(&mut self, place: usize, question: &Table, key: &'static str) -> Result<()> {
        let count = question.get(key).and_then(Value::as_array).map_or(0, Vec::len);
        for number in 0..count {
            let what = format!("{} with one less in {key} ({number})", text(question, "id"));
            self.add("setting dropped", what, |table| {
                let list = item(table, "question", place)?.get_mut(key)?.as_array_mut()?;
                (number < list.len()).then(|| drop(list.remove(number)))
            })?;
        }
        Ok(())
    }

    fn options(&mut self, place: usize, question: &Table) -> Result<()> {
        let id = text(question, "id");
        let options = question.get("options").map(tables).unwrap_or_default();
        for (number, option) in options.iter().enumerate() {
            let name = format!("{id}.{}", text(option, "id"));
            let unsure = ["not_sure", "prefer_not"].contains(&text(option, "id").as_str());
            let kind = if unsure { "not sure dropped" } else { "option dropped" };
            let own = |table: &mut Table| -> Option<Vec<Value>> {
                item(table, "question", place)?.get_mut("options")?.as_array_mut().cloned()
            };
            self.add(kind, format!("{name} dropped"), |table| {
                let mut list = own(table)?;
                list.remove(number);
                put(item(table, "question", place), "options", Value::Array(list))
            })?;
            let replace = |table: &mut Table, new: Table| -> Option<()> {
                let list = item(table, "question", place)?.get_mut("options")?.as_array_mut()?;
                *list.get_mut(number)? = Value::Table(new);
                Some(())
            };
            for (kind, how, new) in rule_changes(option, self.ladder) {
                self.add(kind, format!("{name} {how}"), |table| replace(table, new))?;
            }
            if let Some(next) = options.get(number + 1) {
                let what = format!("{name} swapped with {}", text(next, "id"));
                let (one, other) = (with_rule_of(option, next), with_rule_of(next, option));
                self.add("options swapped", what, |table| {
                    let list = item(table, "question", place)?.get_mut("options")?.as_array_mut()?;
                    *list.get_mut(number)? = Value::Table(one);
                    *list.get_mut(number + 1)? = Value::Table(other);
                    Some(())
                })?;
            }
        }
        Ok(())
    }

    fn rules(&mut self) -> Result<()> {
        for (place, rule) in self.list("rule").iter().enumerate() {
            let id = text(rule, "id");
            self.add("rule dropped", format!("{id} dropped"), |table| drop_item(table, "rule", place))?;
            for (kind, how, new) in
                rule_changes(rule, self.ladder).into_iter().filter(|(kind, ..)| *kind != "rule dropped")
            {
                self.add(kind, format!("{id} {how}"), |table| {
                    *item(table, "rule", place)? = new;
                    Some(())
                })?;
            }
            for (how, other) in rule.get("when").map(conditions).unwrap_or_default() {
                self.add("condition changed", format!("{id} fires {how}"), |table| {
                    put(item(table, "rule", place), "when", other)
                })?;
            }
        }
        Ok(())
    }

    fn tables(&mut self) -> Result<()> {
        for (place, table) in self.list("table").iter().enumerate() {
            self.rows(place, &table.get("rows").map(tables).unwrap_or_default())?;
            self.raises(place, &table.get("raise").map(tables).unwrap_or_default())?;
        }
        Ok(())
    }

    fn rows(&mut self, place: usize, rows: &[Table]) -> Result<()> {
        for (number, row) in rows.iter().enumerate() {
            let name = text(row, "option");
            let levels: Vec<String> = row.get("levels").map(texts).unwrap_or_default();
            for (column, level) in levels.iter().enumerate() {
                for (kind, other) in [("softened", self.milder(level)), ("hardened", self.stricter(level))] {
                    let Some(other) = other else { continue };
                    self.add(kind, format!("row {name}, column {column}: {level} → {other}"), |table| {
                        let rows = item(table, "table", place)?.get_mut("rows")?.as_array_mut()?;
                        let levels = rows.get_mut(number)?.as_table_mut()?.get_mut("levels")?.as_array_mut()?;
                        *levels.get_mut(column)? = Value::String(other);
                        Some(())
                    })?;
                }
            }
            self.add("rule dropped", format!("row {name} dropped"), |table| {
                let rows = item(table, "table", place)?.get_mut("rows")?.as_array_mut()?;
                (number < rows.len()).then(|| drop(rows.remove(number)))
            })?;
            self.add("attribute dropped", format!("row {name} without within"), |table| {
                let rows = item(table, "table", place)?.get_mut("rows")?.as_array_mut()?;
                rows.get_mut(number)?.as_table_mut()?.remove("within").map(drop)
            })?;
        }
        Ok(())
    }

    fn raises(&mut self, place: usize, raises: &[Table]) -> Result<()> {
        for (number, raise) in raises.iter().enumerate() {
            let name = format!("raise {number} ({})", text(raise, "suffix"));
            let mut changed: Vec<(&'static str, String, Option<Table>)> =
                vec![("raise dropped", "dropped".into(), None)];
            for key in ["up", "at_most", "within"] {
                if raise.contains_key(key) {
                    let mut new = raise.clone();
                    new.remove(key);
                    changed.push(("attribute dropped", format!("without {key}"), Some(new)));
                }
            }
            for (option, id) in raise.get("options").map(texts).unwrap_or_default().iter().enumerate() {
                let mut new = raise.clone();
                if let Some(list) = new.get_mut("options").and_then(Value::as_array_mut) {
                    list.remove(option);
                }
                changed.push(("option dropped", format!("without {id}"), Some(new)));
            }
            let least = raise.get("at_least").and_then(Value::as_table).cloned().unwrap_or_default();
            for (column, level) in &least {
                let level = level.as_str().unwrap_or_default();
                let milder = self.milder(level);
                for (how, other) in [("dropped".to_owned(), None), (format!("{level} → {milder:?}"), milder)] {
                    let mut least = least.clone();
                    match other {
                        Some(other) => _ = least.insert(column.clone(), Value::String(other)),
                        None => _ = least.remove(column),
                    }
                    let mut new = raise.clone();
                    new.insert("at_least".into(), Value::Table(least));
                    changed.push(("softened", format!("column {column} {how}"), Some(new)));
                }
            }
            for (how, other) in raise.get("when").map(conditions).unwrap_or_default() {
                let mut new = raise.clone();
                new.insert("when".into(), other);
                changed.push(("condition changed", how, Some(new)));
            }
            for (kind, how, new) in changed {
                self.add(kind, format!("{name} {how}"), |table| {
                    let list = item(table, "table", place)?.get_mut("raise")?.as_array_mut()?;
                    match new {
                        Some(new) => *list.get_mut(number)? = Value::Table(new),
                        None => _ = list.remove(number),
                    }
                    Some(())
                })?;
            }
        }
        Ok(())
    }

    fn milder(&self, level: &str) -> Option<String> {
        neighbour(self.ladder, level, false)
    }

    fn stricter(&self, level: &str) -> Option<String> {
        neighbour(self.ladder, level, true)
    }
}

fn neighbour(ladder: &[String], level: &str, up: bool) -> Option<String> {
    let place = ladder.iter().position(|known| known == level)?;
    let other = if up { place.checked_add(1)? } else { place.checked_sub(1)? };
    ladder.get(other).cloned()
}

/// What can be changed about a rule, apart from its condition.
fn rule_changes(rule: &Table, ladder: &[String]) -> Vec<(&'static str, String, Table)> {
    let mut changes = Vec::new();
    let mut add = |kind: &'static str, how: String, change: &dyn Fn(&mut Table)| {
        let mut new = rule.clone();
        change(&mut new);
        changes.push((kind, how, new));
    };
    if rule.contains_key("note") {
        add("note dropped", "without its note".into(), &|new| new.retain(|key, _| !RULE.contains(&key)));
    }
    let level = text(rule, "outcome");
    if level.is_empty() {
        return changes;
    }
    add("rule dropped", "leads to nothing".into(), &|new| new.retain(|key, _| !RULE.contains(&key)));
    let with = |key: &'static str, value: &str| {
        let value = value.to_owned();
        move |new: &mut Table| _ = new.insert(key.into(), Value::String(value.clone()))
    };
    let mildest = ladder.first().filter(|first| Some(*first) != neighbour(ladder, &level, false).as_ref());
    for other in neighbour(ladder, &level, false).iter().chain(mildest) {
        // At some outcomes it must be said whom to ask: with it, only the level is wrong.
        add("softened", format!("{level} → {other}"), &|new| {
            with("outcome", other)(new);
            new.entry("ask").or_insert("doctor".into());
        });
    }
    if let Some(other) = neighbour(ladder, &level, true) {
        add("hardened", format!("{level} → {other}"), &with("outcome", &other));
    }
    for key in ["action", "within", "scope", "wait"].into_iter().filter(|key| rule.contains_key(*key)) {
        add("attribute dropped", format!("without {key}"), &|new| _ = new.remove(key));
    }
    let action = ACTIONS.iter().position(|known| *known == text(rule, "action"));
    if let Some(weaker) = action.and_then(|place| ACTIONS.get(place + 1)) {
        add("action weaker", format!("action {weaker}"), &with("action", weaker));
    }
    if rule.contains_key("ask") && text(rule, "ask") != "self" {
        add("ask weaker", "ask self".into(), &with("ask", "self"));
    }
    if let Some(days) = rule.get("wait").and_then(|wait| wait.get("days")).and_then(Value::as_integer) {
        for (kind, other) in [("wait shorter", days / 2), ("wait shorter", days - 1), ("wait longer", days * 2 + 1)] {
            add(kind, format!("waits {other} days"), &|new| {
                if let Some(wait) = new.get_mut("wait").and_then(Value::as_table_mut) {
                    wait.insert("days".into(), Value::Integer(other.max(0)));
                }
            });
        }
    }
    changes
}

/// An option with the rule of another.
fn with_rule_of(option: &Table, other: &Table) -> Table {
    let mut new = option.clone();
    new.retain(|key, _| !RULE.contains(&key));
    new.extend(
        other.iter().filter(|(key, _)| RULE.contains(&key.as_str())).map(|(key, value)| (key.clone(), value.clone())),
    );
    new
}

/// A condition turned round, with a part missing, or with parts joined otherwise.
fn conditions(when: &Value) -> Vec<(String, Value)> {
    let mut all = vec![("turned round".to_owned(), single("not", when.clone()))];
    all.extend(parts(when));
    all
}

fn parts(when: &Value) -> Vec<(String, Value)> {
    let Some(table) = when.as_table() else { return Vec::new() };
    let mut all = Vec::new();
    let with = |key: &str, value: Value| {
        let mut new = table.clone();
        new.insert(key.into(), value);
        Value::Table(new)
    };
    let lists = |keys: &'static [&'static str]| {
        let list = |key: &'static str| Some((key, table.get(key)?.as_array()?.clone()));
        keys.iter().filter_map(move |key| list(key))
    };
    for (key, list) in lists(&["any_of", "all_of", "any_but", "all", "any"]) {
        for number in (0..list.len()).filter(|_| list.len() > 1) {
            let mut less = list.clone();
            less.remove(number);
            all.push((format!("without number {number} of {key}"), with(key, Value::Array(less))));
        }
    }
    for (key, list) in lists(&["all", "any"]) {
        for (number, part) in list.iter().enumerate() {
            for (how, other) in parts(part) {
                let mut changed = list.clone();
                if let Some(place) = changed.get_mut(number) {
                    *place = other;
                }
                all.push((format!("in part {number} {how}"), with(key, Value::Array(changed))));
            }
        }
        let other = if key == "all" { "any" } else { "all" };
        all.push((format!("by {other} instead of {key}"), single(other, Value::Array(list))));
    }
    if let Some(inner) = table.get("not") {
        all.push(("without its not".into(), inner.clone()));
        all.extend(parts(inner).into_iter().map(|(how, other)| (format!("not: {how}"), single("not", other))));
    }
    all
}

fn single(key: &str, value: Value) -> Value {
    let mut table = Table::new();
    table.insert(key.into(), value);
    Value::Table(table)
}

fn text(table: &Table, key: &str) -> String {
    table.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
}

fn tables(value: &Value) -> Vec<Table> {
    value.as_array().into_iter().flatten().filter_map(|item| item.as_table().cloned()).collect()
}

fn item<'t>(table: &'t mut Table, key: &str, place: usize) -> Option<&'t mut Table> {
    table.get_mut(key)?.as_array_mut()?.get_mut(place)?.as_table_mut()
}

fn drop_item(table: &mut Table, key: &str, place: usize) -> Option<()> {
    let list = table.get_mut(key)?.as_array_mut()?;
    (place < list.len()).then(|| drop(list.remove(place)))
}

fn put(table: Option<&mut Table>, key: &str, value: Value) -> Option<()> {
    table?.insert(key.into(), value);
    Some(())
}
