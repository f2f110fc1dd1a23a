//! What no text may say to a patient: promises, a disease as theirs where nothing is urgent, and to stop a medicine; and
//! what a clinic's name may not.
//!
//! The lists are of English words. A phrase that says one of them for a good reason, such as a myth that is answered, is
//! allowed by name below `[[allowed]]` in the words of the site.

use crate::problem::Located;
use crate::read::said::{Kind, Said};
use crate::read::toml::Table;
use mesocheck::model::Check;
use std::cell::Cell;

/// A phrase that may stand in a text.
#[derive(Debug)]
pub struct Allowed {
    text: Located<String>,
    words: Vec<String>,
    used: Cell<bool>,
}

/// Words that no text may use as a claim; `*` stands for any ending.
const CLAIMS: &[&str] = &[
    "safe for you",
    "risk free",
    "painless*",
    "no downtime",
    "non invasive",
    "noninvasive",
    "guarantee*",
    "melt* fat",
    "fat melt*",
    "cure",
    "cures",
    "cured",
    "curing",
    "you are suitable",
    "you're suitable",
    "diagnos*",
];

/// Words that a clinic's name may not add to it: who shows the check also sells the treatment.
const SEALS: &[&str] = &[
    "approved",
    "certified",
    "accredited",
    "licensed",
    "official",
    "recommended",
    "proven",
    "safe",
    "safest",
    "doctors' choice",
    "fda",
    "mhra",
    "nhs",
];

/// Prescription medicines: a name that holds one is an offer of it, which the law of many countries forbids.
const MEDICINES: &[&str] = &[
    "botox",
    "botulinum*",
    "toxin*",
    "anti wrinkle*",
    "dysport",
    "azzalure",
    "bocouture",
    "xeomin",
    "alluzience",
    "letybo",
    "nuceiva",
    "vistabel",
    "relfydess",
    "kybella",
    "belkyra",
    "deoxychol*",
    "lidocaine",
    "hyaluronidase",
    "hyalase",
    "tretinoin",
    "isotretinoin",
    "roaccutane",
    "semaglutide",
    "tirzepatide",
    "liraglutide",
    "ozempic",
    "wegovy",
    "mounjaro",
    "saxenda",
    "zepbound",
];

/// How a disease is named as the reader's own.
const NAMING: &[&str] = &[
    "this can be",
    "this may be",
    "this could be",
    "this might be",
    "these can be",
    "these may be",
    "these could be",
    "these might be",
    "this is probably",
    "you probably have",
];

/// What is taken away by "stop".
const TAKEN: &[&str] = &["taking", "using", "your", "yours", "breastfeeding"];

/// Before "stop", within three words, in the same part of a sentence.
const NOT: &[&str] = &["not", "never", "don't", "no", "without", "before"];

/// Reads the phrases that are allowed.
pub fn allowed(words: &Table) -> Vec<Allowed> {
    let one = |entry: &Table| {
        let (text, phrase) = (entry.text("text"), entry.text("words"));
        // It is asked for so that whoever allows it thinks of one.
        let _ = entry.text("because");
        entry.finish();
        Allowed { text, words: tokens(&phrase.value), used: Cell::new(false) }
    };
    words.tables("allowed").into_iter().map(one).collect()
}

/// Reports what may not be said.
pub fn hold(said: &[Said], checks: &[&Check], allowed: &[Allowed], locale: &str, is_whole: impl Fn(&str) -> bool) {
    if !locale.starts_with("en") {
        return;
    }
    // Asked before anything is reported here.
    let whole: Vec<&Allowed> = allowed.iter().filter(|allowed| is_whole(&allowed.text.value)).collect();
    for text in said {
        let of_text: Vec<&Allowed> = allowed.iter().filter(|allowed| allowed.text.value == text.name).collect();
        let mild = text.kind == Kind::Reason && told_mildly(text, checks);
        text.parts.iter().for_each(|part| hold_part(part, mild, &of_text));
    }
    for unused in whole.into_iter().filter(|allowed| !allowed.used.get()) {
        let what = format!("Nothing in `{}` needs to be allowed", unused.text.value);
        unused.text.at.report(what, "Name the text as the message about it does, copy the words, or take this away.");
    }
}

/// The seal or the claim in a clinic's name, if there is one.
pub fn seal(name: &str) -> Option<&'static str> {
    let tokens = tokens(name);
    let in_it = |phrase: &&&str| places(&tokens, &phrase.split(' ').collect::<Vec<_>>()).next().is_some();
    SEALS.iter().chain(CLAIMS).find(in_it).copied()
}

/// The prescription medicine in a clinic's name, if there is one.
pub fn medicine(name: &str) -> Option<&'static str> {
    let tokens = tokens(name);
    let in_it = |phrase: &&&str| places(&tokens, &phrase.split(' ').collect::<Vec<_>>()).next().is_some();
    MEDICINES.iter().find(in_it).copied()
}

fn hold_part(part: &Located<String>, mild: bool, allowed: &[&Allowed]) {
    let tokens = tokens(&part.value);
    let found = |phrase: &str| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        let mut places = places(&tokens, &phrase).filter(|place| !is_allowed(&tokens, *place, phrase.len(), allowed));
        places.next().is_some()
    };
    let name = |list: &'static [&'static str]| list.iter().copied().find(|phrase| found(phrase));
    if let Some(claim) = name(CLAIMS) {
        let what = format!("This text says \"{}\"", claim.replace('*', "…"));
        part.at.report(what, "It must not be said as a claim. Say what is known, or allow the phrase: see README.md, How to write for patients.");
    }
    if let Some(naming) = name(NAMING).filter(|_| mild) {
        let what = format!("\"{naming}\" names a disease as the reader's, and nothing is urgent");
        part.at.report(what, "Say who should look at it: \"A doctor should look at this first.\"");
    }
    if let Some(taken) = TAKEN.iter().find(|taken| tells_to_stop(&tokens, taken, allowed)) {
        part.at.report(
            format!("This text tells people to \"stop {taken}\""),
            "Say whom to ask about it, or \"do not stop\".",
        );
    }
}

fn tells_to_stop(tokens: &[String], taken: &str, allowed: &[&Allowed]) -> bool {
    places(tokens, &["stop*", taken]).any(|place| {
        let before = tokens.iter().take(place).rev().take(3).take_while(|token| *token != BREAK);
        let negated = before.into_iter().any(|token| NOT.contains(&token.as_str()));
        !negated && !is_allowed(tokens, place, 2, allowed)
    })
}

/// Whether some rule tells it at an outcome that is not urgent enough to be shown before all is answered.
fn told_mildly(text: &Said, checks: &[&Check]) -> bool {
    let urgent = |check: &Check, outcome: Option<usize>| {
        outcome.and_then(|place| check.outcomes.get(place)).is_some_and(|outcome| outcome.shown_incomplete)
    };
    let tells = |reason: &str| text.parts.iter().any(|part| reason.contains(&part.value));
    let mut rules = checks.iter().flat_map(|check| check.rules.iter().map(move |rule| (check, rule)));
    // The template of "not sure" stands in no rule as it is.
    text.name.contains(".unsure.") || rules.any(|(check, rule)| !urgent(check, rule.outcome) && tells(&rule.reason))
}

fn is_allowed(tokens: &[String], place: usize, length: usize, allowed: &[&Allowed]) -> bool {
    let around = |allowed: &&&Allowed| {
        let phrase: Vec<&str> = allowed.words.iter().map(String::as_str).collect();
        places(tokens, &phrase).any(|start| start <= place && place + length <= start + phrase.len())
    };
    let found = allowed.iter().find(around);
    found.inspect(|allowed| allowed.used.set(true)).is_some()
}

/// Where a part of a sentence ends.
const BREAK: &str = "|";

/// Words in small letters, without hyphens; and where parts of sentences end.
fn tokens(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    let text = text.replace(['.', '!', '?', ',', ';', ':', '(', ')'], " | ");
    let apart = |letter: char| !letter.is_alphanumeric() && !['\'', '|'].contains(&letter);
    text.split(apart).filter(|token| !token.is_empty()).map(str::to_owned).collect()
}

/// Where a phrase begins.
fn places<'a>(tokens: &'a [String], phrase: &'a [&'a str]) -> impl Iterator<Item = usize> + 'a {
    let fits =
        |token: &String, word: &&str| word.strip_suffix('*').map_or(token == word, |start| token.starts_with(start));
    let here = move |window: &[String]| window.iter().zip(phrase).all(|(token, word)| fits(token, word));
    tokens
        .windows(phrase.len().max(1))
        .enumerate()
        .filter(move |(_, window)| !phrase.is_empty() && here(window))
        .map(|(place, _)| place)
}

#[cfg(test)]
mod tests {
    use crate::read::tone::{TAKEN, seal, tells_to_stop, tokens};

    #[test]
    fn a_name_is_a_name_and_no_seal() {
        for name in ["Example Clinic", "Dr. Safeer & Sons", "Certifica Roma", "St. Luke's Skin, Leeds"] {
            assert_eq!(seal(name), None, "{name}");
        }
        for (name, found) in [
            ("MHRA-approved Skin", "approved"),
            ("The Safe Needle", "safe"),
            ("Painless Meso", "painless*"),
            ("Clinic (certified)", "certified"),
        ] {
            assert_eq!(seal(name), Some(found), "{name}");
        }
    }

    #[test]
    fn only_what_tells_to_stop_is_found() {
        let tells = |text: &str| TAKEN.iter().any(|taken| tells_to_stop(&tokens(text), taken, &[]));
        for text in [
            "Stop taking it a week before.",
            "If you do not feel well, stop your tablets.",
            "You could stop using it.",
            "Try stopping your medicine first.",
            "Do not worry. Stop your cream.",
        ] {
            assert!(tells(text), "{text}");
        }
        for text in [
            "Do not stop your medicine for this.",
            "Never stop taking it.",
            "There is no need to stop breastfeeding.",
            "Don’t stop using the cream on your own.",
            "Ask before stopping your tablets.",
            "Bleeding that will not stop.",
        ] {
            assert!(!tells(text), "{text}");
        }
    }
}
