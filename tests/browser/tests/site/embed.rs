//! The check in a frame on another website, at another site, as a clinic puts it there.

use crate::looks::look;
use crate::privacy::{answer_marked, marked_site};
use browser_tests::answers::{Answers, OUTCOMES};
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::canary::CANARY;
use browser_tests::host::Host;
use browser_tests::site::Site;
use browser_tests::storage::{KEY, Place};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::Duration;

const CHECK: &str = "en/embed/";
const AFTERCARE: &str = "en/embed/aftercare/";

/// The two things a frame says.
const HEIGHT: &str = r#"{"mesocheck":1,"height":1920}"#;
const TOP: &str = r#"{"mesocheck":1,"top":true}"#;

fn place(path: &str) -> String {
    format!("<div data-mesocheck=\"{path}\"><a href=\"https://check.example/\">A check</a></div>")
}

fn script(site: &str) -> String {
    format!("<script src=\"{site}embed.js\" async></script>")
}

/// A clinic's page with this in it.
fn page(inner: &str) -> String {
    let icon = "<meta charset=utf-8><link rel=icon href=\"data:,\">";
    format!("<!DOCTYPE html><title>Clinic</title>{icon}<meta name=viewport content=\"width=device-width\">{inner}")
}

/// Opens a clinic's page.
fn open(browser: &Browser, inner: &str) -> Host {
    let clinic = Host::showing(&page(inner));
    browser.visit(&clinic.other_address());
    clinic
}

/// Opens a clinic's page with the check in it, and more around it.
fn open_with(browser: &Browser, before: &str, after: &str) -> Host {
    let site = browser.site().address();
    let clinic = open(browser, &[before, &place(CHECK), after, &script(&site)].concat());
    until_told(browser, 1);
    clinic
}

fn enter(browser: &Browser) {
    browser.enter_frame();
    browser.ready();
}

/// Does something on the page around the frame.
fn outside<T>(browser: &Browser, work: impl FnOnce() -> T) -> T {
    browser.leave_frame();
    let done = work();
    browser.enter_frame();
    done
}

/// Every message the page around the frame got.
fn told(browser: &Browser) -> Vec<String> {
    serde_json::from_value(browser.value("globalThis.messages ?? []")).unwrap()
}

fn until_told(browser: &Browser, number: usize) {
    browser.until(&format!("globalThis.messages?.length >= {number}"));
}

fn tall(browser: &Browser) -> Value {
    browser.value("document.querySelector('iframe').getBoundingClientRect().height")
}

/// What is expected after so many steps, whatever was answered.
fn after_steps(steps: usize) -> Vec<String> {
    let mut all = vec![TOP.to_owned(); steps + 1];
    HEIGHT.clone_into(&mut all[0]);
    all
}

#[browser_test(chromium)]
fn the_frame_gets_its_height_and_the_history_stays_that_of_the_page_around_it() {
    let browser = Browser::open();
    let before = Host::showing("<title>Before</title><link rel=icon href=\"data:,\">");
    browser.visit(&before.address());
    let clinic = open_with(&browser, "", "");
    assert_eq!(tall(&browser), json!(1920));
    assert_eq!(browser.words("document.querySelector('iframe').title"), "A check");
    let history = browser.history();
    enter(&browser);
    browser.start();
    browser.answer_until("preg", &[]);
    browser.step("back");
    assert_eq!(browser.questions(), ["age"]);
    browser.answer_all(&[]);
    browser.step("back");
    browser.must_be("question");
    browser.answer_all(&[]);
    browser.step("result");
    browser.must_be("result");
    browser.leave_frame();
    assert_eq!(browser.history(), history);
    assert_eq!(browser.words("location.href"), clinic.other_address());
    browser.browser_back();
    assert_eq!(browser.words("location.href"), before.address());
}

#[browser_test]
fn whatever_is_answered_the_page_around_it_is_told_the_same() {
    let browser = Browser::open();
    let script = script(&browser.site().address());
    let leads_to = |path: &str, but: Answers, outcome: &str| {
        open(&browser, &[place(path), script.clone()].concat());
        until_told(&browser, 1);
        enter(&browser);
        browser.start();
        let mut steps = 1 + browser.answer_all_drawn(but);
        if browser.state() == "review" {
            browser.step("result");
            steps += 1;
        }
        assert_eq!(browser.outcome(), outcome);
        // What is kept in the frame is kept for every page of this host.
        browser.run("localStorage.clear()", &[]);
        browser.leave_frame();
        until_told(&browser, steps + 1);
        assert_eq!(told(&browser), after_steps(steps), "{outcome}");
        assert_eq!(tall(&browser), json!(1920), "{outcome}");
    };
    for (outcome, but) in OUTCOMES {
        leads_to(CHECK, but, outcome);
    }
    leads_to(AFTERCARE, &[("a_today", &["fever"])], "doctor");
}

/// Nobody can tell an emergency in the middle from a result that is normal.
#[browser_test]
fn journeys_of_equal_length_with_different_outcomes_tell_the_same() {
    let browser = Browser::open();
    open(&browser, &[place(AFTERCARE), script(&browser.site().address())].concat());
    let journeys: [(Answers, &str); 4] = [
        (&[], "normal"),
        (&[("a_common", &["bruise"])], "normal"),
        (&[("a_today", &["fever"])], "doctor"),
        (&[("a_today", &["fever"]), ("a_risk", &["weak"])], "emergency"),
    ];
    let mut all = Vec::new();
    for (but, outcome) in journeys {
        browser.reload();
        until_told(&browser, 1);
        enter(&browser);
        browser.start();
        let mut steps = 1 + browser.answer_all_drawn(but);
        assert_eq!(browser.outcome(), outcome);
        if outcome == "emergency" {
            browser.step("change");
            steps += 1;
        }
        browser.leave_frame();
        until_told(&browser, steps + 1);
        all.push(told(&browser));
    }
    assert!(all.iter().all(|one| *one == all[0] && one.len() > 5), "{all:?}");
}

#[browser_test(chromium)]
fn nothing_of_an_answer_reaches_the_page_around_it() {
    let neutral = Host::showing("<title>Weather</title>");
    let browser = Browser::with(marked_site(&neutral), Setting::Usual);
    open_with(&browser, "", "");
    let look = |screen: &str| {
        let all = browser.words(
            "[document.documentElement.outerHTML, document.title, location.href, JSON.stringify(history.state),
              JSON.stringify(performance.getEntries().map((entry) => entry.name)),
              JSON.stringify({ ...localStorage, ...sessionStorage }), document.cookie, name,
              ...(globalThis.messages ?? [])].join()",
        );
        let history = format!("{:?}", browser.history());
        assert!(!all.contains(CANARY) && !history.contains(CANARY), "{screen}: {all} {history}");
    };
    enter(&browser);
    browser.start();
    let but: Answers = &[("concern", &["hair", "fat"]), ("bdd1", &["yes"]), ("thinners", &["anticoag"])];
    while browser.state() == "question" {
        answer_marked(&browser, but);
        browser.go_on();
        let screen = browser.heading();
        outside(&browser, || look(&screen));
    }
    browser.step("result");
    assert!(browser.outcome().starts_with(CANARY) && browser.reads(CANARY), "the marks are there");
    outside(&browser, || look("result"));
}

#[browser_test]
fn rules_of_the_page_for_its_own_frames_do_not_reach_it() {
    let browser = Browser::open();
    let hostile = "<style>
        * { font-size: 3px !important; line-height: 0 !important; color: red !important; letter-spacing: 9px; }
        div { padding: 0 10px; }
        iframe { display: none !important; position: absolute !important; inset: 0 auto auto -900px !important;
          width: 30px !important; max-width: 50px !important; height: auto !important; max-height: 90px !important;
          aspect-ratio: 16 / 9; border: 9px solid !important; padding: 30px !important; opacity: 0 !important;
          visibility: hidden !important; transform: scale(0.1) !important; filter: blur(9px) !important;
          pointer-events: none !important; zoom: 2 !important; }
        </style>";
    open_with(&browser, hostile, "");
    let box_of = "(() => {
        const { x, y, width, height } = document.querySelector('iframe').getBoundingClientRect();
        const there = document.elementFromPoint(x + width / 2, y + 300).tagName;
        const { clientWidth } = document.querySelector('[data-mesocheck]');
        return [clientWidth - 20 - width, height, there];
      })()";
    assert_eq!(browser.value(box_of), json!([0, 1920, "IFRAME"]));
    enter(&browser);
    browser.start();
    assert!(browser.sees("fieldset"));
    assert_eq!(browser.words("getComputedStyle(document.querySelector('h1')).fontSize"), "28px");
}

#[browser_test]
fn a_strict_policy_around_it_needs_to_allow_one_script_and_one_frame() {
    let browser = Browser::open();
    let site = browser.site().address();
    let policy = format!(
        "default-src 'none'; script-src {site}embed.js; frame-src {site}; img-src data:; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let clinic = Host::showing_under(&policy, &page(&[place(CHECK), script(&site)].concat()));
    browser.visit(&clinic.other_address());
    until_told(&browser, 1);
    assert_eq!(tall(&browser), json!(1920));
    browser.must_be_quiet();
    enter(&browser);
    browser.start();
    browser.answer_all(&[]);
    browser.leave_frame();
    browser.must_be_quiet();
}

/// As some websites frame whatever their users put in.
#[browser_test]
fn on_an_opaque_origin_the_check_works_and_says_that_nothing_is_kept() {
    let browser = Browser::open();
    let address = browser.site().address();
    let frame = |path: &str| {
        format!("<iframe sandbox=\"allow-scripts\" width=340 height=600 src=\"{address}{path}\"></iframe>")
    };
    open(&browser, &frame(CHECK));
    enter(&browser);
    assert_eq!(browser.words("origin"), "null");
    assert!(browser.notices().contains("does not let us keep anything"), "{}", browser.notices());
    browser.must_read(&format!("{address}en/check/"));
    browser.start();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    browser.click_by_hand("[data-action=delete]");
    browser.leave_frame();
    browser.enter_frame();
    browser.ready();
    browser.must_be("start");
    browser.leave_frame();
    browser.must_be_quiet();
    open(&browser, &frame(AFTERCARE));
    enter(&browser);
    browser.start();
    browser.answer_all(&[("a_today", &["fever"])]);
    browser.must_be("result");
}

#[browser_test]
fn where_frames_may_keep_nothing_the_check_works_and_says_so() {
    let browser = Browser::with(Site::built(), Setting::FramesRefused);
    open_with(&browser, "", "");
    enter(&browser);
    assert!(browser.notices().contains("does not let us keep anything"), "{}", browser.notices());
    browser.start();
    browser.answer_all(&[("thinners", &["anticoag"])]);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    browser.leave_frame();
    browser.must_be_quiet();
    browser.reload();
    until_told(&browser, 1);
    enter(&browser);
    browser.must_be("start");
}

#[browser_test]
fn where_frames_may_keep_answers_each_website_has_its_own() {
    for setting in [Setting::FramesAllowed, Setting::FramesLimited] {
        let browser = Browser::with(Site::built(), setting);
        open_with(&browser, "", "");
        enter(&browser);
        assert_eq!(browser.notices(), "", "{setting:?}");
        browser.start();
        browser.answer(&[]);
        browser.go_on();
        assert!(browser.kept_as(Place::Local, KEY).is_some(), "{setting:?}");
        browser.leave_frame();
        assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty(), "{setting:?}");
        browser.reload();
        until_told(&browser, 1);
        enter(&browser);
        assert!(browser.kept_as(Place::Local, KEY).is_some(), "{setting:?}");
        browser.open_check();
        assert_eq!(browser.count("[data-action=\"go-on\"]"), 0, "{setting:?}: the site itself knows nothing of it");
    }
}

#[browser_test]
fn a_page_written_from_right_to_left_changes_nothing_inside() {
    let browser = Browser::open();
    open_with(&browser, "<html dir=rtl lang=ar><body><p>مرحبا</p>", "");
    assert_eq!(tall(&browser), json!(1920));
    browser.must_not_scroll_sideways("a page from right to left");
    enter(&browser);
    browser.start();
    assert_eq!(browser.words("getComputedStyle(document.querySelector('h1')).direction"), "ltr");
    browser.must_not_scroll_sideways("the check in it");
}

#[browser_test]
fn at_400_percent_nothing_scrolls_sideways_and_no_barrier_is_found() {
    let browser = Browser::open();
    open_with(&browser, "", "");
    enter(&browser);
    look(&browser, "the start in a frame");
    browser.start();
    look(&browser, "a question in a frame");
    browser.answer_all(&[]);
    browser.step("result");
    look(&browser, "a result in a frame");
    browser.leave_frame();
    browser.resize(320, 256);
    browser.must_not_scroll_sideways("the page around it");
}

#[browser_test]
fn in_a_low_frame_of_fixed_height_everything_can_be_reached() {
    let browser = Browser::open();
    let address = browser.site().address();
    open(&browser, &format!("<iframe width=340 height=380 src=\"{address}{CHECK}\"></iframe>"));
    enter(&browser);
    assert!(browser.sees(".low a"), "a low frame offers a tab first");
    browser.click_by_hand("[data-action=start]");
    browser.until("document.querySelector('[data-check]').dataset.state === 'question'");
    let reach =
        "const last = [...document.querySelectorAll('[data-action=continue], [data-action=delete], .own-tab a')];
        return last.map((one) => {
          one.scrollIntoView({ block: 'center' });
          const { x, y, width, height } = one.getBoundingClientRect();
          return document.elementFromPoint(x + width / 2, y + height / 2) === one;
        });";
    assert_eq!(browser.run(reach, &[]), json!([true, true, true]));
    browser.answer_all(&[]);
    browser.step("result");
    assert_eq!(browser.run(reach, &[]), json!([true, true]));
    browser.leave_frame();
    browser.run("document.querySelector('iframe').height = 700", &[]);
    browser.enter_frame();
    browser.until("innerHeight === 700");
    assert!(!browser.sees(".low a"));
}

#[browser_test]
fn it_is_loaded_only_when_somebody_comes_near() {
    let browser = Browser::open();
    let door = Host::before(browser.site());
    let asked = || door.asked().iter().any(|head| head.starts_with("GET /en/embed/ "));
    let far = "<div style=\"height: 9000px\"></div>";
    open(&browser, &[far, &place(CHECK), &script(&door.address())].concat());
    browser.until("document.querySelector('iframe')");
    sleep(Duration::from_millis(500));
    assert!(!asked());
    browser.run("document.querySelector('iframe').scrollIntoView()", &[]);
    until_told(&browser, 1);
    assert!(asked());
    let heads = door.asked();
    let told = heads.iter().find(|head| head.starts_with("GET /en/embed/ ")).unwrap().to_lowercase();
    assert!(!told.contains("\r\nreferer:"), "the site learns which page it was: {told}");
}

#[browser_test]
fn a_page_may_take_it_away_and_bring_it_back() {
    let browser = Browser::open();
    open_with(&browser, "<main>", "</main>");
    browser.run(
        "const place = document.querySelector('[data-mesocheck]'); place.remove();
         setTimeout(() => document.querySelector('main').append(place), 50)",
        &[],
    );
    until_told(&browser, 2);
    assert_eq!(tall(&browser), json!(1920));
    // Another way: everything is made anew from its source.
    let anew = place(AFTERCARE);
    browser.run("document.querySelector('main').innerHTML = arguments[0]", &[json!(anew)]);
    until_told(&browser, 3);
    assert_eq!(tall(&browser), json!(1920));
    assert_eq!(told(&browser), [HEIGHT, HEIGHT, HEIGHT]);
    enter(&browser);
    browser.start();
    assert_eq!(browser.words("document.querySelector('[data-check]').dataset.check"), "aftercare");
    browser.leave_frame();
    until_told(&browser, 4);
}

#[browser_test]
fn two_checks_on_one_page_do_not_disturb_each_other() {
    let browser = Browser::open();
    let script = script(&browser.site().address());
    // As two texts copied one after the other.
    open(&browser, &[place(CHECK), script.clone(), place(AFTERCARE), script].concat());
    browser.until("document.querySelectorAll('iframe').length === 2");
    browser.run("document.querySelectorAll('iframe')[1].scrollIntoView()", &[]);
    until_told(&browser, 2);
    let heights = "[...document.querySelectorAll('iframe')].map((one) => one.getBoundingClientRect().height)";
    assert_eq!(browser.value(heights), json!([1920, 1920]));
    browser.enter_frame_at(1);
    browser.ready();
    browser.start();
    browser.leave_frame();
    browser.enter_frame_at(0);
    browser.ready();
    browser.must_be("start");
    browser.start();
    assert_eq!(browser.questions(), ["em_now"]);
    browser.leave_frame();
    browser.until("scrollY < 20");
    assert_eq!(told(&browser).len(), 4);
}

#[browser_test]
fn it_takes_neither_focus_nor_sight_until_somebody_comes_to_it() {
    let browser = Browser::open();
    let form = "<input id=name autofocus><div style=\"height: 300px\"></div>";
    open_with(&browser, form, "<div style=\"height: 3000px\"></div>");
    enter(&browser);
    browser.leave_frame();
    assert_eq!(browser.words("document.activeElement.id"), "name");
    assert_eq!(browser.value("scrollY"), json!(0));
    // A step whose top can be seen moves nothing.
    browser.enter_frame();
    browser.start();
    browser.leave_frame();
    until_told(&browser, 2);
    sleep(Duration::from_millis(200));
    assert_eq!(browser.value("scrollY"), json!(0));
    // One whose top cannot be seen is brought into sight: at the top, or where the browser put its heading before.
    browser.run("scrollTo(0, 900)", &[]);
    browser.enter_frame();
    browser.answer(&[]);
    browser.go_on();
    browser.leave_frame();
    until_told(&browser, 3);
    let top = "Math.round(document.querySelector('iframe').getBoundingClientRect().top)";
    browser.until(&format!("{top} >= 0 && {top} < innerHeight"));
}

#[browser_test]
fn messages_of_others_and_messages_of_another_form_change_nothing() {
    let browser = Browser::open();
    let forger = Host::showing(
        "<script>parent.postMessage({ mesocheck: 1, height: 4800, top: true }, '*'); parent.postMessage('done', '*')</script>",
    );
    let other = format!("<iframe src=\"{}\"></iframe>", forger.address());
    let long = "<div style=\"height: 3000px\"></div>";
    open_with(&browser, "", &[long, &other].concat());
    browser.run("scrollTo(0, 500); postMessage({ mesocheck: 1, height: 4800, top: true }, '*')", &[]);
    browser.until("globalThis.messages.includes('\"done\"') && globalThis.messages.length >= 4");
    assert_eq!(tall(&browser), json!(1920));
    let wrong = [
        "'4800'",
        "null",
        "'mesocheck'",
        "{ mesocheck: 2, height: 4800 }",
        "{ height: 4800 }",
        "{ mesocheck: 1, height: '4800' }",
        "{ mesocheck: 1, height: NaN }",
        "{ mesocheck: 1, height: Infinity }",
        "{ mesocheck: 1, height: [4800] }",
        "{ mesocheck: 1, top: 1 }",
        "{ mesocheck: 1, answers: {} }",
    ];
    for (place, message) in wrong.into_iter().enumerate() {
        say(&browser, message, 5 + place);
        assert_eq!((tall(&browser), browser.value("scrollY")), (json!(1920), json!(500)), "{message}");
    }
    let clamped = [("1000", 1200), ("1200", 1200), ("1200.1", 1440), ("-7", 480), ("1e9", 4800)];
    for (place, (asked, given)) in clamped.into_iter().enumerate() {
        say(&browser, &format!("{{ mesocheck: 1, height: {asked} }}"), 5 + wrong.len() + place);
        assert_eq!(tall(&browser), json!(given), "{asked}");
    }
}

/// Has the frame of the check say something.
fn say(browser: &Browser, message: &str, number: usize) {
    browser.enter_frame();
    browser.run(&format!("parent.postMessage({message}, '*')"), &[]);
    browser.leave_frame();
    until_told(browser, number);
}

/// A website could lead its frame to other fragments, and feel by what the frame does how far somebody is.
#[browser_test]
fn the_page_around_it_cannot_lead_it_to_another_screen() {
    let browser = Browser::open();
    open_with(&browser, "", "");
    enter(&browser);
    browser.start();
    browser.answer(&[("em_now", &["chest"])]);
    for fragment in ["#/result", "#/", "#/1", "#help-card", "#q-0"] {
        outside(&browser, || {
            let lead = "document.querySelector('iframe').contentWindow.location.replace(arguments[0])";
            browser.run(lead, &[json!([&browser.site().address(), CHECK, fragment].concat())]);
        });
        browser.until(&format!("location.hash === '{fragment}'"));
        sleep(Duration::from_millis(100));
        assert_eq!((browser.state().as_str(), browser.ticked("em_now")), ("question", vec!["chest".to_owned()]));
    }
    browser.leave_frame();
    assert_eq!(told(&browser), after_steps(1));
}

#[browser_test]
fn a_frame_that_gets_wider_or_narrower_is_fitted_without_end() {
    let browser = Browser::open();
    browser.resize(1280, 740);
    // Wide enough without a scroll bar, too narrow with one.
    open_with(&browser, "<body style=\"margin: 0\"><style>::-webkit-scrollbar { width: 15px }</style>", "");
    assert_eq!(tall(&browser), json!(1440));
    for (width, height) in [(607, 1920), (1280, 1440), (360, 1920), (599, 1920), (640, 1440)] {
        browser.resize(width, 740);
        browser.until(&format!("document.querySelector('iframe').offsetHeight === {height}"));
    }
    sleep(Duration::from_millis(500));
    assert!(told(&browser).len() <= 8, "{:?}", told(&browser));
}

#[browser_test]
fn links_to_other_pages_open_in_a_tab_of_their_own() {
    let browser = Browser::open();
    open_with(&browser, "", "");
    enter(&browser);
    browser.start();
    browser.answer_all(&[]);
    browser.step("result");
    for (link, path) in [(".verdict a.main", "/en/prepare/"), (".own-tab a", "/en/check/")] {
        let clinic = browser.tab();
        browser.click_by_hand(link);
        browser.until_tabs(2);
        let other = browser.tabs().into_iter().find(|tab| *tab != clinic).unwrap();
        browser.switch_to(&other);
        browser.until(&format!("location.pathname === '{path}'"));
        assert!(browser.holds("opener === null"), "{path}");
        browser.close_tab(&clinic);
        browser.enter_frame();
        browser.must_be("result");
    }
}

#[browser_test(chromium)]
fn deleting_leaves_the_page_around_it_where_it_is() {
    let browser = Browser::with(Site::built(), Setting::FramesAllowed);
    let clinic = open_with(&browser, "", "");
    let history = browser.history();
    enter(&browser);
    browser.start();
    browser.answer(&[]);
    assert!(browser.kept_as(Place::Local, KEY).is_some());
    browser.click_by_hand("[data-action=delete]");
    browser.leave_frame();
    until_told(&browser, 3);
    browser.enter_frame();
    browser.ready();
    browser.must_be("start");
    assert_eq!(browser.words("location.pathname"), "/en/embed/");
    assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty());
    browser.leave_frame();
    assert_eq!((browser.words("location.href"), browser.history()), (clinic.other_address(), history));
}

#[browser_test(chromium)]
fn the_page_for_clinics_gives_three_texts_that_work() {
    let browser = Browser::open();
    let address = browser.site().address();
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    browser.cdp("Browser.grantPermissions", permissions);
    browser.resize(1280, 900);
    browser.visit(&format!("{address}embed/"));
    let texts =
        "[...document.querySelectorAll('textarea')].filter((one) => one.checkVisibility()).map((one) => one.value)";
    let shown = || serde_json::from_value::<Vec<String>>(browser.value(texts)).unwrap();
    let preview = |path: &str| {
        let there = format!("document.querySelector('[data-preview] iframe')?.src === '{address}{path}'");
        browser.until(&there);
    };
    preview(CHECK);
    assert_eq!(shown().len(), 3);
    browser.click(&format!("[value=\"{AFTERCARE}\"]"));
    preview(AFTERCARE);
    assert!(shown().iter().all(|text| text.contains(&address) && text.contains("aftercare")), "{:?}", shown());
    browser.click(&format!("[value=\"{CHECK}\"]"));
    preview(CHECK);
    browser.click_by_hand("[data-action=snippet]");
    browser.until("document.querySelector('[role=status]').textContent === 'Copied.'");
    let script = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, done)";
    assert_eq!(browser.run_until_called(script, &[]), json!(shown()[0]));
    browser.must_be_quiet();
    let [scripted, framed, linked]: [String; 3] = shown().try_into().unwrap();
    open(&browser, &scripted);
    until_told(&browser, 1);
    enter(&browser);
    browser.start();
    open(&browser, &framed);
    enter(&browser);
    browser.start();
    open(&browser, &linked);
    browser.click("a");
    browser.until("location.pathname === '/en/check/'");
}

#[browser_test]
fn the_script_other_websites_load_is_small() {
    let site = Site::with_worker();
    let bytes = site.bytes("embed.js");
    println!("{bytes} bytes");
    assert!(bytes <= 2000, "{bytes} bytes");
}

/// The site itself, with more on a page of its own: as in a folder of a website that has other pages and scripts.
fn site_with(more: &str) -> Site {
    Site::altered(|site| {
        site.rewrite("en/prepare/index.html", |html| html.replacen("<main", &format!("{more}<main"), 1));
    })
}

#[browser_test]
fn a_page_that_could_read_the_answers_gets_no_frame() {
    let place = [place(CHECK).as_str(), "<script src=\"../../embed.js\"></script>"].concat();
    let browser = Browser::with(site_with(&place), Setting::Usual);
    browser.go_to("prepare/");
    assert_eq!((browser.count("iframe"), browser.seen("[data-mesocheck] a")), (0, 1), "the link stays");
    let log = browser.log("browser");
    assert!(log.len() == 1 && log[0].contains("a host name of its own"), "{log:?}");
    // Our own preview may.
    browser.visit(&format!("{}embed/", browser.site().address()));
    browser.until("document.querySelector('iframe')");
    enter(&browser);
    browser.must_be("start");
    browser.must_be_quiet();
}

#[browser_test]
fn in_a_frame_of_its_own_origin_no_check_starts() {
    for path in ["../embed/", "../embed/aftercare/", "../check/", "../embed/?x#/1"] {
        let browser = Browser::with(site_with(&format!("<iframe src=\"{path}\"></iframe>")), Setting::Usual);
        browser.go_to("prepare/");
        browser.enter_frame();
        browser.until("document.readyState === 'complete'");
        browser.must_read("This check does not start here");
        assert_eq!(browser.count("[data-check], input"), 0, "{path}");
    }
}

#[browser_test]
fn a_script_that_was_moved_or_joined_leaves_the_link() {
    let browser = Browser::open();
    let text = String::from_utf8(browser.site().read("embed.js")).unwrap();
    let moved = Host::showing(&text);
    for path in ["wp-content/cache/autoptimize_1.js", "embed.js/all.js", "embed.js.php?f=/embed.js"] {
        open(&browser, &format!("{}<script src=\"{}{path}\"></script>", place(CHECK), moved.address()));
        browser.until("document.readyState === 'complete'");
        assert_eq!((browser.count("iframe"), browser.seen("[data-mesocheck] a")), (0, 1), "{path}");
    }
}
