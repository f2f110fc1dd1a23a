//! What stands around every page: skip link, name, navigation, draft banner, disclaimer.

use crate::model::ReviewState;
use crate::page::{Here, Site};
use leptos::prelude::*;

/// The frame of a page. `narrow` pages leave the navigation to the foot, so that nothing competes with the check.
#[component]
pub fn Shell(site: Site, here: Here, children: Children) -> impl IntoView {
    let labels = site.labels.clone();
    let banner = match site.review.state {
        ReviewState::Draft => Some(labels.draft()),
        ReviewState::Withdrawn => Some(labels.withdrawn()),
        ReviewState::Signed => None,
    };
    let links = [
        ("faq/", &labels.nav_faq()),
        ("check/", &labels.nav_check()),
        ("aftercare/", &labels.nav_aftercare()),
        ("prepare/", &labels.nav_prepare()),
        ("about/", &labels.nav_about()),
    ];
    let link = |(path, text): (&str, &String)| {
        let current = (here.path == path).then_some("page");
        view! { <li><a href=here.to(path) aria-current=current>{text.clone()}</a></li> }
    };
    let navigation = links.into_iter().map(link).collect_view();
    view! {
        <a class="skip" href="#main">{labels.skip()}</a>
        {banner.map(|banner| view! { <p class="banner" data-draft="">{banner}</p> })}
        <header class="top">
            <a class="name" href=here.to("")>{labels.site()}</a>
            <nav aria-label=labels.nav_label()><ul>{navigation}</ul></nav>
        </header>
        <main id="main">{children()}</main>
        <footer class="bottom">
            <p>{site.say(&labels.disclaimer())}</p>
            <p><a href=here.to("privacy/")>{labels.nav_privacy()}</a>" · "<a href=here.to("about/")>{labels.nav_about()}</a></p>
        </footer>
    }
}
