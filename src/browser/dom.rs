//! The page around the island.

use crate::browser::foreign::{call, get, global, put};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, Event, HtmlElement, Window};

/// The window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// Whether the page stands in a frame of another page.
pub fn is_framed() -> bool {
    window().and_then(|window| window.top().ok()?) != window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// Whether the browser opened a tab again that had been closed, with all it held. No browser says so: the page was come
/// to by way of the history, and from no other page. A tab that was only put to sleep was never closed.
pub fn is_reopened() -> bool {
    let reach = |names: &[&str]| names.iter().fold(global(), |object, name| get(&object, name).unwrap_or_default());
    let way = reach(&["navigation", "activation", "navigationType"]);
    let from = reach(&["navigation", "activation", "from"]);
    way == "traverse" && from.is_null() && reach(&["document", "wasDiscarded"]).is_falsy()
}

/// The first element a selector finds.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document()?.query_selector(selector).ok()??.dyn_into().ok()
}

/// The first element a selector finds below another.
pub fn find_in(root: &HtmlElement, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// An attribute of the whole document.
pub fn of_document(name: &str) -> Option<String> {
    document()?.document_element()?.get_attribute(name)
}

/// The text of data that travels in the page.
pub fn text(id: &str) -> Option<String> {
    document()?.get_element_by_id(id)?.text_content()
}

/// Sets an attribute.
pub fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are none.
    let _ = element.set_attribute(name, value);
}

/// Sets or removes an attribute without a value.
pub fn flag(element: &Element, name: &str, on: bool) {
    let _ = if on { element.set_attribute(name, "") } else { element.remove_attribute(name) };
}

/// Mounts a view in place of what an element holds, in one task: nothing is painted between.
pub fn mount<V: IntoView + 'static>(root: &HtmlElement, view: impl FnOnce() -> V + 'static) {
    root.set_text_content(None);
    leptos::mount::mount_to(root.clone(), view).forget();
}

/// Calls `heard` on every event of these kinds that comes to the window.
pub fn listen(kinds: &[&str], heard: impl FnMut(Event) + 'static) {
    let Some(window) = window() else { return };
    let closure = Closure::<dyn FnMut(Event)>::new(heard);
    for kind in kinds {
        // Fails only for a listener that is none. The page keeps it until it is closed.
        let _ = window.add_event_listener_with_callback(kind, closure.as_ref().unchecked_ref());
    }
    closure.forget();
}

/// The page is shown, covered or uncovered, comes back from the cache of Back and Forward, or another page of the site
/// changes what is kept.
pub const RETURNS: &[&str] = &["pageshow", "visibilitychange", "storage"];

/// Calls `done` once the next frame is laid out; at once, where the browser does not say when that is.
pub fn after_frame(done: impl FnOnce() + 'static) {
    later(Box::new(done));
}

fn later(done: Box<dyn FnOnce()>) {
    let done = Closure::once_into_js(done);
    let ways = ["requestAnimationFrame", "setTimeout"];
    if ways.iter().all(|way| call(&global(), way, std::slice::from_ref(&done)).is_none()) {
        call(&done, "call", &[]);
    }
}

/// The document's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        put(&document, "title", &title.into());
    }
}

/// Whether the page can be seen.
pub fn is_visible() -> bool {
    document().and_then(|document| get(&document, "hidden")).is_none_or(|hidden| hidden.is_falsy())
}

/// Gives the focus to an element, where there is one.
pub fn focus(element: Option<HtmlElement>) {
    if let Some(element) = element {
        // Fails only for elements that are gone.
        let _ = element.focus();
    }
}

/// Gives the focus to the title where a change takes away what has it: else it would fall to the top of the page, and a
/// screen reader would say nothing.
pub fn hold_focus(root: &HtmlElement) {
    if active().is_some_and(|active| root.contains(Some(&active))) {
        let root = root.clone();
        after_frame(move || {
            if active().is_none_or(|active| active.tag_name() == "BODY") {
                focus(find_in(&root, "[data-focus]"));
            }
        });
    }
}

fn active() -> Option<Element> {
    document()?.active_element()
}

/// Calls `done` every minute.
pub fn every_minute(done: impl FnMut() + 'static) {
    let Some(window) = window() else { return };
    let closure = Closure::<dyn FnMut()>::new(done);
    // Fails only for a function that is none. The page keeps it until it is closed.
    let _ = window.set_interval_with_callback_and_timeout_and_arguments_0(closure.as_ref().unchecked_ref(), 60_000);
    closure.forget();
}

/// Shows the top of the page.
pub fn scroll_to_top() {
    call(&global(), "scrollTo", &[0.into(), 0.into()]);
}

/// Brings an element into sight.
pub fn show(element: &HtmlElement) {
    call(element, "scrollIntoView", &[]);
}
