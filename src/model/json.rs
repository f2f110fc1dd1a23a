//! Reads packs from JSON. The compiler writes them with serde; reading goes through [`Value`] by hand, because derived
//! readers of these types were a sixth of the app.

use crate::model::{
    Action, Ask, Change, Check, CheckId, Choice, Clinic, Condition, Confidence, Country, Date, FirstAid, Headline,
    HeadlineId, HelpLine, Kind, Labels, Look, OptionId, Options, Outcome, OutcomeId, Pack, Page, PageId, Prompt,
    Question, QuestionId, Review, ReviewState, Rule, RuleId, SafetyNet, Scope, SearchEntry, SearchIndex, Source,
    StepId, Stops, Storage, Unsure, Wait, Within,
};
use serde_json::{Map, Value};

/// What can be read from JSON. `None`: it is not there, or not of this form.
pub trait FromJson: Sized {
    /// Reads a value.
    fn from_json(json: &Value) -> Option<Self>;
}

/// Reads a text.
pub fn parse<T: FromJson>(text: &str) -> Option<T> {
    T::from_json(&serde_json::from_str(text).ok()?)
}

/// A value that was left out is empty.
impl FromJson for String {
    fn from_json(json: &Value) -> Option<Self> {
        if json.is_null() { Some(Self::new()) } else { json.as_str().map(Self::from) }
    }
}

/// A value that was left out is false.
impl FromJson for bool {
    fn from_json(json: &Value) -> Option<Self> {
        if json.is_null() { Some(false) } else { json.as_bool() }
    }
}

impl FromJson for i64 {
    fn from_json(json: &Value) -> Option<Self> {
        json.as_i64()
    }
}

impl FromJson for usize {
    fn from_json(json: &Value) -> Option<Self> {
        json.as_u64().and_then(|number| Self::try_from(number).ok())
    }
}

impl FromJson for u32 {
    fn from_json(json: &Value) -> Option<Self> {
        json.as_u64().and_then(|number| Self::try_from(number).ok())
    }
}

impl FromJson for u16 {
    fn from_json(json: &Value) -> Option<Self> {
        json.as_u64().and_then(|number| Self::try_from(number).ok())
    }
}

impl FromJson for Date {
    fn from_json(json: &Value) -> Option<Self> {
        json.as_i64().and_then(|number| i32::try_from(number).ok()).map(Self)
    }
}

/// A value that was left out is no option.
impl FromJson for Options {
    fn from_json(json: &Value) -> Option<Self> {
        if json.is_null() { Some(Self::NONE) } else { json.as_u64().map(Self) }
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &Value) -> Option<Self> {
        if json.is_null() { Some(None) } else { T::from_json(json).map(Some) }
    }
}

/// A value that was left out is an empty list.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &Value) -> Option<Self> {
        let mut items = Self::new();
        if !json.is_null() {
            for item in json.as_array()? {
                items.push(T::from_json(item)?);
            }
        }
        Some(items)
    }
}

impl<A: FromJson, B: FromJson> FromJson for (A, B) {
    fn from_json(json: &Value) -> Option<Self> {
        match json.as_array()?.as_slice() {
            [a, b] => Some((A::from_json(a)?, B::from_json(b)?)),
            _ => None,
        }
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn from_json(json: &Value) -> Option<Self> {
        T::from_json(json).map(Self::new)
    }
}

impl FromJson for Labels {
    fn from_json(json: &Value) -> Option<Self> {
        Vec::<String>::from_json(json).map(Self::from)
    }
}

fn object(json: &Value) -> Option<&Map<String, Value>> {
    json.as_object()
}

fn field<T: FromJson>(object: &Map<String, Value>, name: &str) -> Option<T> {
    T::from_json(object.get(name).unwrap_or(&Value::Null))
}

/// The one entry of an object, as serde writes the variant of an enum that holds something.
fn variant(json: &Value) -> Option<(&str, &Value)> {
    let (name, value) = json.as_object()?.iter().next()?;
    Some((name.as_str(), value))
}

macro_rules! ids {
    ($($name:ident),+) => {$(
        impl FromJson for $name {
            fn from_json(json: &Value) -> Option<Self> {
                json.as_str().map(Self::new)
            }
        }
    )+};
}

macro_rules! words {
    ($($name:ident),+) => {$(
        impl FromJson for $name {
            fn from_json(json: &Value) -> Option<Self> {
                let text = json.as_str()?;
                Self::ALL.iter().copied().find(|item| item.as_str() == text)
            }
        }
    )+};
}

macro_rules! records {
    ($($name:ident { $($field:ident),+ $(,)? })+) => {$(
        impl FromJson for $name {
            fn from_json(json: &Value) -> Option<Self> {
                let object = object(json)?;
                Some(Self { $($field: field(object, stringify!($field))?),+ })
            }
        }
    )+};
}

ids! { CheckId, StepId, PageId, QuestionId, OptionId, OutcomeId, RuleId, HeadlineId }

words! { Action, Ask, Scope, Look, Within, Confidence, Unsure }

records! {
    Pack { format, version, hash, locale, review, clinic, check, labels, countries }
    Review { state, by, on }
    Clinic { name, booking, phone, country, storage, neutral, exit }
    Country { id, name, emergency, urgent, urgent_call, silent, territories, zones, crisis, young }
    HelpLine { text, href }
    Check {
        id, title, lead, points, keeps_answers, review_by, outcomes, headlines, steps, pages, questions, rules, asks,
        first_aid, sources, changes, to_ask, to_bring, safety_net,
    }
    Outcome { id, title, lead, shown_incomplete, stops, book, self_care, look }
    Headline {
        id, outcomes, any_ask, only_ask, only_unsure, any_scope, any_within, only_within, nothing_found, title, lead,
    }
    Change { question, option, to, text }
    Prompt { about, text }
    Page { id, step, title, questions }
    Question {
        id, print, step, kind, ask_when, fresh_for, ends, exclusive, clear, warning_signs, private, text, why, hint,
        topic, options,
    }
    Choice { id, label, examples }
    Rule { id, when, outcome, reason, action, ask, scope, wait, within, unsure, sources, confidence }
    Wait { days, from, until }
    FirstAid { signs, text }
    Source { key, title, publisher, year, address, checked, checked_on, note }
    SafetyNet { title, doctor, emergency, later, closing }
    SearchIndex { groups, entries, label, nothing, found }
    SearchEntry { slug, title, short, group, stems }
}

/// A value that was left out is the usual one.
impl FromJson for Storage {
    fn from_json(json: &Value) -> Option<Self> {
        match json.as_str() {
            None => json.is_null().then_some(Self::Device),
            Some("asked") => Some(Self::Asked),
            Some("tab") => Some(Self::Tab),
            Some("none") => Some(Self::Nowhere),
            Some(_) => None,
        }
    }
}

impl FromJson for ReviewState {
    fn from_json(json: &Value) -> Option<Self> {
        match json.as_str()? {
            "draft" => Some(Self::Draft),
            "signed" => Some(Self::Signed),
            "withdrawn" => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

impl FromJson for Stops {
    fn from_json(json: &Value) -> Option<Self> {
        match json.as_str()? {
            "anywhere" => Some(Self::Anywhere),
            "first_step" => Some(Self::FirstStep),
            _ => None,
        }
    }
}

impl FromJson for Kind {
    fn from_json(json: &Value) -> Option<Self> {
        match json.as_str() {
            Some("one") => Some(Self::One),
            Some("many") => Some(Self::Many),
            Some(_) => None,
            None => {
                let bounds = object(variant(json)?.1)?;
                Some(Self::Number { min: field(bounds, "min")?, max: field(bounds, "max")? })
            }
        }
    }
}

impl FromJson for Condition {
    fn from_json(json: &Value) -> Option<Self> {
        let (name, inner) = variant(json)?;
        match name {
            "any_of" => FromJson::from_json(inner).map(|(question, options)| Self::AnyOf(question, options)),
            "all_of" => FromJson::from_json(inner).map(|(question, options)| Self::AllOf(question, options)),
            "at_least" => FromJson::from_json(inner).map(|(question, number)| Self::AtLeast(question, number)),
            "at_most" => FromJson::from_json(inner).map(|(question, number)| Self::AtMost(question, number)),
            "all" => FromJson::from_json(inner).map(Self::All),
            "any" => FromJson::from_json(inner).map(Self::Any),
            "not" => FromJson::from_json(inner).map(Self::Not),
            _ => None,
        }
    }
}
