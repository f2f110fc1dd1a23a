//! The FAQ index: all questions by group, with a search box once the island is there.

use crate::engine::search;
use crate::model::{SearchEntry, SearchIndex};
use crate::view::part::{anew, live};
use crate::view::words::fill;
use leptos::prelude::*;
use std::sync::Arc;

/// The whole list, by group. `base` leads to the folder of the answers.
#[component]
pub fn FaqList(index: Arc<SearchIndex>, found: Vec<SearchEntry>) -> impl IntoView {
    let group = |(place, title): (usize, &String)| {
        let mine: Vec<&SearchEntry> = found.iter().filter(|entry| entry.group == place).collect();
        if mine.is_empty() {
            return ().into_any();
        }
        let row = |entry: &SearchEntry| {
            let href = format!("{}/", entry.slug);
            view! { <li><a href=href><b>{entry.title.clone()}</b></a><span>{entry.short.clone()}</span></li> }
        };
        let rows = mine.into_iter().map(row).collect_view();
        view! { <section class="group"><h2>{title.clone()}</h2><ul>{rows}</ul></section> }.into_any()
    };
    index.groups.iter().enumerate().map(group).collect_view()
}

/// The list with its search box.
#[component]
pub fn FaqSearch(index: Arc<SearchIndex>) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let (list, count) = (index.clone(), index.clone());
    let found = Memo::new(move |_| {
        let found = search(&index.entries, &query.get());
        found.into_iter().cloned().collect::<Vec<SearchEntry>>()
    });
    let words = count.clone();
    let status = move || {
        let number = found.with(Vec::len);
        if query.with(|query| query.trim().is_empty()) {
            Vec::new()
        } else if number == 0 {
            vec![words.nothing.clone()]
        } else {
            vec![fill(&words.found, &[("n", &number.to_string())])]
        }
    };
    view! {
        <label class="search">
            <span>{count.label.clone()}</span>
            <input type="search" name="search" autocomplete="off"
                on:input=move |event| query.set(event_target_value(&event)) />
        </label>
        {live("", "hint", status)}
        {anew(move || found.get(), move |found| view! { <FaqList index=list.clone() found=found /> }.into_any())}
    }
}
