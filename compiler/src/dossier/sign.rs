//! The block to sign.

use crate::dossier::part::{all, chapter_title, facts, list, paragraph, part};
use leptos::prelude::*;

/// Who reads it, and what they answer for.
const READERS: &[(&str, &[&str])] = &[
    (
        "Clinician: answers for the whole",
        &[
            "I have read every question, every rule and every reason.",
            "I have read the open points. Each is settled, or marked by me.",
            "I have read the demands. None is missing that I know of.",
            "I have read the questions and answers, and the other pages.",
        ],
    ),
    (
        "Pharmacist: medicines, allergies, waits",
        &[
            "I have read every rule on medicines, allergies and products.",
            "I have read every wait, and what it is counted from.",
        ],
    ),
    (
        "Mental-health reader: self-harm, looks, eating",
        &[
            "I have read every question and reason on feelings, looks and eating.",
            "I have read what is shown to somebody who thinks of ending their life.",
        ],
    ),
];

/// The block to sign.
pub fn block(version: &str, hash: &str) -> AnyView {
    let lead = format!(
        "This signature is for version {version}, content hash {hash}, and for no other. Each may sign with exceptions: \
         write them on the pages, with your initials."
    );
    let mut parts = vec![chapter_title("sign", "Signatures"), paragraph("", lead)];
    for (role, boxes) in READERS {
        let lines = ["Name", "Role", "Registration number", "Date", "Signature"];
        let inside = vec![
            part(*role),
            list("boxes", boxes.iter().map(ToString::to_string)),
            facts("lines", lines.iter().map(|line| (*line, String::new())).collect()),
        ];
        parts.push(view! { <section class="form">{inside}</section> }.into_any());
    }
    all(parts)
}
