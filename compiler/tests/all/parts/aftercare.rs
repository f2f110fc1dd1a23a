//! The aftercare check once more, written down by hand from its clinical rules instead of its content files: which level
//! each symptom has by the time since the treatment, and what raises it. It knows nothing of the engine.

use std::collections::BTreeSet;

/// Levels, mildest first.
pub const LEVELS: [&str; 5] = ["normal", "self-care", "clinic", "doctor", "emergency"];

const S: usize = 1;
const C: usize = 2;
const D: usize = 3;
const E: usize = 4;

/// Times since the treatment, in the order of the columns below.
const TIMES: [&str; 7] = ["now", "day1", "d3", "wk1", "wk4", "m3", "later"];

/// One letter per time: normal, self-care, clinic, doctor.
const TABLE: [(&str, &str); 19] = [
    ("red", "NNNSCDD"),
    ("swell", "NNNSCDD"),
    ("bruise", "NNNNCCC"),
    ("sore", "NNNSCDD"),
    ("itch", "NNSSCCC"),
    ("warm", "NSCCCCC"),
    ("numb", "NSCCCCC"),
    ("bumps", "NNSCCDD"),
    ("lump", "CCCCDDD"),
    ("dark", "SSSSCCC"),
    ("shed", "SSSSCCC"),
    ("patch", "CCCCDDD"),
    ("dent", "SSSSCCC"),
    ("mildhead", "SSSCCCC"),
    ("dizzy", "SSCCCCC"),
    ("coldsore", "CCCCCCC"),
    ("noresult", "NNNNNNC"),
    ("upset", "CCCCCCC"),
    ("other", "CCCCCCC"),
];

/// A whole set of answers.
pub struct Patient {
    pub em: Vec<String>,
    pub today: Vec<String>,
    pub when: String,
    pub trend: String,
    pub risk: Vec<String>,
    pub common: Vec<String>,
}

/// Level and findings. An unknown time counts as the worst of all times.
pub fn judged(patient: &Patient) -> (&'static str, BTreeSet<String>) {
    let mut found: Vec<(usize, String)> = Vec::new();
    for sign in patient.em.iter().filter(|sign| *sign != "none") {
        found.push((if sign == "not_sure" { D } else { E }, format!("a_em.{sign}")));
    }
    for sign in patient.today.iter().filter(|sign| *sign != "none") {
        found.push((D, format!("a_today.{sign}")));
    }
    let risk = |names: &[&str]| patient.risk.iter().any(|risk| names.contains(&risk.as_str()));
    if risk(&["weak"]) && patient.today.iter().any(|sign| sign == "fever") {
        found.push((E, "a_x.fever_weak".into()));
    }
    if risk(&["pregnant"]) {
        found.push((C, "a_risk.pregnant".into()));
    }
    found
        .extend(patient.common.iter().filter(|symptom| *symptom != "none").map(|symptom| symptom_of(patient, symptom)));
    let worst = found.iter().map(|(level, _)| *level).max().unwrap_or_default();
    (LEVELS[worst], found.into_iter().map(|(_, id)| id).collect())
}

fn symptom_of(patient: &Patient, symptom: &str) -> (usize, String) {
    let is = |names: &[&str]| names.contains(&symptom);
    let risk = |names: &[&str]| patient.risk.iter().any(|risk| names.contains(&risk.as_str()));
    let column = TIMES.iter().position(|time| *time == patient.when);
    let levels = TABLE.iter().find(|(name, _)| *name == symptom).unwrap().1;
    let level = |letter: char| "NSCD".find(letter).unwrap();
    let mut now = match column {
        Some(column) => level(levels.chars().nth(column).unwrap()),
        None => levels.chars().map(level).max().unwrap(),
    };
    // Days: 0 in the first hour, 1 up to a day, 2 for 1 to 3 days, 3 for 4 days and more.
    let days = column.map_or(3, |column| column.min(3));
    let mut id = format!("a_common.{symptom}");
    let mut raise = |to: usize, suffix: &str| {
        if to > now {
            now = to;
            id.push_str(suffix);
        }
        now
    };
    // What gets worse although it should ease. A bruise darkens for three days by itself.
    if ["worse", "not_sure"].contains(&patient.trend.as_str()) {
        if is(&["red", "swell", "sore", "warm", "bumps", "lump", "numb"]) {
            raise([0, C, D, D][days], "+worse");
        } else if is(&["bruise"]) {
            raise([0, C, C, D][days], "+worse");
        }
    }
    // Defences that are low, or may be: one level up, at least a call, at most a doctor.
    let low = risk(&["weak", "diabetes", "not_sure", "prefer_not"]);
    if low && days >= 2 && is(&["red", "swell", "sore", "warm", "bumps", "lump"]) {
        let reached = raise(0, "");
        raise((reached + S).clamp(C, D), "+risk");
    }
    if risk(&["weak"]) && is(&["coldsore"]) {
        raise(D, "+risk");
    }
    if risk(&["thinner"]) && is(&["bruise", "swell"]) && patient.trend != "better" {
        raise(C, "+thinner");
    }
    (now, id)
}
