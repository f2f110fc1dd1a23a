//! The page that shows how to put a check on another website, and the texts to copy.

use crate::site::document::escape;
use leptos::prelude::*;
use mesocheck::model::Labels;

/// A check as other websites name it.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its title.
    pub title: String,
    /// Its page, below the root of the site.
    pub page: String,
    /// The same for a frame.
    pub frame: String,
}

/// Where the site stands, as long as nobody knows: the page's script puts the real address in its place.
const SOMEWHERE: &str = "https://check.example/";

/// The first height of a frame, as in `embed.js`.
const HEIGHT: u32 = 1440;

/// The ways to put a check on a website: a frame with a script, a frame alone, a link.
const WAYS: [fn(&Offered, &str) -> String; 3] = [scripted, framed, linked];

fn scripted(check: &Offered, root: &str) -> String {
    let link = linked(check, root);
    format!("<div data-mesocheck=\"{}\">{link}</div>\n<script src=\"{root}embed.js\" async></script>", check.frame)
}

fn framed(check: &Offered, root: &str) -> String {
    format!(
        "<iframe src=\"{root}{}\" title=\"{}\" width=\"100%\" height=\"{HEIGHT}\" style=\"border:0\" loading=\"lazy\" \
         allow=\"clipboard-write; web-share\" referrerpolicy=\"no-referrer\"></iframe>\n<p>{}</p>",
        check.frame,
        escape(&check.title),
        linked(check, root)
    )
}

fn linked(check: &Offered, root: &str) -> String {
    format!("<a href=\"{root}{}\">{}</a>", check.page, escape(&check.title))
}

/// The page. `address`: where the site will stand, without a slash at the end; empty: not known.
pub fn page(labels: &Labels, checks: &[Offered], address: &str) -> AnyView {
    let root = if address.is_empty() { SOMEWHERE.to_owned() } else { format!("{address}/") };
    let words = [
        (labels.embed_script(), labels.embed_script_why()),
        (labels.embed_frame(), labels.embed_frame_why()),
        (labels.embed_link(), labels.embed_link_why()),
    ];
    let ways = words.into_iter().zip(WAYS).map(|((name, why), way)| {
        let texts = checks.iter().map(|check| snippet(labels, check, &name, way(check, &root), &root)).collect_view();
        view! { <section class="card"><h2>{name}</h2><p>{why}</p>{texts}</section> }
    });
    let choice = checks.iter().enumerate().map(|(place, check)| {
        let (title, frame) = (check.title.clone(), check.frame.clone());
        view! {
            <div class="option">
                <label><input type="radio" name="check" value=frame checked=place == 0 /><span class="words">{title}</span></label>
            </div>
        }
    });
    view! {
        <div class="check">
            <h1>{labels.embed_title()}</h1>
            <p class="lead">{labels.embed_lead()}</p>
            <p>{labels.embed_own()}</p>
            <div class="questions">
                <fieldset data-choice="" hidden=true>
                    <legend><h2>{labels.embed_which()}</h2></legend>
                    <div class="options">{choice.collect_view()}</div>
                </fieldset>
            </div>
            {ways.collect_view()}
            <p>{labels.embed_roles()}</p>
            <h2>{labels.embed_rules()}</h2>
            <p>{labels.embed_rules_text()}</p>
            <h2>{labels.embed_preview()}</h2>
        </div>
        <div data-preview=""></div>
    }
    .into_any()
}

/// A text to copy.
fn snippet(labels: &Labels, check: &Offered, way: &str, text: String, root: &str) -> AnyView {
    let (name, root, frame) = (format!("{way}: {}", check.title), root.to_owned(), check.frame.clone());
    view! {
        <div data-for=frame>
            <textarea readonly rows="4" spellcheck="false" aria-label=name data-snippet=root>{text}</textarea>
            <button type="button" class="second" data-action="snippet" hidden=true>{labels.embed_copy()}</button>
            <p role="status" class="hint" data-yes=labels.copied() data-no=labels.embed_not_copied()></p>
        </div>
    }
    .into_any()
}
