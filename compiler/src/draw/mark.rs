//! Marks: what an option leads to, as a shape with a letter. Colour is never the only sign.

use crate::draw::leads::Leads;
use crate::draw::paper::{INK, MUTED, Paper, Spot, TAG, WHITE};
use mesocheck::model::{Check, Look};

/// How wide and high a mark is.
pub const SIDE: usize = 20;

/// The colours of an outcome: lines and letters, and the ground below words.
pub fn colours(look: Look) -> (&'static str, &'static str) {
    match look {
        Look::Clear => ("#35515b", "#edf3f4"),
        Look::Talk => ("#1d4e89", "#eaf2fb"),
        Look::Wait => ("#6b5300", "#fff7d6"),
        Look::Against => ("#5b2a55", "#f7eef6"),
        Look::Today => ("#9a4a00", "#fff1e2"),
        Look::Emergency => ("#a4161a", "#fdecec"),
    }
}

/// A letter for each outcome: the first of its name that no milder one has, or else its place.
pub fn letters(check: &Check) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for (place, outcome) in check.outcomes.iter().enumerate() {
        let name = outcome.id.as_str().to_uppercase();
        let mut own = name.chars().filter(|letter| letter.is_alphabetic()).map(String::from);
        let free = own.find(|letter| !taken.contains(letter));
        taken.push(free.unwrap_or_else(|| (place + 1).to_string()));
    }
    taken
}

/// The marks of a check.
#[derive(Debug)]
pub struct Marks {
    looks: Vec<Look>,
    letters: Vec<String>,
}

impl Marks {
    /// The marks of its outcomes.
    pub fn of(check: &Check) -> Self {
        Self { looks: check.outcomes.iter().map(|outcome| outcome.look).collect(), letters: letters(check) }
    }

    /// The colours of what an option leads to.
    pub fn colours(&self, leads: &Leads) -> (&'static str, &'static str) {
        match leads {
            Leads::To(outcome, _) | Leads::Depends(_, outcome) => {
                self.looks.get(*outcome).map_or((MUTED, WHITE), |look| colours(*look))
            }
            Leads::Nothing | Leads::Counts | Leads::Note(_) => ("#7d8a8c", WHITE),
        }
    }

    /// How wide the mark of what an option leads to is.
    pub fn width(leads: &Leads) -> usize {
        match leads {
            Leads::Nothing | Leads::Counts | Leads::Note(_) | Leads::To(..) => SIDE,
            Leads::Depends(least, most) if least == most => 2 * SIDE,
            Leads::Depends(..) => 3 * SIDE + 6,
        }
    }

    /// Draws the mark of what an option leads to; `at` is its upper left corner.
    pub fn draw(&self, paper: &mut Paper, at: Spot, leads: &Leads) {
        match leads {
            Leads::Nothing => ring(paper, at),
            Leads::Counts => boxed(paper, at, "+"),
            Leads::Note(_) => boxed(paper, at, "i"),
            Leads::To(outcome, _) => self.outcome(paper, at, *outcome),
            Leads::Depends(least, most) => {
                grid(paper, at);
                self.outcome(paper, Spot { x: at.x + SIDE, ..at }, *least);
                if least != most {
                    let from = at.x + 2 * SIDE;
                    paper.line(&format!("M{from} {}h6", at.y + SIDE / 2), INK, "1.5");
                    self.outcome(paper, Spot { x: from + 6, ..at }, *most);
                }
            }
        }
    }

    /// Draws the mark of an outcome.
    pub fn outcome(&self, paper: &mut Paper, at: Spot, outcome: usize) {
        let (Some(look), Some(letter)) = (self.looks.get(outcome), self.letters.get(outcome)) else { return };
        let (colour, _) = colours(*look);
        let Spot { x, y } = at;
        let path = match look {
            Look::Clear | Look::Talk => format!("M{} {y}a9 9 0 1 1 0 18a9 9 0 1 1 0-18z", x + 10),
            Look::Wait => format!("M{} {}h16v16h-16z", x + 2, y + 1),
            Look::Against => format!("M{} {}l11 11l-11 11l-11-11z", x + 10, y.saturating_sub(2)),
            Look::Today => format!("M{} {}l10 8l-3 10h-14l-3-10z", x + 10, y.saturating_sub(1)),
            Look::Emergency => format!("M{} {y}h8l5 5v8l-5 5h-8l-5-5v-8z", x + 6),
        };
        let (inside, ink) = if *look == Look::Clear { (WHITE, colour) } else { (colour, WHITE) };
        paper.shape(&path, inside, colour);
        paper.centred(Spot { x: x + 10, y: y + 13 }, TAG.in_colour(ink), letter);
    }
}

fn ring(paper: &mut Paper, at: Spot) {
    let Spot { x, y } = at;
    paper.shape(&format!("M{} {}a4 4 0 1 1 0 8a4 4 0 1 1 0-8z", x + 10, y + 5), WHITE, "#7d8a8c");
}

fn boxed(paper: &mut Paper, at: Spot, sign: &str) {
    let Spot { x, y } = at;
    paper.shape(&format!("M{} {}h14v14h-14z", x + 3, y + 2), WHITE, MUTED);
    paper.centred(Spot { x: x + 10, y: y + 13 }, TAG.in_colour(MUTED), sign);
}

/// A little table: it depends on another answer.
fn grid(paper: &mut Paper, at: Spot) {
    let Spot { x, y } = at;
    let (left, top) = (x + 3, y + 3);
    paper.line(&format!("M{left} {top}h12v12h-12zM{left} {}h12M{} {top}v12", top + 4, left + 4), MUTED, "1.5");
}
