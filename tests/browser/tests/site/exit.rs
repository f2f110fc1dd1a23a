//! The button that leaves at once, where a clinic wants it.

use crate::looks::look;
use browser_tests::answers::Answers;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::host::Host;
use browser_tests::site::Site;
use browser_tests::storage::{KEY, Place};
use serde_json::{Value, json};
use std::time::Duration;
use thirtyfour::Key;

const SOME: Answers = &[("thinners", &["anticoag"])];
const BUTTON: &str = ".exit-button";

fn open(setting: Setting) -> (Browser, Host) {
    let neutral = Host::showing("<title>Weather</title><link rel=icon href=\"data:,\">Rain later.");
    (Browser::with(Site::with_exit(&neutral.address()), setting), neutral)
}

fn must_have_left(browser: &Browser, neutral: &Host) {
    browser.until(&format!("location.href === {}", json!(neutral.address())));
    assert!(!neutral.asked().join("\n").to_lowercase().contains("referer"));
}

/// Nothing of a visit is left: not kept, not on the page Back leads to.
fn must_be_gone(browser: &Browser) {
    browser.browser_back();
    browser.until("location.pathname.startsWith('/en/') && globalThis.mesocheckReady");
    assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty());
    browser.must_be("start");
    assert!(browser.sees(BUTTON), "the page can be used again");
}

fn announced(browser: &Browser) -> String {
    browser.words("document.querySelector('.exit [role=status]').textContent")
}

/// Where the button is in the window, however the page is scrolled.
fn must_be_in_sight(browser: &Browser, screen: &str) {
    for scroll in ["0", "document.documentElement.scrollHeight / 2", "document.documentElement.scrollHeight"] {
        let seen = browser.run(
            &format!(
                "scrollTo(0, {scroll});
                 const box = document.querySelector('.exit-button').getBoundingClientRect();
                 const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                 return [box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth, hit?.closest('a')?.className];"
            ),
            &[],
        );
        assert_eq!(seen, json!([true, "exit-button"]), "{screen}, scrolled to {scroll}");
    }
}

#[browser_test]
fn it_is_in_sight_on_every_screen_and_the_start_screen_says_how_it_works() {
    let (browser, _neutral) = open(Setting::Usual);
    let must_be_in_sight = |page: &str| {
        for (width, height) in [(320, 480), (360, 740), (768, 1024), (1280, 800)] {
            browser.resize(width, height);
            must_be_in_sight(&browser, &format!("{page} at {width} px"));
            browser.must_not_scroll_sideways(page);
        }
    };
    for page in ["", "faq/", "faq/does-it-hurt/", "about/"] {
        browser.go_to(page);
        must_be_in_sight(page);
    }
    browser.open_check();
    browser.must_read("press the Shift key three times");
    must_be_in_sight("start");
    browser.start();
    must_be_in_sight("question");
    browser.answer_all(SOME);
    must_be_in_sight("review");
    browser.step("result");
    must_be_in_sight("result");
    browser.complete(&[("em_now", &["chest"])]);
    browser.must_be("stop");
    must_be_in_sight("stop");
    browser.open_aftercare();
    must_be_in_sight("aftercare");
    browser.must_be_quiet();
}

#[browser_test]
fn it_looks_well() {
    let (browser, _neutral) = open(Setting::Usual);
    browser.go_to("");
    look(&browser, "the first page");
    browser.begin();
    look(&browser, "a question");
    browser.tap(Key::Shift);
    browser.tap(Key::Shift);
    look(&browser, "a question, Shift pressed twice");
    browser.tick("em_now", "chest");
    browser.go_on();
    look(&browser, "a page that stops");
}

#[browser_test]
fn it_is_off_unless_a_clinic_wants_it() {
    let browser = Browser::open();
    browser.open_check();
    assert_eq!(browser.count("[data-exit], [data-action=exit]"), 0);
    assert!(!browser.reads("Exit this page") && !browser.source().contains("exit-"));
}

#[browser_test]
fn it_leaves_at_once_from_any_screen() {
    let (browser, neutral) = open(Setting::Usual);
    let leave = || {
        browser.keep(Place::Local, "clinic-basket", "7");
        browser.click(BUTTON);
        must_have_left(&browser, &neutral);
        browser.go_to("prepare/");
        assert_eq!(browser.kept(Place::Local).into_keys().collect::<Vec<_>>(), ["clinic-basket"], "only what is ours");
        browser.run("localStorage.clear()", &[]);
    };
    browser.begin();
    browser.answer(&[]);
    assert!(browser.kept_as(Place::Local, KEY).is_some());
    leave();
    browser.begin();
    browser.answer_all(SOME);
    browser.must_be("review");
    leave();
    browser.complete(SOME);
    leave();
    browser.complete(&[("em_now", &["chest"])]);
    browser.must_be("stop");
    leave();
    browser.begin();
    browser.answer(&[]);
    browser.open_page("");
    browser.until("document.querySelector('[data-kept] button')");
    leave();
    browser.begin();
    browser.answer(&[]);
    browser.go_to("faq/does-it-hurt/");
    leave();
}

#[browser_test(chromium)]
fn nothing_comes_back_with_back() {
    let (browser, neutral) = open(Setting::Usual);
    browser.complete(SOME);
    let (before, here) = browser.history();
    browser.click(BUTTON);
    must_have_left(&browser, &neutral);
    let (after, now) = browser.history();
    assert_eq!((after.len(), now), (before.len(), here), "in place of the check");
    must_be_gone(&browser);
}

/// The aftercare check keeps nothing: its answers are in the page only, and the browser may keep that whole.
#[browser_test]
fn nothing_comes_back_from_a_page_before() {
    let (browser, neutral) = open(Setting::Usual);
    browser.open_aftercare();
    browser.start();
    browser.answer_all(&[("a_common", &["red"])]);
    browser.must_be("result");
    browser.go_to("timeline/");
    browser.click(BUTTON);
    must_have_left(&browser, &neutral);
    must_be_gone(&browser);
    assert_eq!(browser.outcome(), "");
}

/// All in one task: nothing of the page can be seen while another is loading.
#[browser_test]
fn the_page_is_blank_at_once_and_says_so() {
    let (browser, neutral) = open(Setting::Usual);
    browser.complete(SOME);
    let blank = browser.run(
        "document.querySelector('.exit-button').click();
         const seen = [...document.body.querySelectorAll('*')].filter((one) => one.checkVisibility());
         return [seen.map((one) => `${one.tagName} ${one.role} ${one.textContent}`), document.title, Object.keys(localStorage)]",
        &[],
    );
    assert_eq!(blank, json!([["P alert Loading."], "Loading.", []]));
    must_have_left(&browser, &neutral);
}

#[browser_test]
fn shift_three_times_leaves_and_says_how_many_are_to_come() {
    let (browser, neutral) = open(Setting::Usual);
    browser.complete(SOME);
    assert_eq!(announced(&browser), "");
    browser.tap(Key::Shift);
    assert_eq!(announced(&browser), "Shift. Press 2 more times to exit this page.");
    assert!(browser.sees(".exit .lights"));
    browser.tap(Key::Shift);
    assert_eq!(announced(&browser), "Shift. Press 1 more time to exit this page.");
    browser.must_be("result");
    browser.tap(Key::Shift);
    must_have_left(&browser, &neutral);
    must_be_gone(&browser);
}

#[browser_test]
fn other_keys_and_time_take_the_presses_back() {
    let (browser, _neutral) = open(Setting::Usual);
    browser.begin();
    let over = "Exit this page has stopped.";
    browser.tap(Key::Shift);
    browser.tap(Key::Shift);
    browser.press("x");
    assert_eq!(announced(&browser), over);
    assert!(!browser.sees(".exit .lights"));
    browser.tap(Key::Shift);
    assert_eq!(announced(&browser), "Shift. Press 2 more times to exit this page.");
    browser.until(&format!("document.querySelector('.exit [role=status]').textContent === {}", json!(over)));
    // Capital letters are no presses of Shift, and Escape would stop the other page from loading.
    browser.until("document.querySelector('.exit [role=status]').textContent === ''");
    for _ in 0..4 {
        browser.tap_with(Key::Shift, "a");
        browser.tap(Key::Escape);
    }
    assert_eq!(announced(&browser), "");
    browser.must_be("question");
}

#[browser_test]
fn it_works_before_the_app_is_there() {
    let (browser, neutral) = open(Setting::Usual);
    let door = browser.site().slow_door("/assets/app-", Duration::from_secs(2));
    browser.visit(&format!("{door}en/prepare/"));
    browser.keep(Place::Local, KEY, "{}");
    let early = "addEventListener('DOMContentLoaded', () => { if (location.pathname.endsWith('/check/')) {
        globalThis.tooLate = Boolean(globalThis.mesocheckReady);
        document.querySelector('.exit-button').click(); } })";
    // The app is a module, and those come before that event: the button is pressed when its own script can be.
    let early = early.replace("DOMContentLoaded", "readystatechange");
    browser.before_each_page(&format!("document.{early}"));
    browser.visit(&format!("{door}en/check/"));
    must_have_left(&browser, &neutral);
    browser.visit(&format!("{door}en/prepare/"));
    assert!(browser.kept(Place::Local).is_empty());
}

#[browser_test]
fn without_script_it_is_a_link() {
    let (browser, neutral) = open(Setting::NoScript);
    browser.go_to("check/");
    browser.click(BUTTON);
    must_have_left(&browser, &neutral);
}

#[browser_test]
fn the_second_link_is_that_to_leave() {
    let (browser, neutral) = open(Setting::Usual);
    browser.open_check();
    browser.run("document.activeElement.blur()", &[]);
    browser.tap(Key::Tab);
    assert_eq!(browser.words("document.activeElement.innerText"), "Skip to content");
    browser.tap(Key::Tab);
    assert_eq!(browser.words("document.activeElement.innerText"), "Exit this page");
    assert_eq!(browser.words("document.activeElement.className"), "skip");
    browser.tap(Key::Enter);
    must_have_left(&browser, &neutral);
}

#[browser_test]
fn what_has_the_focus_is_not_hidden_behind_it() {
    let (browser, _neutral) = open(Setting::Usual);
    browser.begin();
    browser.answer_until("concern", &[]);
    browser.run("document.querySelector('[data-action=continue]').focus()", &[]);
    for _ in 0..14 {
        browser.tap_with(Key::Shift, "\u{e004}");
        let hidden = "const one = document.activeElement, box = one.getBoundingClientRect();
            const bar = document.querySelector('.exit').getBoundingClientRect();
            return one.closest('main') && box.top < bar.bottom && box.bottom > bar.top ? one.outerHTML : null";
        assert_eq!(browser.run(hidden, &[]), Value::Null);
    }
}

#[browser_test]
fn in_a_frame_it_leads_the_whole_page_away() {
    for by_key in [false, true] {
        let (browser, neutral) = open(Setting::Usual);
        let check = format!("{}en/check/", browser.site().address());
        let clinic =
            Host::showing(&format!("<title>Clinic</title><iframe width=340 height=600 src=\"{check}\"></iframe>"));
        browser.visit(&clinic.other_address());
        browser.enter_frame();
        browser.ready();
        browser.click_by_hand("[data-action=start]");
        if by_key {
            for _ in 0..3 {
                browser.tap(Key::Shift);
            }
        } else {
            browser.click_by_hand(BUTTON);
        }
        browser.leave_frame();
        must_have_left(&browser, &neutral);
    }
}

#[browser_test]
fn in_a_frame_that_may_not_it_leads_the_frame_away() {
    let (browser, neutral) = open(Setting::Usual);
    let check = format!("{}en/check/", browser.site().address());
    let frame = format!("<iframe sandbox=\"allow-scripts\" width=340 height=600 src=\"{check}\"></iframe>");
    let clinic = Host::showing(&format!("<title>Clinic</title>{frame}"));
    browser.visit(&clinic.other_address());
    browser.enter_frame();
    browser.ready();
    browser.click_by_hand(BUTTON);
    browser.leave_frame();
    browser.enter_frame();
    must_have_left(&browser, &neutral);
    browser.leave_frame();
    assert_eq!(browser.words("location.href"), clinic.other_address());
}

#[browser_test]
fn it_reaches_other_tabs() {
    let (browser, neutral) = open(Setting::Usual);
    browser.complete(SOME);
    let here = browser.tab();
    browser.open_tab();
    browser.go_to("faq/does-it-hurt/");
    browser.click(BUTTON);
    must_have_left(&browser, &neutral);
    browser.close_tab(&here);
    browser.until("document.querySelector('[data-check]').dataset.state === 'start'");
    assert!(browser.notices().contains("Your answers are deleted"), "{}", browser.notices());
}
