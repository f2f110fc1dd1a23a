//! The finished site, served as a real host would: as it was built, or a copy with something broken.

use crate::host::{hand_on, read_head};
use crate::hosting::Server;
use crate::process::{Process, free_port, mesocheck, workspace};
use serde_json::Value;
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
    program: Server,
    /// Gone while it is stopped.
    server: RefCell<Option<Process>>,
    /// The copy that goes with it, where it is one.
    copy: Option<Copy>,
    /// The folder of the host it stands in: empty, or with a slash at its end.
    below: &'static str,
}

impl Site {
    /// The site as it was built.
    pub fn built() -> Self {
        Self::serving(None, "")
    }

    /// A copy of the site, served by another program.
    pub fn on(program: Server) -> Self {
        let copy = Copy::built();
        program.prepare(&copy.folder);
        Self::served_by(program, Some(copy), "")
    }

    /// A copy of the site, changed before it is served.
    pub fn altered(change: impl FnOnce(&Copy)) -> Self {
        let copy = Copy::of(&dist());
        change(&copy);
        Self::serving(Some(copy), "")
    }

    /// The site of a clinic that wants the button that leaves at once. Only content can have an https address: another
    /// page takes the neutral one's place.
    pub fn with_exit(neutral: &str) -> Self {
        let copy = Copy::of_clinic("exit", "exit = true\nneutral = \"https://weather.example/\"\n");
        for page in copy.pages() {
            copy.rewrite(&page, |html| html.replace("https://weather.example/", neutral));
        }
        Self::serving(Some(copy), "")
    }

    /// The site of a clinic with these settings, changed before it is served.
    pub fn of_clinic(name: &'static str, settings: &'static str, change: impl FnOnce(&Copy)) -> Self {
        let copy = Copy::of_clinic(name, settings);
        change(&copy);
        Self::serving(Some(copy), "")
    }

    /// The site in a folder of a host.
    pub fn below(folder: &'static str) -> Self {
        Self::serving(Some(Copy::below(&dist(), folder)), folder)
    }

    fn serving(copy: Option<Copy>, below: &'static str) -> Self {
        Self::served_by(Server::Mesocheck, copy, below)
    }

    fn served_by(program: Server, copy: Option<Copy>, below: &'static str) -> Self {
        let site = Self { port: free_port(), program, server: RefCell::new(None), copy, below };
        site.resume();
        site
    }

    /// Ends the server, as a cut line does.
    pub fn stop(&self) {
        self.server.replace(None);
        assert!(TcpStream::connect(("127.0.0.1", self.port)).is_err(), "the server is still there");
    }

    /// Serves again, at the same address.
    pub fn resume(&self) {
        let mut command = self.program.command(&self.folder(), self.port);
        self.server.replace(Some(Process::listening(&mut command, self.port)));
    }

    /// Puts another version in place of a copy, in one step as a good host does.
    pub fn publish(&self, version: &Copy) {
        self.copy.as_ref().expect("a copy").take(version);
    }

    /// The address of its root.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/{}", self.port, self.below)
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
        self.copy.as_ref().map_or_else(dist, |copy| copy.folder.clone())
    }

    /// The address of a second door to the same site, where one kind of file comes late.
    pub fn slow_door(&self, late: &'static str, delay: Duration) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
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

fn dist() -> PathBuf {
    let folder = workspace().join("dist");
    assert!(folder.join("en/check/index.html").exists(), "{} holds no site: run `cargo xtask build`", folder.display());
    folder
}

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
    command.current_dir(workspace()).args(["site", "--no-twins", "--app", "target/wasm-bindgen/debug"]).args(words);
    let output = command.arg("--content").arg(&content).arg("--out").arg(&site).output().expect("mesocheck");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Trunk says nowhere that it leaves the app there.
    let app = named(&site, "assets", "app-", ".js");
    assert!(dist().join(&app).exists(), "the app in target/wasm-bindgen is not the one of the site");
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
        copy_folder(site, &copy.folder);
        copy
    }

    /// The site as it was built.
    pub fn built() -> Self {
        Self::of(&dist())
    }

    fn below(site: &Path, folder: &str) -> Self {
        let copy = Self::empty();
        copy_folder(site, &copy.folder.join(folder));
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

    /// The site of a clinic, made once.
    pub fn of_clinic(name: &'static str, settings: &'static str) -> Self {
        Self::version(name, ("clinic.toml", "# name = \"Example Clinic\"\n", settings), &[])
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

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder in target");
    for entry in fs::read_dir(from).expect("a folder of the site").flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
