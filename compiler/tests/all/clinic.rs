//! A clinic's settings change who shows the check and how it looks; never what is asked, what follows, or what is told.

use crate::parts::drawn::{findings, hash, make, pack_of, result, sign};
use crate::parts::folder::{Folder, files, own};
use crate::parts::program::{Dice, lines, questions, said};
use mesocheck::model::{Clinic, Pack, Storage};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Every setting at its extremes.
const SETTINGS: &[(&str, &str)] = &[
    ("nothing", ""),
    ("one letter", "name = \"A\""),
    (
        "a name that is long and odd",
        "name = \"<b>{EMERGENCY}</b> & \\\"Sons\\\" Aesthetics, Appointed Clear Result Clinic of the Whole World and Beyond\"",
    ),
    ("a drawing", "name = \"A\"\nlogo = \"logo.svg\""),
    ("a picture", "name = \"A\"\nlogo = \"mark.png\""),
    ("a font of the device", "name = \"A\"\nfont = \"rounded\""),
    ("a font of its own", "name = \"A\"\nfont = \"block.woff2\""),
    ("the first country", "country = \"GB\""),
    ("booking", "name = \"A\"\nbooking = \"https://clinic.example/book\""),
    ("phone", "name = \"A\"\nphone = \"123456\""),
    ("both", "name = \"A\"\nbooking = \"https://a.example/\"\nphone = \"+123456789012345\""),
    ("neutral page", "neutral = \"https://weather.example/\""),
    ("exit", "exit = true\nneutral = \"https://weather.example/\""),
    ("device", "storage = \"device\""),
    ("asked", "storage = \"asked\""),
    ("tab", "storage = \"tab\""),
    ("none", "storage = \"none\""),
    ("suitability alone", "checks = [\"suitability\"]"),
    ("aftercare alone", "checks = [\"aftercare\"]"),
    (
        "the darkest",
        "name = \"A\"\n[colours]\nground = \"#ffffff\"\nsheet = \"#ffffff\"\nink = \"#000000\"\naccent = \"#000000\"\nline = \"#000000\"",
    ),
    (
        "the boldest",
        "name = \"A\"\n[colours]\nground = \"#ffe9f2\"\nsheet = \"#fffbe6\"\nink = \"#3b0a2a\"\naccent = \"#b3005e\"\nline = \"#a04a78\"",
    ),
];

/// A folder whose clinic set this.
fn set(folder: Folder, settings: &str) -> Folder {
    folder.put("clinic.toml", settings.as_bytes());
    folder.put("block.woff2", include_bytes!("../sample/block.woff2"));
    folder.put("mark.png", include_bytes!("../sample/mark.png"));
    folder.put("logo.svg", &std::fs::read(own("tiny/logo.svg")).unwrap());
    folder
}

/// The shipped content.
fn shipped(name: &str) -> Folder {
    let (folder, content) = (Folder::empty(name), own("../../content"));
    for file in files(&content) {
        folder.put(file.strip_prefix(&content).unwrap().to_str().unwrap(), &std::fs::read(&file).unwrap());
    }
    folder
}

/// What the pack holds, but for the clinic.
fn without_clinic(pack: &Pack) -> Value {
    serde_json::to_value(Pack { clinic: Clinic::default(), ..pack.clone() }).unwrap()
}

#[test]
fn whatever_a_clinic_sets_packs_differ_in_the_clinic_alone_and_results_show_every_reason() {
    let packs = |settings: &str| {
        let folder = set(Folder::tiny("clinic-packs"), settings);
        sign(&folder);
        make(&folder);
        ["check", "aftercare"].map(|page| pack_of(&folder, page))
    };
    let plain = packs("").map(Option::unwrap);
    let people = people();
    for (name, settings) in SETTINGS {
        let packs = packs(settings);
        assert!(packs.iter().any(Option::is_some), "{name}");
        for (pack, plain) in packs.iter().zip(&plain).filter_map(|(pack, plain)| Some((pack.as_ref()?, plain))) {
            assert_eq!(without_clinic(pack), without_clinic(plain), "{name}");
        }
        let Some(pack) = &packs[0] else { continue };
        for person in &people {
            let [with, without] = [pack, &plain[0]].map(|pack| result(pack.clone(), person));
            for start in ["data-rule=\"", "data-outcome=\""] {
                assert_eq!(parts(&with, start), parts(&without, start), "{name}: {person:?}");
            }
            let mut told = parts(&with, "data-rule=\"");
            told.sort_unstable();
            assert_eq!(told, findings(&plain[0], person), "{name}: {person:?}");
            let mildest = with.contains("data-outcome=\"clear\"");
            assert!(mildest || with == without, "{name}: {person:?}");
            let ways = usize::from(!pack.clinic.booking.is_empty()) + usize::from(pack.clinic.phone.is_some());
            assert_eq!(with.matches(" data-booking").count(), if mildest { ways } else { 0 }, "{name}: {person:?}");
        }
    }
}

/// Values of an attribute.
fn parts<'a>(html: &'a str, start: &str) -> Vec<&'a str> {
    html.split(start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Every answer set of the little check.
fn people() -> Vec<Vec<(&'static str, &'static str)>> {
    let mut people = Vec::new();
    for signs in ["none", "breath", "not_sure"] {
        for age in ["17", "40", "80", "not_sure"] {
            for skin in ["sore", "dry", "no", "not_sure", "prefer_not"] {
                for plans in ["yes", "no", "not_sure"] {
                    people.push(vec![("signs", signs), ("age", age), ("skin", skin), ("plans", plans)]);
                }
            }
        }
    }
    people
}

#[test]
fn whatever_a_clinic_sets_the_shipped_checks_decide_the_same_and_the_hash_stays() {
    let mut folder = shipped("clinic-decides");
    let mut dice = Dice(20);
    let given = ["suitability", "aftercare"].map(|check| {
        let all = questions(check);
        let person = |_| all.iter().map(|question| (question.id.clone(), json!(dice.answer(question)))).collect();
        (check, lines(&(0..200).map(person).collect::<Vec<Value>>()))
    });
    let decided = |folder: &Folder| {
        let decided = given.iter().map(|(check, given)| {
            let words = ["--content", folder.path(), "decide", check, "--lines", "--today", "2026-12-01"];
            said(&words, given)
        });
        (hash(folder), decided.collect::<Vec<String>>())
    };
    folder.remove("clinic.toml");
    let plain = decided(&folder);
    let outcomes: BTreeSet<&str> =
        plain.1.iter().flat_map(|lines| lines.lines()).filter_map(|line| line.split('"').nth(3)).collect();
    assert!(outcomes.len() > 3, "{outcomes:?}");
    // All of them would take a minute, and say no more: `decide` reads the same file for each.
    for (name, settings) in SETTINGS.iter().step_by(3) {
        folder = set(folder, settings);
        assert!(decided(&folder) == plain, "{name}");
    }
}

#[test]
fn a_pack_says_where_answers_may_be_kept_and_whom_to_ring() {
    let clinic = |settings: &str| {
        let folder = set(Folder::tiny("clinic-says"), settings);
        make(&folder);
        ["check", "aftercare"].map(|page| pack_of(&folder, page).unwrap())
    };
    for (word, storage) in
        [("device", Storage::Device), ("asked", Storage::Asked), ("tab", Storage::Tab), ("none", Storage::Nowhere)]
    {
        let [suitability, aftercare] = clinic(&format!("storage = \"{word}\""));
        assert_eq!((suitability.storage(), aftercare.storage()), (storage, Storage::Nowhere), "{word}");
    }
    let [pack, _] = clinic("name = \"A\"\nphone = \"020 7946 0000\"");
    assert_eq!(pack.clinic.phone.unwrap().href, "tel:02079460000");
}
