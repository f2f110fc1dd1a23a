//! The check after a treatment.

use browser_tests::answers::Answers;
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::storage::Place;

fn leads_to(but: Answers, outcome: &str) -> Browser {
    let browser = Browser::open();
    browser.open_aftercare();
    browser.start();
    browser.answer_all(but);
    assert_eq!(browser.outcome(), outcome, "{but:?}");
    assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty(), "it keeps nothing");
    browser.must_be_quiet();
    browser
}

#[browser_test]
fn mild_signs_that_get_better_are_normal_and_come_with_self_care_and_a_safety_net() {
    let browser = leads_to(&[("a_when", &["d3"]), ("a_common", &["red", "bruise"])], "normal");
    browser.must_be("result");
    browser.must_read("You know your body best");
    assert!(browser.sees(".net"));
    assert!(browser.sees(".after"), "the list for looking after it");
    assert_eq!(browser.count("[data-action=\"delete\"]"), 0, "nothing to delete");
}

#[browser_test]
fn a_mark_that_stays_is_for_the_clinic() {
    let browser = leads_to(&[("a_when", &["wk4"]), ("a_trend", &["same"]), ("a_common", &["dark", "shed"])], "clinic");
    assert!(browser.sees(".net"));
    assert!(!browser.sees(".after"), "self-care is for mild results only");
}

#[browser_test]
fn signs_of_infection_are_for_a_doctor_today() {
    let browser = leads_to(
        &[
            ("a_today", &["spread", "fever"]),
            ("a_when", &["wk1"]),
            ("a_trend", &["worse"]),
            ("a_common", &["red", "swell"]),
        ],
        "doctor",
    );
    browser.must_be("result");
    assert_eq!(browser.findings().len(), 4);
    assert!(!browser.sees(".after"));
}

#[browser_test]
fn a_blocked_vessel_is_an_emergency_at_once() {
    let browser = leads_to(&[("a_em", &["white", "badpain"])], "emergency");
    browser.must_be("stop");
    assert!(browser.sees(".stop a[href=\"tel:999\"]"));
    browser.must_read("While you wait");
}

#[browser_test]
fn a_fever_with_weak_defences_is_an_emergency() {
    let but: Answers = &[("a_today", &["fever"]), ("a_when", &["wk1"]), ("a_trend", &["worse"]), ("a_risk", &["weak"])];
    leads_to(but, "emergency").must_be("stop");
}

#[browser_test]
fn a_reload_starts_afresh() {
    let browser = leads_to(&[], "normal");
    browser.reload();
    browser.ready();
    browser.must_be("start");
    assert_eq!(browser.outcome(), "");
}
