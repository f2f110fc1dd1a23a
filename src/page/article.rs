//! One FAQ answer, or another page of text.

use crate::model::{Article, Evidence, Source};
use crate::page::{Here, Site};
use crate::view::article::blocks;
use crate::view::words::fill;
use leptos::prelude::*;

/// An FAQ answer: the answer first, then where it comes from and where to go on.
#[component]
pub fn FaqAnswer(
    site: Site,
    here: Here,
    group: String,
    article: Article,
    related: Vec<(String, String)>,
    sources: Vec<Source>,
) -> impl IntoView {
    let labels = site.labels.clone();
    let evidence = article.evidence.map(|evidence| match evidence {
        Evidence::Good => ("good", labels.evidence_good()),
        Evidence::Mixed => ("mixed", labels.evidence_mixed()),
        Evidence::Little => ("little", labels.evidence_little()),
        Evidence::None => ("none", labels.evidence_none()),
    });
    let evidence = evidence.map(|(id, word)| {
        view! { <p class="evidence" data-evidence=id>{labels.evidence()}": "<b>{word}</b></p> }
    });
    let other = |(slug, title): (String, String)| {
        let href = here.to(&format!("faq/{slug}/"));
        view! { <li><a href=href>{title}</a></li> }
    };
    let doors = [("check/", labels.home_check()), ("aftercare/", labels.home_aftercare())];
    let door = doors.into_iter().find(|(path, _)| site.has(path));
    let door = door.map(|(path, name)| view! { <a class="main" href=here.to(path)>{name}</a> });
    view! {
        <p class="crumb"><a href=here.to("faq/")>{labels.nav_faq()}</a>" › "{group}</p>
        <article class="answer">
            <h1>{article.title.clone()}</h1>
            {evidence}
            {blocks(&article.blocks, &here.base)}
            <Origins site=site.clone() article=article.clone() sources=sources />
        </article>
        <section class="related">
            <h2>{labels.related()}</h2>
            <ul>{related.into_iter().map(other).collect_view()}</ul>
            {door}
        </section>
    }
}

/// Another page of text.
#[component]
pub fn PlainPage(site: Site, here: Here, article: Article, sources: Vec<Source>) -> impl IntoView {
    view! {
        <article class="answer">
            <h1>{article.title.clone()}</h1>
            {blocks(&article.blocks, &here.base)}
            <Origins site=site article=article.clone() sources=sources />
        </article>
    }
}

/// Where an article comes from, and when it is looked at again.
#[component]
fn Origins(site: Site, article: Article, sources: Vec<Source>) -> impl IntoView {
    let labels = site.labels.clone();
    let rows = sources.iter().map(|source| view! { <li>{source_line(source)}</li> }).collect_view();
    let review = fill(&labels.article_review(), &[("date", &site.date(article.review_by))]);
    view! {
        {(!sources.is_empty()).then(|| view! {
            <details class="sources"><summary>{labels.article_sources()}</summary><ul>{rows}</ul></details>
        })}
        <p class="small">{labels.not_reviewed()}" "{review}</p>
    }
}

/// A source in a line, with a link where it has an address.
pub fn source_line(source: &Source) -> impl IntoView + use<> {
    let from = [source.publisher.clone(), source.year.map(|year| year.to_string()).unwrap_or_default()];
    let from: Vec<String> = from.into_iter().filter(|part| !part.is_empty()).collect();
    let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
    let text = format!("{}{from}", source.title);
    let note = (!source.note.is_empty()).then(|| format!(". {}", source.note.trim_end_matches('.')));
    if source.address.starts_with("https://") {
        view! { <a href=source.address.clone() rel="noreferrer noopener">{text}</a>{note}"." }.into_any()
    } else if source.address.is_empty() {
        view! { {text}{note}"." }.into_any()
    } else {
        view! { {text}", "{source.address.clone()}{note}"." }.into_any()
    }
}
