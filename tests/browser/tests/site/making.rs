//! `cargo xtask serve --dev`: open pages load anew.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;

#[browser_test]
fn an_open_page_loads_anew_when_the_site_was_made_anew() {
    let browser = Browser::with(Site::in_the_making(), Setting::Usual);
    browser.open_check();
    browser.run("globalThis.before = true", &[]);
    browser.site().change(|copy| {
        copy.rewrite("en/check/index.html", |html| html.replace("</main>", "<p id=anew>Anew</p></main>"));
        // A page that loads anew for nothing would lose what was just typed.
        copy.rewrite("SHA256SUMS", |sums| sums + "\n");
    });
    browser.until("!globalThis.before && document.querySelector('#anew')");
    browser.ready();
    browser.must_be_quiet();
}

#[browser_test]
fn nothing_of_that_is_on_a_page_that_is_published() {
    let browser = Browser::open();
    browser.go_to("check/");
    assert!(!browser.source().contains("@dev"));
}
