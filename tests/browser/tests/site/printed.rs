//! What is made for paper, printed: no column is narrower than its longest word, and no page is nearly empty but the last of
//! a part.

use browser_tests::answers::OUTCOMES;
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::printed::{Page, pages};
use browser_tests::process::{mesocheck, workspace};
use serde_json::json;

/// A quarter of a page.
const QUARTER: f64 = 0.25;
/// A part begins with a line of this size, in points.
const HEADING: f64 = 12.5;

/// Words that are broken because what they stand in is too narrow for them, with where they stand. Ids, addresses
/// and names of time zones may break: they are no words.
const BROKEN: &str = "
    const broken = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node; (node = walker.nextNode());) {
      const box = node.parentElement;
      if (box.closest('svg, pre, code, .address, script, style, [hidden]') || !box.checkVisibility()) continue;
      for (const { 0: word, index } of node.data.matchAll(/[\\p{L}\\p{N}_\\/]+/gu)) {
        if (/[_\\/]/.test(word)) continue;
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].filter((rect) => rect.width > 0).map((rect) => Math.round(rect.top)));
        if (lines.size > 1 && !/\\u00ad/.test(word)) broken.push(`${word} in ${box.closest('[id], table, section')?.className || box.tagName}`);
      }
    }
    return broken;";

fn broken_words(browser: &Browser, width: u32) -> Vec<String> {
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "print" }));
    let size = json!({ "width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", size);
    let broken = browser.run(BROKEN, &[]);
    browser.cdp("Emulation.clearDeviceMetricsOverride", json!({}));
    browser.cdp("Emulation.setEmulatedMedia", json!({ "media": "" }));
    broken.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect()
}

fn printed(browser: &Browser, above: f64, below: f64) -> Vec<Page> {
    let paper =
        json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69, "displayHeaderFooter": false });
    let printed = browser.cdp("Page.printToPDF", paper);
    let pdf = base64::Engine::decode(&base64::prelude::BASE64_STANDARD, printed["data"].as_str().unwrap()).unwrap();
    pages(&pdf, above, below)
}

/// Pages that are under a quarter full though the part goes on.
fn nearly_empty(pages: &[Page]) -> Vec<usize> {
    let goes_on = |place: usize| pages.get(place + 1).is_some_and(|next| next.first < HEADING);
    (0..pages.len()).filter(|place| pages[*place].filled < QUARTER && goes_on(*place)).map(|place| place + 1).collect()
}

#[browser_test(chromium)]
fn the_dossier_can_be_read_on_paper() {
    let folder = workspace().join("target/tmp/printed");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("dossier.html");
    let _ = std::fs::remove_file(&file);
    let mut command = mesocheck();
    command.current_dir(workspace()).args(["dossier", "--nodes", "0", "--trials", "0", "--out"]).arg(&file);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let browser = Browser::open();
    browser.visit(&format!("file://{}", file.display()));
    // The width of A4 without its margins.
    assert_eq!(broken_words(&browser, 688), Vec::<String>::new());
    let pages = printed(&browser, 43.0, 48.0);
    assert!(pages.len() > 50 && pages.iter().filter(|page| page.filled > 0.7).count() > pages.len() / 2, "{pages:?}");
    assert_eq!(nearly_empty(&pages), Vec::<usize>::new(), "{pages:?}");
}

#[browser_test(chromium)]
fn the_form_can_be_read_on_paper() {
    let browser = Browser::open();
    for path in ["paper/", "paper/reasons/", "paper/aftercare/"] {
        browser.go_to(path);
        assert_eq!(broken_words(&browser, 718), Vec::<String>::new(), "{path}");
        let pages = printed(&browser, 20.0, 20.0);
        assert!(pages.iter().any(|page| page.filled > 0.7), "{path}: {pages:?}");
        assert_eq!(nearly_empty(&pages), Vec::<usize>::new(), "{path}: {pages:?}");
    }
}

#[browser_test(chromium)]
fn a_result_can_be_read_on_paper() {
    for (outcome, answers) in OUTCOMES {
        let browser = Browser::open();
        browser.complete(answers);
        assert_eq!(broken_words(&browser, 718), Vec::<String>::new(), "{outcome}");
        let pages = printed(&browser, 20.0, 20.0);
        assert_eq!(nearly_empty(&pages), Vec::<usize>::new(), "{outcome}: {pages:?}");
    }
}
