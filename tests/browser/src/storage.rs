//! What the browser keeps.

use crate::browser::Browser;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The two places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On the device.
    Local,
    /// In the tab.
    Session,
}

/// The name under which the check of a site at the root of a host keeps its answers.
pub const KEY: &str = "mesocheck:/:suitability";

/// The same before names told one site of a host from another.
pub const OLD_KEY: &str = "mesocheck:suitability";

impl Place {
    fn name(self) -> &'static str {
        match self {
            Self::Local => "localStorage",
            Self::Session => "sessionStorage",
        }
    }
}

impl Browser {
    /// Everything that is kept in a place.
    pub fn kept(&self, place: Place) -> BTreeMap<String, String> {
        let all = self.value(&format!("Object.entries({})", place.name()));
        serde_json::from_value(all).map(|pairs: Vec<(String, String)>| pairs.into_iter().collect()).expect("pairs")
    }

    /// What is kept under one name.
    pub fn kept_as(&self, place: Place, key: &str) -> Option<String> {
        self.kept(place).remove(key)
    }

    /// The answers kept on the device.
    pub fn kept_answers(&self) -> Value {
        let text = self.kept_as(Place::Local, KEY).expect("answers on the device");
        serde_json::from_str(&text).expect("JSON")
    }

    /// Keeps a text.
    pub fn keep(&self, place: Place, key: &str, text: &str) {
        self.run(&format!("{}.setItem(arguments[0], arguments[1])", place.name()), &[json!(key), json!(text)]);
    }

    /// Makes the kept answers older than they are.
    pub fn age_answers(&self, minutes: i64) {
        let mut stored = self.kept_answers();
        let older = |time: &mut Value| *time = json!(time.as_i64().expect("minutes") - minutes);
        older(&mut stored["saved"]);
        for answer in stored["answers"].as_object_mut().expect("answers").values_mut() {
            older(&mut answer["t"]);
        }
        self.keep(Place::Local, KEY, &stored.to_string());
    }

    /// Fills the device's storage to the last byte.
    pub fn fill_storage(&self) {
        self.run(
            "let size = 5_000_000, number = 0;
             while (size >= 1) {
               try { localStorage.setItem(`host:${number}`, 'x'.repeat(size)); number += 1; }
               catch { size = Math.floor(size / 2); }
             }
             try { for (;;) { number += 1; localStorage.setItem(`${number}`, ''); } } catch { }",
            &[],
        );
    }
}
