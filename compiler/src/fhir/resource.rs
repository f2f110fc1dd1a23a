//! What FHIR R4 calls things, as far as an export needs it. Named as in <http://hl7.org/fhir/R4/questionnaire.html>.

use serde::Serialize;

/// A questionnaire.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they are described where FHIR is")]
pub struct Questionnaire {
    pub resource_type: &'static str,
    pub id: String,
    pub meta: Meta,
    pub language: String,
    pub url: String,
    pub version: String,
    pub name: String,
    pub title: String,
    pub status: &'static str,
    pub subject_type: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approval_date: Option<String>,
    pub effective_period: Period,
    pub item: Vec<Item>,
}

/// Says which FHIR this is.
#[derive(Debug, Serialize)]
pub struct Meta {
    /// The structure it has.
    pub profile: [&'static str; 1],
}

/// When it may be used.
#[derive(Debug, Serialize)]
pub struct Period {
    /// The last day.
    pub end: String,
}

/// A question, a group of them, or a line of text.
#[allow(clippy::struct_field_names, reason = "the names are those of FHIR")]
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they are described where FHIR is")]
pub struct Item {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extension: Vec<Extension>,
    pub link_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub r#type: Type,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub enable_when: Vec<EnableWhen>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enable_behavior: Option<Behavior>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeats: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answer_option: Vec<AnswerOption>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub item: Vec<Item>,
}

impl Item {
    /// An item with nothing to it but its id and type.
    pub fn new(link_id: String, r#type: Type) -> Self {
        Self {
            extension: Vec::new(),
            link_id,
            text: None,
            r#type,
            enable_when: Vec::new(),
            enable_behavior: None,
            required: None,
            repeats: None,
            answer_option: Vec::new(),
            item: Vec::new(),
        }
    }
}

/// The type of an item.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Type {
    /// Holds other items.
    Group,
    /// A line of text.
    Display,
    /// Answered by its options.
    Choice,
    /// Answered by a whole number.
    Integer,
}

/// A condition for an item to be shown. Answers of items that are not shown count for nothing.
#[derive(Debug, Serialize)]
pub struct EnableWhen {
    /// The `linkId` of the item that is answered.
    pub question: String,
    /// How its answers are compared: any of them will do, but for `!=`, which demands that none is equal.
    pub operator: &'static str,
    /// With what.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What answers are compared with.
#[derive(Debug, Serialize)]
pub enum Answer {
    /// Whether there is one.
    #[serde(rename = "answerBoolean")]
    Boolean(bool),
    /// A number.
    #[serde(rename = "answerInteger")]
    Integer(i32),
    /// An option.
    #[serde(rename = "answerCoding")]
    Coding(Coding),
}

/// How several conditions go together.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Behavior {
    /// Every one must hold.
    All,
    /// One must.
    Any,
}

/// An option.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs, reason = "they are described where FHIR is")]
pub struct AnswerOption {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extension: Vec<Extension>,
    pub value_coding: Coding,
}

/// A code, where it is from, and what it says.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "they are described where FHIR is")]
pub struct Coding {
    pub system: String,
    pub code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub display: Option<String>,
}

/// Something FHIR can say beyond its own fields.
#[derive(Debug, Serialize)]
pub struct Extension {
    url: String,
    #[serde(flatten)]
    value: Value,
}

#[derive(Debug, Serialize)]
enum Value {
    #[serde(rename = "valueBoolean")]
    Boolean(bool),
    #[serde(rename = "valueInteger")]
    Integer(i32),
    #[serde(rename = "valueCodeableConcept")]
    Concept { coding: [Coding; 1] },
}

impl Extension {
    fn new(name: &str, value: Value) -> Self {
        Self { url: format!("http://hl7.org/fhir/StructureDefinition/{name}"), value }
    }

    /// How the item is to be shown.
    pub fn control(code: &str) -> Self {
        let system = "http://hl7.org/fhir/questionnaire-item-control".into();
        let coding = [Coding { system, code: code.into(), display: None }];
        Self::new("questionnaire-itemControl", Value::Concept { coding })
    }

    /// The smallest or largest number: `minValue`, `maxValue`.
    pub fn bound(name: &str, number: i32) -> Self {
        Self::new(name, Value::Integer(number))
    }

    /// That an option goes with no other.
    pub fn exclusive() -> Self {
        Self::new("questionnaire-optionExclusive", Value::Boolean(true))
    }
}
