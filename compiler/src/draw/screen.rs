//! One screen of a check: its questions, their options, and the rules they complete.

use crate::draw::lane::{Entry, Lane, Port};
use crate::draw::leads::{Leads, combined, decided_by, leads, stops};
use crate::draw::mark::{Marks, SIDE};
use crate::draw::paper::{
    Frame, INK, LINE, Paper, SMALL, Spot, TAG, TOPIC, Type, WHITE, WORDS, shortened, width, wrap,
};
use mesocheck::model::{Check, Kind, Labels, Options, Page, Question, Rule};
use mesocheck::page::about::condition;
use mesocheck::view::words::fill;

/// What a screen is drawn from, and between which edges.
pub struct Scene<'a> {
    /// Words of the interface.
    pub labels: &'a Labels,
    /// The check.
    pub check: &'a Check,
    /// Its marks.
    pub marks: Marks,
    /// Lines between its questions.
    pub lanes: Vec<Lane<'a>>,
    /// The left edge.
    pub left: usize,
    /// The right edge.
    pub right: usize,
}

/// A screen as drawn, from height 0.
#[derive(Debug, Default)]
pub struct Screen {
    /// Its markup.
    pub paper: Paper,
    /// Its height.
    pub height: usize,
    /// Where lines leave it.
    pub ports: Vec<Port>,
    /// Where lines enter it.
    pub entries: Vec<Entry>,
}

const INDENT: usize = 24;
const PAD: usize = 14;
const CHIP: usize = 26;
const LABEL: usize = 330;
const TEAL: &str = "#0f5e63";

/// Draws a screen.
pub fn draw(scene: &Scene<'_>, number: usize, page: &Page) -> Screen {
    let questions: Vec<(usize, &Question)> =
        page.questions.iter().filter_map(|place| Some((*place, scene.check.questions.get(*place)?))).collect();
    let indented = questions.iter().all(|(_, question)| question.ask_when.is_some());
    let left = scene.left + if indented { INDENT } else { 0 };
    let mut screen = Screen { height: 8, ..Screen::default() };
    let mut name = fill(&scene.labels.draw_screen(), &[("n", &number.to_string())]);
    if let Some(title) = &page.title {
        name = format!("{name}: {title}");
    }
    if questions.len() > 1 {
        screen.paper.text(Spot { x: left + PAD, y: screen.height + 12 }, SMALL, &name);
        screen.height += 20;
    }
    let mut first = true;
    for (place, question) in &questions {
        if !first {
            let path = format!("M{} {}H{}", left + PAD, screen.height, scene.right.saturating_sub(PAD));
            screen.paper.line(&path, LINE, "1");
            screen.height += 6;
        }
        first = false;
        let alone = questions.len() == 1;
        let mut drawer = Drawer { scene, screen: &mut screen, edge: left, left: left + PAD, place: *place, question };
        drawer.all(if alone { &name } else { "" });
    }
    screen.height += 4;
    let mut whole = Paper::default();
    whole.frame(Frame {
        at: Spot { x: left, y: 0 },
        width: scene.right - left,
        height: screen.height,
        round: 6,
        fill: WHITE,
        stroke: if indented { TEAL } else { LINE },
        dashed: indented,
    });
    whole.markup += &screen.paper.markup;
    screen.paper = whole;
    screen
}

/// Draws one question onto its screen.
struct Drawer<'a, 'b> {
    scene: &'b Scene<'a>,
    screen: &'b mut Screen,
    edge: usize,
    left: usize,
    place: usize,
    question: &'a Question,
}

/// An option before it is drawn.
struct Chip {
    option: usize,
    leads: Leads,
    label: String,
    tags: String,
    lanes: Vec<usize>,
    width: usize,
}

impl Drawer<'_, '_> {
    fn all(&mut self, screen: &str) {
        let id = format!("flow-{}.{}", self.scene.check.id, self.question.id);
        self.screen.paper.open(&id, &self.question.text);
        self.head(screen);
        self.number();
        self.options();
        self.whole_question();
        self.depends();
        for rule in combined(self.scene.check, self.place) {
            self.combined(rule);
        }
        self.screen.height += 2;
        self.screen.paper.close();
    }

    fn right(&self) -> usize {
        self.scene.right - PAD
    }

    fn head(&mut self, screen: &str) {
        let y = self.screen.height + 15;
        let topic = format!("{}. {}", self.place + 1, capital(&self.question.topic));
        self.screen.paper.text(Spot { x: self.left, y }, TOPIC, &topic);
        let after = self.left + width(&topic, TOPIC) + 10;
        self.screen.paper.text(Spot { x: after, y }, SMALL, self.question.id.as_str());
        let facts = self.facts(screen);
        self.screen.paper.ending(Spot { x: self.right(), y }, SMALL, &facts);
        self.screen.height += 24;
        let Some(when) = &self.question.ask_when else { return };
        let lane = self.scene.lanes.iter().position(|lane| lane.when == when);
        self.screen.entries.extend(lane.map(|lane| Entry { lane, at: Spot { x: self.edge, y: y - 5 } }));
        let when = capital(&condition(self.scene.labels, self.scene.check, when));
        let words = fill(&self.scene.labels.draw_asked(), &[("when", &when)]);
        self.words(&words, WORDS.in_colour(TEAL), self.left);
    }

    /// How it is answered, and how long an answer holds.
    fn facts(&self, screen: &str) -> String {
        let labels = self.scene.labels;
        let kind = match self.question.kind {
            Kind::One => labels.draw_one(),
            Kind::Many => labels.draw_many(),
            Kind::Number { min, max } => between(&labels.draw_number(), min, max),
        };
        let fresh = self.question.fresh_for.map(|minutes| match minutes {
            60 => labels.draw_hour(),
            _ => fill(&labels.draw_hours(), &[("n", &(minutes / 60).to_string())]),
        });
        let parts = [Some(kind), fresh, Some(screen.to_owned())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(" · ")
    }

    /// A number that may be given in place of an option.
    fn number(&mut self) {
        if let Kind::Number { min, max } = self.question.kind {
            self.words(&between(&self.scene.labels.draw_any_number(), min, max), WORDS, self.left);
        }
    }

    fn words(&mut self, text: &str, kind: Type, left: usize) {
        let lines = wrap(text, kind, self.right().saturating_sub(left));
        let at = Spot { x: left, y: self.screen.height + kind.size };
        self.screen.paper.lines(at, kind, &lines);
        self.screen.height += lines.len() * (kind.size + 4) + 4;
    }

    fn options(&mut self) {
        let chips: Vec<Chip> = (0..self.question.options.len()).filter_map(|option| self.chip(option)).collect();
        let mut row: Vec<(usize, &Chip)> = Vec::new();
        let mut x = self.left;
        for chip in &chips {
            if x + chip.width > self.right() && !row.is_empty() {
                self.row(&row);
                row.clear();
                x = self.left;
            }
            row.push((x, chip));
            x += chip.width + 8;
        }
        self.row(&row);
    }

    fn chip(&self, option: usize) -> Option<Chip> {
        let check = self.scene.check;
        let choice = self.question.options.get(option)?;
        let leads = leads(check, self.place, option);
        let label = shortened(&choice.label, WORDS, LABEL);
        let lanes = self.scene.lanes.iter().enumerate().filter(|(_, lane)| {
            lane.wants.iter().any(|(question, set)| *question == self.place && set.meets(Options::one(option)))
        });
        let lanes: Vec<usize> = lanes.map(|(place, _)| place).collect();
        let tags = self.tags(option, &leads, &lanes);
        let tail = if tags.is_empty() { 0 } else { width(&tags, TAG) + 8 };
        let width = Marks::width(&leads) + width(&label, WORDS) + tail + 18;
        Some(Chip { option, leads, label, tags, lanes, width })
    }

    /// What else is to be said of an option: the wait, what it opens, whether the check stops or ends.
    fn tags(&self, option: usize, leads: &Leads, lanes: &[usize]) -> String {
        let Scene { check, labels, .. } = self.scene;
        let mut tags = Vec::new();
        if let Leads::To(outcome, rule) = leads {
            let days = check.rules.get(*rule).and_then(|rule| rule.wait.as_ref()).map_or(0, |wait| wait.days);
            if days > 0 {
                tags.push(fill(&labels.draw_days(), &[("n", &days.to_string())]));
            }
            if stops(check, self.question, *outcome) {
                tags.push(labels.draw_stop());
            }
        }
        if self.question.ends.meets(Options::one(option)) {
            tags.push(labels.draw_end());
        }
        let mut opened: Vec<usize> =
            lanes.iter().filter_map(|lane| self.scene.lanes.get(*lane)).flat_map(|lane| lane.asked.clone()).collect();
        opened.sort_unstable();
        if !opened.is_empty() {
            let numbers: Vec<String> = opened.iter().map(|place| (place + 1).to_string()).collect();
            tags.push(format!("→ {}", numbers.join(", ")));
        }
        tags.join("  ")
    }

    fn row(&mut self, row: &[(usize, &Chip)]) {
        let top = self.screen.height;
        for (x, chip) in row {
            self.draw_chip(Spot { x: *x, y: top }, chip);
        }
        // The line of the leftmost option runs on top, so that none crosses the way down of another.
        let mut tracks: Vec<usize> = Vec::new();
        let mut track = top + CHIP + 7;
        for (x, chip) in row {
            for (number, lane) in chip.lanes.iter().enumerate() {
                let known = tracks.iter().position(|known| known == lane);
                let place = known.unwrap_or(tracks.len());
                if known.is_none() {
                    tracks.push(*lane);
                }
                let from = Spot { x: x + 14 + number * 9, y: top + CHIP };
                self.screen.ports.push(Port { lane: *lane, from, track: track + place * 6 });
            }
        }
        track += tracks.len() * 6;
        self.screen.height = if tracks.is_empty() { top + CHIP + 6 } else { track + 3 };
    }

    fn draw_chip(&mut self, at: Spot, chip: &Chip) {
        let Some(choice) = self.question.options.get(chip.option) else { return };
        let (colour, ground) = self.scene.marks.colours(&chip.leads);
        let id = format!("flow-{}.{}.{}", self.scene.check.id, self.question.id, choice.id);
        let paper = &mut self.screen.paper;
        paper.open(&id, &format!("{}.{}: {}", self.question.id, choice.id, choice.label));
        paper.frame(Frame {
            at,
            width: chip.width,
            height: CHIP,
            round: 5,
            fill: ground,
            stroke: colour,
            dashed: matches!(chip.leads, Leads::Note(_)),
        });
        self.scene.marks.draw(paper, Spot { x: at.x + 4, y: at.y + 4 }, &chip.leads);
        let x = at.x + 4 + Marks::width(&chip.leads) + 6;
        paper.text(Spot { x, y: at.y + 18 }, WORDS, &chip.label);
        if !chip.tags.is_empty() {
            paper.ending(Spot { x: at.x + chip.width - 8, y: at.y + 18 }, TAG.in_colour(INK), &chip.tags);
        }
        paper.close();
    }

    /// Lines of lanes that hang on more than ticks leave the question as a whole.
    fn whole_question(&mut self) {
        for (lane, whole) in self.scene.lanes.iter().enumerate() {
            if whole.wants.iter().any(|(question, set)| *question == self.place && set.is_empty()) {
                let from = Spot { x: self.edge, y: self.screen.height };
                self.screen.ports.push(Port { lane, from, track: from.y });
                self.screen.height += 6;
            }
        }
    }

    /// Which answers decide where its options lead.
    fn depends(&mut self) {
        let others = decided_by(self.scene.check, self.place);
        let others = others.iter().filter_map(|place| Some((place, self.scene.check.questions.get(*place)?)));
        let others: Vec<String> = others.map(|(place, question)| format!("{} {}", place + 1, question.topic)).collect();
        if !others.is_empty() {
            let words = fill(&self.scene.labels.draw_table(), &[("topics", &others.join(", "))]);
            self.words(&words, SMALL, self.left);
        }
    }

    fn combined(&mut self, place: usize) {
        let Some(rule) = self.scene.check.rules.get(place) else { return };
        let leads = rule.outcome.map_or(Leads::Note(place), |outcome| Leads::To(outcome, place));
        let at = Spot { x: self.left, y: self.screen.height + 1 };
        self.scene.marks.draw(&mut self.screen.paper, at, &leads);
        self.words(&self.together(rule), WORDS, self.left + SIDE + 8);
        self.screen.height += 2;
    }

    fn together(&self, rule: &Rule) -> String {
        let stop = rule.outcome.is_some_and(|outcome| stops(self.scene.check, self.question, outcome));
        let labels = self.scene.labels;
        let when = capital(&condition(labels, self.scene.check, &rule.when));
        let words = fill(&labels.draw_together(), &[("rule", rule.id.as_str()), ("when", &when)]);
        if stop { format!("{words}. {}", labels.draw_stop()) } else { words }
    }
}

/// A text about the numbers a question takes.
fn between(text: &str, min: i64, max: i64) -> String {
    fill(text, &[("min", &min.to_string()), ("max", &max.to_string())])
}

/// A text that begins with a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
