//! What others could read of a visit without looking at the page itself: addresses, titles, the history, requests, logs,
//! names of files, and the like.

use crate::browser::Browser;
use crate::host::Host;
use crate::process::workspace;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

/// What was seen, by place.
pub type Seen = BTreeMap<&'static str, Vec<String>>;

/// Somebody who looks at all of that, from the start of a visit.
pub struct Watch<'a> {
    browser: &'a Browser,
    hosts: Vec<&'a Host>,
    downloads: PathBuf,
    seen: Seen,
}

/// Expressions whose value must tell nothing.
const IN_PAGE: &[(&str, &str)] = &[
    ("address", "location.href"),
    ("title", "document.title"),
    ("history state", "JSON.stringify(history.state)"),
    ("referrer", "document.referrer"),
    ("cookie", "location.protocol === 'data:' ? '' : document.cookie"),
    ("window name", "window.name"),
    ("message", "(globalThis.messages ?? []).join()"),
    ("resource", "performance.getEntries().map((entry) => entry.name).join(' ')"),
    ("file name", "[...document.querySelectorAll('[download]')].map((link) => link.download + link.href).join(' ')"),
];

static WATCHES: AtomicU32 = AtomicU32::new(0);

impl<'a> Watch<'a> {
    /// Watches a browser and every host it goes to. Files it is given go into a folder of their own.
    pub fn over(browser: &'a Browser, hosts: &[&'a Host]) -> Self {
        let number = WATCHES.fetch_add(1, Ordering::Relaxed);
        let downloads = workspace().join(format!("target/tmp/watch-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&downloads).expect("a folder in target");
        browser.cdp("Page.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": downloads }));
        Self { browser, hosts: hosts.to_vec(), downloads, seen: Seen::new() }
    }

    /// Looks at what stands on every side at this moment.
    pub fn look(&mut self) {
        for (place, expression) in IN_PAGE {
            let text = self.browser.words(expression);
            self.note(place, text);
        }
        for entry in self.browser.history().0 {
            self.note("history", format!("{} {}", entry.url, entry.title));
        }
        for line in self.browser.log("browser") {
            self.note("log", line);
        }
        for head in self.hosts.iter().flat_map(|host| host.asked()).collect::<Vec<String>>() {
            let (line, headers) = head.split_once('\n').expect("a request");
            self.note("request", line.to_owned());
            self.note("header", headers.to_owned());
        }
        for file in std::fs::read_dir(&self.downloads).expect("the folder").flatten() {
            self.note("file name", file.file_name().to_string_lossy().into_owned());
        }
    }

    /// What was seen so far.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    fn note(&mut self, place: &'static str, text: String) {
        let texts = self.seen.entry(place).or_default();
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        // A folder left behind lies in `target`.
        let _ = std::fs::remove_dir_all(&self.downloads);
    }
}

/// The places where a word was seen, and where.
pub fn leaks(seen: &Seen, word: &str) -> Seen {
    let with = |texts: &Vec<String>| -> Vec<String> {
        texts.iter().filter(|text| text.to_lowercase().contains(word)).cloned().collect()
    };
    seen.iter().map(|(place, texts)| (*place, with(texts))).filter(|(_, texts)| !texts.is_empty()).collect()
}
