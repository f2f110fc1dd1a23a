//! The pages for paper: how many sheets they print on, and that they need no script.

use crate::handed_on::print;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;

/// Width and height in inches.
const SIZES: [(&str, f64, f64); 2] = [("A4", 8.27, 11.69), ("Letter", 8.5, 11.0)];

#[browser_test(chromium)]
fn the_form_with_its_key_prints_on_four_sheets_and_the_card_on_one() {
    let browser = Browser::open();
    for (path, most) in [("paper/", 4), ("paper/aftercare/", 1)] {
        browser.go_to(path);
        for (name, width, height) in SIZES {
            let sheets = print(&browser, (width, height)).sheets;
            assert!((1..=most).contains(&sheets), "{path} takes {sheets} sheets of {name}");
        }
    }
}

#[browser_test]
fn without_script_the_form_can_be_reached_and_filled_in() {
    let browser = Browser::with(Site::built(), Setting::NoScript);
    browser.go_to("check/");
    browser.click("noscript a");
    browser.until("location.pathname.endsWith('/paper/')");
    browser.must_read("Your result");
    browser.click("input[name='em_now'][value='none']");
    assert!(browser.holds("document.querySelector(\"[value='none']\").checked"));
}

#[browser_test]
fn nothing_ticked_is_kept() {
    let browser = Browser::open();
    browser.go_to("paper/");
    browser.click("input[name='em_now'][value='chest']");
    browser.reload();
    browser.until("document.readyState === 'complete'");
    assert_eq!(browser.count("input:checked"), 0, "ticks come back after a reload");
    assert!(browser.holds("localStorage.length + sessionStorage.length === 0"), "something is kept");
    browser.go_to("");
    browser.browser_back();
    browser.until("document.readyState === 'complete'");
    browser.must_be_quiet();
}
