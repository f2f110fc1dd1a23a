//! Old answers do not vouch for today.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::storage::{KEY, Place};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// A check that was done some minutes ago, opened again.
fn done_before(minutes: i64) -> Browser {
    let browser = Browser::open();
    browser.begin();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    browser.must_be("review");
    browser.age_answers(minutes);
    browser.open_check();
    browser
}

#[browser_test]
fn after_two_hours_only_the_first_question_is_asked_again() {
    let browser = done_before(2 * HOUR);
    browser.must_be("start");
    browser.must_read("You have answers on this device");
    browser.step("go-on");
    assert_eq!(browser.questions(), ["em_now"]);
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new(), "the old answer is not given anew by itself");
    assert!(browser.words("document.querySelector('.stale').innerText").contains("you answered: "));
    assert!(browser.notices().contains("about today"), "{}", browser.notices());
    browser.give("em_now", &["none"]);
    browser.go_on();
    browser.must_be("review");
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
}

#[browser_test]
fn fresh_answers_go_on_at_the_review() {
    let browser = done_before(5);
    browser.step("go-on");
    browser.must_be("review");
}

#[browser_test]
fn an_old_result_is_not_shown_until_the_answers_about_today_are_given_again() {
    let browser = done_before(25 * HOUR);
    browser.point_to("#/result");
    browser.until("location.hash === '#/1'");
    assert_eq!(browser.questions(), ["em_now"]);
    assert_eq!(browser.outcome(), "");
    browser.open_check();
    browser.step("go-on");
    let again = ["em_now", "urgent_now", "preg", "mark", "site", "meds", "recent", "pressure"];
    let mut asked = Vec::new();
    while browser.state() == "question" {
        let open = browser.questions().into_iter().filter(|question| browser.ticked(question).is_empty());
        asked.extend(open);
        for question in browser.questions() {
            if browser.ticked(&question).is_empty() {
                browser.give(&question, &browser_tests::answers::answer(&question, &[]));
            }
        }
        browser.go_on();
    }
    assert_eq!(asked, again);
    browser.must_be("review");
    browser.step("result");
    assert_eq!(browser.outcome(), "talk", "the answers that hold longer were kept");
}

#[browser_test]
fn answers_older_than_seven_days_are_deleted_and_that_is_said() {
    let browser = done_before(7 * DAY + 1);
    browser.must_be("start");
    assert!(browser.notices().contains("older than 7 days"), "{}", browser.notices());
    assert_eq!(browser.kept_as(Place::Local, KEY), None);
    assert_eq!(browser.count("[data-action=\"go-on\"]"), 0);
}

#[browser_test]
fn the_first_page_offers_to_go_on_and_to_delete() {
    let browser = done_before(2 * HOUR);
    browser.open_page("");
    browser.must_read("You have answers on this device");
    browser.click("[data-action=\"go-on\"]");
    browser.until("document.querySelector('[data-check]')?.dataset.state === 'question'");
    assert_eq!(browser.questions(), ["em_now"]);
    browser.open_page("");
    browser.click("[data-action=\"delete\"]");
    browser.must_read("Your answers are deleted.");
    assert!(browser.kept(Place::Local).is_empty());
}
