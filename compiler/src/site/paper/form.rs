//! The form: questions with their boxes, and the key.

use crate::form::{self, BoxOf, Field, Form, Row, Tick};
use crate::site::paper::Sheet;
use leptos::prelude::*;
use mesocheck::model::{Action, Kind, Question, ReviewState, Scope};
use mesocheck::view::part::{heading, line, link, maybe_line, points, strong};
use mesocheck::view::words::fill;

/// The form.
pub fn form(sheet: &Sheet) -> AnyView {
    let labels = &sheet.site.labels;
    let form = form::of(&sheet.site, &sheet.check);
    let how = [
        labels.paper_how_order(),
        labels.paper_how_all(),
        labels.paper_how_sign(),
        labels.paper_how_more(),
        labels.paper_how_stop(),
    ];
    view! {
        <article class="paper" data-paper=sheet.check.id.to_string()>
            <h1>{labels.paper_title()}</h1>
            {line("lead", labels.paper_lead())}
            {line("screen-only", labels.paper_screen())}
            {sheet.emergency()}
            {heading(labels.paper_how())}
            {points("how", how.to_vec())}
            // Ticks do not come back after a reload, and no key sends it anywhere.
            <form class="form" method="dialog" autocomplete="off">{steps(sheet, &form)}</form>
            <section class="key">{key(sheet, &form)}</section>
            <p class="screen-only">{link("", sheet.here.to("paper/reasons/"), labels.paper_reasons())}</p>
        </article>
    }
    .into_any()
}

fn steps(sheet: &Sheet, form: &Form) -> Vec<AnyView> {
    let mut step = None;
    let mut parts = Vec::new();
    for field in &form.fields {
        let Some(question) = sheet.check.questions.get(field.question) else { continue };
        if step != Some(question.step) {
            step = Some(question.step);
            parts.extend(sheet.check.steps.get(question.step).map(|(_, name)| heading(name.clone())));
        }
        parts.push(field_of(sheet, field, question));
    }
    if !form.last.is_empty() {
        parts.push(heading(sheet.site.labels.paper_last()));
        parts.push(boxes(sheet, None, &form.last));
    }
    parts
}

fn field_of(sheet: &Sheet, field: &Field, question: &Question) -> AnyView {
    let labels = &sheet.site.labels;
    // Square and round boxes say it for each question, and a line above explains them.
    let hint = Some(question.hint.clone()).filter(|hint| !hint.is_empty() && *hint != labels.pick_all());
    let number = match question.kind {
        Kind::Number { min, max } => Some((min.to_string(), max.to_string())),
        Kind::One | Kind::Many => None,
    };
    let number = number.map(|(min, max)| fill(&labels.error_number(), &[("min", &min), ("max", &max)]));
    let help = hint.into_iter().chain(number.clone()).collect::<Vec<String>>().join(" ");
    let only = field.only.clone().map(|only| view! { <span class="only">{only}" "</span> }.into_any());
    let number = number.map(|_| view! { <p class="number"></p> }.into_any());
    view! {
        <fieldset data-question=question.id.to_string()>
            <legend>
                <b class="code">{(field.question + 1).to_string()}</b>" "{only}{strong(question.text.clone())}" "
                <span class="help">{help}</span>
            </legend>
            {number}
            {boxes(sheet, Some(question), &field.ticks)}
            {ends(sheet, field)}
        </fieldset>
    }
    .into_any()
}

/// Where to stop or end, and whom to call there.
fn ends(sheet: &Sheet, field: &Field) -> Vec<AnyView> {
    let stop = |stop: &form::Stop| {
        let (when, sign, does) = (stop.when.clone(), stop.sign.clone(), stop.does.clone());
        view! { <p class="stop"><b>{when}" "</b>{mark(sign)}" "{does}</p> }.into_any()
    };
    let rules = || field.ticks.iter().filter_map(|tick| Some((tick, sheet.rule(tick)?)));
    let crisis = rules().find(|(_, rule)| rule.action == Some(Action::Crisis));
    let crisis = crisis.map(|(tick, _)| sheet.crisis(Some(&tick.code)));
    let young = rules().find(|(_, rule)| rule.scope == Some(Scope::Adults));
    let young =
        young.map(|_| view! { <div class="help-lines">{sheet.help(|country| &country.young)}</div> }.into_any());
    let end = maybe_line("end", field.end.clone()).map(IntoAny::into_any);
    field.stops.iter().map(stop).chain(crisis).chain(end).chain(young).collect()
}

fn boxes(sheet: &Sheet, question: Option<&Question>, ticks: &[Tick]) -> AnyView {
    let rows: Vec<AnyView> = ticks.iter().map(|tick| box_of(sheet, question, tick)).collect();
    view! { <ul class="boxes">{rows}</ul> }.into_any()
}

fn box_of(sheet: &Sheet, question: Option<&Question>, tick: &Tick) -> AnyView {
    let one = question.is_some_and(|question| question.kind != Kind::Many);
    let wait = sheet.rule(tick).and_then(|rule| rule.wait.as_ref());
    let wait = wait.map(|wait| fill(&sheet.site.labels.wait(), &[("until", &wait.until)]));
    let wait = wait.map(|wait| view! { " "<i class="until">{wait}</i> }.into_any());
    let (class, kind, name, value, words) = match &tick.box_of {
        BoxOf::Option(place) => {
            let option = question.and_then(|question| question.options.get(*place));
            let words = option.map(|option| [option.label.as_str(), option.examples.as_str()].join(" · "));
            let words = words.map(|words| words.trim_end_matches(" · ").to_owned());
            let kind = if one { "radio" } else { "checkbox" };
            let name = question.map(|question| question.id.to_string());
            let value = option.map(|option| option.id.to_string());
            (None, kind, name, value, words.into_any())
        }
        BoxOf::Answers(when) => (Some("more"), "checkbox", None, None, strong(when.clone())),
    };
    view! {
        <li class=class>
            <label>
                <input type=kind name=name value=value />
                <b class="code">{tick.code.clone()}</b>
                <span class="words">{words}{wait}</span>
                {mark(tick.sign.clone())}
            </label>
            {maybe_line("stop", tick.stop.clone())}
        </li>
    }
    .into_any()
}

fn mark(sign: String) -> AnyView {
    view! { <b class="mark">{sign}</b> }.into_any()
}

/// What the letters and numbers mean.
fn key(sheet: &Sheet, form: &Form) -> AnyView {
    let labels = &sheet.site.labels;
    let rows: Vec<AnyView> = form.results.iter().map(|row| result(sheet, row)).collect();
    let whom = form.whom.iter().map(|whom| {
        let title = whom.title.clone();
        let title = title.map(|(title, lead)| view! { ". "{strong(title)}". "{lead} }.into_any());
        view! { <li>{mark(whom.number.clone())}" "<span>{whom.name.clone()}</span>{title}</li> }.into_any()
    });
    let whom: Vec<AnyView> = whom.collect();
    view! {
        {heading(labels.paper_result())}
        {line("", labels.paper_result_lead())}
        <ol class="results">{rows}</ol>
        {line("", [labels.paper_waits(), labels.paper_again()].join(" "))}
        <h3>{labels.paper_whom()}</h3>
        {line("", labels.paper_whom_lead())}
        <ul class="whom">{whom}</ul>
        {sheet.foot()}
    }
    .into_any()
}

fn result(sheet: &Sheet, row: &Row) -> AnyView {
    let labels = &sheet.site.labels;
    let outcome = sheet.check.outcomes.get(row.outcome);
    let id = outcome.map(|outcome| outcome.id.to_string());
    let draft = outcome.is_some_and(|outcome| outcome.book) && sheet.site.review.state != ReviewState::Signed;
    let draft = draft.then(|| format!("{}: ", labels.result_draft()));
    let last = row.letter.is_none().then(|| labels.mildest_footer());
    let others = row.others.iter().map(|(when, title, lead)| {
        view! { <li>{when.clone()}" "{strong(title.clone())}". "{lead.clone()}</li> }.into_any()
    });
    let others: Vec<AnyView> = others.collect();
    let others = (!others.is_empty()).then(|| view! { <ul>{others}</ul> }.into_any());
    view! {
        <li data-outcome=id>
            {mark(row.letter.clone().unwrap_or_else(|| labels.paper_none()))}
            <div>
                <p>{draft}{strong(row.title.clone())}". "{row.lead.clone()}" "{last}</p>
                {others}
            </div>
        </li>
    }
    .into_any()
}
