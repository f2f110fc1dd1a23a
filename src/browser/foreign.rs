//! Calls into the browser by name. Any of them may throw or be missing: browsers are old, locked down, or changed by
//! what people add to them. Then there is no answer, and whoever asked says what holds instead.

use crate::browser::dom;
use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The window, as the place of everything that has no other.
pub fn global() -> JsValue {
    dom::window().map(JsValue::from).unwrap_or_default()
}

/// What an object has under a name, where that is anything.
pub fn get(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &name.into()).ok().filter(|value| !value.is_undefined())
}

/// Puts something into an object.
pub fn put(object: &JsValue, name: &str, value: &JsValue) {
    // Where it is refused, all stays as it was.
    let _ = Reflect::set(object, &name.into(), value);
}

/// Calls a method with up to two values.
pub fn call(object: &JsValue, name: &str, values: &[JsValue]) -> Option<JsValue> {
    let value = |place: usize| values.get(place).cloned().unwrap_or_default();
    function(object, name)?.call2(object, &value(0), &value(1)).ok()
}

/// Makes an object of a kind from up to one value.
pub fn make(kind: &str, value: Option<JsValue>) -> Option<JsValue> {
    let values = Array::new();
    if let Some(value) = value {
        values.push(&value);
    }
    Reflect::construct(&function(&global(), kind)?, &values).ok()
}

/// A method, where there is one.
pub fn function(object: &JsValue, name: &str) -> Option<Function> {
    get(object, name)?.dyn_into().ok()
}
