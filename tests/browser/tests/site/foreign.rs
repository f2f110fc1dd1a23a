//! A browser that throws at what the app calls, or lacks it: the check is done all the same.

use browser_tests::browser::{Browser, PATIENCE, Setting};
use browser_tests::browser_test;
use browser_tests::person::{BUTTONS_ALONE, clear};
use browser_tests::process::workspace;
use browser_tests::site::Site;
use serde_json::Value;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// What the app calls, and how to have it throw. In a script, `fail` throws, and `getter(object, name)` has a property do so.
const CALLS: &[(&str, &str)] = &[
    ("DateTimeFormat", "Intl.DateTimeFormat = fail"),
    ("Date", "Date = fail"),
    ("Intl", "getter(globalThis, 'Intl')"),
    ("URL", "URL = fail"),
    ("back", "History.prototype.back = fail"),
    ("clipboard", "getter(Navigator.prototype, 'clipboard')"),
    ("focus", "HTMLElement.prototype.focus = SVGElement.prototype.focus = fail"),
    ("getDate", "Date.prototype.getDate = fail"),
    ("getFullYear", "Date.prototype.getFullYear = fail"),
    ("getItem", "Storage.prototype.getItem = fail"),
    ("getMonth", "Date.prototype.getMonth = fail"),
    ("getTime", "Date.prototype.getTime = fail"),
    ("hidden", "getter(Document.prototype, 'hidden')"),
    ("history", "getter(globalThis, 'history')"),
    ("key", "Storage.prototype.key = fail"),
    ("language", "getter(Navigator.prototype, 'language')"),
    ("length", "getter(Storage.prototype, 'length')"),
    ("localStorage", "getter(globalThis, 'localStorage')"),
    ("navigation", "getter(globalThis, 'navigation')"),
    ("navigator", "getter(globalThis, 'navigator')"),
    ("now", "Performance.prototype.now = fail"),
    ("performance", "getter(globalThis, 'performance')"),
    ("print", "print = fail"),
    ("pushState", "History.prototype.pushState = fail"),
    ("removeItem", "Storage.prototype.removeItem = fail"),
    ("replaceState", "History.prototype.replaceState = fail"),
    ("requestAnimationFrame", "requestAnimationFrame = fail"),
    ("resolvedOptions", "Intl.DateTimeFormat.prototype.resolvedOptions = fail"),
    ("scrollIntoView", "Element.prototype.scrollIntoView = fail"),
    ("scrollTo", "scrollTo = fail"),
    ("sessionStorage", "getter(globalThis, 'sessionStorage')"),
    ("setInterval", "setInterval = fail"),
    ("setItem", "Storage.prototype.setItem = fail"),
    ("setTimeout", "requestAnimationFrame = setTimeout = fail"),
    ("share", "Navigator.prototype.share = fail"),
    ("state", "getter(History.prototype, 'state')"),
    ("timeOrigin", "getter(Performance.prototype, 'timeOrigin')"),
    (
        "timeZone",
        "Intl.DateTimeFormat.prototype.resolvedOptions = () => ({ get timeZone() { throw new Error('broken') } })",
    ),
    ("title", "Object.defineProperty(Document.prototype, 'title', { get: () => '', set: fail })"),
    ("toLocaleDateString", "Date.prototype.toLocaleDateString = fail"),
    ("toLocaleString", "Date.prototype.toLocaleString = fail"),
    ("writeText", "Clipboard.prototype.writeText = fail"),
];

/// Names that another name of [`CALLS`] stands for, that no page can change, or that belong to what was thrown or handed
/// over; and the page itself, without which there is no app.
const OTHERWISE: &[&str] = &[
    "activation",
    "addEventListener",
    "call",
    "cloneNode",
    "close",
    "construct",
    "createElement",
    "createElementNS",
    "deleteProperty",
    "document",
    "enqueue",
    "from",
    "get",
    "hash",
    "href",
    "insertBefore",
    "mesocheckCode",
    "name",
    "navigationType",
    "new_with_base",
    "pathname",
    "querySelector",
    "removeAttribute",
    "removeEventListener",
    "replace",
    "respond",
    "set",
    "setAttribute",
    "set_href",
    "text",
    "top",
    "wasDiscarded",
];

fn broken(how: &str) -> String {
    format!(
        "{{
           const fail = function () {{ throw new Error('broken'); }};
           const getter = (object, name) => Object.defineProperty(object, name, {{ get: fail, configurable: true }});
           try {{ {how}; }} catch (error) {{ globalThis.unbroken = String(error); }}
         }}"
    )
}

/// The check before a treatment, in a browser where all of these are broken.
fn outcome(browser: &Browser, how: &str) -> Value {
    browser.open_tab();
    browser.before_each_page(&broken(how));
    browser.go_to("check/");
    // The page cannot be asked to wait: what it would wait by may be broken.
    let end = Instant::now() + PATIENCE;
    while !browser.holds("globalThis.mesocheckReady") {
        assert!(Instant::now() < end, "{how}: no app on {}", browser.page());
        sleep(Duration::from_millis(10));
    }
    assert_eq!(browser.value("globalThis.unbroken"), Value::Null, "{how}");
    browser.run_until_called(BUTTONS_ALONE, &[clear()])
}

#[browser_test]
fn a_check_is_done_whatever_throws() {
    let browser = Browser::with(Site::built(), Setting::PagesForgotten);
    let before = browser.tab();
    for (name, how) in CALLS {
        let outcome = outcome(&browser, how);
        assert!(["clear", "talk"].iter().any(|whole| outcome == *whole), "{name}: {outcome}\n{}", browser.page());
        browser.close_tab(&before);
    }
}

/// Everything at once, but for what has no way round: one of the two clocks.
#[browser_test]
fn a_check_is_done_where_everything_throws() {
    let browser = Browser::with(Site::built(), Setting::PagesForgotten);
    let all = CALLS.iter().filter(|(name, _)| !["Date", "Intl", "now", "performance", "timeOrigin"].contains(name));
    let all: Vec<&str> = all.map(|(_, how)| *how).collect();
    let outcome = outcome(&browser, &all.join("; "));
    assert!(["clear", "talk"].iter().any(|whole| outcome == *whole), "{outcome}\n{}", browser.page());
}

/// Whatever else the app comes to call must be added here.
#[browser_test]
fn everything_the_app_calls_is_among_them() {
    let known = |name: &str| CALLS.iter().any(|(called, _)| *called == name) || OTHERWISE.contains(&name);
    let imports = std::fs::read_to_string(workspace().join("compiler/src/site/imports.txt")).unwrap();
    let caught = imports.lines().filter(|line| !line.starts_with('#') && !line.contains(": "));
    let mut unknown: Vec<String> = caught.filter(|name| !known(name)).map(str::to_owned).collect();
    // What is called by name, as a text: from the sources.
    for file in ["address", "clock", "dom", "foreign", "session", "share", "code", "handover"] {
        let text = std::fs::read_to_string(workspace().join(format!("src/browser/{file}.rs"))).unwrap();
        for call in ["call(", "get(", "make(", "function(", "promise("] {
            let texts = text.split(call).skip(1).filter_map(|rest| rest.split('"').nth(1).zip(rest.find('"')));
            let near = texts.filter(|(name, at)| *at < 40 && name.bytes().all(|letter| letter.is_ascii_alphabetic()));
            unknown.extend(near.map(|(name, _)| name.to_owned()).filter(|name| !name.is_empty() && !known(name)));
        }
    }
    assert_eq!(unknown, Vec::<String>::new());
}

#[browser_test]
fn a_language_that_is_no_tag_gives_times_in_that_of_the_page() {
    let browser = Browser::open();
    for language in ["en_US", "en", "en-US", "en-x", "en-US-POSIX-", "C", "", "enm"] {
        browser.open_tab();
        browser.before_each_page(&format!(
            "Object.defineProperty(Navigator.prototype, 'language', {{ get: () => '{language}' }})"
        ));
        browser.complete(&[("age", &["under18"])]);
        let made = browser.words("document.querySelector('.made').innerText");
        assert!(made.contains("Your result · ") && made.len() > 20, "{language}: {made}");
        browser.open_page("");
        browser.until("document.querySelector('[data-kept] [data-action=go-on]') !== null");
        browser.must_be_quiet();
    }
}
