//! Words with places to fill, and times in words.

use crate::model::{Country, Date, Labels, Moment, Pack};
use std::sync::Arc;

/// How this visit speaks: the words, whom to call, and how times are written.
#[derive(Clone, Debug)]
pub struct Speech {
    /// The pack the words stand in.
    pub pack: Arc<Pack>,
    /// Place of the country whose numbers are shown, where it is known or chosen.
    pub country: Option<usize>,
    /// Writes a moment.
    pub moment: fn(&str, Moment) -> String,
    /// Writes a day.
    pub date: fn(&str, Date) -> String,
}

impl Speech {
    /// The words of the interface.
    pub fn labels(&self) -> &Labels {
        &self.pack.labels
    }

    /// The country whose numbers are shown.
    pub fn country(&self) -> Option<&Country> {
        self.pack.countries.get(self.country?)
    }

    /// A text with the numbers of the country filled in.
    pub fn say(&self, text: &str) -> String {
        let labels = self.labels();
        let country = self.country().map(|country| (country.emergency.clone(), country.urgent.clone()));
        let (emergency, urgent) = country.unwrap_or_else(|| (labels.any_emergency(), labels.any_urgent()));
        fill(text, &[("EMERGENCY", &emergency), ("URGENT", &urgent)])
    }

    /// A moment in words.
    pub fn moment(&self, moment: Moment) -> String {
        (self.moment)(&self.pack.locale, moment)
    }

    /// A day in words.
    pub fn date(&self, date: Date) -> String {
        (self.date)(&self.pack.locale, date)
    }

    /// Several words as a list: "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} {} {last}", first.join(", "), self.labels().and()),
        }
    }
}

/// Puts values into the places of a text: `{n}`. A place nobody fills stays as it is.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut parts = text.split('{');
    let mut filled = String::from(parts.next().unwrap_or_default());
    for part in parts {
        let place = part.split_once('}').and_then(|(name, rest)| Some((value_of(values, name)?, rest)));
        let (begin, rest) = place.unwrap_or(("{", part));
        filled.push_str(begin);
        filled.push_str(rest);
    }
    filled
}

fn value_of<'a>(values: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    use crate::view::words::fill;

    #[test]
    fn fills_places() {
        assert_eq!(fill("Part {n} of {total}, {n}", &[("n", "3"), ("total", "7")]), "Part 3 of 7, 3");
        assert_eq!(fill("{other} stays", &[("n", "3")]), "{other} stays");
    }
}
