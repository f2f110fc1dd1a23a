//! A browser with a fresh profile, its driver, and the site it looks at.

use crate::process::{Process, free_port};
use crate::site::Site;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// How long a page may take to do what a test waits for.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How the browser is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// As it comes.
    Usual,
    /// Sites may keep nothing.
    StorageRefused,
    /// Our site may keep nothing in frames of pages at `localhost`.
    FramesRefused,
    /// Other sites may keep nothing that is not apart for each page around them.
    FramesLimited,
    /// Frames of other sites may keep what they like.
    FramesAllowed,
    /// JavaScript is off.
    NoScript,
    /// Back and Forward load every page anew.
    PagesForgotten,
}

/// A browser, its driver and a site.
pub struct Browser {
    driver: Option<WebDriver>,
    runtime: Runtime,
    /// Dropped after the browser.
    _chromedriver: Process,
    site: Site,
}

/// What every page is watched for from its first line on.
const WATCH: &str = "
    globalThis.seen = [];
    addEventListener('securitypolicyviolation', (event) => seen.push(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    addEventListener('error', (event) => seen.push(`error: ${event.message ?? event.target?.src}`));
    addEventListener('unhandledrejection', (event) => seen.push(`rejection: ${event.reason}`));
    addEventListener('pageshow', (event) => { globalThis.restored = event.persisted; });
    addEventListener('visibilitychange', () => { globalThis.wasHidden ||= document.hidden; });
    addEventListener('message', (event) => (globalThis.messages ??= []).push(JSON.stringify(event.data)));
";

impl Browser {
    /// A phone that looks at the site as it was built.
    pub fn open() -> Self {
        Self::with(Site::built(), Setting::Usual)
    }

    /// A phone with a setting that looks at a site.
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
        let port = free_port();
        // The zone decides whose numbers to call are shown.
        let mut command = Command::new("chromedriver");
        command.arg(format!("--port={port}")).env("TZ", "Europe/London").env("LANG", "en_GB.UTF-8");
        let chromedriver = Process::listening(&mut command, port);
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let driver = runtime.block_on(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities(setting, more)));
        let driver = driver.unwrap_or_else(|error| panic!("chromedriver starts no browser: {error}"));
        let browser = Self { driver: Some(driver), runtime, _chromedriver: chromedriver, site };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
        browser.resize(360, 740);
        browser
    }

    pub(crate) fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("it goes with the browser")
    }

    pub(crate) fn wait<T>(&self, doing: &str, work: impl Future<Output = WebDriverResult<T>>) -> T {
        self.try_to(work).unwrap_or_else(|error| panic!("{doing}: {error}"))
    }

    pub(crate) fn try_to<T>(&self, work: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.runtime.block_on(work)
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
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size);
    }

    /// A command of the browser's own protocol.
    pub fn cdp(&self, command: &str, values: Value) -> Value {
        self.wait(command, self.driver().cdp().send_raw(command, values))
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

    /// Waits until an expression holds.
    pub fn until(&self, expression: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.holds(expression) {
            assert!(Instant::now() < end, "waited in vain for `{expression}` on\n{}", self.page());
            sleep(Duration::from_millis(8));
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

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            // A browser that is gone already is as good.
            let _ = self.runtime.block_on(driver.quit());
        }
    }
}

fn capabilities(setting: Setting, more: &[String]) -> Capabilities {
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--lang=en-GB",
    ];
    let forgets = (setting == Setting::PagesForgotten).then_some("--disable-features=BackForwardCache");
    let arguments: Vec<&str> = arguments.into_iter().chain(forgets).chain(more.iter().map(String::as_str)).collect();
    let refused = match setting {
        Setting::Usual | Setting::PagesForgotten => json!({}),
        Setting::FramesRefused => {
            json!({ "profile.content_settings.exceptions.cookies": { "127.0.0.1,localhost": { "setting": 2 } } })
        }
        Setting::FramesLimited => json!({ "profile.cookie_controls_mode": 1 }),
        Setting::FramesAllowed => json!({ "profile.cookie_controls_mode": 0 }),
        Setting::StorageRefused => json!({ "profile.default_content_setting_values.cookies": 2 }),
        Setting::NoScript => json!({ "profile.default_content_setting_values.javascript": 2 }),
    };
    let mut wanted = Capabilities::new();
    let known = [
        ("browserName", json!("chrome")),
        ("goog:chromeOptions", json!({ "args": arguments, "prefs": refused })),
        ("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" })),
    ];
    for (name, value) in known {
        wanted.set(name, value).expect("a capability");
    }
    wanted
}
