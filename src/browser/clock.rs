//! The clock, and times in the person's own words.

use crate::browser::foreign::{call, get, global, make, put};
use crate::model::{Date, Moment, Now};
use js_sys::Object;
use wasm_bindgen::JsValue;

/// The present moment and day.
pub fn now() -> Now {
    let date = make("Date", None);
    let read = date.as_ref().and_then(|date| call(date, "getTime", &[])?.as_f64());
    #[allow(clippy::cast_possible_truncation, reason = "minutes since 1970 fit")]
    let minute = read.filter(|time| time.is_finite()).or_else(since_start).map(|time| (time / 60_000.0) as i64);
    // Nobody knows the time: a day that is past every day, so that nothing is taken to hold still.
    let Some(minute) = minute else { return Now { moment: Moment(0), today: Date(i32::MAX) } };
    let today = date.and_then(|date| day_of(&date)).unwrap_or_else(|| day_in_greenwich(minute));
    Now { moment: Moment(minute), today }
}

/// The time by the clock that counts from when the page was opened.
fn since_start() -> Option<f64> {
    let clock = get(&global(), "performance")?;
    Some(get(&clock, "timeOrigin")?.as_f64()? + call(&clock, "now", &[])?.as_f64()?).filter(|time| time.is_finite())
}

/// The day of a moment, in the person's calendar.
pub fn day(moment: Moment) -> Date {
    date(moment).and_then(|date| day_of(&date)).unwrap_or_else(|| day_in_greenwich(moment.0))
}

/// A day off by a few hours, where the browser does not say which it is for the person.
fn day_in_greenwich(minute: i64) -> Date {
    Date(i32::try_from(minute.div_euclid(24 * 60)).unwrap_or(i32::MAX))
}

fn day_of(date: &JsValue) -> Option<Date> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "what does not fit is no day")]
    let part = |name: &str| Some(call(date, name, &[])?.as_f64()? as u16);
    Date::of(part("getFullYear")?, part("getMonth")? + 1, part("getDate")?)
}

fn date(moment: Moment) -> Option<JsValue> {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    make("Date", Some(JsValue::from_f64(moment.0 as f64 * 60_000.0)))
}

/// A moment with day and time.
pub fn moment_words(locale: &str, moment: Moment) -> String {
    let options = [("day", "numeric"), ("month", "long"), ("hour", "numeric"), ("minute", "2-digit")];
    let words = date(moment).and_then(|date| words(&date, "toLocaleString", locale, &options));
    words.unwrap_or_else(|| day(moment).to_string())
}

/// A day.
pub fn date_words(locale: &str, date: Date) -> String {
    let options = [("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")];
    let noon = make("Date", Some(JsValue::from_f64(f64::from(date.0) * 86_400_000.0)));
    noon.and_then(|noon| words(&noon, "toLocaleDateString", locale, &options)).unwrap_or_else(|| date.to_string())
}

/// A time in the person's own language, where that is a kind of the page's: it knows how they write times. What a browser
/// calls its language need not be the name of one; then in the page's.
fn words(date: &JsValue, how: &str, locale: &str, pairs: &[(&str, &str)]) -> Option<String> {
    let options = JsValue::from(Object::new());
    for (key, value) in pairs {
        put(&options, key, &JsValue::from_str(value));
    }
    let own = get(&global(), "navigator").and_then(|navigator| get(&navigator, "language")?.as_string());
    let is_kind = |own: &String| own.strip_prefix(locale).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    let said = |locale: &str| call(date, how, &[locale.into(), options.clone()])?.as_string();
    own.filter(is_kind).and_then(|own| said(&own)).or_else(|| said(locale))
}

/// The time zone of the device, such as `Europe/London`, where the browser tells.
pub fn zone() -> Option<String> {
    let format = call(&get(&global(), "Intl")?, "DateTimeFormat", &[])?;
    get(&call(&format, "resolvedOptions", &[])?, "timeZone")?.as_string()
}
