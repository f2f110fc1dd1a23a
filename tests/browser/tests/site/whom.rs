//! Whose number to call: known by the time zone or the clinic, chosen, or asked for.

use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::site::Site;
use browser_tests::storage::Place;

/// A device in the time zone that the address names.
const ZONE: &str = "
    const zone = new URLSearchParams(location.search).get('zone');
    if (zone !== null) Intl.DateTimeFormat = function () {
      if (zone === 'throws') throw new RangeError(zone);
      return { resolvedOptions: () => ({ timeZone: zone || undefined }) };
    };";

const NUMBER: &str = "#help-card a.call";
const NOBODY_KNOWS: &str = "your emergency number (999, 112, 911 or 000)";

fn open_in(browser: &Browser, zone: &str) {
    browser.open_page(&format!("check/?zone={}", zone.replace('+', "%2B")));
}

fn number(browser: &Browser) -> String {
    browser.words(&format!("document.querySelector('{NUMBER}')?.getAttribute('href')"))
}

fn choose(browser: &Browser, country: &str) {
    let choose = "[...document.querySelectorAll('[data-action=country]')].find((one) => one.checkVisibility() && one.innerText === arguments[0]).click()";
    browser.run(choose, &[country.into()]);
}

#[browser_test]
fn every_name_of_a_zone_leads_to_the_number_of_its_country() {
    let browser = Browser::open();
    browser.before_each_page(ZONE);
    for (zone, called) in [
        ("Europe/London", "999"),
        ("GB", "999"),
        ("Europe/Belfast", "999"),
        ("Europe/Isle_of_Man", "999"),
        ("Eire", "112"),
        ("America/Indianapolis", "911"),
        ("America/Indiana/Indianapolis", "911"),
        ("US/Eastern", "911"),
        ("America/Shiprock", "911"),
        ("America/Menominee", "911"),
        ("America/Puerto_Rico", "911"),
        ("Pacific/Guam", "911"),
        ("Canada/Newfoundland", "911"),
        ("America/Yellowknife", "911"),
        ("Australia/ACT", "000"),
        ("Antarctica/Macquarie", "000"),
        ("Europe/Kiev", "112"),
        ("Europe/Kyiv", "112"),
        ("Asia/Nicosia", "112"),
        ("Atlantic/Canary", "112"),
        ("Africa/Ceuta", "112"),
    ] {
        open_in(&browser, zone);
        browser.press_button("help");
        assert_eq!(number(&browser), format!("tel:{called}"), "{zone}");
    }
}

#[browser_test]
fn where_nobody_can_know_the_country_the_words_say_so_and_ask() {
    let browser = Browser::open();
    browser.before_each_page(ZONE);
    for zone in [
        "UTC",
        "Etc/UTC",
        "GMT",
        "Etc/GMT+5",
        "Etc/Unknown",
        "EST5EDT",
        "CET",
        "Asia/Tokyo",
        "Asia/Calcutta",
        "Europe/",
        "Europe/Nowhere",
        "europe/london",
        "",
        "throws",
    ] {
        open_in(&browser, zone);
        browser.press_button("help");
        assert_eq!(browser.count("[data-check] a[href^=\"tel:\"]"), 0, "{zone}: {}", browser.page());
        let said = browser.words("document.querySelector('#help-card').innerText");
        assert!(said.contains(NOBODY_KNOWS) && said.contains("Choose your country"), "{zone}: {said}");
        choose(&browser, "United States");
        assert_eq!(number(&browser), "tel:911", "{zone}");
        assert!(!browser.words("document.querySelector('[data-check]').innerText").contains(NOBODY_KNOWS));
        browser.until(&format!("document.activeElement.matches('{NUMBER}')"));
    }
    browser.must_be_quiet();
}

#[browser_test]
fn panel_stop_page_and_crisis_page_ask_too_and_the_choice_is_kept_with_the_answers() {
    let browser = Browser::open();
    browser.before_each_page(ZONE);
    open_in(&browser, "UTC");
    browser.start();
    browser.tick("em_now", "chest");
    assert!(browser.sees("[data-panel] [data-asks]"));
    browser.go_on();
    browser.must_be("stop");
    assert_eq!(browser.heading(), format!("Call {NOBODY_KNOWS} now"));
    assert_eq!(browser.count("[data-check] a[href^=\"tel:\"]"), 0);
    browser.must_be_accessible("a stop page that asks for the country");
    browser.must_not_scroll_sideways("a stop page that asks for the country");
    browser.step("change");
    browser.give("em_now", &["selfharm"]);
    browser.go_on();
    assert_eq!(browser.heading(), "You matter. Please talk to someone now.");
    assert!(browser.words("document.querySelector('.stop').innerText").contains(NOBODY_KNOWS));
    assert!(!browser.reads("If you can keep safe for now"), "there is nothing to read below it yet");
    assert!(browser.kept(Place::Local).values().all(|kept| !kept.contains("country")));
    choose(&browser, "Australia");
    assert!(browser.sees(".stop a.call[href=\"tel:000\"]") && browser.sees("a[href=\"tel:131114\"]"));
    assert!(browser.kept(Place::Local).values().any(|kept| kept.contains("\"country\":\"AU\"")));
    browser.reload();
    browser.ready();
    assert!(browser.sees(".stop a.call[href=\"tel:000\"]"), "the choice is kept");
    browser.must_be_quiet();
}

#[browser_test]
fn a_clinic_says_where_it_is() {
    let site = Site::of_clinic("in-australia", "country = \"AU\"\n", |_| ());
    let browser = Browser::with(site, browser_tests::browser::Setting::Usual);
    browser.before_each_page(ZONE);
    for path in ["", "faq/", "privacy/", "check/", "embed/"] {
        browser.go_to(path);
        assert!(browser.reads("call 000") && !browser.reads(NOBODY_KNOWS), "{path}: {}", browser.page());
    }
    open_in(&browser, "UTC");
    browser.press_button("help");
    assert_eq!(number(&browser), "tel:000");
}
