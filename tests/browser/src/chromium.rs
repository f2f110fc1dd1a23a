//! A Chromium with its driver. What only Chromium's own protocol can do for every test stands here: another engine has a
//! file like this.

use crate::cpu::Cpu;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::thread::spawn;
use std::time::Duration;
use thirtyfour::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// How the browser is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    /// As it comes.
    Usual,
    /// A window that keeps nothing beyond itself.
    OffTheRecord,
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

/// A browser and its driver. Both end with it.
#[derive(Debug)]
pub struct Chromium {
    driver: Option<WebDriver>,
    runtime: Runtime,
    /// Dropped after the browser.
    chromedriver: Driver,
    /// The tab that stays.
    base: Option<WindowHandle>,
    loans: u32,
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

impl Chromium {
    /// Starts one, with further words on its command line.
    pub fn start(setting: Setting, more: &[String]) -> Self {
        let chromedriver = Driver::start();
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let address = format!("http://127.0.0.1:{}", chromedriver.port);
        let driver = runtime.block_on(WebDriver::new(address, capabilities(setting, more)));
        let driver = driver.unwrap_or_else(|error| panic!("chromedriver starts no browser: {error}"));
        Self { driver: Some(driver), runtime, chromedriver, base: None, loans: 0 }
    }

    /// What is sent to the driver.
    pub fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("it goes with the browser")
    }

    /// Waits for an answer of the driver.
    ///
    /// # Errors
    /// Where the driver says no, or the browser is gone.
    pub fn wait<T>(&self, work: impl Future<Output = WebDriverResult<T>>) -> WebDriverResult<T> {
        self.runtime.block_on(work)
    }

    /// A command of Chromium's own protocol.
    ///
    /// # Errors
    /// Where the browser refuses it, or is gone.
    pub fn cdp(&self, command: &str, values: Value) -> WebDriverResult<Value> {
        self.wait(self.driver().cdp().send_raw(command, values))
    }

    /// The tab that is there before and after every visit, in a browser that is shared.
    pub fn base(&self) -> Option<&WindowHandle> {
        self.base.as_ref()
    }

    /// How many tests it was lent to.
    pub fn loans(&self) -> u32 {
        self.loans
    }

    /// Processor time of the browser and its driver so far.
    pub fn processor(&self) -> Duration {
        Cpu::of_tree(self.chromedriver.child.id())
    }

    /// Makes it ready for a test: a tab that is watched, and nothing in the logs.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn lend(&mut self, own_tab: bool) -> WebDriverResult<()> {
        self.loans += 1;
        if own_tab {
            if self.base.is_none() {
                self.base = Some(self.wait(self.driver().window())?);
            }
            let tab = self.wait(self.driver().new_tab())?;
            self.wait(self.driver().switch_to_window(tab))?;
            self.bring_to_front()?;
        }
        self.before_each_page(WATCH)?;
        if own_tab {
            for kind in ["browser", "performance"] {
                self.wait(self.driver().get_log(kind))?;
            }
        }
        Ok(())
    }

    /// Takes away what a test left: its tabs, what it allowed, and what its origins keep.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn clean(&self, origins: &[String]) -> WebDriverResult<()> {
        for origin in origins {
            self.cdp("Storage.clearDataForOrigin", json!({ "origin": origin, "storageTypes": "all" }))?;
        }
        self.cdp("Browser.resetPermissions", json!({}))?;
        let base = self.base.clone().expect("the tab that stays");
        for tab in self.wait(self.driver().windows())?.into_iter().filter(|tab| *tab != base) {
            self.wait(self.driver().switch_to_window(tab))?;
            self.wait(self.driver().close_window())?;
        }
        self.wait(self.driver().switch_to_window(base))?;
        assert_eq!(self.wait(self.driver().windows())?.len(), 1, "a tab cannot be closed");
        Ok(())
    }

    /// Has the tab that is looked at in front of all others.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn bring_to_front(&self) -> WebDriverResult<()> {
        self.cdp("Page.bringToFront", json!({})).map(drop)
    }

    /// Runs a script in every page of the tab from now on, before any of its own.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn before_each_page(&self, script: &str) -> WebDriverResult<()> {
        self.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).map(drop)
    }

    /// Has pages take other media for those of the device.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn emulate_media(&self, kind: &str, features: &[(&str, &str)]) -> WebDriverResult<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": kind, "features": features })).map(drop)
    }

    /// The window in CSS pixels.
    ///
    /// # Errors
    /// Where the browser is gone.
    pub fn resize(&self, width: u32, height: u32) -> WebDriverResult<()> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size).map(drop)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            // A browser that is gone already is as good.
            let _ = self.runtime.block_on(driver.quit());
        }
    }
}

/// `chromedriver`, which ends when this does, however that ends: the shell around it waits for a pipe to close.
#[derive(Debug)]
struct Driver {
    child: Child,
    port: u16,
}

/// The shell, the driver and the browsers it starts are a group of their own: what ends one ends all.
const GUARD: &str = "chromedriver --port=0 & read -r _; kill -TERM 0";

impl Driver {
    fn start() -> Self {
        let mut command = Command::new("sh");
        // The zone decides whose numbers to call are shown.
        command.args(["-c", GUARD]).env("TZ", "Europe/London").env("LANG", "en_GB.UTF-8");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).process_group(0);
        let mut child = command.spawn().expect("a shell");
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        let port = output.by_ref().lines().map_while(Result::ok).find_map(|line| port(&line));
        let port = port.expect("chromedriver does not start: `cargo xtask test browser` sets up");
        // Read on, or the driver would wait one day until somebody does.
        spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Self { child, port }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        // Fails only for a process that has ended.
        let _ = self.child.wait();
    }
}

/// Out of `ChromeDriver was started successfully on port 12345.`
fn port(line: &str) -> Option<u16> {
    line.split_once(" successfully on port ")?.1.trim_end_matches('.').parse().ok()
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
    let private = (setting == Setting::OffTheRecord).then_some("--incognito");
    let arguments: Vec<&str> =
        arguments.into_iter().chain(forgets).chain(private).chain(more.iter().map(String::as_str)).collect();
    let refused = match setting {
        Setting::Usual | Setting::PagesForgotten | Setting::OffTheRecord => json!({}),
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

#[cfg(test)]
mod tests {
    use crate::chromium::port;

    #[test]
    fn the_driver_says_its_port() {
        assert_eq!(port("ChromeDriver was started successfully on port 33433."), Some(33433));
        assert_eq!(port("Starting ChromeDriver 156 on port 0"), None);
        assert_eq!(port("Please see https://chromedriver.chromium.org/security"), None);
    }
}
