//! What only a browser has: the session, storage, the address, the clock.

mod address;
mod clock;
mod code;
mod dom;
mod foreign;
mod handover;
mod session;
mod share;
mod store;

use crate::model::{Pack, PackError, SearchIndex, parse};
use crate::page::faq::FaqSearch;
use leptos::prelude::*;
use std::sync::Arc;

/// Mounts over what the page holds: a check, answers handed over, the card of kept answers, or the search of the FAQ.
pub fn start() {
    // A panic leaves words on the screen; the answers are in the store already.
    std::panic::set_hook(Box::new(|_| {
        if let Some(root) = dom::find("[data-state]") {
            dom::set(&root, "data-state", "failed");
        }
    }));
    if let Some(root) = dom::find("[data-check]") {
        match read_pack() {
            Ok(pack) => session::mount(&root, pack),
            Err(_) => dom::set(&root, "data-state", "failed"),
        }
    }
    if let Some(root) = dom::find("[data-handover]") {
        handover::mount(&root);
    }
    if let Some((root, pack)) = dom::find("[data-kept]").and_then(|root| Some((root, read_pack().ok()?))) {
        session::card::mount(&root, pack);
    }
    let index = dom::text("index").and_then(|text| parse::<SearchIndex>(&text));
    if let (Some(root), Some(index)) = (dom::find("[data-search]"), index) {
        dom::mount(&root, move || view! { <FaqSearch index=Arc::new(index) /> });
    }
}

fn read_pack() -> Result<Pack, PackError> {
    Pack::read(&dom::text("pack").unwrap_or_default())
}
