//! The page of what a person hands over: reads the fragment once, wipes it, shows it, and keeps nothing.

use crate::browser::{address, clock, code, dom, read_pack};
use crate::engine::handover::{Handover, Refusal, open};
use crate::model::Pack;
use crate::view::handover::handed_over;
use crate::view::part::anew;
use crate::view::words::Speech;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::HtmlElement;

/// Mounts over the page.
pub fn mount(root: &HtmlElement) {
    // Before anything else: what may fail below must not leave answers in the address.
    let text = address::take();
    let Some((answers, pack)) = dom::find_in(root, "[data-answers]").zip(read_pack().ok()) else {
        return dom::set(root, "data-state", "failed");
    };
    let pack = Arc::new(pack);
    let speech = Speech { pack: pack.clone(), country: None, moment: clock::moment_words, date: clock::date_words };
    let page = root.clone();
    dom::mount(&answers, move || {
        let shown = RwSignal::new(None);
        tell(&page, &pack, shown, text.as_deref());
        hear(page, pack, shown);
        anew(
            move || shown.get(),
            move |shown: Option<Handover>| shown.map(|shown| handed_over(&speech, &shown)).into_any(),
        )
    });
}

/// Hears that another code was scanned in this tab, and that the page is left: the browser may keep it, to come back to.
fn hear(page: HtmlElement, pack: Arc<Pack>, shown: RwSignal<Option<Handover>>) {
    let left = (page.clone(), pack.clone());
    dom::listen(&["pagehide"], move |_| drop(tell(&left.0, &left.1, shown, None)));
    dom::listen(&["hashchange"], move |_| {
        if let Some(text) = address::take() {
            dom::focus(tell(&page, &pack, shown, Some(&text)));
        }
    });
}

/// Shows what a code holds, or says why not; what is shown now.
fn tell(page: &HtmlElement, pack: &Pack, shown: RwSignal<Option<Handover>>, text: Option<&str>) -> Option<HtmlElement> {
    let read = text.map(|text| open(&code::book(pack), text));
    let state = match read {
        None => "nothing",
        Some(Ok(_)) => "shown",
        Some(Err(Refusal::Foreign)) => "foreign",
        Some(Err(Refusal::Cut)) => "cut",
        Some(Err(Refusal::Damaged)) => "damaged",
        Some(Err(Refusal::Newer)) => "newer",
        Some(Err(Refusal::OtherContent)) => "other",
    };
    if let Some(before) = dom::find_in(page, "[data-when]:not([hidden])") {
        dom::flag(&before, "hidden", true);
    }
    let now = dom::find_in(page, &["[data-when=", state, "]"].concat());
    if let Some(now) = &now {
        dom::flag(now, "hidden", false);
    }
    dom::set(page, "data-state", state);
    shown.set(read.and_then(Result::ok));
    now
}
