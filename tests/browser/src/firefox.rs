//! A Firefox, where the machine has one, driven by its own protocol, Marionette: no further program is needed. It is for
//! what another engine might do unasked.

use crate::process::workspace;
use serde_json::{Value, json};
use std::io::{BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Its names as programs.
const PROGRAMS: [&str; 2] = ["firefox-esr", "firefox"];

/// What it would ask of others by itself, or of whoever starts it.
const QUIET: &str = r#"
user_pref("marionette.port", 0);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
"#;

/// A Firefox with a profile of its own. Both end with it.
#[derive(Debug)]
pub struct Firefox {
    child: Child,
    talk: BufReader<TcpStream>,
    profile: PathBuf,
    asked: u32,
}

impl Firefox {
    /// Starts one with these settings; none where the machine has no Firefox.
    pub fn start(settings: &[(&str, &str)]) -> Option<Self> {
        static STARTED: AtomicU32 = AtomicU32::new(0);
        let number = STARTED.fetch_add(1, Ordering::Relaxed);
        let profile = workspace().join(format!("target/tmp/firefox-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&profile).expect("a folder in target");
        let own = settings.iter().map(|(name, value)| format!("user_pref(\"{name}\", {value});\n"));
        std::fs::write(profile.join("user.js"), own.fold(QUIET.to_owned(), |all, line| all + line.as_str()))
            .expect("settings");
        let child = PROGRAMS.iter().find_map(|program| {
            let mut command = Command::new(program);
            command.args(["--headless", "--marionette", "--no-remote", "--profile"]).arg(&profile);
            command.env("TZ", "Europe/London").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().ok()
        });
        let child = child?;
        let end = Instant::now() + Duration::from_mins(1);
        let talk = loop {
            let port = std::fs::read_to_string(profile.join("MarionetteActivePort")).unwrap_or_default();
            if let Some(talk) =
                port.trim().parse().ok().and_then(|port: u16| TcpStream::connect(("127.0.0.1", port)).ok())
            {
                break talk;
            }
            assert!(Instant::now() < end, "Firefox does not listen");
            sleep(Duration::from_millis(50));
        };
        let mut firefox = Self { child, talk: BufReader::new(talk), profile, asked: 0 };
        firefox.hear();
        firefox.ask("WebDriver:NewSession", &json!({ "capabilities": {} }));
        Some(firefox)
    }

    /// Goes to an address.
    pub fn visit(&mut self, address: &str) {
        self.ask("WebDriver:Navigate", &json!({ "url": address }));
    }

    /// Runs a script; what it returns.
    pub fn run(&mut self, script: &str) -> Value {
        self.ask("WebDriver:ExecuteScript", &json!({ "script": script, "args": [], "sandbox": null }))["value"].take()
    }

    /// Runs a script that calls its last argument when it is done.
    pub fn run_until_called(&mut self, script: &str, values: &[Value]) -> Value {
        let how = json!({ "script": script, "args": values, "sandbox": null, "scriptTimeout": 60_000 });
        self.ask("WebDriver:ExecuteAsyncScript", &how)["value"].take()
    }

    fn ask(&mut self, command: &str, values: &Value) -> Value {
        self.asked += 1;
        let text = json!([0, self.asked, command, values]).to_string();
        write!(self.talk.get_mut(), "{}:{text}", text.len()).expect("Firefox hears");
        let mut answer = self.hear();
        assert_eq!(answer[2], Value::Null, "{command}");
        answer[3].take()
    }

    /// A message: its length, a colon, JSON.
    fn hear(&mut self) -> Value {
        let (mut length, mut byte) = (0, [0]);
        loop {
            self.talk.read_exact(&mut byte).expect("Firefox answers");
            match byte {
                [b':'] => break,
                [digit] => length = length * 10 + usize::from(digit - b'0'),
            }
        }
        let mut text = vec![0; length];
        self.talk.read_exact(&mut text).expect("Firefox answers");
        serde_json::from_slice(&text).expect("JSON")
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        // Fails only for a process that has ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
        // A folder left behind lies in `target`.
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
