//! The flow of a check as one drawing: what is asked, when, and what each answer leads to.
//!
//! - `leads`: what each option leads to
//! - `screen`: the questions of one screen
//! - `lane`: lines from the options that open a question to that question
//! - `matrix`: how many options of each question lead to each outcome
//! - `mark`, `paper`: shapes and words on paper

mod lane;
pub mod leads;
mod legend;
pub mod mark;
pub mod matrix;
mod paper;
mod screen;

pub use screen::capital;

use crate::draw::lane::{Entry, Port};
use crate::draw::mark::Marks;
use crate::draw::paper::{Frame, Paper, STEP, Spot, escape};
use crate::draw::screen::{Scene, Screen};
use crate::proof::Report;
use mesocheck::model::{Check, Labels};
use mesocheck::view::words::fill;

/// How wide the flow is.
const WIDTH: usize = 1060;
/// How wide the column of what is proven is.
const PROVEN: usize = 320;
const MARGIN: usize = 14;
const GROUND: &str = "#e9eeec";

/// Something on a sheet, with the heights it spans.
struct Item {
    top: usize,
    bottom: usize,
    markup: String,
}

/// The whole flow as one drawing, with what is proven beside it.
pub fn flow(labels: &Labels, check: &Check, report: Option<&Report>) -> String {
    let mut layout = Layout::new(labels, check, usize::MAX);
    layout.all();
    let mut height = layout.y + MARGIN;
    let mut width = WIDTH;
    let mut paper = Paper::default();
    legend::head(&mut paper, &layout.scene, "", WIDTH);
    if let Some(report) = report {
        height = height.max(legend::proven(&mut paper, report, WIDTH + 10, PROVEN) + MARGIN);
        width += PROVEN;
    }
    let items = layout.items.iter().map(|item| item.markup.as_str()).collect::<String>();
    document(&layout.scene, "", (0, width, height), &(paper.markup + &items))
}

/// The flow on sheets of this height, for paper. No screen is split.
pub fn sheets(labels: &Labels, check: &Check, height: usize) -> Vec<String> {
    let mut layout = Layout::new(labels, check, height);
    layout.all();
    let number = layout.y.div_ceil(height);
    let sheet = |place: usize| {
        let (top, bottom) = (place * height, (place + 1) * height);
        let mine = layout.items.iter().filter(|item| item.top < bottom && item.bottom > top);
        let items: String = mine.map(|item| item.markup.as_str()).collect();
        let mut head = Paper::default();
        let of = fill(&labels.draw_sheet(), &[("n", &(place + 1).to_string()), ("total", &number.to_string())]);
        let ground = Frame {
            at: Spot { x: 0, y: 0 },
            width: WIDTH,
            height: layout.head,
            round: 0,
            fill: paper::WHITE,
            stroke: "",
            dashed: false,
        };
        head.frame(ground);
        legend::head(&mut head, &layout.scene, &of, WIDTH);
        // The last sheet is only as high as it must be.
        let end = if place + 1 == number { layout.y + MARGIN - top } else { height };
        let markup = format!("{items}<g transform=\"translate(0 {top})\">{}</g>", head.markup);
        document(&layout.scene, &of, (top, WIDTH, end), &markup)
    };
    (0..number).map(sheet).collect()
}

/// An SVG document around markup. It brings its own colours and inherits none.
fn document(scene: &Scene<'_>, part: &str, (top, width, height): (usize, usize, usize), markup: &str) -> String {
    let Scene { check, labels, .. } = scene;
    let name = [check.title.as_str(), part].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
    let title = escape(&fill(&labels.draw_title(), &[("check", &name.join(", "))]));
    let about = fill(&labels.draw_about(), &[("n", &check.questions.len().to_string())]);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 {top} {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"Arial, Helvetica, Liberation Sans, sans-serif\"><title>{title}</title>\
         <desc>{}</desc><g stroke=\"none\" stroke-linecap=\"butt\" stroke-linejoin=\"miter\">\
         <rect x=\"0\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>{markup}</g></svg>\n",
        escape(&about)
    )
}

/// Puts screens below each other.
struct Layout<'a> {
    scene: Scene<'a>,
    /// Height of a sheet.
    sheet: usize,
    /// Height of what stands on top of every sheet.
    head: usize,
    y: usize,
    items: Vec<Item>,
    ports: Vec<Port>,
    entries: Vec<Entry>,
}

impl<'a> Layout<'a> {
    fn new(labels: &'a Labels, check: &'a Check, sheet: usize) -> Self {
        let (lanes, gutter) = lane::lanes(check);
        let left = MARGIN + if lanes.is_empty() { 6 } else { gutter };
        let scene = Scene { labels, check, marks: Marks::of(check), lanes, left, right: WIDTH - MARGIN - 8 };
        let head = legend::head(&mut Paper::default(), &scene, "", WIDTH);
        Self { scene, sheet, head, y: head, items: Vec::new(), ports: Vec::new(), entries: Vec::new() }
    }

    fn all(&mut self) {
        let mut step = None;
        let check = self.scene.check;
        for (place, page) in check.pages.iter().enumerate() {
            let screen = screen::draw(&self.scene, place + 1, page);
            let begins = step != Some(page.step);
            let title = if begins { 34 } else { 0 };
            self.make_room(title + screen.height + 10);
            if begins {
                step = Some(page.step);
                self.step(page.step);
            }
            self.put(screen);
        }
        let lines = lane::lines(&self.scene.lanes, &self.ports, &self.entries);
        self.items.extend(lines.into_iter().map(|line| Item {
            top: line.top,
            bottom: line.bottom,
            markup: line.markup,
        }));
    }

    /// Goes to the next sheet where there is no room for so much on this one.
    fn make_room(&mut self, height: usize) {
        let end = (self.y / self.sheet).saturating_add(1).saturating_mul(self.sheet);
        if self.y.saturating_add(height) > end && height + self.head < self.sheet {
            self.y = end + self.head + 4;
        }
    }

    fn ground(&mut self, height: usize) {
        let mut paper = Paper::default();
        let at = Spot { x: MARGIN / 2, y: self.y };
        let width = WIDTH - MARGIN;
        paper.frame(Frame { at, width, height, round: 0, fill: GROUND, stroke: "", dashed: false });
        self.items.push(Item { top: self.y, bottom: self.y + height, markup: paper.markup });
    }

    fn step(&mut self, step: usize) {
        if self.y % self.sheet > self.head {
            self.y += 12;
        }
        self.ground(30);
        let check = self.scene.check;
        let title = check.steps.get(step).map(|(_, title)| title.as_str()).unwrap_or_default();
        let mut paper = Paper::default();
        let numbers = [("n", &*(step + 1).to_string()), ("total", &*check.steps.len().to_string())];
        let words = format!("{}: {title}", fill(&self.scene.labels.part(), &numbers));
        paper.text(Spot { x: self.scene.left, y: self.y + 21 }, STEP, &words);
        self.items.push(Item { top: self.y, bottom: self.y + 30, markup: paper.markup });
        self.y += 30;
    }

    fn put(&mut self, screen: Screen) {
        self.ground(screen.height + 8);
        let markup = format!("<g transform=\"translate(0 {})\">{}</g>", self.y, screen.paper.markup);
        self.items.push(Item { top: self.y, bottom: self.y + screen.height, markup });
        let down = |spot: Spot| Spot { y: spot.y + self.y, ..spot };
        self.ports.extend(screen.ports.iter().map(|port| Port {
            from: down(port.from),
            track: port.track + self.y,
            ..*port
        }));
        self.entries.extend(screen.entries.iter().map(|entry| Entry { at: down(entry.at), ..*entry }));
        self.y += screen.height + 8;
    }
}
