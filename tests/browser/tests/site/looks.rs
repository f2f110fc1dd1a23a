//! Every screen: no barrier that axe finds, in light and dark, and no scrolling sideways, however narrow.

use browser_tests::answers::{Answers, OUTCOMES};
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;
use serde_json::json;

/// A phone at its narrowest, and a window of 1280 pixels at 400 %.
const NARROW: (u32, u32) = (320, 256);
const PHONE: (u32, u32) = (360, 740);

/// Looks at a screen in all its looks.
pub fn look(browser: &Browser, screen: &str) {
    browser.resize(NARROW.0, NARROW.1);
    browser.must_not_scroll_sideways(screen);
    browser.resize(PHONE.0, PHONE.1);
    browser.must_not_scroll_sideways(screen);
    browser.emulate_media("", &[("prefers-color-scheme", "light")]);
    browser.must_be_accessible(&format!("{screen}, light"));
    browser.emulate_media("", &[("prefers-color-scheme", "dark")]);
    browser.must_have_contrast(&format!("{screen}, dark"));
    browser.emulate_media("", &[]);
}

fn open_everything(browser: &Browser) {
    browser.run("for (const closed of document.querySelectorAll('details')) closed.open = true", &[]);
}

#[browser_test]
fn pages() {
    let browser = Browser::open();
    for path in ["", "faq/", "faq/does-it-hurt/", "prepare/", "questions/", "timeline/", "privacy/", "../embed/"] {
        browser.go_to(path);
        look(&browser, path);
    }
}

#[browser_test]
fn pages_for_paper() {
    let browser = Browser::open();
    for path in ["paper/", "paper/reasons/", "paper/aftercare/"] {
        browser.go_to(path);
        look(&browser, path);
    }
}

#[browser_test]
fn the_page_of_every_rule() {
    let browser = Browser::open();
    browser.go_to("about/");
    look(&browser, "about");
}

#[browser_test]
fn kept_answers_on_the_first_page() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.open_page("");
    browser.until("document.querySelector('[data-action=\"go-on\"]')");
    look(&browser, "home with kept answers");
    browser.open_check();
    look(&browser, "start with kept answers");
}

#[browser_test]
fn questions() {
    let browser = Browser::open();
    browser.open_check();
    look(&browser, "start");
    browser.start();
    look(&browser, "a question");
    browser.tick("em_now", "chest");
    look(&browser, "an open panel");
    browser.tick("em_now", "none");
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    look(&browser, "two answers that clash");
    browser.tick("em_now", "chest");
    browser.press_button("help");
    browser.run("document.querySelector('.countries').open = true", &[]);
    look(&browser, "help");
}

#[browser_test]
fn several_questions_and_their_errors() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("bleed", &[]);
    look(&browser, "several questions");
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    look(&browser, "errors");
}

#[browser_test]
fn every_question_fits_a_narrow_window() {
    let browser = Browser::open();
    browser.resize(NARROW.0, NARROW.1);
    browser.begin();
    let all: Answers =
        &[("concern", &["hair", "fat", "cellulite", "stretch", "scars", "pigment", "pain"]), ("bdd1", &["yes"])];
    while browser.state() == "question" {
        browser.must_not_scroll_sideways(&browser.questions().join(", "));
        let low = "[...document.querySelectorAll('.option label')].filter((row) => row.getBoundingClientRect().height < 48).length";
        assert_eq!(browser.value(low), json!(0), "rows lower than 48 pixels: {:?}", browser.questions());
        browser.answer(all);
        browser.go_on();
    }
}

#[browser_test]
fn review_and_the_milder_results() {
    results(&["clear", "talk"]);
}

#[browser_test]
fn the_severer_results() {
    results(&["wait", "not-suitable"]);
}

fn results(outcomes: &[&str]) {
    let browser = Browser::open();
    for (outcome, but) in OUTCOMES.iter().filter(|(outcome, _)| outcomes.contains(outcome)) {
        browser.begin();
        browser.answer_all(but);
        open_everything(&browser);
        look(&browser, &format!("review before {outcome}"));
        browser.step("result");
        assert_eq!(browser.outcome(), *outcome);
        open_everything(&browser);
        look(&browser, outcome);
        browser.step("restart");
    }
}

#[browser_test]
fn pages_that_stop() {
    let browser = Browser::open();
    for (outcome, but) in OUTCOMES.iter().filter(|(outcome, _)| ["same-day", "emergency"].contains(outcome)) {
        browser.complete(but);
        browser.must_be("stop");
        open_everything(&browser);
        look(&browser, outcome);
        browser.run("localStorage.clear()", &[]);
    }
    browser.complete(&[("em_now", &["selfharm"])]);
    browser.must_be("stop");
    look(&browser, "crisis");
}

#[browser_test]
fn a_long_result_and_one_for_the_young() {
    let browser = Browser::open();
    browser.complete(&[
        ("meds", &["not_sure"]),
        ("allergy", &["not_sure"]),
        ("mark", &["yes"]),
        ("pressure", &["deal"]),
        ("prev", &["mild"]),
    ]);
    open_everything(&browser);
    look(&browser, "a long result");
    browser.step("restart");
    browser.complete(&[("age", &["under18"])]);
    look(&browser, "under 18");
}

#[browser_test]
fn aftercare() {
    let browser = Browser::open();
    browser.open_aftercare();
    look(&browser, "aftercare");
    browser.start();
    look(&browser, "its first question");
    browser.answer_all(&[("a_common", &["red"])]);
    look(&browser, "normal");
    browser.step("restart");
    browser.start();
    browser.answer_all(&[("a_today", &["fever"]), ("a_common", &["bruise"])]);
    look(&browser, "doctor");
}

#[browser_test]
fn where_the_app_cannot_start() {
    let cut = |text: String| text.chars().take(1000).collect();
    let site = Site::altered(|site| site.rewrite(&site.named("assets", "app-", ".js"), cut));
    let browser = Browser::with(site, Setting::Usual);
    for path in ["check/", "aftercare/"] {
        browser.go_to(path);
        browser.until("document.querySelector('.late').checkVisibility()");
        look(&browser, &format!("{path} that failed"));
    }
    browser.go_to("no-such-page/");
    look(&browser, "a page that does not exist");
}

#[browser_test]
fn a_wide_window() {
    let browser = Browser::open();
    for width in [768, 1280] {
        browser.resize(width, 900);
        for path in ["", "faq/", "faq/does-it-hurt/", "check/", "aftercare/", "prepare/", "paper/", "about/"] {
            browser.go_to(path);
            browser.must_not_scroll_sideways(&format!("{path} at {width}"));
        }
        browser.complete(&[("mark", &["yes"]), ("pressure", &["deal"])]);
        browser.must_not_scroll_sideways(&format!("a result at {width}"));
        browser.step("restart");
    }
}

/// What shows the focus: the outlines of the row of a sign, of what is in it, and of its call.
fn outlines(browser: &Browser) -> serde_json::Value {
    browser.value(
        "(() => {
            const row = document.querySelector('[value=chest]').closest('.option');
            const drawn = (one) => getComputedStyle(one).outlineStyle === 'solid';
            return [drawn(row), drawn(row.querySelector('.panel a'))];
        })()",
    )
}

/// Goes on with the Tab key until an element has the focus.
fn tab_to(browser: &Browser, selector: &str) {
    let there = format!("document.activeElement?.matches(\"{selector}\")");
    let found = (0..60).any(|_| {
        browser.press("\u{e004}");
        browser.holds(&there)
    });
    assert!(found, "{selector} is never reached");
}

#[browser_test]
fn the_focus_can_be_told_apart_wherever_it_is() {
    let browser = Browser::open();
    for forced in ["none", "active"] {
        browser.emulate_media("", &[("forced-colors", forced)]);
        browser.open_check();
        browser.start();
        browser.give("em_now", &["chest"]);
        tab_to(&browser, "[value=chest]");
        assert_eq!(outlines(&browser), json!([true, false]), "the ticked box, forced colours {forced}");
        tab_to(&browser, ".panel a");
        assert_eq!(outlines(&browser), json!([false, true]), "the call, forced colours {forced}");
        tab_to(&browser, "[value=stroke]");
        assert_eq!(outlines(&browser), json!([false, false]), "another box, forced colours {forced}");
        browser.run("localStorage.clear()", &[]);
    }
    browser.emulate_media("", &[]);
}

/// A reader who set letters twice as large.
#[browser_test]
fn everything_follows_the_readers_letters() {
    let browser = Browser::open();
    let sizes = "['.name', 'h1', '.lead', '.main, .boxes .words', 'body'].map((part) => document.querySelector(part)).filter(Boolean)
        .map((one) => parseFloat(getComputedStyle(one).fontSize))";
    for path in ["", "check/", "aftercare/", "faq/", "paper/", "paper/aftercare/", "about/"] {
        browser.go_to(path);
        browser.resize(640, 900);
        let usual: Vec<f64> = serde_json::from_value(browser.value(sizes)).unwrap();
        browser.run("document.documentElement.style.fontSize = '200%'", &[]);
        let large: Vec<f64> = serde_json::from_value(browser.value(sizes)).unwrap();
        let doubled: Vec<f64> = usual.iter().map(|size| size * 2.0).collect();
        assert_eq!(large, doubled, "{path}");
        browser.must_not_scroll_sideways(path);
    }
}

#[browser_test]
fn a_heading_and_the_bar_of_an_error_stand_as_drawn() {
    let browser = Browser::open();
    browser.begin();
    let gap = "(() => { const [head, why] = ['legend h1', '.why'].map((part) => document.querySelector(part).getBoundingClientRect());
        return Math.round(why.top - head.bottom); })()";
    assert_eq!(browser.value(gap), json!(12));
    browser.press_button("continue");
    browser.until("document.querySelector('[aria-invalid]')");
    // The border of a fieldset begins in the middle of its legend, unless that floats.
    assert_eq!(browser.value("getComputedStyle(document.querySelector('[aria-invalid] legend')).float"), json!("left"));
}

/// A row is heard as its key words, a pause, and its examples.
#[browser_test]
fn key_words_and_examples_are_heard_apart() {
    let browser = Browser::open();
    browser.begin();
    let row = "document.querySelector('[value=breath]').labels[0].textContent";
    assert_eq!(browser.words(row), "Sudden trouble breathing, or wheezing, or noisy breathing");
    for page in ["", "check/", "faq/", "paper/", "about/", "privacy/"] {
        browser.go_to(page);
        assert!(browser.holds("document.querySelector('[data-draft]').closest('aside, header, main, [role=region]')"));
    }
}
