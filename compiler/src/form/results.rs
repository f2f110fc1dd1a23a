//! What the letters and numbers in the signs mean.

use crate::form::{Field, Row, Tick, Whom, Writer};
use mesocheck::model::{Ask, Headline, Outcome, ReviewState, Rule};
use mesocheck::view::words::fill;

impl Writer<'_> {
    /// Whom to ask, with what a result says of it.
    pub fn whom(&self, ask: Ask, name: &str) -> Whom {
        let title = self.check.headlines.iter().find(|other| other.any_ask == Some(ask) && demands(other) == 1);
        let title = title.map(|other| (self.site.say(&other.title), self.site.say(&other.lead)));
        Whom { number: self.number(ask).unwrap_or_default(), name: name.to_owned(), title }
    }

    /// The results, most severe first.
    pub fn results(&self, fields: &[Field]) -> Vec<Row> {
        let row = |(place, outcome): (usize, &Outcome)| {
            let words = (outcome.title.clone(), outcome.lead.clone());
            let withdrawn = place == 0 && self.site.review.state == ReviewState::Withdrawn;
            let labels = self.labels();
            let (title, lead) = if withdrawn { (labels.out_of_date_title(), labels.out_of_date()) } else { words };
            Row {
                outcome: place,
                letter: self.letters.get(place).filter(|_| place > 0).cloned(),
                title: self.site.say(&title),
                lead: self.site.say(&lead),
                others: self.others(place, outcome, fields),
            }
        };
        self.check.outcomes.iter().enumerate().rev().map(row).collect()
    }

    /// Other titles of an outcome, each with the boxes or signs it stands for.
    fn others(&self, place: usize, outcome: &Outcome, fields: &[Field]) -> Vec<(String, String, String)> {
        let mine = self.check.headlines.iter();
        let mine = mine.filter(|other| other.outcomes.contains(&place) && other.title != outcome.title);
        let one = |other: &Headline| {
            let when = self.when_titled(place, other, fields)?;
            Some((when, self.site.say(&other.title), self.site.say(&other.lead)))
        };
        mine.filter_map(one).collect()
    }

    /// When a title stands in place of the outcome's own. One that demands more than one thing is left out: the outcome's
    /// own holds as well. One that demands somebody to ask stands beside whom to ask.
    fn when_titled(&self, place: usize, other: &Headline, fields: &[Field]) -> Option<String> {
        let labels = self.labels();
        let codes = |fits: &dyn Fn(&Rule) -> bool| -> Vec<String> {
            let ticks = fields.iter().flat_map(|field| &field.ticks);
            let fits = |tick: &&Tick| {
                let rule = tick.rule.and_then(|rule| self.rule(rule));
                rule.is_some_and(|rule| rule.outcome == Some(place) && fits(rule))
            };
            ticks.filter(fits).map(|tick| tick.code.clone()).collect()
        };
        let (text, options) = if let Some(scope) = other.any_scope {
            (labels.paper_with(), codes(&|rule| rule.scope == Some(scope)))
        } else if other.only_unsure {
            (labels.paper_only_with(), codes(&|rule| rule.unsure.is_some()))
        } else {
            (labels.paper_only_numbers(), other.only_ask.iter().filter_map(|ask| self.number(*ask)).collect())
        };
        let one = demands(other) == 1 && !options.is_empty();
        one.then(|| fill(&text, &[("options", &options.join(", "))]))
    }
}

/// How many things a title demands.
fn demands(title: &Headline) -> usize {
    let demands = [
        title.any_ask.is_some(),
        !title.only_ask.is_empty(),
        title.only_unsure,
        title.any_scope.is_some(),
        title.any_within.is_some(),
        title.only_within.is_some(),
        title.nothing_found,
    ];
    demands.into_iter().filter(|demand| *demand).count()
}
