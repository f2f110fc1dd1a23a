//! Conditions: when a question is asked, or a rule fires.

use crate::problem::{At, Located};
use crate::read::suggestion;
use crate::read::toml::Table;
use mesocheck::model::{Condition, Kind, OptionId, Options};

/// What conditions may name: the questions so far, with their options.
#[derive(Debug, Default)]
pub struct Names(Vec<Name>);

#[derive(Debug)]
struct Name {
    question: String,
    options: Vec<OptionId>,
    number: bool,
}

impl Names {
    /// Adds the next question.
    pub fn add(&mut self, question: &str, options: Vec<OptionId>, kind: Kind) {
        let number = matches!(kind, Kind::Number { .. });
        self.0.push(Name { question: question.into(), options, number });
    }

    fn question(&self, id: &Located<String>) -> Option<(usize, &Name)> {
        let found = self.0.iter().enumerate().find(|(_, name)| name.question == id.value);
        if found.is_none() && !id.value.is_empty() {
            let known: Vec<&str> = self.0.iter().map(|name| name.question.as_str()).collect();
            let help =
                format!("A condition may name only questions that are asked before. {}", suggestion(&id.value, &known));
            id.at.report(format!("There is no earlier question `{}`", id.value), help);
        }
        found
    }

    /// Place of a question by its id; reported where there is none.
    pub fn place(&self, id: &Located<String>) -> Option<usize> {
        self.question(id).map(|(place, _)| place)
    }

    /// The options of a question by their ids; unknown ones are reported.
    pub fn options(&self, place: usize, ids: &[Located<String>]) -> Options {
        let known = self.0.get(place).map(|name| name.options.as_slice()).unwrap_or_default();
        ids.iter().fold(Options::NONE, |set, id| set.with(option(known, id).map_or(Options::NONE, Options::one)))
    }
}

/// Place of an option by its id; reported where there is none.
pub fn option(known: &[OptionId], id: &Located<String>) -> Option<usize> {
    let found = known.iter().position(|option| option.as_str() == id.value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(OptionId::as_str).collect();
        id.at.report(format!("There is no option `{}`", id.value), suggestion(&id.value, &names));
    }
    found
}

const HELP: &str = "Write { question = \"…\", any_of = [\"…\"] }, any_but, all_of, at_least or at_most; \
                    or { all = [ … ] }, { any = [ … ] }, { not = { … } }.";

/// Reads a condition; `None` where it is broken, which is reported.
pub fn read(table: &Table, names: &Names) -> Option<Condition> {
    let condition = if table.has("question") {
        one(table, names)
    } else if table.has("all") {
        several(&table.at, table.tables("all"), names).map(Condition::All)
    } else if table.has("any") {
        several(&table.at, table.tables("any"), names).map(Condition::Any)
    } else if table.has("not") {
        let part = table.maybe_table("not").and_then(|part| read(part, names));
        part.map(|part| Condition::Not(Box::new(part)))
    } else {
        table.at.report("This is not a condition", HELP);
        return None;
    };
    table.finish();
    condition
}

fn several(at: &At, parts: Vec<&Table>, names: &Names) -> Option<Vec<Condition>> {
    if parts.is_empty() {
        at.report("This condition is empty", HELP);
        return None;
    }
    let read: Vec<Option<Condition>> = parts.into_iter().map(|part| read(part, names)).collect();
    read.into_iter().collect()
}

fn one(table: &Table, names: &Names) -> Option<Condition> {
    let found = names.question(&table.text("question"));
    let (any, but, all) = (table.texts("any_of"), table.texts("any_but"), table.texts("all_of"));
    let (least, most) = (table.maybe_number("at_least"), table.maybe_number("at_most"));
    let (place, name) = found?;
    let every = (0..name.options.len()).fold(Options::NONE, |set, option| set.with(Options::one(option)));
    let condition = match (any.is_empty(), but.is_empty(), all.is_empty(), least, most) {
        (false, true, true, None, None) => Condition::AnyOf(place, names.options(place, &any)),
        (true, false, true, None, None) => Condition::AnyOf(place, every.without(names.options(place, &but))),
        (true, true, false, None, None) => Condition::AllOf(place, names.options(place, &all)),
        (true, true, true, Some(least), None) if name.number => Condition::AtLeast(place, least.value),
        (true, true, true, None, Some(most)) if name.number => Condition::AtMost(place, most.value),
        _ => {
            table.at.report("A condition on a question has exactly one demand that fits its kind", HELP);
            return None;
        }
    };
    Some(condition)
}
