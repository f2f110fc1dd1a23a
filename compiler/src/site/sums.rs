//! Sums of the files: what anybody can hold a site against who has built it from the same source.

use crate::output::Files;
use crate::output::{self, LIST, SUMS};
use leptos::prelude::*;
use mesocheck::model::Labels;
use mesocheck::page::Here;

/// Adds the list by which the site is known as made here, and that of all files, as `sha256sum -c` reads it. Everything else
/// must be there.
pub fn add(files: &mut Files) {
    let list = output::list(files);
    files.insert(LIST.into(), list);
    let sums = output::sums(files);
    files.insert(SUMS.into(), sums.into_bytes());
}

/// The part of the page about the check that shows the sums of what runs: scripts, styles, and the pages that carry the
/// checks. The page itself cannot be among them, nor the worker, which holds the sum of the page.
pub fn section(labels: &Labels, here: &Here, files: &Files, checks: &[String]) -> impl IntoView + use<> {
    let runs = |path: &str| [".js", ".css"].iter().any(|end| path.starts_with("assets/") && path.ends_with(end));
    let shown = |path: &str| runs(path) || checks.iter().any(|check| check == path);
    let shown = files.iter().filter(|(path, _)| shown(path)).map(|(path, bytes)| (path.clone(), bytes.clone()));
    let lines = output::sums(&shown.collect());
    let title = labels.sums_title();
    let href = format!("{}{SUMS}", here.to("../"));
    view! {
        <section data-sums="">
            <h2>{title.clone()}</h2>
            <p>{labels.sums_lead()}</p>
            <p>{labels.sums_how()}</p>
            <div class="wide" tabindex="0" role="region" aria-label=title><pre>{lines}</pre></div>
            <p class="small">{labels.sums_rest()}" "<a href=href>{labels.sums_all()}</a></p>
        </section>
    }
}
