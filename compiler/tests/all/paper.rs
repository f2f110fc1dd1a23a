//! The printed form: whoever fills it in, doing what it says, comes to the outcome of the engine.

use crate::parts::folder::{Folder, own};
use crate::parts::paper::{Filled, Form, Patient, article, text};
use fastrand::Rng;
use mesocheck::engine::{Replay, Standing, decide, journey, replay};
use mesocheck::model::{Answers, Check, Condition, Date, Kind, Now, OptionId, Pack, Question, QuestionId, Rule};
use mesocheck::view::result::whom;
use mesocheck::view::words::fill;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// Random answer sets per check.
const PATIENTS: usize = 10_000;

/// A page of a built site.
type Page = String;

/// The pages a test looks at: the check with its pack, and the pages for paper.
struct Site {
    pages: BTreeMap<&'static str, Page>,
}

impl Site {
    fn build(name: &str, content: &Path) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("paper-{name}"));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("app")).unwrap();
        std::fs::write(folder.join("app/island.js"), "let glue;").unwrap();
        std::fs::write(folder.join("app/island_bg.wasm"), b"\0asm\x01\0\0\0").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
        command.arg("site").arg("--app").arg(folder.join("app")).arg("--out").arg(folder.join("out"));
        command.arg("--public").arg(own("../../public")).arg("--content").arg(content);
        let output = command.env("MESOCHECK_NO_TWINS", "true").output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let read = |path| (path, std::fs::read_to_string(folder.join("out/en").join(path).join("index.html")).unwrap());
        let paths = ["", "check", "aftercare", "paper", "paper/reasons", "paper/aftercare"];
        Self { pages: paths.into_iter().map(read).collect() }
    }

    /// The form with its reasons.
    fn form(&self) -> Form {
        Form::read(&self.pages["paper"], &self.pages["paper/reasons"])
    }

    /// The check whose answers a page takes.
    fn check(&self, page: &str) -> Check {
        let pack = self.pages[page].split("id=\"pack\">").nth(1).unwrap().split("</script>").next().unwrap();
        Pack::read(pack).unwrap().check
    }
}

static SHIPPED: LazyLock<Site> = LazyLock::new(|| Site::build("shipped", &own("../../content")));

fn now(check: &Check) -> Now {
    Now::at_noon(Date(check.review_by.0 - 1))
}

fn answers(patient: &Patient, now: Now, only: Option<&[String]>) -> Answers {
    let mut answers = Answers::new();
    for (question, options) in patient.iter().filter(|(question, _)| only.is_none_or(|only| only.contains(question))) {
        let options = options.iter().map(|option| OptionId::new(option.clone())).collect();
        answers.set(QuestionId::new(question.clone()), options, now.moment);
    }
    answers
}

fn ids(check: &Check, places: impl IntoIterator<Item = usize>) -> Vec<&str> {
    places.into_iter().map(|place| check.questions[place].id.as_str()).collect()
}

/// A text as it stands where nobody knows the country.
fn said(text: &str) -> String {
    let [emergency, urgent] = ["your emergency number (999, 112, 911 or 000)", "your doctor or an urgent care line"];
    fill(text, &[("EMERGENCY", emergency), ("URGENT", urgent)])
}

/// What differs between the form as a person filled it in and the engine.
fn compared(check: &Check, form: &Form, patient: &Patient) -> Result<Filled, String> {
    let now = now(check);
    let filled = form.fill_in(patient);
    let whole = replay(check, &answers(patient, now, None), now);
    let stop = journey(check, &whole, &decide(check, &whole, Standing::Current, now.today)).stop;
    // Where a person stops, nothing later was answered.
    let given = filled.stopped.then_some(filled.answered.as_slice());
    let replayed = replay(check, &answers(patient, now, given), now);
    let decision = decide(check, &replayed, Standing::Current, now.today);
    let outcome = decision.outcome.map(|place| check.outcomes[place].id.as_str());
    let same = |what: &str, paper: String, engine: String| {
        if paper == engine { Ok(()) } else { Err(format!("{what}: paper {paper}, engine {engine}\n{patient:?}")) }
    };
    same("outcome", format!("{:?}", Some(filled.outcome.as_str())), format!("{outcome:?}"))?;
    let stopped = filled.stopped.then(|| filled.answered.last().unwrap().as_str());
    same("stop", format!("{stopped:?}"), format!("{:?}", stop.map(|stop| check.questions[stop.question].id.as_str())))?;
    if !filled.stopped {
        let asked: Vec<usize> = (0..check.questions.len()).filter(|place| whole.asks(*place)).collect();
        same("asked", format!("{:?}", filled.answered), format!("{:?}", ids(check, asked)))?;
        let rules: Vec<_> = decision.findings.iter().map(|place| &check.rules[*place]).collect();
        let waits: BTreeSet<String> = rules
            .iter()
            .filter_map(|rule| rule.wait.as_ref())
            .map(|wait| fill("Wait {until}.", &[("until", &wait.until)]))
            .collect();
        same("waits", format!("{:?}", filled.waits), format!("{waits:?}"))?;
        let name = |ask| check.asks.iter().find(|(known, _)| *known == ask).unwrap().1.clone();
        let asks: BTreeSet<String> = rules.iter().filter_map(|rule| whom(rule)).map(name).collect();
        // "Not sure" that sends to somebody is explained once, above all reasons.
        let plain =
            |rule: &Rule| rule.unsure.is_some() && rule.wait.is_none() && rule.action.is_none() && rule.ask.is_some();
        let told = decision.notes.iter().map(|place| &check.rules[*place]);
        let told = rules.iter().copied().chain(told).filter(|rule| !plain(rule));
        let reasons: BTreeSet<String> = told.map(|rule| said(&rule.reason)).collect();
        same("reasons", format!("{:?}", filled.reasons), format!("{reasons:?}"))?;
        same("whom", format!("{:?}", filled.whom), format!("{asks:?}"))?;
    }
    Ok(filled)
}

/// A random patient: answers to every question, whether it is asked or not. Some are made to meet a rule.
fn patient(check: &Check, dice: &mut Rng) -> Patient {
    let calm = [0.5, 0.8, 0.95, 1.0][dice.usize(..4)];
    let mut patient: Patient =
        check.questions.iter().map(|question| (question.id.to_string(), random_answer(question, calm, dice))).collect();
    if dice.bool() {
        let rule = &check.rules[dice.usize(..check.rules.len())];
        meet(check, &rule.when, &mut patient, dice);
    }
    patient
}

fn random_answer(question: &Question, calm: f64, dice: &mut Rng) -> Vec<String> {
    let id = |place: usize| question.options[place].id.to_string();
    let any = |dice: &mut Rng| id(dice.usize(..question.options.len()));
    match question.kind {
        Kind::Number { min, max } => vec![if dice.f64() < 0.8 { dice.i64(min..=max).to_string() } else { any(dice) }],
        _ if dice.f64() < calm => vec![id(question.clear)],
        Kind::One => vec![any(dice)],
        Kind::Many => {
            let wanted = 1 + dice.usize(..3);
            (0..wanted).map(|_| any(dice)).collect::<BTreeSet<String>>().into_iter().collect()
        }
    }
}

/// Changes a patient so that a condition holds, and its questions are asked.
fn meet(check: &Check, when: &Condition, patient: &mut Patient, dice: &mut Rng) {
    match when {
        Condition::AnyOf(place, set) | Condition::AllOf(place, set) => {
            let question = &check.questions[*place];
            let places: Vec<usize> = set.places().collect();
            let all = matches!(when, Condition::AllOf(..));
            let chosen = if all { places } else { vec![places[dice.usize(..places.len())]] };
            let answer = patient.get_mut(question.id.as_str()).unwrap();
            if question.kind != Kind::Many || dice.bool() {
                answer.clear();
            }
            answer.extend(chosen.into_iter().map(|place| question.options[place].id.to_string()));
            if let Some(when) = &question.ask_when {
                meet(check, when, patient, dice);
            }
        }
        Condition::All(parts) => parts.iter().for_each(|part| meet(check, part, patient, dice)),
        Condition::Any(parts) => meet(check, &parts[dice.usize(..parts.len())], patient, dice),
        Condition::AtLeast(..) | Condition::AtMost(..) | Condition::Not(_) => {}
    }
}

/// Many patients, the first that differs, and what was met on the way.
fn tried(check: &Check, form: &Form, patients: usize) -> Result<Vec<Filled>, String> {
    let mut dice = Rng::with_seed(2026);
    (0..patients).map(|_| compared(check, form, &patient(check, &mut dice))).collect()
}

#[test]
fn random_patients_who_fill_it_in_get_what_the_engine_decides() {
    let check = SHIPPED.check("check");
    let form = SHIPPED.form();
    assert_eq!(form.fields.len(), check.questions.len());
    let all = tried(&check, &form, PATIENTS).unwrap_or_else(|difference| panic!("{difference}"));
    for outcome in &check.outcomes {
        let many = all.iter().filter(|filled| filled.outcome == outcome.id.as_str()).count();
        assert!(many > 100, "only {many} of {PATIENTS} get {}", outcome.id);
    }
    assert!(all.iter().filter(|filled| filled.stopped).count() > 1000);
    let ticked: BTreeSet<&String> = all.iter().flat_map(|filled| &filled.ticked).collect();
    let ticks = form.fields.iter().flat_map(|field| &field.ticks);
    let never: Vec<&str> =
        ticks.map(|tick| tick.code.as_str()).filter(|code| !ticked.contains(&(*code).to_owned())).collect();
    assert!(never.is_empty(), "nobody ticked {never:?}");
}

#[test]
fn named_patients_get_what_their_case_says() {
    let check = SHIPPED.check("check");
    let form = SHIPPED.form();
    let cases = cases("suitability");
    assert!(cases.len() > 15);
    for (id, mut patient, outcome) in cases {
        for question in &check.questions {
            let clear = question.options[question.clear].id.to_string();
            patient.entry(question.id.to_string()).or_insert_with(|| vec![clear]);
        }
        let filled = compared(&check, &form, &patient).unwrap_or_else(|difference| panic!("{id}: {difference}"));
        assert_eq!(filled.outcome, outcome, "{id}");
    }
}

/// Name, answers and outcome of every case of a check.
fn cases(check: &str) -> Vec<(String, Patient, String)> {
    let text = std::fs::read_to_string(own("../../content").join(check).join("cases.toml")).unwrap();
    let table: toml::Table = text.parse().unwrap();
    let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let options = |value: &toml::Value| value.as_array().unwrap().iter().map(word).collect();
    let one = |case: &toml::Value| {
        let answers = case["answers"].as_table().unwrap().iter().map(|(id, value)| (id.clone(), options(value)));
        (word(&case["id"]), answers.collect(), word(&case["outcome"]))
    };
    table["case"].as_array().unwrap().iter().map(one).collect()
}

/// Numbers, an answer that ends the check, and conditions turned round.
#[test]
fn a_form_with_numbers_and_denials_can_be_filled_in_too() {
    let folder = Folder::tiny("paper");
    let words = |text: String| text.parse::<toml::Table>().unwrap();
    let mut tiny = words(folder.text("en/site.toml"));
    let shipped = words(std::fs::read_to_string(own("../../content/en/site.toml")).unwrap());
    tiny.insert("labels".into(), shipped["labels"].clone());
    folder.put("en/site.toml", toml::to_string(&tiny).unwrap().as_bytes());
    let site = Site::build("tiny", Path::new(folder.path()));
    let (check, form) = (site.check("check"), site.form());
    let all = tried(&check, &form, 2000).unwrap_or_else(|difference| panic!("{difference}"));
    let outcomes: BTreeSet<&str> = all.iter().map(|filled| filled.outcome.as_str()).collect();
    assert_eq!(outcomes, BTreeSet::from(["clear", "emergency", "talk", "wait"]));
}

/// The same trial finds a form that is wrong.
#[test]
fn a_form_with_a_fault_is_noticed() {
    let check = SHIPPED.check("check");
    let (page, reasons) = (&SHIPPED.pages["paper"], &SHIPPED.pages["paper/reasons"]);
    let noticed = |wrong: &str| tried(&check, &Form::read(wrong, reasons), PATIENTS).is_err();
    let lines: Vec<&str> =
        page.split("<li class=\"more\">").skip(1).map(|row| row.split("</li>").next().unwrap()).collect();
    assert_eq!(lines.len(), 6);
    for line in lines {
        assert!(
            noticed(&page.replace(&format!("<li class=\"more\">{line}</li>"), "")),
            "nobody noticed that this is lost: {line}"
        );
    }
    let stop = page.split("<p class=\"stop\">").nth(2).unwrap().split("</p>").next().unwrap();
    let letter = page.split("<li>").find(|row| row.contains("value=\"koebner\"")).unwrap();
    let only = page.split("<span class=\"only\">").nth(1).unwrap().split("</span>").next().unwrap();
    for (what, from, to) in [
        ("a letter is wrong", letter.into(), letter.replace("class=\"mark\">T", "class=\"mark\">W")),
        ("a stop is lost", format!("<p class=\"stop\">{stop}</p>"), String::new()),
        ("a question is asked of everyone", format!("<span class=\"only\">{only}</span>"), String::new()),
        ("the result of a letter is lost", "class=\"mark\">N</b>".into(), "class=\"mark\">X</b>".into()),
        ("the check does not end", "<p class=\"end\">".into(), "<p class=\"else\">".into()),
    ] {
        let wrong = page.replace(&from, &to);
        assert_ne!(&wrong, page, "{what}");
        assert!(noticed(&wrong), "nobody noticed: {what}");
    }
}

/// What a person who follows the card does: the first list with something in it that fits.
fn by_card<'a>(card: &'a str, patient: &Patient) -> &'a str {
    let ticked = |question: &str, options: &[&str]| patient[question].iter().any(|one| options.contains(&one.as_str()));
    let notices = !ticked("a_common", &["none"]) || patient["a_common"].len() > 1;
    let fits = |words: &str, rule: Option<&str>| match (rule, words) {
        (Some("a_x.fever_weak"), _) => {
            assert!(words.contains("temperature") && words.contains("immune"), "{words}");
            ticked("a_today", &["fever"]) && ticked("a_risk", &["weak"])
        }
        (Some(rule), _) => rule.split_once('.').is_some_and(|(question, option)| ticked(question, &[option])),
        (None, "You are not sure about one of the signs above.") => {
            ticked("a_em", &["not_sure"]) || ticked("a_today", &["not_sure"])
        }
        (None, "Anything that is getting worse, or where you cannot say.") => {
            notices && ticked("a_trend", &["worse", "not_sure"])
        }
        (None, words) if words.starts_with("Anything you notice more than a week after") => {
            notices && ticked("a_when", &["wk4", "m3", "later", "not_sure"])
        }
        (None, words) if words.starts_with("Anything you notice, if you have a weak immune system or diabetes") => {
            notices && ticked("a_risk", &["weak", "diabetes", "not_sure", "prefer_not"])
        }
        (None, "Anything else you notice") => notices,
        (None, words) => panic!("nobody knows when this is so: {words}"),
    };
    let xml = article(card);
    let document = roxmltree::Document::parse(&xml).unwrap();
    let lists = document.descendants().filter(|node| node.attribute("data-outcome").is_some());
    for list in lists {
        // Help lines stand deeper.
        let mut rows = list.children().flat_map(|node| node.children()).filter(|node| node.has_tag_name("li"));
        if rows.any(|row| fits(&text(row), row.attribute("data-rule"))) {
            let outcome = list.attribute("data-outcome").unwrap();
            return ["emergency", "doctor", "clinic"].into_iter().find(|known| *known == outcome).unwrap();
        }
    }
    "normal"
}

#[test]
fn the_card_for_after_a_treatment_is_never_milder_than_the_engine() {
    let check = SHIPPED.check("aftercare");
    let card = &SHIPPED.pages["paper/aftercare"];
    let now = now(&check);
    let mut dice = Rng::with_seed(2026);
    let random = (0..PATIENTS).map(|_| patient(&check, &mut dice));
    let named = cases("aftercare").into_iter().map(|(_, mut patient, _)| {
        for question in &check.questions {
            let clear = question.options[question.clear].id.to_string();
            patient.entry(question.id.to_string()).or_insert_with(|| vec![clear]);
        }
        patient
    });
    let place = |id: &str| check.outcomes.iter().position(|outcome| outcome.id.as_str() == id);
    let mut sooner = BTreeMap::new();
    for patient in random.chain(named).collect::<Vec<Patient>>() {
        let replayed: Replay = replay(&check, &answers(&patient, now, None), now);
        let engine = decide(&check, &replayed, Standing::Current, now.today).outcome;
        let card = place(by_card(card, &patient));
        assert!(card >= engine, "card {card:?}, engine {engine:?}: {patient:?}");
        *sooner.entry((engine, card)).or_insert(0) += 1;
    }
    assert!((1..5).all(|outcome| sooner.contains_key(&(Some(outcome), Some(outcome.max(2))))), "{sooner:?}");
}

#[test]
fn the_form_says_what_it_is_and_stands_where_it_is_needed() {
    for path in ["paper", "paper/reasons", "paper/aftercare"] {
        let page = &SHIPPED.pages[path];
        for words in [
            "Draft. Not yet reviewed by a clinician.",
            "not medical advice",
            "Content version",
            "fingerprint",
            "Do not use this sheet after 30 November 2027",
            "999, 112, 911 or 000",
        ] {
            assert!(page.contains(words), "{path}: {words}");
        }
        assert!(!page.contains("<script"), "{path} needs no script");
        assert!(page.contains("assets/paper-"), "{path}");
    }
    for (path, links) in [
        ("", ["paper/", "paper/aftercare/"]),
        ("check", ["../paper/", "../paper/"]),
        ("aftercare", ["../paper/aftercare/", "../paper/aftercare/"]),
    ] {
        let page = &SHIPPED.pages[path];
        assert!(!page.contains("assets/paper-"), "{path} waits for a style it does not need");
        for link in links {
            assert!(page.contains(&format!("href=\"{link}\"")), "{path} to {link}");
        }
    }
    for path in ["check", "aftercare"] {
        let page = &SHIPPED.pages[path];
        for part in [
            page.split("card late").nth(1).unwrap().split("</div>").next().unwrap(),
            page.split("<noscript>").nth(1).unwrap().split("</noscript>").next().unwrap(),
        ] {
            assert!(part.contains("paper/"), "{path}: {part}");
        }
    }
}
