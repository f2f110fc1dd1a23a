//! Random checks, written as questionnaires and read again by the rules of FHIR: what is shown, and what is missing,
//! must be what the engine says.

use crate::fhir::Writer;
use crate::proof::generated;
use fastrand::Rng;
use mesocheck::engine::replay;
use mesocheck::model::{
    Answers, Check, Choice, Clinic, Condition, Date, Kind, Labels, Moment, Now, OptionId, Options, Page, PageId,
    Question, QuestionId, Review, ReviewState, StepId,
};
use mesocheck::page::Site;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const CHECKS: u64 = 400;
const SETS: usize = 50;
const QUESTIONS: usize = 9;
const OPTIONS: usize = 4;
const NOW: Now = Now { moment: Moment(1_000_000), today: Date(20_000) };

#[test]
fn random_checks_ask_the_same_as_questionnaires() {
    let form = generated::content(1).check;
    let (mut shown, mut hidden, mut ended, mut refused, mut deep) = (0, 0, 0, 0, 0);
    for seed in 0..CHECKS {
        let mut rng = Rng::with_seed(seed);
        let check = check(&form, &mut rng);
        let Ok(form) = written(&check) else {
            refused += 1;
            continue;
        };
        deep += form.to_string().matches(".when.1").count();
        for _ in 0..SETS {
            let answers = answers(&check, &mut rng);
            let replayed = replay(&check, &answers, NOW);
            let reading = Reading::of(&form, &check, &answers);
            let seen: Vec<bool> = check.questions.iter().map(|question| reading.asks(question)).collect();
            assert_eq!(seen, replayed.asked, "seed {seed}: {answers:?}\n{}\n{form:#}", json!(check.questions));
            let missing: Vec<&str> = replayed.missing().map(|place| check.questions[place].id.as_str()).collect();
            assert_eq!(reading.missing(), missing, "seed {seed}: {answers:?}\n{form:#}");
            shown += seen.iter().filter(|shown| **shown).count();
            hidden += seen.iter().filter(|shown| !**shown).count();
            ended += usize::from(replayed.ended.is_some());
        }
    }
    println!(
        "shown {shown}, hidden {hidden}, ended {ended} sets, refused {refused} checks, groups around groups {deep}"
    );
    assert!(refused * 10 < CHECKS, "{refused} checks were refused");
    assert!(shown > 50_000 && hidden > 50_000 && ended > 4_000 && deep > 200);
}

#[test]
fn what_cannot_be_said_is_refused_by_name() {
    let form = generated::content(1).check;
    let mut check = check(&form, &mut Rng::with_seed(1));
    let refused = |when: Condition, check: &mut Check| {
        check.questions[3].ask_when = Some(when);
        written(check).unwrap_err().to_string()
    };
    // Each of 16 pairs may hold by its one half or its other: 65,536 clauses.
    let pair = |option: usize| {
        Condition::All(vec![
            Condition::AllOf(option % 3, Options::one(option % 4)),
            Condition::AllOf((option + 1) % 3, Options(1 << (option % 5) | 16 << option)),
        ])
    };
    let told = refused(Condition::Any((0..16).map(pair).collect()), &mut check);
    assert!(told.contains("`q3`") && told.contains("too many"), "{told}");
    for never in [Condition::AnyOf(0, Options::NONE), Condition::Any(Vec::new())] {
        let told = refused(never, &mut check);
        assert!(told.contains("`q3`") && told.contains("never be asked"), "{told}");
    }
    let told = refused(Condition::AllOf(0, Options::one(60)), &mut check);
    assert!(told.contains("`q0`") && told.contains("option 60"), "{told}");
    let asks = |options: bool, check: &Check| {
        check.questions.iter().position(|question| (question.options.len() == OPTIONS) == options).unwrap()
    };
    let (number, choice) = (asks(false, &check), asks(true, &check));
    for (place, word) in [(number, "1099511627776"), (choice, "asks for a number")] {
        let told = refused(Condition::AtLeast(place, 1 << 40), &mut check);
        assert!(told.contains(&format!("`q{place}`")) && told.contains(word), "{told}");
    }
    check.questions[3] =
        Question { ask_when: None, kind: Kind::Number { min: 0, max: 1 << 40 }, ..check.questions[3].clone() };
    let told = written(&check).unwrap_err().to_string();
    assert!(told.contains("`q3`") && told.contains("1099511627776"), "{told}");
}

fn written(check: &Check) -> anyhow::Result<Value> {
    let review = Review { state: ReviewState::Draft, by: String::new(), on: String::new() };
    let site = Site::new(Labels::default(), review, Clinic::default());
    let items = Writer { check, site: &site, system: "urn:options".into() }.steps()?;
    Ok(json!({ "item": items }))
}

/// Questions of every kind, on pages of one to three, under conditions within conditions; some end the check.
fn check(form: &Check, rng: &mut Rng) -> Check {
    let mut questions = Vec::new();
    for _ in 0..QUESTIONS {
        questions.push(question(&form.questions[0], &questions, rng));
    }
    let steps = (0..3).map(|step| (StepId::new(format!("s{step}")), String::new())).collect();
    let mut pages: Vec<Page> = Vec::new();
    for (place, question) in questions.iter().enumerate() {
        match pages.last_mut() {
            Some(page) if page.step == question.step && rng.bool() => page.questions.push(place),
            _ => pages.push(Page {
                id: PageId::new(format!("p{place}")),
                step: question.step,
                title: rng.bool().then(String::new),
                questions: vec![place],
            }),
        }
    }
    Check { questions, steps, pages, rules: Vec::new(), ..form.clone() }
}

fn question(form: &Question, before: &[Question], rng: &mut Rng) -> Question {
    let place = before.len();
    let kind = [Kind::One, Kind::Many, Kind::Number { min: 0, max: 9 }][rng.usize(0..3)];
    let number = matches!(kind, Kind::Number { .. });
    let options = if number { rng.usize(0..3) } else { OPTIONS };
    let ends = rng.u8(0..4) == 0 && options > 0;
    let option =
        |option| Choice { id: OptionId::new(format!("o{option}")), label: String::new(), examples: String::new() };
    Question {
        id: QuestionId::new(format!("q{place}")),
        step: place * 3 / QUESTIONS,
        kind,
        ask_when: (place > 0 && rng.u8(0..4) > 0).then(|| condition(before, 2, rng)),
        ends: if ends { Options::one(rng.usize(0..options)) } else { Options::NONE },
        exclusive: Options::NONE,
        options: (0..options).map(option).collect(),
        ..form.clone()
    }
}

fn condition(before: &[Question], depth: usize, rng: &mut Rng) -> Condition {
    let parts = |rng: &mut Rng| (0..rng.usize(1..4)).map(|_| condition(before, depth - 1, rng)).collect();
    match rng.usize(0..if depth == 0 { 1 } else { 4 }) {
        0 => plain(before, rng),
        1 => Condition::All(parts(rng)),
        2 => Condition::Any(parts(rng)),
        _ => Condition::Not(Box::new(condition(before, depth - 1, rng))),
    }
}

fn plain(before: &[Question], rng: &mut Rng) -> Condition {
    let place = rng.usize(0..before.len());
    let options = before[place].options.len();
    let number = matches!(before[place].kind, Kind::Number { .. });
    match rng.usize(0..4) {
        0 if number => Condition::AtLeast(place, rng.i64(0..=9)),
        1 if number => Condition::AtMost(place, rng.i64(0..=9)),
        _ if options == 0 => Condition::AtLeast(place, rng.i64(0..=9)),
        2 => Condition::AllOf(place, Options::one(rng.usize(0..options)).with(Options::one(rng.usize(0..options)))),
        _ => Condition::AnyOf(place, Options(rng.u64(1..1 << options))),
    }
}

/// Answers to most questions, asked or not; to a number sometimes both a number and an option.
fn answers(check: &Check, rng: &mut Rng) -> Answers {
    let mut answers = Answers::new();
    for question in &check.questions {
        if rng.u8(0..5) == 0 {
            continue;
        }
        let all = question.options.len();
        let mut chosen: Vec<String> = match question.kind {
            Kind::One => vec![format!("o{}", rng.usize(0..all))],
            Kind::Many => (0..rng.usize(1..=2)).map(|_| format!("o{}", rng.usize(0..all))).collect(),
            Kind::Number { .. } => {
                let number = rng.bool().then(|| rng.i64(0..=9).to_string());
                let option = (all > 0 && rng.bool()).then(|| format!("o{}", rng.usize(0..all)));
                number.into_iter().chain(option).collect()
            }
        };
        chosen.sort_unstable();
        chosen.dedup();
        answers.set(question.id.clone(), chosen.into_iter().map(OptionId::new).collect(), NOW.moment);
    }
    answers
}

/// A questionnaire with answers, read by the rules of FHIR: an item is enabled if all items around it are and its own
/// conditions hold; an answer counts if its item is enabled.
struct Reading<'a> {
    /// By `linkId`, with all items around each, the outermost first and itself last.
    items: BTreeMap<&'a str, Vec<&'a Value>>,
    /// In order.
    order: Vec<&'a str>,
    answers: BTreeMap<String, Vec<Value>>,
}

impl<'a> Reading<'a> {
    fn of(form: &'a Value, check: &Check, answers: &Answers) -> Self {
        let mut reading = Self { items: BTreeMap::new(), order: Vec::new(), answers: BTreeMap::new() };
        reading.add(form, &[]);
        for (id, answer) in answers.iter() {
            let (_, question) = check.question(id.as_str()).unwrap();
            let number = matches!(question.kind, Kind::Number { .. });
            for option in &answer.options {
                let (item, value) = match option.as_str().parse::<i64>() {
                    Ok(number) => (id.to_string(), json!(number)),
                    Err(_) if number => (format!("{id}.or"), json!(option.as_str())),
                    Err(_) => (id.to_string(), json!(option.as_str())),
                };
                reading.answers.entry(item).or_default().push(value);
            }
        }
        reading
    }

    fn add(&mut self, parent: &'a Value, around: &[&'a Value]) {
        for item in parent["item"].as_array().into_iter().flatten() {
            let path: Vec<&Value> = around.iter().copied().chain([item]).collect();
            let id = item["linkId"].as_str().unwrap();
            assert!(self.items.insert(id, path.clone()).is_none(), "{id} twice");
            self.order.push(id);
            self.add(item, &path);
        }
    }

    fn asks(&self, question: &Question) -> bool {
        let number = format!("{}.or", question.id);
        self.enabled(question.id.as_str()) || self.items.contains_key(number.as_str()) && self.enabled(&number)
    }

    fn missing(&self) -> Vec<&str> {
        let required = |id: &&&str| self.items[**id].last().unwrap()["required"] == json!(true);
        let missing = self.order.iter().filter(required).filter(|id| self.enabled(id) && self.given(id).is_empty());
        missing.copied().collect()
    }

    fn enabled(&self, id: &str) -> bool {
        self.items[id].iter().all(|item| {
            let conditions = item.get("enableWhen").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
            let mut met = conditions.iter().map(|condition| self.met(condition.as_object().unwrap()));
            match item.get("enableBehavior").and_then(Value::as_str) {
                Some("any") => met.any(|met| met),
                Some("all") => met.all(|met| met),
                _ => {
                    assert!(conditions.len() < 2, "several conditions need an enableBehavior: {item}");
                    met.all(|met| met)
                }
            }
        })
    }

    fn given(&self, id: &str) -> &[Value] {
        let given = self.answers.get(id).map(Vec::as_slice).unwrap_or_default();
        if self.enabled(id) { given } else { &[] }
    }

    fn met(&self, condition: &Map<String, Value>) -> bool {
        let given = self.given(condition["question"].as_str().unwrap());
        let code = condition.get("answerCoding").map(|coding| &coding["code"]);
        let number = condition.get("answerInteger").and_then(Value::as_i64);
        let numbers = || given.iter().filter_map(Value::as_i64).zip(std::iter::repeat(number.unwrap()));
        match condition["operator"].as_str().unwrap() {
            "exists" => condition["answerBoolean"] == json!(!given.is_empty()),
            "=" => given.iter().any(|value| Some(value) == code),
            "!=" => !given.iter().any(|value| Some(value) == code),
            ">=" => numbers().any(|(one, other)| one >= other),
            "<=" => numbers().any(|(one, other)| one <= other),
            ">" => numbers().any(|(one, other)| one > other),
            "<" => numbers().any(|(one, other)| one < other),
            other => panic!("FHIR knows no {other}"),
        }
    }
}
