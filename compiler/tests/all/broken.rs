//! Broken content: every problem is told where it stands, and no problem hides another.
//!
//! Each file of `tests/broken/` is a change to the whole little content of `tests/tiny/`. A line without a mark names a
//! file and begins a change in it. Below it stand lines of that file, marked by how they begin:
//!
//! ```text
//! suitability/questions.toml       the file
//!   clear = "no"                   a line that stays, to find the place
//! - kind = "one"                   a line that goes
//! + kind = "oen"                   a line that comes
//! ! `kind` is "one", "many" or     how the message on the line above begins
//! ```
//!
//! `! gone` takes a file away and `! new` begins one, each with what is told of its first line; `\xE9` is a byte. Every
//! message must be expected, and every expected message told.

use crate::parts::folder::{Folder, Told, check, files, own};
use std::path::Path;

#[test]
fn the_little_content_is_whole() {
    let (output, problems) = Folder::tiny("whole").check();
    assert!(output.status.success(), "{problems:#?}");
}

#[test]
fn every_problem_is_told_where_it_stands() {
    let samples = files(&own("broken"));
    assert!(samples.len() >= 40, "only {} samples", samples.len());
    let wrong: Vec<String> = samples.iter().filter_map(|sample| failure(sample)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_folder_that_is_not_there_is_said_so() {
    let output = check(Path::new("/nowhere/content"));
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && text.contains("there is no folder /nowhere/content"), "{text}");
}

/// Saved with the line ends and the byte order mark of Windows, content is the same.
#[test]
fn content_saved_on_windows_is_whole() {
    let folder = Folder::tiny("windows");
    let tiny = own("tiny");
    for file in files(&tiny) {
        let path = file.strip_prefix(&tiny).unwrap().to_str().unwrap();
        folder.put(path, format!("\u{feff}{}", folder.text(path).replace('\n', "\r\n")).as_bytes());
    }
    let (output, problems) = folder.check();
    assert!(output.status.success(), "{problems:#?}");
}

/// What is wrong with how a sample is reported.
fn failure(sample: &Path) -> Option<String> {
    let name = sample.file_stem().unwrap().to_str().unwrap();
    let folder = Folder::tiny(name);
    let expected = broken(&folder, &std::fs::read_to_string(sample).unwrap(), name);
    let (output, told) = folder.check();
    let screen = String::from_utf8_lossy(&output.stderr);
    if output.status.code() != Some(1) || screen.contains("panicked") {
        return Some(format!("{name} ends with {}:\n{screen}", output.status));
    }
    let (lost, unexpected) = differences(expected, told);
    let whole = lost.is_empty() && unexpected.is_empty();
    (!whole).then(|| format!("{name}\n  not told: {lost:#?}\n  not expected: {unexpected:#?}\n{screen}"))
}

fn differences(expected: Vec<Told>, mut told: Vec<Told>) -> (Vec<Told>, Vec<Told>) {
    let mut lost = Vec::new();
    for wanted in expected {
        let same = |told: &Told| {
            told.path == wanted.path
                && told.line == wanted.line
                && told.what.starts_with(&wanted.what)
                && !told.help.is_empty()
        };
        match told.iter().position(same) {
            Some(place) => _ = told.remove(place),
            None => lost.push(wanted),
        }
    }
    (lost, told)
}

/// Makes the changes of a sample and returns what is to be told.
fn broken(folder: &Folder, sample: &str, name: &str) -> Vec<Told> {
    let mut expected = Vec::new();
    let mut lines = sample.lines().filter(|line| !line.is_empty()).peekable();
    while let Some(path) = lines.next() {
        let mut change = Vec::new();
        while let Some(line) = lines.next_if(|line| ["  ", "+ ", "- ", "! "].iter().any(|mark| line.starts_with(mark)))
        {
            change.push(line.split_at(2));
        }
        expected.extend(apply(folder, path, &change, name));
    }
    expected
}

fn apply(folder: &Folder, path: &str, change: &[(&str, &str)], name: &str) -> Vec<Told> {
    let here = |line: usize, what: &str| Told { path: path.into(), line, what: what.into(), help: String::new() };
    let with = |marks: [&str; 2]| -> Vec<&str> {
        change.iter().filter(|(mark, _)| marks.contains(mark)).map(|(_, line)| *line).collect()
    };
    match change {
        [("! ", "gone"), rest @ ..] => {
            folder.remove(path);
            return rest.iter().map(|(_, what)| here(1, what)).collect();
        }
        [("! ", "new"), ..] => folder.put(path, b"\n"),
        _ => {}
    }
    let new = change.first().is_some_and(|(_, what)| *what == "new");
    let text = folder.text(path);
    let old = if new { String::new() } else { with(["  ", "- "]).join("\n") + "\n" };
    let at =
        (format!("\n{text}")).find(&format!("\n{old}")).unwrap_or_else(|| panic!("{name}: {path} has no lines\n{old}"));
    let (before, after) = text.split_at(at);
    let after = after.strip_prefix(&old).unwrap_or_default();
    folder.put(path, &bytes(&format!("{before}{}\n{after}", with(["  ", "+ "]).join("\n"))));
    let mut line = before.matches('\n').count();
    let mut expected = Vec::new();
    for (mark, text) in change {
        match *mark {
            "! " if *text != "new" => expected.push(here(line.max(1), text)),
            "  " | "+ " => line += 1,
            _ => {}
        }
    }
    expected
}

/// `\xE9` is the byte E9.
fn bytes(text: &str) -> Vec<u8> {
    let mut parts = text.split("\\x");
    let mut bytes: Vec<u8> = parts.next().unwrap_or_default().into();
    for part in parts {
        let (byte, rest) = part.split_at(2);
        bytes.push(u8::from_str_radix(byte, 16).unwrap());
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}
