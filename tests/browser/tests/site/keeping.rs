//! What is kept, where, and what happens where nothing can be.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::process::workspace;
use browser_tests::site::Site;
use browser_tests::storage::{KEY, Place};
use serde_json::{Value, json};

const DAMAGED: &str = "mesocheck:/:suitability:damaged";

#[browser_test]
fn unticked_the_answers_stay_in_the_tab() {
    let browser = Browser::open();
    browser.open_check();
    browser.click("[name=keep]");
    browser.start();
    browser.answer_until("age", &[]);
    assert!(browser.kept(Place::Local).is_empty());
    assert!(browser.kept_as(Place::Session, KEY).unwrap().contains("em_now"));
    browser.give("age", &["18_69"]);
    browser.reload();
    browser.ready();
    assert_eq!(browser.questions(), ["age"]);
    assert_eq!(browser.ticked("age"), ["18_69"]);
    browser.go_on();
    browser.answer(&[]);
    assert!(browser.kept(Place::Local).is_empty(), "a reload does not forget the wish");
}

/// Whatever a browser keeps for a site, and every file it holds of it by an address that says more than which file.
pub const LEFT: &str = "
    const done = arguments[arguments.length - 1];
    (async () => {
      const left = [...Object.keys(localStorage), ...Object.keys(sessionStorage), document.cookie, window.name];
      left.push(JSON.stringify(history.state).replace('null', ''));
      left.push(...(await indexedDB.databases()).map((base) => base.name));
      for (const name of await caches.keys())
        for (const file of await (await caches.open(name)).keys())
          if (/[?#]/.test(file.url)) left.push(file.url);
      return left.filter(Boolean);
    })().then(done, (error) => done([String(error)]));";

#[browser_test]
fn unticked_nothing_is_left_once_the_tab_is_closed() {
    let browser = Browser::open();
    browser.go_to("prepare/");
    // Another page of the site hears whatever is written on the device.
    browser.run("globalThis.heard = []; addEventListener('storage', (event) => heard.push(event.key))", &[]);
    let other = browser.tab();
    browser.open_tab();
    browser.open_check();
    browser.click("[name=keep]");
    browser.start();
    browser.answer_all(&[("concern", &["hair"]), ("thinners", &["anticoag"])]);
    browser.step("result");
    browser.reload();
    browser.ready();
    browser.must_be("result");
    assert_eq!(browser.run_until_called(LEFT, &[]), json!([KEY, "22"]), "what is there while the tab is open");
    browser.close_tab(&other);
    assert_eq!(browser.value("heard"), json!([]), "nothing was ever written on the device");
    assert_eq!(browser.run_until_called(LEFT, &[]), json!([]));
    browser.open_tab();
    browser.open_check();
    browser.must_be("start");
    assert_eq!(browser.count("[data-action=go-on]"), 0);
    assert_eq!(browser.run_until_called(LEFT, &[]), json!(["0"]));
}

/// A browser may open a closed tab again, with all it held: by itself when it starts, or for whoever asks it to.
#[browser_test]
fn unticked_nothing_comes_back_with_a_tab_that_is_opened_again() {
    let site = Site::built();
    let profile = workspace().join(format!("target/tmp/profile-{}", std::process::id()));
    let browser = Browser::in_profile(&profile, false);
    browser.visit(&format!("{}en/check/", site.address()));
    browser.ready();
    browser.click("[name=keep]");
    browser.start();
    browser.answer_until("age", &[]);
    browser.keep(Place::Session, "clinic-visit", "a");
    assert!(browser.kept_as(Place::Session, KEY).is_some());
    drop(browser);
    let browser = Browser::in_profile(&profile, true);
    browser.until("location.pathname === '/en/check/'");
    browser.ready();
    let kept: Vec<_> = browser.kept(Place::Session).into_keys().collect();
    assert_eq!(kept, ["clinic-visit"], "the tab came back, without answers");
    browser.must_be("start");
    drop(browser);
    // A folder left behind lies in `target`.
    let _ = std::fs::remove_dir_all(&profile);
}

/// Back is no new beginning, also where the browser has not kept the page.
#[browser_test]
fn unticked_the_answers_are_still_there_on_the_way_back() {
    let browser = Browser::with(Site::built(), Setting::PagesForgotten);
    browser.open_check();
    browser.click("[name=keep]");
    browser.start();
    browser.answer_until("age", &[]);
    browser.go_to("prepare/");
    browser.browser_back();
    browser.ready();
    assert!(!browser.is_restored(), "the page was loaded anew");
    assert_eq!(browser.questions(), ["age"]);
}

#[browser_test]
fn delete_and_leave_leaves_nothing_but_what_is_not_ours() {
    let browser = Browser::open();
    browser.begin();
    browser.keep(Place::Local, "clinic-basket", "7");
    browser.keep(Place::Session, "clinic-visit", "a");
    browser.keep(Place::Local, DAMAGED, "x");
    browser.keep(Place::Session, KEY, "{}");
    browser.answer_until("concern", &[]);
    let before = browser.words("location.pathname");
    browser.press_button("delete");
    browser.until(&format!("location.pathname !== {}", json!(before)));
    assert_eq!(browser.words("location.pathname"), "/en/");
    assert_eq!(browser.kept(Place::Local).into_iter().collect::<Vec<_>>(), [("clinic-basket".into(), "7".into())]);
    assert_eq!(browser.kept(Place::Session).into_iter().collect::<Vec<_>>(), [("clinic-visit".into(), "a".into())]);
    // The way back shows no answers either.
    browser.browser_back();
    browser.until("document.readyState === 'complete'");
    assert!(browser.count("input:checked:not([name=keep])") == 0, "{}", browser.page());
}

#[browser_test]
fn the_first_page_goes_on_where_a_person_stopped_or_deletes() {
    let browser = Browser::open();
    browser.open_page("");
    assert_eq!(browser.count("[data-kept] button"), 0, "nothing is kept yet");
    browser.begin();
    browser.answer_until("concern", &[]);
    browser.open_page("");
    browser.until("document.querySelector('[data-kept] [data-action=go-on]') !== null");
    browser.click("[data-kept] [data-action=go-on]");
    browser.until("location.pathname.endsWith('/check/')");
    browser.ready();
    assert_eq!(browser.questions(), ["concern"]);
    browser.open_page("");
    browser.until("document.querySelector('[data-kept] [data-action=delete]') !== null");
    browser.click("[data-kept] [data-action=delete]");
    browser.until("document.querySelector('[data-kept] button') === null");
    browser.must_read("Your answers are deleted");
    assert!(browser.kept(Place::Local).is_empty());
}

#[browser_test]
fn where_storage_is_refused_the_check_works_and_says_so() {
    let browser = Browser::with(Site::built(), Setting::StorageRefused);
    browser.open_check();
    assert!(browser.notices().contains("does not let us keep anything"), "{}", browser.notices());
    browser.start();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.value("globalThis.seen"), json!([]));
}

#[browser_test]
fn where_storage_is_full_the_check_works_and_says_so() {
    let browser = Browser::open();
    browser.open_check();
    browser.fill_storage();
    browser.start();
    browser.answer(&[]);
    assert!(browser.notices().contains("device is full"), "{}", browser.notices());
    browser.go_on();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk", "nothing is lost");
    browser.must_be_quiet();
}

#[browser_test]
fn where_storage_fills_up_what_was_kept_is_not_lost() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("age", &[]);
    browser.fill_storage();
    let kept = browser.kept_as(Place::Local, KEY).unwrap();
    browser.answer_until("area", &[]);
    assert!(browser.notices().contains("device is full"), "{}", browser.notices());
    let now = browser.kept_as(Place::Local, KEY).unwrap();
    assert_eq!(now, kept, "the last answers that fitted are still there");
    browser.reload();
    browser.ready();
    assert_eq!(browser.questions(), ["age"]);
}

#[browser_test]
fn a_damaged_value_is_set_aside_until_the_person_deletes_it() {
    let values = [
        "{",
        "",
        "null",
        "[]",
        "{\"format\":1}",
        "{\"format\":1,\"saved\":\"x\",\"answers\":{}}",
        "{\"format\":1,\"saved\":1,\"answers\":{\"age\":{\"o\":[7],\"t\":1,\"p\":\"\"}}}",
        "\u{0}\u{ffff}",
    ];
    let browser = Browser::open();
    for value in values {
        browser.open_check();
        browser.keep(Place::Local, KEY, value);
        browser.open_check();
        browser.must_be("start");
        assert!(browser.notices().contains("could not be read"), "{value}: {}", browser.notices());
        assert_eq!(browser.kept_as(Place::Local, DAMAGED).as_deref(), Some(value));
        assert_eq!(browser.kept_as(Place::Local, KEY), None);
    }
    browser.start();
    browser.answer_until("age", &[]);
    assert!(browser.kept_as(Place::Local, DAMAGED).is_some(), "a fresh start does not delete it");
    browser.press_button("delete");
    browser.until("location.pathname === '/en/'");
    assert!(browser.kept(Place::Local).is_empty());
}

#[browser_test]
fn answers_of_a_newer_version_are_left_byte_for_byte() {
    let newer = "{\"answers\":[\"in another shape\"], \"format\" : 2,\"saved\":0}";
    let browser = Browser::open();
    browser.open_check();
    browser.keep(Place::Local, KEY, newer);
    browser.open_check();
    assert!(browser.notices().contains("newer version"), "{}", browser.notices());
    browser.start();
    browser.answer_all(&[]);
    browser.step("result");
    assert_eq!(browser.outcome(), "clear");
    let kept: Vec<_> = browser.kept(Place::Local).into_iter().collect();
    assert_eq!(kept, [(KEY.to_owned(), newer.to_owned())]);
    assert!(browser.kept(Place::Session).is_empty());
}

#[browser_test]
fn a_changed_question_is_asked_again_and_that_is_said() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    let mut stored = browser.kept_answers();
    stored["answers"]["mark"]["p"] = json!("another");
    stored["answers"]["gone"] = stored["answers"]["mark"].clone();
    browser.keep(Place::Local, KEY, &stored.to_string());
    browser.open_check();
    assert!(browser.notices().contains("Some questions have changed"), "{}", browser.notices());
    browser.step("go-on");
    assert_eq!(browser.questions(), ["mark", "site"]);
    assert_eq!(browser.ticked("mark"), Vec::<String>::new());
    assert_eq!(browser.ticked("site"), ["none"]);
    browser.give("mark", &["no"]);
    browser.go_on();
    browser.must_be("review");
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
}

#[browser_test]
fn an_unknown_option_counts_as_no_answer() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_all(&[]);
    let mut stored = browser.kept_answers();
    stored["answers"]["age"]["o"] = json!(["18_69 "]);
    browser.keep(Place::Local, KEY, &stored.to_string());
    browser.open_page("check/#/result");
    browser.must_be("question");
    assert_eq!(browser.questions(), ["age"]);
    let none: Value = json!([]);
    assert_eq!(browser.value("globalThis.seen"), none);
}

#[browser_test]
fn start_again_forgets_everything() {
    let browser = Browser::open();
    browser.complete(&[("thinners", &["anticoag"])]);
    browser.step("restart");
    browser.must_be("start");
    assert!(browser.kept(Place::Local).is_empty());
    browser.start();
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new());
}

#[browser_test]
fn deleting_is_said_and_the_focus_stays_where_reading_goes_on() {
    let browser = Browser::open();
    let keep_some = || {
        browser.begin();
        browser.answer(&[]);
    };
    let press = |action: &str| {
        browser.run("document.querySelector(`[data-action=\"${arguments[0]}\"]`).focus()", &[json!(action)]);
        browser.press("\u{e007}");
    };
    // On the start screen.
    keep_some();
    browser.open_check();
    press("delete");
    browser.until("document.activeElement?.matches('h1[data-focus]')");
    assert!(browser.notices().contains("Your answers are deleted"), "{}", browser.notices());
    // On the first page.
    keep_some();
    browser.open_page("");
    browser.until("document.querySelector('[data-kept] [data-action=delete]')");
    press("delete");
    browser.until("document.activeElement?.matches('[data-kept] p')");
    assert!(browser.words("document.activeElement.innerText").contains("Your answers are deleted"));
    // On the way out.
    keep_some();
    press("delete");
    browser.until("location.pathname === '/en/' && document.activeElement?.matches('[data-kept] p')");
    assert!(browser.words("document.activeElement.innerText").contains("Your answers are deleted"));
    assert_eq!(browser.words("location.href.split('/en/')[1]"), "", "and the address does not tell");
    browser.reload();
    browser.ready();
    assert_eq!(browser.count("[data-kept] p"), 0, "it is said once");
}

#[browser_test]
fn a_country_that_is_chosen_takes_the_focus_to_its_number() {
    let browser = Browser::open();
    browser.begin();
    browser.press_button("help");
    browser.click("#help-card li:nth-child(3) [data-action=country]");
    browser.until("document.activeElement?.matches('#help-card .call')");
}

#[browser_test]
fn a_clock_that_is_set_back_deletes_nothing() {
    let browser = Browser::open();
    for (minutes, asked_again) in [(1, false), (9, false), (3 * 60, true), (366 * 24 * 60, true)] {
        browser.begin();
        browser.answer_all(&[("thinners", &["anticoag"])]);
        browser.age_answers(-minutes);
        browser.open_page("");
        browser.until("document.querySelector('[data-kept] [data-action=go-on]') !== null");
        browser.open_page("check/");
        assert_eq!(browser.notices(), "", "{minutes} minutes");
        let later = "JSON.parse(localStorage.getItem(arguments[0])).saved - Date.now() / 60_000";
        let later = browser.run(&format!("return {later}"), &[json!(KEY)]).as_f64().unwrap();
        assert!(later < 10.0, "the days count from now, not from {later} minutes later");
        browser.step("go-on");
        if asked_again {
            assert_eq!(browser.questions(), ["em_now"], "{minutes} minutes");
            assert!(!browser.reads("you answered:"), "nobody knows when it was answered: {}", browser.page());
            while browser.state() == "question" {
                browser.answer(&[("thinners", &["anticoag"])]);
                browser.go_on();
            }
        }
        browser.must_be("review");
        browser.step("result");
        assert_eq!(browser.outcome(), "talk");
        assert!(!browser.words("document.querySelector('.made').innerText").contains("Made on"));
        browser.step("restart");
    }
    browser.must_be_quiet();
}
