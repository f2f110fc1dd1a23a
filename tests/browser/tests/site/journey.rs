//! The way through the check: back and forth, reload, change, the fragment.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::storage::Place;
use serde_json::json;
use std::time::Duration;

#[browser_test]
fn a_reload_in_the_middle_goes_on() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("concern", &[]);
    browser.give("concern", &["hair"]);
    let (fragment, heading) = (browser.fragment(), browser.heading());
    browser.reload();
    browser.ready();
    assert_eq!((browser.fragment(), browser.heading()), (fragment, heading));
    assert_eq!(browser.ticked("concern"), ["hair"]);
    browser.go_on();
    assert_eq!(browser.questions(), ["hair1", "hair2"]);
    browser.step("back");
    assert_eq!(browser.ticked("concern"), ["hair"]);
    browser.must_be_quiet();
}

#[browser_test]
fn the_browsers_back_and_forward_walk_the_steps() {
    let browser = Browser::open();
    browser.begin();
    for _ in 0..4 {
        browser.answer(&[]);
        browser.go_on();
    }
    let fifth = browser.questions();
    let walk = |go: fn(&Browser), expected: &str| {
        let before = browser.place();
        go(&browser);
        browser.arrived(&before);
        assert_eq!(browser.fragment(), expected);
    };
    walk(Browser::browser_back, "#/4");
    walk(Browser::browser_back, "#/3");
    assert_eq!(browser.questions(), ["age"]);
    assert_eq!(browser.ticked("age"), ["18_69"]);
    walk(Browser::browser_forward, "#/4");
    walk(Browser::browser_forward, "#/5");
    assert_eq!(browser.questions(), fifth);
    for ordinal in (1..5).rev() {
        walk(Browser::browser_back, &format!("#/{ordinal}"));
    }
    let before = browser.place();
    browser.browser_back();
    browser.until(&format!(
        "{} !== location.hash + ' ' + document.querySelector('[data-check]').dataset.state",
        json!(before)
    ));
    browser.must_be("start");
    // Our own Back goes the same way and makes no new entries.
    browser.browser_forward();
    browser.until("location.hash === '#/1'");
    let length = browser.value("history.length");
    browser.answer(&[]);
    browser.go_on();
    browser.step("back");
    assert_eq!(browser.fragment(), "#/1");
    let after = browser.value("history.length");
    assert!(after.as_u64() <= length.as_u64(), "{after} entries instead of {length}");
    browser.must_be_quiet();
}

#[browser_test]
fn a_fragment_that_cannot_be_reached_shows_the_last_screen_that_can() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("concern", &[]);
    let reached = browser.fragment();
    let unreachable = ["#/99", "#/review", "#/result"];
    let unknown = ["#/x", "#/-1", "#/1e9", "#/concern", "#/99999999999999999999999", "#/result/", "#nothing", "#main"];
    for fragment in unreachable.iter().chain(&unknown) {
        browser.point_to(fragment);
        browser.until(&format!("location.hash === {}", json!(reached)));
        assert_eq!(browser.questions(), ["concern"], "{fragment}");
        assert_eq!(browser.outcome(), "", "{fragment}");
    }
    for fragment in unreachable.iter().chain(&["#/x", "#/-1"]) {
        browser.open_page(&format!("check/{fragment}"));
        assert_eq!(browser.questions(), ["concern"], "{fragment} when the page is opened");
        assert_eq!(browser.fragment(), reached, "{fragment}");
    }
    browser.must_be_quiet();
}

#[browser_test]
fn the_skip_link_leaves_the_step_as_it_is() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("age", &[]);
    browser.click(".skip");
    browser.until("location.hash === '#/3'");
    assert_eq!(browser.questions(), ["age"]);
}

#[browser_test]
fn a_fragment_without_answers_shows_the_start() {
    let browser = Browser::open();
    for fragment in ["#/99", "#/3", "#/review", "#/result", "#/x", "#/-1", "#/"] {
        browser.open_page(&format!("check/{fragment}"));
        browser.must_be("start");
        assert_eq!(browser.outcome(), "", "{fragment}");
        assert_eq!(browser.fragment(), "#/", "{fragment}");
    }
    // A hand in the address bar leads no further either.
    for fragment in ["#/7", "#/review", "#/result"] {
        browser.point_to(fragment);
        browser.until("location.hash === '#/'");
        browser.must_be("start");
    }
}

#[browser_test]
fn under_18_ends_the_check() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("age", &[]);
    browser.give("age", &["under18"]);
    browser.go_on();
    browser.must_be("result");
    assert_eq!(browser.outcome(), "not-suitable");
    assert_eq!(browser.findings(), ["age.under18"]);
    browser.must_read("Childline");
    assert!(browser.sees("a[href=\"tel:08001111\"]"));
    browser.point_to("#/4");
    browser.until("location.hash === '#/3'");
    assert_eq!(browser.questions(), ["age"], "no later question is asked");
}

#[browser_test]
fn a_changed_answer_asks_only_what_became_new() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_all(&[("skinhist", &["keloid"])]);
    browser.must_be("review");
    browser.change("concern");
    assert_eq!(browser.ticked("concern"), ["face"]);
    browser.give("concern", &["hair"]);
    browser.go_on();
    assert_eq!(browser.questions(), ["hair1", "hair2"]);
    browser.answer(&[]);
    browser.go_on();
    browser.must_be("review");
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.findings(), ["skinhist.keloid"], "the other answers are kept");
    browser.must_be_quiet();
}

#[browser_test]
fn change_on_the_result_returns_to_the_result() {
    let browser = Browser::open();
    browser.complete(&[("skinhist", &["keloid"]), ("pressure", &["deal"])]);
    browser.must_be("result");
    assert_eq!(browser.findings(), ["pressure.deal", "skinhist.keloid"], "most severe first");
    browser.change("pressure");
    browser.give("pressure", &["no"]);
    browser.go_on();
    browser.must_be("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.findings(), ["skinhist.keloid"]);
    browser.step_by("[data-check] [data-action=\"change\"]:not([data-question])");
    browser.must_be("review");
}

#[browser_test]
fn a_missing_answer_is_said_at_the_top_and_at_the_field() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("bleed", &[]);
    browser.give("bleed", &["no"]);
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    assert_eq!(browser.count("[data-errors] li"), 2);
    assert_eq!(browser.count("fieldset[aria-invalid=true]"), 2);
    assert_eq!(browser.count("[data-question=bleed][aria-invalid]"), 0);
    assert_eq!(
        browser.value(
            "[...document.querySelectorAll('[aria-describedby]')].flatMap((one) => one.getAttribute('aria-describedby').split(' ')).filter((id) => !document.getElementById(id))"
        ),
        json!([])
    );
    browser.click("[data-errors] li:last-child button");
    browser.until("document.activeElement.name === 'clot'");
    browser.give("thinners", &["none"]);
    browser.give("clot", &["no"]);
    browser.go_on();
    browser.must_be("question");
}

#[browser_test]
fn the_result_says_why_and_where_from() {
    let browser = Browser::open();
    browser.complete(&[("meds", &["iso"]), ("mark", &["yes"])]);
    assert_eq!(browser.outcome(), "wait");
    assert_eq!(browser.findings(), ["meds.iso", "mark.yes"]);
    assert_eq!(browser.count(".finding .sources"), 2);
    assert_eq!(browser.count("[data-also-doctor]"), 1, "a doctor is named above the wait");
    let order =
        "[...document.querySelectorAll('.first > ol > li')].findIndex((item) => item.dataset.alsoDoctor !== undefined)";
    assert_eq!(browser.value(order), json!(0));
    assert_eq!(browser.count("[data-booking]"), 0, "no booking link on unsigned content");
    assert!(browser.sees("[data-draft]"));
}

#[browser_test]
fn what_is_clicked_before_the_app_is_there_is_not_lost() {
    let browser = Browser::open();
    let early = "if (location.pathname.endsWith('/check/')) setTimeout(() => {
        globalThis.tooLate = Boolean(globalThis.mesocheckReady);
        document.querySelector('[name=keep]').click();
        document.querySelector('[data-action=start]').click();
    }, 500)";
    browser.before_each_page(early);
    let door = browser.site().slow_door("/assets/app-", Duration::from_secs(2));
    browser.visit(&format!("{door}en/check/"));
    browser.ready();
    assert_eq!(browser.value("globalThis.tooLate"), json!(false), "the app must come after the click");
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    browser.answer(&[]);
    assert!(browser.kept(Place::Local).is_empty(), "the box that was unticked stays so");
    assert!(!browser.kept(Place::Session).is_empty());
}
