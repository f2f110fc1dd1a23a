//! The finished site, served as a real host would: as it was built, or a copy with something broken.

use crate::process::{Process, free_port, workspace};
use std::fs;
use std::io::{Read, Write, copy};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
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
        Self { server: serve(&copy.folder), copy: Some(copy) }
    }

    /// The address of its root.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.server.port)
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
            for outer in listener.incoming().flatten() {
                spawn(move || pass(outer, inside, late, delay));
            }
        });
        format!("http://127.0.0.1:{port}/")
    }
}

/// Passes one request on, and its answer back.
fn pass(mut outer: TcpStream, inside: u16, late: &str, delay: Duration) -> std::io::Result<()> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        outer.read_exact(&mut byte)?;
        head.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&head).replace("Connection: keep-alive", "Connection: close");
    if head.lines().next().is_some_and(|request| request.contains(late)) {
        sleep(delay);
    }
    let mut inner = TcpStream::connect(("127.0.0.1", inside))?;
    inner.write_all(head.as_bytes())?;
    copy(&mut inner, &mut outer)?;
    Ok(())
}

fn dist() -> PathBuf {
    let folder = workspace().join("dist");
    assert!(folder.join("en/check/index.html").exists(), "{} holds no site: run `cargo xtask build`", folder.display());
    folder
}

fn serve(folder: &Path) -> Process {
    let program = workspace().join("target/debug/mesocheck");
    assert!(program.exists(), "{} is missing: run `cargo xtask build`", program.display());
    let port = free_port();
    let mut command = Command::new(program);
    command.arg("serve").arg(folder).args(["--port", &port.to_string()]);
    Process::listening(&mut command, port)
}

/// A copy of the site that may be broken. Deleted when dropped.
#[derive(Debug)]
pub struct Copy {
    folder: PathBuf,
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

    /// The one file of a folder whose name begins and ends like this.
    pub fn named(&self, folder: &str, start: &str, end: &str) -> String {
        let files = fs::read_dir(self.folder.join(folder)).expect("a folder of the site").flatten();
        let mut names = files.map(|file| file.file_name().to_string_lossy().into_owned());
        let name = names.find(|name| name.starts_with(start) && name.ends_with(end)).expect("a file of that name");
        format!("{folder}/{name}")
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // A folder left behind lies in `target`.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn copy_folder(from: &Path, to: &Path) {
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
