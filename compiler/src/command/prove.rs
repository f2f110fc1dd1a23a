//! `mesocheck prove`: what holds for every possible answer set.

use crate::command::{check_of, content_as_it_is};
use crate::proof::{Broken, Counts, Depth, NODES, Patient, Report, generated, grouped, prove};
use crate::read::CheckContent;
use anyhow::{Result, bail};
use num_bigint::BigUint;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;
use terminal::say;

/// What to prove.
#[derive(clap::Args)]
pub struct Arguments {
    /// `suitability` or `aftercare`; both where it is left out.
    check: Option<String>,
    /// Proves a check of 300 questions and 2,000 rules made at random instead, on one thread: to see how far this reaches.
    #[arg(long, value_name = "SEED", value_parser = clap::value_parser!(u64).range(generated::SEEDS), conflicts_with = "check")]
    generated: Option<u64>,
    /// How many random answer sets the engine is tried on, all checks together.
    #[arg(long, default_value_t = 100_000)]
    trials: usize,
    /// How many nodes a diagram may have; 2 million take about 300 MB. What does not fit is not counted, and said so.
    #[arg(long, default_value_t = NODES)]
    nodes: usize,
}

/// Runs the command. Content with problems is proven as far as it can be read: a case that fails says less than a patient.
///
/// # Errors
/// Where the content has a problem, or something does not hold.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    if let Some(seed) = arguments.generated {
        return far(seed, arguments.nodes);
    }
    let (content, problems) = content_as_it_is(folder)?;
    let all = match &arguments.check {
        Some(id) => vec![check_of(&content, id)?],
        None => content.checks.iter().collect(),
    };
    let depth = Depth { trials: arguments.trials.div_ceil(all.len().max(1)), nodes: arguments.nodes, witnesses: false };
    let mut failed = 0;
    for check in all {
        if check.check.questions.is_empty() || check.check.outcomes.is_empty() {
            bail!("{} cannot be read.", check.check.id);
        }
        let start = Instant::now();
        let report = prove(check, depth, &mut progress());
        clear_progress();
        terminal::write(format_args!("{}", told(check, &report)));
        say!("  {:.2} s\n", start.elapsed().as_secs_f64());
        failed += usize::from(!report.holds());
    }
    if failed > 0 {
        bail!(
            "Not everything holds. What is marked ✗ shows a patient; mend the rule, or ask whether the demand is right."
        );
    }
    if problems > 0 {
        bail!("What could be read holds, but the content has problems: {problems}. See `mesocheck check`.");
    }
    say!("Everything holds.");
    Ok(())
}

/// Proves a generated check.
fn far(seed: u64, nodes: usize) -> Result<()> {
    let content = generated::content(seed);
    let start = Instant::now();
    let report = prove(&content, Depth { trials: 0, nodes, witnesses: false }, &mut progress());
    clear_progress();
    terminal::write(format_args!("{}", told(&content, &report)));
    say!(
        "  {:.2} s{}",
        start.elapsed().as_secs_f64(),
        peak_memory().map(|peak| format!(", {peak} MB")).unwrap_or_default()
    );
    if report.holds() { Ok(()) } else { bail!("Not everything holds.") }
}

/// The most memory this process has had, in MB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes / 1024)
}

/// Shows on a terminal what is being done.
pub fn progress() -> impl FnMut(&str) {
    let shown = std::io::stderr().is_terminal();
    move |what: &str| {
        if shown {
            terminal::hint(format_args!("\r\x1b[K{what} …"));
        }
    }
}

/// Takes it away again.
pub fn clear_progress() {
    if std::io::stderr().is_terminal() {
        terminal::hint(format_args!("\r\x1b[K"));
    }
}

fn told(check: &CheckContent, report: &Report) -> String {
    let mut text = format!("{}\n\n", check.check.id);
    text += &counted("complete answer sets", check, &report.complete);
    text += &counted("journeys (a stop ends them)", check, &report.journeys);
    text += "  proven for all answer sets\n";
    for statement in &report.statements {
        let mark = if statement.broken.is_empty() { "✓" } else { "✗" };
        text += &format!("    {mark} {} {} ({})\n", statement.id, statement.says, statement.space.words());
        text += &statement.broken.iter().map(|broken| shown(check, broken)).collect::<String>();
    }
    if let Some(trial) = &report.trial {
        text += &format!(
            "\n  tested on the engine: {} random answer sets, also with gaps, off the path and illegal\n",
            grouped_number(trial.sets)
        );
        let mark = if trial.wrong.is_empty() && report.disagreements.is_empty() { "✓" } else { "✗" };
        for line in TESTED {
            text += &format!("    {mark} {line}\n");
        }
        let names = check.check.outcomes.iter().map(|outcome| outcome.id.to_string()).chain(["incomplete".into()]);
        let sizes = trial.by_outcome.iter().copied().chain([trial.withheld]);
        let parts: Vec<String> = names.zip(sizes).map(|(name, size)| format!("{name} {size}")).collect();
        text += &format!("      among them: {}\n", parts.join(", "));
        for answers in &trial.wrong {
            text += &format!("      the engine decides otherwise on {answers:?}\n");
        }
    }
    for patient in &report.disagreements {
        text += &format!("    ✗ the engine and the proof do not agree on {}\n", patient.json);
    }
    text += "\n";
    if !report.shadowed.is_empty() {
        let ids: Vec<&str> = report.shadowed.iter().map(mesocheck::model::RuleId::as_str).collect();
        text += &format!("  never decide, as others reach their outcome too: {}\n", ids.join(", "));
    }
    for (a, b) in &report.equal {
        text += &format!("  fire for the same answer sets: {a}, {b}\n");
    }
    text
}

/// What the trial holds the engine to.
const TESTED: &[&str] = &[
    "I01 Every answer set gets one outcome, or is incomplete.",
    "I02 The outcome is the most severe of all rules that fire.",
    "I09 The mildest outcome means that everything asked is answered and no rule fires at a higher one.",
    "I10 While an asked question has no answer, only urgent outcomes are shown.",
    "I11 Answers to questions that are not asked change nothing.",
    "I12 The reasons are exactly the rules that fire, none twice, most severe first.",
    "I14 The wait is the longest of all.",
    "I17 The order of answering changes nothing.",
    "I24 Where \"none\" stands beside a sign, the sign counts.",
];

fn counted(what: &str, check: &CheckContent, counts: &Counts) -> String {
    let number = |count: &Option<BigUint>| count.as_ref().map_or_else(|| "not counted".into(), grouped);
    let mut text = format!("  {what}: {}\n", number(&counts.all));
    for (outcome, count) in check.check.outcomes.iter().zip(&counts.by_outcome) {
        text += &format!("    {:<13} {}\n", outcome.id.as_str(), number(count));
    }
    for (level, question) in &counts.stuck {
        let outcome = check.check.outcomes.get(*level).map_or("any", |outcome| outcome.id.as_str());
        let at = question.as_ref().map(|question| format!(": too much hangs together from question `{question}` on"));
        text += &format!("    below `{outcome}` not counted within the limit{}\n", at.unwrap_or_default());
    }
    text + "\n"
}

fn grouped_number(number: usize) -> String {
    grouped(&BigUint::from(number))
}

fn shown(check: &CheckContent, broken: &Broken) -> String {
    let Some(patient) = &broken.patient else { return format!("      {}\n", broken.what) };
    let told = if patient.words.is_empty() {
        "somebody who gives every clear answer".into()
    } else {
        patient.words.join("; ")
    };
    format!("      {told}\n        {} and gets `{}`\n        {}\n", broken.what, outcome(check, patient), patient.json)
}

fn outcome(check: &CheckContent, patient: &Patient) -> String {
    let outcome = patient.outcome.and_then(|place| check.check.outcomes.get(place));
    outcome.map(|outcome| outcome.id.to_string()).unwrap_or_default()
}
