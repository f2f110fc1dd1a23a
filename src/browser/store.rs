//! Answers on the device: in local storage for seven days, or in the tab's own, or nowhere. A store that is refused,
//! full or damaged is normal.

use crate::model::{Answers, Check, FromJson, Moment, OptionId, QuestionId};
use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What every key begins with. Cleaning up touches nothing else: the origin may belong to a clinic.
const PREFIX: &str = "mesocheck:";

/// The format of stored answers.
const FORMAT: u32 = 1;

/// Minutes answers are kept after the last of them.
const KEPT_FOR: i64 = 7 * 24 * 60;

/// Where answers are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where {
    /// On the device, for seven days.
    Device,
    /// In this tab, until it is closed.
    Tab,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// Answers, where they were, when the last was saved, and whether some no longer fit their questions.
    Answers {
        /// The answers.
        answers: Answers,
        /// Where they were.
        place: Where,
        /// When they were saved.
        saved: Moment,
        /// Whether some were left out because their question has changed.
        changed: bool,
    },
    /// Answers older than seven days; they are gone now.
    Expired,
    /// Something that cannot be read. It is set aside.
    Damaged,
    /// Answers of a newer version. They are left alone.
    Newer,
    /// The browser refuses to keep anything.
    Refused,
}

/// Why answers could not be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsaved {
    /// The browser refuses.
    Refused,
    /// There is no room.
    Full,
}

#[derive(Serialize)]
struct Stored {
    format: u32,
    saved: i64,
    answers: BTreeMap<String, StoredAnswer>,
}

#[derive(Serialize)]
struct StoredAnswer {
    /// Chosen options.
    o: Vec<String>,
    /// When, in minutes.
    t: i64,
    /// The fingerprint of the question.
    p: String,
}

impl Stored {
    /// What was stored; `None` where it is not what [`save`] writes.
    fn read(json: &Value) -> Option<Self> {
        let mut answers = BTreeMap::new();
        for (id, answer) in json.get("answers")?.as_object()? {
            let answer = StoredAnswer {
                o: FromJson::from_json(answer.get("o")?)?,
                t: answer.get("t")?.as_i64()?,
                p: FromJson::from_json(answer.get("p")?)?,
            };
            answers.insert(id.clone(), answer);
        }
        Some(Self { format: FORMAT, saved: json.get("saved")?.as_i64()?, answers })
    }
}

fn key(check: &Check) -> String {
    format!("{PREFIX}{}", check.id)
}

/// A storage that answers, or none: the getter throws where it is refused, and the library would panic on that.
fn raw(place: Where) -> Option<web_sys::Storage> {
    let window = web_sys::window()?;
    let storage = match place {
        Where::Device => window.local_storage(),
        Where::Tab => window.session_storage(),
    };
    let storage = storage.ok()??;
    storage.length().is_ok().then_some(storage)
}

/// What is kept for a check.
pub fn load(check: &Check, now: Moment) -> Found {
    if raw(Where::Device).is_none() && raw(Where::Tab).is_none() {
        return Found::Refused;
    }
    let places = [Where::Device, Where::Tab].into_iter();
    let found = places.map(|place| load_from(check, place, now));
    found.into_iter().find(|found| *found != Found::Nothing).unwrap_or(Found::Nothing)
}

fn load_from(check: &Check, place: Where, now: Moment) -> Found {
    let Some(storage) = raw(place) else { return Found::Nothing };
    let Ok(Some(text)) = storage.get_item(&key(check)) else { return Found::Nothing };
    let json: Value = serde_json::from_str(&text).unwrap_or_default();
    if json.get("format").and_then(Value::as_u64).is_some_and(|format| format > u64::from(FORMAT)) {
        return Found::Newer;
    }
    let Some(stored) = Stored::read(&json) else {
        set_aside(&storage, check, &text);
        return Found::Damaged;
    };
    // A time in the future is a clock that was changed: the doubt forgets.
    let age = now.minutes_since(Moment(stored.saved));
    if !(0..=KEPT_FOR).contains(&age) {
        // Fails only where nothing is kept.
        let _ = storage.remove_item(&key(check));
        return Found::Expired;
    }
    let (answers, changed) = fitting(check, &stored);
    Found::Answers { answers, place, saved: Moment(stored.saved), changed }
}

/// Keeps what cannot be read under another key, so that it is there until the person deletes it.
fn set_aside(storage: &web_sys::Storage, check: &Check, text: &str) {
    let aside = format!("{}:damaged", key(check));
    if storage.remove_item(&key(check)).is_ok() && storage.set_item(&aside, text).is_err() {
        // No room for a second name: put it back.
        let _ = storage.set_item(&key(check), text);
    }
}

/// The answers whose question is still the same.
fn fitting(check: &Check, stored: &Stored) -> (Answers, bool) {
    let (mut answers, mut changed) = (Answers::new(), false);
    for (id, answer) in &stored.answers {
        let same = check.question(id).is_some_and(|(_, question)| question.print == answer.p);
        if same {
            let options = answer.o.iter().map(OptionId::new).collect();
            answers.set(QuestionId::new(id), options, Moment(answer.t));
        } else {
            changed = true;
        }
    }
    (answers, changed)
}

/// Keeps answers in one place and nowhere else.
///
/// # Errors
/// Where the browser refuses, or has no room.
pub fn save(check: &Check, answers: &Answers, place: Where, now: Moment) -> Result<(), Unsaved> {
    let (key, other) = (key(check), if place == Where::Device { Where::Tab } else { Where::Device });
    if let Some(storage) = raw(other) {
        // Fails only where nothing is kept.
        let _ = storage.remove_item(&key);
    }
    if raw(place).is_none() {
        return Err(Unsaved::Refused);
    }
    let stored = Stored { format: FORMAT, saved: now.0, answers: to_store(check, answers) };
    let saved = match place {
        Where::Device => LocalStorage::set(&key, &stored),
        Where::Tab => SessionStorage::set(&key, &stored),
    };
    saved.map_err(|_| Unsaved::Full)
}

fn to_store(check: &Check, answers: &Answers) -> BTreeMap<String, StoredAnswer> {
    let mut stored = BTreeMap::new();
    for (id, answer) in answers.iter() {
        if let Some((_, question)) = check.question(id.as_str()) {
            let options = answer.options.iter().map(ToString::to_string).collect();
            stored.insert(id.to_string(), StoredAnswer { o: options, t: answer.at.0, p: question.print.clone() });
        }
    }
    stored
}

/// Deletes everything this program ever kept, in both places.
pub fn wipe() {
    for storage in [Where::Device, Where::Tab].into_iter().filter_map(raw) {
        let number = storage.length().unwrap_or_default();
        let keys: Vec<String> = (0..number).filter_map(|place| storage.key(place).ok().flatten()).collect();
        for key in keys.iter().filter(|key| key.starts_with(PREFIX)) {
            // Fails only where nothing is kept.
            let _ = storage.remove_item(key);
        }
    }
}
