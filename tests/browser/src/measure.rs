//! Measurements of the site, taken in a browser.

use crate::browser::{Browser, Setting};
use crate::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;

/// How often the whole check is measured: each step counts with its quickest time, as the others measure what else this
/// machine does.
const ROUNDS: usize = 5;

/// How quick a whole check is.
#[derive(Clone, Debug)]
pub struct Speed {
    /// The questions answered before a step to other questions or the review, and the milliseconds from its button to the next screen.
    pub steps: Vec<(String, f64)>,
    /// Milliseconds from the review to a result of several findings.
    pub result: f64,
    /// How much the layout shifted without a person's doing.
    pub shift: f64,
}

/// The files of a cold visit to the check, with their bytes as sent. Each counts once: which of them the browser lists
/// again, out of its own cache, is chance.
pub fn cold_visit() -> BTreeMap<String, u64> {
    let browser = Browser::open_with_worker();
    browser.open_check();
    browser.until("document.readyState === 'complete'");
    let files = browser.run(
        "return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
           .filter((file) => file.transferSize > 0)
           .map((file) => [new URL(file.name).pathname, file.encodedBodySize])",
        &[],
    );
    let files: Vec<(String, u64)> = serde_json::from_value(files).expect("names and bytes");
    let mut files = BTreeMap::from_iter(files);
    // The manifest is fetched outside the page's own times, when the browser likes.
    let manifest = browser.words("document.querySelector('[rel=manifest]').href.replace(location.origin, '')");
    let bytes = browser.site().bytes(manifest.trim_start_matches('/'));
    files.insert(manifest, bytes);
    files
}

/// The files that are kept for use without a connection, once the page has loaded, with their bytes as sent.
pub fn kept_files() -> Vec<(String, u64)> {
    let site = Site::with_worker();
    let bytes = |name: String| {
        let file = if name.is_empty() || name.ends_with('/') { format!("{name}index.html") } else { name };
        let bytes = site.bytes(&file);
        (file, bytes)
    };
    site.listed().into_iter().chain([String::from("sw.js")]).map(bytes).collect()
}

/// Milliseconds until the first words can be seen, with an app that comes late.
pub fn first_paint(late: Option<Duration>) -> f64 {
    let browser = Browser::with(Site::with_worker(), Setting::Usual);
    let door = browser.site().slow_door("/assets/app-", late.unwrap_or_default());
    browser.visit(&format!("{door}en/check/"));
    browser.ready();
    let paint = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime";
    browser.until(&format!("{paint} > 0"));
    if let Some(late) = late {
        // The delay must have worked, or the measurement says nothing.
        let came = browser
            .value("performance.getEntriesByType('resource').find((file) => file.name.includes('/app-')).duration");
        assert!(came.as_f64().unwrap_or_default() >= late.as_secs_f64() * 1000.0, "the app came after {came} ms");
    }
    browser.value(paint).as_f64().expect("a time")
}

/// How long each Continue of a check takes on a processor 4 times as slow.
pub fn whole_check() -> Speed {
    let browser = Browser::open_with_worker();
    let mut steps: Vec<(String, f64)> = Vec::new();
    for _ in 0..ROUNDS {
        let round = one_check(&browser);
        if steps.is_empty() {
            steps = round;
        } else {
            steps.iter_mut().zip(&round).for_each(|(step, (_, taken))| step.1 = step.1.min(*taken));
        }
    }
    let shift = browser.run_until_called(
        "const done = arguments[arguments.length - 1]; let sum = 0;
         new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value; })
           .observe({ type: 'layout-shift', buffered: true });
         setTimeout(() => done(sum), 200);",
        &[],
    );
    let result = steps.pop().map(|(_, taken)| taken).expect("the last step");
    Speed { steps, result, shift: shift.as_f64().expect("a number") }
}

fn one_check(browser: &Browser) -> Vec<(String, f64)> {
    browser.open_check();
    browser.run("localStorage.clear()", &[]);
    browser.open_check();
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 4 }));
    browser.start();
    let mut steps = Vec::new();
    while browser.state() == "question" {
        browser.answer(&[("concern", &["hair", "fat"]), ("mark", &["yes"]), ("bdd1", &["yes"])]);
        steps.push((browser.questions().join(", "), next_screen(browser, "continue")));
    }
    steps.push((String::from("the review"), next_screen(browser, "result")));
    browser.cdp("Emulation.setCPUThrottlingRate", json!({ "rate": 1 }));
    steps
}

/// Milliseconds from a press to the frame in which the next screen stands.
fn next_screen(browser: &Browser, action: &str) -> f64 {
    let taken: Value = browser.run_until_called(
        "const [action, done] = arguments;
         const before = location.hash, start = performance.now();
         document.querySelector(`[data-check] [data-action=\"${action}\"]`).click();
         const look = () => {
           if (location.hash === before) return requestAnimationFrame(look);
           // After the task that follows a frame, the frame was drawn.
           const { port1, port2 } = new MessageChannel();
           port1.onmessage = () => done(performance.now() - start);
           port2.postMessage(0);
         };
         requestAnimationFrame(look);",
        &[json!(action)],
    );
    taken.as_f64().expect("a time")
}
