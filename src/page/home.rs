//! The first page: what this is, two doors, the questions.

use crate::model::Article;
use crate::page::{Here, Site};
use leptos::prelude::*;

/// The page.
#[component]
pub fn Home(
    site: Site,
    here: Here,
    groups: Vec<String>,
    faq: Vec<Article>,
    lists: Vec<(String, String)>,
) -> impl IntoView {
    let labels = site.labels.clone();
    let group = |(place, title): (usize, String)| {
        let mine = faq.iter().filter(|article| article.group == place);
        let rows = mine.map(|article| {
            let href = here.to(&format!("faq/{}/", article.slug));
            view! { <li><a href=href>{article.title.clone()}</a></li> }
        });
        let rows = rows.collect_view();
        view! { <section><h3>{title}</h3><ul>{rows}</ul></section> }
    };
    let groups = groups.into_iter().enumerate().map(group).collect_view();
    let doors = [
        ("check/", labels.home_check(), labels.home_check_hint()),
        ("aftercare/", labels.home_aftercare(), labels.home_aftercare_hint()),
    ];
    let doors = doors.into_iter().filter(|(path, ..)| site.has(path)).enumerate();
    let door = |(place, (path, name, hint)): (usize, (&str, String, String))| {
        let class = if place == 0 { "door first" } else { "door" };
        view! { <a class=class href=here.to(path)><b>{name}</b><span>{hint}</span></a> }
    };
    let doors = doors.map(door).collect_view();
    let lists = lists.into_iter().filter(|(path, _)| site.has(path));
    let list = |(path, title): (String, String)| view! { <li><a href=here.to(&path)>{title}</a></li> };
    view! {
        <div class="hero">
            <h1>{labels.home_title()}</h1>
            <p class="lead">{labels.home_lead()}</p>
            <p class="hint">{labels.home_for()}</p>
        </div>
        <div data-kept=""></div>
        <div class="doors">
            {doors}
        </div>
        <h2>{labels.home_faq()}</h2>
        <div class="groups">{groups}</div>
        <h2>{labels.home_lists()}</h2>
        <ul class="lists">{lists.map(list).collect_view()}</ul>
    }
}
