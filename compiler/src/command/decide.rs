//! `mesocheck decide`: what the engine decides on answers given as JSON.

use crate::command::{check_of, day, today, whole_content};
use crate::review;
use anyhow::{Context, Result, anyhow, bail};
use mesocheck::engine::{Standing, decide, replay};
use mesocheck::model::{Answers, Check, Date, Kind, Moment, Now, OptionId, Question, QuestionId, ReviewState, RuleId};
use serde_json::Value;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use terminal::say;

/// What to decide on.
#[derive(clap::Args)]
pub struct Arguments {
    /// `suitability` or `aftercare`.
    check: String,
    /// A file with one JSON object: question ids, each with a list of option ids; standard input where it is left out.
    /// In place of the list, an object with `options` and `minutes_ago` gives an answer a time; without, it is fresh.
    file: Option<PathBuf>,
    /// One JSON object per line of standard input.
    #[arg(long, conflicts_with = "file")]
    lines: bool,
    /// Also says which questions are asked.
    #[arg(long)]
    asked: bool,
    /// The day it is decided on, as YYYY-MM-DD; today where it is left out.
    #[arg(long, value_parser = day)]
    today: Option<Date>,
}

/// Runs the command.
///
/// # Errors
/// Where the content has a problem, the input is no JSON object, or it names something unknown.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let check = &check_of(&content, &arguments.check)?.check;
    let withdrawn = review::of(&content).state == ReviewState::Withdrawn;
    let standing = if withdrawn { Standing::Withdrawn } else { Standing::Current };
    let now = Now::at_noon(today(arguments.today)?);
    let decided = |text: &str| one(check, standing, now, text, arguments.asked);
    if arguments.lines {
        for (number, line) in std::io::stdin().lock().lines().enumerate() {
            let line = line.context("cannot read standard input")?;
            let decided = decided(&line).with_context(|| format!("line {}", number + 1))?;
            say!("{decided}");
            if terminal::unheard() {
                break;
            }
        }
    } else {
        let mut text = String::new();
        match &arguments.file {
            Some(file) => {
                text = std::fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
            }
            None => _ = std::io::stdin().read_to_string(&mut text)?,
        }
        say!("{}", decided(&text)?);
    }
    Ok(())
}

fn one(check: &Check, standing: Standing, now: Now, text: &str, with_asked: bool) -> Result<String> {
    let answers = answers(check, now, text)?;
    let replay = replay(check, &answers, now);
    let decision = decide(check, &replay, standing, now.today);
    let rule = |places: &[usize]| -> Vec<&str> {
        places.iter().filter_map(|place| check.rules.get(*place)).map(|rule| RuleId::as_str(&rule.id)).collect()
    };
    let outcome = decision.outcome.and_then(|place| check.outcomes.get(place)).map(|outcome| outcome.id.as_str());
    let missing = decision.missing.iter().filter_map(|place| check.questions.get(*place));
    let asked = || check.questions.iter().zip(&replay.asked).filter(|(_, asked)| **asked);
    let decided = Decided {
        asked: with_asked.then(|| asked().map(|(question, _)| question.id.as_str()).collect()),
        outcome,
        findings: rule(&decision.findings),
        notes: rule(&decision.notes),
        missing: missing.map(|question| question.id.as_str()).collect(),
        wait_days: decision.wait_days,
        also_see_doctor: rule(&decision.also_see_doctor),
    };
    Ok(serde_json::to_string(&decided)?)
}

/// A decision by ids.
#[derive(serde::Serialize)]
struct Decided<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<Vec<&'a str>>,
    outcome: Option<&'a str>,
    findings: Vec<&'a str>,
    notes: Vec<&'a str>,
    missing: Vec<&'a str>,
    wait_days: Option<u32>,
    also_see_doctor: Vec<&'a str>,
}

fn answers(check: &Check, now: Now, text: &str) -> Result<Answers> {
    let json: Value = serde_json::from_str(text).context("the answers are not JSON")?;
    let object = json.as_object().context("the answers are no JSON object, such as {\"age\":[\"18_69\"]}")?;
    let mut answers = Answers::new();
    for (id, given) in object {
        let (_, question) = check.question(id).ok_or_else(|| anyhow!("there is no question `{id}`"))?;
        let (list, at) = match given.as_object() {
            Some(timed) => (timed.get("options").unwrap_or(&Value::Null), moment(timed, now, id)?),
            None => (given, now.moment),
        };
        let list = list.as_array().ok_or_else(|| anyhow!("the answer to `{id}` is no list of options"))?;
        let options: Result<Vec<OptionId>> = list.iter().map(|item| option(question, item)).collect();
        answers.set(QuestionId::new(id), options?, at);
    }
    Ok(answers)
}

fn moment(timed: &serde_json::Map<String, Value>, now: Now, id: &str) -> Result<Moment> {
    if let Some(key) = timed.keys().find(|key| !["options", "minutes_ago"].contains(&key.as_str())) {
        bail!("the answer to `{id}` has no `{key}`; known: options, minutes_ago");
    }
    let minutes = timed.get("minutes_ago").and_then(Value::as_i64);
    let minutes = minutes.ok_or_else(|| anyhow!("the time of `{id}` is no whole number of minutes_ago"))?;
    Ok(Moment(now.moment.0.saturating_sub(minutes)))
}

fn option(question: &Question, item: &Value) -> Result<OptionId> {
    let text = item.as_str().map(str::to_owned).or_else(|| item.as_i64().map(|number| number.to_string()));
    let text =
        text.ok_or_else(|| anyhow!("the answer to `{}` holds something that is no option: {item}", question.id))?;
    let number = match question.kind {
        Kind::Number { min, max } => text.parse().is_ok_and(|number: i64| (min..=max).contains(&number)),
        Kind::One | Kind::Many => false,
    };
    if !number && question.option(&text).is_none() {
        bail!("question `{}` has no option `{text}`", question.id);
    }
    Ok(OptionId::new(text))
}
