//! Programs that run as long as a test needs them.

use std::collections::BTreeSet;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A running program, ended when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// The port it listens on.
    pub port: u16,
}

impl Process {
    /// Starts a program that listens on `port`, and waits until it does.
    pub fn listening(command: &mut Command, port: u16) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).stdin(Stdio::null()).spawn();
        let child =
            child.unwrap_or_else(|error| panic!("cannot start {name}: {error}. `cargo xtask test browser` sets up"));
        let mut process = Self { child, port };
        let end = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Ok(Some(status)) = process.child.try_wait() {
                panic!("{name} ended at once: {status}");
            }
            assert!(Instant::now() < end, "{name} does not listen on port {port}");
            sleep(Duration::from_millis(5));
        }
        process
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Fails only for a process that has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A listener on a port that the system gives, and that nobody had before in this run: browsers are shared, and a port is
/// what tells one visit's storage from another's.
pub fn fresh_listener() -> TcpListener {
    static USED: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let mut used = USED.lock().unwrap_or_else(PoisonError::into_inner);
        if used.insert(port(&listener)) {
            return listener;
        }
    }
}

/// The port of a listener.
pub fn port(listener: &TcpListener) -> u16 {
    listener.local_addr().expect("its address").port()
}

/// The compiler, as it was built for the site.
pub fn mesocheck() -> Command {
    let program = workspace().join("target/debug/mesocheck");
    assert!(program.exists(), "{} is missing: run `cargo xtask build`", program.display());
    Command::new(program)
}

/// The folder of the workspace.
pub fn workspace() -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the workspace two folders up")
}
