//! The finished site, served as a real host would: as it was built, or a copy with something broken.

use crate::host::{hand_on, read_head};
use crate::hosting::Server;
use crate::process::{Process, fresh_listener, mesocheck, port, workspace};
use serde_json::Value;
use site_server::server::{Pages, Server as InProcess};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// A served site.
#[derive(Debug)]
pub struct Site {
    port: u16,
    /// The program that serves it; none: this one.
    program: Option<Server>,
    /// Gone while it is stopped.
    server: RefCell<Option<Serving>>,
    /// The copy that goes with it, where it is one.
    copy: Option<Copy>,
    /// Which site it is, where it is no copy.
    folder: PathBuf,
    /// The folder of the host it stands in: empty, or with a slash at its end.
    below: &'static str,
    pages: Pages,
}

/// Ended when it is dropped.
#[derive(Debug)]
enum Serving {
    Here { _server: InProcess },
    Elsewhere { _process: Process },
}

impl Site {
    /// The site as it was built, but without the worker that keeps it for use without a connection: fetching everything
    /// in the background is half of what a test would take.
    pub fn built() -> Self {
        Self::serving(quiet(), None, "")
    }

    /// The site as it was built.
    pub fn with_worker() -> Self {
        Self::serving(dist(), None, "")
    }

    /// A copy of the site, served by another program.
    pub fn on(program: Server) -> Self {
        let copy = Copy::built();
        program.prepare(&copy.folder);
        Self::served_by(Some(program), dist(), Some(copy), "")
    }

    /// A copy of the site, changed before it is served.
    pub fn altered(change: impl FnOnce(&Copy)) -> Self {
        let copy = Copy::of(&quiet());
        change(&copy);
        Self::serving(quiet(), Some(copy), "")
    }

    /// A copy of the site as `cargo xtask serve --dev` serves it.
    pub fn in_the_making() -> Self {
        let site = Self { pages: Pages::Reloading, ..Self::serving(quiet(), Some(Copy::of(&quiet())), "") };
        site.stop();
        site.resume();
        site
    }

    /// Changes a copy that is served.
    pub fn change(&self, change: impl FnOnce(&Copy)) {
        change(self.copy.as_ref().expect("a copy"));
    }

    /// A copy of the site with its worker, which can be replaced.
    pub fn published() -> Self {
        Self::serving(dist(), Some(Copy::built()), "")
    }

    /// The site of a clinic that wants the button that leaves at once. Only content can have an https address: another
    /// page takes the neutral one's place.
    pub fn with_exit(neutral: &str) -> Self {
        let copy = Copy::of_clinic("exit", "exit = true\nneutral = \"https://weather.example/\"\n");
        for page in copy.pages() {
            copy.rewrite(&page, |html| html.replace("https://weather.example/", neutral));
        }
        Self::serving(quiet(), Some(copy), "")
    }

    /// The site of a clinic with these settings, changed before it is served.
    pub fn of_clinic(name: &'static str, settings: &'static str, change: impl FnOnce(&Copy)) -> Self {
        let copy = Copy::of_clinic(name, settings);
        change(&copy);
        Self::serving(quiet(), Some(copy), "")
    }

    /// The same as it is published, with its worker.
    pub fn of_clinic_with_worker(name: &'static str, settings: &'static str) -> Self {
        Self::serving(dist(), Some(Copy::version(name, ("clinic.toml", UNNAMED, settings), &[])), "")
    }

    /// The site in a folder of a host.
    pub fn below(folder: &'static str) -> Self {
        Self::serving(dist(), Some(Copy::below(&dist(), folder)), folder)
    }

    /// The site twice, in two folders of one host.
    pub fn side_by_side(folders: [&str; 2]) -> Self {
        let copy = Copy::empty();
        for folder in folders {
            link_folder(&quiet(), &copy.folder.join(folder));
        }
        Self::serving(quiet(), Some(copy), "")
    }

    fn serving(folder: PathBuf, copy: Option<Copy>, below: &'static str) -> Self {
        Self::served_by(None, folder, copy, below)
    }

    fn served_by(program: Option<Server>, folder: PathBuf, copy: Option<Copy>, below: &'static str) -> Self {
        let listener = fresh_listener();
        let site = Self {
            port: port(&listener),
            program,
            server: RefCell::new(None),
            copy,
            folder,
            below,
            pages: Pages::Still,
        };
        site.start(listener);
        site
    }

    /// Ends the server, as a cut line does.
    pub fn stop(&self) {
        self.server.replace(None);
        assert!(TcpStream::connect(("127.0.0.1", self.port)).is_err(), "the server is still there");
    }

    /// Serves again, at the same address.
    pub fn resume(&self) {
        self.start(TcpListener::bind(("127.0.0.1", self.port)).expect("the port it had"));
    }

    fn start(&self, listener: TcpListener) {
        let serving = if let Some(program) = self.program {
            drop(listener);
            let process = Process::listening(&mut program.command(&self.folder(), self.port), self.port);
            Serving::Elsewhere { _process: process }
        } else {
            Serving::Here { _server: InProcess::start(&self.folder(), listener, self.pages).expect("a server") }
        };
        self.server.replace(Some(serving));
    }

    /// Puts another version in place of a copy, in one step as a good host does.
    pub fn publish(&self, version: &Copy) {
        self.copy.as_ref().expect("a copy").take(version);
    }

    /// The address of its root.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}", self.port, self.below)
    }

    /// Its origin.
    pub fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it is served at.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The files the worker keeps, by the address they are asked for at, as its list says.
    pub fn listed(&self) -> Vec<String> {
        let text = String::from_utf8(self.read("sw.js")).expect("text");
        let site = text.lines().find_map(|line| line.strip_prefix("const SITE = ")).expect("a list");
        let site: Value = serde_json::from_str(site.trim_end_matches(';')).expect("JSON");
        let path = |file: &Value| file[0].as_str().expect("a path").trim_start_matches("./").to_owned();
        site["files"].as_array().expect("a list").iter().map(path).collect()
    }

    /// A file of it.
    pub fn read(&self, path: &str) -> Vec<u8> {
        let file = self.file(path);
        fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    }

    fn file(&self, path: &str) -> PathBuf {
        self.folder().join(self.below).join(path)
    }

    /// The bytes of a file, as they are sent to a browser that takes brotli.
    pub fn bytes(&self, path: &str) -> u64 {
        let file = self.file(&format!("{path}.br"));
        fs::metadata(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).len()
    }

    fn folder(&self) -> PathBuf {
        self.copy.as_ref().map_or_else(|| self.folder.clone(), |copy| copy.folder.clone())
    }

    /// The address of a second door to the same site, where one kind of file comes late.
    pub fn slow_door(&self, late: &'static str, delay: Duration) -> String {
        let listener = fresh_listener();
        let port = port(&listener);
        let inside = self.port;
        // It ends with the process.
        spawn(move || {
            for mut outer in listener.incoming().flatten() {
                spawn(move || {
                    let head = read_head(&mut outer)?;
                    if head.lines().next().is_some_and(|request| request.contains(late)) {
                        sleep(delay);
                    }
                    hand_on(outer, &head, inside)
                });
            }
        });
        format!("http://127.0.0.1:{port}/")
    }
}

/// The site as it was built.
fn dist() -> PathBuf {
    built("dist")
}

/// The same without its worker.
fn quiet() -> PathBuf {
    built("target/site/quiet")
}

fn built(folder: &str) -> PathBuf {
    let folder = workspace().join(folder);
    let is_there = folder.join("en/check/index.html").exists();
    assert!(is_there, "{} holds no site: run `cargo xtask test browser`", folder.display());
    folder
}

/// What stands in a clinic's settings in place of its own.
const UNNAMED: &str = "# name = \"Example Clinic\"\n";

/// The app, as it was compiled for the site.
pub const APP: &str = "target/app/wasm";

/// A site of content in which a text of a file is replaced by another, made as a publisher makes it, with further words
/// on the command line. Only its pages are made anew: the app is the one that was built.
fn made(name: &str, (file, old, new): (&str, &str, &str), words: &[&str]) -> PathBuf {
    let folder = workspace().join("target/tmp/versions").join(name);
    let content = folder.join("content");
    // What an earlier run made.
    let _ = fs::remove_dir_all(&folder);
    copy_folder(&workspace().join("content"), &content);
    // Files that a clinic's settings may name.
    for file in ["tiny/logo.svg", "sample/block.woff2"] {
        let from = workspace().join("compiler/tests").join(file);
        fs::copy(&from, content.join(from.file_name().expect("a name"))).expect("a copy");
    }
    let file = content.join(file);
    let text = fs::read_to_string(&file).expect("a file of the content");
    assert!(text.contains(old), "{} does not hold `{old}`", file.display());
    fs::write(&file, text.replacen(old, new, 1)).expect("a writable copy");
    let site = folder.join("site");
    let mut command = mesocheck();
    command.current_dir(workspace()).args(["site", "--no-twins", "--app", APP]).args(words);
    let output = command.arg("--content").arg(&content).arg("--out").arg(&site).output().expect("mesocheck");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let app = named(&site, "assets", "app-", ".js");
    assert!(dist().join(&app).exists(), "the app in {APP} is not the one of the site");
    site
}

/// A copy of the site that may be broken. Deleted when dropped.
#[derive(Debug)]
pub struct Copy {
    folder: PathBuf,
}

fn named(site: &Path, folder: &str, start: &str, end: &str) -> String {
    let files = fs::read_dir(site.join(folder)).expect("a folder of the site").flatten();
    let mut names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let name = names.find(|name| name.starts_with(start) && name.ends_with(end)).expect("a file of that name");
    format!("{folder}/{name}")
}

static COPIES: AtomicU32 = AtomicU32::new(0);

impl Copy {
    fn empty() -> Self {
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        Self { folder: workspace().join(format!("target/tmp/site-{}-{number}", std::process::id())) }
    }

    fn of(site: &Path) -> Self {
        let copy = Self::empty();
        link_folder(site, &copy.folder);
        copy
    }

    /// The site as it was built.
    pub fn built() -> Self {
        Self::of(&dist())
    }

    fn below(site: &Path, folder: &str) -> Self {
        let copy = Self::empty();
        link_folder(site, &copy.folder.join(folder));
        fs::copy(site.join("404.html"), copy.folder.join("404.html")).expect("a copy");
        copy
    }

    /// Another version of the site, made once: with a text of the content replaced, and further words on the command
    /// line.
    pub fn version(name: &'static str, change: (&str, &str, &str), words: &[&str]) -> Self {
        static MADE: Mutex<BTreeMap<&str, PathBuf>> = Mutex::new(BTreeMap::new());
        // A test that failed here has said why.
        let mut all = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        Self::of(all.entry(name).or_insert_with(|| made(name, change, words)))
    }

    /// The site of a clinic, made once, without the worker.
    pub fn of_clinic(name: &'static str, settings: &'static str) -> Self {
        Self::version(name, ("clinic.toml", UNNAMED, settings), &["--kill-switch"])
    }

    /// Takes what another copy holds.
    fn take(&self, other: &Self) {
        let (new, old) = (Self::of(&other.folder), Self::empty());
        fs::rename(&self.folder, &old.folder).expect("the old version can be moved");
        fs::rename(&new.folder, &self.folder).expect("the new version can be moved");
    }

    /// Takes a file and its twins away.
    pub fn remove(&self, path: &str) {
        fs::remove_file(self.folder.join(path)).expect("a file of the site");
        for end in ["br", "gz"] {
            // Some files have none.
            let _ = fs::remove_file(self.folder.join(format!("{path}.{end}")));
        }
    }

    /// Rewrites a file, and drops its compressed twins.
    pub fn rewrite(&self, path: &str, change: impl FnOnce(String) -> String) {
        let path = self.folder.join(path);
        let text = fs::read_to_string(&path).expect("a file of the site");
        let changed = change(text.clone());
        assert_ne!(text, changed, "{} was not changed", path.display());
        // The file itself is that of the site.
        fs::remove_file(&path).expect("a file of the copy");
        fs::write(&path, changed).expect("a writable copy");
        for end in ["br", "gz"] {
            // Some files have none.
            let _ = fs::remove_file(format!("{}.{end}", path.display()));
        }
    }

    /// Every page below the locale.
    fn pages(&self) -> Vec<String> {
        let mut pages = Vec::new();
        let mut open = vec![self.folder.join("en")];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(folder).expect("a folder of the site").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    open.push(path);
                } else if path.extension().is_some_and(|end| end == "html") {
                    let below = path.strip_prefix(&self.folder).expect("a file of the copy");
                    pages.push(below.to_string_lossy().into_owned());
                }
            }
        }
        pages
    }

    /// The one file of a folder whose name begins and ends like this.
    pub fn named(&self, folder: &str, start: &str, end: &str) -> String {
        named(&self.folder, folder, start, end)
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder left behind lies in `target`.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder with the same files as another: each is to be replaced rather than written.
fn link_folder(from: &Path, to: &Path) {
    each_file(from, to, |file, target| fs::hard_link(file, target));
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    each_file(from, to, |file, target| fs::copy(file, target).map(drop));
}

fn each_file(from: &Path, to: &Path, put: impl Fn(&Path, &Path) -> std::io::Result<()> + std::marker::Copy) {
    fs::create_dir_all(to).expect("a folder in target");
    for entry in fs::read_dir(from).expect("a folder of the site").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            each_file(&entry.path(), &target, put);
        } else {
            put(&entry.path(), &target).expect("a copy");
        }
    }
}
