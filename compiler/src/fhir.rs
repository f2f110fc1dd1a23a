//! A check as a FHIR R4 `Questionnaire`: its questions, and when each is asked. Rules and outcomes have no place in one.
//!
//! - `resource`: what FHIR calls things, as far as it is used here
//! - `clause`: conditions as `enableWhen` can say them
//! - `tree`: items below groups, each enabled when it is asked

mod clause;
mod resource;
mod tree;
#[cfg(test)]
mod trial;

pub use resource::Questionnaire;

use crate::fhir::clause::{Atom, Clause, Demand, clauses};
use crate::fhir::resource::{Answer, AnswerOption, Coding, EnableWhen, Extension, Item, Meta, Period, Type};
use crate::fhir::tree::Node;
use crate::pack;
use crate::read::Content;
use crate::review;
use anyhow::{Result, bail};
use mesocheck::model::{Check, Choice, Kind, Options, Question, ReviewState};
use mesocheck::page::Site;
use mesocheck::view::question::capital;

/// What every address begins with that this export makes up, where the site has none.
const NO_ADDRESS: &str = "urn:mesocheck:";

/// Writes a check as a questionnaire.
///
/// # Errors
/// Where a questionnaire could not ask exactly what the check asks; the question is named.
pub fn questionnaire(content: &Content, check: &Check) -> Result<Questionnaire> {
    let site = &content.site;
    let base = if site.address.is_empty() { NO_ADDRESS.into() } else { format!("{}/fhir/", site.address) };
    let review = review::of(content);
    let pages = Site::new(site.labels.clone(), review.clone(), content.settings.clinic.clone());
    let signed = (review.state == ReviewState::Signed).then_some(review.on);
    let writer = Writer { check, site: &pages, system: format!("{base}options") };
    Ok(Questionnaire {
        resource_type: "Questionnaire",
        id: check.id.to_string(),
        meta: Meta { profile: ["http://hl7.org/fhir/4.0/StructureDefinition/Questionnaire"] },
        language: site.locale.clone(),
        url: format!("{base}questionnaire/{}", check.id),
        version: format!("{}+{}", site.version, pack::hash(content)),
        name: format!("Mesocheck_{}", check.id),
        title: check.title.clone(),
        status: match review.state {
            ReviewState::Draft => "draft",
            ReviewState::Signed => "active",
            ReviewState::Withdrawn => "retired",
        },
        subject_type: ["Patient"],
        date: signed.clone(),
        approval_date: signed,
        effective_period: Period { end: check.review_by.to_string() },
        item: writer.steps()?,
    })
}

/// Writes the items of a check.
struct Writer<'a> {
    check: &'a Check,
    site: &'a Site,
    /// The code system of all options.
    system: String,
}

impl Writer<'_> {
    /// A group for each step, in order.
    fn steps(&self) -> Result<Vec<Item>> {
        let mut groups = Vec::new();
        for (place, (id, title)) in self.check.steps.iter().enumerate() {
            let pages = self.check.pages.iter().filter(|page| page.step == place);
            let pages = pages.map(|page| {
                let questions = page.questions.iter().map(|question| self.question(*question));
                let questions: Vec<Node> = questions.collect::<Result<_>>()?;
                match &page.title {
                    Some(title) if questions.len() > 1 => {
                        Ok(vec![self.group(format!("page:{}", page.id), title, questions)?])
                    }
                    _ => Ok(questions),
                }
            });
            let below: Vec<Node> = pages.collect::<Result<Vec<Vec<Node>>>>()?.into_iter().flatten().collect();
            if !below.is_empty() {
                groups.push(self.group(format!("step:{id}"), title, below)?.item(self)?);
            }
        }
        Ok(groups)
    }

    fn group(&self, link_id: String, title: &str, below: Vec<Node>) -> Result<Node> {
        Node::group(Item { text: Some(self.site.say(title)), ..Item::new(link_id, Type::Group) }, below, self)
    }

    fn question(&self, place: usize) -> Result<Node> {
        let Some(question) = self.check.questions.get(place) else { bail!("the check names a question {place}") };
        let mut needs = self.not_ended(place);
        if let Some(when) = &question.ask_when {
            let Some(more) = clauses(when) else {
                bail!(refusal(question, "its `ask_when` holds too many conditions in each other; write it with fewer"))
            };
            needs.extend(more);
        }
        if needs.iter().any(Clause::is_empty) {
            bail!(refusal(question, "it can never be asked; mend its `ask_when`"));
        }
        let item = match question.kind {
            Kind::One | Kind::Many => self.choice(question),
            Kind::Number { min, max } => self.number(question, min, max)?,
        };
        Ok(Node { item, needs })
    }

    /// No answer before this question has ended the check.
    fn not_ended(&self, place: usize) -> Vec<Clause> {
        let before = self.check.questions.iter().enumerate().take(place);
        let ends = before.flat_map(|(question, before)| {
            before.ends.places().map(move |option| Atom { question, demand: Demand::IsNot(option) })
        });
        ends.map(|atom| Clause::from([atom])).collect()
    }

    fn choice(&self, question: &Question) -> Item {
        let many = question.kind == Kind::Many;
        Item {
            extension: vec![Extension::control(if many { "check-box" } else { "radio-button" })],
            text: Some(self.site.say(&question.text)),
            required: Some(true),
            repeats: many.then_some(true),
            answer_option: self.options(question),
            item: self.help(question),
            ..Item::new(question.id.to_string(), Type::Choice)
        }
    }

    /// A number. Where an option may be chosen in its place, that is a second item, which disables the first: an option
    /// outweighs a number.
    fn number(&self, question: &Question, min: i64, max: i64) -> Result<Item> {
        let bounds = [("minValue", min), ("maxValue", max)];
        let bounds = bounds.into_iter().map(|(name, bound)| Ok(Extension::bound(name, integer(question, bound)?)));
        let number = Item {
            extension: bounds.collect::<Result<_>>()?,
            text: Some(self.site.say(&question.text)),
            required: Some(true),
            ..Item::new(question.id.to_string(), Type::Integer)
        };
        if question.options.is_empty() {
            return Ok(Item { item: self.help(question), ..number });
        }
        let id = options_of(question);
        let unless = EnableWhen { question: id.clone(), operator: "exists", answer: Answer::Boolean(false) };
        let instead = Item {
            extension: vec![Extension::control("radio-button")],
            text: Some(self.site.labels.or()),
            answer_option: self.options(question),
            ..Item::new(id, Type::Choice)
        };
        let number = Item { text: Some(capital(&question.topic)), enable_when: vec![unless], ..number };
        Ok(Item {
            text: Some(self.site.say(&question.text)),
            item: self.help(question).into_iter().chain([number, instead]).collect(),
            ..Item::new(format!("{}.either", question.id), Type::Group)
        })
    }

    fn options(&self, question: &Question) -> Vec<AnswerOption> {
        let exclusive = if question.warning_signs { Options::NONE } else { question.exclusive };
        let option = |(place, option): (usize, &Choice)| AnswerOption {
            extension: exclusive.meets(Options::one(place)).then(Extension::exclusive).into_iter().collect(),
            value_coding: Coding { display: Some(self.display(option)), ..self.coding(option) },
        };
        question.options.iter().enumerate().map(option).collect()
    }

    fn coding(&self, option: &Choice) -> Coding {
        Coding { system: self.system.clone(), code: option.id.to_string(), display: None }
    }

    fn display(&self, option: &Choice) -> String {
        let label = self.site.say(&option.label);
        if option.examples.is_empty() { label } else { format!("{label} ({})", self.site.say(&option.examples)) }
    }

    /// How to answer, and why it is asked.
    fn help(&self, question: &Question) -> Vec<Item> {
        let line = |name: &str, text: &str| Item {
            text: Some(self.site.say(text)),
            ..Item::new(format!("{}.{name}", question.id), Type::Display)
        };
        let hint = (!question.hint.is_empty()).then(|| line("hint", &question.hint));
        let why = Item { extension: vec![Extension::control("help")], ..line("why", &question.why) };
        hint.into_iter().chain([why]).collect()
    }

    /// A plain demand, as FHIR says it.
    fn enable_when(&self, atom: Atom) -> Result<EnableWhen> {
        let Some(question) = self.check.questions.get(atom.question) else {
            bail!("a condition names a question {}, and there is none", atom.question)
        };
        let number = matches!(question.kind, Kind::Number { .. });
        let of_options = matches!(atom.demand, Demand::Is(_) | Demand::IsNot(_));
        if !number && !of_options {
            bail!(refusal(question, "a condition asks for a number, and it is answered by options"));
        }
        let (operator, answer) = match atom.demand {
            Demand::Is(option) => ("=", self.answer(question, option)?),
            Demand::IsNot(option) => ("!=", self.answer(question, option)?),
            Demand::Least(least) => (">=", Answer::Integer(integer(question, least)?)),
            Demand::Most(most) => ("<=", Answer::Integer(integer(question, most)?)),
            Demand::Less(bound) => ("<", Answer::Integer(integer(question, bound)?)),
            Demand::More(bound) => (">", Answer::Integer(integer(question, bound)?)),
            Demand::NoNumber => ("exists", Answer::Boolean(false)),
        };
        let item = if number && of_options { options_of(question) } else { question.id.to_string() };
        Ok(EnableWhen { question: item, operator, answer })
    }

    fn answer(&self, question: &Question, option: usize) -> Result<Answer> {
        let Some(option) = question.options.get(option) else {
            bail!(refusal(question, &format!("a condition names an option {option} of it, and there is none")))
        };
        Ok(Answer::Coding(self.coding(option)))
    }
}

/// The id of the item with the options of a number.
fn options_of(question: &Question) -> String {
    format!("{}.or", question.id)
}

/// A number as FHIR can hold it.
fn integer(question: &Question, number: i64) -> Result<i32> {
    let reason = || refusal(question, &format!("FHIR has no whole number as large as {number}"));
    i32::try_from(number).map_err(|_| anyhow::anyhow!(reason()))
}

fn refusal(question: &Question, reason: &str) -> String {
    format!("question `{}` cannot be written as FHIR: {reason}", question.id)
}
