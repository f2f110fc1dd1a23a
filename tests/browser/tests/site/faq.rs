//! The questions and answers.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use serde_json::json;

fn search(browser: &Browser, words: &str) {
    browser.run(
        "const box = document.querySelector('[name=search]'); box.value = arguments[0];
         box.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        &[json!(words)],
    );
}

fn shown(browser: &Browser) -> u64 {
    browser.count("[data-search] .group li a")
}

fn says(browser: &Browser) -> String {
    browser.words("document.querySelector('[data-search] [role=status]').textContent")
}

#[browser_test]
fn the_search_finds_word_forms() {
    let browser = Browser::open();
    browser.open_page("faq/");
    browser.until("document.querySelector('[name=search]')");
    assert_eq!(shown(&browser), 34);
    for words in ["hurting", "HURTS", "does hurt"] {
        search(&browser, words);
        browser.until("document.querySelectorAll('[data-search] .group li').length < 34");
        let first = browser.words("document.querySelector('[data-search] .group').innerText");
        assert!(
            browser.words("document.querySelector('[data-search]').innerText").contains("Does it hurt?"),
            "{words}: {first}"
        );
        assert!(says(&browser).contains("found"), "{}", says(&browser));
    }
    search(&browser, "xylophone");
    browser.until("document.querySelectorAll('[data-search] .group li').length === 0");
    assert_eq!(says(&browser), "Nothing found. Try another word.");
    search(&browser, "");
    browser.until("document.querySelectorAll('[data-search] .group li').length === 34");
    browser.must_be_quiet();
}

#[browser_test]
fn keys_reach_the_search_and_an_answer() {
    let browser = Browser::open();
    browser.open_page("faq/");
    browser.run("document.querySelector('[name=search]').focus()", &[]);
    browser.press("hurting");
    browser.until("document.querySelectorAll('[data-search] .group li').length < 34");
    for _ in 0..10 {
        browser.press("\u{e004}");
        if browser.words("document.activeElement.getAttribute('href')") == "does-it-hurt/" {
            break;
        }
    }
    browser.press("\u{e007}");
    browser.until("location.pathname === '/en/faq/does-it-hurt/'");
    browser.must_read("Does it hurt?");
    browser.must_read("Check before you book");
}

#[browser_test]
fn every_answer_can_be_opened() {
    let browser = Browser::open();
    browser.go_to("faq/");
    let links = browser.value("[...document.querySelectorAll('.group li a')].map((link) => link.getAttribute('href'))");
    let links: Vec<String> = serde_json::from_value(links).unwrap();
    assert_eq!(links.len(), 34);
    for link in links {
        browser.go_to(&format!("faq/{link}"));
        assert_eq!(browser.count("main h1"), 1, "{link}");
        assert!(!browser.reads("This page does not exist"), "{link}");
    }
    browser.must_be_quiet();
}
