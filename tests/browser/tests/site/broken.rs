//! Where the app cannot run there are words, and numbers to call.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;

fn must_say_that_it_failed(browser: &Browser) {
    browser.until("document.querySelector('[data-check]').dataset.state === 'failed'");
    browser.until("document.querySelector('.late').checkVisibility()");
    browser.must_read("The check could not start here");
    assert!(browser.words("document.querySelector('.late').innerText").contains("999"), "a number to call");
    assert!(browser.sees(".late a[href$='paper/']"), "the form for paper");
}

#[browser_test]
fn a_pack_of_another_format_leaves_words() {
    let newer = |html: String| html.replacen("\"format\":", "\"format\":9", 1);
    let browser = Browser::with(Site::altered(|site| site.rewrite("en/check/index.html", newer)), Setting::Usual);
    browser.go_to("check/");
    must_say_that_it_failed(&browser);
}

#[browser_test]
fn a_damaged_pack_leaves_words() {
    let damaged = |html: String| html.replacen("id=\"pack\">{", "id=\"pack\">[", 1);
    let browser = Browser::with(Site::altered(|site| site.rewrite("en/check/index.html", damaged)), Setting::Usual);
    browser.go_to("check/");
    must_say_that_it_failed(&browser);
}

#[browser_test]
fn a_truncated_app_leaves_words() {
    let cut = |text: String| text.chars().take(text.chars().count() / 2).collect();
    let site = Site::altered(|site| site.rewrite(&site.named("assets", "app-", ".js"), cut));
    let browser = Browser::with(site, Setting::Usual);
    browser.go_to("check/");
    must_say_that_it_failed(&browser);
}

#[browser_test]
fn a_broken_app_whose_integrity_nobody_checks_leaves_words() {
    let site = Site::altered(|site| {
        site.rewrite(&site.named("assets", "app-", ".js"), |text| text.replacen("let WASM=\"", "let WASM=\"x", 1));
        site.rewrite("en/check/index.html", |html| html.replace(" integrity=", " data-integrity="));
    });
    let browser = Browser::with(site, Setting::Usual);
    browser.go_to("check/");
    must_say_that_it_failed(&browser);
}

#[browser_test]
fn without_script_every_page_has_words_and_numbers_to_call() {
    let browser = Browser::with(Site::built(), Setting::NoScript);
    for (path, text) in [
        ("", "Thinking about mesotherapy?"),
        ("faq/", "Does it hurt?"),
        ("faq/does-it-hurt/", "Does it hurt?"),
        ("check/", "The check needs JavaScript"),
        ("aftercare/", "The check needs JavaScript"),
    ] {
        browser.go_to(path);
        browser.must_read(text);
        browser.must_read("999");
        browser.must_not_scroll_sideways(path);
    }
    browser.go_to("faq/");
    assert_eq!(browser.seen(".group li a"), 34, "every answer can be reached");
    assert!(!browser.holds("globalThis.mesocheckReady"), "the app must not have run");
}

#[browser_test]
fn an_unknown_page_leads_home() {
    let browser = Browser::open();
    browser.go_to("no-such-page/");
    browser.must_read("This page does not exist");
    browser.click("a.main");
    browser.until("location.pathname === '/en/'");
}
