//! What makes the site work without a connection: the worker with the list of everything it keeps.

use crate::output::Files;
use crate::pack::hex;
use crate::read::Content;
use crate::review;
use crate::site::document::escape;
use crate::site::{pages, put};
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mesocheck::model::ReviewState;
use serde_json::json;
use sha2::{Digest, Sha256};
use site_server::policy::WORKER_PATH;

const KEEPS: &str = include_str!("worker.js");
const LEAVES: &str = include_str!("worker-off.js");

/// What the worker of a site does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Worker {
    /// Keeps the site.
    Keeps,
    /// Deletes what an earlier one kept, and goes.
    Leaves,
}

/// Adds the worker. Everything it is to keep must be there.
///
/// # Errors
/// Where the list cannot be written as JSON.
pub fn add(files: &mut Files, content: &Content, worker: Worker) -> Result<()> {
    let text = match worker {
        Worker::Keeps => keeping(files, content)?,
        Worker::Leaves => LEAVES.to_owned(),
    };
    put(files, WORKER_PATH.to_owned(), text.into_bytes())
}

/// Any change of a kept file, or of the worker itself, changes its version.
fn keeping(files: &Files, content: &Content) -> Result<String> {
    let withdrawn = review::of(content).state == ReviewState::Withdrawn;
    let site = json!({
        "files": if withdrawn { Vec::new() } else { list(files) },
        "offline": format!("{}/offline/", content.site.locale),
        "page": last_page(content),
        "withdrawn": withdrawn,
    });
    let text = format!("const SITE = {};\n{KEEPS}", serde_json::to_string(&site)?);
    let version = hex(&Sha256::digest(&text), 8);
    Ok(format!("const VERSION = '{version}';\n{text}"))
}

/// Every page and every file a page names, by the address it is asked for at, with its integrity. Left out is what
/// nobody asks for without a connection: compressed twins, the page for addresses that do not exist, and what stands in
/// frames on other websites, or helps to put it there.
fn list(files: &Files) -> Vec<(String, String)> {
    let one = |(path, bytes): (&String, &Vec<u8>)| {
        let address = match path.strip_suffix("index.html") {
            Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
            Some(_) | None => path,
        };
        let named = path.starts_with("assets/") || ["icon.svg", "proof.json"].contains(&path.as_str());
        let kept = address != path || named;
        let integrity = || format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)));
        let elsewhere = path.split('/').any(|folder| folder == "embed");
        (kept && !elsewhere).then(|| (format!("./{address}"), integrity()))
    };
    files.iter().filter_map(one).collect()
}

/// What is shown where nothing is kept: words alone, without a style sheet.
fn last_page(content: &Content) -> String {
    let labels = &content.site.labels;
    let (title, text) = (escape(&labels.offline_title()), escape(&labels.offline_text()));
    let help = escape(&pages::site(content, None).say(&labels.disclaimer()));
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><h1>{title}</h1><p>{text}</p><p>{help}</p></html>",
        content.site.locale
    )
}
