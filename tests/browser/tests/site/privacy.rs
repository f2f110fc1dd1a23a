//! Sends nothing: no request after load, no broken policy, nothing of an answer in the address or the history.

use browser_tests::browser::Browser;
use std::collections::BTreeSet;

#[test]
fn a_whole_check_makes_no_request_after_load() {
    let browser = Browser::open();
    browser.open_check();
    browser.until("document.readyState === 'complete'");
    let loaded = browser.requests();
    assert!(loaded.iter().any(|url| url.ends_with("/en/check/")), "the log works: {loaded:?}");
    browser.start();
    browser.press_button("help");
    browser.press_button("help");
    browser.answer_all(&[("concern", &["hair", "fat"]), ("mark", &["yes"]), ("bdd1", &["yes"])]);
    browser.step("result");
    browser.must_be("result");
    let asked = browser.requests();
    assert!(asked.is_empty(), "requested after load: {asked:?}");
    browser.must_be_quiet();
}

#[test]
fn the_aftercare_check_makes_no_request_after_load() {
    let browser = Browser::open();
    browser.open_aftercare();
    browser.until("document.readyState === 'complete'");
    browser.requests();
    browser.start();
    browser.answer_all(&[("a_common", &["red"])]);
    let asked = browser.requests();
    assert!(asked.is_empty(), "requested after load: {asked:?}");
    browser.must_be_quiet();
}

#[test]
fn no_answer_stands_in_an_address_a_title_or_the_history() {
    let browser = Browser::open();
    browser.begin();
    let (mut seen, mut ids) = (BTreeSet::new(), BTreeSet::new());
    while browser.state() == "question" {
        ids.extend(browser.questions());
        seen.insert(browser.words("location.href + ' ' + document.title + ' ' + JSON.stringify(history.state)"));
        browser.answer(&[("concern", &["hair"]), ("bdd1", &["yes"])]);
        browser.go_on();
    }
    assert!(ids.contains("hair1") && ids.contains("bdd3"));
    let all = seen.into_iter().collect::<Vec<_>>().join("\n");
    for id in ids.iter().filter(|id| id.as_str() != "who") {
        assert!(!all.contains(id.as_str()), "{id} stands in\n{all}");
    }
    // The port may hold any digits, the rest only ordinals.
    assert!(all.lines().all(|line| line.contains("/en/check/#/")), "{all}");
}

#[test]
fn no_page_of_the_site_breaks_its_policy() {
    let browser = Browser::open();
    for path in [
        "",
        "faq/",
        "faq/does-it-work/",
        "check/",
        "aftercare/",
        "prepare/",
        "questions/",
        "timeline/",
        "privacy/",
        "about/",
    ] {
        browser.go_to(path);
        browser.until("document.readyState === 'complete'");
        browser.must_be_quiet();
    }
}
