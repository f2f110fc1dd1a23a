//! The finished site, served as a real host would: as it was built, or a copy with something broken.

use crate::host::{hand_on, read_head};
use crate::process::{Process, free_port, mesocheck, workspace};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::{sleep, spawn};
use std::time::Duration;

/// A served site.
#[derive(Debug)]
pub struct Site {
    server: Process,
    /// The copy that goes with it, where it is one.
    copy: Option<Copy>,
}

impl Site {
    /// The site as it was built.
    pub fn built() -> Self {
        Self { server: serve(&dist()), copy: None }
    }

    /// A copy of the site, changed before it is served.
    pub fn altered(change: impl FnOnce(&Copy)) -> Self {
        let copy = Copy::of(&dist());
        change(&copy);
        Self::of(copy)
    }

    /// The site of a clinic that wants the button that leaves at once. Only content can have an https address: another
    /// page takes the neutral one's place.
    pub fn with_exit(neutral: &str) -> Self {
        static MADE: OnceLock<PathBuf> = OnceLock::new();
        let made = MADE.get_or_init(|| made("exit = true\nneutral = \"https://weather.example/\""));
        let copy = Copy::of(made);
        for page in copy.pages() {
            copy.rewrite(&page, |html| html.replace("https://weather.example/", neutral));
        }
        Self::of(copy)
    }

    fn of(copy: Copy) -> Self {
        Self { server: serve(&copy.folder), copy: Some(copy) }
    }

    /// The address of its root.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.server.port)
    }

    /// The port it is served at.
    pub fn port(&self) -> u16 {
        self.server.port
    }

    /// The bytes of a file, as they are sent to a browser that takes brotli.
    pub fn bytes(&self, address: &str) -> u64 {
        let path = address.strip_prefix(&self.address()).expect("an address of the site");
        let file = self.folder().join(format!("{path}.br"));
        fs::metadata(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display())).len()
    }

    fn folder(&self) -> PathBuf {
        self.copy.as_ref().map_or_else(dist, |copy| copy.folder.clone())
    }

    /// The address of a second door to the same site, where one kind of file comes late.
    pub fn slow_door(&self, late: &'static str, delay: Duration) -> String {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let inside = self.server.port;
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

/// A site with these lines in a clinic's settings. Only its pages are made anew: the app is the one that was built.
fn made(settings: &str) -> PathBuf {
    let folder = workspace().join("target/tmp/clinic");
    let content = folder.join("content");
    // What an earlier run made.
    let _ = fs::remove_dir_all(&folder);
    copy_folder(&workspace().join("content"), &content);
    let file = content.join("site.toml");
    let text = fs::read_to_string(&file).expect("the settings of the site");
    fs::write(&file, text.replace("[clinic]\n", &format!("[clinic]\n{settings}\n"))).expect("a writable copy");
    let site = folder.join("site");
    let mut command = mesocheck();
    command.current_dir(workspace()).args(["site", "--no-twins", "--app", "target/wasm-bindgen/debug"]);
    let output = command.arg("--content").arg(&content).arg("--out").arg(&site).output().expect("mesocheck");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // Trunk says nowhere that it leaves the app there.
    let app = named(&site, "assets", "app-", ".js");
    assert!(dist().join(&app).exists(), "the app in target/wasm-bindgen is not the one of the site");
    site
}

fn serve(folder: &Path) -> Process {
    let port = free_port();
    let mut command = mesocheck();
    command.arg("serve").arg(folder).args(["--port", &port.to_string()]);
    Process::listening(&mut command, port)
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
    fn of(site: &Path) -> Self {
        let number = COPIES.fetch_add(1, Ordering::Relaxed);
        let folder = workspace().join(format!("target/tmp/site-{}-{number}", std::process::id()));
        copy_folder(site, &folder);
        Self { folder }
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
