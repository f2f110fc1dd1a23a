//! Sums of the files: what anybody can hold a site against who has built it from the same source.

use crate::pack::hex;
use crate::site::Files;
use leptos::prelude::*;
use mesocheck::model::Labels;
use mesocheck::page::Here;
use sha2::{Digest, Sha256};

/// The list of all files, at the root, as `sha256sum -c` reads it.
const PATH: &str = "SHA256SUMS";

/// Adds the list. Everything else must be there.
pub fn add(files: &mut Files) {
    let list = list(files, |_| true);
    files.insert(PATH.into(), list.into_bytes());
}

/// A line for each of these files, in the order of their paths.
fn list(files: &Files, wanted: impl Fn(&str) -> bool) -> String {
    let wanted = files.iter().filter(|(path, _)| wanted(path));
    wanted.fold(String::new(), |text, (path, bytes)| text + &hex(&Sha256::digest(bytes), 32) + "  " + path + "\n")
}

/// The part of the page about the check that shows the sums of what runs: scripts, styles, and the pages that carry the
/// checks. The page itself cannot be among them, nor the worker, which holds the sum of the page.
pub fn section(labels: &Labels, here: &Here, files: &Files, checks: &[String]) -> impl IntoView + use<> {
    let runs = |path: &str| [".js", ".css"].iter().any(|end| path.starts_with("assets/") && path.ends_with(end));
    let lines = list(files, |path| runs(path) || checks.iter().any(|check| check == path));
    let title = labels.sums_title();
    let href = format!("{}{PATH}", here.to("../"));
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
