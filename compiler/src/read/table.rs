//! Tables: a level per option and answer of another question, with what raises it. They expand to plain rules before
//! anything else sees them.

use crate::problem::Located;
use crate::read::check::{Scene, choose, known, outcome_place, words_of};
use crate::read::condition::{self, option};
use crate::read::rule;
use crate::read::toml::{Table, suggestion};
use mesocheck::model::{Condition, Confidence, OptionId, Options, Question, Rule, RuleId, Within};
use std::collections::BTreeMap;

/// A row: an option and its level in every column.
struct Row {
    option: usize,
    id: String,
    reason: String,
    levels: Vec<usize>,
    within: Option<Within>,
    sources: Vec<usize>,
    confidence: Confidence,
    agreed_by: Option<String>,
}

/// What raises levels, under a condition.
struct Raise {
    suffix: String,
    reason: String,
    options: Options,
    when: Condition,
    /// By column: the least level there, where it raises at all.
    at_least: Vec<Option<usize>>,
    up: usize,
    at_most: usize,
    within: Option<Within>,
    sources: Vec<usize>,
}

/// The rules a table comes to double with each raise.
const MOST_RAISES: usize = 8;

/// A level, and which raises brought it about.
type Level = (usize, Vec<usize>);

/// One truth value per raise: must hold, must not hold, or no matter.
type Cube = Vec<Option<bool>>;

/// Reads and expands every table.
pub fn read(rules: &Table, scene: &Scene<'_>, questions: &[Question]) -> Vec<Rule> {
    rules.tables("table").into_iter().flat_map(|table| expand(table, scene, questions)).collect()
}

fn expand(table: &Table, scene: &Scene<'_>, questions: &[Question]) -> Vec<Rule> {
    let (symptom, by) = (question(table, "question", questions), question(table, "by", questions));
    let (columns, unknown) = (table.texts("columns"), table.maybe_text("unknown"));
    let (Some((place, symptom)), Some((by_place, by))) = (symptom, by) else { return Vec::new() };
    let times: Vec<OptionId> = by.options.iter().map(|option| option.id.clone()).collect();
    let mut column_places: Vec<usize> = columns.iter().filter_map(|column| option(&times, column)).collect();
    let unknown = unknown.and_then(|unknown| option(&times, &unknown));
    column_places.extend(unknown);
    for (_, time) in times.iter().enumerate().filter(|(number, _)| !column_places.contains(number)) {
        table
            .key_at("columns")
            .report(format!("The table has no column `{time}`"), "Every option of `by` is a column.");
    }
    demand_rows(table, symptom);
    let rows: Vec<Row> = rows(table, scene, symptom, &columns, unknown.is_some());
    let raises = raises(table, scene, symptom, &columns, unknown.is_some());
    table.finish();
    let mut rules = Vec::new();
    for row in &rows {
        for (level, times, cube) in cases(row, &raises, &column_places) {
            let mut parts = vec![Condition::AnyOf(place, Options::one(row.option)), Condition::AnyOf(by_place, times)];
            parts.extend(cube.iter().zip(&raises).filter_map(|(held, raise)| match held {
                Some(true) => Some(raise.when.clone()),
                Some(false) => Some(Condition::Not(Box::new(raise.when.clone()))),
                None => None,
            }));
            let rule = plain(row, &raises, &level, Condition::All(parts), &symptom.id.to_string());
            if let Some(name) = &row.agreed_by {
                scene.agreed.borrow_mut().insert(rule.id.clone(), name.clone());
            }
            rules.push(rule);
        }
    }
    rules
}

fn question<'a>(table: &Table, key: &str, questions: &'a [Question]) -> Option<(usize, &'a Question)> {
    let id = table.text(key);
    let found = questions.iter().enumerate().find(|(_, question)| question.id.as_str() == id.value);
    if found.is_none() && !id.value.is_empty() {
        let known: Vec<&str> = questions.iter().map(|question| question.id.as_str()).collect();
        id.at.report(format!("There is no question `{}`", id.value), suggestion(&id.value, &known));
    }
    found
}

/// Every option but the clear one has a row or an outcome of its own, and no option has two.
fn demand_rows(table: &Table, symptom: &Question) {
    let ids: Vec<Located<String>> =
        table.tables("rows").into_iter().filter_map(|row| row.maybe_text("option")).collect();
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|other| other.value == id.value) {
            id.at.report(format!("There are two rows for `{}`", id.value), "Take one of them away.");
        }
    }
    for (place, choice) in symptom.options.iter().enumerate() {
        let row = ids.iter().find(|id| id.value == choice.id.as_str());
        match row {
            None if place != symptom.clear => {
                let what = format!("The table has no row for `{}`", choice.id);
                table.key_at("rows").report(what, "Add a row: an answer without one would lead to nothing.");
            }
            Some(row) if place == symptom.clear => {
                row.at.report("The clear answer has a row", "Take the row away: the clear answer raises nothing.");
            }
            None | Some(_) => {}
        }
    }
}

fn rows(table: &Table, scene: &Scene<'_>, symptom: &Question, columns: &[Located<String>], unknown: bool) -> Vec<Row> {
    let known: Vec<OptionId> = symptom.options.iter().map(|option| option.id.clone()).collect();
    let words = scene.words.maybe_table("question").and_then(|all| all.maybe_table(symptom.id.as_str()));
    let words = words.and_then(|words| words.maybe_table("options"));
    let mut rows = Vec::new();
    for entry in table.tables("rows") {
        let id = entry.text("option");
        let given = entry.some_texts("levels");
        if !given.is_empty() && given.len() != columns.len() {
            let what = format!("`{}` has {} levels for {} columns", id.value, given.len(), columns.len());
            entry.key_at("levels").report(what, "Give one level per column, in the order of `columns`.");
        }
        let mut levels: Vec<usize> = given.iter().filter_map(|level| outcome_place(level, scene)).collect();
        let worst = levels.iter().copied().max().unwrap_or_default();
        levels.extend(unknown.then_some(worst));
        let reason = words.and_then(|words| words.maybe_table(&id.value)).map(|own| own.text("reason").value);
        if let Some(place) = option(&known, &id) {
            rows.push(Row {
                option: place,
                id: id.value.clone(),
                reason: reason.unwrap_or_default(),
                levels,
                within: choose(entry.maybe_text("within"), known!(Within)),
                sources: rule::sources(entry, &id.at, scene),
                confidence: rule::confidence(entry, &id.at),
                agreed_by: entry.maybe_text("agreed_by").map(|name| name.value),
            });
        }
        entry.finish();
    }
    rows
}

fn raises(
    table: &Table,
    scene: &Scene<'_>,
    symptom: &Question,
    columns: &[Located<String>],
    unknown: bool,
) -> Vec<Raise> {
    let known: Vec<OptionId> = symptom.options.iter().map(|option| option.id.clone()).collect();
    let mut raises = Vec::new();
    let entries = table.tables("raise");
    if entries.len() > MOST_RAISES {
        table.key_at("raise").report(format!("A table has up to {MOST_RAISES} raises"), "Join some of them.");
    }
    for entry in entries.into_iter().take(MOST_RAISES) {
        let suffix = entry.text("suffix");
        let words = words_of(scene.words, "raise", &suffix);
        let set = |ids: Vec<Located<String>>| {
            ids.iter().fold(Options::NONE, |set, id| set.with(option(&known, id).map_or(Options::NONE, Options::one)))
        };
        let options = set(entry.some_texts("options"));
        let least = entry.maybe_table("at_least");
        if least.is_none() && !entry.has("at_least") {
            entry.at.report(
                "This raise raises nothing",
                "Add at_least = { column = \"…\" }: a level for each column it is for.",
            );
        }
        let mut at_least: Vec<Option<usize>> = columns
            .iter()
            .map(|column| least?.maybe_text(&column.value).and_then(|level| outcome_place(&level, scene)))
            .collect();
        if let Some(least) = least {
            least.finish();
        }
        let worst = at_least.iter().copied().flatten().max();
        at_least.extend(unknown.then_some(worst));
        let up = entry.maybe_number("up").map_or(0, |up| usize::try_from(up.value).unwrap_or_default());
        let at_most = entry.maybe_text("at_most").and_then(|level| outcome_place(&level, scene));
        let when = entry.maybe_table("when").and_then(|when| condition::read(when, &scene.names));
        if when.is_none() && !entry.has("when") {
            entry.at.report("This raise has no condition", "Add when = { … }.");
        }
        raises.push(Raise {
            reason: words.map(|words| words.text("reason").value).unwrap_or_default(),
            suffix: suffix.value,
            options,
            when: when.unwrap_or(Condition::Any(Vec::new())),
            at_least,
            up,
            at_most: at_most.unwrap_or(usize::MAX),
            within: choose(entry.maybe_text("within"), known!(Within)),
            sources: scene.known.keep(entry.texts("source")),
        });
        entry.finish();
    }
    raises
}

/// The level of a row in a column where these raises hold, taken in their order.
fn level(row: &Row, raises: &[Raise], column: usize, held: &[bool]) -> Level {
    let mut now = row.levels.get(column).copied().unwrap_or_default();
    let mut by = Vec::new();
    for (number, raise) in raises.iter().enumerate() {
        let holds = held.get(number).copied().unwrap_or_default() && raise.options.meets(Options::one(row.option));
        let Some(least) = raise.at_least.get(column).copied().flatten().filter(|_| holds) else { continue };
        let next = (now + raise.up).min(raise.at_most.max(now)).max(least);
        if next > now {
            now = next;
            by.push(number);
        }
    }
    (now, by)
}

/// Every level a row can come to, with the columns and the raises it takes. They exclude each other.
fn cases(row: &Row, raises: &[Raise], columns: &[usize]) -> Vec<(Level, Options, Cube)> {
    let mut by_shape: BTreeMap<Vec<Level>, Options> = BTreeMap::new();
    for (column, place) in columns.iter().enumerate() {
        let shape = assignments(raises.len()).iter().map(|held| level(row, raises, column, held)).collect();
        let times = by_shape.entry(shape).or_default();
        *times = times.with(Options::one(*place));
    }
    let mut cases = Vec::new();
    for (shape, times) in by_shape {
        let mut cubes: BTreeMap<Level, Vec<Cube>> = BTreeMap::new();
        for (held, level) in assignments(raises.len()).into_iter().zip(shape) {
            cubes.entry(level).or_default().push(held.into_iter().map(Some).collect());
        }
        for (level, cubes) in cubes {
            cases.extend(merged(cubes).into_iter().map(|cube| (level.clone(), times, cube)));
        }
    }
    cases
}

fn assignments(raises: usize) -> Vec<Vec<bool>> {
    (0..1_usize << raises.min(16)).map(|bits| (0..raises).map(|raise| bits >> raise & 1 == 1).collect()).collect()
}

/// Joins cubes that differ in one place only, until none do.
fn merged(mut cubes: Vec<Cube>) -> Vec<Cube> {
    loop {
        let pair = cubes.iter().enumerate().find_map(|(a, one)| {
            let (b, joined) =
                cubes.iter().enumerate().skip(a + 1).find_map(|(b, other)| Some((b, join(one, other)?)))?;
            Some((a, b, joined))
        });
        let Some((a, b, joined)) = pair else { return cubes };
        cubes.remove(b);
        cubes.remove(a);
        cubes.push(joined);
    }
}

fn join(one: &Cube, other: &Cube) -> Option<Cube> {
    let differ: Vec<usize> =
        one.iter().zip(other).enumerate().filter(|(_, (a, b))| a != b).map(|(place, _)| place).collect();
    let [place] = differ.as_slice() else { return None };
    Some(one.iter().enumerate().map(|(number, held)| held.filter(|_| number != *place)).collect())
}

fn plain(row: &Row, raises: &[Raise], (level, by): &Level, when: Condition, question: &str) -> Rule {
    let by: Vec<&Raise> = by.iter().filter_map(|raise| raises.get(*raise)).collect();
    let suffixes: String = by.iter().flat_map(|raise| ["+", raise.suffix.as_str()]).collect();
    let reasons = by.iter().map(|raise| raise.reason.as_str()).chain([row.reason.as_str()]);
    let worst = row.levels.iter().max() == Some(level);
    let mut sources = row.sources.clone();
    for raise in &by {
        sources.extend(&raise.sources);
    }
    Rule {
        id: RuleId::new(format!("{question}.{}{suffixes}", row.id)),
        when,
        outcome: Some(*level),
        reason: reasons.collect::<Vec<&str>>().join(" "),
        action: None,
        ask: None,
        scope: None,
        wait: None,
        within: by.last().map_or(row.within.filter(|_| worst), |raise| raise.within),
        unsure: None,
        sources,
        confidence: row.confidence,
    }
}
