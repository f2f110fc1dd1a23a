//! Checks made at random, to see how far the proof reaches: 300 questions, 2,000 rules. The same for the same seed.

use crate::read::{CheckContent, Demand, Must};
use fastrand::Rng;
use mesocheck::model::{
    Check, CheckId, Choice, Condition, Confidence, Date, Kind, Look, OptionId, Options, Outcome, OutcomeId, Page,
    PageId, Question, QuestionId, Rule, RuleId, StepId, Stops,
};
use std::collections::{BTreeMap, BTreeSet};

/// Seeds that are tried.
pub const SEEDS: std::ops::RangeInclusive<u64> = 1..=20;

const QUESTIONS: usize = 300;
const RULES: usize = 2000;
/// Of them, rules of several answers.
const COMBINED: usize = 200;
/// Per question: six that lead somewhere, the clear one, and "not sure".
const OPTIONS: usize = 8;
const CLEAR: usize = 6;
const UNSURE: usize = 7;

/// A check with its demands.
pub fn content(seed: u64) -> CheckContent {
    let mut rng = Rng::with_seed(seed);
    let questions: Vec<Question> = (0..QUESTIONS).map(|place| question(place, &mut rng)).collect();
    let mut rules: Vec<Rule> = (0..QUESTIONS).flat_map(|place| option_rules(place, &mut rng)).collect();
    rules.truncate(RULES - COMBINED);
    while rules.len() < RULES {
        rules.push(combined(rules.len(), &questions, &mut rng));
    }
    let check = Check {
        id: CheckId::new(format!("generated-{seed}")),
        title: String::new(),
        lead: String::new(),
        points: Vec::new(),
        keeps_answers: false,
        review_by: Date(i32::MAX),
        outcomes: ["clear", "talk", "wait", "not-suitable", "same-day", "emergency"].map(outcome).into(),
        headlines: Vec::new(),
        steps: vec![(StepId::new("first"), String::new()), (StepId::new("rest"), String::new())],
        pages: (0..QUESTIONS).map(page).collect(),
        questions,
        rules,
        asks: Vec::new(),
        first_aid: Vec::new(),
        changes: Vec::new(),
        to_ask: Vec::new(),
        to_bring: Vec::new(),
        sources: Vec::new(),
        safety_net: None,
    };
    let musts = musts(&check);
    CheckContent { check, musts, cases: Vec::new(), cohort: None, agreed: BTreeMap::new(), most_screens: QUESTIONS }
}

fn outcome(id: &str) -> Outcome {
    let urgent = ["same-day", "emergency"].contains(&id);
    Outcome {
        id: OutcomeId::new(id),
        title: id.into(),
        lead: String::new(),
        shown_incomplete: urgent,
        stops: urgent.then_some(if id == "emergency" { Stops::Anywhere } else { Stops::FirstStep }),
        book: false,
        self_care: false,
        look: Look::Clear,
    }
}

fn page(place: usize) -> Page {
    Page { id: PageId::new(format!("p{place}")), step: step(place), title: None, questions: vec![place] }
}

fn step(place: usize) -> usize {
    usize::from(place >= 2)
}

/// One in five is asked only of some, by a question not far before it.
fn question(place: usize, rng: &mut Rng) -> Question {
    let many = place < 2 || rng.u8(0..5) < 3;
    let asked = (place > 2 && rng.u8(0..5) == 0).then(|| {
        let parent = rng.usize(place.saturating_sub(12).max(2)..place);
        let when = Condition::AnyOf(parent, Options(rng.u64(1..64)));
        // What is asked of those who are clear is asked of nearly everybody.
        if rng.u8(0..8) == 0 { Condition::AnyOf(parent, Options(0b1111_1111)) } else { when }
    });
    let id = |option: usize| match option {
        CLEAR => "none".to_owned(),
        UNSURE => "not_sure".to_owned(),
        other => format!("o{other}"),
    };
    let alone = Options::one(CLEAR).with(Options::one(UNSURE));
    Question {
        id: QuestionId::new(format!("q{place}")),
        print: String::new(),
        step: step(place),
        kind: if many { Kind::Many } else { Kind::One },
        ask_when: asked,
        fresh_for: None,
        ends: Options::NONE,
        exclusive: if many { alone } else { Options::NONE },
        clear: CLEAR,
        warning_signs: false,
        private: false,
        text: String::new(),
        why: String::new(),
        hint: String::new(),
        topic: format!("q{place}"),
        options: (0..OPTIONS)
            .map(|option| Choice { id: OptionId::new(id(option)), label: id(option), examples: String::new() })
            .collect(),
    }
}

fn option_rules(place: usize, rng: &mut Rng) -> Vec<Rule> {
    let level = |rng: &mut Rng| match rng.u8(0..100) {
        0..70 => 1,
        70..88 => 2,
        88..97 => 3,
        _ => 4,
    };
    let options = (0..OPTIONS).filter(|option| *option != CLEAR && *option != 5);
    options
        .map(|option| {
            let level = match (place, option) {
                (0, UNSURE) | (1, _) => 4,
                (0, _) => 5,
                (_, UNSURE) => 1,
                _ => level(rng),
            };
            rule(format!("q{place}.{option}"), Condition::AnyOf(place, Options::one(option)), level)
        })
        .collect()
}

/// Two or three answers that together mean more, of questions that are asked of everyone; most stand near each other.
fn combined(number: usize, questions: &[Question], rng: &mut Rng) -> Rule {
    let everyone: Vec<usize> =
        (2..questions.len()).filter(|place| questions.get(*place).is_some_and(|one| one.ask_when.is_none())).collect();
    let first = rng.usize(0..everyone.len());
    let mut places = BTreeSet::from([first]);
    for _ in 0..rng.usize(1..3) {
        let far = rng.u8(0..20) == 0;
        places.insert(if far { rng.usize(0..everyone.len()) } else { (first + rng.usize(1..6)) % everyone.len() });
    }
    let places = places.into_iter().filter_map(|number| everyone.get(number));
    let parts = places.map(|place| Condition::AnyOf(*place, Options(rng.u64(1..64)))).collect();
    rule(format!("x.{number}"), Condition::All(parts), rng.usize(1..5))
}

fn rule(id: String, when: Condition, level: usize) -> Rule {
    Rule {
        id: RuleId::new(id),
        when,
        outcome: Some(level),
        reason: String::new(),
        action: None,
        ask: None,
        scope: None,
        wait: None,
        within: None,
        unsure: None,
        sources: Vec::new(),
        confidence: Confidence::Low,
    }
}

/// What every check is held to, and the floors a clinician would demand here.
fn musts(check: &Check) -> Vec<Must> {
    let signs = |level: usize, place: usize| Demand::IfAnswered(Condition::AnyOf(place, Options(0b1_1111)), level);
    let everyone = check.questions.iter().enumerate().filter(|(_, question)| question.ask_when.is_none());
    let demands = [
        ("signs", signs(5, 0)),
        ("today", signs(4, 1)),
        ("unsure", Demand::UnsureAtLeast(1, Vec::new())),
        ("asked", Demand::AskedOfEveryone(everyone.map(|(place, _)| place).collect())),
        ("adding", Demand::AddingNeverLowers),
        ("clear", Demand::ClearIsMildest),
        ("reachable", Demand::EverythingReachable),
    ];
    let must = |(id, demand): (&str, Demand)| Must {
        id: id.into(),
        says: id.into(),
        reason: String::new(),
        sources: Vec::new(),
        demand,
    };
    demands.into_iter().map(must).collect()
}
