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
    let list = |(path, title): (String, String)| view! { <li><a href=here.to(&path)>{title}</a></li> };
    view! {
        <div class="hero">
            <h1>{labels.home_title()}</h1>
            <p class="lead">{labels.home_lead()}</p>
            <p class="hint">{labels.home_for()}</p>
        </div>
        <div data-kept=""></div>
        <div class="doors">
            <a class="door first" href=here.to("check/")>
                <b>{labels.home_check()}</b><span>{labels.home_check_hint()}</span>
            </a>
            <a class="door" href=here.to("aftercare/")>
                <b>{labels.home_aftercare()}</b><span>{labels.home_aftercare_hint()}</span>
            </a>
        </div>
        <h2>{labels.home_faq()}</h2>
        <div class="groups">{groups}</div>
        <h2>{labels.home_lists()}</h2>
        <ul class="lists">{lists.into_iter().map(list).collect_view()}</ul>
    }
}
