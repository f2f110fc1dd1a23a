//! Changes the rules of a check on purpose, one small thing at a time, and looks what notices. What nothing notices is a
//! hole in the nets: a person could make the same change by mistake.

mod mutants;

use crate::change::same;
use crate::problem::Problems;
use crate::proof::Base;
use crate::read::{self, CheckContent};
use crate::signed::Signed;
use anyhow::{Context, Result};
use mesocheck::model::Check;
use mutants::{Mutant, mutants};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What became of the mutants of a check.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How many there are.
    pub mutants: usize,
    /// By kind of change: how many.
    pub kinds: BTreeMap<&'static str, usize>,
    /// How many each net noticed; one mutant may be noticed by several.
    pub caught: BTreeMap<Net, usize>,
    /// How many only the agreed statement noticed.
    pub only_statement: Vec<String>,
    /// Those that change no decision of anybody, by proof.
    pub harmless: Vec<String>,
    /// Those that change a decision and were noticed by nothing.
    pub survivors: Vec<String>,
}

/// What can notice a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Net {
    /// `check`, without its cases.
    Check,
    /// The named patients.
    Cases,
    /// The demands, over every answer set.
    Proof,
    /// The statement that was last agreed.
    Statement,
}

impl Net {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Cases => "the cases",
            Self::Proof => "prove",
            Self::Statement => "the agreed statement",
        }
    }
}

/// Tries every mutant of a check against what was agreed. `progress` is told how many are done, and of how many.
///
/// # Errors
/// Where the files of the check cannot be read, or nothing was agreed.
pub fn run(folder: &Path, id: &str, agreed: &Signed, progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Outcome> {
    let agreed_check = agreed.to_check()?;
    let ladder: Vec<String> = agreed_check.outcomes.iter().map(|outcome| outcome.id.to_string()).collect();
    let files = [format!("{id}/questions.toml"), format!("{id}/rules.toml")];
    let mut all = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(folder.join(path)).with_context(|| format!("cannot read {path}"))?;
        all.extend(mutants(path, &text, &ladder)?);
    }
    let whole = read::check_with(folder, id, BTreeMap::new(), &Problems::default());
    let base = Base::new(&whole.check, &whole.musts);
    let done = AtomicUsize::new(0);
    let tried = |half: usize| -> Vec<(usize, Vec<Net>, bool)> {
        let mine = all.iter().enumerate().filter(|(number, _)| number % 2 == half);
        mine.map(|(number, mutant)| {
            let (nets, harmless) = try_one(folder, id, mutant, (agreed, &agreed_check), &base);
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, all.len());
            (number, nets, harmless)
        })
        .collect()
    };
    let mut results = std::thread::scope(|scope| {
        let other = scope.spawn(|| tried(1));
        let mut results = tried(0);
        // What a thread could not finish is missing below, and counts as survived.
        results.extend(other.join().unwrap_or_default());
        results
    });
    results.sort_by_key(|(number, ..)| *number);
    let mut outcome = Outcome { mutants: all.len(), ..Outcome::default() };
    for (number, mutant) in all.iter().enumerate() {
        *outcome.kinds.entry(mutant.kind).or_default() += 1;
        let found = results.iter().find(|(tried, ..)| *tried == number);
        let (nets, harmless) = found.map_or((&[][..], false), |(_, nets, harmless)| (nets.as_slice(), *harmless));
        for net in nets {
            *outcome.caught.entry(*net).or_default() += 1;
        }
        match nets {
            [] if harmless => outcome.harmless.push(mutant.what.clone()),
            [] => outcome.survivors.push(mutant.what.clone()),
            [Net::Statement] => outcome.only_statement.push(mutant.what.clone()),
            _ => {}
        }
    }
    Ok(outcome)
}

/// Which nets notice a mutant; and whether it changes nothing for anybody.
fn try_one(
    folder: &Path,
    id: &str,
    mutant: &Mutant,
    (agreed, agreed_check): (&Signed, &Check),
    base: &Base,
) -> (Vec<Net>, bool) {
    let problems = Problems::default();
    let content = read::check_with(folder, id, [mutant.file()].into(), &problems);
    let cases = format!("{id}/cases.toml");
    let mut nets = Vec::new();
    if problems.all().iter().any(|problem| problem.path() != cases) {
        nets.push(Net::Check);
    }
    if problems.has(&cases) {
        nets.push(Net::Cases);
    }
    let CheckContent { check, musts, .. } = &content;
    let readable = !check.questions.is_empty() && check.clone().verified().is_ok();
    if !readable {
        return (nets, false);
    }
    if base.breaks(check, musts) {
        nets.push(Net::Proof);
    }
    // Unless another net noticed it, a difference from the statement counts only where it changes a decision.
    let differs = Signed::of(check) != *agreed;
    let harmless = nets.is_empty() && (!differs || same(agreed_check, check).unwrap_or(false));
    if differs && !harmless {
        nets.push(Net::Statement);
    }
    (nets, harmless)
}
