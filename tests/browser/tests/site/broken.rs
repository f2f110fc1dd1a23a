//! Where the app cannot run there are words, and numbers to call.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;

fn must_say_that_it_failed(browser: &Browser) {
    browser.until("document.querySelector('[data-check]').dataset.state === 'failed'");
    browser.until("document.querySelector('.late').checkVisibility()");
    must_lead(browser, ".late");
    browser.must_read("The check could not start here");
    assert!(browser.words("document.querySelector('.late').innerText").contains("999"), "a number to call");
    assert!(browser.sees(".late a[href*='paper/']"), "the form for paper");
}

/// The words stand first and are spoken, numbers to call are links, and nothing that needs the app can be pressed.
fn must_lead(browser: &Browser, words: &str) {
    let first = "[...document.querySelectorAll('main *')].find((one) => one.checkVisibility() && one.innerText)";
    assert!(browser.holds(&format!("{first}.closest('{words}')")), "{}", browser.page());
    assert!(browser.holds(&format!(
        "document.querySelector('{words}').closest('[role=alert]') || document.querySelector('{words} [role=alert]')"
    )));
    for number in ["999", "911", "000", "112"] {
        assert!(browser.sees(&format!("{words} a[href='tel:{number}']")), "{number} is no link");
    }
    assert!(browser.holds(&format!("document.querySelector('{words}').getBoundingClientRect().top < innerHeight / 2")));
    let dead = "[data-check] :is(button, input, label, [data-action])";
    assert_eq!(browser.seen(dead), 0, "can be pressed in vain: {}", browser.value(&format!("[...document.querySelectorAll('{dead}')].filter((one) => one.checkVisibility()).map((one) => one.outerHTML)")));
}

#[browser_test]
fn without_webassembly_the_page_says_so_at_once() {
    let browser = Browser::open();
    browser.before_each_page("delete globalThis.WebAssembly");
    for path in ["check/", "aftercare/", "embed/", "check/#/3"] {
        browser.visit("about:blank");
        browser.go_to(path);
        must_say_that_it_failed(&browser);
    }
}

#[browser_test]
fn with_the_first_script_blocked_nothing_can_be_pressed_in_vain() {
    let blocked = |html: String| html.replacen("<script src=", "<script data-src=", 1);
    let site = Site::altered(|site| {
        for page in ["check", "aftercare"] {
            site.rewrite(&format!("en/{page}/index.html"), blocked);
        }
    });
    // The app is blocked too: whoever blocks one of them blocks both.
    site.change(|site| site.rewrite(&site.named("assets", "app-", ".js"), |_| String::new()));
    let browser = Browser::with(site, Setting::Usual);
    for path in ["check/", "aftercare/"] {
        browser.go_to(path);
        browser.until("document.readyState === 'complete'");
        must_lead(&browser, ".late");
    }
}

#[browser_test]
fn while_the_app_is_on_its_way_start_can_be_pressed() {
    let browser = Browser::open();
    let door = browser.site().slow_door("/app-", std::time::Duration::from_secs(3));
    browser.visit(&format!("{door}en/check/"));
    browser.until("document.querySelector('[data-action=start]')?.checkVisibility()");
    assert!(!browser.sees(".late"));
    browser.click("[data-check] [data-action=start]");
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    assert!(!browser.sees(".late"));
}

#[browser_test]
fn without_its_style_sheet_the_check_says_nothing_that_is_not_so() {
    let site = Site::altered(|site| {
        for page in ["check", "aftercare"] {
            let file = format!("en/{page}/index.html");
            site.rewrite(&file, |html| html.replace("rel=\"stylesheet\"", "rel=\"none\""));
        }
    });
    let browser = Browser::with(site, Setting::Usual);
    browser.begin();
    assert!(!browser.reads("could not start"));
    assert_eq!(browser.seen("[data-panel]"), 0, "no sign is ticked");
    browser.tick("em_now", "chest");
    assert_eq!(browser.seen("[data-panel]"), 1);
    browser.open_aftercare();
    assert!(!browser.sees(".after"), "nobody has said anything yet");
    browser.start();
    browser.answer_all(&[("a_today", &["fever"])]);
    assert!(!browser.sees(".after"), "{}", browser.page());
    browser.step("restart");
    browser.start();
    browser.answer_all(&[("a_common", &["bruise"])]);
    assert!(browser.sees(".after"));
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
    for path in ["check/", "aftercare/"] {
        browser.go_to(path);
        must_lead(&browser, "noscript");
        assert!(!browser.sees(".late"), "{path}: it says the same twice");
    }
}

#[browser_test]
fn an_unknown_page_leads_home() {
    let browser = Browser::open();
    browser.go_to("no-such-page/");
    browser.must_read("This page does not exist");
    browser.must_read("Mesocheck");
    browser.must_read("Draft. Not yet reviewed");
    assert!(browser.sees("nav a[href='/en/faq/']"));
    browser.click("a.main");
    browser.until("location.pathname === '/en/'");
}
