//! When each follow-up question of the shipped content is asked, stated here a second time: turning a condition round in
//! the content fails this.

use crate::parts::program::{decided, ids};
use serde_json::json;

/// Every question of the suitability check that is not asked of everybody.
const FOLLOW_UPS: &[&str] =
    &["hair1", "hair2", "body1", "stretch1", "scar1", "pig1", "pain1", "bdd2", "bdd3", "eating"];

/// An answer, and the follow-ups it brings.
const ASKED: &[(&str, &str, &[&str])] = &[
    ("concern", "face", &[]),
    ("concern", "pigment", &["pig1"]),
    ("concern", "hair", &["hair1", "hair2"]),
    ("concern", "fat", &["body1", "eating"]),
    ("concern", "cellulite", &["body1", "eating"]),
    ("concern", "stretch", &["stretch1"]),
    ("concern", "scars", &["scar1"]),
    ("concern", "pain", &["pain1"]),
    ("concern", "weight", &["eating"]),
    ("concern", "other", &[]),
    ("concern", "not_sure", &[]),
    ("bdd1", "no", &[]),
    ("bdd1", "yes", &["bdd2", "bdd3"]),
    ("bdd1", "not_sure", &["bdd2", "bdd3"]),
    ("bdd1", "prefer_not", &["bdd2", "bdd3"]),
    ("age", "18_69", &[]),
    ("age", "70plus", &[]),
];

#[test]
fn each_answer_brings_its_follow_ups_and_no_others() {
    for (question, option, follow_ups) in ASKED {
        let decision = decided("suitability", "2026-12-01", &[json!({ *question: [option] })]).remove(0);
        let missing = ids(&decision, "missing");
        let asked: Vec<&str> = FOLLOW_UPS.iter().copied().filter(|id| missing.contains(id)).collect();
        let mut wanted = follow_ups.to_vec();
        wanted.sort_by_key(|id| FOLLOW_UPS.iter().position(|other| other == id));
        assert_eq!(asked, wanted, "{question} = {option}");
    }
}

#[test]
fn everything_else_is_asked_of_every_adult_and_of_nobody_under_18() {
    let adult = decided("suitability", "2026-12-01", &[json!({})]).remove(0);
    assert_eq!(ids(&adult, "missing").len(), 38 - FOLLOW_UPS.len());
    let child = decided("suitability", "2026-12-01", &[json!({ "age": ["under18"] })]).remove(0);
    assert_eq!(ids(&child, "missing"), ["em_now", "urgent_now"]);
}
