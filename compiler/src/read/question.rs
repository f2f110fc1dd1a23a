//! Questions, their options, the screens they stand on, and the rules of single options.

use crate::problem::{At, Located};
use crate::read::check::{Scene, step_place, words_of};
use crate::read::condition::{self, option};
use crate::read::rule;
use crate::read::toml::Table;
use crate::read::{alike, change};
use mesocheck::model::{
    Change, Choice, Condition, Kind, OptionId, Options, Page, PageId, Question, QuestionId, Rule, StepId,
};
use sha2::{Digest, Sha256};

/// What the questions of a check come to.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names, reason = "these are what it holds")]
pub struct Questions {
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// Their screens, in order.
    pub pages: Vec<Page>,
    /// The rules of their options, in order.
    pub rules: Vec<Rule>,
    /// What time or care can change about their answers.
    pub changes: Vec<Change>,
    /// Where each screen is first named.
    first_named: Vec<At>,
}

/// Options that say nothing either way. Every question has them, or says why not.
const UNSURE: &[&str] = &["not_sure", "prefer_not"];

/// Reads all questions.
pub fn read(logic: &Table, steps: &[(StepId, String)], scene: &mut Scene<'_>) -> Questions {
    let mut all = Questions::default();
    let entries = logic.tables("question");
    if entries.is_empty() && !logic.is_nothing() {
        logic.at.report("The check has no questions", "Add a [[question]].");
    }
    let nothing = Table::nothing();
    let mut ids = Vec::new();
    for entry in entries {
        let id = entry.text("id");
        ids.push(id.clone());
        let place = all.questions.len();
        if all.questions.iter().any(|other| other.id.as_str() == id.value) {
            id.at.report(format!("There are two questions `{}`", id.value), "Give one of them another id.");
        }
        check_id(&id);
        let words = words_of(scene.words, "question", &id).unwrap_or(&nothing);
        let step = entry.text("step");
        let step_place = step_place(&step, steps);
        if step_place.is_some_and(|place| all.questions.last().is_some_and(|last| last.step > place)) {
            step.at.report(
                format!("Step `{}` comes before the step of the question above", step.value),
                "Move the question, or change the order of `steps`: a step's questions follow each other.",
            );
        }
        let ask_when = entry.maybe_table("ask_when").and_then(|when| condition::read(when, &scene.names));
        let (question, rules, changes) = one(entry, &id, step_place.unwrap_or_default(), words, scene, place);
        let question = Question { ask_when, ..question };
        add_to_page(&mut all, entry, &question, place, scene);
        all.rules.extend(rules);
        all.changes.extend(changes);
        all.questions.push(question);
        entry.finish();
    }
    demand_titles(&all, scene.words);
    alike::hold(&ids);
    all
}

fn one(
    entry: &Table,
    id: &Located<String>,
    step: usize,
    words: &Table,
    scene: &mut Scene<'_>,
    place: usize,
) -> (Question, Vec<Rule>, Vec<Change>) {
    let kind = kind(entry);
    let option_entries = entry.tables("options");
    let ids: Vec<Located<String>> = option_entries.iter().map(|option| option.text("id")).collect();
    let known: Vec<OptionId> = ids.iter().map(|id| OptionId::new(&id.value)).collect();
    scene.names.add(&id.value, known.clone(), kind);
    let set = |key: &str| scene.names.options(place, &entry.texts(key));
    let (exclusive, ends) = (set("exclusive"), set("ends_check"));
    let option_words = words.maybe_table("options");
    let topic = words.text("topic").value;
    let mut options = Vec::new();
    let (mut rules, mut changes) = (Vec::new(), Vec::new());
    for (number, (option, option_id)) in option_entries.iter().zip(&ids).enumerate() {
        check_id(option_id);
        let own = words_of_option(option_words, option_id, &id.value, words);
        options.push(Choice {
            id: OptionId::new(&option_id.value),
            label: own.map(|own| own.text("label").value).unwrap_or_default(),
            examples: own.map(|own| own.text_or_empty("examples")).unwrap_or_default(),
        });
        let name = id.at.with(format!("{}.{}", id.value, option_id.value));
        let when = Condition::AnyOf(place, Options::one(number));
        rules.extend(rule::of_option(option, &name, when, own, &topic, scene));
        changes.extend(change::read(option, &name, place, number, &known, own));
        option.finish();
    }
    demand_options(&ids, entry, kind);
    alike::hold(&ids);
    demand_unsure(entry, id, &ids);
    let clear = clear(entry, kind, &known, &rules, &id.value);
    let question = Question {
        id: QuestionId::new(&id.value),
        print: String::new(),
        step,
        kind,
        ask_when: None,
        fresh_for: fresh_for(entry),
        ends,
        exclusive,
        clear: clear.unwrap_or_default(),
        warning_signs: entry.truth("warning_signs"),
        private: entry.truth("private"),
        text: words.text("text").value,
        why: words.text("why").value,
        hint: words.text_or_empty("hint"),
        topic,
        options,
    };
    (Question { print: fingerprint(&question), ..question }, rules, changes)
}

fn kind(entry: &Table) -> Kind {
    let bounds = (entry.maybe_number("min"), entry.maybe_number("max"));
    let kind = entry.text("kind");
    match (kind.value.as_str(), bounds) {
        // An empty one was reported.
        ("one" | "", (None, None)) => Kind::One,
        ("many", (None, None)) => Kind::Many,
        ("number", (Some(min), Some(max))) if min.value <= max.value => Kind::Number { min: min.value, max: max.value },
        ("number", _) => {
            kind.at.report("A number needs its bounds", "Add min = 0 and max = 120, the smaller first.");
            Kind::Number { min: 0, max: 0 }
        }
        ("one" | "many", _) => {
            kind.at.report("Only a number has bounds", "Take `min` and `max` away, or write kind = \"number\".");
            Kind::One
        }
        (_, bounds) => {
            let help = "Write \"one\" for one answer, \"many\" for several, \"number\" for a whole number.";
            kind.at.report("`kind` is \"one\", \"many\" or \"number\"", help);
            // What depends on the bounds is judged by them.
            let bounds =
                bounds.0.zip(bounds.1).map(|(min, max)| (min.value, max.value)).filter(|(min, max)| min <= max);
            bounds.map_or(Kind::One, |(min, max)| Kind::Number { min, max })
        }
    }
}

/// Minutes an answer stays fresh; a year at most.
fn fresh_for(entry: &Table) -> Option<i64> {
    let hours = entry.maybe_number("fresh_for_hours")?;
    if !(1..=8760).contains(&hours.value) {
        hours
            .at
            .report("An answer stays fresh from 1 to 8760 hours", "Write fresh_for_hours = 24, or take the line away.");
        return None;
    }
    Some(hours.value * 60)
}

fn check_id(id: &Located<String>) {
    let letters = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    if !id.value.chars().all(letters) {
        id.at.report(format!("`{}` is no id", id.value), "Ids hold small letters, digits and _ only.");
    }
}

fn words_of_option<'a>(
    table: Option<&'a Table>,
    option: &Located<String>,
    question: &str,
    words: &Table,
) -> Option<&'a Table> {
    let found = table.and_then(|table| table.maybe_table(&option.value));
    if found.is_none() && !words.is_nothing() && !option.value.is_empty() {
        let help = format!("Add [question.{question}.options.{}] with a label to {}.", option.value, words.at.path());
        option.at.report(format!("Option `{}` has no words", option.value), help);
    }
    found
}

fn demand_options(ids: &[Located<String>], entry: &Table, kind: Kind) {
    for (place, id) in ids.iter().enumerate() {
        if !id.value.is_empty() && ids.iter().take(place).any(|other| other.value == id.value) {
            id.at.report(format!("There are two options `{}`", id.value), "Give one of them another id.");
        }
    }
    let number = matches!(kind, Kind::Number { .. });
    if ids.len() > Options::MOST || ids.len() < 2 && !number {
        let what = format!("A question has from 2 to {} options, and this one has {}", Options::MOST, ids.len());
        entry.key_at("options").report(what, "Split the question, or add options.");
    }
}

/// "Not sure" and "prefer not to say" are there or their absence is explained, and they never count as clear.
fn demand_unsure(entry: &Table, id: &Located<String>, ids: &[Located<String>]) {
    let reasons = entry.maybe_table("without");
    let routing = entry.truth("routing");
    for unsure in UNSURE {
        let option = ids.iter().find(|option| option.value == *unsure);
        let reason = reasons.and_then(|reasons| reasons.maybe_text(unsure));
        match (option, reason) {
            (None, None) => entry.key_at("id").report(
                format!("`{}` has no option `{unsure}`", id.value),
                format!("Add the option, or say why not: without = {{ {unsure} = \"…\" }}."),
            ),
            (Some(_), Some(reason)) => reason
                .at
                .report(format!("`{unsure}` is there, so no reason is needed"), "Take the reason away, or the option."),
            (Some(option), None) => {
                let entries = entry.tables("options");
                let mut own = entries.iter().filter(|entry| entry.text("id").value == *unsure);
                if !routing && !own.any(|entry| entry.has("outcome")) {
                    option.at.report(
                        format!("`{unsure}` of `{}` leads to nothing", id.value),
                        "Give it an outcome: an unknown answer is never as good as the clear one.",
                    );
                }
            }
            (None, Some(_)) => {}
        }
    }
    if let Some(reasons) = reasons {
        reasons.finish();
    }
}

/// Place of the option that raises nothing. Every question has one but a number.
fn clear(entry: &Table, kind: Kind, known: &[OptionId], rules: &[Rule], question: &str) -> Option<usize> {
    if matches!(kind, Kind::Number { .. }) {
        return None;
    }
    let clear = entry.text("clear");
    if clear.value.is_empty() {
        return None;
    }
    let name = format!("{question}.{}", clear.value);
    if rules.iter().any(|rule| rule.id.as_str() == name && rule.outcome.is_some()) {
        clear.at.report("The clear answer leads to an outcome", "Name the option that raises nothing.");
    }
    option(known, &clear)
}

fn fingerprint(question: &Question) -> String {
    let mut hash = Sha256::new();
    let kind = format!("{:?}", question.kind);
    for part in [question.text.as_str(), &question.hint, &kind] {
        hash.update(part);
        hash.update([0]);
    }
    for option in &question.options {
        hash.update(format!("{}\0{}\0{}\0", option.id, option.label, option.examples));
    }
    hash.finalize().iter().take(4).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn add_to_page(all: &mut Questions, entry: &Table, question: &Question, place: usize, scene: &Scene<'_>) {
    let pages = &mut all.pages;
    let id = entry.text("page");
    if let Some(when) = &question.ask_when {
        let open = pages.last().filter(|page| page.id.as_str() == id.value);
        let mut same = false;
        when.questions(&mut |named| same |= open.is_some_and(|page| page.questions.contains(&named)));
        if same {
            id.at.report(
                format!("`{}` stands on the same page as a question it depends on", question.id),
                "Give it a page of its own: nothing may appear while a page is being answered.",
            );
        }
    }
    let known = pages.iter().any(|page| page.id.as_str() == id.value);
    match pages.last_mut() {
        Some(page) if page.id.as_str() == id.value && page.step == question.step => page.questions.push(place),
        _ if known => {
            id.at.report(
                format!("The questions of page `{}` do not follow each other", id.value),
                "Move them together, or use another page.",
            );
        }
        _ => {
            let title = scene.words.maybe_table("pages").and_then(|titles| titles.maybe_text(&id.value));
            let title = title.map(|title| title.value);
            all.first_named.push(id.at.clone());
            pages.push(Page { id: PageId::new(id.value), step: question.step, title, questions: vec![place] });
        }
    }
}

fn demand_titles(all: &Questions, words: &Table) {
    for (page, at) in all.pages.iter().zip(&all.first_named) {
        if page.questions.len() > 1 && page.title.is_none() {
            let help = format!("Add {} = \"…\" below [pages] in {}.", page.id, words.at.path());
            at.report(format!("Page `{}` holds several questions and has no title", page.id), help);
        }
    }
}
