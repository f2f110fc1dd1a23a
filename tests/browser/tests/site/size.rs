//! How much a cold visit transfers, and that its words do not wait for the app.

use browser_tests::browser_test;
use browser_tests::measure::{cold_visit, first_paint};
use std::time::Duration;

#[browser_test(alone)]
fn a_cold_visit_to_the_check_is_at_most_194_kb() {
    let files = cold_visit();
    let names = files.keys().map(String::as_str).collect::<Vec<_>>().join(" ");
    for part in ["/en/check/", "/app-", "/boot-", "/style-", "/manifest-"] {
        assert!(names.contains(part), "{part} is not among {names}");
    }
    let total: u64 = files.values().sum();
    assert!(total <= 194_000, "{total} bytes: {files:?}");
}

#[browser_test(alone)]
fn the_first_words_do_not_wait_for_the_app() {
    let paint = first_paint(Some(Duration::from_millis(1500)));
    assert!(paint < 1200.0, "first contentful paint after {paint} ms");
}
