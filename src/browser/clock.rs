//! The clock, and times in the person's own words.

use crate::model::{Date, Moment, Now};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

/// The present moment and day.
pub fn now() -> Now {
    let date = js_sys::Date::new_0();
    #[allow(clippy::cast_possible_truncation, reason = "minutes since 1970 fit")]
    let minute = (date.get_time() / 60_000.0) as i64;
    Now { moment: Moment(minute), today: day_of(&date) }
}

/// The day of a moment, in the person's calendar.
pub fn day(moment: Moment) -> Date {
    day_of(&date(moment))
}

fn day_of(date: &js_sys::Date) -> Date {
    let year = u16::try_from(date.get_full_year()).unwrap_or(1970);
    let month = u16::try_from(date.get_month() + 1).unwrap_or(1);
    let day = u16::try_from(date.get_date()).unwrap_or(1);
    Date::of(year, month, day).unwrap_or(Date(0))
}

fn date(moment: Moment) -> js_sys::Date {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 fit")]
    js_sys::Date::new(&JsValue::from_f64(moment.0 as f64 * 60_000.0))
}

/// The person's own language, where it is a kind of the page's: it knows how they write times.
fn own(locale: &str) -> String {
    let own = web_sys::window().and_then(|window| window.navigator().language());
    own.filter(|own| own.starts_with(locale)).unwrap_or_else(|| locale.into())
}

/// A moment with day and time.
pub fn moment_words(locale: &str, moment: Moment) -> String {
    let options = options(&[("day", "numeric"), ("month", "long"), ("hour", "numeric"), ("minute", "2-digit")]);
    date(moment).to_locale_string(&own(locale), &options).into()
}

/// A day.
pub fn date_words(locale: &str, date: Date) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(f64::from(date.0) * 86_400_000.0));
    let options = options(&[("day", "numeric"), ("month", "long"), ("year", "numeric"), ("timeZone", "UTC")]);
    date.to_locale_date_string(&own(locale), &options).into()
}

fn options(pairs: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (key, value) in pairs {
        // A plain object takes every key.
        let _ = Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    object.into()
}

/// The time zone of the device, such as `Europe/London`; empty where the browser does not tell.
pub fn zone() -> String {
    let format = js_sys::Intl::DateTimeFormat::new(&js_sys::Array::new(), &Object::new());
    let zone = Reflect::get(&format.resolved_options(), &JsValue::from_str("timeZone"));
    zone.ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}
