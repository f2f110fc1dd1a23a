//! What stands around every page: skip link, name, navigation, draft banner, disclaimer.

use crate::model::{Country, KEYS, ReviewState};
use crate::page::{Author, Here, Site};
use crate::view::words::fill;
use leptos::prelude::*;

/// The button that leaves at once, by a link of its own for those who skip from link to link. A script of its own
/// deletes what is kept first and hears the Shift key; without it both are links.
fn exit(site: &Site) -> AnyView {
    let labels = &site.labels;
    let link = |class: &'static str| {
        view! {
            <a class=class href=site.clinic.neutral.clone() target="_top" rel="noreferrer nofollow" data-action="exit">
                {labels.exit()}
                <span class="lights" aria-hidden="true"><i></i><i></i><i></i></span>
            </a>
        }
    };
    view! {
        {link("skip")}
        <div class="exit" role="region" aria-label=labels.exit() data-exit=KEYS
            data-two=labels.exit_two() data-one=labels.exit_one()
            data-over=labels.exit_over() data-leaving=labels.exit_leaving()>
            {link("exit-button")}
            <span class="unseen" role="status"></span>
        </div>
    }
    .into_any()
}

/// Says how far the content may be relied on, where that is less than it should be.
fn banner(site: &Site) -> Option<AnyView> {
    let banner = match site.review.state {
        ReviewState::Draft => site.labels.draft(),
        ReviewState::Withdrawn => site.labels.withdrawn(),
        ReviewState::Signed => return None,
    };
    Some(view! { <aside class="banner" data-draft="">{banner}</aside> }.into_any())
}

/// What this is, above whatever is printed. Where no address is known, the page's script writes the one it is at.
fn printed(site: &Site) -> AnyView {
    let address = Some(&site.address).filter(|address| !address.is_empty()).map(|address| format!(", {address}"));
    let name = site.labels.printed();
    view! { <p class="on-paper" hidden=true>{name}<span data-address="">{address}</span></p> }.into_any()
}

/// What is shown where the app cannot run, above the check: words, numbers to call, and the form for paper, by its
/// address and title.
pub fn without_app(site: &Site, countries: &[Country], paper: Option<(String, String)>) -> AnyView {
    let labels = &site.labels;
    let [failed, no_script] = [labels.failed(), labels.no_script()].map(|text| site.say(&text));
    let way = || paper.clone().map(|(href, title)| view! { " "<a href=href>{title}</a> }.into_any());
    view! {
        <div class="card late" role="alert" hidden=true>
            <p><b>{labels.failed_title()}</b></p>
            <p>{failed}{way()}</p>
            {numbers(site, countries)}
        </div>
        <noscript><div class="card" role="alert"><p>{no_script}{way()}</p>{numbers(site, countries)}</div></noscript>
    }
    .into_any()
}

/// The emergency number of every country, that of the clinic first.
fn numbers(site: &Site, countries: &[Country]) -> AnyView {
    let (here, others): (Vec<&Country>, Vec<&Country>) =
        countries.iter().partition(|country| country.id == site.clinic.country);
    let row = |country: &Country| {
        let (href, text) = (format!("tel:{}", country.emergency), country.emergency.clone());
        view! { <li>{country.name.clone()}": "<a href=href>{text}</a></li> }.into_any()
    };
    let rows: Vec<AnyView> = here.into_iter().chain(others).map(row).collect();
    view! { <ul class="numbers">{rows}</ul> }.into_any()
}

/// Shown by a script where a program has translated the page. The words it stands for are in the language of the page,
/// and that program translates them too.
fn translated(site: &Site) -> AnyView {
    view! { <p class="banner" data-translated="" role="alert" hidden="">{site.labels.translated()}</p> }.into_any()
}

/// Who shows the check: one line, wherever a clinic does.
pub fn shown_by(site: &Site) -> Option<AnyView> {
    let clinic = &site.clinic.name;
    let words = match site.author {
        Author::Publisher => site.labels.shown_by(),
        Author::Clinic => site.labels.shown_own(),
    };
    let words = fill(&words, &[("clinic", clinic)]);
    (!clinic.is_empty()).then(|| view! { <p class="shown-by" data-clinic="">{words}</p> }.into_any())
}

/// The logo of the clinic.
fn logo(site: &Site, here: &Here) -> Option<AnyView> {
    let logo = site.logo.as_ref()?;
    let (source, name) = (here.to(&format!("../{}", logo.path)), site.clinic.name.clone());
    Some(view! { <img class="logo" src=source alt=name width=logo.width height=logo.height /> }.into_any())
}

/// The way from a frame on another website to the same check in a tab of its own.
pub fn own_tab(site: &Site, name: &'static str, whole: &str) -> AnyView {
    let (href, text) = (whole.to_owned(), site.labels.embed_open());
    view! { <p class=name><a href=href target="_blank" rel="noopener" data-own-tab="">{text}</a></p> }.into_any()
}

/// What stands around a check in a frame on another website, or in one file: no way to other pages but what is given,
/// to stand first and last.
#[component]
pub fn Bare(site: Site, first: AnyView, last: AnyView, children: Children) -> impl IntoView {
    view! {
        {banner(&site)}
        {translated(&site)}
        {printed(&site)}
        {site.clinic.exit.then(|| exit(&site))}
        {first}
        <main id="main">{children()}</main>
        <footer class="bottom">
            {shown_by(&site)}
            <p>{site.say(&site.labels.disclaimer())}</p>
            {last}
        </footer>
    }
}

/// The frame of a page. Around a check on a phone the style sheet leaves the navigation to the foot, and takes even that
/// away where a person needs help now.
#[component]
pub fn Shell(site: Site, here: Here, children: Children) -> impl IntoView {
    let labels = site.labels.clone();
    let links = [
        ("faq/", labels.nav_faq()),
        ("check/", labels.nav_check()),
        ("aftercare/", labels.nav_aftercare()),
        ("prepare/", labels.nav_prepare()),
        ("about/", labels.nav_about()),
    ];
    let link = |(path, text): &(&str, String)| {
        let current = (here.path == *path).then_some("page");
        view! { <li><a href=here.to(path) aria-current=current>{text.clone()}</a></li> }
    };
    let links: Vec<(&str, String)> = links.into_iter().filter(|(path, _)| site.has(path)).collect();
    let navigation = links.iter().map(link).collect_view();
    let more = [("", labels.nav_home()), ("paper/", labels.nav_paper()), ("privacy/", labels.nav_privacy())];
    let more = more.iter().filter(|(path, _)| site.has(path));
    let below = links.iter().chain(more).map(link).collect_view();
    view! {
        <a class="skip" href="#main">{labels.skip()}</a>
        {banner(&site)}
        {translated(&site)}
        {printed(&site)}
        {site.clinic.exit.then(|| exit(&site))}
        <header class="top">
            <a class="name" href=here.to("")>{labels.site()}</a>
            {logo(&site, &here)}
            <nav aria-label=labels.nav_label()><ul>{navigation}</ul></nav>
        </header>
        <main id="main">{children()}</main>
        <footer class="bottom">
            <p class="update" data-update="" hidden=true>
                <button type="button" class="plain" data-action="update">{labels.offline_update()}</button>
            </p>
            {shown_by(&site)}
            <p>{site.say(&labels.disclaimer())}</p>
            <ul>{below}</ul>
        </footer>
    }
}
