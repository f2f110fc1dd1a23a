//! The little content made into a site, and the result its pack draws.

use crate::parts::folder::Folder;
use crate::parts::program::said;
use leptos::prelude::{Callback, IntoAny, Owner, RenderHtml, RwSignal};
use mesocheck::engine::{Place, Standing, decide, journey, replay};
use mesocheck::model::{Answers, Date, Now, OptionId, Pack, QuestionId};
use mesocheck::page::check::at_rest;
use mesocheck::view::State;
use mesocheck::view::result::{Ways, letter};
use mesocheck::view::words::Speech;
use std::sync::Arc;

pub fn words(folder: &Folder) -> [&str; 5] {
    ["--content", folder.path(), "check", "--today", "2026-12-01"]
}

pub fn check(folder: &Folder) -> String {
    said(&words(folder), "")
}

/// The hash that a signature must have.
pub fn hash(folder: &Folder) -> String {
    let told = check(folder);
    told.split("hash = \"").nth(1).unwrap_or_else(|| panic!("{told}")).split('"').next().unwrap().to_owned()
}

/// Agrees to what the checks do, and puts a name to it.
pub fn sign(folder: &Folder) {
    said(&["--content", folder.path(), "accept", "--yes"], "");
    only_sign(folder);
}

/// Puts a name to it, whatever was agreed.
pub fn only_sign(folder: &Folder) {
    let signature = format!("[[signature]]\nhash = \"{}\"\nby = \"Dr Bo Example\"\non = 2026-11-30\n", hash(folder));
    folder.put("review.toml", signature.as_bytes());
}

pub fn edit(folder: &Folder, path: &str, old: &str, new: &str) {
    let text = folder.text(path);
    assert!(text.contains(old), "{path} has no {old}");
    folder.put(path, text.replacen(old, new, 1).as_bytes());
}

/// The pack in the page of the suitability check.
pub fn pack(folder: &Folder) -> Pack {
    make(folder);
    pack_of(folder, "check").unwrap()
}

/// Makes the site.
pub fn make(folder: &Folder) {
    folder.put("built/app/island.js", b"let glue;");
    folder.put("built/app/island_bg.wasm", b"\0asm\x01\0\0\0");
    folder.put("built/public/icon.svg", include_bytes!("../../../../public/icon.svg"));
    let [app, out, public] = ["app", "out", "public"].map(|name| format!("{}/built/{name}", folder.path()));
    let words = ["--content", folder.path(), "site", "--no-twins", "--app", &app, "--out", &out, "--public", &public];
    said(&words, "");
}

/// The pack in a page of the site, where there is the page.
pub fn pack_of(folder: &Folder, page: &str) -> Option<Pack> {
    let html = folder.maybe_text(&format!("built/out/en/{page}/index.html"))?;
    let json = html.split("id=\"pack\">").nth(1).unwrap().split("</script>").next().unwrap();
    Some(Pack::read(json).unwrap())
}

/// The result of somebody with these answers, as the island draws it.
pub fn result(pack: Pack, given: &[(&str, &str)]) -> String {
    let state = state(&pack, given);
    let speech = Speech {
        pack: Arc::new(pack),
        country: Some(0),
        moment: |_, _| String::new(),
        date: |_, date| date.to_string(),
    };
    let ways = Ways { questions: String::new(), prepare: String::new() };
    let last = ().into_any();
    Owner::new().with(|| letter(&speech, RwSignal::new(state), &ways, Callback::new(|_| ()), last).to_html())
}

/// The rules that speak against something for somebody with these answers, in order of their names.
pub fn findings(pack: &Pack, given: &[(&str, &str)]) -> Vec<String> {
    let found = state(pack, given).decision.findings;
    let mut ids: Vec<String> = found.into_iter().map(|rule| pack.check.rules[rule].id.to_string()).collect();
    ids.sort_unstable();
    ids
}

fn state(pack: &Pack, given: &[(&str, &str)]) -> State {
    let now = Now::at_noon(Date::parse("2026-12-01").unwrap());
    let mut answers = Answers::new();
    for (question, answer) in given {
        answers.set(QuestionId::new(*question), vec![OptionId::new(*answer)], now.moment);
    }
    let replay = replay(&pack.check, &answers, now);
    let decision = decide(&pack.check, &replay, Standing::Current, now.today);
    let journey = journey(&pack.check, &replay, &decision);
    let screen = journey.screen(Place::Result);
    let rest = at_rest(pack);
    State { screen, replay, decision, journey, made: now.moment, today: now.today, country: Some(0), ..rest }
}
