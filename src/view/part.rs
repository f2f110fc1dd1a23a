//! The small parts every screen is made of. One function each, not markup repeated: it is the same look everywhere, and
//! a fifth less code in the app.

use crate::view::Act;
use leptos::either::Either;
use leptos::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};

/// A part of the screen that changes: put up anew, as other elements, whenever what it shows is another. Never is a text
/// edited that stands on the page: programs that translate pages put their own words in its place, and the edit would be
/// lost, with the old words left beside new boxes. So whatever changes is made of elements, and goes through here.
pub fn anew<T: Clone + PartialEq + Send + 'static>(
    shown: impl Fn() -> T + Send + Sync + 'static,
    draw: impl Fn(T) -> AnyView + Send + 'static,
) -> AnyView {
    let last = Arc::new(Mutex::new(None));
    let drawn = last.clone();
    let changes = Memo::new(move |before: Option<&u32>| {
        let now = Some(shown());
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let others = before.copied().unwrap_or_default() + u32::from(*last != now);
        *last = now;
        others
    });
    let draw = move || {
        let shown = drawn.lock().unwrap_or_else(PoisonError::into_inner).clone();
        shown.map_or_else(|| ().into_any(), &draw)
    };
    put_up(changes, Box::new(draw))
}

/// One function for all of them: a kind of its own for each is half a kilobyte of the app.
fn put_up(changes: Memo<u32>, draw: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    // A view of the other side is never taken for this one, changed.
    (move || if changes.get().is_multiple_of(2) { Either::Left(draw()) } else { Either::Right(draw()) }).into_any()
}

/// Lines that come and go, and are read out when they come. There from the start, or a screen reader would not hear.
pub fn live(
    class: &'static str,
    line_class: &'static str,
    said: impl Fn() -> Vec<String> + Send + Sync + 'static,
) -> AnyView {
    let lines = anew(said, move |said| {
        said.into_iter().map(|text| line(line_class, text)).collect::<Vec<AnyView>>().into_any()
    });
    view! { <div class=class role="status">{lines}</div> }.into_any()
}

/// The title of a screen. It takes the focus when the screen changes.
pub fn title(text: String) -> AnyView {
    view! { <h1 tabindex="-1" data-focus="">{text}</h1> }.into_any()
}

/// A heading within a screen.
pub fn heading(text: String) -> AnyView {
    view! { <h2>{text}</h2> }.into_any()
}

/// A paragraph of a class; `""`: of none.
pub fn line(class: &'static str, text: String) -> AnyView {
    view! { <p class=class>{text}</p> }.into_any()
}

/// A paragraph, where there is a text.
pub fn maybe_line(class: &'static str, text: Option<String>) -> Option<AnyView> {
    text.filter(|text| !text.is_empty()).map(|text| line(class, text))
}

/// Words that stand out.
pub fn strong(text: String) -> AnyView {
    view! { <b>{text}</b> }.into_any()
}

/// A list of lines.
pub fn points(class: &'static str, lines: Vec<String>) -> AnyView {
    let one = |line: String| view! { <li>{line}</li> }.into_any();
    view! { <ul class=class>{lines.into_iter().map(one).collect::<Vec<AnyView>>()}</ul> }.into_any()
}

/// A box that stands out from the screen.
pub fn card(class: &'static str, inner: Vec<AnyView>) -> AnyView {
    view! { <section class=class>{inner}</section> }.into_any()
}

/// A closed part that opens on request.
pub fn folded(class: &'static str, summary: String, inner: AnyView) -> AnyView {
    view! { <details class=class><summary>{summary}</summary>{inner}</details> }.into_any()
}

/// A row to tick: the box, its key words, and what stands on a second line.
pub fn row(input: AnyView, key: String, examples: &str, opened: Option<AnyView>) -> AnyView {
    let examples = (!examples.is_empty()).then(|| {
        // The comma is heard, but not seen: the examples stand on a line of their own.
        view! { <span class="unseen">{", "}</span><span class="examples">{examples.to_owned()}</span> }.into_any()
    });
    view! {
        <div class="option">
            <label>{input}<span class="words"><span class="key">{key}</span>{examples}</span></label>
            {opened}
        </div>
    }
    .into_any()
}

/// Whether a part stays out of print, which may change.
pub type Out = Box<dyn Fn() -> bool + Send>;

/// The attribute that keeps a part out of print, for as long as it is to stay out.
pub fn private(out: Out) -> impl Fn() -> Option<String> + Send + 'static {
    move || out().then(String::new)
}

/// A section that may stay out of print.
pub fn section(class: &'static str, out: Out, inner: AnyView) -> AnyView {
    view! { <section class=class data-private=private(out)>{inner}</section> }.into_any()
}

/// A line of a list that may stay out of print.
pub fn item(out: Out, inner: AnyView) -> AnyView {
    view! { <li data-private=private(out)>{inner}</li> }.into_any()
}

/// What stands on paper alone.
pub fn on_paper(inner: AnyView) -> AnyView {
    view! { <div class="on-paper" hidden>{inner}</div> }.into_any()
}

/// A property that is true for as long as something holds.
pub fn truth(holds: Box<dyn Fn() -> bool + Send>) -> impl Fn() -> bool + Send + 'static {
    move || holds()
}

/// A link.
pub fn link(class: &'static str, href: String, text: String) -> AnyView {
    view! { <a class=class href=href>{text}</a> }.into_any()
}

/// A button that does something. `action` is its stable hook; `about` tells screen readers more.
pub fn press(
    class: &'static str,
    action: &'static str,
    text: String,
    about: Option<String>,
    act: Callback<Act>,
    does: Act,
) -> AnyView {
    let about = about.map(|about| view! { <span class="unseen">{about}</span> }.into_any());
    view! {
        <button type="button" class=class data-action=action on:click=move |_| act.run(does.clone())>
            {text}{about}
        </button>
    }
    .into_any()
}

/// A link that changes the answer to a question.
pub fn change(text: String, about: String, id: String, act: Callback<Act>, question: usize) -> AnyView {
    view! {
        <button type="button" class="plain change" data-action="change" data-question=id
            on:click=move |_| act.run(Act::Change(question))>
            {text}<span class="unseen">{about}</span>
        </button>
    }
    .into_any()
}
