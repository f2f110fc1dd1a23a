//! A check in one file, opened from a disk with nothing beside it.

use crate::outcomes::complete_by_keyboard;
use browser_tests::answers::Answers;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::process::{mesocheck, workspace};
use browser_tests::site::{APP, Site, copy_folder};
use browser_tests::storage::Place;
use std::fs;
use std::path::PathBuf;

/// A file alone in a folder, made of the content with a setting put before all others.
struct Single {
    folder: PathBuf,
    name: &'static str,
}

impl Single {
    fn made(test: &str, name: &'static str, setting: &str) -> Self {
        let workshop = workspace().join("target/tmp/single").join(test);
        let _ = fs::remove_dir_all(&workshop);
        copy_folder(&workspace().join("content"), &workshop.join("content"));
        let file = workshop.join("content/site.toml");
        let plain = fs::read_to_string(&file).unwrap();
        fs::write(&file, plain.replacen("locale = ", &format!("{setting}\nlocale = "), 1)).unwrap();
        let mut command = mesocheck();
        command.current_dir(workspace()).args(["single", "--app", APP]);
        command.arg("--content").arg(workshop.join("content")).arg("--out").arg(workshop.join("out"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let folder = workshop.join("stick");
        fs::create_dir_all(&folder).unwrap();
        fs::copy(workshop.join("out").join(name), folder.join(name)).unwrap();
        Self { folder, name }
    }

    fn change(&self, change: impl FnOnce(String) -> String) {
        let path = self.folder.join(self.name);
        let text = fs::read_to_string(&path).unwrap();
        let changed = change(text.clone());
        assert_ne!(text, changed);
        fs::write(path, changed).unwrap();
    }

    fn address(&self) -> String {
        format!("file://{}", self.folder.join(self.name).display())
    }

    fn open(&self, setting: Setting) -> Browser {
        let browser = Browser::with(Site::built(), setting);
        browser.visit(&self.address());
        browser
    }
}

/// Links to other pages.
const LINKS: &str = "[...document.querySelectorAll('a[href]')].map((link) => link.href)
    .filter((href) => !/^(tel|sms|data):/.test(href) && href.split('#')[0] !== location.href.split('#')[0])";

const BUT: Answers = &[("thinners", &["anticoag"])];

#[browser_test]
fn a_whole_check_from_a_disk_asks_for_nothing_and_comes_back_after_a_reload() {
    let single = Single::made("check", "check.html", "");
    let browser = single.open(Setting::Usual);
    browser.ready();
    browser.must_read("Draft.");
    assert!(!browser.holds("document.querySelector('[name=keep]').checked"), "a stick is passed on");
    complete_by_keyboard(&browser, BUT);
    browser.must_be("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.findings(), ["thinners.anticoag"]);
    let kept = browser.kept(Place::Session);
    let own = |(key, kept): (&String, &String)| key.ends_with("/check.html:suitability") && kept.contains("anticoag");
    assert!(kept.iter().any(own), "in the tab: {kept:?}");
    assert!(browser.kept(Place::Local).is_empty(), "not on the device");
    browser.reload();
    browser.ready();
    browser.must_be("result");
    assert_eq!(browser.outcome(), "talk");
    assert_eq!(browser.value(LINKS), serde_json::json!([]), "it knows of no other page");
    assert!(!browser.sees(".code"), "a code is read on a page of a site");
    for address in browser.requests() {
        assert_eq!(address.split('#').next().unwrap(), single.address());
    }
    browser.must_be_quiet();
    browser.must_be_accessible("a single file");
    browser.press_button("delete");
    browser.until("location.href === 'about:blank'");
}

#[browser_test]
fn the_aftercare_check_from_a_disk_leads_to_help() {
    let single = Single::made("aftercare", "aftercare.html", "");
    let browser = single.open(Setting::Usual);
    browser.ready();
    browser.start();
    browser.answer_all(&[("a_em", &["breath"])]);
    assert_eq!(browser.outcome(), "emergency");
    browser.must_read("999");
    assert_eq!(browser.value(LINKS), serde_json::json!([]));
    browser.must_be_quiet();
}

#[browser_test]
fn links_of_a_file_lead_to_the_site_where_it_has_an_address() {
    let single = Single::made("address", "check.html", "address = \"https://check.example\"");
    let browser = single.open(Setting::Usual);
    browser.ready();
    browser.start();
    browser.answer_all(BUT);
    browser.step("result");
    let links: Vec<String> = serde_json::from_value(browser.value(LINKS)).unwrap();
    assert!(links.contains(&"https://check.example/en/questions/".to_owned()), "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("https://check.example/en/")), "{links:?}");
    browser.click(".code summary");
    browser.press_button("code");
    browser.until("document.querySelector('.code svg')");
    browser.must_be_quiet();
}

#[browser_test]
fn where_nothing_can_be_kept_a_file_says_so() {
    let single = Single::made("refused", "check.html", "");
    let browser = single.open(Setting::StorageRefused);
    browser.ready();
    browser.start();
    browser.answer(BUT);
    browser.go_on();
    assert!(!browser.notices().is_empty(), "what is not kept is said");
    browser.must_be("question");
}

#[browser_test]
fn a_file_that_is_cut_short_or_changed_leaves_words() {
    let single = Single::made("damaged", "check.html", "");
    let whole = fs::read_to_string(single.folder.join("check.html")).unwrap();
    let cut = |text: String| text.chars().take(text.chars().count() / 2).collect();
    let changed = |text: String| text.replacen("let WASM=\"", "let WASM=\"x", 1);
    for damage in [cut as fn(String) -> String, changed] {
        fs::write(single.folder.join("check.html"), &whole).unwrap();
        single.change(damage);
        let browser = single.open(Setting::Usual);
        // Six seconds, by the style sheet alone: no script may have run.
        browser.until("document.body.innerText.includes('The check could not start here')");
        assert!(browser.words("document.querySelector('.late').innerText").contains("999"), "a number to call");
    }
}

#[browser_test]
fn without_script_a_file_has_words_and_numbers_to_call() {
    let browser = Single::made("no-script", "check.html", "").open(Setting::NoScript);
    browser.must_read("The check needs JavaScript");
    browser.must_read("999");
}
