//! A pack: a compiled check with everything its screens need, as it travels inside a page.

use crate::model::{Check, Country, FromJson, HelpLine, Labels};
use serde::Serialize;
use serde_json::Value;

/// The format of packs this build reads and writes.
pub const FORMAT: u32 = 1;

/// A check in one locale.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pack {
    /// Must equal [`FORMAT`].
    pub format: u32,
    /// The content's version, as its editors count.
    pub version: String,
    /// Changes with every change of the content.
    pub hash: String,
    /// The language tag.
    pub locale: String,
    /// Who has checked the content.
    pub review: Review,
    /// The clinic that shows the check, if one does.
    pub clinic: Clinic,
    /// The check.
    pub check: Check,
    /// Words of the interface.
    pub labels: Labels,
    /// Whom to call, by country.
    pub countries: Vec<Country>,
}

/// Why a pack cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PackError {
    /// It is of another format: page and program do not belong together.
    Format(u32),
    /// It names something that does not exist.
    Broken(String),
}

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// As [`Pack::verified`]; [`PackError::Broken`] also where the text is no pack at all.
    pub fn read(text: &str) -> Result<Self, PackError> {
        let json: Value = serde_json::from_str(text).map_err(|_| PackError::Broken("text".into()))?;
        match json.get("format").and_then(u32::from_json) {
            Some(FORMAT) => {}
            Some(other) => return Err(PackError::Format(other)),
            None => return Err(PackError::Broken("format".into())),
        }
        Self::from_json(&json).ok_or_else(|| PackError::Broken("form".into()))?.verified()
    }

    /// A pack whose every reference holds.
    ///
    /// # Errors
    /// [`PackError::Format`] where it was written for another program, [`PackError::Broken`] where it contradicts
    /// itself.
    pub fn verified(mut self) -> Result<Self, PackError> {
        if self.format != FORMAT {
            return Err(PackError::Format(self.format));
        }
        self.check = self.check.verified().map_err(|fault| PackError::Broken(fault.0))?;
        Ok(self)
    }

    /// Place of the country the clinic is in, where it says so.
    pub fn clinic_country(&self) -> Option<usize> {
        self.countries.iter().position(|country| country.id == self.clinic.country)
    }

    /// Where answers may be kept: nowhere unless both the check and the clinic keep them.
    pub fn storage(&self) -> Storage {
        if self.check.keeps_answers { self.clinic.storage } else { Storage::Nowhere }
    }
}

/// Who has checked the content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Review {
    /// How far it is.
    pub state: ReviewState,
    /// Who signed it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// When.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub on: String,
}

/// How far the review of the content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Nobody has signed it.
    Draft,
    /// A clinician has.
    Signed,
    /// It was signed once and must no longer be relied on.
    Withdrawn,
}

/// What a clinic may set. Nothing here can touch a question, a rule or an outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Clinic {
    /// Its name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where to ask for a talk.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub booking: String,
    /// How to call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<HelpLine>,
    /// Id of its country.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub country: String,
    /// Where answers may be kept.
    #[serde(skip_serializing_if = "Storage::is_usual")]
    pub storage: Storage,
    /// The page people leave for, which says nothing about where they were; empty: the first page of this site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub neutral: String,
    /// Whether every page has a button that leaves at once.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exit: bool,
}

/// Where answers may be kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Storage {
    /// On the device for seven days, unless the person unticks the box.
    #[default]
    Device,
    /// The same, but the box starts unticked.
    Asked,
    /// In the tab, until it is closed.
    Tab,
    /// Nowhere: not even a reload finds them.
    #[serde(rename = "none")]
    Nowhere,
}

impl Storage {
    /// Whether it is what holds where nothing is said.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_usual(&self) -> bool {
        *self == Self::Device
    }
}
