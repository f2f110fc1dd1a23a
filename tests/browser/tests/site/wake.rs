//! Time passes, and other windows are open: a page that is looked at again shows what holds by then.

use browser_tests::answers::Answers;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::canary::with_pack;
use browser_tests::site::Site;
use browser_tests::storage::{KEY, Place};
use serde_json::{Value, json};

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;
const TALK: Answers = &[("thinners", &["anticoag"])];

/// Goes to another page, does something there, and comes back: from the cache of Back and Forward, or the test would
/// prove nothing.
fn meanwhile(browser: &Browser, deed: impl FnOnce()) {
    browser.until_settled();
    browser.go_to("prepare/");
    deed();
    browser.browser_back();
    assert!(browser.is_restored(), "the page was loaded anew:\n{}", browser.page());
}

/// Looks at another tab, does something there, and comes back to this one.
fn in_another_tab(browser: &Browser, deed: impl FnOnce()) {
    let here = browser.tab();
    browser.open_tab();
    deed();
    browser.close_tab(&here);
    assert!(browser.holds("globalThis.wasHidden"), "the tab was in sight all the time");
    browser.until("!document.hidden");
}

/// A site whose check was changed in its pages.
fn site_with(change: impl Fn(&mut Value)) -> Site {
    Site::altered(|site| site.rewrite("en/check/index.html", |html| with_pack(&html, &change)))
}

fn must_be_deleted(browser: &Browser) {
    browser.until("document.querySelector('[data-check]').dataset.state === 'start'");
    assert!(browser.notices().contains("Your answers are deleted"), "{}", browser.notices());
    assert_eq!(browser.count("[data-action=go-on]"), 0);
    assert_eq!(browser.fragment(), "#/");
}

fn must_be_asked_again(browser: &Browser, question: &str) {
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    assert_eq!(browser.questions(), [question]);
    assert_eq!(browser.outcome(), "");
    assert_eq!(browser.ticked(question), Vec::<String>::new());
    assert!(browser.notices().contains("about today"), "{}", browser.notices());
}

#[browser_test]
fn a_result_that_comes_back_after_a_while_is_asked_for_again() {
    let browser = Browser::open();
    browser.complete(TALK);
    meanwhile(&browser, || browser.age_answers(HOUR + 1));
    must_be_asked_again(&browser, "em_now");
    browser.give("em_now", &["none"]);
    browser.go_on();
    browser.must_be("review");
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    browser.must_be_quiet();
}

#[browser_test]
fn a_result_that_comes_back_at_once_is_as_it_was() {
    let browser = Browser::open();
    browser.complete(TALK);
    browser.run("document.querySelector('.letter').dataset.old = ''", &[]);
    meanwhile(&browser, || ());
    browser.must_be("result");
    assert_eq!(browser.count(".letter[data-old]"), 1, "it was drawn anew");
    browser.must_be_quiet();
}

#[browser_test]
fn answers_that_expired_meanwhile_do_not_come_back() {
    let browser = Browser::open();
    browser.complete(TALK);
    meanwhile(&browser, || browser.age_answers(7 * DAY + 1));
    browser.until("document.querySelector('[data-check]').dataset.state === 'start'");
    assert!(browser.notices().contains("older than 7 days"), "{}", browser.notices());
    assert!(browser.kept(Place::Local).is_empty());
}

#[browser_test]
fn answers_that_are_gone_meanwhile_do_not_come_back_and_nobody_says_why() {
    let browser = Browser::open();
    browser.complete(TALK);
    meanwhile(&browser, || drop(browser.run("localStorage.clear()", &[])));
    browser.until("document.querySelector('[data-check]').dataset.state === 'start'");
    let said = browser.notices();
    assert!(said.contains("are gone") && !said.contains("are deleted"), "nobody here knows why: {said}");
    browser.start();
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new());
}

#[browser_test]
fn the_card_of_kept_answers_comes_and_goes_with_them() {
    let browser = Browser::open();
    let card = "document.querySelector('[data-kept] [data-action=go-on]')";
    browser.open_page("");
    assert!(!browser.holds(card));
    browser.until_settled();
    // There are answers by the time a person comes back.
    browser.go_to("check/");
    browser.ready();
    browser.start();
    browser.answer(&[]);
    for _ in 0..2 {
        browser.browser_back();
    }
    assert_eq!((browser.words("location.pathname").as_str(), browser.is_restored()), ("/en/", true));
    browser.until(card);
    meanwhile(&browser, || browser.age_answers(7 * DAY + 1));
    browser.until(&format!("!{card}"));
    browser.must_be_quiet();
}

#[browser_test]
fn the_card_does_not_come_back_after_deleting_in_another_tab() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.open_page("");
    browser.until("document.querySelector('[data-kept] [data-action=go-on]')");
    meanwhile(&browser, || {
        let here = browser.tab();
        browser.open_tab();
        browser.open_check();
        browser.press_button("delete");
        browser.close_tab(&here);
    });
    browser.until("!document.querySelector('[data-kept] button')");
}

#[browser_test]
fn a_result_that_is_looked_at_again_after_a_while_is_asked_for_again() {
    let browser = Browser::open();
    browser.complete(TALK);
    browser.pass(HOUR + 1);
    browser.must_be("result");
    in_another_tab(&browser, || ());
    must_be_asked_again(&browser, "em_now");
}

#[browser_test]
fn an_aftercare_result_that_comes_back_after_a_while_is_asked_for_again() {
    let browser = Browser::open();
    browser.open_aftercare();
    browser.start();
    browser.answer_all(&[("a_common", &["red"])]);
    browser.must_be("result");
    browser.pass(HOUR + 1);
    meanwhile(&browser, || ());
    must_be_asked_again(&browser, "a_em");
    browser.give("a_em", &["none"]);
    browser.go_on();
    browser.must_be("result");
    assert_eq!(browser.notices(), "", "nothing is about today any more");
}

#[browser_test]
fn after_midnight_content_may_be_out_of_date() {
    let browser = Browser::open();
    let today = browser.value("Math.floor((Date.now() - new Date().getTimezoneOffset() * 60_000) / 86_400_000)");
    let site = site_with(|pack| pack["check"]["review_by"] = today.clone());
    browser.visit(&format!("{}en/check/", site.address()));
    browser.ready();
    browser.pass_until(23, 50);
    browser.start();
    browser.answer_all(&[]);
    browser.step("result");
    assert_eq!(browser.outcome(), "clear");
    browser.pass(20);
    in_another_tab(&browser, || ());
    browser.until("document.querySelector('[data-out-of-date]')");
    assert_eq!(browser.outcome(), "");
}

#[browser_test]
fn a_result_of_yesterday_says_so() {
    let lasting = |pack: &mut Value| {
        for question in pack["check"]["questions"].as_array_mut().unwrap() {
            question["fresh_for"] = Value::Null;
        }
    };
    let browser = Browser::with(site_with(lasting), Setting::Usual);
    browser.complete(&[]);
    assert!(!browser.reads("Things may have changed"));
    browser.pass(DAY + 1);
    in_another_tab(&browser, || ());
    browser.until("document.body.innerText.includes('Things may have changed: check again.')");
    browser.must_be("result");
}

#[browser_test]
fn a_question_that_is_being_answered_is_left_alone() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("concern", &[]);
    browser.tick("concern", "hair");
    browser.run(
        "document.querySelector('[value=hair]').focus(); document.querySelector('fieldset').dataset.old = ''",
        &[],
    );
    in_another_tab(&browser, || ());
    assert_eq!(browser.count("fieldset[data-old]"), 1, "it was drawn anew");
    assert_eq!(browser.words("document.activeElement.value"), "hair");
    assert_eq!(browser.ticked("concern"), ["hair"]);
}

/// What a person deletes in one window is not kept again by another.
#[browser_test]
fn deleted_in_another_tab() {
    let browser = Browser::open();
    browser.complete(TALK);
    in_another_tab(&browser, || {
        browser.open_check();
        browser.click(".leave");
        browser.until("location.pathname === '/en/'");
    });
    must_be_deleted(&browser);
    browser.start();
    browser.answer(&[]);
    let kept = browser.kept_answers();
    let kept: Vec<&String> = kept["answers"].as_object().unwrap().keys().collect();
    assert_eq!(kept, ["em_now"]);
    browser.must_be_quiet();
}

#[browser_test]
fn deleted_on_the_first_page_in_another_tab() {
    let browser = Browser::open();
    browser.complete(TALK);
    in_another_tab(&browser, || {
        browser.open_page("");
        browser.click("[data-kept] [data-action=delete]");
    });
    must_be_deleted(&browser);
    assert!(browser.kept(Place::Local).is_empty());
}

#[browser_test]
fn started_again_in_another_tab() {
    let browser = Browser::open();
    browser.complete(TALK);
    in_another_tab(&browser, || {
        browser.open_check();
        browser.step("start");
        browser.answer(&[]);
    });
    // The answers of the other tab are the ones there are.
    browser.until("document.querySelector('[data-check]').dataset.state !== 'result'");
    assert_eq!(browser.outcome(), "");
    let kept = browser.kept_answers();
    assert_eq!(kept["answers"].as_object().unwrap().len(), 1, "{kept}");
}

#[browser_test]
fn deleting_also_reaches_what_another_tab_keeps_for_itself_or_not_at_all() {
    let browser = Browser::open();
    browser.open_check();
    browser.click("[name=keep]");
    browser.start();
    browser.answer(&[]);
    assert!(browser.kept_as(Place::Session, KEY).is_some());
    let first = browser.tab();
    browser.open_tab();
    browser.open_aftercare();
    browser.start();
    browser.answer(&[]);
    browser.go_on();
    let second = browser.tab();
    browser.open_tab();
    browser.open_check();
    browser.press_button("delete");
    browser.close_tab(&second);
    must_be_deleted(&browser);
    browser.close_tab(&first);
    must_be_deleted(&browser);
    assert!(browser.kept(Place::Session).is_empty());
}

#[browser_test]
fn starting_the_aftercare_check_again_leaves_other_answers_alone() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.open_aftercare();
    browser.start();
    browser.answer_all(&[]);
    browser.step("restart");
    assert!(browser.kept_as(Place::Local, KEY).is_some());
}

#[browser_test]
fn an_answer_changed_in_another_tab_counts_here() {
    let browser = Browser::open();
    browser.complete(TALK);
    assert_eq!(browser.outcome(), "talk");
    in_another_tab(&browser, || {
        browser.open_page("check/#/review");
        browser.change("pressure");
        browser.give("pressure", &["deal"]);
    });
    browser.until("document.querySelector('[data-outcome]').dataset.outcome === 'wait'");
    browser.change("thinners");
    browser.give("thinners", &["none"]);
    browser.go_on();
    assert_eq!(browser.findings(), ["pressure.deal"], "the change made elsewhere is not undone");
    browser.must_be_quiet();
}

#[browser_test]
fn answers_of_this_tab_alone_stay_what_they_are() {
    let browser = Browser::open();
    browser.open_check();
    browser.click("[name=keep]");
    browser.start();
    browser.answer(&[]);
    browser.go_on();
    in_another_tab(&browser, || {
        browser.begin();
        browser.answer_until("age", &[]);
    });
    assert_eq!(browser.questions(), ["urgent_now"]);
    browser.answer(&[]);
    let mine = browser.kept_as(Place::Session, KEY).unwrap();
    assert!(mine.contains("urgent_now"), "{mine}");
}

#[browser_test]
fn answers_of_a_newer_version_in_another_tab_are_left_alone() {
    let newer = json!({ "format": 2 }).to_string();
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    in_another_tab(&browser, || {
        browser.go_to("prepare/");
        browser.keep(Place::Local, KEY, &newer);
    });
    browser.until("document.querySelector('.notices').innerText.includes('newer version')");
    browser.go_on();
    browser.answer(&[]);
    assert_eq!(browser.kept_as(Place::Local, KEY), Some(newer));
}

#[browser_test]
fn answers_that_could_not_be_kept_are_not_lost_by_looking_away() {
    let browser = Browser::open();
    browser.open_check();
    browser.fill_storage();
    browser.start();
    browser.answer(&[]);
    assert!(browser.notices().contains("device is full"), "{}", browser.notices());
    in_another_tab(&browser, || ());
    browser.must_be("question");
    assert_eq!(browser.ticked("em_now"), ["none"]);
}

/// A minute takes a tenth of a second.
const FAST: &str = "const real = setInterval;
    globalThis.setInterval = (done, wait, ...more) => real(done, wait === 60_000 ? 100 : wait, ...more);";

#[browser_test(chromium)]
fn a_result_that_stays_in_sight_grows_old_too() {
    let browser = Browser::open();
    browser.before_each_page(FAST);
    browser.complete(TALK);
    browser.must_be("result");
    browser.pass(HOUR + 1);
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    must_be_asked_again(&browser, "em_now");
    // What had the focus is gone: it is where reading goes on.
    browser.until("document.activeElement?.matches('[data-focus]')");
}

#[browser_test]
fn a_press_on_a_result_that_is_old_says_why_it_is_gone() {
    for action in ["copy", "show", "code", "print"] {
        let browser = Browser::open();
        browser.complete(TALK);
        browser.run("print = () => { globalThis.printed = true; }", &[]);
        browser.pass(HOUR + 1);
        browser.press_button(action);
        must_be_asked_again(&browser, "em_now");
        assert!(!browser.holds("globalThis.printed"));
    }
}
