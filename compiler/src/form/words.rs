//! Conditions in words: by the numbers of boxes.

use crate::form::ways::{Way, ways};
use crate::form::{Writer, code};
use mesocheck::model::{Condition, Options};
use mesocheck::view::words::fill;

impl Writer<'_> {
    /// "you ticked one of 6c, 6d".
    pub fn ticked(&self, question: usize, set: Options) -> String {
        fill(&self.labels().paper_ticked(), &[("options", &self.any_of(&codes(question, set)))])
    }

    fn any_of(&self, codes: &str) -> String {
        let alone = codes.chars().all(char::is_alphanumeric);
        if alone { codes.to_owned() } else { fill(&self.labels().paper_one_of(), &[("options", codes)]) }
    }

    /// A condition in words.
    pub fn when(&self, when: &Condition) -> String {
        let ways: Vec<String> = ways(when).iter().map(|way| self.way(way)).collect();
        ways.join(&format!(", {} ", self.labels().cond_or()))
    }

    /// One way in which a condition can hold, in words.
    pub fn way(&self, way: &Way) -> String {
        let labels = self.labels();
        let and = format!(" {} ", labels.cond_and());
        let ticked: Vec<String> = way.ticked().map(|(question, set)| self.any_of(&codes(question, set))).collect();
        let ticked = (!ticked.is_empty()).then(|| fill(&labels.paper_ticked(), &[("options", &ticked.join(&and))]));
        let rest = way.rest().map(|(leaf, holds)| {
            let text = self.leaf(leaf);
            if holds { text } else { fill(&labels.paper_not(), &[("when", &text)]) }
        });
        ticked.into_iter().chain(rest).collect::<Vec<String>>().join(&and)
    }

    fn leaf(&self, leaf: &Condition) -> String {
        let number = |text: String, question: usize, number: i64| {
            fill(&text, &[("n", &number.to_string()), ("topic", &(question + 1).to_string())])
        };
        match leaf {
            Condition::AnyOf(question, set) => self.ticked(*question, *set),
            Condition::AtLeast(question, least) => number(self.labels().paper_least(), *question, *least),
            Condition::AtMost(question, most) => number(self.labels().paper_most(), *question, *most),
            // Taken apart before.
            Condition::AllOf(..) | Condition::All(_) | Condition::Any(_) | Condition::Not(_) => String::new(),
        }
    }
}

/// The numbers of boxes: "6a, 6b, 6d–6k".
fn codes(question: usize, set: Options) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in set.places() {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == place => *end = place,
            Some(_) | None => runs.push((place, place)),
        }
    }
    let run = |(start, end): (usize, usize)| match end - start {
        0 => code(question, start),
        1 => format!("{}, {}", code(question, start), code(question, end)),
        _ => format!("{}–{}", code(question, start), code(question, end)),
    };
    runs.into_iter().map(run).collect::<Vec<String>>().join(", ")
}
