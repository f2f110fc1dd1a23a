//! Content folders to try the program on: copies of `tests/tiny/`, a little content that is whole and uses every key.

use mesocheck::model::Labels;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A folder of its own for one trial; gone at the end.
pub struct Folder(PathBuf);

/// A problem as the program tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub path: String,
    pub line: usize,
    pub what: String,
    pub help: String,
}

impl Folder {
    /// A new one.
    pub fn empty(name: &str) -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = Self(std::env::temp_dir().join(format!("mesocheck-{}-{number}-{name}", std::process::id())));
        _ = std::fs::remove_dir_all(&folder.0);
        folder
    }

    /// A copy of the little content. Its labels are written here: they are many and change often.
    pub fn tiny(name: &str) -> Self {
        let folder = Self::empty(name);
        let tiny = own("tiny");
        for file in files(&tiny) {
            folder.put(file.strip_prefix(&tiny).unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
        }
        let labels = Labels::NAMES.iter().map(|name| format!("{} = \"words\"\n", name.trim_end_matches('_')));
        let words = folder.text("en/site.toml") + "\n[labels]\n" + &labels.collect::<String>();
        folder.put("en/site.toml", words.as_bytes());
        folder
    }

    pub fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }

    pub fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// A file that may not be there.
    pub fn maybe_text(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.0.join(path)).ok()
    }

    pub fn put(&self, path: &str, bytes: &[u8]) {
        let file = self.0.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }

    pub fn remove(&self, path: &str) {
        std::fs::remove_file(self.0.join(path)).unwrap();
    }

    /// What the program says of it, with all problems it tells.
    pub fn check(&self) -> (Output, Vec<Told>) {
        let output = check(&self.0);
        let problems = problems(&String::from_utf8(output.stderr.clone()).unwrap());
        (output, problems)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs `mesocheck check` on a folder, on a day when nothing in it is out of date.
pub fn check(folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_mesocheck"));
    command.args(["check", "--today", "2026-12-01"]).arg("--content").arg(folder).output().unwrap()
}

/// A path below `tests/`.
pub fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(path)
}

/// Every file below a folder, in order.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let below = entries.map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        below.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    files.sort();
    files
}

/// Reads the messages back from the screen: `× what`, `╭─[path:line:column]`, `help: …`, each over several lines at
/// times.
fn problems(screen: &str) -> Vec<Told> {
    let reports = screen.split("\n\n").filter_map(|report| report.trim_start_matches('\n').strip_prefix("  × "));
    reports.map(report).collect()
}

fn report(text: &str) -> Told {
    let (what, rest) = text.split_once("╭─[").unwrap_or_else(|| panic!("no place in {text}"));
    let (place, rest) = rest.split_once(']').unwrap();
    let (_, help) = rest.split_once("  help: ").unwrap_or_else(|| panic!("no help in {text}"));
    let mut place = place.rsplitn(3, ':');
    let (_, line) = (place.next(), place.next().unwrap());
    Told {
        path: place.next().unwrap().into(),
        line: line.parse().unwrap(),
        what: joined(&what.replace('│', " ")),
        help: joined(help),
    }
}

fn joined(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
