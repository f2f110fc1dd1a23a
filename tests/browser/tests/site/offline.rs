//! Without a connection: the server is really ended. And how a newer version comes, or does not.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::host::Host;
use browser_tests::offline::OFFER;
use browser_tests::process::{Process, fresh_listener, mesocheck, port, workspace};
use browser_tests::site::{Copy, Site, copy_folder};
use serde_json::json;
use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

const TALK: &[(&str, &[&str])] = &[("thinners", &["anticoag"])];

/// What a newer version says on its first page.
const NEWER: &str = "Thinking of mesotherapy? Check first.";

/// A newer version, with other words and a new fingerprint.
fn newer(words: &[&str]) -> Copy {
    let name = if words.is_empty() { "newer" } else { "switch" };
    Copy::version(name, ("en/site.toml", "Thinking about mesotherapy? Check first.", NEWER), words)
}

fn withdrawn() -> Copy {
    Copy::version("withdrawn", ("review.toml", "#:schema schema/review.json\n", "withdrawn = true\n"), &[])
}

/// A browser that keeps a copy of the site, and looks at its first page.
fn kept() -> Browser {
    kept_from(Site::published())
}

fn kept_from(site: Site) -> Browser {
    let browser = Browser::with(site, Setting::Usual);
    browser.open_page("");
    browser.until_kept();
    browser
}

/// Does a whole check with the server gone.
fn must_work_without_the_server(browser: &Browser) {
    browser.site().stop();
    browser.complete(TALK);
    assert_eq!(browser.outcome(), "talk");
    browser.site().resume();
}

/// Whoever edits the content looks at it with `mesocheck serve`: a worker that shows what it has kept would hide the edit.
#[browser_test(alone)]
fn an_edit_is_seen_at_the_next_load_where_mesocheck_serves() {
    let folder = workspace().join("target/tmp/served");
    let _ = fs::remove_dir_all(&folder);
    copy_folder(&workspace().join("dist"), &folder);
    let port = port(&fresh_listener());
    let mut command = mesocheck();
    let server = Process::listening(command.arg("serve").arg(&folder).args(["--port", &port.to_string()]), port);
    let browser = Browser::with(Site::built(), Setting::Usual);
    browser.visit(&format!("http://127.0.0.1:{port}/en/"));
    browser.until_kept();
    browser.reload();
    let page = folder.join("en/index.html");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("Thinking about mesotherapy? Check first.", NEWER)).unwrap();
    for twin in ["br", "gz"] {
        fs::remove_file(page.with_added_extension(twin)).unwrap();
    }
    browser.reload();
    browser.must_read(NEWER);
    drop(server);
    browser.reload();
    browser.must_read("Thinking about mesotherapy?");
}

#[browser_test(alone)]
fn after_one_visit_everything_works_without_the_server() {
    let browser = Browser::open_with_worker();
    browser.open_check();
    browser.until_kept();
    browser.site().stop();
    browser.reload();
    browser.ready();
    browser.start();
    browser.answer_all(&[("concern", &["hair", "fat"]), ("mark", &["yes"])]);
    browser.step("result");
    browser.must_be("result");
    for (path, text) in [
        ("", "Thinking about mesotherapy?"),
        ("faq/does-it-hurt/", "Does it hurt?"),
        ("about/", "Every rule"),
        ("aftercare/", "After a treatment: when to get help"),
        ("privacy/index.html", "Your privacy"),
        ("prepare", "Get ready: a checklist"),
    ] {
        browser.go_to(path);
        browser.must_read(text);
        assert_ne!(browser.value("getComputedStyle(document.body).margin"), json!("8px"), "{path} has its style");
    }
    browser.go_to("about/");
    browser.run("for (const image of document.images) image.loading = 'eager'", &[]);
    browser.until("[...document.images].every((image) => image.complete && image.naturalWidth > 0)");
}

#[browser_test(alone)]
fn the_worker_asks_for_the_files_of_its_list_once_and_for_nothing_while_a_check_is_done() {
    let browser = Browser::open_with_worker();
    let door = Host::before(browser.site());
    let (mut known, address) = (0, door.address());
    let path = |head: &String| head.split_whitespace().nth(1).unwrap().trim_start_matches('/').to_owned();
    let mut asked = || {
        let heads = door.asked().split_off(known);
        known += heads.len();
        heads
    };
    browser.visit(&format!("{address}en/check/"));
    browser.ready();
    browser.until_kept();
    let first = asked();
    let listed = browser.site().listed();
    for head in &first {
        let small = head.to_lowercase();
        assert!(head.starts_with("GET ") && !small.contains("\r\ncookie:") && !path(head).contains('?'), "{head}");
        assert!(
            listed.contains(&path(head)) || path(head) == "sw.js" || path(head).strip_suffix(".png").is_some(),
            "{head}"
        );
    }
    for file in &listed {
        assert!(first.iter().any(|head| path(head) == *file), "{file} was not asked for");
    }
    browser.start();
    browser.answer_all(&[("concern", &["hair", "fat"]), ("mark", &["yes"])]);
    browser.step("result");
    browser.must_be("result");
    let others: Vec<String> = asked();
    assert_eq!(others, Vec::<String>::new(), "requested while the check was done");
    // From now on only a newer version is looked for.
    browser.reload();
    browser.ready();
    browser.look_for_update_in_vain();
    let others: Vec<String> = asked().iter().map(path).collect();
    assert!(!others.is_empty() && others.iter().all(|path| path == "sw.js"), "{others:?}");
}

#[browser_test(alone)]
fn a_newer_version_is_offered_and_comes_when_it_is_asked_for() {
    let browser = kept();
    browser.run_until_called("caches.open('clinic-cache').then(() => arguments[0]())", &[]);
    let before = browser.caches();
    browser.site().publish(&newer(&[]));
    browser.open_page("");
    browser.must_be_offered_update();
    browser.must_read("Thinking about mesotherapy?");
    browser.go_to("check/");
    browser.ready();
    browser.must_be_offered_update();
    browser.start();
    assert!(!browser.sees(OFFER), "never within a check");
    browser.answer_all(TALK);
    browser.must_be("review");
    assert!(!browser.sees(OFFER), "never within a check");
    browser.step("result");
    assert!(browser.sees(OFFER), "a result that is kept loses nothing");
    browser.click(OFFER);
    browser.until(
        "document.querySelector('[data-outcome=\"talk\"]') && !document.querySelector('[data-update]:not([hidden])')",
    );
    browser.open_page("");
    browser.must_read(NEWER);
    assert!(!browser.sees(OFFER));
    let after = browser.caches();
    assert!(after.contains(&String::from("clinic-cache")), "{after:?}");
    assert_eq!(after.len(), 2, "the older version is gone: {after:?}");
    assert_ne!(after, before);
    must_work_without_the_server(&browser);
}

#[browser_test(alone)]
fn a_newer_version_comes_by_itself_once_the_older_one_is_closed() {
    let browser = kept();
    browser.site().publish(&newer(&[]));
    browser.open_page("");
    browser.must_be_offered_update();
    browser.site().stop();
    // The browser takes a moment to see that the older one is closed.
    let end = Instant::now() + Duration::from_secs(20);
    while !browser.reads(NEWER) {
        assert!(Instant::now() < end, "the older version stays");
        browser.visit("about:blank");
        sleep(Duration::from_millis(500));
        browser.open_page("");
    }
    assert!(!browser.sees(OFFER));
}

#[browser_test(alone)]
fn a_result_that_is_not_kept_is_never_offered_an_update() {
    let browser = kept();
    browser.site().publish(&newer(&[]));
    browser.open_aftercare();
    browser.must_be_offered_update();
    browser.start();
    browser.answer_all(&[("a_common", &["red"])]);
    browser.must_be("result");
    assert!(!browser.sees(OFFER));
}

#[browser_test(alone)]
fn an_update_with_a_missing_file_is_refused_and_the_older_version_works_on() {
    let browser = kept();
    let version = newer(&[]);
    version.remove("en/faq/does-it-hurt/index.html");
    browser.site().publish(&version);
    must_refuse_the_update(&browser);
}

#[browser_test(alone)]
fn an_update_with_half_a_module_is_refused_and_the_older_version_works_on() {
    let browser = kept();
    let version = newer(&[]);
    let app = version.named("assets", "app-", ".js");
    version.rewrite(&app, |text| text.chars().take(text.chars().count() / 2).collect());
    browser.site().publish(&version);
    must_refuse_the_update(&browser);
}

#[browser_test(chromium, alone)]
fn an_update_without_room_is_refused_and_the_older_version_works_on() {
    let browser = kept();
    browser.site().publish(&newer(&[]));
    browser.limit_quota(10_000);
    must_refuse_the_update(&browser);
}

fn must_refuse_the_update(browser: &Browser) {
    browser.open_page("");
    assert_eq!(browser.look_for_update(), "redundant");
    assert!(!browser.sees(OFFER));
    assert_eq!(browser.caches().len(), 1, "nothing of it stays: {:?}", browser.caches());
    browser.reload();
    browser.must_read("Thinking about mesotherapy?");
    must_work_without_the_server(browser);
}

#[browser_test(chromium, alone)]
fn without_room_for_a_copy_the_check_works_all_the_same() {
    let browser = Browser::open_with_worker();
    browser.go_to("privacy/");
    browser.limit_quota(10_000);
    browser.watch_worker();
    browser.open_check();
    browser.until("globalThis.fate === 'redundant'");
    assert_eq!(browser.caches(), Vec::<String>::new());
    browser.start();
    browser.answer_all(TALK);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.notices(), "");
}

#[browser_test(alone)]
fn a_check_in_one_tab_goes_on_while_another_tab_takes_the_newer_version() {
    let browser = kept();
    browser.begin();
    browser.answer_until("thinners", TALK);
    browser.run("globalThis.untouched = true", &[]);
    browser.site().publish(&newer(&[]));
    let first = browser.new_tab();
    browser.go_to("");
    browser.ready();
    browser.take_update(NEWER);
    browser.to_tab(first);
    browser.answer_all(TALK);
    browser.step("result");
    assert_eq!(browser.outcome(), "talk");
    assert!(browser.holds("globalThis.untouched"), "the page was not loaded anew");
    assert!(!browser.sees(OFFER), "there is nothing left to take");
    browser.reload();
    browser.ready();
    assert_eq!(browser.outcome(), "talk", "the newer version knows the answers");
}

#[browser_test(alone)]
fn a_version_can_be_taken_back() {
    let browser = kept();
    let before = browser.caches();
    browser.site().publish(&newer(&[]));
    browser.open_page("");
    browser.take_update(NEWER);
    browser.site().publish(&Copy::built());
    browser.open_page("");
    browser.take_update("Thinking about mesotherapy?");
    assert_eq!(browser.caches(), before);
    must_work_without_the_server(&browser);
}

#[browser_test(alone)]
fn the_kill_switch_takes_away_what_was_kept_and_nothing_else() {
    let browser = kept();
    browser.run_until_called("caches.open('clinic-cache').then(() => arguments[0]())", &[]);
    browser.site().publish(&newer(&["--kill-switch"]));
    browser.open_page("");
    browser.until_forgotten(&["clinic-cache"]);
    // Pages still register it, and it goes each time.
    browser.watch_worker();
    browser.open_page("");
    browser.must_read(NEWER);
    browser.until("globalThis.fate === 'activated' || globalThis.fate === 'redundant'");
    browser.must_be_quiet();
    browser.go_to("privacy/");
    browser.until_forgotten(&["clinic-cache"]);
    browser.site().publish(&newer(&[]));
    browser.open_page("");
    browser.until_kept();
    must_work_without_the_server(&browser);
}

#[browser_test(alone)]
fn in_a_folder_of_a_host_it_keeps_that_folder_only() {
    let browser = kept_from(Site::below("a/b/"));
    assert_eq!(browser.caches().len(), 1);
    let scope = browser.run_until_called(
        "navigator.serviceWorker.getRegistrations().then((all) => arguments[0](all.map((one) => one.scope)))",
        &[],
    );
    assert_eq!(scope, json!([browser.site().address()]));
    browser.site().stop();
    browser.go_to("faq/does-it-hurt/");
    browser.must_read("Does it hurt?");
    browser.go_to("nothing-here/");
    browser.must_read("You are offline");
    browser.click("a.main");
    browser.until("location.pathname === '/a/b/en/'");
    browser.complete(TALK);
    assert_eq!(browser.outcome(), "talk");
}

#[browser_test(chromium, alone)]
fn the_installed_app_starts_without_the_server_and_the_browser_finds_it_installable() {
    let browser = kept();
    let flaws = browser.cdp("Page.getInstallabilityErrors", json!({}));
    assert_eq!(flaws["installabilityErrors"], json!([]));
    let manifest = browser.cdp("Page.getAppManifest", json!({}));
    assert_eq!(manifest["errors"], json!([]));
    let start = manifest["manifest"]["startUrl"].as_str().unwrap().to_owned();
    assert_eq!(start, format!("{}en/", browser.site().address()));
    let shortcuts = manifest["manifest"]["shortcuts"].as_array().unwrap();
    assert_eq!(shortcuts.len(), 2);
    browser.site().stop();
    browser.visit("about:blank");
    browser.visit(&start);
    browser.must_read("Thinking about mesotherapy?");
    for shortcut in shortcuts {
        browser.visit(shortcut["url"].as_str().unwrap());
        browser.ready();
        browser.must_be("start");
    }
}

#[browser_test(alone)]
fn what_is_not_kept_leads_to_words() {
    let browser = kept();
    browser.site().stop();
    browser.go_to("faq/no-such-answer/");
    browser.must_read("You are offline");
    browser.must_read("999");
    browser.must_be_accessible("offline");
    browser.must_not_scroll_sideways("offline");
    // Somebody else at the origin, or the browser, has thrown the copy away.
    browser.run_until_called(
        "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))).then(arguments[0])",
        &[],
    );
    browser.go_to("check/");
    browser.must_read("You are offline");
    browser.must_read("999");
    browser.site().resume();
    browser.go_to("check/");
    browser.ready();
    browser.must_be("start");
}

#[browser_test(alone)]
fn in_a_frame_nothing_is_kept() {
    let browser = Browser::open_with_worker();
    browser.go_to("privacy/");
    browser.run(
        "const frame = document.createElement('iframe');
         frame.src = '../check/';
         document.body.append(frame);",
        &[],
    );
    browser.until("document.querySelector('iframe').contentWindow.mesocheckReady");
    browser.until("document.querySelector('iframe').contentDocument.readyState === 'complete'");
    assert_eq!(browser.workers(), 0);
    assert_eq!(browser.caches(), Vec::<String>::new());
}

#[browser_test(alone)]
fn a_newer_version_is_looked_for_every_day() {
    let browser = kept();
    let catch = "globalThis.setInterval = (call, time) => { globalThis.daily = [call, time]; };";
    browser.before_each_page(catch);
    browser.open_page("");
    browser.until("globalThis.daily");
    assert_eq!(browser.value("globalThis.daily[1]"), json!(24 * 60 * 60 * 1000));
    browser.look_for_update_in_vain();
    browser.site().publish(&newer(&[]));
    browser.run("globalThis.daily[0]()", &[]);
    browser.must_be_offered_update();
}

#[browser_test(alone)]
fn past_its_review_the_mildest_result_is_not_shown_without_the_server_either() {
    let browser = kept();
    browser.site().stop();
    browser.turn_clock(800);
    browser.complete(&[]);
    browser.must_be("result");
    assert_eq!(browser.outcome(), "");
    browser.must_read("This check is out of date");
    browser.run("localStorage.clear()", &[]);
    browser.complete(TALK);
    assert_eq!(browser.outcome(), "talk", "what is not mildest is told");
}

#[browser_test(alone)]
fn a_check_that_is_withdrawn_while_it_is_done_shows_no_mildest_result() {
    let browser = kept();
    browser.begin();
    browser.answer_until("thinners", &[]);
    browser.run("globalThis.untouched = true", &[]);
    browser.site().publish(&withdrawn());
    browser.look_for_update();
    browser.until("document.querySelector('[data-check][data-withdrawn]')");
    browser.must_read("This content was withdrawn by its publisher.");
    browser.answer_all(&[]);
    browser.step("result");
    assert_eq!(browser.outcome(), "");
    browser.must_read("This check is out of date");
    assert!(browser.holds("globalThis.untouched"), "the page was not loaded anew");
    // Also not by beginning anew on the same page.
    browser.step("restart");
    browser.start();
    browser.answer_all(&[]);
    browser.step("result");
    assert_eq!(browser.outcome(), "");
    browser.must_read("This content was withdrawn by its publisher.");
}

#[browser_test(alone)]
fn a_mildest_result_on_the_screen_goes_when_the_content_is_withdrawn_and_another_stays() {
    for (answers, stays) in [(&[][..], ""), (TALK, "talk")] {
        let browser = kept();
        browser.complete(answers);
        assert_ne!(browser.outcome(), "");
        browser.site().publish(&withdrawn());
        browser.look_for_update();
        browser.until("document.querySelector('[data-check][data-withdrawn]')");
        assert_eq!(browser.outcome(), stays);
        browser.must_read("This content was withdrawn by its publisher.");
    }
}

#[browser_test(alone)]
fn withdrawn_content_is_not_kept_and_takes_the_older_version_away_at_once() {
    let browser = kept();
    browser.site().publish(&withdrawn());
    // Nobody presses anything: the first page loads the news by itself.
    browser.open_page("");
    browser.until("document.querySelector('.banner').innerText.includes('withdrawn')");
    browser.ready();
    browser.open_check();
    browser.must_read("This content was withdrawn by its publisher.");
    browser.site().stop();
    browser.go_to("check/");
    browser.must_read("You are offline");
    browser.must_read("999");
    assert_eq!(browser.count("[data-check]"), 0);
    // What comes after it is an ordinary version again.
    browser.site().resume();
    browser.site().publish(&newer(&[]));
    browser.open_page("");
    browser.take_update(NEWER);
    must_work_without_the_server(&browser);
}
