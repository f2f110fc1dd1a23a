//! A check as a form for paper, with its scoring key. Whoever goes through it from top to bottom, and does what it says,
//! comes to the outcome of the engine.
//!
//! - `ways`, `words`: conditions taken apart, and in words
//! - `results`: what the letters and numbers mean

mod results;
pub mod ways;
mod words;

use crate::draw::leads::{Leads, leads, stops};
use crate::draw::mark::letters;
use crate::form::ways::{Way, ways};
use mesocheck::model::{Ask, Check, Labels, Options, Question, Rule};
use mesocheck::page::Site;
use mesocheck::view::result::whom;
use mesocheck::view::words::fill;

/// A form: everything it says but the words of its questions, which stand in the check.
#[derive(Clone, Debug)]
pub struct Form {
    /// A field for each question, in order.
    pub fields: Vec<Field>,
    /// Boxes for the very end, whichever answer ended the check.
    pub last: Vec<Tick>,
    /// The results, most severe first.
    pub results: Vec<Row>,
    /// The numbers in the signs, and whom to ask.
    pub whom: Vec<Whom>,
}

/// A question.
#[derive(Clone, Debug)]
pub struct Field {
    /// Place of the question. Its number is one more.
    pub question: usize,
    /// When it is to be answered; `None`: always.
    pub only: Option<String>,
    /// Its boxes: a box for each option, then those for several answers of which this question has the last.
    pub ticks: Vec<Tick>,
    /// Where to stop.
    pub stops: Vec<Stop>,
    /// When there are no more questions.
    pub end: Option<String>,
}

/// A box.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Its number: that of the question, with a letter.
    pub code: String,
    /// What it stands for.
    pub box_of: BoxOf,
    /// What a tick leads to: a letter, and whom to ask as a number.
    pub sign: String,
    /// Place of the rule behind it.
    pub rule: Option<usize>,
    /// What to do at once.
    pub stop: Option<String>,
}

/// What a box stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BoxOf {
    /// The option at this place.
    Option(usize),
    /// Several answers: when to tick it.
    Answers(String),
}

/// Where to stop.
#[derive(Clone, Debug)]
pub struct Stop {
    /// When.
    pub when: String,
    /// The letter.
    pub sign: String,
    /// What to do.
    pub does: String,
}

/// A result.
#[derive(Clone, Debug)]
pub struct Row {
    /// Place of its outcome.
    pub outcome: usize,
    /// Its letter; none for the mildest, which is left when no tick has any.
    pub letter: Option<String>,
    /// Title.
    pub title: String,
    /// What to do.
    pub lead: String,
    /// Other titles: when, the title, and what to do.
    pub others: Vec<(String, String, String)>,
}

/// Whom to ask.
#[derive(Clone, Debug)]
pub struct Whom {
    /// The number in the signs.
    pub number: String,
    /// Whom.
    pub name: String,
    /// Title and first sentence of a result in which this number stands.
    pub title: Option<(String, String)>,
}

/// The sign of a box that leads to nothing.
const NOTHING: &str = "–";
/// The sign of a box that is only good to know.
const TOLD: &str = "i";

/// The form of a check.
pub fn of(site: &Site, check: &Check) -> Form {
    let writer = Writer { site, check, letters: letters(check) };
    let mut lines = writer.lines();
    let fields: Vec<Field> = check.questions.iter().enumerate().map(|pair| writer.field(pair, &mut lines)).collect();
    let number = check.questions.len();
    let last = lines.into_iter().enumerate().map(|(place, line)| writer.line(number, place, &line)).collect();
    let results = writer.results(&fields);
    let whom = check.asks.iter().map(|(ask, name)| writer.whom(*ask, name)).collect();
    Form { fields, last, results, whom }
}

/// Whether a rule only says "not sure" or "prefer not to say", and nothing of its own.
pub fn plainly_unsure(rule: &Rule) -> bool {
    rule.unsure.is_some() && rule.wait.is_none() && rule.action.is_none() && rule.ask.is_some()
}

/// The number of a box: that of its question, counted from 1, with a letter.
pub fn code(question: usize, place: usize) -> String {
    let letter = |place: usize| u8::try_from(place).map_or('z', |place| char::from(b'a'.saturating_add(place)));
    let first = (place >= 26).then(|| letter(place / 26 - 1));
    let letters: String = first.into_iter().chain([letter(place % 26)]).collect();
    format!("{}{letters}", question + 1)
}

/// A rule over several answers, and one of the ways to meet it.
struct Line {
    rule: usize,
    /// The last question it names; `None`: it may hold although a question was never asked.
    after: Option<usize>,
    when: String,
}

struct Writer<'a> {
    site: &'a Site,
    check: &'a Check,
    letters: Vec<String>,
}

impl Writer<'_> {
    fn labels(&self) -> &Labels {
        &self.site.labels
    }

    fn rule(&self, place: usize) -> Option<&Rule> {
        self.check.rules.get(place)
    }

    /// Rules that no option shows beside itself.
    fn lines(&self) -> Vec<Line> {
        let check = self.check;
        let pairs = check.questions.iter().enumerate();
        let options =
            pairs.flat_map(|(question, asked)| (0..asked.options.len()).map(move |option| (question, option)));
        let shown: Vec<usize> = options.filter_map(|(question, option)| beside(check, question, option)).collect();
        let rules = check.rules.iter().enumerate();
        let rules = rules.filter(|(place, rule)| rule.outcome.is_some() && !shown.contains(place));
        let line = |rule: usize, way: &Way| Line { rule, after: way.settled_by(), when: self.way(way) };
        let lines = |(place, rule): (usize, &Rule)| -> Vec<Line> {
            ways(&rule.when).iter().map(|way| line(place, way)).collect()
        };
        rules.flat_map(lines).collect()
    }

    fn field(&self, (place, question): (usize, &Question), lines: &mut Vec<Line>) -> Field {
        let options = question.options.len();
        let (mine, rest) = std::mem::take(lines).into_iter().partition(|line| line.after == Some(place));
        *lines = rest;
        let mine: Vec<Line> = mine;
        let boxes = (0..options).map(|option| self.option(place, option));
        let more = mine.iter().enumerate().map(|(number, line)| self.line(place, options + number, line));
        let filled = |text: &str, when: &str| fill(text, &[("when", when)]);
        let only = question.ask_when.as_ref().map(|when| filled(&self.labels().paper_only(), &self.when(when)));
        let ends = Some(question.ends).filter(|ends| !ends.is_empty());
        Field {
            question: place,
            only,
            ticks: boxes.chain(more).collect(),
            stops: self.stops(place, question),
            end: ends.map(|ends| filled(&self.labels().paper_end(), &self.ticked(place, ends))),
        }
    }

    fn option(&self, question: usize, option: usize) -> Tick {
        let rule = beside(self.check, question, option).and_then(|place| Some((place, self.rule(place)?)));
        let sign = rule.map_or_else(|| NOTHING.to_owned(), |(_, rule)| self.sign(rule));
        Tick {
            code: code(question, option),
            box_of: BoxOf::Option(option),
            sign,
            rule: rule.map(|(place, _)| place),
            stop: None,
        }
    }

    fn line(&self, question: usize, place: usize, line: &Line) -> Tick {
        let rule = self.rule(line.rule);
        let outcome = rule.and_then(|rule| rule.outcome);
        let asked = line.after.and_then(|after| self.check.questions.get(after));
        let stops = outcome.zip(asked).filter(|(outcome, asked)| stops(self.check, asked, *outcome));
        Tick {
            code: code(question, place),
            box_of: BoxOf::Answers(fill(&self.labels().paper_if(), &[("when", &line.when)])),
            sign: rule.map(|rule| self.sign(rule)).unwrap_or_default(),
            rule: Some(line.rule),
            stop: stops.map(|(outcome, _)| format!("{} {}", self.labels().paper_stop_here(), self.does(outcome))),
        }
    }

    /// A letter for the outcome, and a number for whom to ask.
    fn sign(&self, rule: &Rule) -> String {
        let Some(letter) = rule.outcome.and_then(|outcome| self.letters.get(outcome)) else { return TOLD.to_owned() };
        let number = whom(rule).and_then(|ask| self.number(ask));
        format!("{letter}{}", number.unwrap_or_default())
    }

    /// The number of whom to ask.
    fn number(&self, ask: Ask) -> Option<String> {
        self.check.asks.iter().position(|(known, _)| *known == ask).map(|place| (place + 1).to_string())
    }

    /// What to do at an outcome.
    fn does(&self, outcome: usize) -> String {
        let outcome = self.check.outcomes.get(outcome);
        outcome.map(|outcome| self.site.say(&format!("{}. {}", outcome.title, outcome.lead))).unwrap_or_default()
    }

    /// Where the options of a question stop the check, most severe first.
    fn stops(&self, place: usize, question: &Question) -> Vec<Stop> {
        let at = |outcome: usize| {
            let leads_there = |option: &usize| {
                let rule = beside(self.check, place, *option).and_then(|rule| self.rule(rule));
                rule.is_some_and(|rule| rule.outcome == Some(outcome))
            };
            let options = (0..question.options.len()).filter(leads_there);
            let options = options.fold(Options::NONE, |set, option| set.with(Options::one(option)));
            let when = fill(&self.labels().paper_stop(), &[("when", &self.ticked(place, options))]);
            let sign = self.letters.get(outcome).cloned().unwrap_or_default();
            (!options.is_empty()).then(|| Stop { when, sign, does: self.does(outcome) })
        };
        let outcomes = (0..self.check.outcomes.len()).rev().filter(|outcome| stops(self.check, question, *outcome));
        outcomes.filter_map(at).collect()
    }
}

/// The rule whose sign stands beside an option.
fn beside(check: &Check, question: usize, option: usize) -> Option<usize> {
    match leads(check, question, option) {
        Leads::Note(rule) | Leads::To(_, rule) => Some(rule),
        Leads::Nothing | Leads::Counts | Leads::Depends(..) => None,
    }
}
