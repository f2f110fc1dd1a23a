//! `mesocheck cohort`: of 1,000 visitors, how many get each outcome, and which rules do it.

use crate::command::{check_of, whole_content};
use crate::read::{CheckContent, Cohort, Ground, WHOLE, one_of};
use anyhow::Result;
use fastrand::Rng;
use mesocheck::engine::{Standing, decide, journey, replay};
use mesocheck::model::{Answers, Check, Confidence, Date, Decision, Kind, Look, Now, OptionId, Options, Question};
use std::collections::BTreeMap;
use std::path::Path;

/// Which check.
#[derive(clap::Args)]
pub struct Arguments {
    /// `suitability` or `aftercare`; both where it is left out.
    check: Option<String>,
}

/// So many visitors are drawn.
const VISITORS: usize = 100_000;
/// So many are told of.
const TOLD: usize = 1_000;
/// So many lines a list of rules has at most.
const LINES: usize = 25;
/// The same visitors are drawn each time.
const SEED: u64 = 1;

/// Runs the command.
///
/// # Errors
/// Where the content has a problem, or there is no such check.
pub fn run(folder: &Path, arguments: &Arguments) -> Result<()> {
    let content = whole_content(folder)?;
    let wanted: Vec<&CheckContent> = match &arguments.check {
        Some(id) => vec![check_of(&content, id)?],
        None => content.checks.iter().collect(),
    };
    let told: Vec<String> = wanted.into_iter().map(one).collect();
    terminal::write(format_args!("{}", told.join("\n")));
    Ok(())
}

fn one(held: &CheckContent) -> String {
    let id = &held.check.id;
    match &held.cohort {
        Some(cohort) => Tally::of(&held.check, cohort).told(held, cohort),
        None => format!("{id}: nobody has said how common the answers are; there is no {id}/cohort.toml.\n"),
    }
}

/// What came of all visitors.
#[derive(Debug)]
struct Tally {
    /// Visitors by place of the outcome.
    outcomes: Vec<usize>,
    /// By rule and place of its outcome, as a rule of a table has several.
    rules: BTreeMap<(String, usize), Fired>,
}

#[derive(Debug)]
struct Fired {
    confidence: Confidence,
    /// Visitors it fires for.
    all: usize,
    /// Visitors for whom no other rule leads as far.
    alone: usize,
}

impl Tally {
    fn of(check: &Check, cohort: &Cohort) -> Self {
        let mut tally = Self { outcomes: vec![0; check.outcomes.len()], rules: BTreeMap::new() };
        for rule in &check.rules {
            if let Some(outcome) = rule.outcome {
                let fired = Fired { confidence: rule.confidence, all: 0, alone: 0 };
                tally.rules.insert((rule.id.to_string(), outcome), fired);
            }
        }
        let mut rng = Rng::with_seed(SEED);
        for _ in 0..VISITORS {
            tally.add(check, &decided(check, &visitor(check, cohort, &mut rng)));
        }
        tally
    }

    fn add(&mut self, check: &Check, decision: &Decision) {
        if let Some(count) = decision.outcome.and_then(|outcome| self.outcomes.get_mut(outcome)) {
            *count += 1;
        }
        let found = decision.findings.iter().filter_map(|place| check.rules.get(*place));
        let found: Vec<(&str, usize)> = found.filter_map(|rule| Some((rule.id.as_str(), rule.outcome?))).collect();
        let leading = found.iter().filter(|(_, outcome)| decision.outcome == Some(*outcome)).count();
        for (id, outcome) in found {
            if let Some(fired) = self.rules.get_mut(&(id.to_owned(), outcome)) {
                fired.all += 1;
                fired.alone += usize::from(leading == 1 && outcome > 0 && decision.outcome == Some(outcome));
            }
        }
    }

    fn told(&self, held: &CheckContent, cohort: &Cohort) -> String {
        let check = &held.check;
        let mut text = format!("{}: of {TOLD} visitors\n\n", check.id);
        let shares = thousandths(&self.outcomes);
        for (outcome, share) in check.outcomes.iter().zip(&shares) {
            text.push_str(&format!("{share:>6}  {}\n", outcome.id));
        }
        text.push_str(&format!("\n{}\n", grounds(cohort)));
        text.push_str(&self.warning(check));
        text.push_str(&self.list("Rules that fire for the most visitors", check, |fired| fired.all));
        text.push_str(&self.list("Rules that decide alone: no other leads as far", check, |fired| fired.alone));
        text + &self.doubtful(held)
    }

    fn warning(&self, check: &Check) -> String {
        let mut rungs = check.outcomes.iter().zip(&self.outcomes).skip(1);
        let found = rungs.find(|(_, count)| **count * 2 > VISITORS).map(|(outcome, _)| outcome);
        found.map_or_else(String::new, |outcome| {
            format!(
                "\nWarning: more than half of all visitors get `{}`. What nearly everybody is told, nobody listens to.\n",
                outcome.id
            )
        })
    }

    fn list(&self, title: &str, check: &Check, count: fn(&Fired) -> usize) -> String {
        let mut rules: Vec<_> = self.rules.iter().filter(|(_, fired)| count(fired) > 0).collect();
        rules.sort_by_key(|(_, fired)| std::cmp::Reverse(count(fired)));
        let mut text = format!("\n{title}\n\n");
        for (rule, fired) in rules.iter().take(LINES) {
            text.push_str(&line(rule, fired, count(fired), check));
        }
        let more = rules.len().saturating_sub(LINES);
        if more > 0 {
            text.push_str(&format!("        and {more} more\n"));
        }
        text
    }

    /// Rules of low confidence that can make people wait, or worse, by themselves.
    fn doubtful(&self, held: &CheckContent) -> String {
        let check = &held.check;
        let wait = check.outcomes.iter().position(|outcome| outcome.look >= Look::Wait);
        let far = |outcome: usize| wait.is_some_and(|wait| outcome >= wait);
        let mut rules: Vec<_> = self.rules.iter().collect();
        rules.retain(|((_, outcome), fired)| far(*outcome) && fired.confidence == Confidence::Low);
        rules.sort_by_key(|(_, fired)| std::cmp::Reverse(fired.alone));
        let Some(name) = wait.and_then(|wait| check.outcomes.get(wait)).filter(|_| !rules.is_empty()) else {
            return String::new();
        };
        let mut text = format!("\nRules of low confidence that alone give `{}` or worse\n\n", name.id);
        for (rule, fired) in rules {
            let line = line(rule, fired, fired.alone, check);
            let by = held.agreed.get(rule.0.as_str()).map_or("nobody has agreed yet", String::as_str);
            text.push_str(&format!("{}  {by}\n", line.trim_end()));
        }
        text
    }
}

fn line((id, outcome): &(String, usize), fired: &Fired, count: usize, check: &Check) -> String {
    let outcome = check.outcomes.get(*outcome).map(|outcome| outcome.id.as_str()).unwrap_or_default();
    let share = rounded(count);
    let share = if share == 0 && count > 0 { "<1".to_owned() } else { share.to_string() };
    format!("{share:>6}  {id:<28} {outcome:<13} {}\n", fired.confidence.as_str())
}

fn rounded(count: usize) -> usize {
    (count * TOLD + VISITORS / 2) / VISITORS
}

/// Counts scaled so that they add up to [`TOLD`]: what rounding down leaves goes to the largest remainders.
fn thousandths(counts: &[usize]) -> Vec<usize> {
    let mut shares: Vec<usize> = counts.iter().map(|count| count * TOLD / VISITORS).collect();
    let mut places: Vec<(usize, &usize)> = counts.iter().enumerate().collect();
    places.sort_by_key(|(_, count)| std::cmp::Reverse(*count * TOLD % VISITORS));
    let left = TOLD.saturating_sub(shares.iter().sum());
    for (place, _) in places.into_iter().take(left) {
        shares.iter_mut().skip(place).take(1).for_each(|share| *share += 1);
    }
    shares
}

fn grounds(cohort: &Cohort) -> String {
    let stated: usize = cohort.0.iter().map(|shares| shares.stated).sum();
    let guessed = cohort.0.iter().filter(|shares| matches!(shares.ground, Ground::Guess(_)));
    let guessed: usize = guessed.map(|shares| shares.stated).sum();
    format!(
        "{guessed} of the {stated} numbers behind this are guesses, and answers are drawn as if none had to do with \
         another: read it as a rough picture."
    )
}

/// Answers of one visitor to every question. Those that are not asked count for nothing.
fn visitor(check: &Check, cohort: &Cohort, rng: &mut Rng) -> Answers {
    let mut answers = Answers::new();
    for (question, shares) in check.questions.iter().zip(&cohort.0) {
        let options = match number(&shares.numbers, &shares.options, rng) {
            Some(number) => vec![OptionId::new(number.to_string())],
            None => chosen(question, &shares.options, rng),
        };
        answers.set(question.id.clone(), options, day(check).moment);
    }
    answers
}

/// A number, drawn evenly between its bounds; none where an option is drawn.
fn number(numbers: &[(i64, i64, u32)], options: &[u32], rng: &mut Rng) -> Option<i64> {
    let all: u32 = numbers.iter().map(|(_, _, share)| share).chain(options).sum();
    let mut drawn = rng.u32(0..all.max(1));
    for (from, to, share) in numbers {
        if drawn < *share {
            return Some(rng.i64(*from..=*to));
        }
        drawn -= share;
    }
    None
}

fn chosen(question: &Question, shares: &[u32], rng: &mut Rng) -> Vec<OptionId> {
    let one_of = one_of(question);
    let of = |place: usize| shares.get(place).copied().unwrap_or_default();
    let places = |among: Options| (0..question.options.len()).filter(move |place| among.meets(Options::one(*place)));
    let whole = if matches!(question.kind, Kind::Number { .. }) { shares.iter().sum::<u32>().max(1) } else { WHOLE };
    let mut drawn = rng.u32(0..whole);
    let mut picked: Vec<usize> = Vec::new();
    for place in places(one_of) {
        if drawn < of(place) {
            picked.push(place);
            break;
        }
        drawn -= of(place);
    }
    if picked.is_empty() {
        picked.extend(places(Options(!one_of.0)).filter(|place| rng.u32(0..WHOLE) < of(*place)));
    }
    if picked.is_empty() {
        picked.push(question.clear);
    }
    picked.into_iter().filter_map(|place| Some(question.options.get(place)?.id.clone())).collect()
}

/// What the visitor is told: what follows an answer that stops the check is never answered.
fn decided(check: &Check, answers: &Answers) -> Decision {
    let now = day(check);
    let replayed = replay(check, answers, now);
    let decision = decide(check, &replayed, Standing::Current, now.today);
    let way = journey(check, &replayed, &decision);
    let Some(stop) = way.stop else { return decision };
    let seen = way.pages.iter().take(stop.page + 1).filter_map(|page| check.pages.get(*page));
    let seen: Vec<usize> = seen.flat_map(|page| page.questions.iter().copied()).collect();
    let mut answered = answers.clone();
    for (_, question) in check.questions.iter().enumerate().filter(|(place, _)| !seen.contains(place)) {
        answered.remove(question.id.as_str());
    }
    decide(check, &replay(check, &answered, now), Standing::Current, now.today)
}

/// Any day before the review date.
fn day(check: &Check) -> Now {
    Now::at_noon(Date(check.review_by.0.saturating_sub(1)))
}
