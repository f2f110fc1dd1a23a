//! What stands on top of a drawing and beside it: title, legend, and what is proven.

use crate::draw::leads::{Leads, leads, stops};
use crate::draw::mark::{Marks, SIDE};
use crate::draw::paper::{Paper, SMALL, STEP, Spot, TAG, TITLE, WORDS, width, wrap};
use crate::draw::screen::{Scene, capital};
use crate::proof::{Report, Space, Statement};
use mesocheck::model::Question;
use mesocheck::view::words::fill;

const LEFT: usize = 16;

/// A line of the legend: a mark or a tag, and what it means.
enum Sign {
    Mark(Leads),
    Tag(String),
}

/// Draws title and legend; where the rest may begin.
pub fn head(paper: &mut Paper, scene: &Scene<'_>, part: &str, right: usize) -> usize {
    let check = scene.check;
    paper.text(Spot { x: LEFT, y: 30 }, TITLE, &check.title);
    let options: usize = check.questions.iter().map(|question| question.options.len()).sum();
    let counts = fill(
        &scene.labels.draw_counts(),
        &[
            ("questions", &check.questions.len().to_string()),
            ("screens", &check.pages.len().to_string()),
            ("options", &options.to_string()),
        ],
    );
    let counts = [counts.as_str(), part].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    paper.ending(Spot { x: right - LEFT, y: 30 }, WORDS, &counts.join(" · "));
    let mut at = Spot { x: LEFT, y: 48 };
    for (sign, words) in signs(scene) {
        let wide = match &sign {
            Sign::Mark(leads) => Marks::width(leads),
            Sign::Tag(tag) => width(tag, TAG),
        };
        let whole = wide + 6 + width(&words, WORDS) + 18;
        if at.x + whole > right && at.x > LEFT {
            at = Spot { x: LEFT, y: at.y + 25 };
        }
        match sign {
            Sign::Mark(leads) => scene.marks.draw(paper, at, &leads),
            Sign::Tag(tag) => paper.text(Spot { y: at.y + 14, ..at }, TAG, &tag),
        }
        paper.text(Spot { x: at.x + wide + 6, y: at.y + 14 }, WORDS, &words);
        at.x += whole;
    }
    at.y + 34
}

/// Every outcome, and what else is on this drawing.
fn signs(scene: &Scene<'_>) -> Vec<(Sign, String)> {
    let Scene { check, labels, .. } = scene;
    let (emergency, urgent) = (labels.draw_emergency(), labels.draw_urgent());
    let title = |title: &str| fill(title, &[("EMERGENCY", &emergency), ("URGENT", &urgent)]);
    let outcomes = check.outcomes.iter().enumerate().rev();
    let mut signs: Vec<(Sign, String)> =
        outcomes.map(|(place, outcome)| (Sign::Mark(Leads::To(place, 0)), title(&outcome.title))).collect();
    let most = check.outcomes.len().saturating_sub(1);
    let all: Vec<(&Question, usize, Leads)> = check
        .questions
        .iter()
        .enumerate()
        .flat_map(|(place, question)| {
            (0..question.options.len()).map(move |option| (question, option, leads(check, place, option)))
        })
        .collect();
    let any = |wanted: fn(&Leads) -> bool| all.iter().any(|(_, _, leads)| wanted(leads));
    let stop = all.iter().any(|(question, _, leads)| matches!(leads, Leads::To(to, _) if stops(check, question, *to)));
    let rest = [
        (any(|leads| matches!(leads, Leads::Note(_))), Sign::Mark(Leads::Note(0)), labels.draw_note()),
        (any(|leads| *leads == Leads::Nothing), Sign::Mark(Leads::Nothing), labels.draw_nothing()),
        (any(|leads| *leads == Leads::Counts), Sign::Mark(Leads::Counts), labels.draw_counted()),
        (any(|leads| matches!(leads, Leads::Depends(..))), Sign::Mark(Leads::Depends(0, most)), labels.draw_depends()),
        (!scene.lanes.is_empty(), Sign::Tag("→ 6".to_owned()), fill(&labels.draw_opens(), &[("n", "6")])),
        (
            check.rules.iter().any(|rule| rule.wait.is_some()),
            Sign::Tag(fill(&labels.draw_days(), &[("n", "14")])),
            labels.draw_wait(),
        ),
        (stop, Sign::Tag(labels.draw_stop()), labels.draw_stops()),
        (
            check.questions.iter().any(|question| !question.ends.is_empty()),
            Sign::Tag(labels.draw_end()),
            labels.draw_ends(),
        ),
    ];
    signs.extend(rest.into_iter().filter(|(used, ..)| *used).map(|(_, sign, words)| (sign, words)));
    signs
}

/// Draws what is proven in a column; where it ends.
pub fn proven(paper: &mut Paper, report: &Report, left: usize, wide: usize) -> usize {
    let inner = wide - 40;
    let mut y = 30;
    paper.text(Spot { x: left, y }, STEP, "Proven by computer");
    y += 22;
    let lead = "For every possible set of answers, not for samples. It shows that the rules do what is written here. \
                It cannot show that what is written here is right.";
    y = paper.lines(Spot { x: left, y }, SMALL, &wrap(lead, SMALL, inner)) + 8;
    for kind in [Space::Any, Space::Facts, Space::Complete, Space::Journeys] {
        let mine: Vec<&Statement> = report.statements.iter().filter(|statement| statement.space == kind).collect();
        if mine.is_empty() {
            continue;
        }
        let words = TAG.in_colour("#0f5e63");
        y = paper.lines(Spot { x: left, y: y + 6 }, words, &wrap(&capital(kind.words()), words, inner)) + 6;
        for statement in mine {
            y = one(paper, statement, Spot { x: left, y }, inner);
        }
    }
    y
}

fn one(paper: &mut Paper, statement: &Statement, at: Spot, inner: usize) -> usize {
    let holds = statement.broken.is_empty();
    let (colour, path) = if holds { ("#0f5e63", "l4 5l8-11") } else { ("#a4161a", "m0-6l11 11m0-11l-11 11") };
    paper.line(&format!("M{} {}{path}", at.x + 2, at.y - 5), colour, "2.5");
    let left = at.x + SIDE + 2;
    let words = format!("{} ({})", statement.says, statement.id);
    let mut y = paper.lines(Spot { x: left, y: at.y }, WORDS, &wrap(&words, WORDS, inner - 20));
    if !holds {
        let broken: Vec<&str> = statement.broken.iter().map(|broken| broken.what.as_str()).collect();
        let broken = wrap(&format!("Does not hold: {}", broken.join("; ")), WORDS, inner - 20);
        y = paper.lines(Spot { x: left, y }, WORDS.in_colour(colour), &broken);
    }
    y + 6
}
