//! The page that shows what a person handed over. It is written ahead with all it may have to say; the island shows one
//! of it, and the answers.

use crate::page::Site;
use leptos::prelude::*;

/// The page.
#[component]
pub fn HandoverPage(site: Site) -> impl IntoView {
    let labels = site.labels;
    let said = [
        ("foreign", labels.handover_foreign()),
        ("cut", labels.handover_cut()),
        ("damaged", labels.handover_damaged()),
        ("newer", labels.handover_newer()),
        ("other", labels.handover_other()),
    ];
    let one = |(when, text): (&'static str, String)| {
        view! { <p class="card" data-when=when tabindex="-1" hidden="">{text}</p> }
    };
    view! {
        <div class="card late" role="alert" hidden=true>
            <p><b>{labels.handover_failed_title()}</b></p>
            <p>{labels.handover_failed()}</p>
        </div>
        <noscript><div class="card" role="alert"><p>{labels.handover_script()}</p></div></noscript>
        <div class="check" data-handover="" data-state="loading">
            <h1>{labels.handover_head()}</h1>
            <p data-when="nothing" tabindex="-1" hidden="">{labels.handover_nothing()}</p>
            {said.into_iter().map(one).collect_view()}
            <div class="letter" data-when="shown" tabindex="-1" hidden="">
                <p class="lead">{labels.handover_lead()}</p>
                <div data-answers=""></div>
                <p class="hint">{labels.handover_after()}</p>
            </div>
        </div>
    }
}
