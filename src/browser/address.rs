//! The position in the fragment, as an ordinal and never an id: a branch would reveal an answer. History calls may
//! fail, and then the check goes on without them.

use crate::browser::dom;
use crate::browser::foreign::{get, global, put};
use crate::engine::Place;
use wasm_bindgen::JsValue;

/// What the fragment asks for; `None`: it does not speak of the check.
pub fn place() -> Option<Place> {
    let hash = dom::window()?.location().hash().ok()?;
    match hash.strip_prefix("#/")? {
        "" => Some(Place::Start),
        "review" => Some(Place::Review),
        "result" => Some(Place::Result),
        // A screen nobody knows lies behind the last one.
        number => Some(Place::Page(number.parse().unwrap_or(usize::MAX))),
    }
}

/// The fragment, where it names no part of the page; gone from the address and the history once it is read. The first
/// script of the page has taken it already, if it ran.
pub fn take() -> Option<String> {
    const TAKEN: &str = "mesocheckCode";
    let taken = get(&global(), TAKEN).and_then(|taken| taken.as_string()).filter(|taken| !taken.is_empty());
    if taken.is_some() {
        put(&global(), TAKEN, &JsValue::NULL);
        return taken;
    }
    let window = dom::window()?;
    let location = window.location();
    let text = location.hash().ok()?.strip_prefix('#')?.to_owned();
    if text.is_empty() || dom::text(&text).is_some() {
        return None;
    }
    wipe();
    Some(text)
}

/// Takes the fragment out of the address and the history.
fn wipe() {
    let Some(window) = dom::window() else { return };
    let path = window.location().pathname().ok();
    let history = window.history().ok();
    // Where it is refused, nothing else can wipe it either.
    let _ = history.map(|history| history.replace_state_with_url(&JsValue::NULL, "", path.as_deref()));
}

/// Whether the person comes from a check whose answers they deleted. It is told once.
pub fn take_deleted() -> bool {
    let told = dom::window().and_then(|window| window.location().hash().ok()).is_some_and(|hash| hash == DELETED);
    if told {
        wipe();
    }
    told
}

/// A whole address, from one that is relative to this page.
pub fn whole(relative: &str) -> Option<String> {
    let here = dom::window()?.location().href().ok()?;
    web_sys::Url::new_with_base(relative, &here).ok().map(|url| url.href())
}

/// The fragment of the first page that tells it that answers were just deleted.
pub const DELETED: &str = "#deleted";

/// The folder of this site on its host, with a slash at each end: another site there may hold answers of its own. A check
/// in one file stands for itself.
pub fn site() -> String {
    let path = dom::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default();
    let Some(root) = dom::of_document("data-root") else { return path };
    let up = root.bytes().filter(|letter| *letter == b'/').count();
    let end = path.rmatch_indices('/').nth(up).map(|(end, _)| end).unwrap_or_default();
    [path.get(..end).unwrap_or_default(), "/"].concat()
}

fn fragment(place: Place) -> String {
    match place {
        Place::Start => "#/".into(),
        Place::Page(number) => format!("#/{number}"),
        Place::Review => "#/review".into(),
        Place::Result => "#/result".into(),
    }
}

/// How many steps of this visit lie behind in the history.
fn depth() -> f64 {
    let state = dom::window().and_then(|window| window.history().ok()).and_then(|history| history.state().ok());
    state.and_then(|state| state.as_f64()).unwrap_or_default()
}

/// Writes a new entry. In a frame the history is that of the page around it, and nothing is added to it.
pub fn push(place: Place) {
    let new = !dom::is_framed();
    write(place, depth() + f64::from(u8::from(new)), new);
}

/// Corrects the present entry.
pub fn replace(place: Place) {
    write(place, depth(), false);
}

fn write(place: Place, depth: f64, new: bool) {
    let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
    let (state, address) = (JsValue::from_f64(depth), fragment(place));
    // A browser may refuse after many calls: then only its Back button knows less.
    let _ = if new {
        history.push_state_with_url(&state, "", Some(&address))
    } else {
        history.replace_state_with_url(&state, "", Some(&address))
    };
}

/// One step back in the history; `false` where this visit has none.
pub fn back() -> bool {
    let history = dom::window().and_then(|window| window.history().ok()).filter(|_| depth() > 0.0);
    history.is_some_and(|history| history.back().is_ok())
}

/// Goes to another page.
pub fn visit(to: &str) {
    if let Some(window) = dom::window() {
        // Where it is refused, the person is still where they were.
        let _ = window.location().set_href(to);
    }
}

/// Leaves for another page, which takes this one's place in the history.
pub fn leave(to: &str) {
    if let Some(window) = dom::window() {
        // Where it is refused, the person still sees an empty check.
        let _ = window.location().replace(to);
    }
}

/// Leaves for a page of another site. In a frame it takes the place of the page around it, where the browser allows.
pub fn leave_site(to: &str) {
    let top = dom::window().and_then(|window| window.top().ok().flatten());
    if top.is_none_or(|top| top.location().replace(to).is_err()) {
        leave(to);
    }
}
