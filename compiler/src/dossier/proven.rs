//! What is demanded of a check and proven; rules that never decide; named patients.

use crate::dossier::Chapter;
use crate::dossier::part::{
    all, cell, chapter_part, code, heading, list, name, paragraph, plain, row, small, table, tick, words,
};
use crate::dossier::words::cited;
use crate::proof::{Broken, Statement};
use leptos::prelude::*;

/// The demands, each with whether it holds.
pub fn statements(chapter: &Chapter<'_>) -> AnyView {
    let rows = chapter.report.statements.iter().map(|statement| demand(chapter, statement)).collect();
    all(vec![
        chapter_part(format!("{}-proven", chapter.check().id), "What is demanded, and proven"),
        paragraph(
            "",
            "A demand names answers and an outcome, never a rule: a rule that is softened by mistake breaks it. Each is \
             proven for every set of answers it is about. Facts are what is true of a patient, whether the check asks \
             or not.",
        ),
        table("statements", &["", "Demand", "Why", "Grounds", "OK"], rows),
    ])
}

fn demand(chapter: &Chapter<'_>, statement: &Statement) -> AnyView {
    let must = chapter.content.musts.iter().find(|must| must.id == statement.id);
    let sources = must.map(|must| must.sources.as_slice()).unwrap_or_default();
    let sources = sources.iter().filter_map(|place| chapter.check().sources.get(*place));
    let mut inside = vec![plain(&statement.says), small(statement.space.words()), code(&statement.id)];
    inside.extend(statement.broken.iter().map(|broken| shown(chapter, broken)));
    let (holds, mark) = if statement.broken.is_empty() { ("yes", "✓") } else { ("no", "✗") };
    let cells = vec![
        view! { <td class="holds" data-holds=holds>{mark}</td> }.into_any(),
        name(inside),
        words(must.map(|must| must.reason.clone()).unwrap_or_default()),
        cell(vec![list("small keys", sources.map(cited))]),
        tick(),
    ];
    row(cells)
}

fn shown(chapter: &Chapter<'_>, broken: &Broken) -> AnyView {
    let patient = broken.patient.as_ref().map(|patient| {
        let outcome = patient.outcome.map(|outcome| chapter.title(outcome)).unwrap_or_default();
        format!(" Patient: {}. Result: {outcome}.", patient.words.join("; "))
    });
    paragraph("broken", format!("{}.{}", broken.what, patient.unwrap_or_default()))
}

/// Rules that never decide, and rules that fire together always.
pub fn remarks(chapter: &Chapter<'_>) -> AnyView {
    let shadowed = chapter.report.shadowed.iter().map(ToString::to_string).collect::<Vec<String>>();
    let shadowed = if shadowed.is_empty() {
        "Every rule decides the result for some patient.".to_owned()
    } else {
        format!(
            "These rules tell their reason but never decide the result, as another rule reaches it whenever they fire: \
             {}.",
            shadowed.join(", ")
        )
    };
    let equal = &chapter.report.equal;
    let lead = if equal.is_empty() {
        "No two rules fire for just the same patients."
    } else {
        "These rules fire for just the same patients:"
    };
    all(vec![
        heading("Rules beside each other"),
        paragraph("", shadowed),
        paragraph("", lead),
        list("", equal.iter().map(|(one, other)| format!("{one} and {other}"))),
    ])
}

/// Named patients.
pub fn cases(chapter: &Chapter<'_>) -> AnyView {
    let rows = chapter.content.cases.iter().map(|case| {
        let outcome = chapter.check().outcomes.iter().position(|outcome| outcome.id.as_str() == case.outcome());
        let days = case.wait_days().map(|days| format!(", {days} days")).unwrap_or_default();
        let outcome =
            outcome.map(|outcome| vec![chapter.mark(outcome), plain(format!(" {}{days}", chapter.title(outcome)))]);
        row(vec![
            name(vec![code(&case.id)]),
            words(&case.patient),
            cell(outcome.unwrap_or_default()),
            cell(vec![small(case.findings().join(", "))]),
            tick(),
        ])
    });
    let rows = rows.collect();
    let id = format!("{}-cases", chapter.check().id);
    all(vec![
        view! { <h3 id=id>"Named patients"</h3> }.into_any(),
        paragraph("", "Each gets just this outcome and these reasons. They are tried whenever the content is read."),
        table("cases", &["", "Patient", "Outcome", "Rules that fire", "OK"], rows),
    ])
}
