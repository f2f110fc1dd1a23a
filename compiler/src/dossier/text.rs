//! All other words a patient reads: starts, outcomes, first aid, answers, pages. And the sources.

use crate::dossier::part::{
    all as both, cell, chapter_title, code, heading, list, name, paragraph, part, plain, row, small, table, tick, words,
};
use crate::dossier::words::{checked, cited};
use crate::dossier::{Book, Chapter};
use leptos::prelude::*;
use mesocheck::model::{Article, Block, Headline, HelpLine, KEPT_DAYS, Labels, Prompt, Source, Stops, Text};
use mesocheck::page::Site;
use mesocheck::view::words::fill;

/// The start screen of a check.
pub fn start(chapter: &Chapter<'_>) -> AnyView {
    let check = chapter.check();
    let review = format!("To be reviewed by {}.", chapter.site.date(check.review_by));
    let keeps = if check.keeps_answers {
        format!("Answers may be kept on the patient's device for {KEPT_DAYS} days.")
    } else {
        "No answer is kept.".to_owned()
    };
    both(vec![
        paragraph("", format!("{review} {keeps}")),
        part("What stands first"),
        paragraph("", chapter.site.say(&check.lead)),
        list("", check.points.iter().map(|point| chapter.site.say(point))),
    ])
}

/// The outcomes with their words, other titles, first aid and safety net.
pub fn outcomes(chapter: &Chapter<'_>) -> AnyView {
    let check = chapter.check();
    let rows = check.outcomes.iter().enumerate().rev().map(|(level, outcome)| {
        let stops = outcome.stops.map(|stops| match stops {
            Stops::Anywhere => "Stops the check wherever it is raised.",
            Stops::FirstStep => "Stops the check where a question of the first part raises it.",
        });
        let early = outcome.shown_incomplete.then_some("Shown even while answers are missing.");
        let book = outcome.book.then_some("A booking link may stand beside it once this is signed.");
        let care = outcome.self_care.then_some("The list of what to do at home stands below it.");
        let lines = [stops, early, book, care].into_iter().flatten().map(String::from);
        worded(chapter, vec![chapter.mark(level)], (&outcome.title, &outcome.lead), list("small", lines))
    });
    let rows = rows.collect();
    let headlines = check.headlines.iter().map(|headline| headline_row(chapter, headline)).collect();
    let mut parts = vec![
        part("Outcomes and their words"),
        table("words", &["", "Title", "What to do", "Besides", "OK"], rows),
        heading("Other titles of an outcome, by what was found"),
        paragraph("small", "The first that fits is shown. It never changes the outcome."),
        table("words", &["For", "Title", "What to do", "Where", "OK"], headlines),
    ];
    parts.extend(first_aid(chapter));
    parts.extend(changes(chapter));
    parts.extend(prompts(chapter, "Questions for the consultation", &check.to_ask));
    parts.extend(prompts(chapter, "What to have at hand", &check.to_bring));
    parts.extend(safety_net(chapter));
    both(parts)
}

fn worded(chapter: &Chapter<'_>, marks: Vec<AnyView>, (title, lead): (&str, &str), besides: AnyView) -> AnyView {
    let title = name(vec![plain(chapter.site.say(title))]);
    row(vec![cell(marks), title, words(chapter.site.say(lead)), cell(vec![besides]), tick()])
}

fn headline_row(chapter: &Chapter<'_>, headline: &Headline) -> AnyView {
    let marks = headline.outcomes.iter().map(|outcome| chapter.mark(*outcome)).collect();
    let asks: Vec<&str> = headline.only_ask.iter().map(|ask| ask.as_str()).collect();
    let demands = [
        headline.any_ask.map(|ask| format!("some reason asks for: {}", ask.as_str())),
        (!asks.is_empty()).then(|| format!("every reason at this outcome asks for: {}", asks.join(" or "))),
        headline.only_unsure.then(|| "every reason at it comes from “not sure” or “prefer not to say”".to_owned()),
        headline.any_scope.map(|scope| format!("some reason at this outcome is about: {}", scope.as_str())),
        headline.any_within.map(|within| format!("some reason at this outcome says: {}", within.as_str())),
        headline.only_within.map(|within| format!("every reason at this outcome says: {}", within.as_str())),
        headline.nothing_found.then(|| "no rule fired".to_owned()),
    ];
    let demands: Vec<String> = demands.into_iter().flatten().collect();
    worded(chapter, marks, (&headline.title, &headline.lead), small(demands.join("; ")))
}

fn first_aid(chapter: &Chapter<'_>) -> Option<AnyView> {
    let rows = chapter.check().first_aid.iter().map(|aid| {
        let signs: Vec<String> = aid.signs.iter().map(ToString::to_string).collect();
        let lines = list("", aid.text.iter().map(|line| chapter.site.say(line)));
        row(vec![name(vec![code(signs.join(", "))]), cell(vec![lines]), tick()])
    });
    let rows: Vec<AnyView> = rows.collect();
    (!rows.is_empty()).then(|| {
        both(vec![heading("While waiting for help"), table("aid", &["Rules", "What the patient reads", "OK"], rows)])
    })
}

/// What time or care can change, as the result may offer it.
fn changes(chapter: &Chapter<'_>) -> Option<AnyView> {
    let check = chapter.check();
    let rows = check.changes.iter().filter_map(|change| {
        let question = check.questions.get(change.question)?;
        let option = |place: usize| question.options.get(place);
        let id = [question.id.as_str(), ".", option(change.option)?.id.as_str()].concat();
        let rule = check.rules.iter().find(|rule| rule.id.as_str() == id);
        let until = rule
            .and_then(|rule| rule.wait.as_ref())
            .map(|wait| fill(&chapter.site.labels.wait(), &[("until", &wait.until)]));
        let text = until.filter(|_| change.text.is_empty()).unwrap_or_else(|| change.text.clone());
        Some(row(vec![
            name(vec![code(&id)]),
            words(chapter.site.say(&text)),
            words(option(change.to)?.label.clone()),
            tick(),
        ]))
    });
    let rows: Vec<AnyView> = rows.collect();
    (!rows.is_empty()).then(|| {
        both(vec![
            heading("What would change a result"),
            paragraph("small", "Only what time or care can bring. The result offers the fewest of these that lead to a milder outcome."),
            table("changed", &["Answer", "What must have happened", "The answer then", "OK"], rows),
        ])
    })
}

fn prompts(chapter: &Chapter<'_>, title: &str, prompts: &[Prompt]) -> Option<AnyView> {
    let rows = prompts.iter().map(|prompt| {
        let about = if prompt.about.is_empty() { "every result".into() } else { prompt.about.join(", ") };
        row(vec![name(vec![code(about)]), words(chapter.site.say(&prompt.text)), tick()])
    });
    let rows: Vec<AnyView> = rows.collect();
    (!rows.is_empty())
        .then(|| both(vec![heading(title), table("aid", &["For findings of", "What the patient reads", "OK"], rows)]))
}

fn safety_net(chapter: &Chapter<'_>) -> Option<AnyView> {
    let net = chapter.check().safety_net.as_ref()?;
    let signs = |signs: &[String]| list("", signs.iter().map(|sign| chapter.site.say(sign)));
    Some(both(vec![
        heading("Below every result that is no emergency"),
        paragraph("lead", chapter.site.say(&net.title)),
        paragraph("", "A doctor the same day:"),
        signs(&net.doctor),
        paragraph("", "Emergency help:"),
        signs(&net.emergency),
        paragraph("", chapter.site.say(&net.later)),
        paragraph("", chapter.site.say(&net.closing)),
    ]))
}

/// Answers, pages and sources.
pub fn all(book: &Book<'_>, site: &Site) -> AnyView {
    let pages = &book.content.pages;
    let faq = pages.faq.iter().map(|article| one(book, site, article)).collect();
    let others = pages.pages.iter().map(|article| one(book, site, article)).collect();
    let sources = book.content.sources.iter().map(|source| source_row(site, source)).collect();
    let heads = ["Key", "Source", "How far it was checked, and when"];
    both(vec![
        chapter_title("answers", "Questions and answers"),
        both(faq),
        chapter_title("pages", "Other pages"),
        both(others),
        chapter_title("call", "Whom to call"),
        calls(book, site),
        chapter_title("labels", "Words on buttons and in messages"),
        list("labels", labels(site)),
        chapter_title("sources", "Sources"),
        table("sources", &heads, sources),
    ])
}

fn calls(book: &Book<'_>, site: &Site) -> AnyView {
    let lines = |lines: &[HelpLine]| {
        let lines = lines.iter().map(|line| format!("{} ({})", site.say(&line.text), line.href));
        list("small", lines)
    };
    let rows = book.content.site.countries.iter().map(|country| {
        row(vec![
            name(vec![plain(&country.name), small(country.territories.join(", "))]),
            cell(vec![plain(&country.emergency), small(&country.silent)]),
            words(&country.urgent),
            cell(vec![lines(&country.crisis)]),
            cell(vec![lines(&country.young)]),
            tick(),
        ])
    });
    let heads = ["Country and its territories", "Emergency", "Urgent", "Despair", "Under 18", "OK"];
    table("calls", &heads, rows.collect())
}

fn labels(site: &Site) -> Vec<String> {
    let texts: Vec<String> = site.labels.clone().into();
    Labels::NAMES.iter().zip(texts).map(|(name, text)| format!("{}: {}", name.trim_end_matches('_'), text)).collect()
}

fn one(book: &Book<'_>, site: &Site, article: &Article) -> AnyView {
    let known = |key: &String| book.content.sources.iter().find(|source| source.key == *key);
    let sources: Vec<String> =
        article.sources.iter().map(|key| known(key).map_or_else(|| key.clone(), cited)).collect();
    let foot = format!("Sources: {}. To be reviewed by {}.", sources.join(", "), site.date(article.review_by));
    let title = vec![plain(format!("{} ", site.say(&article.title))), code(&article.slug)];
    let mut text = vec![paragraph("lead", site.say(&article.short))];
    text.extend(article.blocks.iter().map(|each| block(site, each)));
    text.push(paragraph("small", foot));
    view! { <article><div class="box"><span></span></div><h4>{title}</h4>{text}</article> }.into_any()
}

fn block(site: &Site, block: &Block) -> AnyView {
    let say = |text: &Text| site.say(&text.iter().map(|part| part.text.as_str()).collect::<String>());
    match block {
        Block::Heading(text) => view! { <h5>{site.say(text)}</h5> }.into_any(),
        Block::Paragraph(text) => paragraph("", say(text)),
        Block::Points(items) | Block::Tasks(items) => list("", items.iter().map(say)),
        Block::Numbered(items) => list("numbered", items.iter().map(say)),
    }
}

fn source_row(site: &Site, source: &Source) -> AnyView {
    let from = [source.publisher.clone(), source.year.map(|year| year.to_string()).unwrap_or_default()];
    let from: Vec<String> = from.into_iter().filter(|part| !part.is_empty()).collect();
    let on = source.checked_on.map(|on| format!(", {}", site.date(on))).unwrap_or_default();
    let below = [("small", from.join(", ")), ("small address", source.address.clone()), ("small", source.note.clone())];
    let below = below.into_iter().filter(|(_, text)| !text.is_empty());
    let mut told = vec![plain(&source.title)];
    told.extend(below.map(|(class, text)| paragraph(class, text)));
    let checked = format!("{}: {}{on}", source.checked, checked(&site.labels, &source.checked));
    row(vec![name(vec![code(&source.key)]), cell(told), words(checked)])
}
