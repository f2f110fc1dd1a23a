//! The whole check, by keyboard alone, to each of its outcomes.

use browser_tests::answers::{Answers, OUTCOMES, answer};
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use serde_json::json;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const DOWN: &str = "\u{e015}";
const SPACE: &str = " ";

/// Presses Tab until an expression holds of the element with the focus, called `here`.
fn tab_to(browser: &Browser, wanted: &str) {
    for _ in 0..60 {
        browser.press(TAB);
        if browser.holds(&format!("((here) => {wanted})(document.activeElement)")) {
            return;
        }
    }
    panic!("Tab does not reach `{wanted}` on\n{}", browser.page());
}

fn choose(browser: &Browser, question: &str, options: &[&str]) {
    if browser.holds(&format!("document.querySelector('[name={question}]').type === 'checkbox'")) {
        for option in options {
            tab_to(browser, &format!("here.name === '{question}' && here.value === '{option}'"));
            browser.press(SPACE);
        }
    } else {
        tab_to(browser, &format!("here.name === '{question}'"));
        browser.press(SPACE);
        for _ in 0..20 {
            if browser.ticked(question) == options {
                break;
            }
            browser.press(DOWN);
        }
    }
    assert_eq!(browser.ticked(question), options, "{question}");
}

/// Tab, Space, arrows and Enter, from the start screen to the end.
pub fn complete_by_keyboard(browser: &Browser, but: Answers) {
    let check = browser.heading();
    let mut before = browser.place();
    tab_to(browser, "here.dataset.action === 'start'");
    browser.press(ENTER);
    let mut number = 0;
    loop {
        browser.arrived(&before);
        if browser.state() != "question" {
            break;
        }
        number += 1;
        assert_eq!(browser.fragment(), format!("#/{number}"));
        assert_eq!(browser.title(), format!("Question {number} · {check}"));
        for question in browser.questions() {
            choose(browser, &question, &answer(&question, but));
        }
        before = browser.place();
        tab_to(browser, "here.dataset.action === 'continue'");
        browser.press(ENTER);
    }
    if browser.state() == "review" {
        assert_eq!(browser.fragment(), "#/review");
        before = browser.place();
        tab_to(browser, "here.dataset.action === 'result'");
        browser.press(ENTER);
        browser.arrived(&before);
    }
    assert_eq!(browser.fragment(), "#/result");
    assert_eq!(browser.title(), format!("Your result · {check}"));
}

fn leads_to(outcome: &str, state: &str) {
    let (_, but) = OUTCOMES.iter().find(|(name, _)| *name == outcome).unwrap();
    let browser = Browser::open();
    browser.open_check();
    complete_by_keyboard(&browser, but);
    browser.must_be(state);
    assert_eq!(browser.outcome(), outcome);
    let findings: Vec<String> = but
        .iter()
        .flat_map(|(question, options)| options.iter().map(move |option| format!("{question}.{option}")))
        .collect();
    if state == "result" {
        assert_eq!(browser.findings(), findings);
    }
    browser.must_be_quiet();
    assert_eq!(browser.value("history.state === null || typeof history.state === 'number'"), json!(true));
}

#[browser_test]
fn keyboard_alone_leads_to_no_reason_to_wait() {
    leads_to("clear", "result");
}

#[browser_test]
fn keyboard_alone_leads_to_talk() {
    leads_to("talk", "result");
}

#[browser_test]
fn keyboard_alone_leads_to_wait() {
    leads_to("wait", "result");
}

#[browser_test]
fn keyboard_alone_leads_to_not_suitable() {
    leads_to("not-suitable", "result");
}

#[browser_test]
fn keyboard_alone_leads_to_same_day() {
    leads_to("same-day", "stop");
}

#[browser_test]
fn keyboard_alone_leads_to_emergency() {
    leads_to("emergency", "stop");
}
