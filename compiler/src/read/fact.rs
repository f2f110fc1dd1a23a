//! Numbers in words that follow from the content or the program: how long a check takes, how many questions are asked
//! again, how long answers are kept. The program fills them in, and a number written in their place is held against them.

use crate::problem::Located;
use crate::read::said::Said;
use mesocheck::engine::replay;
use mesocheck::model::{Answers, Article, Block, Check, Date, KEPT_DAYS, Kind, Labels, Now, OptionId, Role, Text};

/// The places that are filled.
pub const PLACES: &[&str] = &["MINUTES", "AFTERCARE_MINUTES", "PAPER_MINUTES", "ASKED_AGAIN", "DAYS_KEPT"];

/// How many words people read in a minute. Half of all adults read more; a worried person is not the quickest.
const WORDS_A_MINUTE: usize = 200;
/// Seconds to decide on a question, and to wait for a screen and look at it.
const QUESTION: f64 = 2.5;
const SCREEN: f64 = 1.0;
/// Words around each question: where it stands, the way back, the way to help, Continue.
const AROUND: usize = 12;
/// Words for which a phone is scrolled once, and the seconds that takes.
const SCREENFUL: usize = 115;
const SCROLL: f64 = 1.5;

/// Every number, by its place.
#[derive(Clone, Debug)]
pub struct Facts {
    before: u32,
    after: u32,
    paper: u32,
    asked_again: usize,
}

impl Facts {
    /// Counts.
    pub fn of<'a>(checks: impl Iterator<Item = &'a Check> + Clone) -> Self {
        let of = |role: Role| checks.clone().find(|check| check.role() == role);
        let (before, after) = (of(Role::Before), of(Role::After));
        Self {
            before: before.map(minutes).unwrap_or_default(),
            after: after.map(minutes).unwrap_or_default(),
            paper: before.map(on_paper).unwrap_or_default(),
            asked_again: before
                .map(|check| check.questions.iter().filter(|question| question.fresh_for.is_some()).count())
                .unwrap_or_default(),
        }
    }

    fn say(&self, text: &str, own: u32) -> String {
        [
            ("MINUTES", own.to_string()),
            ("AFTERCARE_MINUTES", self.after.to_string()),
            ("PAPER_MINUTES", self.paper.to_string()),
            ("ASKED_AGAIN", self.asked_again.to_string()),
            ("DAYS_KEPT", KEPT_DAYS.to_string()),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (place, number)| text.replace(&format!("{{{place}}}"), &number))
    }

    /// Fills the start screen of a check, where its own time stands.
    pub fn fill_start(&self, check: &mut Check) {
        let own = self.own(check.role());
        check.lead = self.say(&check.lead, own);
        check.points.iter_mut().for_each(|point| *point = self.say(point, own));
    }

    /// Fills the words of the interface.
    pub fn fill_labels(&self, labels: &mut Labels) {
        let texts: Vec<String> = std::mem::take(labels).into();
        *labels = texts.iter().map(|text| self.say(text, self.before)).collect::<Vec<String>>().into();
    }

    /// Fills an FAQ answer or a page.
    pub fn fill_article(&self, article: &mut Article) {
        let run = |text: &mut Text| text.iter_mut().for_each(|part| part.text = self.say(&part.text, self.before));
        article.short = self.say(&article.short, self.before);
        for block in &mut article.blocks {
            match block {
                Block::Heading(text) => *text = self.say(text, self.before),
                Block::Paragraph(text) => run(text),
                Block::Points(items) | Block::Numbered(items) | Block::Tasks(items) => items.iter_mut().for_each(run),
            }
        }
    }

    fn own(&self, role: Role) -> u32 {
        match role {
            Role::Before => self.before,
            Role::After => self.after,
        }
    }

    /// Reports numbers that stand in words which are about one of these, and are another.
    pub fn hold(&self, said: &[Said]) {
        let days = u32::try_from(KEPT_DAYS).unwrap_or_default();
        let again = u32::try_from(self.asked_again).unwrap_or_default();
        for text in said {
            let (number, unit, place) = match text.name.as_str() {
                "site.labels.home_for"
                | "faq.what-this-check-does"
                | "suitability.start.lead"
                | "suitability.start.points" => (self.before, "minute", "MINUTES"),
                "aftercare.start.lead" | "aftercare.start.points" => (self.after, "minute", "MINUTES"),
                "site.labels.home_aftercare_hint" => (self.after, "minute", "AFTERCARE_MINUTES"),
                "site.labels.paper_lead" => (self.paper, "minute", "PAPER_MINUTES"),
                "site.labels.keep" | "site.labels.keep_hint" | "site.labels.store_expired" | "pages.privacy" => {
                    (days, "day", "DAYS_KEPT")
                }
                "site.labels.go_on_hint" => (again, "question", "ASKED_AGAIN"),
                _ => continue,
            };
            text.parts.iter().for_each(|part| hold(part, number, unit, place));
        }
    }
}

fn hold(part: &Located<String>, number: u32, unit: &str, place: &str) {
    let plain = part.value.to_lowercase().replace('\u{a0}', " ");
    let words: Vec<&str> =
        plain.split_whitespace().map(|word| word.trim_matches(|sign: char| !sign.is_alphanumeric())).collect();
    for pair in words.windows(2) {
        let [count, noun] = pair else { continue };
        let counted = noun.strip_suffix('s').unwrap_or(noun) == unit;
        if let Some(count) = written(count).filter(|count| counted && *count != number) {
            part.at.report(
                format!("These words say {count}, and it is {number}"),
                format!("Write {{{place}}}: the program fills in the number."),
            );
        }
    }
}

/// A number in digits or in a word.
pub fn written(word: &str) -> Option<u32> {
    const NUMBERS: &[&str] =
        &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let place = NUMBERS.iter().position(|known| *known == word).and_then(|count| u32::try_from(count).ok());
    place.or_else(|| word.parse().ok())
}

/// About how many minutes the shortest way through a check takes: that of somebody to whom nothing applies.
fn minutes(check: &Check) -> u32 {
    let now = Now::at_noon(Date(check.review_by.0.saturating_sub(1)));
    let mut answers = Answers::new();
    for question in &check.questions {
        let option = match question.kind {
            Kind::Number { min, max } => Some(OptionId::new(i64::midpoint(min, max).to_string())),
            Kind::One | Kind::Many => question.options.get(question.clear).map(|option| option.id.clone()),
        };
        answers.set(question.id.clone(), option.into_iter().collect(), now.moment);
    }
    let replay = replay(check, &answers, now);
    let is_asked = |place: &usize| replay.asked.get(*place).copied().unwrap_or_default();
    let asked: Vec<usize> = (0..check.questions.len()).filter(is_asked).collect();
    let screens = check.pages.iter().filter(|page| page.questions.iter().any(is_asked)).count();
    let start = count(&check.title) + count(&check.lead) + check.points.iter().map(|point| count(point)).sum::<usize>();
    let result = check.outcomes.first().map(|outcome| count(&outcome.title) + count(&outcome.lead)).unwrap_or_default();
    let net = check.safety_net.as_ref().map(|net| {
        let signs = net.doctor.iter().chain(&net.emergency).chain([&net.title, &net.later, &net.closing]);
        signs.map(|sign| count(sign)).sum::<usize>()
    });
    // Before the result answers are read once more.
    let has_review = check.role() == Role::Before;
    let review = if has_review { asked.iter().map(|place| reviewed(check, *place)).sum() } else { 0 };
    let words = start + result + net.unwrap_or_default() + review + screens * AROUND + questions(check, &asked);
    time(words, asked.len(), screens + 2 + usize::from(has_review))
}

/// The form has every question, and no screens; ticking takes as long.
fn on_paper(check: &Check) -> u32 {
    let all: Vec<usize> = (0..check.questions.len())
        .filter(|place| check.questions.get(*place).is_some_and(|question| question.ask_when.is_none()))
        .collect();
    time(questions(check, &all), all.len(), 0)
}

fn questions(check: &Check, places: &[usize]) -> usize {
    let asked = places.iter().filter_map(|place| check.questions.get(*place));
    let words = asked.map(|question| {
        let options = question.options.iter().map(|option| count(&option.label) + count(&option.examples));
        count(&question.text) + count(&question.why) + count(&question.hint) + options.sum::<usize>()
    });
    words.sum()
}

fn reviewed(check: &Check, place: usize) -> usize {
    let question = check.questions.get(place);
    let label = question.and_then(|question| question.options.get(question.clear)).map(|option| count(&option.label));
    question.map(|question| count(&question.topic)).unwrap_or_default() + label.unwrap_or_default() + 1
}

#[allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small numbers"
)]
fn time(words: usize, questions: usize, screens: usize) -> u32 {
    let seconds = (words * 60 / WORDS_A_MINUTE) as f64
        + questions as f64 * QUESTION
        + screens as f64 * SCREEN
        + (words / SCREENFUL) as f64 * SCROLL;
    (seconds / 60.0).round().max(1.0) as u32
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}
