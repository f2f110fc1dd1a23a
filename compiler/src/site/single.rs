//! A check in one file: it opens from a disk or a memory stick, has nothing beside it, and may ask for nothing.

use crate::output::Files;
use crate::read::Content;
use crate::site::app::{self, Inline};
use crate::site::{pages, proven, put};
use anyhow::Result;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::path::Path;

/// Every check as a file of its own.
///
/// # Errors
/// Where a statement of the content does not hold, or the app's files are missing or not as they must be.
pub fn build(content: &Content, app: &Path) -> Result<Files> {
    proven::all(content)?;
    let parts = app::inline(app, &content.settings)?;
    let mut files = Files::new();
    for (name, document) in pages::alone(content)? {
        put(&mut files, name, document.alone(&parts, &policy(&parts)).into_bytes())?;
    }
    Ok(files)
}

/// As on a site, but what is allowed is named by its hash: there is no site the file could be from.
fn policy(parts: &Inline) -> String {
    let hash = |text: &String| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
    let scripts: Vec<String> = parts.exit.iter().chain([&parts.boot, &parts.module]).map(hash).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; connect-src 'none'; style-src {}; img-src data:; \
         base-uri 'none'; form-action 'none'; object-src 'none'; require-trusted-types-for 'script'; \
         trusted-types 'none'",
        scripts.join(" "),
        hash(&parts.style)
    )
}
