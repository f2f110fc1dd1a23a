//! What is proven about the checks: held before a site is written, told as data, and shown on the page about the check.

use crate::draw;
use crate::draw::matrix;
use crate::output::Files;
use crate::pack;
use crate::proof::{Counts, Depth, NODES, Report, Space, prove};
use crate::read::Content;
use crate::site::app::asset;
use crate::site::put;
use anyhow::{Result, bail};
use leptos::prelude::*;
use mesocheck::model::{Check, Labels, ReviewState};
use mesocheck::page::{Here, Site};
use mesocheck::view::words::fill;
use num_bigint::BigUint;
use serde_json::{Map, Value, json};

/// Where the figures stand.
const DATA: &str = "proof.json";

/// What the page shows of a check.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The check.
    pub check: Check,
    says: Vec<String>,
    flow: Picture,
}

/// A drawing that stands in the site.
#[derive(Clone, Debug)]
struct Picture {
    path: String,
    width: String,
    height: String,
}

/// Proves every check, in the order of the content.
///
/// # Errors
/// Where something does not hold.
pub fn all(content: &Content) -> Result<Vec<Report>> {
    let depth = Depth { trials: 0, nodes: NODES, witnesses: false };
    let reports: Vec<Report> = content.checks.iter().map(|known| prove(known, depth, &mut |_| ())).collect();
    let checks = content.checks.iter().map(|known| &known.check);
    let broken: Vec<String> = checks.zip(&reports).filter_map(|(check, report)| broken(check, report)).collect();
    if !broken.is_empty() {
        bail!(
            "The site is not written, because not everything holds that the content says of every answer set:\n{}\n\
             `mesocheck prove` shows a patient for each.",
            broken.join("\n")
        );
    }
    Ok(reports)
}

fn broken(check: &Check, report: &Report) -> Option<String> {
    let broken = report.statements.iter().filter(|statement| !statement.broken.is_empty());
    let ids: Vec<&str> = broken.map(|statement| statement.id.as_str()).collect();
    let what = if ids.is_empty() { "the engine and the proof do not agree".into() } else { ids.join(", ") };
    (!report.holds()).then(|| format!("  {}: {what}", check.id))
}

/// Adds the figures, and the drawings of the checks a clinic shows; what the page shows.
///
/// # Errors
/// Where the figures cannot be written as JSON.
pub fn add(files: &mut Files, content: &Content, reports: &[Report]) -> Result<Vec<Shown>> {
    let pairs = || content.checks.iter().map(|known| &known.check).zip(reports);
    let checks: Vec<Value> = pairs().map(|(check, report)| figures(check, report)).collect();
    let data = json!({ "version": content.site.version, "hash": pack::hash(content), "checks": checks });
    put(files, DATA.into(), format!("{}\n", serde_json::to_string_pretty(&data)?).into_bytes())?;
    let here = pairs().filter(|(check, _)| content.settings.shows(check.id.as_str()));
    Ok(here.map(|(check, report)| shown(files, &content.site.labels, check, report)).collect())
}

fn figures(check: &Check, report: &Report) -> Value {
    let statement = |statement: &crate::proof::Statement| {
        json!({
            "id": statement.id,
            "says": statement.says,
            "space": space(statement.space),
            "holds": statement.broken.is_empty(),
        })
    };
    let statements: Vec<Value> = report.statements.iter().map(statement).collect();
    json!({
        "id": check.id.as_str(),
        "complete": counts(check, &report.complete),
        "journeys": counts(check, &report.journeys),
        "statements": statements,
    })
}

/// Numbers as text, because they have more digits than a number of JSON keeps; null where the limit was too low.
fn counts(check: &Check, counts: &Counts) -> Value {
    let number = |count: &Option<BigUint>| count.as_ref().map_or(Value::Null, |count| count.to_string().into());
    let outcomes = check.outcomes.iter().zip(&counts.by_outcome);
    let outcomes: Map<String, Value> =
        outcomes.map(|(outcome, count)| (outcome.id.to_string(), number(count))).collect();
    json!({ "all": number(&counts.all), "by_outcome": outcomes })
}

fn space(space: Space) -> &'static str {
    match space {
        Space::Any => "any",
        Space::Facts => "facts",
        Space::Complete => "complete",
        Space::Journeys => "journeys",
    }
}

fn shown(files: &mut Files, labels: &Labels, check: &Check, report: &Report) -> Shown {
    let drawing = draw::flow(labels, check, None);
    let side = |name: &str| {
        let rest = drawing.split_once(&format!(" {name}=\"")).map(|(_, rest)| rest);
        rest.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let (width, height) = (side("width"), side("height"));
    let path = asset(files, &format!("flow-{}", check.id), "svg", drawing.into_bytes()).path;
    let says = report.statements.iter().map(|statement| statement.says.clone()).collect();
    Shown { check: check.clone(), says, flow: Picture { path, width, height } }
}

/// The part of the page about what a computer has checked. `checked` says which content.
pub fn section(site: &Site, here: &Here, shown: Vec<Shown>, checked: String) -> impl IntoView + use<> {
    let labels = &site.labels;
    let who = match site.review.state {
        ReviewState::Signed => fill(&labels.proof_signed(), &[("by", &site.review.by), ("on", &site.review.on)]),
        ReviewState::Draft => labels.proof_nobody(),
        ReviewState::Withdrawn => labels.proof_withdrawn(),
    };
    let lead = fill(&labels.proof_lead(), &[("who", &who)]);
    let (title, data) = (labels.proof_title(), labels.proof_data());
    let root = here.to("../");
    let href = format!("{root}{DATA}");
    let parts = shown.into_iter().map(|shown| part(site, &root, shown)).collect_view();
    view! {
        <section>
            <h2>{title}</h2>
            <p>{lead}</p>
            {parts}
            <p class="small">{checked}" "<a href=href>{data}</a></p>
        </section>
    }
}

fn part(site: &Site, root: &str, shown: Shown) -> impl IntoView + use<> {
    let Shown { check, says, flow } = shown;
    let labels = &site.labels;
    let opens = fill(&labels.proof_says(), &[("n", &says.len().to_string())]);
    let holds = labels.proof_holds();
    let row = |says: String| {
        let says = site.say(&says);
        view! { <li><span aria-hidden="true">"✓ "</span><span class="unseen">{holds.clone()}" "</span>{says}</li> }
    };
    let rows = says.into_iter().map(row).collect_view();
    let Picture { path, width, height } = flow;
    let source = format!("{root}{path}");
    let number = check.questions.len().to_string();
    let places = [("check", check.title.as_str()), ("n", number.as_str()), ("rules", &labels.rules_title())];
    let alt = fill(&labels.proof_flow_alt(), &places);
    let named = |what: &str| format!("{what}: {}", check.title);
    let (flow, table) = (labels.proof_flow(), labels.proof_matrix());
    view! {
        <h3>{check.title.clone()}</h3>
        <details class="rules"><summary>{opens}</summary><ul class="lists">{rows}</ul></details>
        <details class="rules">
            <summary>{flow.clone()}</summary>
            <p>{labels.proof_flow_lead()}" "<a href=source.clone()>{labels.proof_flow_open()}</a></p>
            <div class="wide" tabindex="0" role="region" aria-label=named(&flow)>
                <img src=source alt=alt width=width height=height loading="lazy" />
            </div>
        </details>
        <details class="rules">
            <summary>{table.clone()}</summary>
            <div class="wide" tabindex="0" role="region" aria-label=named(&table)>{matrix::table(labels, &check)}</div>
        </details>
    }
}
