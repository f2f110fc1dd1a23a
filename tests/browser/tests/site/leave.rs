//! Delete my answers and leave: nothing is left, and Back brings nothing back.

use browser_tests::answers::Answers;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::canary::with_pack;
use browser_tests::host::Host;
use browser_tests::site::Site;
use browser_tests::storage::Place;
use serde_json::json;

const SOME: Answers = &[("thinners", &["anticoag"])];

fn neutral() -> Host {
    Host::showing("<title>Weather</title><link rel=icon href=\"data:,\">Rain later.")
}

/// The site of a clinic that chose a neutral page.
fn site_with(neutral: &Host) -> Site {
    let chosen = |html: String| with_pack(&html, |pack| pack["clinic"]["neutral"] = json!(neutral.address()));
    Site::altered(|site| site.rewrite("en/check/index.html", chosen))
}

fn must_have_left_for(browser: &Browser, neutral: &Host) {
    browser.until(&format!("location.href === {}", json!(neutral.address())));
    let asked = neutral.asked().join("\n").to_lowercase();
    assert!(asked.starts_with("get / ") && !asked.contains("referer"), "{asked}");
}

fn must_be_empty(browser: &Browser) {
    browser.ready();
    browser.must_be("start");
    assert_eq!(browser.fragment(), "#/");
    assert_eq!(browser.count("[data-action=go-on]"), 0);
    assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty());
}

#[browser_test(chromium)]
fn it_opens_the_neutral_page_in_place_of_the_check() {
    let neutral = neutral();
    let browser = Browser::with(site_with(&neutral), Setting::Usual);
    browser.complete(SOME);
    let (before, here) = browser.history();
    assert!(before[here].url.ends_with("#/result"));
    browser.press_button("delete");
    must_have_left_for(&browser, &neutral);
    let (after, now) = browser.history();
    assert_eq!((after.len(), now), (before.len(), here), "no entry more");
    assert_eq!(after[now].title, "Weather");
    // Every entry of the check that is left shows an empty check.
    for _ in 0..3 {
        browser.browser_back();
        must_be_empty(&browser);
    }
    browser.must_be_quiet();
}

/// Of a page that the browser keeps whole, every answer would come back.
#[browser_test(chromium)]
fn a_check_in_the_cache_of_back_and_forward_is_empty_too() {
    let neutral = neutral();
    let browser = Browser::with(site_with(&neutral), Setting::Usual);
    browser.open_aftercare();
    browser.start();
    browser.answer_all(&[("a_today", &["fever"])]);
    browser.must_be("result");
    let steps = browser.history().1;
    browser.go_to("check/");
    browser.ready();
    browser.until_settled();
    browser.press_button("delete");
    must_have_left_for(&browser, &neutral);
    assert_eq!(browser.history().1, steps + 1);
    browser.browser_back();
    assert!(browser.is_restored(), "the page was loaded anew");
    browser.until("document.querySelector('[data-check=aftercare]').dataset.state === 'start'");
    assert_eq!(browser.outcome(), "");
}

#[browser_test]
fn without_a_neutral_page_it_leads_to_the_first_page() {
    let browser = Browser::open();
    browser.complete(SOME);
    browser.press_button("delete");
    browser.until("location.pathname === '/en/'");
    browser.ready();
    assert_eq!(browser.count("[data-kept] button"), 0);
    browser.browser_back();
    must_be_empty(&browser);
}

/// A page of another site with the check in a frame, and the browser turned to what is inside.
fn framed(browser: &Browser, sandbox: &str) -> Host {
    let check = format!("{}en/check/", browser.site().address());
    let clinic = Host::showing(&format!(
        "<title>Clinic</title><iframe width=340 height=700 src=\"{check}\" {sandbox}></iframe>"
    ));
    browser.visit(&clinic.other_address());
    browser.enter_frame();
    browser.ready();
    browser.start();
    browser.answer(&[]);
    clinic
}

#[browser_test(chromium)]
fn in_a_frame_it_leads_the_whole_page_away() {
    let neutral = neutral();
    let browser = Browser::with(site_with(&neutral), Setting::Usual);
    let clinic = framed(&browser, "");
    browser.click_by_hand("[data-action=delete]");
    browser.leave_frame();
    must_have_left_for(&browser, &neutral);
    let (entries, _) = browser.history();
    // The browser may keep the clinic's own page to go back to; nothing of the check is in it.
    let check = clinic.other_address() + "#";
    assert!(!entries.iter().any(|entry| entry.url.contains("/check/") || entry.url.starts_with(&check)), "{entries:?}");
}

#[browser_test]
fn in_a_frame_that_may_not_it_leads_the_frame_away() {
    let neutral = neutral();
    let browser = Browser::with(site_with(&neutral), Setting::Usual);
    let clinic = framed(&browser, "sandbox=\"allow-scripts allow-same-origin\"");
    browser.click_by_hand("[data-action=delete]");
    browser.leave_frame();
    browser.enter_frame();
    must_have_left_for(&browser, &neutral);
    browser.leave_frame();
    assert_eq!(browser.words("location.href"), clinic.other_address());
}

#[browser_test]
fn in_a_frame_without_a_neutral_page_the_page_around_it_stays() {
    let browser = Browser::open();
    let clinic = framed(&browser, "");
    browser.click_by_hand("[data-action=delete]");
    browser.leave_frame();
    browser.enter_frame();
    browser.until("location.pathname === '/en/'");
    browser.leave_frame();
    assert_eq!(browser.words("location.href"), clinic.other_address());
}

#[browser_test]
fn deleting_on_the_start_screen_stays_there() {
    let neutral = neutral();
    let browser = Browser::with(site_with(&neutral), Setting::Usual);
    browser.begin();
    browser.answer(&[]);
    browser.open_check();
    browser.click(".card [data-action=delete]");
    browser.until("!document.querySelector('[data-action=go-on]')");
    must_be_empty(&browser);
    assert!(browser.notices().contains("Your answers are deleted"), "{}", browser.notices());
}
