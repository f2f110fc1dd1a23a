//! Runs the built program on the shipped content.

use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Held by tests that measure time, and by those that keep every processor busy: they would spoil each other's figures.
pub fn undisturbed() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    // A test that failed here has said why.
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The shipped content.
pub fn content() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../content")
}

/// What the program says to these words and this standard input.
pub fn mesocheck(words: &[&str], input: &str) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(words).env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Written beside reading, or both could wait for each other; it may end before it has read all.
    std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        child.wait_with_output().unwrap()
    })
}

/// Its standard output, where it succeeds.
pub fn said(words: &[&str], input: &str) -> String {
    let output = mesocheck(words, input);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// Its complaint, where it fails.
pub fn complaint(words: &[&str], input: &str) -> String {
    let output = mesocheck(words, input);
    assert!(!output.status.success(), "{words:?} on {input} succeeds");
    String::from_utf8(output.stderr).unwrap()
}

/// What it decides on each of these answers, on a day.
pub fn decided(check: &str, today: &str, answers: &[Value]) -> Vec<Value> {
    let folder = content();
    let words = ["--content", folder.to_str().unwrap(), "decide", check, "--lines", "--today", today];
    let decided: Vec<Value> =
        said(&words, &lines(answers)).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(decided.len(), answers.len());
    decided
}

/// One line for each set of answers.
pub fn lines(answers: &[Value]) -> String {
    answers.iter().map(Value::to_string).collect::<Vec<String>>().join("\n")
}

/// The ids in a list of a decision.
pub fn ids<'a>(decision: &'a Value, list: &str) -> Vec<&'a str> {
    decision[list].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect()
}

/// A question as its file has it.
#[derive(Debug)]
pub struct Question {
    pub id: String,
    pub many: bool,
    pub conditional: bool,
    pub clear: String,
    pub options: Vec<String>,
}

/// The questions of a check, read from the file without the program's help.
pub fn questions(check: &str) -> Vec<Question> {
    let text = std::fs::read_to_string(content().join(check).join("questions.toml")).unwrap();
    let file: toml::Table = text.parse().unwrap();
    let word = |value: &toml::Value| value.as_str().unwrap().to_owned();
    let question = |entry: &toml::Value| Question {
        id: word(&entry["id"]),
        many: word(&entry["kind"]) == "many",
        conditional: entry.get("ask_when").is_some(),
        clear: word(&entry["clear"]),
        options: entry["options"].as_array().unwrap().iter().map(|option| word(&option["id"])).collect(),
    };
    file["question"].as_array().unwrap().iter().map(question).collect()
}

/// The clear answer to every question.
pub fn clear(questions: &[Question]) -> Value {
    questions.iter().map(|question| (question.id.clone(), json!([question.clear]))).collect()
}

/// Numbers that look random and are the same in every run.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) >> 33).unwrap() % sides
    }

    /// Some option of a question, or several where it takes several.
    pub fn answer(&mut self, question: &Question) -> Vec<String> {
        let several = question.many && self.roll(2) == 0;
        let number = if several { 1 + self.roll(4) } else { 1 };
        let mut options: Vec<String> =
            (0..number).map(|_| question.options[self.roll(question.options.len())].clone()).collect();
        options.sort_unstable();
        options.dedup();
        options
    }
}
