//! The site on the servers whose configurations it comes with.

use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::hosting::{Head, Server, head_of};
use browser_tests::site::Site;
use std::collections::BTreeMap;

/// The headers on which privacy, safety and working without a connection rest.
const HEADERS: &[&str] = &[
    "access-control-allow-origin",
    "cache-control",
    "content-security-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
];

/// One address of each kind.
fn addresses(site: &Site) -> Vec<String> {
    let listed = site.listed();
    let app = listed.iter().find(|path| path.starts_with("assets/app-")).unwrap().clone();
    let style = listed.iter().find(|path| path.starts_with("assets/style-")).unwrap().clone();
    let manifest = listed.iter().find(|path| path.ends_with(".webmanifest")).unwrap().clone();
    let plain = ["", "en/", "en/check/", "en/check/index.html", "404.html", "sw.js", "icon.svg", "icons/192.png"];
    // The script for other websites keeps its address when it changes.
    let others = ["embed.js", "en/there-is-no-such-page", "assets/no-such-file.js"];
    plain.into_iter().chain(others).map(str::to_owned).chain([app, style, manifest]).collect()
}

fn ours(head: &Head) -> BTreeMap<&str, &str> {
    let known = head.headers.iter().filter(|(name, _)| HEADERS.contains(&name.as_str()));
    known.map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// `text/javascript` and `application/javascript` are one; the letters' encoding stands in the pages.
fn kind(head: &Head) -> String {
    let kind = head.headers.get("content-type").map_or("none", |kind| kind.split(';').next().unwrap());
    kind.replace("application/javascript", "text/javascript")
}

/// `twins`: the encoding of compressed twins.
fn must_answer_as_ours(server: Server, twins: &str) {
    let (plain, site) = (Site::with_worker(), Site::on(server));
    for path in addresses(&plain) {
        let (expected, found) = (head_of(plain.port(), &path, twins), head_of(site.port(), &path, twins));
        assert_eq!(expected.status, found.status, "{server:?} {path}");
        assert_eq!(ours(&expected), ours(&found), "{server:?} {path}");
        assert_eq!(ours(&found).len(), HEADERS.len(), "{server:?} {path}");
        if found.status == 200 {
            assert_eq!(kind(&expected), kind(&found), "{server:?} {path}");
            let [sent, taken] = [&expected, &found].map(|head| head.headers.get("content-encoding"));
            assert_eq!(sent, taken, "{server:?} {path}");
            let whole = head_of(site.port(), &path, "identity");
            assert_eq!(whole.headers.get("content-encoding"), None, "{server:?} {path}");
            assert_eq!(kind(&whole), kind(&found), "{server:?} {path}");
        }
    }
    assert_eq!(head_of(site.port(), "en/check/", twins).headers["content-encoding"], twins);
}

/// A whole check without a broken policy; then the same without the server.
fn must_carry_a_check(server: Server) {
    let browser = Browser::with(Site::on(server), Setting::Usual);
    browser.open_check();
    browser.until_kept();
    browser.start();
    browser.answer_all(&[("concern", &["hair", "fat"]), ("thinners", &["anticoag"])]);
    browser.step("result");
    browser.must_be("result");
    browser.must_be_quiet();
    browser.site().stop();
    browser.go_to("aftercare/");
    browser.ready();
    browser.complete(&[("a_common", &["red"])]);
}

#[browser_test(verify)]
fn nginx_serves_the_site() {
    must_answer_as_ours(Server::Nginx, "gzip");
    must_carry_a_check(Server::Nginx);
}

#[browser_test(verify)]
fn apache_serves_the_site() {
    must_answer_as_ours(Server::Apache, "br");
    must_answer_as_ours(Server::Apache, "gzip");
    must_carry_a_check(Server::Apache);
}

#[browser_test(verify)]
fn caddy_serves_the_site() {
    must_answer_as_ours(Server::Caddy, "br");
    must_answer_as_ours(Server::Caddy, "gzip");
    must_carry_a_check(Server::Caddy);
}

/// What a host that reads such a file adds to an address: every header of every pattern that fits.
fn added<'a>(file: &'a str, path: &str) -> BTreeMap<String, Vec<&'a str>> {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut fits = false;
    for line in file.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if let Some(header) = line.strip_prefix("  ") {
            let (name, value) = header.split_once(": ").unwrap();
            if fits {
                found.entry(name.to_lowercase()).or_default().push(value);
            }
        } else {
            let whole = format!("/{path}");
            fits = line.strip_suffix('*').map_or(line == whole, |start| whole.starts_with(start));
        }
    }
    found
}

/// Nobody in Debian reads this file, so here it is read by its rules. Where a header comes twice, such hosts join both.
#[browser_test(verify)]
fn a_file_of_headers_says_the_same() {
    let site = Site::with_worker();
    let file = String::from_utf8(site.read("hosting/_headers")).unwrap();
    for path in addresses(&site) {
        let head = head_of(site.port(), &path, "identity");
        if head.status == 200 {
            let found = added(&file, &path);
            for (name, value) in ours(&head) {
                let said = found.get(name).map(Vec::as_slice).unwrap_or_default();
                // A policy does nothing on a picture or a style sheet, and pages carry theirs in themselves too.
                let may_lack = name == "content-security-policy" && kind(&head) != "text/html" && path != "sw.js"
                    || name == "cache-control" && path.contains("icon");
                assert!(said == [value] || may_lack && said.is_empty(), "{path}: {name}: {said:?} instead of {value}");
            }
        }
    }
}
