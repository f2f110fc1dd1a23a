//! `mesocheck diff`: what a change of the content does to patients.

use crate::change::{Difference, Direction, Effect, Group, changed_words, difference};
use crate::problem::Problems;
use crate::proof::{Patient, grouped};
use crate::read::{self, Content};
use crate::signed;
use anyhow::{Context, Result, bail};
use mesocheck::model::Check;
use num_bigint::BigUint;
use std::path::Path;
use std::process::{Command, Stdio};
use terminal::say;

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
            say!("{}: {} has no such check\n", check.id, old.name);
            changed = true;
            continue;
        };
        let difference = difference(before, check)?;
        say!("{}: {} → {}\n\n{}", check.id, old.name, new.name, told(check, &difference));
        milder |= difference.is_milder();
        changed |= !difference.is_nothing();
    }
    if let (Some(old), Some(new)) = (&old.content, &new.content) {
        let words = changed_words(old, new);
        say!(
            "Words and grounds: {}",
            if words.is_empty() { "none changed".into() } else { format!("{} changed", words.len()) }
        );
        for place in words {
            say!("  {place}");
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
    let said = |from: &Path, words: &[&str]| -> Result<String> {
        let output = git().current_dir(from).args(words).stdin(Stdio::null()).output();
        let output = output.context("cannot run git; name a folder instead of a revision")?;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr);
            bail!("`{revision}` is no folder, and no git revision with this content. {}", said.trim());
        }
        Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
    };
    said(folder, &["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])?;
    let (top, below) =
        (said(folder, &["rev-parse", "--show-toplevel"])?, said(folder, &["rev-parse", "--show-prefix"])?);
    let tree = format!("{revision}:{}", below.trim_end_matches('/'));
    said(Path::new(&top), &["archive", "--format=tar", "--output", &archive.display().to_string(), &tree])?;
    let old = scratch.path().join("content");
    std::fs::create_dir(&old)?;
    unpack(&archive, &old)?;
    from_folder(&old, revision)
}

/// Git, asked about the folder it is called in. A caller that is itself called by git (a hook, `git bisect run`) has
/// variables that name another repository or another index.
fn git() -> Command {
    let mut git = Command::new("git");
    let other = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name.starts_with("GIT_") && !["GIT_EXEC_PATH", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"].contains(&&*name)
    };
    for (name, _) in std::env::vars_os().filter(|(name, _)| other(name)) {
        git.env_remove(name);
    }
    git
}

fn unpack(archive: &Path, into: &Path) -> Result<()> {
    let archive = std::fs::File::open(archive).context("the old version could not be read")?;
    tar::Archive::new(archive).unpack(into).context("the old version could not be unpacked")
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
