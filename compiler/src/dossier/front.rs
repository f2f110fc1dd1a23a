//! The first pages: what this is, how to read it, how many answer sets there are, and what is open.

use crate::dossier::part::{
    all, cell, chapter_title, code, facts, heading, list, name, note, paragraph, part, plain, row, small, table, tick,
    words,
};
use crate::dossier::words::cited;
use crate::dossier::{Book, Chapter};
use crate::proof::{Counts, grouped};
use crate::review::{Open, OpenPoint, open_points as open_points_of};
use leptos::prelude::*;
use mesocheck::model::{Article, Confidence, ReviewState, Rule, RuleId};
use mesocheck::page::Site;
use num_bigint::BigUint;
use std::collections::BTreeSet;

/// Title page, how to read it, summary and open points.
pub fn page(book: &Book<'_>, site: &Site, chapters: &[Chapter<'_>], hash: &str) -> AnyView {
    let parts = vec![
        title(book, site, chapters, hash),
        contents(chapters),
        how_to_read(chapters),
        summary(chapters),
        open_points(book, site, chapters),
    ];
    all(parts)
}

fn title(book: &Book<'_>, site: &Site, chapters: &[Chapter<'_>], hash: &str) -> AnyView {
    let review = &site.review;
    let (open, state) = match review.state {
        ReviewState::Draft => ("open", "Draft: nobody has signed this version.".to_owned()),
        ReviewState::Signed => ("signed", format!("Signed by {} on {}.", review.by, review.on)),
        ReviewState::Withdrawn => ("open", "Withdrawn: it must not be relied on.".to_owned()),
    };
    let about = vec![
        ("Version", book.content.site.version.clone()),
        ("Content hash", hash.to_owned()),
        ("Made on", site.date(book.today)),
        ("Language", book.content.site.locale.clone()),
    ];
    let pages = &book.content.pages;
    let (faq, others, sources) = (pages.faq.len(), pages.pages.len(), book.content.sources.len());
    let rest = format!("{faq} questions with answers, {others} pages, {sources} sources");
    let inside = vec![
        paragraph("over", "Dossier for review and signature"),
        view! { <h1>{site.labels.site()}</h1> }.into_any(),
        paragraph(
            "lead",
            "Everything it asks, everything it concludes, and why. For the clinician who answers for it.",
        ),
        view! { <p class="state" data-state=open>{state}</p> }.into_any(),
        facts("facts", about),
        heading("What is in it"),
        list("", chapters.iter().map(counted_words).chain([rest])),
        paragraph(
            "small",
            "The hash changes with every change of the content, be it one letter. It stands at the foot of each page: \
             pages with another hash do not belong to this dossier.",
        ),
    ];
    view! { <header class="title">{inside}</header> }.into_any()
}

fn counted_words(chapter: &Chapter<'_>) -> String {
    let check = chapter.check();
    let options: usize = check.questions.iter().map(|question| question.options.len()).sum();
    let rules: BTreeSet<&RuleId> = check.rules.iter().map(|rule| &rule.id).collect();
    let (musts, cases) = (chapter.content.musts.len(), chapter.content.cases.len());
    format!(
        "{}: {} questions, {options} answers, {} rules, {musts} demands, {cases} named patients",
        check.title,
        check.questions.len(),
        rules.len()
    )
}

fn contents(chapters: &[Chapter<'_>]) -> AnyView {
    let link = |class: &'static str, to: String, words: String| {
        view! { <li class=class><a href=format!("#{to}")>{words}</a></li> }.into_any()
    };
    let mut lines = Vec::new();
    for (id, words) in [("read", "How to read it"), ("summary", "Summary"), ("open", "Open points")] {
        lines.push(link("", id.into(), words.into()));
    }
    for chapter in chapters {
        let id = &chapter.check().id;
        lines.push(link("", id.to_string(), chapter.name.clone()));
        for (part, words) in [
            ("flow", "The flow, drawn"),
            ("matrix", "How many answers lead where"),
            ("questions", "Every question and what follows"),
            ("proven", "What is demanded, and proven"),
            ("cases", "Named patients"),
        ] {
            lines.push(link("below", format!("{id}-{part}"), words.into()));
        }
    }
    for (id, words) in [
        ("answers", "Questions and answers"),
        ("pages", "Other pages"),
        ("call", "Whom to call"),
        ("labels", "Words on buttons and in messages"),
        ("sources", "Sources"),
        ("changes", "What has changed since it was last agreed"),
        ("sign", "Signatures"),
    ] {
        lines.push(link("", id.into(), words.into()));
    }
    view! { <nav><h2>"Contents"</h2><ol class="toc">{lines}</ol></nav> }.into_any()
}

fn how_to_read(chapters: &[Chapter<'_>]) -> AnyView {
    let ladders = chapters.iter().map(|chapter| {
        let levels = (0..chapter.check().outcomes.len()).rev().map(|level| {
            let sign = vec![chapter.mark(level), plain(format!(" {}", chapter.title(level)))];
            view! { <li>{sign}</li> }.into_any()
        });
        let levels: Vec<AnyView> = levels.collect();
        view! { <div>{heading(&chapter.check().title)}<ul class="ladder">{levels}</ul></div> }.into_any()
    });
    let ladders: Vec<AnyView> = ladders.collect();
    let notes = [
        "Every rule has a row, and each row a box: tick it when you agree. Strike out what you would change, and write \
         beside it.",
        "“For example” names the smallest patient the rule fires for: all other answers are the clear ones. Where \
         another rule makes the result more severe, the result is named too.",
        "“Under” is the heading the reason stands below in the result: whom the patient is to ask.",
        "“Grounds” are keys of the list of sources, with how far each was checked and when. A: the original or its \
         summary was read. B: a page that quotes it was read. C: general medical knowledge, for you to confirm. D: a \
         choice of this check. Below them stands how sure they make us.",
        "“Proven” means: a computer has shown it for every possible set of answers, not for samples. It can show that \
         the rules do what is written here. It cannot show that what is written here is right. That is for you.",
    ];
    all(vec![
        chapter_title("read", "How to read it"),
        paragraph(
            "",
            "A patient answers questions. An answer, or several together, make a rule fire. Each rule leads to an \
             outcome and tells the patient a reason. The result is the most severe outcome of all rules that fired. \
             Every reason is shown, the most severe first. An answer that raises nothing is never shown as good news.",
        ),
        paragraph(
            "",
            "These are the outcomes, most severe first. Each has a letter and a shape, so that a copy in grey reads the \
             same.",
        ),
        view! { <div class="ladders">{ladders}</div> }.into_any(),
        list("", notes.into_iter().map(String::from)),
    ])
}

fn summary(chapters: &[Chapter<'_>]) -> AnyView {
    let mut parts = vec![
        view! { <h2 id="summary">"Summary"</h2> }.into_any(),
        paragraph(
            "",
            "How many different sets of answers there are, and how many of them lead to each outcome. The numbers are \
             exact. They say nothing of how common an outcome is among patients: almost every possible set ticks some \
             warning sign. A way through the check ends at an answer that stops it.",
        ),
    ];
    for chapter in chapters {
        let report = chapter.report;
        let held = report.statements.iter().filter(|statement| statement.broken.is_empty()).count();
        let held = format!("{held} of {} demands are proven.", report.statements.len());
        let trial = report.trial.as_ref().map(|trial| {
            let sets = grouped(&BigUint::from(trial.sets));
            let wrong = trial.wrong.len() + report.disagreements.len();
            format!(
                " The program that decides was tried on {sets} random answer sets, also impossible ones; it decided \
                 otherwise than proven on {wrong}."
            )
        });
        parts.push(heading(&chapter.check().title));
        parts.push(counted(chapter, "Complete sets of answers", &report.complete));
        parts.push(counted(chapter, "Ways through the check", &report.journeys));
        parts.push(paragraph("", held + &trial.unwrap_or_default()));
    }
    all(parts)
}

fn counted(chapter: &Chapter<'_>, title: &'static str, counts: &Counts) -> AnyView {
    let line = |first: Vec<AnyView>, count: Option<&BigUint>| {
        let count = count.map_or_else(|| "not counted within the limit".into(), grouped);
        row(vec![name(first), view! { <td class="number">{count}</td> }.into_any()])
    };
    let levels = (0..chapter.check().outcomes.len()).rev().map(|level| {
        let first = vec![chapter.mark(level), plain(format!(" {}", chapter.title(level)))];
        line(first, counts.by_outcome.get(level).and_then(Option::as_ref))
    });
    let mut rows: Vec<AnyView> = levels.collect();
    rows.push(line(vec![plain("All")], counts.all.as_ref()));
    table("counts", &[title, "How many"], rows)
}

fn open_points(book: &Book<'_>, site: &Site, chapters: &[Chapter<'_>]) -> AnyView {
    let mut parts = vec![
        chapter_title("open", "Open points"),
        paragraph("", "What a reviewer should look at first. Each stands again in its place below."),
    ];
    parts.extend(past(book, site, chapters));
    let open = open_points_of(book.content, book.today);
    for chapter in chapters {
        let blocks = |rule: &Rule| {
            let mine =
                |point: &&OpenPoint| point.kind == Open::NobodyAgreed && point.check == chapter.check().id.as_str();
            open.iter().filter(mine).any(|point| point.what == rule.id.as_str())
        };
        let low = |rule: &Rule| rule.confidence == Confidence::Low && !blocks(rule);
        let general = |rule: &Rule| rule.confidence != Confidence::Low && only_general(chapter, rule);
        parts.push(part(&chapter.check().title));
        parts.extend(broken(chapter));
        for (title, wanted) in [
            (
                "A guess that turns people away. It cannot be signed until a clinician stands behind it by name.",
                &blocks as &dyn Fn(&Rule) -> bool,
            ),
            ("Another cautious guess: few or no sources. Please confirm each or mend it.", &low),
            ("Rests on general medical knowledge alone (checked C). Please confirm each.", &general),
        ] {
            parts.push(points(chapter, title, wanted));
        }
    }
    all(parts)
}

/// Whether nothing of what a rule rests on was read.
fn only_general(chapter: &Chapter<'_>, rule: &Rule) -> bool {
    let sources = rule.sources.iter().filter_map(|place| chapter.check().sources.get(*place));
    let mut levels = sources.map(|source| source.checked.as_str()).peekable();
    levels.peek().is_some() && levels.all(|level| level == "C")
}

fn broken(chapter: &Chapter<'_>) -> Option<AnyView> {
    let broken = chapter.report.statements.iter().filter(|statement| !statement.broken.is_empty());
    let lines: Vec<String> = broken.map(|statement| format!("{}: {}", statement.id, statement.says)).collect();
    (!lines.is_empty()).then(|| all(vec![heading("Demands that do not hold"), list("broken", lines)]))
}

fn points(chapter: &Chapter<'_>, title: &str, wanted: &dyn Fn(&Rule) -> bool) -> AnyView {
    let check = chapter.check();
    let mut seen = BTreeSet::new();
    let mine = check.rules.iter().filter(|rule| wanted(rule) && seen.insert((&rule.id, &rule.reason)));
    let rows = mine.map(|rule| {
        let sources = rule.sources.iter().filter_map(|place| check.sources.get(*place));
        let keys: Vec<&str> = sources.map(|source| source.key.as_str()).collect();
        let agreed = chapter.content.agreed.get(&rule.id).map(|by| format!(". Agreed by {by}")).unwrap_or_default();
        let level = rule.outcome.map_or_else(note, |outcome| chapter.mark(outcome));
        let reads = words(chapter.site.say(&rule.reason));
        row(vec![
            name(vec![code(&rule.id)]),
            cell(vec![level]),
            reads,
            cell(vec![small(keys.join(", ") + &agreed)]),
            tick(),
        ])
    });
    let rows: Vec<AnyView> = rows.collect();
    let title = format!("{title} {} in all.", rows.len());
    if rows.is_empty() {
        return paragraph("", title);
    }
    all(vec![heading(title), table("points", &["Rule", "", "What the patient reads", "Sources", "OK"], rows)])
}

/// What should have been looked at again by now, and sources that never were.
fn past(book: &Book<'_>, site: &Site, chapters: &[Chapter<'_>]) -> Vec<AnyView> {
    let pages = &book.content.pages;
    let checks = chapters.iter().map(|chapter| (&chapter.check().title, chapter.check().review_by));
    let articles = pages.faq.iter().chain(&pages.pages).map(|article: &Article| (&article.title, article.review_by));
    let (late, ahead): (Vec<_>, Vec<_>) = checks.chain(articles).partition(|(_, by)| book.today > *by);
    let next = ahead.iter().map(|(_, by)| *by).min().map(|by| format!(" The next review is due on {}.", site.date(by)));
    let lead = if late.is_empty() { "Nothing is past its review date." } else { "Past their review date:" };
    let unchecked = book.content.sources.iter().filter(|source| source.checked_on.is_none()).map(cited);
    let unchecked: Vec<String> = unchecked.collect();
    let mut parts = Vec::new();
    if late.is_empty() {
        parts.push(paragraph("", format!("{lead}{}", next.unwrap_or_default())));
    } else {
        parts.push(paragraph("low", lead));
        parts.push(list("", late.into_iter().map(|(title, by)| format!("{title}: {}", site.date(by)))));
    }
    if !unchecked.is_empty() {
        parts.push(paragraph(
            "low",
            format!("Sources without a day on which they were checked: {}.", unchecked.join(", ")),
        ));
    }
    parts
}
