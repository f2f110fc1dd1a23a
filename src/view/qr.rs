//! A QR picture as markup.

use crate::engine::qr::Picture;
use leptos::prelude::*;

/// Light squares around the picture; readers need them.
const MARGIN: usize = 4;

/// The picture of an address with a code behind it; nothing where it is too long for any.
pub fn qr(address: &str, code: &str, about: String) -> Option<AnyView> {
    let picture = Picture::of(address, code)?;
    let size = (picture.size + 2 * MARGIN).to_string();
    let mut path = String::new();
    for (y, row) in picture.rows().enumerate() {
        let mut x = MARGIN;
        for run in row.chunk_by(|one, next| (one ^ next) & 1 == 0) {
            if run.first().is_some_and(|square| square & 1 == 1) {
                let (left, top, run) = (x.to_string(), (y + MARGIN).to_string(), run.len().to_string());
                path += &["M", &left, " ", &top, "h", &run, "v1h-", &run, "z"].concat();
            }
            x += run.len();
        }
    }
    // The light ground comes from the style sheet: it is part of the picture, in every theme.
    let frame = ["0 0", &size, &size].join(" ");
    Some(view! { <svg class="qr" role="img" aria-label=about viewBox=frame><path d=path></path></svg> }.into_any())
}
