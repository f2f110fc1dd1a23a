//! What is said: a closed pipe ends it quietly, a full disk is told.
#![cfg(unix)]

use crate::parts::folder::Folder;
use crate::parts::program::content;
use std::fs::OpenOptions;
use std::io::Read;
use std::process::{Command, ExitStatus, Stdio};

/// Every command that says something, and how it ends where all is heard.
fn commands(out: &str) -> Vec<(Vec<String>, i32)> {
    let shipped = content().display().to_string();
    let words = |words: &str| -> Vec<String> {
        ["--content", &shipped].into_iter().map(str::to_owned).chain(words.split(' ').map(str::to_owned)).collect()
    };
    vec![
        (vec!["--help".into()], 0),
        (vec!["--version".into()], 0),
        (words("check --today 2026-12-01"), 0),
        (words("prove aftercare --trials 0"), 0),
        (words("cohort"), 0),
        (words("diff"), 0),
        (words("accept"), 0),
        (words("draw --no-proof"), 0),
        (words("decide suitability --lines"), 0),
        (words(&format!("export fhir --out {out}")), 0),
    ]
}

/// Runs a program whose standard output leads to this; what it says on standard error.
fn run(words: &[String], output: Stdio, errors: Stdio) -> (ExitStatus, String) {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    program.args(words).env("NO_COLOR", "1").stdin(Stdio::piped()).stdout(output).stderr(errors);
    let mut child = program.spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let feeder = std::thread::spawn(move || {
        // More than any pipe holds: who does not read on must end.
        while std::io::Write::write_all(&mut input, "{}\n".repeat(1000).as_bytes()).is_ok() {}
    });
    let mut told = String::new();
    if let Some(mut errors) = child.stderr.take() {
        errors.read_to_string(&mut told).unwrap();
    }
    let status = child.wait().unwrap();
    feeder.join().unwrap();
    (status, told)
}

/// A pipe that nobody reads.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer.into()
}

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").unwrap().into()
}

#[test]
fn a_closed_pipe_ends_every_command_quietly() {
    let out = Folder::empty("heard-closed");
    for (words, code) in commands(out.path()) {
        let (status, told) = run(&words, closed(), Stdio::piped());
        assert_eq!((status.code(), told.as_str()), (Some(code), ""), "{words:?}");
    }
}

#[test]
fn a_full_disk_is_told_by_every_command() {
    let out = Folder::empty("heard-full");
    for (words, _) in commands(out.path()) {
        let (status, told) = run(&words, full(), Stdio::piped());
        assert_eq!(status.code(), Some(1), "{words:?}: {told}");
        assert!(
            told.contains("cannot write to standard output") && told.trim().lines().count() == 1,
            "{words:?}: {told}"
        );
    }
}

#[test]
fn nothing_panics_where_complaints_are_not_heard_either() {
    let words: Vec<String> = ["--content", "/nowhere", "check"].map(str::to_owned).into();
    let two = vec!["nonsense".to_owned()];
    for (words, code) in [(words, 1), (two, 2)] {
        for errors in [closed(), full()] {
            assert_eq!(run(&words, closed(), errors).0.code(), Some(code), "{words:?}");
        }
    }
}

#[test]
fn a_verdict_is_the_same_where_nobody_reads_it() {
    let tiny = Folder::tiny("heard-verdict");
    tiny.put("suitability/rules.toml", b"nonsense = 1\n");
    let words: Vec<String> = ["--content", tiny.path(), "check"].map(str::to_owned).into();
    assert_eq!(run(&words, closed(), Stdio::piped()).0.code(), Some(1));
}
