//! Every question, its answers, and what follows from each.

use crate::dossier::part::{
    all as together_all, cell, chapter_part, code, facts, name, paragraph, plain, row, small, table, tick,
};
use crate::dossier::words::{follows, grounds, witness};
use crate::dossier::{Chapter, table as tables};
use crate::draw::capital;
use crate::draw::leads::{Leads, combined, decided_by, leads, stops};
use leptos::prelude::*;
use mesocheck::model::{Kind, Options, Question};
use mesocheck::page::about::condition;
use mesocheck::view::question::label_list;

/// Every question of a check.
pub fn all(chapter: &Chapter<'_>) -> AnyView {
    let check = chapter.check();
    let mut parts = vec![chapter_part(format!("{}-questions", check.id), "Every question and what follows")];
    let mut step = None;
    for (place, question) in check.questions.iter().enumerate() {
        if step != Some(question.step) {
            step = Some(question.step);
            let title = check.steps.get(question.step).map(|(_, title)| title.as_str()).unwrap_or_default();
            let title = format!("Part {}: {title}", question.step + 1);
            parts.push(view! { <h3 class="step">{title}</h3> }.into_any());
        }
        parts.push(one(chapter, place, question));
    }
    together_all(parts)
}

fn one(chapter: &Chapter<'_>, place: usize, question: &Question) -> AnyView {
    let id = format!("{}.{}", chapter.check().id, question.id);
    let rows = (0..question.options.len()).filter_map(|option| answer(chapter, place, question, option)).collect();
    let title = format!("{}. {} ", place + 1, capital(&question.topic));
    let ask = vec![
        view! { <h4>{title}{code(&question.id)}</h4> }.into_any(),
        paragraph("text", chapter.site.say(&question.text)),
        about(chapter, question),
    ];
    let answers = table("answers", &["Answer", "What follows", "What the patient reads", "Grounds", "OK"], rows);
    let rest = [together(chapter, place, question), tables::all(chapter, place, question)];
    let rest: Vec<AnyView> = rest.into_iter().flatten().collect();
    view! { <section class="question" id=id><div class="ask">{ask}</div>{answers}{rest}</section> }.into_any()
}

fn about(chapter: &Chapter<'_>, question: &Question) -> AnyView {
    let check = chapter.check();
    let asked = match &question.ask_when {
        None => "of everyone who gets this far".to_owned(),
        Some(when) => format!("only with this answer: {}", condition(&chapter.site.labels, check, when)),
    };
    let kind = match question.kind {
        Kind::One => "one answer".to_owned(),
        Kind::Many => "one or more answers".to_owned(),
        Kind::Number { min, max } => format!("a whole number from {min} to {max}"),
    };
    let fresh = match question.fresh_for {
        None => String::new(),
        Some(60) => "; a kept answer is asked again after 1 hour".to_owned(),
        Some(minutes) => format!("; a kept answer is asked again after {} hours", minutes / 60),
    };
    let pairs = vec![
        ("Why it is asked", chapter.site.say(&question.why)),
        ("Hint", chapter.site.say(&question.hint)),
        ("Asked", asked),
        ("Answered by", kind + &fresh),
        ("Unticks the rest", some_labels(question, question.exclusive)),
        ("Ends the check", some_labels(question, question.ends)),
    ];
    facts("", pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect())
}

fn some_labels(question: &Question, set: Options) -> String {
    match question.kind {
        Kind::One if set != question.ends => String::new(),
        Kind::One | Kind::Many | Kind::Number { .. } => label_list(question, set).join(", "),
    }
}

fn answer(chapter: &Chapter<'_>, place: usize, question: &Question, option: usize) -> Option<AnyView> {
    let check = chapter.check();
    let choice = question.options.get(option)?;
    let mut inside = vec![plain(chapter.site.say(&choice.label))];
    if !choice.examples.is_empty() {
        inside.push(small(chapter.site.say(&choice.examples)));
    }
    inside.push(code(&choice.id));
    let mut cells = vec![name(inside)];
    match leads(check, place, option) {
        Leads::Nothing => cells.push(wide("Raises nothing.".into())),
        Leads::Counts => cells.push(wide("Raises nothing by itself; counts together with other answers.".into())),
        Leads::Depends(..) => {
            let others = decided_by(check, place);
            let topics: Vec<&str> =
                others.iter().filter_map(|other| Some(check.questions.get(*other)?.topic.as_str())).collect();
            cells.push(wide(format!("By {}: see the table below.", topics.join(", "))));
        }
        Leads::Note(rule) | Leads::To(_, rule) => cells.extend(decided(chapter, question, rule)?),
    }
    cells.push(tick());
    Some(row(cells))
}

fn wide(words: String) -> AnyView {
    view! { <td colspan="3" class="plain">{words}</td> }.into_any()
}

/// The cells of a rule: what follows, its words with an example, its grounds.
fn decided(chapter: &Chapter<'_>, question: &Question, place: usize) -> Option<Vec<AnyView>> {
    let check = chapter.check();
    let rule = check.rules.get(place)?;
    let stop = rule.outcome.is_some_and(|outcome| stops(check, question, outcome));
    let mut then = vec![follows(chapter, rule)];
    if stop {
        then.push(paragraph("small stop", "The check stops here."));
    }
    let id = rule.id.to_string();
    let then = view! { <td data-rule=id>{then}</td> }.into_any();
    let mut reads = vec![plain(chapter.site.say(&rule.reason))];
    reads.extend(witness(chapter, place));
    Some(vec![then, cell(reads), cell(grounds(chapter, rule))])
}

/// Rules over several answers that a question completes.
fn together(chapter: &Chapter<'_>, place: usize, question: &Question) -> Option<AnyView> {
    let check = chapter.check();
    let one = |rule: usize| {
        let mut cells = decided(chapter, question, rule)?;
        let rule = check.rules.get(rule)?;
        let when = capital(&condition(&chapter.site.labels, check, &rule.when));
        cells.insert(0, name(vec![plain(when), code(&rule.id)]));
        cells.push(tick());
        Some(row(cells))
    };
    let rows: Vec<AnyView> = combined(check, place).into_iter().filter_map(one).collect();
    let heads = ["Answers together", "What follows", "What the patient reads", "Grounds", "OK"];
    (!rows.is_empty()).then(|| table("answers", &heads, rows))
}
