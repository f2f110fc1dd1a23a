//! Checks as FHIR questionnaires, random answers to them, and LHC-Forms, which knows nothing of this project.

use crate::browser::Browser;
use crate::process::{mesocheck, workspace};
use crate::site::copy_folder;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Answers by `linkId`: codes and numbers.
pub type Answers = BTreeMap<String, Vec<Value>>;

/// A check as it was exported.
#[derive(Debug)]
pub struct Exported {
    content: PathBuf,
    check: &'static str,
    /// The file.
    pub file: PathBuf,
    /// What stands in it.
    pub form: Value,
}

impl Exported {
    /// A check of the shipped content.
    pub fn shipped(check: &'static str) -> Self {
        Self::of(workspace().join("content"), check)
    }

    /// The check of knotted conditions: `knots.toml`, added to the little content of the compiler's tests.
    pub fn knotted() -> Self {
        let content = scratch("knots");
        copy_folder(&workspace().join("compiler/tests/tiny"), &content);
        let read =
            |file: &str| fs::read_to_string(workspace().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        let add = |file: &str, more: &str| {
            let text = read(&format!("compiler/tests/tiny/{file}"));
            // A page of several questions has a title.
            let text = text.replace("\n[pages]\n", "\n[pages]\naway = \"Away from home\"\n");
            fs::write(content.join(file), text + more).expect("a writable copy");
        };
        let knots = read("tests/browser/knots.toml");
        add("suitability/questions.toml", &knots);
        add("en/suitability.toml", &words(&knots));
        let site = read("content/en/site.toml");
        let (_, labels) = site.split_once("\n[labels]\n").expect("labels");
        add("en/site.toml", &format!("\n[labels]\n{}\n", labels.split("\n[").next().unwrap_or_default()));
        // They say nothing of the questions that were added.
        fs::remove_file(content.join("suitability/cohort.toml")).expect("a file that may be left out");
        fs::write(content.join("suitability/cases.toml"), "").expect("a writable copy");
        Self::of(content, "suitability")
    }

    fn of(content: PathBuf, check: &'static str) -> Self {
        let out = scratch(&format!("fhir-{check}"));
        run(mesocheck().arg("--content").arg(&content).args(["export", "fhir", check, "--out"]).arg(&out));
        let file = out.join(format!("Questionnaire-{check}.json"));
        let form = serde_json::from_str(&fs::read_to_string(&file).expect("the export")).expect("JSON");
        Self { content, check, file, form }
    }

    /// What the engine asks of each.
    pub fn asked(&self, sets: &[Answers]) -> Vec<BTreeSet<String>> {
        let file = self.file.with_extension("lines");
        fs::write(&file, sets.iter().map(|set| for_engine(set).to_string() + "\n").collect::<String>())
            .expect("a file");
        let mut command = mesocheck();
        command.arg("--content").arg(&self.content).args(["decide", self.check, "--lines", "--asked"]);
        let said = run(command.stdin(File::open(&file).expect("the file")));
        let asked = |line: &str| {
            let decided: Value = serde_json::from_str(line).expect("JSON");
            serde_json::from_value(decided["asked"].clone()).expect("ids")
        };
        said.lines().map(asked).collect()
    }

    /// Items that are answered, in order: with the `linkId` of the question, or of the options of a number.
    pub fn questions(&self) -> Vec<&Value> {
        fn below(parent: &Value) -> Vec<&Value> {
            let items = parent["item"].as_array().into_iter().flatten();
            items.flat_map(|item| std::iter::once(item).chain(below(item))).collect()
        }
        below(&self.form).into_iter().filter(|item| item["type"] != "group" && item["type"] != "display").collect()
    }

    /// Answers to most questions, whether they are asked or not. The same in every run.
    pub fn random_answers(&self, sets: usize) -> Vec<Answers> {
        let mut dice = Dice(1);
        let questions = self.questions();
        (0..sets).map(|_| questions.iter().filter_map(|item| random_answer(item, &mut dice)).collect()).collect()
    }
}

/// The question an item belongs to.
pub fn question(link_id: &str) -> &str {
    link_id.strip_suffix(".or").unwrap_or(link_id)
}

/// As `mesocheck decide` takes them.
fn for_engine(set: &Answers) -> Value {
    let mut all: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (item, answers) in set {
        all.entry(question(item)).or_default().extend(answers.iter().cloned());
    }
    json!(all)
}

fn random_answer(item: &Value, dice: &mut Dice) -> Option<(String, Vec<Value>)> {
    let id = item["linkId"].as_str().expect("an id");
    // The options of a number are there for few.
    if dice.roll(6) < if id.rsplit('.').next() == Some("or") { 4 } else { 1 } {
        return None;
    }
    if item["type"] == "integer" {
        let bound = |place: usize| item["extension"][place]["valueInteger"].as_u64().expect("a bound");
        let (min, max) = (bound(0), bound(1));
        let number = min + dice.roll(max - min + 1);
        return Some((id.into(), vec![json!(number)]));
    }
    let options = item["answerOption"].as_array().expect("options");
    let several = item["repeats"] == true && dice.roll(2) == 0;
    let some: BTreeSet<usize> = (0..if several { 3 } else { 1 })
        .map(|_| usize::try_from(dice.roll(options.len() as u64)).expect("a place"))
        .collect();
    Some((id.into(), some.into_iter().map(|place| options[place]["valueCoding"]["code"].clone()).collect()))
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) >> 33) % sides
    }
}

/// Plain words for the questions of a file.
fn words(questions: &str) -> String {
    let quoted = |part: &str| part.split('"').next().unwrap_or_default().to_owned();
    let mut words = String::from("\n");
    for question in questions.split("[[question]]").skip(1) {
        let mut ids = question.split("id = \"").skip(1).map(quoted);
        let id = ids.next().expect("an id");
        words +=
            &format!("[question.{id}]\ntopic = \"your {id}\"\ntext = \"What about your {id}?\"\nwhy = \"We ask.\"\n");
        for option in ids {
            words += &format!("[question.{id}.options.{option}]\nlabel = \"{}\"\n", option.replace('_', " "));
        }
    }
    words
}

/// A folder for this process and this use.
fn scratch(name: &str) -> PathBuf {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    workspace().join(format!("target/tmp/{name}-{}-{number}", std::process::id()))
}

fn run(command: &mut Command) -> String {
    let output = command.output().expect("a program that starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// What an independent validator says of a questionnaire, and whether it is valid.
pub fn validated(file: &Path) -> (bool, String) {
    let python = workspace().join(".tools/python/bin/python");
    let output = Command::new(&python).arg(workspace().join("tests/browser/valid_fhir.py")).arg(file).output();
    let output =
        output.unwrap_or_else(|error| panic!("{}: {error}. `cargo xtask verify fhir` sets it up", python.display()));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &*String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

/// Parts of LHC-Forms, in the order they are loaded.
const SCRIPTS: [&str; 5] = [
    "webcomponent/assets/lib/zone.min.js",
    "webcomponent/runtime.js",
    "webcomponent/polyfills.js",
    "webcomponent/main.js",
    "fhir/R4/lformsFHIR.min.js",
];

/// Answers as a `QuestionnaireResponse`: also those of items that are not enabled.
const RESPONSE: &str = "
    const below = (items, answers) => items.flatMap((item) => {
      if (item.type === 'group') return [{ linkId: item.linkId, item: below(item.item, answers) }];
      if (!answers[item.linkId]) return [];
      const system = item.answerOption?.[0].valueCoding.system;
      const value = (one) => typeof one === 'number' ? { valueInteger: one } : { valueCoding: { system, code: one } };
      return [{ linkId: item.linkId, answer: answers[item.linkId].map(value) }];
    });
    const response = (form, answers) =>
      ({ resourceType: 'QuestionnaireResponse', status: 'in-progress', item: below(form.item, answers) });
";

impl Browser {
    /// Opens a page with LHC-Forms and nothing else.
    pub fn open_lhc_forms(&self) {
        let folder = workspace().join("tests/browser/node_modules/lforms/dist/lforms");
        assert!(folder.exists(), "{} is missing: run `cargo xtask verify fhir`", folder.display());
        let scripts = SCRIPTS.map(|script| format!("<script src=\"file://{}/{script}\"></script>", folder.display()));
        let page = scratch("lhc-forms").with_extension("html");
        let style = format!("<link rel=\"stylesheet\" href=\"file://{}/webcomponent/styles.css\">", folder.display());
        let head = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>LHC-Forms</title>";
        fs::write(&page, [head, &style, "<div id=\"form\"></div>", &scripts.concat()].concat()).expect("a page");
        self.visit(&format!("file://{}", page.display()));
        self.until("globalThis.LForms?.FHIR?.R4");
    }

    /// What LHC-Forms finds enabled, by its own model of the form, for each set of answers.
    pub fn enabled_in_lhc_forms(&self, form: &Value, sets: &[Answers]) -> Vec<BTreeSet<String>> {
        let script = "
            const [form, sets] = arguments;
            return sets.map((answers) => {
              const model = LForms.Util.convertFHIRQuestionnaireToLForms(form, 'R4');
              const filled = LForms.Util.mergeFHIRDataIntoLForms(response(form, answers), model, 'R4');
              return new LForms.LFormsData(filled).itemList.filter((item) => !item._isHiddenFromView).map((item) => item.linkId);
            });";
        // A script may take 30 seconds, and this machine may have other things to do.
        let some = |sets: &[Answers]| self.run(&[RESPONSE, script].concat(), &[json!(form), json!(sets)]);
        let all = sets.chunks(25).map(some);
        all.flat_map(|shown| shown.as_array().expect("lists").iter().map(questions_of).collect::<Vec<_>>()).collect()
    }

    /// What a person sees of the form in LHC-Forms, with answers filled in.
    pub fn seen_in_lhc_forms(&self, form: &Value, answers: &Answers) -> BTreeSet<String> {
        let script = "
            const [form, answers, done] = arguments;
            const shown = () => [...document.querySelectorAll('#form lhc-item')].filter((one) => one.checkVisibility());
            LForms.Util.addFormToPage(form, 'form', { fhirVersion: 'R4', questionnaireResponse: response(form, answers) })
              .then(() => done(shown().map((one) => one.id.replace(/^item-/, '').split('/')[0])), (error) => done([String(error)]));";
        questions_of(&self.run_until_called(&[RESPONSE, script].concat(), &[json!(form), json!(answers)]))
    }
}

/// The questions among these items.
fn questions_of(items: &Value) -> BTreeSet<String> {
    let items = items.as_array().expect("a list").iter().filter_map(Value::as_str);
    // Groups and lines of text have other signs in their ids.
    let plain = |id: &&str| !id.contains(['.', ':']);
    items.map(question).filter(plain).map(str::to_owned).collect()
}
