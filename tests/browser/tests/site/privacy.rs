//! Sends nothing. Five proofs, each of which is shown to be able to fail:
//!
//! 1. The app imports nothing that could send: the compiler holds it against a list, `compiler/src/site/imports.rs`.
//! 2. No page breaks its policy. [`what_could_send_is_forbidden_and_the_attempt_is_seen`] tries.
//! 3. A whole check makes no request. [`every_place_that_is_watched_would_show_a_leak`] makes one.
//! 4. A whole check is done with the server gone. [`with_the_server_gone_what_needs_it_fails`] needs it.
//! 5. Nothing of an answer is found around a visit. The same test as for 3 lets something out everywhere.

use browser_tests::answers::{Answers, answer};
use browser_tests::browser::{Browser, PATIENCE, Setting};
use browser_tests::browser_test;
use browser_tests::canary::{CANARY, NUMBER, NUMBER_QUESTION, mark, with_pack};
use browser_tests::firefox::Firefox;
use browser_tests::host::Host;
use browser_tests::person::{BUTTONS_ALONE, clear};
use browser_tests::site::Site;
use browser_tests::storage::{KEY, Place};
use browser_tests::watch::{Seen, Watch, leaks};
use serde_json::json;
use std::thread::sleep;
use std::time::{Duration, Instant};

#[browser_test]
fn a_whole_check_makes_no_request_after_load() {
    let browser = Browser::open();
    browser.open_check();
    browser.until("document.readyState === 'complete'");
    let loaded = browser.requests();
    assert!(loaded.iter().any(|url| url.ends_with("/en/check/")), "the log works: {loaded:?}");
    browser.start();
    browser.press_button("help");
    browser.press_button("help");
    browser.answer_all(&[("concern", &["hair", "fat"]), ("mark", &["yes"]), ("bdd1", &["yes"])]);
    browser.step("result");
    browser.must_be("result");
    let asked = browser.requests();
    assert!(asked.is_empty(), "requested after load: {asked:?}");
    browser.must_be_quiet();
}

#[browser_test]
fn the_aftercare_check_makes_no_request_after_load() {
    let browser = Browser::open();
    browser.open_aftercare();
    browser.until("document.readyState === 'complete'");
    browser.requests();
    browser.start();
    browser.answer_all(&[("a_common", &["red"])]);
    let asked = browser.requests();
    assert!(asked.is_empty(), "requested after load: {asked:?}");
    browser.must_be_quiet();
}

/// Ways a browser may run. Off the record it keeps no list of icons, so it asks for each again.
const MODES: [Setting; 4] = [Setting::Usual, Setting::OffTheRecord, Setting::StorageRefused, Setting::PagesForgotten];

/// What reaches the server while a whole check is done, in each of those ways; nothing is excused.
fn asked_meanwhile(site: fn() -> Site) -> Vec<(Setting, Vec<String>)> {
    let asked = |setting: Setting| {
        let browser = Browser::with(site(), setting);
        let door = Host::before(browser.site());
        browser.visit(&format!("{}en/check/", door.address()));
        browser.ready();
        let loaded = settled(&door);
        browser.start();
        browser.answer_all_drawn(&[("mark", &["yes"])]);
        browser.step("result");
        sleep(Duration::from_millis(700));
        (setting, door.asked().split_off(loaded).iter().map(|head| head.lines().next().unwrap().to_owned()).collect())
    };
    MODES.into_iter().map(asked).collect()
}

/// How much was asked for once nothing more is.
fn settled(door: &Host) -> usize {
    let mut loaded = 0;
    while loaded < door.asked().len() {
        loaded = door.asked().len();
        sleep(Duration::from_millis(700));
    }
    assert!(loaded > 3, "{:?}", door.asked());
    loaded
}

#[browser_test]
fn nothing_reaches_the_server_while_a_check_is_done_in_any_mode() {
    for (setting, asked) in asked_meanwhile(Site::built) {
        assert_eq!(asked, Vec::<String>::new(), "{setting:?}");
    }
}

/// Another engine has wishes of its own; where the machine has it, it is asked.
#[browser_test]
fn nothing_reaches_the_server_from_firefox_while_a_check_is_done() {
    for private in ["false", "true"] {
        let Some(mut firefox) = Firefox::start(&[("browser.privatebrowsing.autostart", private)]) else {
            println!("this machine has no Firefox");
            return;
        };
        let (site, ready) = (Site::built(), "return Boolean(globalThis.mesocheckReady)");
        let door = Host::before(&site);
        firefox.visit(&format!("{}en/check/", door.address()));
        let end = Instant::now() + PATIENCE;
        while firefox.run(ready) != json!(true) {
            assert!(Instant::now() < end, "no app: {:?}", door.asked());
            sleep(Duration::from_millis(20));
        }
        let loaded = settled(&door);
        // Its window for printing waits for a person.
        let buttons = BUTTONS_ALONE.replace("'print', ", "");
        assert_eq!(firefox.run_until_called(&buttons, &[clear()]), json!("clear"));
        sleep(Duration::from_millis(700));
        assert_eq!(door.asked().split_off(loaded), Vec::<String>::new(), "private: {private}");
    }
}

#[browser_test]
fn an_icon_that_is_asked_for_at_every_step_would_be_seen() {
    let asked = asked_meanwhile(|| {
        Site::altered(|site| {
            site.rewrite("en/check/index.html", |html| {
                let icon =
                    html.split("<link rel=\"icon\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
                html.replace(&icon, "../../icon.svg")
            });
        })
    });
    assert!(asked.iter().any(|(_, asked)| asked.iter().any(|line| line.contains("/icon.svg"))), "{asked:?}");
}

/// The site with rare words in place of every id, label and outcome, and another site to leave for.
pub fn marked_site(neutral: &Host) -> Site {
    Site::altered(|site| {
        for page in ["en/index.html", "en/check/index.html", "en/aftercare/index.html", "en/embed/index.html"] {
            site.rewrite(page, |html| {
                with_pack(&html, |pack| {
                    mark(pack);
                    pack["clinic"]["neutral"] = json!(neutral.address());
                })
            });
        }
    })
}

/// Answers the questions on the screen of a marked site, the number too.
pub fn answer_marked(browser: &Browser, but: Answers) {
    for question in browser.questions() {
        if question == NUMBER_QUESTION {
            browser.write_number(&question, NUMBER);
            continue;
        }
        let plain = question.strip_prefix(CANARY).expect("a marked question");
        let marked: Vec<String> = answer(plain, but).iter().map(|option| [CANARY, option].concat()).collect();
        browser.give(&question, &marked.iter().map(String::as_str).collect::<Vec<&str>>());
    }
}

fn answer_all_marked(browser: &Browser, watch: &mut Watch, but: Answers) {
    while browser.state() == "question" {
        answer_marked(browser, but);
        watch.look();
        browser.go_on();
        watch.look();
    }
}

/// From the first page through both checks, with every kind of answer, and away. Nothing of an answer, a question or a
/// result may show where [`Watch`] looks. That it would be seen there is held by
/// [`every_place_that_is_watched_would_show_a_leak`].
#[browser_test(chromium)]
fn nothing_of_an_answer_shows_around_a_whole_visit() {
    let neutral = Host::showing("<title>Weather</title><link rel=icon href=\"data:,\">Rain later.");
    let browser = Browser::with(marked_site(&neutral), Setting::Usual);
    let door = Host::before(browser.site());
    let mut watch = Watch::over(&browser, &[&door, &neutral]);
    browser.visit(&format!("{}en/", door.address()));
    browser.ready();
    watch.look();
    browser.click("a.door.first");
    browser.until("location.pathname === '/en/check/'");
    browser.ready();
    browser.start();
    let but: Answers = &[
        ("concern", &["hair", "fat"]),
        ("bdd1", &["yes"]),
        ("mark", &["yes"]),
        ("thinners", &["anticoag"]),
        ("pressure", &["deal"]),
    ];
    answer_all_marked(&browser, &mut watch, but);
    browser.must_be("review");
    let kept = browser.kept_as(Place::Local, KEY).expect("answers");
    for canary in ["zq7thinners", "zq7anticoag", "zq7hair1", NUMBER] {
        assert!(kept.contains(canary), "{canary} is not among the answers");
    }
    browser.change("zq7thinners");
    watch.look();
    browser.give("zq7thinners", &["zq7antiplate"]);
    browser.go_on();
    browser.step("result");
    assert!(browser.outcome().starts_with(CANARY) && browser.reads(CANARY));
    watch.look();
    browser.change("zq7mark");
    watch.look();
    browser.go_on();
    browser.must_be("result");
    browser.reload();
    browser.ready();
    take_along(&browser, &mut watch);
    walk_the_history(&browser, &mut watch);
    browser.press_button("delete");
    browser.until(&format!("location.href === {}", json!(neutral.address())));
    watch.look();
    browser.browser_back();
    browser.ready();
    browser.must_be("start");
    assert!(browser.kept(Place::Local).is_empty() && browser.kept(Place::Session).is_empty());
    watch.look();
    aftercare(&browser, &mut watch, &door);
    must_tell_nothing(watch.seen());
}

/// Takes the result along in every way there is.
fn take_along(browser: &Browser, watch: &mut Watch) {
    browser.run("globalThis.print = () => { globalThis.printed = document.title }", &[]);
    for way in ["print", "copy", "code"] {
        browser.press_button(way);
        watch.look();
    }
    assert!(browser.holds("printed") && browser.holds("document.querySelector('.code svg')"));
    browser.click("[data-check] a[download]");
    let end = Instant::now() + Duration::from_secs(5);
    while !watch.seen()["file name"].iter().any(|name| name == "reminder.ics") {
        assert!(Instant::now() < end, "no file: {:?}", watch.seen()["file name"]);
        watch.look();
    }
    for _ in 0..2 {
        browser.press_button("show");
        watch.look();
    }
}

/// Back to the first entry, and forth again.
fn walk_the_history(browser: &Browser, watch: &mut Watch) {
    let (entries, here) = browser.history();
    assert!(here > 20 && entries.len() == here + 1, "{here} of {entries:?}");
    // The very first entry is the empty page a browser begins with.
    for _ in 1..here {
        browser.browser_back();
        watch.look();
    }
    assert_eq!(browser.words("location.pathname"), "/en/");
    for _ in 1..here {
        browser.browser_forward();
        watch.look();
    }
    browser.until("document.querySelector('[data-check]')?.dataset.state === 'result'");
}

fn aftercare(browser: &Browser, watch: &mut Watch, door: &Host) {
    browser.visit(&format!("{}en/aftercare/", door.address()));
    browser.ready();
    browser.start();
    answer_all_marked(browser, watch, &[("a_today", &["fever"]), ("a_common", &["red", "bruise"])]);
    assert!(browser.outcome().starts_with(CANARY));
    browser.reload();
    browser.ready();
    browser.must_be("start");
    browser.start();
    browser.give("zq7a_em", &["zq7white"]);
    browser.go_on();
    browser.must_be("stop");
    watch.look();
}

fn must_tell_nothing(seen: &Seen) {
    for place in ["address", "title", "history", "history state", "request", "header", "resource"] {
        assert!(seen.get(place).is_some_and(|texts| texts.len() > 1), "nothing was seen of {place}: {seen:?}");
    }
    for word in [CANARY, NUMBER, "referer:"] {
        let leaks = leaks(seen, word);
        assert!(leaks.is_empty(), "`{word}` shows: {leaks:#?}");
    }
    let ours = seen["history"].iter().filter(|entry| entry.contains("/check/#"));
    assert!(ours.clone().count() > 5 && ours.clone().all(|entry| entry.contains("/en/check/#/")), "{seen:#?}");
}

/// The test above would see something of an answer wherever it looks: here one is let out into each place.
#[browser_test(chromium)]
fn every_place_that_is_watched_would_show_a_leak() {
    const LEAKS: &[(&str, &str)] = &[
        ("address", "history.replaceState(null, '', '?' + word)"),
        ("history", "history.pushState(null, '', '#/' + word); history.pushState(null, '', '#/2')"),
        ("title", "document.title = word"),
        ("history state", "history.replaceState({ answers: [word] }, '')"),
        ("cookie", "document.cookie = `answer=${word}`"),
        ("window name", "window.name = word"),
        ("log", "console.debug(word)"),
        ("message", "parent.postMessage({ word }, '*')"),
        ("request", "new Image().src = '/icon.svg?' + word"),
        ("resource", "new Image().src = '/icon.svg?' + word"),
        ("header", "document.cookie = `answer=${word}`; location.reload()"),
        (
            "referrer",
            "history.replaceState(null, '', '?' + word); follow('../faq/does-it-hurt/', { referrerPolicy: 'unsafe-url' })",
        ),
        ("file name", "follow(URL.createObjectURL(new Blob(['x'])), { download: word + '.txt' })"),
    ];
    let browser = Browser::open();
    let door = Host::before(browser.site());
    for (place, leak) in LEAKS {
        let mut watch = Watch::over(&browser, &[&door]);
        browser.visit(&format!("{}en/prepare/", door.address()));
        watch.look();
        let script = "const word = arguments[0], follow = (href, how) => Object.assign(document.createElement('a'), { href, ...how }).click();";
        // Each has a word of its own, as some stay where they are.
        let word = [CANARY, &place.replace(' ', "")].concat();
        browser.run(&format!("{script} {leak}"), &[json!(word)]);
        let end = Instant::now() + Duration::from_secs(5);
        loop {
            watch.look();
            if leaks(watch.seen(), &word).contains_key(place) {
                break;
            }
            assert!(Instant::now() < end, "{place} shows no leak: {:#?}", watch.seen());
            sleep(Duration::from_millis(20));
        }
    }
}

/// The worker is refused here, so nothing is kept: what the check needs was there when the page had loaded.
#[browser_test]
fn a_whole_check_is_done_with_the_server_gone() {
    let browser = Browser::with(Site::built(), Setting::StorageRefused);
    browser.open_check();
    browser.until("document.readyState === 'complete'");
    browser.site().stop();
    browser.start();
    browser.answer_all(&[("concern", &["hair", "fat"]), ("mark", &["yes"]), ("bdd1", &["yes"])]);
    browser.step("result");
    browser.must_be("result");
    browser.must_be_quiet();
}

#[browser_test]
fn with_the_server_gone_what_needs_it_fails() {
    let browser = Browser::with(Site::built(), Setting::StorageRefused);
    browser.open_check();
    browser.site().stop();
    // A picture of the site is allowed, so only the missing server can stop it.
    let loads = "const done = arguments[0], picture = new Image();
        picture.onload = () => done(true);
        picture.onerror = () => done(false);
        picture.src = '/icons/192.png?new';";
    assert_eq!(browser.run_until_called(loads, &[]), json!(false));
    browser.site().resume();
    assert_eq!(browser.run_until_called(&loads.replace("?new", "?newer"), &[]), json!(true));
}

/// Every way to send that a page has, but for following a link.
const SENDERS: &[(&str, &str)] = &[
    ("fetch", "fetch(to)"),
    ("fetch from the site itself", "fetch('/icon.svg')"),
    ("XMLHttpRequest", "const request = new XMLHttpRequest(); request.open('POST', to); request.send('answer')"),
    ("beacon", "navigator.sendBeacon(to, 'answer')"),
    ("WebSocket", "new WebSocket(to.replace('http', 'ws'))"),
    ("EventSource", "new EventSource(to)"),
    ("import", "import(to)"),
    ("script of a text", "document.head.append(Object.assign(document.createElement('script'), { textContent: 'x' }))"),
    ("markup of a text", "document.body.innerHTML = '<p>x'"),
    ("code of a text", "setTimeout('x')"),
    ("worker", "new Worker(URL.createObjectURL(new Blob(['x'])))"),
    ("picture", "new Image().src = to"),
    ("sound", "new Audio(to)"),
    ("font", "document.fonts.add(new FontFace('x', `url(${to})`)); document.fonts.load('1em x')"),
    ("style", "add('link', { rel: 'stylesheet', href: to })"),
    ("prefetch", "add('link', { rel: 'prefetch', href: to })"),
    ("frame", "add('iframe', { src: to })"),
    ("object", "add('object', { data: to })"),
    ("form", "const form = add('form', { action: to, method: 'post' }); form.submit()"),
    ("ping", "add('a', { href: '#/', ping: to }).click()"),
];

#[browser_test]
fn what_could_send_is_forbidden_and_the_attempt_is_seen() {
    let other = Host::showing("");
    let browser = Browser::with(Site::built(), Setting::StorageRefused);
    browser.open_check();
    let script =
        "const add = (name, how) => document.body.appendChild(Object.assign(document.createElement(name), how));";
    for (name, send) in SENDERS {
        browser.run("seen.length = 0", &[]);
        let attempt = format!("const to = arguments[0]; {script} try {{ {send} }} catch {{}}");
        browser.run(&attempt, &[json!(other.address())]);
        let end = Instant::now() + Duration::from_secs(5);
        while !browser.holds("seen.some((said) => said.startsWith('policy: '))") {
            assert!(Instant::now() < end, "{name}: no breach of the policy is seen");
            sleep(Duration::from_millis(10));
        }
    }
    sleep(Duration::from_millis(300));
    assert_eq!(other.asked(), Vec::<String>::new());
    // The other site would have been reached: following a link is what no policy forbids.
    browser.visit(&other.address());
    assert!(!other.asked().is_empty());
}

#[browser_test]
fn no_page_of_the_site_breaks_its_policy() {
    let browser = Browser::open();
    for path in [
        "",
        "faq/",
        "faq/does-it-work/",
        "check/",
        "aftercare/",
        "prepare/",
        "questions/",
        "timeline/",
        "paper/",
        "paper/reasons/",
        "paper/aftercare/",
        "privacy/",
        "about/",
        "handover/",
        "offline/",
    ] {
        browser.go_to(path);
        browser.until("document.readyState === 'complete'");
        browser.must_be_quiet();
    }
}
