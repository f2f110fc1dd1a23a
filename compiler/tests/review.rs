//! Signatures: what is signed can be booked, and what is changed afterwards is a draft again.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic, also in its helpers"
)]
#![allow(dead_code, reason = "each test uses a part of what they share")]

#[path = "sample/folder.rs"]
mod folder;
#[path = "parts/program.rs"]
mod program;

use crate::folder::Folder;
use crate::program::{complaint, said};
use leptos::prelude::{Callback, IntoAny, Owner, RenderHtml, RwSignal};
use mesocheck::engine::{Place, Standing, decide, journey, replay};
use mesocheck::model::{Answers, Date, Now, OptionId, Pack, QuestionId, ReviewState};
use mesocheck::page::check::at_rest;
use mesocheck::view::State;
use mesocheck::view::result::{Ways, letter};
use mesocheck::view::words::Speech;
use std::sync::Arc;

const BOOKING: &str = "https://clinic.example/book";

#[test]
fn signed_content_has_a_booking_link_and_one_changed_reason_takes_it_away() {
    let folder = Folder::tiny("review-signed");
    sign(&folder);
    assert!(check(&folder).contains("signed by Dr Bo Example on 2026-11-30"), "{}", check(&folder));
    let pack = pack(&folder);
    assert_eq!((pack.review.by.as_str(), pack.review.on.as_str()), ("Dr Bo Example", "2026-11-30"));
    assert!(result(pack).contains(&format!("href=\"{BOOKING}\" data-booking")));
    // The clinic and the address are no content.
    edit(&folder, "site.toml", "Example Clinic", "Another Clinic");
    edit(&folder, "site.toml", "https://check.example", "https://other.example");
    assert!(check(&folder).contains("signed by"), "{}", check(&folder));
    edit(&folder, "en/suitability.toml", "Let it heal first.", "Let it heal well.");
    assert!(check(&folder).contains("draft: no signature"), "{}", check(&folder));
    let pack = self::pack(&folder);
    assert_eq!(pack.review.state, ReviewState::Draft);
    assert!(!result(pack).contains("data-booking"));
}

#[test]
fn every_part_that_is_signed_changes_the_hash() {
    let folder = Folder::tiny("review-hash");
    let before = hash(&folder);
    for (path, old, new) in [
        ("suitability/questions.toml", "confidence = \"medium\"", "confidence = \"high\""),
        ("suitability/musts.toml", "at_least = \"wait\"", "at_least = \"talk\""),
        ("aftercare/rules.toml", "Dr Ann Example", "Dr Bo Example"),
        ("site.toml", "tel:111", "tel:112"),
        ("sources.toml", "Read in full.", "Read in part."),
        ("en/site.toml", "NHS 111", "NHS 112"),
        ("en/site.toml", "book = \"words\"", "book = \"other words\""),
        ("en/faq/what-is-it.md", "It can sting.", "It may sting."),
        ("en/pages/about.md", "Some words.", "Other words."),
    ] {
        let text = folder.text(path);
        edit(&folder, path, old, new);
        assert_ne!(hash(&folder), before, "{path}: {new}");
        folder.put(path, text.as_bytes());
    }
    assert_eq!(hash(&folder), before);
}

#[test]
fn withdrawn_content_is_withdrawn_whoever_signed_it() {
    let folder = Folder::tiny("review-withdrawn");
    sign(&folder);
    let signatures = folder.text("review.toml");
    folder.put("review.toml", format!("withdrawn = true\n{signatures}").as_bytes());
    assert!(check(&folder).contains("withdrawn"), "{}", check(&folder));
    assert_eq!(pack(&folder).review.state, ReviewState::Withdrawn);
}

#[test]
fn a_guess_that_nobody_stands_behind_is_open_and_cannot_be_signed() {
    let folder = Folder::tiny("review-open");
    let (questions, low) = ("suitability/questions.toml", "confidence = \"low\", change");
    assert!(check(&folder).contains("open points: 0 of low confidence"), "{}", check(&folder));
    edit(&folder, questions, "confidence = \"medium\", change", low);
    assert!(check(&folder).contains("open points: 1 of low confidence"), "{}", check(&folder));
    sign(&folder);
    let told = complaint(&words(&folder), "");
    assert!(told.contains("cannot be signed") && told.contains("skin.sore"), "{told}");
    edit(&folder, questions, low, "confidence = \"low\", agreed_by = \"Dr Ann Example\", change");
    assert!(check(&folder).contains("open points: 0 of low confidence"), "{}", check(&folder));
}

/// A past day is told by `check`; the site is made all the same.
#[test]
fn content_past_its_day_makes_a_site_all_the_same() {
    let folder = Folder::tiny("review-past");
    edit(&folder, "suitability/questions.toml", "review_by = 2027-11-30", "review_by = 2020-01-31");
    assert!(complaint(&words(&folder), "").contains("2020-01-31"));
    assert_eq!(pack(&folder).check.review_by, Date::parse("2020-01-31").unwrap());
}

fn words(folder: &Folder) -> [&str; 5] {
    ["--content", folder.path(), "check", "--today", "2026-12-01"]
}

fn check(folder: &Folder) -> String {
    said(&words(folder), "")
}

/// The hash that a signature must have.
fn hash(folder: &Folder) -> String {
    let told = check(folder);
    told.split("hash = \"").nth(1).unwrap_or_else(|| panic!("{told}")).split('"').next().unwrap().to_owned()
}

fn sign(folder: &Folder) {
    let signature = format!("[[signature]]\nhash = \"{}\"\nby = \"Dr Bo Example\"\non = 2026-11-30\n", hash(folder));
    folder.put("review.toml", signature.as_bytes());
}

fn edit(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = folder.text(path);
    assert!(text.contains(old), "{path} has no {old}");
    folder.put(path, text.replacen(old, new, 1).as_bytes());
}

/// The pack in the page of the suitability check.
fn pack(folder: &Folder) -> Pack {
    folder.put("built/app/island.js", b"let glue;");
    folder.put("built/app/island_bg.wasm", b"\0asm\x01\0\0\0");
    folder.put("built/public/empty.txt", b"");
    let [app, out, public] = ["app", "out", "public"].map(|name| format!("{}/built/{name}", folder.path()));
    let words = ["--content", folder.path(), "site", "--no-twins", "--app", &app, "--out", &out, "--public", &public];
    said(&words, "");
    let page = folder.text("built/out/en/check/index.html");
    let json = page.split("id=\"pack\">").nth(1).unwrap().split("</script>").next().unwrap();
    Pack::read(json).unwrap()
}

/// The result of a person to whom nothing applies, as the island draws it.
fn result(pack: Pack) -> String {
    let now = Now::at_noon(Date::parse("2026-12-01").unwrap());
    let mut answers = Answers::new();
    for (question, answer) in [("signs", "none"), ("age", "40"), ("skin", "no"), ("plans", "no")] {
        answers.set(QuestionId::new(question), vec![OptionId::new(answer)], now.moment);
    }
    let replay = replay(&pack.check, &answers, now);
    let decision = decide(&pack.check, &replay, Standing::Current, now.today);
    let journey = journey(&pack.check, &replay, &decision);
    let screen = journey.screen(Place::Result);
    let rest = at_rest(&pack);
    let state = State { screen, replay, decision, journey, made: now.moment, today: now.today, country: 0, ..rest };
    let speech =
        Speech { pack: Arc::new(pack), country: 0, moment: |_, _| String::new(), date: |_, date| date.to_string() };
    let ways = Ways { questions: String::new(), prepare: String::new() };
    let last = ().into_any();
    Owner::new().with(|| letter(&speech, RwSignal::new(state), &ways, Callback::new(|_| ()), last).to_html())
}
