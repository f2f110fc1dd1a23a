//! Hands the result on by the browser's own means: print, clipboard, sharing. Each may be missing or refused.

use crate::browser::dom;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Opens the browser's print dialogue.
pub fn print() {
    if let Some(window) = dom::window() {
        // A frame may be forbidden to: then nothing happens.
        let _ = window.print();
    }
}

/// Whether the browser can share a text.
pub fn can_share() -> bool {
    method(&navigator(), "share").is_some()
}

/// Shares a text. The browser asks the person with whom, and tells nobody what they chose.
pub fn share(text: &str) {
    let data = Object::new();
    // A plain object takes every key.
    let _ = Reflect::set(&data, &"text".into(), &text.into());
    if let Some(shared) = call(&navigator(), "share", &data) {
        // A person may change their mind: that is no error.
        let quiet = Closure::<dyn FnMut(JsValue)>::new(|_| ());
        let caught = shared.catch(&quiet);
        drop(caught);
        quiet.forget();
    }
}

/// Copies a text, and says whether it could.
pub fn copy(text: &str, done: impl Fn(bool) + Clone + 'static) {
    let clipboard = Reflect::get(&navigator(), &"clipboard".into()).unwrap_or_default();
    let Some(promise) = call(&clipboard, "writeText", &text.into()) else { return done(false) };
    let refused = done.clone();
    let yes = Closure::<dyn FnMut(JsValue)>::new(move |_| done(true));
    let no = Closure::<dyn FnMut(JsValue)>::new(move |_| refused(false));
    let told = promise.then2(&yes, &no);
    drop(told);
    // The browser calls one of them, once.
    yes.forget();
    no.forget();
}

fn navigator() -> JsValue {
    dom::window().map(|window| window.navigator().into()).unwrap_or_default()
}

fn method(object: &JsValue, name: &str) -> Option<Function> {
    Reflect::get(object, &name.into()).ok()?.dyn_into().ok()
}

fn call(object: &JsValue, name: &str, value: &JsValue) -> Option<Promise> {
    method(object, name)?.call1(object, value).ok()?.dyn_into().ok()
}
