//! Several sites on one host: each keeps what is its own.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;
use browser_tests::storage::{KEY, OLD_KEY, Place};

const ONE: &str = "mesocheck:/one/:suitability";
const OTHER: &str = "mesocheck:/two/:suitability";

fn open(browser: &Browser, page: &str) {
    browser.visit(&format!("{}/{page}", browser.site().origin()));
    browser.ready();
}

#[browser_test]
fn two_sites_on_one_host_keep_their_answers_apart() {
    let browser = Browser::with(Site::side_by_side(["one/", "two/"]), Setting::Usual);
    open(&browser, "one/en/check/");
    browser.start();
    browser.answer_until("concern", &[]);
    let one = browser.kept_as(Place::Local, ONE).expect("answers of the one");
    open(&browser, "two/en/check/");
    assert_eq!((browser.state().as_str(), browser.count("[data-action=go-on]")), ("start", 0));
    browser.start();
    browser.answer_until("age", &[]);
    assert!(browser.kept_as(Place::Local, OTHER).is_some());
    assert_eq!(browser.kept_as(Place::Local, ONE), Some(one.clone()), "nothing of it is touched");
    // What is deleted here says nothing to the other.
    let here = browser.tab();
    browser.open_tab();
    open(&browser, "one/en/check/#/review");
    assert_eq!(browser.questions(), ["concern"]);
    let theirs = browser.tab();
    browser.switch_to(&here);
    browser.press_button("delete");
    browser.until("location.pathname === '/two/en/'");
    assert_eq!(browser.kept(Place::Local).into_keys().collect::<Vec<_>>(), [ONE]);
    browser.switch_to(&theirs);
    browser.must_be("question");
    assert_eq!(browser.notices(), "");
    open(&browser, "two/en/");
    assert_eq!(browser.count("[data-kept] button"), 0);
    open(&browser, "one/en/");
    browser.until("document.querySelector('[data-kept] [data-action=go-on]') !== null");
}

#[browser_test]
fn what_was_kept_before_keys_named_a_site_is_taken_over_once_where_all_of_it_fits() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_until("concern", &[]);
    let kept = browser.kept_as(Place::Local, KEY).expect("answers");
    let to_old = |text: &str| {
        browser.go_to("prepare/");
        browser.run("localStorage.clear()", &[]);
        browser.keep(Place::Local, OLD_KEY, text);
        browser.open_page("check/");
    };
    to_old(&kept);
    assert_eq!(browser.kept(Place::Local).into_iter().collect::<Vec<_>>(), [(KEY.to_owned(), kept.clone())]);
    browser.step("go-on");
    assert_eq!(browser.questions(), ["concern"]);
    for foreign in [kept.replacen("\"age\"", "\"needles\"", 1), kept.replacen("\"p\":\"", "\"p\":\"x", 1), "{".into()] {
        to_old(&foreign);
        assert_eq!(browser.count("[data-action=go-on]"), 0);
        let left: Vec<_> = browser.kept(Place::Local).into_iter().collect();
        assert_eq!(left, [(OLD_KEY.to_owned(), foreign)], "it is another site's");
    }
    // Whoever deletes here means these too.
    browser.start();
    browser.press_button("delete");
    browser.until("location.pathname === '/en/'");
    assert!(browser.kept(Place::Local).is_empty());
}
