//! Answers on the device: in local storage for seven days, or in the tab's own, or nowhere. A store that is refused,
//! full or damaged is normal.

use crate::browser::{address, dom};
use crate::engine::CLOCK_STEP;
use crate::model::{Answers, Check, FromJson, KEPT_DAYS, KEYS, Moment, Pack, QuestionId, Storage};
use gloo_storage::{LocalStorage, SessionStorage, Storage as _};
use serde_json::{Map, Value};
use wasm_bindgen::JsCast as _;
use web_sys::{Event, StorageEvent};

/// The format of stored answers.
const FORMAT: u32 = 1;

/// Minutes answers are kept after the last of them.
const KEPT_FOR: i64 = KEPT_DAYS * 24 * 60;

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
        /// Id of the country that was chosen.
        country: Option<String>,
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

/// What is written: `{"format":1,"saved":minutes,"answers":{"id":{"o":[options],"t":minutes,"p":fingerprint}}}`, and the
/// country where one was chosen.
fn written(check: &Check, answers: &Answers, country: Option<&str>, now: Moment) -> Value {
    let mut stored = Map::new();
    for (id, answer) in answers.iter() {
        if let Some((_, question)) = check.question(id.as_str()) {
            let options = answer.options.iter().map(|option| Value::from(option.as_str())).collect();
            let fields =
                [("o", Value::Array(options)), ("t", answer.at.0.into()), ("p", question.print.as_str().into())];
            stored.insert(id.to_string(), object(fields));
        }
    }
    let fields = [("format", FORMAT.into()), ("saved", now.0.into()), ("answers", Value::Object(stored))];
    let mut written = object(fields);
    if let (Some(country), Some(fields)) = (country, written.as_object_mut()) {
        fields.insert("country".into(), country.into());
    }
    written
}

fn text_of(json: &Value) -> String {
    // A value of ours has nothing that cannot be written.
    serde_json::to_string(json).unwrap_or_default()
}

fn object<const N: usize>(fields: [(&str, Value); N]) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        object.insert(name.into(), value);
    }
    Value::Object(object)
}

/// How the keys of this site begin. Two sites of one host keep their answers apart.
fn own_keys() -> String {
    [KEYS, &address::site(), ":"].concat()
}

fn key(check: &Check) -> String {
    own_keys() + check.id.as_str()
}

/// The key before it named the site: whoever's answers these are, they are no longer written there.
fn old_key(check: &Check) -> String {
    [KEYS, check.id.as_str()].concat()
}

/// Whether this site wrote under a key, or may have before keys named the site.
fn is_ours(key: &str, own: &str) -> bool {
    key.starts_with(own) || key.strip_prefix(KEYS).is_some_and(|rest| !rest.starts_with('/'))
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
    let found = [Where::Device, Where::Tab].map(|place| load_from(check, place, now));
    let none = if found.iter().all(|found| *found == Found::Refused) { Found::Refused } else { Found::Nothing };
    found.into_iter().find(|found| !matches!(found, Found::Nothing | Found::Refused)).unwrap_or(none)
}

/// What is kept for a check in one place.
pub fn load_from(check: &Check, place: Where, now: Moment) -> Found {
    let Some(storage) = raw(place) else { return Found::Refused };
    let key = key(check);
    let Ok(kept) = storage.get_item(&key) else { return Found::Refused };
    let Some(text) = kept.or_else(|| take_over(&storage, check, now)) else { return Found::Nothing };
    let mut json: Value = serde_json::from_str(&text).unwrap_or_default();
    if json.get("format").and_then(Value::as_u64).is_some_and(|format| format > u64::from(FORMAT)) {
        return Found::Newer;
    }
    let Some((mut saved, answers, changed)) = read(check, &json) else {
        set_aside(&storage, check, &text);
        return Found::Damaged;
    };
    let age = now.minutes_since(saved);
    if age > KEPT_FOR {
        return if storage.remove_item(&key).is_ok() { Found::Expired } else { Found::Nothing };
    }
    if age < -CLOCK_STEP {
        // The clock was set back. Nobody knows how old they are: their days count from now.
        saved = now;
        if let Some(fields) = json.as_object_mut() {
            fields.insert("saved".into(), now.0.into());
        }
        // Where there is no room, it is tried again the next time.
        let _ = storage.set_item(&key, &text_of(&json));
    }
    let country = json.get("country").and_then(Value::as_str).map(str::to_owned);
    Found::Answers { answers, place, saved, changed, country }
}

/// Takes over what was kept before keys named the site, where all of it fits this check; else it is another site's.
fn take_over(storage: &web_sys::Storage, check: &Check, now: Moment) -> Option<String> {
    let old = old_key(check);
    let text = storage.get_item(&old).ok()??;
    let json: Value = serde_json::from_str(&text).ok()?;
    let (saved, answers, changed) = read(check, &json)?;
    let is_old = now.minutes_since(saved) > KEPT_FOR;
    let fits = json.get("format") == Some(&FORMAT.into()) && !changed && !answers.is_empty();
    if !is_old && (!fits || storage.set_item(&key(check), &text).is_err()) {
        return None;
    }
    // Too old is too old for every site.
    (storage.remove_item(&old).is_ok() && !is_old).then_some(text)
}

/// The answers whose question is still the same, and whether there were others; `None` where this is not what
/// [`written`] writes.
fn read(check: &Check, json: &Value) -> Option<(Moment, Answers, bool)> {
    let (mut answers, mut changed) = (Answers::new(), false);
    for (id, answer) in json.get("answers")?.as_object()? {
        let options = FromJson::from_json(answer.get("o")?)?;
        let at = Moment(answer.get("t")?.as_i64()?);
        let print = answer.get("p")?.as_str()?;
        if check.question(id).is_some_and(|(_, question)| question.print == print) {
            answers.set(QuestionId::new(id), options, at);
        } else {
            changed = true;
        }
    }
    Some((Moment(json.get("saved")?.as_i64()?), answers, changed))
}

/// Keeps what cannot be read under another key, so that it is there until the person deletes it.
fn set_aside(storage: &web_sys::Storage, check: &Check, text: &str) {
    let aside = format!("{}:damaged", key(check));
    if storage.remove_item(&key(check)).is_ok() && storage.set_item(&aside, text).is_err() {
        // No room for a second name: put it back.
        let _ = storage.set_item(&key(check), text);
    }
}

/// Keeps answers in one place and nowhere else.
///
/// # Errors
/// Where the browser refuses, or has no room.
pub fn save(check: &Check, answers: &Answers, country: Option<&str>, place: Where, now: Moment) -> Result<(), Unsaved> {
    let (key, other) = (key(check), if place == Where::Device { Where::Tab } else { Where::Device });
    if let Some(storage) = raw(other) {
        // Fails only where nothing is kept.
        let _ = storage.remove_item(&key);
    }
    if raw(place).is_none() {
        return Err(Unsaved::Refused);
    }
    let stored = written(check, answers, country, now);
    let saved = match place {
        Where::Device => LocalStorage::set(&key, &stored),
        Where::Tab => SessionStorage::set(&key, &stored),
    };
    saved.map_err(|_| Unsaved::Full)
}

/// Deletes everything because the person wishes so, and tells every other open page of this site: they hear that a key
/// comes and goes. Whether nothing is left, as far as the browser lets us look.
pub fn delete() -> bool {
    let gone = wipe();
    if let Some(storage) = raw(Where::Device) {
        let own = own_keys();
        // Fails only where nothing is kept.
        let _ = storage.set_item(&own, "");
        let _ = storage.remove_item(&own);
    }
    gone
}

/// Deletes what must not be found here: everything, where nothing may be kept; what a tab held that was closed, where the
/// browser has opened it again.
pub fn begin(pack: &Pack) {
    if pack.clinic.storage == Storage::Nowhere {
        _ = wipe();
    } else if dom::is_reopened() {
        _ = wipe_in(&[Where::Tab]);
    }
}

/// Deletes everything this site ever kept, in both places; whether nothing is left.
pub fn wipe() -> bool {
    wipe_in(&[Where::Device, Where::Tab])
}

fn wipe_in(places: &[Where]) -> bool {
    let own = own_keys();
    let wiped = |place: &Where| {
        let Some(storage) = raw(*place) else { return false };
        let number = storage.length().unwrap_or_default();
        let keys: Vec<String> = (0..number).filter_map(|place| storage.key(place).ok().flatten()).collect();
        keys.iter().filter(|key| is_ours(key, &own)).filter(|key| storage.remove_item(key).is_err()).count() == 0
    };
    places.iter().filter(|place| !wiped(place)).count() == 0
}

/// What an event tells of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nothing.
    Nothing,
    /// It may have changed.
    Changed,
    /// The person deleted everything, on another page of this site.
    Deleted,
}

/// What an event tells of what is kept; one that comes not from storage says that time has passed. A page that is being
/// covered or left takes nothing up: what must be said, nobody would read there.
pub fn told(event: &Event) -> Told {
    let Some(event) = event.dyn_ref::<StorageEvent>() else {
        return if dom::is_visible() { Told::Changed } else { Told::Nothing };
    };
    let own = own_keys();
    match event.key() {
        Some(key) if key == own && event.new_value().is_some() => Told::Deleted,
        Some(key) if !is_ours(&key, &own) => Told::Nothing,
        // Without a key everything was cleared, by whatever means.
        Some(_) | None => Told::Changed,
    }
}
