//! The reasons that go with the form, by the numbers of its boxes.

use crate::form::{self, Field, Form, Tick, plainly_unsure};
use crate::site::paper::Sheet;
use leptos::prelude::*;
use mesocheck::view::part::{heading, line, link};

/// Why each answer counts, by the number of its box.
pub fn reasons(sheet: &Sheet) -> AnyView {
    let labels = &sheet.site.labels;
    let form = form::of(&sheet.site, &sheet.check);
    let part = |field: &Field| {
        let question = sheet.check.questions.get(field.question)?;
        let row = |tick: &Tick| {
            let rule = sheet.rule(tick).filter(|rule| !plainly_unsure(rule))?;
            let reason = sheet.site.say(&rule.reason);
            Some(view! { <li><b class="code">{tick.code.clone()}</b>" "{reason}</li> }.into_any())
        };
        let rows: Vec<AnyView> = field.ticks.iter().filter_map(row).collect();
        let name = format!("{} {}", field.question + 1, question.text);
        let part = view! { <section>{heading(name)}{line("help", question.why.clone())}<ul>{rows}</ul></section> };
        Some(part.into_any())
    };
    let parts: Vec<AnyView> = form.fields.iter().filter_map(part).collect();
    view! {
        <article class="paper reasons">
            <h1>{labels.paper_reasons()}</h1>
            {line("lead", labels.paper_reasons_lead())}
            {line("", labels.paper_unsure())}
            <div class="form">{first_aid(sheet, &form)}{parts}</div>
            {sheet.foot()}
            <p class="screen-only">{link("", sheet.here.to("paper/"), labels.paper_title())}</p>
        </article>
    }
    .into_any()
}

/// What to do while waiting for help, by the numbers of the boxes.
fn first_aid(sheet: &Sheet, form: &Form) -> Option<AnyView> {
    let ticks = || form.fields.iter().flat_map(|field| &field.ticks);
    let rows = sheet.check.first_aid.iter().map(|aid| {
        let signs = ticks().filter(|tick| sheet.rule(tick).is_some_and(|rule| aid.signs.contains(&rule.id)));
        let codes: Vec<&str> = signs.map(|tick| tick.code.as_str()).collect();
        let text = sheet.site.say(&aid.text.join(" "));
        view! { <li><b class="code">{codes.join(", ")}</b>" "{text}</li> }.into_any()
    });
    let rows: Vec<AnyView> = rows.collect();
    let name = heading(sheet.site.labels.while_you_wait());
    (!rows.is_empty()).then(|| view! { <section>{name}<ul>{rows}</ul></section> }.into_any())
}
