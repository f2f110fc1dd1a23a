//! The card of kept answers on the first page.

use crate::browser::session::TIMES;
use crate::browser::store::{Found, Told};
use crate::browser::{address, clock, dom, store};
use crate::model::Pack;
use crate::view::start::kept_card;
use crate::view::words::Speech;
use crate::view::{Act, Kept};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::HtmlElement;

/// The attribute of the card's place that tells what it shows: when the answers are from, or nothing.
const SHOWN: &str = "data-kept";

/// Shows the card whenever there are answers, also when the page comes back after a while.
pub fn mount(root: &HtmlElement, pack: Pack) {
    store::begin(&pack);
    let speech = Speech { pack: Arc::new(pack), country: None, moment: TIMES.moment, date: TIMES.date };
    // The person comes from a check they left: the page around it is another, and says that it is done.
    if address::take_deleted() && kept(&speech).is_empty() {
        dom::set(root, SHOWN, "");
        say(root, speech.labels().deleted());
    } else {
        show(root, &speech);
    }
    let root = root.clone();
    dom::listen(dom::RETURNS, move |event| {
        if store::told(&event) != Told::Nothing {
            show(&root, &speech);
        }
    });
}

/// Draws the card anew where there are other answers than it shows, or none.
fn show(root: &HtmlElement, speech: &Speech) {
    let when = kept(speech);
    if root.get_attribute(SHOWN).is_some_and(|shown| shown == when) {
        return;
    }
    root.set_text_content(None);
    dom::set(root, SHOWN, &when);
    if when.is_empty() {
        return;
    }
    let (page, speech) = (root.clone(), speech.clone());
    dom::mount(root, move || {
        let (deleted, not_deleted) = (speech.labels().deleted(), speech.labels().not_deleted());
        let act = Callback::new(move |act| {
            if act == Act::GoOn {
                // The review leads to the first screen that lacks an answer, if any does.
                return address::visit("check/#/review");
            }
            let gone = store::delete();
            dom::set(&page, SHOWN, "");
            say(&page, if gone { deleted.clone() } else { not_deleted.clone() });
        });
        kept_card(&speech, &Kept { when }, act)
    });
}

/// Deleting is final: the card gives way to one line, which takes the focus and so is read out.
fn say(root: &HtmlElement, text: String) {
    dom::mount(root, move || view! { <p tabindex="-1" data-focus="">{text}</p> });
    dom::focus(dom::find_in(root, "[data-focus]"));
}

/// When the answers are from that are kept at this moment; empty where there are none.
fn kept(speech: &Speech) -> String {
    match store::load(&speech.pack.check, clock::now().moment) {
        Found::Answers { answers, saved, .. } if !answers.is_empty() => speech.moment(saved),
        Found::Answers { .. } | Found::Nothing | Found::Expired | Found::Damaged | Found::Newer | Found::Refused => {
            String::new()
        }
    }
}
