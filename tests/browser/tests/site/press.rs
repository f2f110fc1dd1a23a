//! What is meant for one screen never reaches the next: a double click, a second tap at the same place, a key that is held.
//! Nobody who is fast is slowed down.

use browser_tests::answers::Answers;
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::Duration;

const ANSWERS: Answers = &[("thinners", &["anticoag"]), ("concern", &["fat"])];

fn button(action: &str) -> String {
    format!("[data-check] [data-action=\"{action}\"]")
}

/// Waits until nothing more comes of a press. Nobody has read a screen by then, and answered it.
fn settle(browser: &Browser) {
    sleep(Duration::from_millis(650));
    browser.value("0");
}

/// Nothing stands on the screen that nobody gave.
fn must_be_untouched(browser: &Browser, before: &str) {
    assert_eq!(browser.count("[data-errors]"), 0, "after {before}:\n{}", browser.page());
    let given = browser
        .value("[...document.querySelectorAll('fieldset :checked')].map((input) => `${input.name}=${input.value}`)");
    assert_eq!(given, json!([]), "after {before}");
}

/// Goes through the whole check, and presses every button by several clicks.
fn whole_check(times: usize, between: Duration) {
    let press = |browser: &Browser, action: &str| browser.click_times(&button(action), times, between);
    let browser = Browser::open();
    browser.open_check();
    press(&browser, "start");
    settle(&browser);
    must_be_untouched(&browser, "start");
    assert_eq!(browser.fragment(), "#/1");
    let mut screens = 1;
    while browser.state() == "question" {
        browser.answer(ANSWERS);
        let number = format!("#/{}", screens + 1);
        press(&browser, "continue");
        settle(&browser);
        if browser.state() != "question" {
            break;
        }
        screens += 1;
        assert_eq!(browser.fragment(), number, "one press is one step");
        must_be_untouched(&browser, &number);
    }
    browser.must_be("review");
    // Back, once.
    press(&browser, "back");
    settle(&browser);
    assert_eq!(browser.fragment(), format!("#/{screens}"));
    browser.browser_forward();
    browser.until("document.querySelector('[data-check]').dataset.state === 'review'");
    press(&browser, "result");
    settle(&browser);
    browser.must_be("result");
    press(&browser, "show");
    settle(&browser);
    assert_eq!(browser.count("[data-shown]"), 1, "shown alone, and not put back");
    press(&browser, "show");
    settle(&browser);
    press(&browser, "restart");
    settle(&browser);
    browser.must_be("start");
    assert!(browser.holds("!localStorage.length || !JSON.stringify({ ...localStorage }).includes('anticoag')"));
}

#[browser_test]
fn a_double_click_is_one_press() {
    whole_check(2, Duration::ZERO);
}

#[browser_test]
fn three_clicks_are_one_press() {
    let browser = Browser::open();
    browser.open_check();
    browser.click_times(&button("start"), 3, Duration::from_millis(90));
    settle(&browser);
    assert_eq!(browser.fragment(), "#/1");
    must_be_untouched(&browser, "start");
}

#[browser_test]
fn a_second_tap_a_moment_later_at_the_same_place_is_none() {
    for later in [160, 300] {
        let browser = Browser::open();
        browser.resize(1280, 900);
        browser.open_check();
        browser.click_times(&button("start"), 2, Duration::from_millis(later));
        settle(&browser);
        assert_eq!(browser.fragment(), "#/1");
        must_be_untouched(&browser, &format!("{later} ms"));
        // A moment more, and the place is like any other.
        sleep(Duration::from_millis(700));
        browser.click_by_hand("[name=em_now][value=none]");
        assert_eq!(browser.ticked("em_now"), ["none"]);
    }
}

/// Where on the screen something is.
fn middle(browser: &Browser, selector: &str) -> (i64, i64) {
    let place = browser.run(
        "const found = document.querySelector(arguments[0]);
         found.scrollIntoView({ block: 'center' });
         const { x, y, width, height } = found.getBoundingClientRect();
         return [Math.round(x + width / 2), Math.round(y + height / 2)]",
        &[json!(selector)],
    );
    (place[0].as_i64().unwrap(), place[1].as_i64().unwrap())
}

fn tap(browser: &Browser, (x, y): (i64, i64)) {
    let point = json!([{ "x": x, "y": y }]);
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": "touchStart", "touchPoints": point }));
    browser.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
}

/// A hand that shakes does not hit the same point twice.
#[browser_test(chromium)]
fn a_tap_of_a_shaking_hand_is_one() {
    for (moved, later) in [((0, 0), 80), ((12, -9), 200), ((-20, 14), 300)] {
        let browser = Browser::open();
        browser.resize(360, 740);
        browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": true }));
        browser.open_check();
        let (x, y) = middle(&browser, &button("start"));
        tap(&browser, (x, y));
        sleep(Duration::from_millis(later));
        tap(&browser, (x + moved.0, y + moved.1));
        settle(&browser);
        assert_eq!(browser.fragment(), "#/1");
        must_be_untouched(&browser, &format!("{moved:?} after {later} ms"));
        browser.cdp("Emulation.setTouchEmulationEnabled", json!({ "enabled": false }));
    }
}

#[browser_test]
fn a_press_at_another_place_counts_at_once() {
    let browser = Browser::open();
    browser.resize(1280, 900);
    browser.open_check();
    browser.click_by_hand(&button("start"));
    browser.click_by_hand("[name=em_now][value=chest]");
    browser.click_by_hand("[name=em_now][value=chest]");
    browser.click_by_hand("[name=em_now][value=breath]");
    assert_eq!(browser.ticked("em_now"), ["breath"], "fast as it was, each of them counts");
}

#[browser_test]
fn ticking_twice_at_the_same_place_is_two_presses() {
    let browser = Browser::open();
    browser.begin();
    browser.click_times("[name=em_now][value=chest]", 2, Duration::from_millis(50));
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new());
}

#[browser_test(chromium)]
fn a_key_that_is_held_is_one_press() {
    let browser = Browser::open();
    browser.open_check();
    browser.run("document.querySelector('[data-action=start]').focus()", &[]);
    let enter = |kind: &str, repeated: bool| {
        let key = json!({ "type": kind, "key": "Enter", "code": "Enter", "text": "\r",
            "windowsVirtualKeyCode": 13, "autoRepeat": repeated });
        browser.cdp("Input.dispatchKeyEvent", key)
    };
    let hold = || {
        enter("keyDown", false);
        (0..20).for_each(|_| drop::<Value>(enter("keyDown", true)));
        enter("keyUp", false)
    };
    hold();
    settle(&browser);
    assert_eq!(browser.fragment(), "#/1");
    must_be_untouched(&browser, "start");
    browser.run("document.querySelector('[data-action=help]').focus()", &[]);
    hold();
    settle(&browser);
    assert_eq!(browser.count("#help-card"), 1, "opened, and not closed again");
}

#[browser_test]
fn deleting_with_a_double_click_starts_nothing() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.open_check();
    browser.click_times(&button("delete"), 2, Duration::from_millis(60));
    settle(&browser);
    browser.must_be("start");
    assert!(browser.notices().contains("deleted"), "{}", browser.notices());
}
