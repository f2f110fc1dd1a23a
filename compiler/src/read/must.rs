//! `musts.toml`: what a clinician demands of the rules. Each is proven over every possible answer set, and stated by
//! question, never by the levels the content gives itself: or a softened option would make its own floor true.

use crate::problem::Located;
use crate::read::check::{Scene, demand_once, outcome_place, words_of};
use crate::read::condition;
use crate::read::toml::Table;
use mesocheck::model::{Condition, Options};

/// A demand, with its grounds.
#[derive(Clone, Debug)]
pub struct Must {
    /// Its name.
    pub id: String,
    /// The demand in words.
    pub says: String,
    /// Why it is demanded.
    pub reason: String,
    /// Places of its sources.
    pub sources: Vec<usize>,
    /// What is demanded.
    pub demand: Demand,
}

/// What can be demanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Where this is true of the person, asked or not, the outcome is at least this one.
    IfTrue(Condition, usize),
    /// Where this was asked and answered, whatever else is missing, the outcome is at least this one.
    IfAnswered(Condition, usize),
    /// "Not sure" and "prefer not to say" lead at least to this outcome, but for these questions.
    UnsureAtLeast(usize, Vec<usize>),
    /// An answer is never milder than others to the same question.
    NeverMilder {
        /// Place of the question.
        question: usize,
        /// Place of the option.
        option: usize,
        /// The others.
        than: Options,
    },
    /// These questions are asked of everyone, except after a stop.
    AskedOfEveryone(Vec<usize>),
    /// Ticking one more option never lowers the outcome.
    AddingNeverLowers,
    /// No answer leads to a milder outcome than the clear one.
    ClearIsMildest,
    /// Every rule can fire, every outcome can be the result, every question can be asked.
    EverythingReachable,
}

/// Demands every check makes.
const ALWAYS: &[(&str, Demand)] = &[
    ("adding_never_lowers", Demand::AddingNeverLowers),
    ("clear_is_mildest", Demand::ClearIsMildest),
    ("everything_reachable", Demand::EverythingReachable),
];

const HELP: &str = "Write if_true or if_answered with at_least, unsure_at_least, never_milder, asked_of_everyone, \
                    adding_never_lowers, clear_is_mildest or everything_reachable.";

/// Reads the file.
pub fn read(table: &Table, scene: &Scene<'_>) -> Vec<Must> {
    demand_once(table, &["must"], "id");
    let musts: Vec<Must> = table.tables("must").into_iter().filter_map(|entry| one(entry, scene)).collect();
    for (key, demand) in ALWAYS {
        if !table.is_nothing() && !musts.iter().any(|must| must.demand == *demand) {
            table.at.report(
                format!("No demand says `{key}`"),
                format!("Add [[must]] with id, {key} = true and source: every check is held to it."),
            );
        }
    }
    musts
}

fn one(entry: &Table, scene: &Scene<'_>) -> Option<Must> {
    let id = entry.text("id");
    let words = words_of(scene.words, "must", &id);
    let demand = demand(entry, scene);
    let must = Must {
        says: words.map(|words| words.text("says").value).unwrap_or_default(),
        reason: words.map(|words| words.text("reason").value).unwrap_or_default(),
        sources: scene.known.keep(entry.some_texts("source")),
        id: id.value,
        demand: demand?,
    };
    entry.finish();
    Some(must)
}

fn demand(entry: &Table, scene: &Scene<'_>) -> Option<Demand> {
    const KINDS: &[&str] = &["if_true", "if_answered", "unsure_at_least", "never_milder", "asked_of_everyone"];
    let always = || ALWAYS.iter().map(|(key, _)| key);
    let mut given = KINDS.iter().chain(always()).filter(|key| entry.has(key));
    let (Some(key), None) = (given.next(), given.next()) else {
        for key in KINDS.iter().chain(always()).chain(&["at_least", "but"]) {
            entry.ignore(key);
        }
        entry.at.report("A demand says exactly one thing", HELP);
        return None;
    };
    match *key {
        "if_true" => floor(entry, "if_true", scene).map(|(when, level)| Demand::IfTrue(when, level)),
        "if_answered" => floor(entry, "if_answered", scene).map(|(when, level)| Demand::IfAnswered(when, level)),
        "unsure_at_least" => {
            let level = outcome_place(&entry.text("unsure_at_least"), scene);
            let but = places(&entry.texts("but"), scene);
            level.map(|level| Demand::UnsureAtLeast(level, but))
        }
        "never_milder" => never_milder(entry.maybe_table("never_milder")?, scene),
        "asked_of_everyone" => Some(Demand::AskedOfEveryone(places(&entry.some_texts("asked_of_everyone"), scene))),
        _ if entry.truth(key) => ALWAYS.iter().find(|(known, _)| known == key).map(|(_, demand)| demand.clone()),
        _ => None,
    }
}

fn floor(entry: &Table, key: &str, scene: &Scene<'_>) -> Option<(Condition, usize)> {
    let when = entry.maybe_table(key).and_then(|when| condition::read(when, &scene.names));
    let level = outcome_place(&entry.text("at_least"), scene);
    when.zip(level)
}

fn places(ids: &[Located<String>], scene: &Scene<'_>) -> Vec<usize> {
    ids.iter().filter_map(|id| scene.names.place(id)).collect()
}

fn never_milder(table: &Table, scene: &Scene<'_>) -> Option<Demand> {
    let question = scene.names.place(&table.text("question"));
    let (option, than) = (table.text("option"), table.some_texts("than"));
    table.finish();
    let question = question?;
    let chosen = scene.names.options(question, std::slice::from_ref(&option));
    let than = scene.names.options(question, &than);
    Some(Demand::NeverMilder { question, option: chosen.places().next()?, than })
}
