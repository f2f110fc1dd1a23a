//! The parts pages are made of. Few and erased: each distinct view would be compiled anew.

use leptos::prelude::*;

/// A table. Its last column is narrow where it is headed "OK": the boxes to tick.
pub fn table(class: &'static str, heads: &[&'static str], rows: Vec<AnyView>) -> AnyView {
    let heads: Vec<AnyView> = heads.iter().map(|head| view! { <th scope="col">{*head}</th> }.into_any()).collect();
    let head = row(heads);
    view! { <table class=class><thead>{head}</thead><tbody>{rows}</tbody></table> }.into_any()
}

/// A row of a table.
pub fn row(cells: Vec<AnyView>) -> AnyView {
    view! { <tr>{cells}</tr> }.into_any()
}

/// The cell that names a row.
pub fn name(inside: Vec<AnyView>) -> AnyView {
    view! { <th scope="row">{inside}</th> }.into_any()
}

/// A cell.
pub fn cell(inside: Vec<AnyView>) -> AnyView {
    view! { <td>{inside}</td> }.into_any()
}

/// A cell with words.
pub fn words(text: impl Into<String>) -> AnyView {
    cell(vec![plain(text)])
}

/// A cell with a box to tick on paper.
pub fn tick() -> AnyView {
    view! { <td class="tick"><span></span></td> }.into_any()
}

/// Words as they are.
pub fn plain(text: impl Into<String>) -> AnyView {
    text.into().into_any()
}

/// The sign of a note.
pub fn note() -> AnyView {
    view! { <b class="mark" data-look="none">"i"</b> }.into_any()
}

/// An id.
pub fn code(id: impl ToString) -> AnyView {
    view! { <code>{id.to_string()}</code> }.into_any()
}

/// Words that stand small below others.
pub fn small(text: impl Into<String>) -> AnyView {
    view! { <span class="small">{text.into()}</span> }.into_any()
}

/// A paragraph.
pub fn paragraph(class: &'static str, text: impl Into<String>) -> AnyView {
    view! { <p class=class>{text.into()}</p> }.into_any()
}

/// A list; `class` says how it looks.
pub fn list(class: &'static str, items: impl IntoIterator<Item = String>) -> AnyView {
    let items: Vec<AnyView> = items.into_iter().map(|item| view! { <li>{item}</li> }.into_any()).collect();
    view! { <ul class=class>{items}</ul> }.into_any()
}

/// A heading of the second rank on a new page.
pub fn chapter_title(id: &'static str, text: &'static str) -> AnyView {
    view! { <h2 class="page" id=id>{text}</h2> }.into_any()
}

/// A heading of the third rank on a new page.
pub fn chapter_part(id: String, text: &'static str) -> AnyView {
    view! { <h3 class="page" id=id>{text}</h3> }.into_any()
}

/// A heading of the third rank.
pub fn part(text: impl Into<String>) -> AnyView {
    view! { <h3>{text.into()}</h3> }.into_any()
}

/// A heading of the fourth rank.
pub fn heading(text: impl Into<String>) -> AnyView {
    view! { <h4>{text.into()}</h4> }.into_any()
}

/// Names and what they stand for.
pub fn facts(class: &'static str, pairs: Vec<(&'static str, String)>) -> AnyView {
    let line = |(name, value): (&'static str, String)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any();
    let lines: Vec<AnyView> = pairs.into_iter().map(line).collect();
    view! { <dl class=class>{lines}</dl> }.into_any()
}

/// Several things after each other.
pub fn all(parts: Vec<AnyView>) -> AnyView {
    parts.into_any()
}
