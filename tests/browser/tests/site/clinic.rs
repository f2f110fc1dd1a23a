//! A clinic's settings: its look, its booking link and number, where answers may be kept, which checks it shows.

use crate::keeping::LEFT;
use crate::looks::look;
use browser_tests::answers::OUTCOMES;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::canary::with_pack;
use browser_tests::host::Host;
use browser_tests::site::{Copy, Site};
use browser_tests::storage::{KEY, Place};
use serde_json::{Value, json};

const BOLD: &str = "
name = \"Bold & Beautiful\"
logo = \"logo.svg\"
font = \"block.woff2\"
booking = \"https://clinic.example/book\"
phone = \"+44 20 7946 0000\"
[colours]
ground = \"#ffe9f2\"
sheet = \"#fffbe6\"
ink = \"#3b0a2a\"
accent = \"#b3005e\"
line = \"#a04a78\"
";

fn open(name: &'static str, settings: &'static str) -> Browser {
    Browser::with(Site::of_clinic(name, settings, |_| ()), Setting::Usual)
}

fn scheme(browser: &Browser, scheme: &str) {
    browser.emulate_media("", &[("prefers-color-scheme", scheme)]);
}

#[browser_test]
fn its_look_has_no_barrier_in_light_or_dark() {
    let browser = open("bold", BOLD);
    for page in ["", "faq/does-it-hurt/", "paper/"] {
        browser.go_to(page);
        look(&browser, page);
    }
    browser.open_check();
    look(&browser, "start");
    browser.start();
    browser.tick("em_now", "chest");
    look(&browser, "an open panel");
    for (outcome, but) in OUTCOMES.iter().filter(|(outcome, _)| ["clear", "wait", "emergency"].contains(outcome)) {
        browser.complete(but);
        look(&browser, outcome);
        browser.run("localStorage.clear()", &[]);
    }
}

#[browser_test]
fn its_colours_logo_and_font_are_there_and_warnings_keep_theirs() {
    let (browser, ours) = (open("bold", BOLD), Browser::open());
    let paint = "
        const of = (selector, what) => getComputedStyle(document.querySelector(selector))[what];
        return [of('body', 'backgroundColor'), of('.door.first', 'backgroundColor'), of('.banner', 'backgroundColor')]";
    let paints = |browser: &Browser, way: &str| {
        scheme(browser, way);
        browser.run(paint, &[])
    };
    browser.go_to("");
    ours.go_to("");
    let light = paints(&browser, "light");
    assert_eq!([&light[0], &light[1]], [&json!("rgb(255, 233, 242)"), &json!("rgb(179, 0, 94)")]);
    let (dark, plain) = (paints(&browser, "dark"), paints(&ours, "dark"));
    assert_eq!([&dark[0], &dark[2]], [&plain[0], &plain[2]], "by dark the ground is ours");
    assert!(dark[1] != plain[1] && dark[1] != light[1], "the accent is theirs, in another shade: {dark}");
    browser.until(
        "document.fonts.check('18px Clinic', 'M') && [...document.fonts].every((font) => font.status === 'loaded')",
    );
    browser.until("document.querySelector('img.logo').naturalWidth > 0");
    let name = "document.querySelector('.logo').clientHeight <= 40 && document.querySelector('.logo').alt";
    assert_eq!(browser.words(name), "Bold & Beautiful");
    browser.must_be_quiet();
    let warning = |browser: &Browser| {
        browser.begin();
        browser.tick("em_now", "chest");
        scheme(browser, "light");
        let of = "const of = getComputedStyle(document.querySelector('.call')); return [of.backgroundColor, of.color]";
        browser.run(of, &[])
    };
    assert_eq!(warning(&browser), warning(&ours));
    browser.must_be_quiet();
}

#[browser_test]
fn its_booking_link_and_number_stand_beside_the_mildest_result_alone() {
    let signed = |html: String| {
        with_pack(&html, |pack| pack["review"] = json!({ "state": "signed", "by": "Dr Example", "on": "2026-11-30" }))
    };
    let site = Site::of_clinic("bold", BOLD, |copy| copy.rewrite("en/check/index.html", signed));
    let browser = Browser::with(site, Setting::Usual);
    for (outcome, but) in OUTCOMES {
        browser.complete(but);
        let ways = "[...document.querySelectorAll('[data-booking]')].map((way) => way.getAttribute('href') + ' ' + way.textContent)";
        let mildest = json!([
            "https://clinic.example/book Ask for a talk",
            "tel:+442079460000 Ring the clinic: +44 20 7946 0000"
        ]);
        assert_eq!(browser.value(ways), if outcome == "clear" { mildest } else { json!([]) }, "{outcome}");
        let calls = browser.count("[href='tel:+442079460000']");
        assert_eq!(calls, u64::from(outcome == "clear"), "{outcome}");
        browser.run("localStorage.clear()", &[]);
    }
}

#[browser_test]
fn a_frame_says_who_shows_the_check() {
    let browser = open("bold", BOLD);
    let frame = format!("<iframe width=340 height=900 src=\"{}en/check/\"></iframe>", browser.site().address());
    let clinic = Host::showing(&format!("<title>Clinic</title>{frame}"));
    browser.visit(&clinic.other_address());
    browser.enter_frame();
    browser.ready();
    let line = "Bold & Beautiful shows you this check and sells this treatment. It cannot change the questions or the results, and your answers are not sent to it.";
    assert!(browser.sees("[data-clinic]"));
    browser.must_read(line);
    browser.click_by_hand("[data-action=start]");
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    browser.must_read(line);
}

#[browser_test]
fn a_clinics_tablet_keeps_nothing() {
    let browser = open("nowhere", "storage = \"none\"\n");
    browser.go_to("privacy/");
    // What was kept before the clinic chose so.
    browser.keep(Place::Local, KEY, "{}");
    browser.keep(Place::Session, KEY, "{}");
    browser.keep(Place::Local, "clinic-basket", "7");
    browser.go_to("");
    browser.ready();
    let only_theirs = |browser: &Browser| {
        assert_eq!(browser.kept(Place::Local).into_keys().collect::<Vec<_>>(), ["clinic-basket"]);
        assert!(browser.kept(Place::Session).is_empty());
    };
    only_theirs(&browser);
    browser.open_check();
    assert_eq!(browser.count("[name=keep]"), 0);
    browser.must_read("This check keeps nothing.");
    browser.start();
    browser.answer_all(&[("concern", &["hair"]), ("thinners", &["anticoag"])]);
    only_theirs(&browser);
    browser.step("result");
    assert!(!browser.findings().is_empty());
    let left = browser.run_until_called(LEFT, &[]);
    let left: Vec<&str> = left.as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
    // How many screens one has come, which the browser itself knows as well.
    assert!(left.iter().all(|one| *one == "clinic-basket" || one.parse::<u32>().is_ok()), "{left:?}");
    browser.reload();
    browser.ready();
    browser.must_be("start");
    assert_eq!(browser.count("[data-action=go-on]"), 0);
    browser.browser_back();
    browser.ready();
    browser.must_be("start");
    only_theirs(&browser);
}

#[browser_test]
fn a_clinic_may_keep_answers_to_the_tab() {
    let browser = open("tab", "storage = \"tab\"\n");
    browser.open_check();
    assert_eq!(browser.count("[name=keep]"), 0);
    browser.must_read("Your answers stay in this tab only.");
    browser.start();
    browser.answer_until("age", &[]);
    assert!(browser.kept(Place::Local).is_empty());
    let kept = browser.kept_as(Place::Session, KEY).unwrap();
    assert!(kept.contains("em_now"));
    // Kept on the device before the clinic chose so: it moves.
    browser.go_to("privacy/");
    browser.keep(Place::Local, KEY, &kept);
    browser.run("sessionStorage.clear()", &[]);
    browser.open_check();
    browser.until("document.querySelector('[data-action=\"go-on\"]')");
    assert!(browser.kept(Place::Local).is_empty());
    assert!(browser.kept_as(Place::Session, KEY).unwrap().contains("em_now"));
}

#[browser_test]
fn a_clinic_may_let_the_box_start_unticked() {
    let browser = open("asked", "storage = \"asked\"\n");
    browser.open_check();
    assert!(browser.holds("document.querySelector('[name=keep]').checked === false"));
    // The words of the box fit whether it starts ticked or not.
    assert!(!browser.reads("Untick") && browser.reads("leave this box empty"), "{}", browser.page());
    browser.click("[name=keep]");
    browser.reload();
    browser.ready();
    assert!(browser.holds("document.querySelector('[name=keep]').checked"), "a reload does not forget the wish");
    browser.start();
    browser.answer(&[]);
    assert!(browser.kept_as(Place::Local, KEY).is_some());
}

#[browser_test]
fn a_clinic_may_show_one_check_alone() {
    let settings = "checks = [\"suitability\"]\n";
    let browser = open("one-check", settings);
    let ways: Value = json!([]);
    for page in ["", "faq/", "faq/when-to-get-help/", "timeline/", "about/", "check/"] {
        browser.go_to(page);
        let there = browser
            .value("[...document.querySelectorAll('a')].map((way) => way.href).filter((way) => /aftercare/.test(way))");
        assert_eq!(there, ways, "{page}");
    }
    browser.go_to("");
    assert_eq!(browser.count(".door"), 1);
    look(&browser, "home with one check");
    browser.complete(&[]);
    assert_eq!(browser.outcome(), "clear");
    browser.must_be_quiet();
    let listed = Site::of_clinic_with_worker("one-check-kept", settings).listed();
    assert!(listed.len() > 40 && listed.iter().all(|path| !path.contains("aftercare")), "{listed:?}");
}

#[browser_test]
fn an_address_sets_nothing() {
    let browser = Browser::open();
    let plain = browser.site().address();
    browser.visit(&format!(
        "{plain}en/check/?name=Evil&storage=none&booking=https://evil.example/&accent=%23ff0000#name=Evil"
    ));
    browser.ready();
    assert_eq!(browser.count("[name=keep]"), 1);
    assert!(!browser.reads("Evil"));
    assert_eq!(browser.count("[data-clinic]"), 0);
}

/// Every version these tests look at is made of the same app.
#[browser_test]
fn a_clinics_site_has_the_app_that_was_built() {
    let (plain, bold) = (Copy::built(), Copy::of_clinic("bold", BOLD));
    let app = |copy: &Copy| copy.named("assets", "app-", ".js");
    assert_eq!(app(&plain), app(&bold));
    assert_ne!(plain.named("assets", "style-", ".css"), bold.named("assets", "style-", ".css"));
}
