//! Amounts of time in words, such as "at least six months": held against the days they stand for.

use crate::read::fact::written;
use std::fmt::{Display, Formatter, Result};

/// An amount of time, as it is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    words: String,
    /// The fewest and the most days it can be: months and years differ.
    least: u32,
    most: u32,
}

/// Each unit with the fewest and the most days it has, counted on from any day; a month of 30 days is one too.
const UNITS: &[(&str, u32, u32)] =
    &[("day", 1, 1), ("week", 7, 7), ("fortnight", 14, 14), ("month", 30, 31), ("year", 360, 366)];

impl Amount {
    /// Whether so many days are what it says.
    pub fn fits(&self, days: u32) -> bool {
        (self.least..=self.most).contains(&days)
    }
}

impl Display for Amount {
    fn fmt(&self, to: &mut Formatter<'_>) -> Result {
        to.write_str(&self.words)
    }
}

/// The first amount that a text says, with what is added to it: "1 year and 6 months".
pub fn said(text: &str) -> Option<Amount> {
    let plain = text.to_lowercase().replace(['-', '\u{a0}', '\u{202f}'], " ");
    let words: Vec<&str> =
        plain.split_whitespace().map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric())).collect();
    let mut found: Option<Amount> = None;
    let mut place = 0;
    while let Some(pair) = words.get(place..place + 2) {
        let next = if let [number, unit] = pair { amount(number, unit, halved(&words, place)) } else { None };
        match (next, found.as_mut()) {
            (Some(next), None) => {
                found = Some(next);
                place += 2;
            }
            (Some(next), Some(found)) => {
                *found = Amount {
                    words: format!("{} and {}", found.words, next.words),
                    least: found.least + next.least,
                    most: found.most + next.most,
                };
                place += 2;
            }
            (None, Some(_)) if pair.first() == Some(&"and") && place_says(&words, place + 1) => place += 1,
            (None, Some(_)) => break,
            (None, None) => place += 1,
        }
    }
    found
}

fn place_says(words: &[&str], place: usize) -> bool {
    matches!(words.get(place..place + 2), Some([number, unit]) if amount(number, unit, 1).is_some())
}

/// Whether "half" stands before "a year".
fn halved(words: &[&str], place: usize) -> u32 {
    let before = place.checked_sub(1).and_then(|before| words.get(before));
    if before == Some(&"half") { 2 } else { 1 }
}

fn amount(number: &str, unit: &str, divided: u32) -> Option<Amount> {
    let (_, least, most) = UNITS.iter().find(|(name, _, _)| unit == *name || unit.strip_suffix('s') == Some(name))?;
    let count = match number {
        "a" | "an" => Some(1),
        word => written(word).filter(|count| *count < 4000),
    }?;
    let half = if divided == 1 { "" } else { "half " };
    Some(Amount {
        words: format!("{half}{number} {unit}"),
        least: least * count / divided,
        most: most * count / divided,
    })
}

#[cfg(test)]
mod tests {
    use crate::read::amount::said;

    #[test]
    fn days_fit_what_words_say_of_them() {
        for (text, days) in [
            ("until 6 months after your last tablet", 180),
            ("until about six months after the birth", 184),
            ("until 2 weeks after it has healed", 14),
            ("until you have had at least two weeks to think", 14),
            ("until a month after that", 30),
            ("until a year has gone by", 365),
            ("until half a year later", 182),
            ("until a fortnight later", 14),
            ("for a 6-month wait", 182),
            ("until 1 year and 6 months later", 365 + 182),
            ("until 2 weeks after that, or at least 4 weeks", 14),
        ] {
            let said = said(text).unwrap_or_else(|| panic!("{text}"));
            assert!(said.fits(days), "{text}: {said:?}");
            assert!(!said.fits(days + 9) && !said.fits(days - 9), "{text}: {said:?}");
        }
        assert_eq!(said("until the rash has settled"), None);
        assert_eq!(said("until one of them is gone"), None);
    }
}
