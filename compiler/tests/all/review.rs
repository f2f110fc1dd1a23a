//! Signatures: what is signed can be booked, and what is changed afterwards is a draft again.

use crate::parts::drawn::{self, check, edit, hash, only_sign, pack, result, sign, words};
use crate::parts::folder::Folder;
use crate::parts::program::{complaint, content, said};
use mesocheck::model::{Date, ReviewState};

const BOOKING: &str = "https://clinic.example/book";

/// A person to whom nothing applies.
const NOTHING: [(&str, &str); 4] = [("signs", "none"), ("age", "40"), ("skin", "no"), ("plans", "no")];

#[test]
fn signed_content_has_a_booking_link_and_one_changed_reason_takes_it_away() {
    let folder = Folder::tiny("review-signed");
    sign(&folder);
    assert!(check(&folder).contains("signed by Dr Bo Example on 2026-11-30"), "{}", check(&folder));
    let pack = pack(&folder);
    assert_eq!((pack.review.by.as_str(), pack.review.on.as_str()), ("Dr Bo Example", "2026-11-30"));
    let drawn = result(pack, &NOTHING);
    assert!(drawn.contains(&format!("href=\"{BOOKING}\" data-booking")), "{drawn}");
    assert!(drawn.contains("href=\"tel:+442079460000\" data-booking"), "{drawn}");
    // The clinic and the address are no content.
    edit(&folder, "clinic.toml", "Example Clinic", "Another Clinic");
    edit(&folder, "site.toml", "https://check.example", "https://other.example");
    assert!(check(&folder).contains("signed by"), "{}", check(&folder));
    edit(&folder, "en/suitability.toml", "Let it heal first.", "Let it heal well.");
    assert!(check(&folder).contains("draft: no signature"), "{}", check(&folder));
    let pack = drawn::pack(&folder);
    assert_eq!(pack.review.state, ReviewState::Draft);
    let drawn = result(pack, &NOTHING);
    assert!(!drawn.contains("data-booking") && !drawn.contains("tel:+44"), "{drawn}");
}

/// Whoever softens a rule and signs has agreed to nothing.
#[test]
fn signed_content_that_does_not_do_what_was_agreed_is_a_draft() {
    let folder = Folder::tiny("review-agreed");
    sign(&folder);
    edit(&folder, "suitability/questions.toml", "within = \"week\", wait", "within = \"two_days\", wait");
    only_sign(&folder);
    let told = check(&folder);
    assert!(told.contains("not what was last agreed") && told.contains("mesocheck accept"), "{told}");
    let pack = pack(&folder);
    assert_eq!((pack.review.state, pack.review.by.as_str()), (ReviewState::Draft, ""));
    assert!(!result(pack, &NOTHING).contains("data-booking"));
    assert!(folder.text("built/out/en/check/index.html").contains("noindex"));
    said(&["--content", folder.path(), "accept", "--yes"], "");
    assert!(check(&folder).contains("signed by"), "{}", check(&folder));
    // Without the statement nobody can say what was agreed.
    folder.remove("aftercare/signed.json");
    assert!(!check(&folder).contains("signed by"), "{}", check(&folder));
}

#[test]
fn what_is_shipped_is_on_the_list_of_what_was_published() {
    let told = said(&["--content", content().to_str().unwrap(), "check", "--today", "2026-12-01"], "");
    let hash = told.split("hash = \"").nth(1).unwrap().split('"').next().unwrap();
    let list = include_str!("../../src/released.txt");
    assert!(
        list.lines().any(|line| line.split(' ').next() == Some(hash)),
        "The content was changed. When that is published, put a line into compiler/src/released.txt: {hash}"
    );
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
