//! `cohort.toml`: how common each answer is among visitors.

use crate::problem::Located;
use crate::read::source::Known;
use crate::read::toml::{Table, suggestion};
use mesocheck::model::{Check, Kind, Options, Question};

/// Shares are of this many visitors who are asked.
pub const WHOLE: u32 = 10_000;

/// How common each answer is: by place of the question.
#[derive(Debug)]
pub struct Cohort(pub Vec<Shares>);

/// How common the answers to a question are, of [`WHOLE`].
#[derive(Debug)]
pub struct Shares {
    /// By place of the option. Of a number's and of exclusive ones, one is drawn; of others, each for itself.
    pub options: Vec<u32>,
    /// Of a number: smallest, largest, and how many say one between them.
    pub numbers: Vec<(i64, i64, u32)>,
    /// How many shares the content states.
    pub stated: usize,
    /// What they rest on.
    pub ground: Ground,
}

/// What shares rest on.
#[derive(Debug, PartialEq, Eq)]
pub enum Ground {
    /// Places of sources.
    Sources(Vec<usize>),
    /// A guess, and why this one.
    Guess(String),
}

/// Reads the file. Where the logic of the check has a problem, nothing is said about names.
pub fn read(table: &Table, check: &Check, known: &Known, readable: bool) -> Cohort {
    let names: Vec<&str> = check.questions.iter().map(|question| question.id.as_str()).collect();
    for key in table.keys().iter().filter(|key| !names.contains(&key.value.as_str())) {
        table.ignore(&key.value);
        if !readable {
            continue;
        }
        key.at.report(format!("There is no question `{}`", key.value), suggestion(&key.value, &names));
    }
    let shares = check.questions.iter().map(|question| {
        let entry = table.maybe_table(question.id.as_str());
        if readable && !table.has(question.id.as_str()) {
            let help = "Add it, with of_10000 and source, or of_10000 and guess.";
            table.at.report(format!("Question `{}` is missing here", question.id), help);
        }
        entry.map_or_else(Shares::none, |entry| one(entry, question, known, readable))
    });
    let cohort = Cohort(shares.collect());
    table.finish();
    cohort
}

impl Shares {
    fn none() -> Self {
        Self { options: Vec::new(), numbers: Vec::new(), stated: 0, ground: Ground::Sources(Vec::new()) }
    }
}

fn one(entry: &Table, question: &Question, known: &Known, readable: bool) -> Shares {
    let mut shares = Shares { ground: ground(entry, known), ..Shares::none() };
    shares.options = vec![0; question.options.len()];
    match entry.maybe_table("of_10000") {
        Some(given) => {
            for key in given.keys() {
                let share = share(given, &key);
                shares.stated += 1;
                if let Some(slot) = question.option(&key.value).and_then(|place| shares.options.get_mut(place)) {
                    *slot = share;
                } else if let Some((from, to)) = numbers(&key.value, question) {
                    shares.numbers.push((from, to, share));
                } else if readable {
                    unknown(&key, question);
                }
            }
            if readable {
                hold(given, question, &shares);
            }
        }
        None if !entry.has("of_10000") => {
            entry.at.report("`of_10000` is missing here", "Add of_10000 = { option = 150, … }.");
        }
        None => {}
    }
    entry.finish();
    shares
}

fn share(given: &Table, key: &Located<String>) -> u32 {
    let Some(number) = given.maybe_number(&key.value) else { return 0 };
    let share = u32::try_from(number.value).ok().filter(|share| *share <= WHOLE);
    if share.is_none() {
        number.at.report("A share is a number from 0 to 10000", "Write how many of 10,000 visitors answer this.");
    }
    share.unwrap_or_default()
}

/// `"18 to 40"`, for a question that asks for a number.
fn numbers(key: &str, question: &Question) -> Option<(i64, i64)> {
    let Kind::Number { min, max } = question.kind else { return None };
    let (from, to) = key.split_once(" to ")?;
    let (from, to) = (from.parse().ok()?, to.parse().ok()?);
    (min <= from && from <= to && to <= max).then_some((from, to))
}

fn unknown(key: &Located<String>, question: &Question) {
    let known: Vec<&str> = question.options.iter().map(|option| option.id.as_str()).collect();
    let help = match question.kind {
        Kind::Number { min, max } => format!("Name an option, or numbers within \"{min} to {max}\"."),
        Kind::One | Kind::Many => suggestion(&key.value, &known),
    };
    key.at.report(format!("There is no option `{}`", key.value), help);
}

/// Holds the shares of a question against its options.
fn hold(given: &Table, question: &Question, shares: &Shares) {
    let number = matches!(question.kind, Kind::Number { .. });
    let drawn = one_of(question);
    let mut without = Vec::new();
    for (place, option) in question.options.iter().enumerate() {
        let (is_clear, named) = (!number && place == question.clear, given.has(option.id.as_str()));
        if is_clear && named && drawn.meets(Options::one(place)) {
            let help = "Take it away: it is given by all who give no other.";
            given.key_at(option.id.as_str()).report(format!("`{}` is the clear answer", option.id), help);
        }
        if !is_clear && !named {
            without.push(format!("`{}`", option.id));
        }
    }
    if !without.is_empty() {
        let help = "Write how many of 10,000 give each, even 0.";
        given.at.report(format!("No share is given for {}", without.join(", ")), help);
    }
    let options = shares.options.iter().enumerate().filter(|(place, _)| drawn.meets(Options::one(*place)));
    let sum: u32 = options.map(|(_, share)| share).chain(shares.numbers.iter().map(|(_, _, share)| share)).sum();
    if sum > WHOLE {
        given.at.report(format!("These shares add up to {sum}"), "Only one of them is given: at most 10000 together.");
    } else if number && sum < WHOLE {
        let help = "A number has no clear answer that takes the rest: they add up to 10000.";
        given.at.report(format!("These shares add up to {sum}"), help);
    }
}

/// The options of which at most one is given.
pub fn one_of(question: &Question) -> Options {
    if question.kind == Kind::Many { question.exclusive } else { Options(!0) }
}

fn ground(entry: &Table, known: &Known) -> Ground {
    let guess = entry.maybe_text("guess").map(|guess| guess.value);
    let sources = if entry.has("source") { entry.some_texts("source") } else { entry.texts("source") };
    if entry.has("guess") == entry.has("source") {
        let help = "Add source = [\"…\"], or guess = \"…\" with the reason for these numbers.";
        entry.at.report("Shares rest either on a source or on a guess", help);
    }
    match guess {
        Some(guess) => Ground::Guess(guess),
        None => Ground::Sources(known.keep(sources)),
    }
}
