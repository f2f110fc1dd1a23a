//! A check from its logic, its rules and its words.

use crate::problem::{At, Located};
use crate::read::condition::Names;
use crate::read::must;
use crate::read::source::Known;
use crate::read::toml::{Table, suggestion};
use crate::read::{CheckContent, question, rule, table};
use mesocheck::model::{
    Ask, Check, CheckId, FirstAid, Headline, HeadlineId, Look, Options, Outcome, OutcomeId, Prompt, Question, Rule,
    RuleId, SafetyNet, Scope, StepId, Stops, Within,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

/// What rules may name, and where their words stand.
#[derive(Debug)]
pub struct Scene<'a> {
    /// Ids of the outcomes, mildest first.
    pub outcomes: Vec<OutcomeId>,
    /// Whether a rule at the outcome must say whom to ask.
    pub asks: Vec<bool>,
    /// Questions and options.
    pub names: Names,
    /// Every source.
    pub known: &'a Known,
    /// The words.
    pub words: &'a Table,
    /// Who stands behind a rule that rests on little, by the rule.
    pub agreed: RefCell<BTreeMap<RuleId, String>>,
}

/// The files of a check.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// `questions.toml`.
    pub logic: &'a Table,
    /// `rules.toml`.
    pub rules: &'a Table,
    /// Its words.
    pub words: &'a Table,
    /// `musts.toml`.
    pub musts: &'a Table,
}

/// Reads a check and what is demanded of it, without its cases.
#[allow(clippy::too_many_lines, reason = "a check has this many parts, a line each")]
pub fn read(id: &str, files: &Files<'_>, known: &Known) -> CheckContent {
    let Files { logic, rules, words, musts } = *files;
    let (outcomes, asks) = outcomes(logic, words);
    let ids = outcomes.iter().map(|outcome| outcome.id.clone()).collect();
    let mut scene = Scene { outcomes: ids, asks, names: Names::default(), known, words, agreed: RefCell::default() };
    let steps = steps(logic, words);
    demand_once(logic, &["outcomes", "headlines"], "id");
    let mut read = question::read(logic, &steps, &mut scene);
    let private = private_steps(logic, &steps);
    for question in read.questions.iter_mut().filter(|question| private.contains(&question.step)) {
        question.private = true;
    }
    let mut all: Vec<Rule> = read.rules;
    let combined = rule::combined(rules, &all, &scene);
    all.extend(combined);
    all.extend(table::read(rules, &scene, &read.questions));
    let start = words.maybe_table("start");
    let [to_ask, to_bring] = ["to_ask", "to_bring"].map(|list| prompts(words, list, &read.questions, &all));
    let check = Check {
        id: CheckId::new(id),
        title: words.text("title").value,
        lead: start.map(|start| start.text("lead").value).unwrap_or_default(),
        points: start.map(|start| values(start.some_texts("points"))).unwrap_or_default(),
        keeps_answers: logic.truth("keeps_answers"),
        review_by: logic.day("review_by").value,
        headlines: headlines(logic, &scene),
        outcomes,
        steps,
        pages: read.pages,
        questions: read.questions,
        asks: asks_in_words(words),
        first_aid: first_aid(words, &all),
        changes: read.changes,
        to_ask,
        to_bring,
        sources: known.all.clone(),
        safety_net: words.maybe_table("safety_net").map(safety_net),
        rules: all,
    };
    if start.is_none() {
        words
            .at
            .report("The words of the start screen are missing", "Add [start] with lead = \"…\" and points = [ … ].");
    }
    let musts_of = must::read(musts, &scene);
    let most_screens = most_screens(logic);
    for part in [logic, rules, musts] {
        part.finish();
    }
    // What nobody asked for is an orphan; these parts are known even where a check has no use for them.
    for part in ["ask", "events", "headline", "must", "pages", "raise", "rule", "unsure"] {
        words.ignore(part);
    }
    if musts.is_nothing() {
        words.ignore_below("must");
    }
    words.finish_below();
    CheckContent {
        check,
        cases: Vec::new(),
        musts: musts_of,
        cohort: None,
        most_screens,
        agreed: scene.agreed.into_inner(),
    }
}

/// Reports that the limit is not stated.
pub fn report_most_screens(at: &At) {
    let what = "The most screens a person may meet are not stated";
    at.report(what, "Write most_screens = 26 at the top: the longest way is held to it.");
}

/// The stated limit for the longest way through the check.
fn most_screens(logic: &Table) -> usize {
    let number = logic.maybe_number("most_screens");
    let most = number.as_ref().and_then(|number| usize::try_from(number.value).ok()).filter(|most| *most > 0);
    if let Some(number) = number.filter(|_| most.is_none()) {
        report_most_screens(&number.at);
    }
    most.unwrap_or_default()
}

/// Reports entries of the lists that have the same text below `key`.
pub fn demand_once(table: &Table, lists: &[&str], key: &str) {
    for list in lists {
        let mut seen = BTreeSet::new();
        for id in table.tables(list).into_iter().filter_map(|entry| entry.maybe_text(key)) {
            if !seen.insert(id.value.clone()) {
                id.at.report(format!("There are two `{}` here", id.value), "Give one of them another id.");
            }
        }
    }
}

/// The plain values of located ones.
pub fn values<T>(located: Vec<Located<T>>) -> Vec<T> {
    located.into_iter().map(|located| located.value).collect()
}

fn outcomes(logic: &Table, words: &Table) -> (Vec<Outcome>, Vec<bool>) {
    let (mut outcomes, mut asks) = (Vec::new(), Vec::new());
    for entry in logic.tables("outcomes") {
        let id = entry.text("id");
        let stops =
            choose(entry.maybe_text("stops"), &[("anywhere", Stops::Anywhere), ("first_step", Stops::FirstStep)]);
        let words = words_of(words, "outcome", &id);
        asks.push(entry.truth("asks"));
        let book = entry.truth("book");
        if book && !outcomes.is_empty() {
            entry
                .key_at("book")
                .report("Only the mildest outcome may stand beside a booking link", "Take `book` away here.");
        }
        outcomes.push(Outcome {
            id: OutcomeId::new(id.value),
            title: words.map(|words| words.text("title").value).unwrap_or_default(),
            lead: words.map(|words| words.text("lead").value).unwrap_or_default(),
            shown_incomplete: entry.truth("shown_incomplete"),
            stops,
            book,
            self_care: entry.truth("self_care"),
            look: choose(Some(entry.text("look")), known!(Look)).unwrap_or(Look::Today),
        });
        entry.finish();
    }
    if outcomes.is_empty() {
        logic.at.report("The check has no outcomes", "Add outcomes = [ { id = \"…\" }, … ], mildest first.");
    }
    (outcomes, asks)
}

/// The words of an id: a table below `part`. Reported where it is missing.
pub fn words_of<'a>(words: &'a Table, part: &str, id: &Located<String>) -> Option<&'a Table> {
    let found = words.maybe_table(part).and_then(|table| table.maybe_table(&id.value));
    if found.is_none() && !id.value.is_empty() {
        let at = words.at.path();
        id.at.report(format!("`{}` has no words", id.value), format!("Add [{part}.{}] to {at}.", quoted(&id.value)));
    }
    found
}

fn quoted(id: &str) -> String {
    let bare = id.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-');
    if bare { id.to_owned() } else { format!("\"{id}\"") }
}

/// One of a closed set of words.
pub fn choose<T: Copy>(text: Option<Located<String>>, known: &[(&str, T)]) -> Option<T> {
    let text = text.filter(|text| !text.value.is_empty())?;
    let found = known.iter().find(|(word, _)| *word == text.value);
    if found.is_none() {
        let words: Vec<&str> = known.iter().map(|(word, _)| *word).collect();
        text.at.report(format!("`{}` is not known here", text.value), suggestion(&text.value, &words));
    }
    found.map(|(_, value)| *value)
}

/// The words of an enum that content names, for [`choose`].
macro_rules! known {
    ($kind:ty) => {
        &<$kind>::ALL.iter().map(|item| (item.as_str(), *item)).collect::<Vec<(&str, $kind)>>()
    };
}
pub(crate) use known;

fn steps(logic: &Table, words: &Table) -> Vec<(StepId, String)> {
    let names = words.maybe_table("steps");
    let ids = logic.some_texts("steps");
    if !words.has("steps") && !ids.is_empty() {
        words.at.report("The names of the steps are missing", "Add [steps], with a line for each.");
    }
    for (place, id) in ids.iter().enumerate() {
        if ids.iter().take(place).any(|other| other.value == id.value) {
            id.at.report(format!("There are two steps `{}`", id.value), "Take one of them away.");
        }
    }
    let step = |id: Located<String>| {
        let name = names.map(|names| names.text(&id.value).value).unwrap_or_default();
        (StepId::new(id.value), name)
    };
    ids.into_iter().map(step).collect()
}

/// Places of the steps whose answers stay out of a hand-over unless the person wants them in.
fn private_steps(logic: &Table, steps: &[(StepId, String)]) -> Vec<usize> {
    logic.texts("private").iter().filter_map(|step| step_place(step, steps)).collect()
}

/// Place of a step; reported where there is none.
pub fn step_place(step: &Located<String>, steps: &[(StepId, String)]) -> Option<usize> {
    let place = steps.iter().position(|(known, _)| known.as_str() == step.value);
    if place.is_none() && !step.value.is_empty() {
        let known: Vec<&str> = steps.iter().map(|(known, _)| known.as_str()).collect();
        step.at.report(format!("There is no step `{}`", step.value), suggestion(&step.value, &known));
    }
    place
}

fn headlines(logic: &Table, scene: &Scene<'_>) -> Vec<Headline> {
    let mut headlines = Vec::new();
    for entry in logic.tables("headlines") {
        let id = entry.text("id");
        let words = words_of(scene.words, "headline", &id);
        let outcomes =
            entry.some_texts("outcomes").iter().filter_map(|outcome| outcome_place(outcome, scene)).collect();
        let only_ask = entry.texts("only_ask").into_iter().filter_map(|ask| choose(Some(ask), known!(Ask))).collect();
        headlines.push(Headline {
            id: HeadlineId::new(id.value),
            outcomes,
            any_ask: choose(entry.maybe_text("any_ask"), known!(Ask)),
            only_ask,
            only_unsure: entry.truth("only_unsure"),
            any_scope: choose(entry.maybe_text("any_scope"), known!(Scope)),
            any_within: choose(entry.maybe_text("any_within"), known!(Within)),
            only_within: choose(entry.maybe_text("only_within"), known!(Within)),
            nothing_found: entry.truth("nothing_found"),
            title: words.map(|words| words.text("title").value).unwrap_or_default(),
            lead: words.map(|words| words.text("lead").value).unwrap_or_default(),
        });
        entry.finish();
    }
    headlines
}

/// Place of an outcome; reported where there is none.
pub fn outcome_place(id: &Located<String>, scene: &Scene<'_>) -> Option<usize> {
    let found = scene.outcomes.iter().position(|outcome| outcome.as_str() == id.value);
    if found.is_none() && !id.value.is_empty() {
        let known: Vec<&str> = scene.outcomes.iter().map(OutcomeId::as_str).collect();
        id.at.report(format!("There is no outcome `{}`", id.value), suggestion(&id.value, &known));
    }
    found
}

fn asks_in_words(words: &Table) -> Vec<(Ask, String)> {
    let Some(table) = words.maybe_table("ask") else { return Vec::new() };
    Ask::ALL.iter().filter_map(|ask| Some((*ask, table.maybe_text(ask.as_str())?.value))).collect()
}

fn first_aid(words: &Table, rules: &[Rule]) -> Vec<FirstAid> {
    let mut list = Vec::new();
    let known: Vec<&str> = rules.iter().map(|rule| rule.id.as_str()).collect();
    for entry in words.tables("while_you_wait") {
        let signs = entry.some_texts("signs");
        demand_known(&signs, &known);
        let signs = signs.into_iter().map(|sign| RuleId::new(sign.value)).collect();
        list.push(FirstAid { signs, text: values(entry.some_texts("text")) });
        entry.finish();
    }
    list
}

/// Prompts of a list, each about questions or rules that exist.
fn prompts(words: &Table, list: &str, questions: &[Question], rules: &[Rule]) -> Vec<Prompt> {
    let questions = questions.iter().map(|question| question.id.as_str());
    let known: Vec<&str> = questions.chain(rules.iter().map(|rule| rule.id.as_str())).collect();
    let read = |entry: &&Table| {
        let about = entry.texts("about");
        demand_known(&about, &known);
        let prompt = Prompt { about: values(about), text: entry.text("text").value };
        entry.finish();
        prompt
    };
    let entries = words.tables(list);
    if let Some(over) = entries.get(Options::MOST) {
        let what = format!("There are more than {} entries `{list}`", Options::MOST);
        over.at.report(what, "Put several into one: nobody asks so much.");
    }
    entries.iter().map(read).collect()
}

/// Reports names that are none of those known.
fn demand_known(names: &[Located<String>], known: &[&str]) {
    for name in names.iter().filter(|name| !known.contains(&name.value.as_str())) {
        let near = Some(suggestion(&name.value, known)).filter(|near| near.starts_with("Did"));
        let help = near.unwrap_or_else(|| "Name rules as question.option.".into());
        name.at.report(format!("There is no rule `{}`", name.value), help);
    }
}

fn safety_net(table: &Table) -> SafetyNet {
    let net = SafetyNet {
        title: table.text("title").value,
        doctor: values(table.some_texts("doctor")),
        emergency: values(table.some_texts("emergency")),
        later: table.text("later").value,
        closing: table.text("closing").value,
    };
    table.finish();
    net
}
