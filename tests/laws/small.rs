//! Small random checks with answers to them: whole and partial, illegal, stale, and naming what does not exist.

use mesocheck::model::{
    Action, Answers, Ask, Check, Condition, Date, FromJson, Moment, Now, OptionId, Options, QuestionId, Scope, Unsure,
    Within,
};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::{BoxedStrategy, Just, Strategy, any, prop_oneof};
use proptest::sample::select;
use serde_json::{Value, json};

/// When every law is tried.
pub const NOW: Now = Now { moment: Moment(1_000_000), today: Date(20_000) };

/// The outcomes of every small check: only the last two are shown while answers are missing.
pub const LADDER: [&str; 5] = ["clear", "talk", "wait", "same-day", "emergency"];

// What a rule may say, and a headline look for: few of each, so that they often meet.
const ACTIONS: &[Action] = &[Action::Emergency, Action::GpSoon, Action::Gp];
const ASKS: &[Ask] = &[Ask::DoctorSoon, Ask::Doctor, Ask::Team];
const SCOPES: &[Scope] = &[Scope::Person, Scope::Area];
const WITHINS: &[Within] = &[Within::Hours, Within::Week];

/// A check, and what a person answered.
#[derive(Clone)]
pub struct Small {
    pub check: Check,
    pub given: Vec<Given>,
}

/// An answer, before it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub question: String,
    pub options: Vec<String>,
    pub age: i64,
}

impl Given {
    pub fn set(&self, answers: &mut Answers) {
        let options = self.options.iter().map(OptionId::new).collect();
        answers.set(QuestionId::new(&self.question), options, Moment(NOW.moment.0.saturating_sub(self.age)));
    }
}

/// Answers that were given one after the other.
pub fn stored<'a>(given: impl IntoIterator<Item = &'a Given>) -> Answers {
    let mut answers = Answers::new();
    given.into_iter().for_each(|given| given.set(&mut answers));
    answers
}

/// On one line, as a pack is written: a failing check must be readable.
impl std::fmt::Debug for Small {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} {:?}", json!(self.check), self.given)
    }
}

impl Small {
    pub fn answers(&self) -> Answers {
        stored(&self.given)
    }

    /// Every question gets an answer, and no rule raises anything: by chance alone that is rare.
    pub fn make_mild(&mut self) {
        for (place, question) in self.check.questions.iter_mut().enumerate() {
            question.fresh_for = None;
            self.given.push(Given { question: format!("q{place}"), options: vec!["o0".into()], age: 0 });
        }
        self.check.rules.retain(|rule| rule.outcome.is_none_or(|level| level == 0));
    }

    /// Every question gets an answer that stays fresh, and every change is of an option that was chosen where one was.
    pub fn make_changeable(&mut self) {
        for (place, question) in self.check.questions.iter_mut().enumerate() {
            question.fresh_for = None;
            let known = |given: &Given| given.options.iter().any(|option| question.option(option).is_some());
            let mine = self.given.iter().rev().find(|given| given.question == question.id.as_str());
            if !mine.is_some_and(known) {
                self.given.push(Given { question: format!("q{place}"), options: vec!["o1".into()], age: 0 });
            }
        }
        // Only where few rules fire, and none is an emergency, is there much to change.
        self.check.rules.truncate(4);
        for rule in &mut self.check.rules {
            rule.outcome = rule.outcome.map(|outcome| outcome % 3);
        }
        for change in &mut self.check.changes {
            let question = &self.check.questions[change.question];
            let given = self.given.iter().rev().find(|given| given.question == question.id.as_str());
            let chosen = given.and_then(|given| given.options.iter().find_map(|option| question.option(option)));
            change.option = chosen.unwrap_or(change.option);
        }
        // Some rules fire on what can change, or there would seldom be a way.
        for (rule, change) in self.check.rules.iter_mut().zip(&self.check.changes).take(3) {
            rule.when = Condition::AnyOf(change.question, Options::one(change.option));
            rule.outcome = rule.outcome.map(|outcome| outcome.max(1));
        }
    }
}

/// A small check with answers to most of its questions.
pub fn small() -> BoxedStrategy<Small> {
    let answered = (question(), weighted(0.85, answer()));
    let changes = vec((any::<usize>(), any::<usize>(), any::<usize>()), 0..=6);
    let parts = (vec(answered, 3..=12), vec(rule(), 0..=12), vec(headline(), 0..=3), changes);
    let small = parts.prop_map(|(answered, rules, headlines, changes)| {
        let (questions, answers): (Vec<QuestionSeed>, Vec<Option<AnswerSeed>>) = answered.into_iter().unzip();
        let given = answers.into_iter().enumerate().filter_map(|(place, answer)| Some(given(place, &answer?)));
        let stranger = Given { question: "stranger".into(), options: vec!["o0".into()], age: 0 };
        Small { given: given.chain([stranger]).collect(), check: check(&questions, &rules, &headlines, &changes) }
    });
    small.boxed()
}

/// Some answer to some question of any small check.
pub fn any_given() -> BoxedStrategy<Given> {
    (0..13_usize, answer()).prop_map(|(place, answer)| given(place, &answer)).boxed()
}

#[derive(Clone, Debug)]
struct QuestionSeed {
    kind: u8,
    options: usize,
    when: Option<Wish>,
    ends: Option<u64>,
    exclusive: Option<u64>,
    fresh: Option<i64>,
    signs: bool,
    new_step: bool,
    new_page: bool,
}

fn question() -> impl Strategy<Value = QuestionSeed> {
    let shape = (0..3_u8, 2..=5_usize, weighted(0.4, wish()));
    let options = (weighted(0.1, 1..16_u64), weighted(0.5, 1..32_u64), weighted(0.3, 1..=100_i64));
    let places = (any::<bool>(), weighted(0.3, Just(())), weighted(0.7, Just(())));
    (shape, options, places).prop_map(|((kind, options, when), (ends, exclusive, fresh), (signs, step, page))| {
        let (new_step, new_page) = (step.is_some(), page.is_some());
        QuestionSeed { kind, options, when, ends, exclusive, fresh, signs, new_step, new_page }
    })
}

#[derive(Clone, Debug)]
struct RuleSeed {
    when: Wish,
    outcome: Option<usize>,
    same_id: bool,
    days: Option<u32>,
    action: Option<Action>,
    ask: Option<Ask>,
    scope: Option<Scope>,
    within: Option<Within>,
    unsure: Option<Unsure>,
}

fn rule() -> impl Strategy<Value = RuleSeed> {
    let outcome = weighted(0.85, 0..LADDER.len());
    let parts = (wish(), outcome, weighted(0.3, Just(())), weighted(0.5, 0..400_u32));
    let said = (
        weighted(0.5, select(ACTIONS)),
        weighted(0.7, select(ASKS)),
        weighted(0.7, select(SCOPES)),
        weighted(0.7, select(WITHINS)),
        weighted(0.7, select(Unsure::ALL)),
    );
    (parts, said).prop_map(|((when, outcome, same_id, days), (action, ask, scope, within, unsure))| {
        let same_id = same_id.is_some();
        RuleSeed { when, outcome, same_id, days, action, ask, scope, within, unsure }
    })
}

/// The demands of a headline, as JSON: few, or none would ever fit.
fn headline() -> impl Strategy<Value = Value> {
    let flags = (weighted(0.15, Just(true)), weighted(0.15, Just(true)));
    let asks = (weighted(0.2, select(ASKS)), weighted(0.2, vec(select(ASKS), 1..=2)));
    let others = (weighted(0.2, select(SCOPES)), weighted(0.2, select(WITHINS)), weighted(0.2, select(WITHINS)));
    (1..32_u64, flags, asks, others).prop_map(|(outcomes, flags, asks, others)| {
        json!({
            "outcomes": Options(outcomes).places().collect::<Vec<usize>>(),
            "only_unsure": flags.0, "nothing_found": flags.1, "any_ask": asks.0, "only_ask": asks.1,
            "any_scope": others.0, "any_within": others.1, "only_within": others.2,
        })
    })
}

#[derive(Clone, Debug)]
struct AnswerSeed {
    options: u8,
    number: Option<i64>,
    stranger: bool,
    age: i64,
}

fn answer() -> impl Strategy<Value = AnswerSeed> {
    let age = prop_oneof![Just(0), 0..=110_i64, -3..0_i64, Just(i64::MIN), Just(i64::MAX)];
    let options = prop_oneof![(0..5_u32).prop_map(|place| 1 << place), any::<u8>()];
    (options, weighted(0.5, -2..12_i64), any::<bool>(), age).prop_map(|(options, number, stranger, age)| AnswerSeed {
        options,
        number,
        stranger,
        age,
    })
}

fn given(place: usize, seed: &AnswerSeed) -> Given {
    let ticked = (0..7).filter(|option| seed.options >> option & 1 == 1).map(|option| format!("o{option}"));
    let stranger = seed.stranger.then(|| "stranger".to_owned());
    // Five times in six a number stands alone, or it would never count.
    let options = match seed.number {
        Some(number) if !seed.options.is_multiple_of(6) => vec![number.to_string()],
        Some(number) => ticked.chain([number.to_string()]).collect(),
        None => ticked.chain(stranger).collect(),
    };
    Given { question: format!("q{place}"), options, age: seed.age }
}

/// A condition whose numbers are fitted to the questions that are there.
#[derive(Clone, Debug)]
enum Wish {
    AnyOf(usize, u64),
    AllOf(usize, u64),
    AtLeast(usize, i64),
    AtMost(usize, i64),
    All(Vec<Wish>),
    Any(Vec<Wish>),
    Not(Box<Wish>),
}

fn wish() -> BoxedStrategy<Wish> {
    let leaf = prop_oneof![
        3 => (0..12_usize, 0..32_u64).prop_map(|(question, options)| Wish::AnyOf(question, options)),
        1 => (0..12_usize, 0..32_u64).prop_map(|(question, options)| Wish::AllOf(question, options)),
        1 => (0..12_usize, 0..10_i64).prop_map(|(question, number)| Wish::AtLeast(question, number)),
        1 => (0..12_usize, 0..10_i64).prop_map(|(question, number)| Wish::AtMost(question, number)),
    ];
    let several = leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..=3).prop_map(Wish::All),
            vec(inner.clone(), 1..=3).prop_map(Wish::Any),
            inner.prop_map(|part| Wish::Not(Box::new(part))),
        ]
    });
    several.boxed()
}

fn condition(wish: &Wish, questions: &[QuestionSeed]) -> Condition {
    let fit = |question: usize, number: u64, several: bool| {
        let place = question % questions.len();
        let options = Options(number % (1 << questions[place].options)).places().take(if several { 5 } else { 1 });
        let options = options.fold(Options::NONE, |set, option| set.with(Options::one(option)));
        (place, if options.is_empty() { Options::one(0) } else { options })
    };
    let number = |question: usize, number: i64| {
        let place = question % questions.len();
        // On a question without numbers, one of its options.
        (questions[place].kind == 2).then_some(place).ok_or_else(|| fit(question, 1 << (number % 5), false))
    };
    let several = |parts: &[Wish]| parts.iter().map(|part| condition(part, questions)).collect();
    match wish {
        Wish::AnyOf(question, options) => {
            let (place, options) = fit(*question, *options, true);
            Condition::AnyOf(place, options)
        }
        Wish::AllOf(question, options) => {
            let (place, options) = fit(*question, *options, true);
            Condition::AllOf(place, options)
        }
        Wish::AtLeast(question, least) => match number(*question, *least) {
            Ok(place) => Condition::AtLeast(place, *least),
            Err((place, options)) => Condition::AnyOf(place, options),
        },
        Wish::AtMost(question, most) => match number(*question, *most) {
            Ok(place) => Condition::AtMost(place, *most),
            Err((place, options)) => Condition::AllOf(place, options),
        },
        Wish::All(parts) => Condition::All(several(parts)),
        Wish::Any(parts) => Condition::Any(several(parts)),
        Wish::Not(part) => Condition::Not(Box::new(condition(part, questions))),
    }
}

/// Written as JSON, as a pack is: what a law does not look at keeps its default.
fn check(
    questions: &[QuestionSeed],
    rules: &[RuleSeed],
    headlines: &[Value],
    changes: &[(usize, usize, usize)],
) -> Check {
    let mut pages: Vec<Value> = Vec::new();
    let mut on_page: Vec<usize> = Vec::new();
    let mut step = 0;
    let mut all: Vec<Value> = Vec::new();
    for (place, seed) in questions.iter().enumerate() {
        if place > 0 && (seed.new_step || seed.new_page) {
            pages.push(json!({ "id": format!("p{}", pages.len()), "step": step, "questions": on_page }));
            on_page.clear();
            step += usize::from(seed.new_step);
        }
        on_page.push(place);
        let earlier = questions.split_at(place).0;
        let when = seed.when.as_ref().filter(|_| place > 0).map(|when| condition(when, earlier));
        all.push(question_json(place, step, when.as_ref(), seed));
    }
    pages.push(json!({ "id": "last", "step": step, "questions": on_page }));
    let steps: Vec<Value> = (0..=step).map(|step| json!([format!("s{step}"), ""])).collect();
    let outcomes: Vec<Value> = LADDER.iter().enumerate().map(|(level, id)| outcome_json(level, id)).collect();
    let headlines: Vec<Value> =
        headlines.iter().enumerate().map(|(place, demands)| headline_json(place, demands)).collect();
    let check = json!({
        "id": "small", "title": "", "lead": "", "points": [], "keeps_answers": true, "review_by": NOW.today.0 + 30,
        "outcomes": outcomes, "headlines": headlines, "steps": steps, "pages": pages, "questions": all,
        "rules": rules_json(questions, rules), "asks": [], "first_aid": [], "sources": [],
        "changes": changes.iter().map(|change| change_json(questions, *change)).collect::<Vec<Value>>(),
    });
    Check::from_json(&check).unwrap().verified().unwrap()
}

/// A change of some answer; its text tells which.
fn change_json(questions: &[QuestionSeed], (question, option, to): (usize, usize, usize)) -> Value {
    let question = question % questions.len();
    let options = questions[question].options;
    json!({ "question": question, "option": option % options, "to": to % options })
}

fn outcome_json(level: usize, id: &str) -> Value {
    let stops = match id {
        "emergency" => json!("anywhere"),
        "same-day" => json!("first_step"),
        _ => Value::Null,
    };
    json!({ "id": id, "title": id, "lead": "", "look": "clear", "shown_incomplete": level >= 3, "stops": stops })
}

/// A headline whose words tell which one it is.
fn headline_json(place: usize, demands: &Value) -> Value {
    let mut headline = demands.clone();
    for word in ["id", "title", "lead"] {
        headline[word] = json!(format!("{word} {place}"));
    }
    headline
}

fn question_json(place: usize, step: usize, when: Option<&Condition>, seed: &QuestionSeed) -> Value {
    let every = Options((1 << seed.options) - 1);
    let (kind, exclusive) = match seed.kind {
        0 => (json!("one"), Options::NONE),
        1 => (json!("many"), Options(seed.exclusive.unwrap_or_default()).common(every)),
        _ => (json!({ "number": { "min": 0, "max": 9 } }), every),
    };
    let options: Vec<Value> = every.places().map(|place| json!({ "id": format!("o{place}"), "label": "" })).collect();
    json!({
        "id": format!("q{place}"), "print": "", "step": step, "kind": kind, "ask_when": when, "fresh_for": seed.fresh,
        "ends": Options(seed.ends.unwrap_or_default()).common(every), "exclusive": exclusive, "clear": 0,
        "warning_signs": seed.signs && seed.kind == 1, "private": seed.signs, "text": "", "why": "", "topic": "", "options": options,
    })
}

fn rules_json(questions: &[QuestionSeed], rules: &[RuleSeed]) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for (place, seed) in rules.iter().enumerate() {
        let last = all.last().filter(|_| seed.same_id).map(|last| last["id"].clone());
        all.push(json!({
            "id": last.unwrap_or_else(|| json!(format!("r{place}"))), "when": condition(&seed.when, questions),
            "outcome": seed.outcome, "reason": "", "action": seed.action, "ask": seed.ask, "scope": seed.scope,
            "within": seed.within, "unsure": seed.unsure, "sources": [], "confidence": "high",
            "wait": seed.days.map(|days| json!({ "days": days, "until": "" })),
        }));
    }
    all
}
