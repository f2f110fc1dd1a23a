//! Articles: blocks of text.

use crate::model::{Block, Inline, Text};
use leptos::prelude::*;

/// The blocks of an article. `base` is what a link inside the site begins with.
pub fn blocks(blocks: &[Block], base: &str) -> impl IntoView + use<> {
    let one = |block: &Block| match block {
        Block::Heading(text) => view! { <h2>{text.clone()}</h2> }.into_any(),
        Block::Paragraph(text) => view! { <p>{run(text, base)}</p> }.into_any(),
        Block::Points(items) => {
            view! { <ul>{items.iter().map(|item| point(item, base)).collect_view()}</ul> }.into_any()
        }
        Block::Numbered(items) => {
            view! { <ol>{items.iter().map(|item| point(item, base)).collect_view()}</ol> }.into_any()
        }
        Block::Tasks(items) => {
            view! { <ul class="tasks">{items.iter().map(|item| task(item, base)).collect_view()}</ul> }.into_any()
        }
    };
    blocks.iter().map(one).collect_view()
}

fn point(text: &Text, base: &str) -> impl IntoView + use<> {
    view! { <li>{run(text, base)}</li> }
}

fn task(text: &Text, base: &str) -> impl IntoView + use<> {
    view! { <li><label><input type="checkbox" /><span>{run(text, base)}</span></label></li> }
}

fn run(text: &Text, base: &str) -> impl IntoView + use<> {
    text.iter().map(|part| inline(part, base)).collect_view()
}

fn inline(part: &Inline, base: &str) -> AnyView {
    let text = part.text.clone();
    let text = if part.strong { view! { <b>{text}</b> }.into_any() } else { text.into_any() };
    match &part.href {
        // A check in one file that knows of no site.
        Some(href) if href.starts_with('/') && base.is_empty() => text,
        Some(href) if href.starts_with('/') => {
            let href = format!("{base}{}", href.trim_start_matches('/'));
            view! { <a href=href>{text}</a> }.into_any()
        }
        Some(href) => view! { <a href=href.clone() rel="noreferrer noopener">{text}</a> }.into_any(),
        None => text,
    }
}
