//! Warning signs: help as soon as one is ticked, and at once on Continue.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::storage::{KEY, Place};
use serde_json::json;

const CALL: &str = "document.querySelector('.stop a[href^=\"tel:\"]')";

fn announced(browser: &Browser, question: &str) -> String {
    browser.words(&format!("document.querySelector('[data-question=\"{question}\"] [role=status]').textContent"))
}

/// The first link or button of the stop page.
fn first_way(browser: &Browser) -> String {
    browser.words("document.querySelector('[data-check] :is(a, button, summary)').getAttribute('href')")
}

#[browser_test]
fn a_sign_opens_the_call_panel_as_soon_as_it_is_ticked() {
    let browser = Browser::open();
    browser.begin();
    assert_eq!(announced(&browser, "em_now"), "", "the live region is there before it speaks");
    browser.tick("em_now", "chest");
    assert!(browser.sees("[data-panel] a[href=\"tel:999\"]"));
    assert!(announced(&browser, "em_now").contains("Call 999 now"), "{}", announced(&browser, "em_now"));
    browser.tick("em_now", "chest");
    assert_eq!(browser.seen("[data-panel]"), 0);
    assert_eq!(announced(&browser, "em_now"), "");
    browser.must_be_quiet();
}

#[browser_test]
fn continue_shows_the_call_link_first_and_a_mistake_is_undone_with_one_link() {
    let browser = Browser::open();
    browser.begin();
    browser.tick("em_now", "chest");
    browser.go_on();
    browser.must_be("stop");
    assert_eq!(browser.outcome(), "emergency");
    assert_eq!(first_way(&browser), "tel:999");
    browser.must_read("You told us:");
    assert_eq!(browser.count("[data-action=\"result\"], [data-rule], progress"), 0, "nothing that does not help now");
    browser.step("change");
    browser.must_be("question");
    assert_eq!(browser.fragment(), "#/1");
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new(), "the sign is unticked");
    assert!(!browser.kept_answers()["answers"].to_string().contains("chest"), "nor is it kept");
    browser.give("em_now", &["none"]);
    browser.go_on();
    browser.must_be("question");
    assert_eq!(browser.questions(), ["urgent_now"]);
    browser.must_be_quiet();
}

#[browser_test]
fn of_two_signs_only_the_person_knows_which_was_a_mistake() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["chest", "sight"]);
    browser.go_on();
    browser.must_be("stop");
    browser.step("change");
    browser.must_be("question");
    assert_eq!(browser.ticked("em_now"), ["chest", "sight"]);
}

#[browser_test]
fn self_harm_has_a_page_of_its_own() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["selfharm", "chest"]);
    browser.must_read("You matter. Help is there, day and night.");
    browser.go_on();
    browser.must_be("stop");
    assert_eq!(browser.heading(), "You matter. Please talk to someone now.");
    assert_eq!(first_way(&browser), "tel:999");
    assert!(browser.sees("a[href=\"tel:116123\"]"));
    assert_eq!(browser.count("[data-rule], .level, .verdict"), 0, "no level and no list of findings");
    browser.step("change");
    browser.give("em_now", &["chest"]);
    browser.go_on();
    assert_ne!(browser.heading(), "You matter. Please talk to someone now.");
}

#[browser_test]
fn self_harm_alone_shows_no_outcome_in_words() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["selfharm"]);
    browser.go_on();
    browser.must_be("stop");
    assert!(!browser.reads("You told us"), "it is never repeated");
    assert!(!browser.words("document.querySelector('[data-check]').innerText").to_lowercase().contains("emergency"));
}

#[browser_test]
fn a_sign_for_today_stops_in_the_first_step() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.go_on();
    browser.tick("urgent_now", "leg");
    assert!(browser.sees("[data-panel]"));
    assert!(announced(&browser, "urgent_now").contains("today"));
    browser.go_on();
    browser.must_be("stop");
    assert_eq!(browser.outcome(), "same-day");
    assert!(browser.sees(".stop"));
    assert!(browser.holds(CALL), "the call link for when it gets worse");
    assert_eq!(first_way(&browser), "tel:111", "the call it asks for comes first");
    let calls = "[...document.querySelectorAll('.stop a.call')].map((call) => call.getAttribute('href'))";
    assert_eq!(browser.value(calls), json!(["tel:111", "tel:999"]));
    let text = browser.words("document.querySelector('.stop').innerText");
    assert_eq!(text.matches("If it gets worse").count(), 1, "{text}");
}

#[browser_test]
fn a_sign_for_today_opens_the_call_it_asks_for() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.go_on();
    browser.tick("urgent_now", "leg");
    assert!(browser.sees("[data-panel] a[href=\"tel:111\"]"));
    browser.press_button("help");
    browser.until("document.activeElement.id === 'help-card'");
    assert!(browser.sees("#help-card a[href=\"tel:111\"]"));
    let card = browser.words("document.querySelector('#help-card').innerText");
    assert!(!card.contains("This needs to be looked at today"), "there is no \"this\" on it: {card}");
}

#[browser_test]
fn where_a_country_has_no_such_line_the_page_says_whom_to_ask() {
    let browser = Browser::open();
    browser.begin();
    browser.answer(&[]);
    browser.go_on();
    browser.tick("urgent_now", "leg");
    browser.go_on();
    browser.must_be("stop");
    browser.run("document.querySelector('.countries').open = true", &[]);
    browser.run("[...document.querySelectorAll('[data-action=country]')].find((row) => row.innerText === 'United States').click()", &[]);
    browser.until("document.querySelector('.stop a.call')?.getAttribute('href') === 'tel:911'");
    browser.must_read("Use a doctor or an urgent care clinic.");
    assert_eq!(browser.count(".stop a.call"), 1);
}

/// What to do first, by the sign it stands below; nothing where it is for all of them.
fn first_aid(browser: &Browser) -> serde_json::Value {
    browser.value(
        "[...document.querySelectorAll('.first-aid')].map((list) => {
            const name = list.previousElementSibling;
            return [name.matches('h3') ? name.innerText : '', list.innerText.split('\\n')[0]];
        })",
    )
}

#[browser_test]
fn first_aid_of_several_signs_stands_below_the_sign_it_is_for() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["breath", "chest"]);
    browser.go_on();
    browser.must_be("stop");
    let rest = "Sit down and rest.";
    let pen =
        "If this came on after food, a sting, a medicine or an injection: use your adrenaline pen now if you have one.";
    let signs = ["Sudden trouble breathing", "Chest pain, or a tight or heavy chest"];
    assert_eq!(first_aid(&browser), json!([[signs[0], pen], [signs[1], rest]]));
    browser.step("change");
    browser.give("em_now", &["chest"]);
    browser.go_on();
    assert_eq!(first_aid(&browser), json!([["", rest]]));
    // What is for all of them comes first, and below none.
    browser.open_aftercare();
    browser.start();
    browser.give("a_em", &["breath", "chest"]);
    browser.go_on();
    assert_eq!(
        first_aid(&browser)[0],
        json!(["", "You are still at the clinic? Tell the staff this second. Do not leave."])
    );
}

#[browser_test]
fn answers_that_clash_are_settled_by_one_press_and_no_error_repeats_dark_thoughts() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["selfharm", "none"]);
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    let error = browser.words("document.querySelector('[data-errors]').innerText");
    assert!(error.starts_with("Two answers do not fit together"), "{error}");
    assert!(!error.contains("ending your life"), "{error}");
    assert!(!browser.words("document.querySelector('.error').innerText").contains("ending your life"));
    browser.click("[data-action=settle]");
    browser.until("!document.querySelector('[data-errors]')");
    assert_eq!(browser.ticked("em_now"), ["selfharm"]);
    browser.until("document.activeElement.name === 'em_now'");
    assert!(!browser.title().starts_with("Error"), "{}", browser.title());
    browser.give("em_now", &["chest", "none"]);
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    browser.must_read("“Chest pain, or a tight or heavy chest”");
    browser.run("[...document.querySelectorAll('[data-action=settle]')].pop().click()", &[]);
    browser.until("!document.querySelector('[data-errors]')");
    assert_eq!(browser.ticked("em_now"), ["none"]);
    browser.go_on();
    browser.must_be("question");
}

#[browser_test]
fn where_an_answer_is_missing_the_error_says_so() {
    let browser = Browser::open();
    browser.begin();
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    browser.must_read("Something is missing");
    assert_eq!(browser.count("[data-action=settle]"), 0);
}

#[browser_test]
fn two_answers_that_make_an_emergency_stop_although_others_are_missing() {
    let browser = Browser::open();
    browser.begin();
    let pain: browser_tests::answers::Answers = &[("concern", &["pain"]), ("pain1", &["injury"])];
    browser.answer_until("thinners", pain);
    assert!(browser.questions().len() > 1, "other questions stand on this page");
    browser.tick("thinners", "anticoag");
    browser.go_on();
    browser.must_be("stop");
    assert_eq!(browser.outcome(), "emergency");
    assert_eq!(first_way(&browser), "tel:999");
}

#[browser_test]
fn none_beside_a_sign_keeps_both_and_asks_which_is_right() {
    let browser = Browser::open();
    browser.begin();
    browser.give("em_now", &["chest", "none"]);
    assert!(browser.sees("[data-panel] a[href^=\"tel:\"]"), "the panel stays meanwhile");
    browser.press_button("continue");
    browser.until("document.activeElement.matches('[data-errors]')");
    browser.must_be("question");
    assert_eq!(browser.ticked("em_now"), ["chest", "none"]);
    browser.must_read("Which is right? Untick the other.");
    assert!(browser.title().starts_with("Error: "), "{}", browser.title());
    browser.tick("em_now", "none");
    browser.go_on();
    browser.must_be("stop");
}

#[browser_test]
fn the_stop_page_survives_a_reload_and_forgets_a_taken_back_sign() {
    let browser = Browser::open();
    browser.begin();
    browser.tick("em_now", "breath");
    browser.go_on();
    browser.reload();
    browser.ready();
    browser.must_be("stop");
    browser.step("change");
    browser.reload();
    browser.ready();
    assert_eq!(browser.outcome(), "");
    assert_eq!(browser.ticked("em_now"), Vec::<String>::new());
    assert!(!browser.kept_as(Place::Local, KEY).unwrap_or_default().contains("breath"));
}

#[browser_test]
fn help_is_one_press_away_on_every_calm_screen() {
    let browser = Browser::open();
    browser.begin();
    browser.press_button("help");
    browser.until("document.activeElement.id === 'help-card'");
    assert!(browser.sees("#help-card a[href=\"tel:999\"]"));
    browser.press_button("help");
    browser.until("document.activeElement.matches('[data-action=\"help\"]')");
    assert_eq!(browser.count("#help-card"), 0);
}
