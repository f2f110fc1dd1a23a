//! Hands the result on by the browser's own means: print, clipboard, sharing. Each may be missing or refused, and then
//! whoever asked is told.

use crate::browser::dom;
use crate::browser::foreign::{call, function, get, global, put};
use js_sys::{Object, Promise};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Opens the browser's print dialogue; whether it did. Some have the call and do nothing: pages in other apps, and frames
/// that may not.
pub fn print() -> bool {
    let opened = Rc::new(Cell::new(false));
    let heard = opened.clone();
    dom::listen(&["beforeprint"], move |_| heard.set(true));
    call(&global(), "print", &[]).is_some() && opened.get()
}

/// Whether the browser can share a text.
pub fn can_share() -> bool {
    function(&navigator(), "share").is_some()
}

/// Shares a text, and says where the browser refuses. It asks the person with whom, and tells nobody what they chose.
pub fn share(text: &str, refused: impl Fn() + Clone + 'static) {
    let data = JsValue::from(Object::new());
    put(&data, "text", &text.into());
    let Some(shared) = promise(&navigator(), "share", &data) else { return refused() };
    let no = Closure::<dyn FnMut(JsValue)>::new(move |why: JsValue| {
        // A person may change their mind: that is no refusal.
        if get(&why, "name").and_then(|name| name.as_string()).as_deref() != Some("AbortError") {
            refused();
        }
    });
    let caught = shared.catch(&no);
    drop(caught);
    no.forget();
}

/// Copies a text, and says whether it could.
pub fn copy(text: &str, done: impl Fn(bool) + Clone + 'static) {
    let clipboard = get(&navigator(), "clipboard").unwrap_or_default();
    let Some(promise) = promise(&clipboard, "writeText", &text.into()) else { return done(false) };
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
    get(&global(), "navigator").unwrap_or_default()
}

fn promise(object: &JsValue, name: &str, value: &JsValue) -> Option<Promise> {
    call(object, name, std::slice::from_ref(value))?.dyn_into().ok()
}
