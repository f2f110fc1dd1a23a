//! `mesocheck draw`: the drawing is well formed, complete, large enough to read, and the same each time.

use crate::parts::program::{complaint, content, said};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;

const CHECKS: [&str; 2] = ["suitability", "aftercare"];

fn drawn(check: &str) -> String {
    said(&["--content", content().to_str().unwrap(), "draw", check], "")
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

#[test]
fn it_is_one_picture_with_a_name_and_a_description() {
    for check in CHECKS {
        let text = drawn(check);
        let svg = Document::parse(&text).unwrap();
        let root = svg.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let names: Vec<&str> = root.children().take(2).map(|child| child.tag_name().name()).collect();
        assert_eq!(names, ["title", "desc"]);
        assert!((1000.0..=1400.0).contains(&number(root, "width")));
        for node in svg.descendants().filter(Node::is_element) {
            assert!(!["style", "script", "image", "use", "foreignObject", "a"].contains(&node.tag_name().name()));
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on") && attribute.name() != "style", "{attribute:?}");
                assert!(!attribute.value().contains("url(") && !attribute.name().contains("href"), "{attribute:?}");
            }
        }
    }
}

#[test]
fn every_question_and_option_stands_there_once() {
    for check in CHECKS {
        let text = drawn(check);
        let svg = Document::parse(&text).unwrap();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        svg.descendants().filter_map(|node| node.attribute("id")).for_each(|id| *seen.entry(id).or_default() += 1);
        let file = std::fs::read_to_string(content().join(check).join("questions.toml")).unwrap();
        let questions: toml::Table = toml::from_str(&file).unwrap();
        let mut wanted = 0;
        for question in questions["question"].as_array().unwrap() {
            let id = format!("flow-{check}.{}", question["id"].as_str().unwrap());
            assert_eq!(seen.get(id.as_str()), Some(&1), "{id}");
            let options = question["options"].as_array().unwrap();
            for option in options {
                let id = format!("{id}.{}", option["id"].as_str().unwrap());
                assert_eq!(seen.get(id.as_str()), Some(&1), "{id}");
            }
            wanted += 1 + options.len();
        }
        assert_eq!(seen.len(), wanted, "nothing else has an id");
    }
}

#[test]
fn no_word_is_too_small_or_runs_out_of_the_picture() {
    for check in CHECKS {
        let text = drawn(check);
        let svg = Document::parse(&text).unwrap();
        let width = number(svg.root_element(), "width");
        for node in svg.descendants().filter(|node| node.has_tag_name("text")) {
            let (size, x) = (number(node, "font-size"), number(node, "x"));
            assert!(size >= 11.0, "{size}: {:?}", node.text());
            let words = node.text().unwrap_or_default();
            // A little less than half of the size is about the mean width of a letter.
            let length = f64::from(u32::try_from(words.chars().count()).unwrap()) * size * 0.45;
            let (left, right) = match node.attribute("text-anchor") {
                Some("end") => (x - length, x),
                Some(_) => (x - length / 2.0, x + length / 2.0),
                None => (x, x + length),
            };
            assert!(left >= 0.0 && right <= width, "{left} to {right}: {words}");
        }
    }
}

#[test]
fn an_option_says_what_it_leads_to_in_a_letter_and_what_it_opens() {
    let text = drawn("suitability");
    let svg = Document::parse(&text).unwrap();
    let texts = |id: &str| -> Vec<String> {
        let group = svg.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        group.descendants().filter(|node| node.has_tag_name("text")).map(|node| node.text().unwrap().into()).collect()
    };
    let emergency = texts("flow-suitability.em_now.breath");
    assert_eq!((emergency[0].as_str(), emergency[2].as_str()), ("E", "STOP"));
    assert_eq!(texts("flow-suitability.age.under18")[2], "END");
    assert_eq!(texts("flow-suitability.meds.iso")[2], "180 days");
    assert_eq!(texts("flow-suitability.concern.fat")[2], "→ 8, 32");
    let when = texts("flow-suitability.eating").into_iter().find(|text| text.starts_with("Asked only")).unwrap();
    assert!(when.contains("A small area of fat or Cellulite or Losing weight overall"), "{when}");
    let infected = texts("flow-suitability.site").concat();
    assert!(
        infected.contains("x.weak_infect") || texts("flow-suitability.diabetes").concat().contains("x.weak_infect")
    );
    let text = drawn("aftercare");
    let svg = Document::parse(&text).unwrap();
    let bruise = svg.descendants().find(|node| node.attribute("id") == Some("flow-aftercare.a_common.bruise")).unwrap();
    let letters: Vec<&str> =
        bruise.descendants().filter(|node| node.has_tag_name("text")).filter_map(|node| node.text()).collect();
    assert_eq!(letters, ["N", "D", "Bruising"]);
}

#[test]
fn what_is_proven_stands_beside_it() {
    let text = drawn("suitability");
    let svg = Document::parse(&text).unwrap();
    let texts: Vec<&str> = svg.descendants().filter_map(|node| node.text()).collect();
    let file = std::fs::read_to_string(content().join("suitability/musts.toml")).unwrap();
    let musts: toml::Table = toml::from_str(&file).unwrap();
    for must in musts["must"].as_array().unwrap() {
        let id = format!("({})", must["id"].as_str().unwrap());
        assert!(texts.iter().any(|text| text.ends_with(&id)), "{id}");
    }
    let without = said(&["--content", content().to_str().unwrap(), "draw", "--no-proof"], "");
    assert!(!without.contains("Proven") && text.contains("Proven"));
}

#[test]
fn it_is_the_same_each_time_and_in_a_file() {
    let first = drawn("suitability");
    assert_eq!(first, drawn("suitability"));
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("flow.svg");
    // One of an older program has no mark.
    _ = std::fs::remove_file(&file);
    said(&["--content", content().to_str().unwrap(), "draw", "--out", file.to_str().unwrap()], "");
    assert_eq!(std::fs::read_to_string(file).unwrap(), first);
}

#[test]
fn a_check_that_is_none_is_told() {
    let told = complaint(&["--content", content().to_str().unwrap(), "draw", "skin"], "");
    assert!(told.contains("known: suitability, aftercare"), "{told}");
}
