//! The outcome matrix: questions down, outcomes across, and how many options lead there.

use crate::draw::leads::{Leads, leads};
use leptos::prelude::*;
use mesocheck::model::{Check, Labels};
use mesocheck::view::words::fill;

/// A question, with the ids of its options by what they lead to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// By place of the outcome. An option whose outcome depends on other answers stands at the most severe one, with a
    /// star behind its id.
    pub outcomes: Vec<Vec<String>>,
    /// Told, but raising nothing.
    pub notes: Vec<String>,
    /// Raising nothing, at least by themselves.
    pub nothing: Vec<String>,
}

/// The rows of a check.
pub fn rows(check: &Check) -> Vec<Row> {
    (0..check.questions.len()).filter_map(|place| row(check, place)).collect()
}

fn row(check: &Check, place: usize) -> Option<Row> {
    let question = check.questions.get(place)?;
    let mut row = Row {
        id: question.id.to_string(),
        topic: question.topic.clone(),
        outcomes: vec![Vec::new(); check.outcomes.len()],
        ..Row::default()
    };
    for (number, choice) in question.options.iter().enumerate() {
        let id = choice.id.to_string();
        match leads(check, place, number) {
            Leads::Nothing | Leads::Counts => row.nothing.push(id),
            Leads::Note(_) => row.notes.push(id),
            Leads::To(outcome, _) => row.outcomes.get_mut(outcome)?.push(id),
            Leads::Depends(_, most) => row.outcomes.get_mut(most)?.push(format!("{id}*")),
        }
    }
    Some(row)
}

/// The matrix as a table. The ids of the options stand in the titles of its cells.
pub fn table(labels: &Labels, check: &Check) -> impl IntoView + use<> {
    let rows = rows(check);
    let (emergency, urgent) = (labels.draw_emergency(), labels.draw_urgent());
    let title = |title: &str| fill(title, &[("EMERGENCY", &emergency), ("URGENT", &urgent)]);
    let heads: Vec<(String, &str)> =
        check.outcomes.iter().map(|outcome| (title(&outcome.title), outcome.look.as_str())).collect();
    let star = rows.iter().any(|row| row.outcomes.iter().flatten().any(|id| id.ends_with('*')));
    let heads = heads.into_iter().rev().map(|(title, look)| view! { <th scope="col" data-look=look>{title}</th> });
    let body = rows.into_iter().enumerate().map(|(place, row)| {
        let cells = row.outcomes.into_iter().rev().chain([row.notes, row.nothing]);
        let cells = cells.map(|ids| {
            let title = ids.join(", ");
            let mut number = if ids.is_empty() { String::new() } else { ids.len().to_string() };
            if ids.iter().any(|id| id.ends_with('*')) {
                number.push('*');
            }
            view! { <td title=title>{number}</td> }
        });
        view! { <tr><th scope="row">{place + 1}". "{row.topic}" "<small>{row.id}</small></th>{cells.collect_view()}</tr> }
    });
    view! {
        <table class="matrix">
            <thead><tr><th scope="col">{labels.draw_question()}</th>{heads.collect_view()}<th scope="col">{labels.draw_told()}</th><th scope="col">{labels.draw_raises_nothing()}</th></tr></thead>
            <tbody>{body.collect_view()}</tbody>
        </table>
        {star.then(|| view! { <p class="small">{labels.draw_star()}</p> })}
    }
}
