//! `review.toml`: who has signed which content.

use crate::problem::Located;
use crate::read::toml::Table;
use mesocheck::model::Date;

/// What was signed, and whether it is still stood by.
#[derive(Debug, Default)]
pub struct Signatures {
    /// Whether the content must no longer be relied on.
    pub withdrawn: bool,
    /// Every signature, in order.
    pub all: Vec<Signature>,
}

/// A clinician's name under content.
#[derive(Debug)]
pub struct Signature {
    /// The hash of the content it is under.
    pub hash: Located<String>,
    /// Who signed.
    pub by: String,
    /// When.
    pub on: Located<Date>,
}

/// Reads the file.
pub fn read(table: &Table) -> Signatures {
    let all = table.tables("signature").into_iter().map(one).collect();
    let signatures = Signatures { withdrawn: table.truth("withdrawn"), all };
    table.finish();
    signatures
}

fn one(entry: &Table) -> Signature {
    let hash = entry.text("hash");
    let digit = |letter: char| letter.is_ascii_digit() || ('a'..='f').contains(&letter);
    if !hash.value.is_empty() && (hash.value.len() != 12 || !hash.value.chars().all(digit)) {
        let help = "Copy the twelve letters and digits that `mesocheck check` prints.";
        hash.at.report(format!("`{}` is not the hash of a content", hash.value), help);
    }
    let signature = Signature { hash, by: entry.text("by").value, on: entry.day("on") };
    entry.finish();
    signature
}
