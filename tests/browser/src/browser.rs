//! A browser, and the site it looks at.

pub use crate::chromium::Setting;

use crate::chromium::Chromium;
use crate::process::workspace;
use crate::site::Site;
use crate::{pool, suite};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// How long a page may take to do what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// A browser that looks at a site.
#[derive(Debug)]
pub struct Browser {
    /// Gone when it was given back.
    chromium: Option<Chromium>,
    /// Whether other tests have it before and after.
    shared: bool,
    site: Site,
    /// What it had used before.
    processor: Duration,
}

impl Browser {
    /// A phone that looks at the site as it was built.
    pub fn open() -> Self {
        Self::with(Site::built(), Setting::Usual)
    }

    /// A phone that looks at the site with the worker that keeps it for use without a connection.
    pub fn open_with_worker() -> Self {
        Self::with(Site::with_worker(), Setting::Usual)
    }

    /// A phone with a setting that looks at a site. With the usual one, other tests have the browser before and after.
    pub fn with(site: Site, setting: Setting) -> Self {
        Self::started(site, setting, &[])
    }

    /// A browser with a profile that lasts; `again`: with the pages that were open when it was closed.
    pub fn in_profile(profile: &Path, again: bool) -> Self {
        let mut more = vec![format!("--user-data-dir={}", profile.display())];
        more.extend(again.then(|| "--restore-last-session".to_owned()));
        Self::started(Site::built(), Setting::Usual, &more)
    }

    fn started(site: Site, setting: Setting, more: &[String]) -> Self {
        let shared = setting == Setting::Usual && more.is_empty();
        let chromium = if shared { pool::take() } else { Chromium::start(setting, more) };
        let processor = if shared { chromium.processor() } else { Duration::ZERO };
        let mut browser = Self { chromium: Some(chromium), shared, site, processor };
        let lent = browser.chromium.as_mut().expect("it was put there").lend(shared);
        lent.unwrap_or_else(|error| panic!("a browser cannot be made ready: {error}"));
        browser.resize(360, 740);
        browser
    }

    fn chromium(&self) -> &Chromium {
        self.chromium.as_ref().expect("it goes with the browser")
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        self.chromium().driver()
    }

    pub(crate) fn wait<T>(&self, doing: &str, work: impl Future<Output = WebDriverResult<T>>) -> T {
        self.try_to(work).unwrap_or_else(|error| panic!("{doing}: {error}"))
    }

    pub(crate) fn try_to<T>(&self, work: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.chromium().wait(work)
    }

    /// The site it looks at.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// Goes to a page below `/en/`.
    pub fn go_to(&self, path: &str) {
        self.visit(&format!("{}en/{path}", self.site.address()));
    }

    /// Goes to an address.
    pub fn visit(&self, address: &str) {
        self.wait(address, self.driver().goto(address));
    }

    /// Loads the page anew.
    pub fn reload(&self) {
        self.wait("reload", self.driver().refresh());
    }

    /// Opens another tab and looks at it; leads back to the one before.
    pub fn new_tab(&self) -> WindowHandle {
        let before = self.wait("the tab", self.driver().window());
        let tab = self.wait("a tab", self.driver().new_tab());
        self.to_tab(tab);
        before
    }

    /// Looks at a tab.
    pub fn to_tab(&self, tab: WindowHandle) {
        self.wait("a tab", self.driver().switch_to_window(tab));
    }

    /// The browser's Back.
    pub fn browser_back(&self) {
        self.wait("back", self.driver().back());
    }

    /// The browser's Forward.
    pub fn browser_forward(&self) {
        self.wait("forward", self.driver().forward());
    }

    /// The window in CSS pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.chromium().resize(width, height).unwrap_or_else(|error| panic!("{width} × {height}: {error}"));
    }

    /// Whether a tab was there before this visit.
    pub(crate) fn is_of_the_pool(&self, tab: &WindowHandle) -> bool {
        self.chromium().base() == Some(tab)
    }

    /// Has the tab that is looked at in front of all others.
    pub fn bring_to_front(&self) {
        self.chromium().bring_to_front().unwrap_or_else(|error| panic!("bringing to front: {error}"));
    }

    /// Runs a script in every page of the tab from now on, before any of its own.
    pub fn before_each_page(&self, script: &str) {
        self.chromium().before_each_page(script).unwrap_or_else(|error| panic!("{script}: {error}"));
    }

    /// Has pages take other media for those of the device: the type, such as `print`, and features with their values; both
    /// empty: as it is.
    pub fn emulate_media(&self, kind: &str, features: &[(&str, &str)]) {
        self.chromium()
            .emulate_media(kind, features)
            .unwrap_or_else(|error| panic!("media {kind} {features:?}: {error}"));
    }

    /// A command of Chromium's own protocol, for a test that says it needs it: `#[browser_test(chromium)]`.
    pub fn cdp(&self, command: &str, values: Value) -> Value {
        assert!(
            suite::now().is_none_or(|test| test.chromium),
            "{command} is Chromium's own: the test is a `#[browser_test(chromium)]`"
        );
        self.chromium().cdp(command, values).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Runs a script; what it returns.
    pub fn run(&self, script: &str, values: &[Value]) -> Value {
        self.wait(script, self.driver().execute(script, values.to_vec())).json().clone()
    }

    /// Runs a script that calls its last argument when it is done.
    pub fn run_until_called(&self, script: &str, values: &[Value]) -> Value {
        self.wait("a script", self.driver().execute_async(script, values.to_vec())).json().clone()
    }

    /// The value of an expression.
    pub fn value(&self, expression: &str) -> Value {
        self.run(&format!("return {expression}"), &[])
    }

    /// The value of an expression, as text; empty where it is none.
    pub fn words(&self, expression: &str) -> String {
        self.value(expression).as_str().unwrap_or_default().to_owned()
    }

    /// Whether an expression holds.
    pub fn holds(&self, expression: &str) -> bool {
        self.value(&format!("Boolean({expression})")) == json!(true)
    }

    /// Waits until an expression holds: one call, in which the page looks by itself. A page that goes meanwhile is waited
    /// for on the next.
    pub fn until(&self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        let script = format!("{WAITING} waitFor(() => {expression}, arguments[0]).then(arguments[1], arguments[1])");
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let values = vec![json!(u64::try_from(left.as_millis()).unwrap_or_default())];
            let found = self.try_to(self.driver().execute_async(script.as_str(), values));
            let found = found.map(|found| found.json().clone());
            if found.as_ref().is_ok_and(|held| *held == json!(true)) {
                return;
            }
            assert!(Instant::now() < end, "waited in vain for `{expression}` ({found:?}) on\n{}", self.page());
        }
    }

    /// Runs a script that may wait: `waitFor(() => …, milliseconds)` holds or becomes false, and what the script returns
    /// comes back. None: the page went meanwhile.
    pub(crate) fn run_waiting(&self, script: &str, values: Vec<Value>) -> Option<Value> {
        let script = format!(
            "{WAITING} const done = arguments[arguments.length - 1];
             (async (...arguments) => {{ {script} }})(...arguments).then(done, (error) => done({{ error: String(error) }}));"
        );
        match self.try_to(self.driver().execute_async(script.as_str(), values)) {
            Ok(found) => {
                let found = found.json().clone();
                assert!(found.get("error").is_none(), "{}\non\n{}", found["error"], self.page());
                Some(found)
            }
            Err(error) => {
                assert!(is_gone(&error), "{error}");
                None
            }
        }
    }

    /// What can be read on the page.
    pub fn page(&self) -> String {
        format!("{}\n{}", self.words("location.href"), self.words("document.body.innerText"))
    }

    /// Whether a text can be read on the page.
    pub fn reads(&self, text: &str) -> bool {
        self.words("document.body.innerText").contains(text)
    }

    /// Fails unless a text can be read on the page.
    pub fn must_read(&self, text: &str) {
        assert!(self.reads(text), "`{text}` cannot be read on\n{}", self.page());
    }

    /// How many elements a selector finds.
    pub fn count(&self, selector: &str) -> u64 {
        self.run("return document.querySelectorAll(arguments[0]).length", &[json!(selector)])
            .as_u64()
            .unwrap_or_default()
    }

    /// How many of the elements a selector finds can be seen.
    pub fn seen(&self, selector: &str) -> u64 {
        let script =
            "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility()).length";
        self.run(script, &[json!(selector)]).as_u64().unwrap_or_default()
    }

    /// Whether an element can be seen.
    pub fn sees(&self, selector: &str) -> bool {
        self.seen(selector) > 0
    }

    /// Clicks an element as a pointer would.
    pub fn click(&self, selector: &str) {
        let clicked = self.run(
            "const found = document.querySelector(arguments[0]); found?.click(); return Boolean(found)",
            &[json!(selector)],
        );
        assert_eq!(clicked, json!(true), "no `{selector}` on\n{}", self.page());
    }

    /// Presses keys, wherever the focus is.
    pub fn press(&self, keys: &str) {
        self.wait("keys", self.driver().action_chain().send_keys(keys).perform());
    }

    /// The title of the document.
    pub fn title(&self) -> String {
        self.words("document.title")
    }

    /// The fragment of the address.
    pub fn fragment(&self) -> String {
        self.words("location.hash")
    }

    /// What the browser has logged since the last call, by kind: `browser` or `performance`.
    pub fn log(&self, kind: &str) -> Vec<String> {
        let entries = self.wait("the log", self.driver().get_log(kind));
        entries.into_iter().map(|entry| entry.message).collect()
    }

    /// The page as its source says.
    pub fn source(&self) -> String {
        self.wait("the source", self.driver().source())
    }

    /// A picture of the window, as PNG.
    pub fn screen(&self) -> Vec<u8> {
        self.wait("a picture", self.driver().screenshot_as_png())
    }

    /// A picture of the window, for a person who looks for what went wrong.
    pub fn picture(&self, file: &str) {
        self.wait("a picture", self.driver().screenshot(std::path::Path::new(file)));
    }
}

/// Looks again with every frame, and where none are drawn, as in a tab behind another, from time to time. Not by the date,
/// which tests turn.
const WAITING: &str = "
    const waitFor = (holds, most) => new Promise((resolve) => {
      const end = performance.now() + most;
      const look = () => {
        if (holds()) return resolve(true);
        if (performance.now() > end) return resolve(false);
        nextFrame().then(look);
      };
      look();
    });
    const nextTask = () => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
    const nextFrame = () => new Promise((resolve) => { requestAnimationFrame(resolve); setTimeout(resolve, 20); });";

/// Whether a script ended because its page did.
fn is_gone(error: &WebDriverError) -> bool {
    let text = error.to_string();
    ["unloaded", "navigat", "frame was detached", "context was destroyed", "Inspected target"]
        .iter()
        .any(|part| text.contains(part))
}

/// Where a failing test leaves what the browser showed.
const FAILURES: &str = "target/browser-failures";

impl Browser {
    /// For a person who looks for what went wrong.
    fn leave_traces(&self) {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let file = workspace().join(FAILURES).join(format!("{}-{number}.png", suite::title().replace("::", "-")));
        // Whatever fails here must not hide what failed first.
        let _ = std::fs::create_dir_all(workspace().join(FAILURES));
        if self.try_to(self.driver().screenshot(&file)).is_ok() {
            terminal::warn!("What the browser showed: {}", file.display());
        }
        let log = self.try_to(self.driver().get_log("browser")).unwrap_or_default();
        for entry in log {
            terminal::warn!("console: {}", entry.message);
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // Who knows in what state it is: nobody else gets it.
            self.leave_traces();
            return;
        }
        let Some(chromium) = self.chromium.take() else { return };
        suite::add_processor(chromium.processor().saturating_sub(self.processor));
        if self.shared {
            let cleaned = chromium.clean(&[self.site.origin()]);
            cleaned.unwrap_or_else(|error| panic!("a browser cannot be cleaned: {error}"));
            pool::give_back(chromium);
        }
    }
}
