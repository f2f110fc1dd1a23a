//! Shapes drawn as lines. Each stands for a level beside its word and colour.

use crate::model::Look;
use leptos::prelude::*;

/// The shape of an outcome.
pub fn shape(look: Look) -> AnyView {
    let path = match look {
        // An open door.
        Look::Clear => "M5 28h22M8 28V4h12v24M20 6l5 2v20M16 16v1",
        // Two speech bubbles.
        Look::Talk => "M4 5h16v11h-9l-4 4v-4H4zM24 11h4v11h-3v4l-4-4h-8v-3",
        // A calendar leaf.
        Look::Wait => "M5 7h22v20H5zM5 13h22M11 3v7M21 3v7M16 17v4l3 2",
        // A circle with a bar.
        Look::Against => "M16 3a13 13 0 1 0 0 26a13 13 0 1 0 0-26M9 16h14",
        // A square with a clock.
        Look::Today => "M4 4h24v24H4zM16 9a7 7 0 1 0 0 14a7 7 0 1 0 0-14M16 12v4l3 2",
        // An octagon with a handset.
        Look::Emergency => "M11 3h10l8 8v10l-8 8H11l-8-8V11zM11 10c-1 6 5 13 11 12l1-4-4-2-2 2c-2-1-3-2-4-4l2-2-2-4z",
    };
    line(path, "shape")
}

/// The arrow of a link back.
pub fn back() -> AnyView {
    line("M20 6L10 16l10 10", "arrow")
}

fn line(path: &'static str, class: &'static str) -> AnyView {
    view! {
        <svg class=class viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <path d=path></path>
        </svg>
    }
    .into_any()
}
