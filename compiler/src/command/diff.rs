//! `mesocheck diff`: what a change of the content does to patients.

use crate::change::{Difference, Direction, Effect, Group, changed_words, difference};
use crate::problem::Problems;
use crate::proof::{Patient, grouped};
use crate::read::{self, Content};
use crate::signed;
use anyhow::{Context, Result, bail};
use mesocheck::model::Check;
use num_bigint::BigUint;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What to compare.
#[derive(clap::Args)]
pub struct Arguments {
    /// The old version: `signed` (what was last agreed), a folder, or a git revision of the content folder.
    #[arg(default_value = "signed")]
    old: String,
    /// The new version: a folder or a git revision; the content folder where it is left out.
    new: Option<String>,
    /// Ends with an error if something leads to less care.
    #[arg(long)]
    fail_if_milder: bool,
    /// Ends with an error if any decision changes.
    #[arg(long)]
    fail_if_changed: bool,
}

/// One side: its checks, and all of its content where it has words.
struct Side {
    name: String,
    checks: Vec<Check>,
    content: Option<Content>,
}

/// Runs the command.
///
/// # Errors
/// Where a version cannot be read, or the change is one that must not be.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let new = match &arguments.new {
        Some(new) => side(folder, new)?,
        None => from_folder(folder, &folder.display().to_string())?,
    };
    let old = if arguments.old == "signed" { from_statement(folder)? } else { side(folder, &arguments.old)? };
    let (mut milder, mut changed) = (false, false);
    for check in &new.checks {
        let Some(before) = old.checks.iter().find(|before| before.id == check.id) else {
            println!("{}: {} has no such check\n", check.id, old.name);
            changed = true;
            continue;
        };
        let difference = difference(before, check)?;
        println!("{}: {} → {}\n\n{}", check.id, old.name, new.name, told(check, &difference));
        milder |= difference.is_milder();
        changed |= !difference.is_nothing();
    }
    if let (Some(old), Some(new)) = (&old.content, &new.content) {
        let words = changed_words(old, new);
        println!(
            "Words and grounds: {}",
            if words.is_empty() { "none changed".into() } else { format!("{} changed", words.len()) }
        );
        for place in words {
            println!("  {place}");
        }
    }
    if arguments.fail_if_milder && milder {
        bail!("Something leads to less care than before.");
    }
    if arguments.fail_if_changed && changed {
        bail!("Decisions are not what was agreed. If the change is meant, run `mesocheck accept`.");
    }
    Ok(())
}

fn side(folder: &Path, name: &str) -> Result<Side> {
    if Path::new(name).is_dir() { from_folder(Path::new(name), name) } else { from_revision(folder, name) }
}

/// The statements that were last agreed.
pub fn agreed(folder: &Path) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    for id in read::CHECKS {
        if let Some(signed) = signed::read(folder, id)? {
            checks.push(signed.to_check()?);
        }
    }
    Ok(checks)
}

fn from_statement(folder: &Path) -> Result<Side> {
    Ok(Side { name: "what was last agreed".into(), checks: agreed(folder)?, content: None })
}

/// A folder whose checks can be read; other problems say nothing about decisions.
fn from_folder(folder: &Path, name: &str) -> Result<Side> {
    let problems = Problems::default();
    let content = read::content(folder, &problems)?;
    let logic = ["questions.toml", "rules.toml"];
    let broken = read::CHECKS.iter().flat_map(|id| logic.iter().map(move |file| format!("{id}/{file}")));
    let mut broken = broken.filter(|path| problems.has(path)).peekable();
    if broken.peek().is_some() || content.checks.iter().any(|known| known.check.questions.is_empty()) {
        let told: Vec<String> = problems.all().iter().take(5).map(ToString::to_string).collect();
        let told = told.join("\n");
        bail!("{told}\nThe checks of {name} cannot be read, so there is nothing to compare.");
    }
    let checks = content.checks.iter().map(|known| known.check.clone()).collect();
    Ok(Side { name: name.to_owned(), checks, content: Some(content) })
}

/// The content folder at a git revision, taken out into a folder for the moment.
fn from_revision(folder: &Path, revision: &str) -> Result<Side> {
    let scratch = tempfile::tempdir().context("cannot make a folder for the old version")?;
    let archive = scratch.path().join("content.tar");
    let git = |from: &Path, words: &[&str]| -> Result<String> {
        let output = Command::new("git").current_dir(from).args(words).stdin(Stdio::null()).output();
        let output = output.context("cannot run git; name a folder instead of a revision")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{revision}` is no folder, and no git revision with this content. {}", said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    };
    git(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    let (top, below) = (git(folder, &["rev-parse", "--show-toplevel"])?, git(folder, &["rev-parse", "--show-prefix"])?);
    let tree = format!("{revision}:{}", below.trim_end_matches('/'));
    git(Path::new(&top), &["archive", "--format=tar", "--output", &archive.display().to_string(), &tree])?;
    let old = scratch.path().join("content");
    std::fs::create_dir(&old)?;
    unpack(&archive, &old)?;
    from_folder(&old, revision)
}

fn unpack(archive: &Path, into: &PathBuf) -> Result<()> {
    let status = Command::new("tar").arg("-xf").arg(archive).arg("-C").arg(into).status();
    let status = status.context("cannot run tar; name a folder instead of a revision")?;
    if !status.success() {
        bail!("the old version could not be unpacked");
    }
    Ok(())
}

/// A difference, for a person.
pub fn told(check: &Check, difference: &Difference) -> String {
    let sets = difference
        .compared
        .as_ref()
        .map_or_else(|| "all complete".into(), |sets| format!("all {} complete", grouped(sets)));
    let mut text = String::new();
    if difference.groups.is_empty() {
        text += &format!("  Proof: over {sets} answer sets, every outcome and every finding is the same.\n");
    } else {
        text += &format!("  Compared over {sets} answer sets. A set may belong to several groups.\n");
    }
    for group in &difference.groups {
        text += &group_told(check, group);
    }
    for (what, direction) in &difference.settings {
        text += &format!("\n  {what}: {}\n", direction.word());
    }
    for cause in &difference.without_effect {
        text += &format!("\n  {cause}: proven to change no decision\n");
    }
    text
}

fn group_told(check: &Check, group: &Group) -> String {
    let mut directions: Vec<Direction> = group.effects.iter().map(|effect| effect.direction).collect();
    directions.dedup();
    let directions: Vec<&str> = directions.into_iter().map(Direction::word).collect();
    let mut text = format!(
        "\n  {}: {}\n    {} answer sets\n",
        group.cause,
        directions.join(" and "),
        number(group.count.as_ref())
    );
    for Effect { what, direction, count } in &group.effects {
        text += &format!("      {what} ({}): {}\n", direction.word(), number(count.as_ref()));
    }
    if let Some((before, after)) = &group.patient {
        let words = if after.words.is_empty() {
            "somebody who gives every clear answer".into()
        } else {
            after.words.join("; ")
        };
        text += &format!("    smallest patient: {words}\n");
        text += &format!(
            "      before: {}\n      now:    {}\n      {}\n",
            decision(check, before),
            decision(check, after),
            after.json
        );
    }
    text
}

fn number(count: Option<&BigUint>) -> String {
    count.map_or_else(|| "more than could be counted".into(), grouped)
}

fn decision(check: &Check, patient: &Patient) -> String {
    let outcome = patient.outcome.and_then(|place| check.outcomes.get(place));
    let outcome = outcome.map(|outcome| outcome.id.to_string()).unwrap_or_default();
    let shown = if patient.shown { "" } else { ", not shown as answers are missing" };
    let wait = patient.wait_days.filter(|days| *days > 0).map(|days| format!(", wait {days} days")).unwrap_or_default();
    let ids: Vec<&str> = patient.findings.iter().map(mesocheck::model::RuleId::as_str).collect();
    let ids = if ids.is_empty() { "no finding".into() } else { ids.join(", ") };
    format!("{outcome}{shown}{wait} ({ids})")
}
