//! Lanes: lines from the options that open a question to that question.

use crate::draw::leads::wanted;
use crate::draw::paper::{Frame, INK, Paper, Spot, WHITE};
use mesocheck::model::{Check, Condition, Options};

/// How far lanes stand apart.
const APART: usize = 10;

/// A condition, the questions asked under it, and where its line runs.
#[derive(Debug)]
pub struct Lane<'a> {
    /// The condition.
    pub when: &'a Condition,
    /// Places of the questions asked under it.
    pub asked: Vec<usize>,
    /// The questions it names, with the options it wants; none where it is about more than ticks.
    pub wants: Vec<(usize, Options)>,
    /// Where its line runs, from the left.
    pub x: usize,
}

/// Where a line leaves an option: down from it to the height of the track, then to its lane.
#[derive(Clone, Copy, Debug)]
pub struct Port {
    /// Place of the lane.
    pub lane: usize,
    /// The lower edge of the option.
    pub from: Spot,
    /// The height of the track.
    pub track: usize,
}

/// Where a line enters a question.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Place of the lane.
    pub lane: usize,
    /// The point of the arrow.
    pub at: Spot,
}

/// The lanes of a check, and the width they take.
pub fn lanes(check: &Check) -> (Vec<Lane<'_>>, usize) {
    let mut lanes: Vec<Lane<'_>> = Vec::new();
    for (place, question) in check.questions.iter().enumerate() {
        let Some(when) = &question.ask_when else { continue };
        if let Some(lane) = lanes.iter_mut().find(|lane| lane.when == when) {
            lane.asked.push(place);
            continue;
        }
        let mut wants = Vec::new();
        wanted(when, &mut |question, options| wants.push((question, options)));
        lanes.push(Lane { when, asked: vec![place], wants, x: 0 });
    }
    // The one that ends first runs closest to the questions, so that few lines cross.
    lanes.sort_by_key(|lane| lane.asked.last().copied());
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let spans: Vec<(usize, usize)> = lanes.iter().map(span).collect();
    let mut slots = Vec::new();
    for span in spans {
        let free = taken.iter().position(|others| others.iter().all(|other| span.1 < other.0 || other.1 < span.0));
        let slot = free.unwrap_or(taken.len());
        if let Some(others) = taken.get_mut(slot) {
            others.push(span);
        } else {
            taken.push(vec![span]);
        }
        slots.push(slot);
    }
    let gutter = taken.len() * APART + APART;
    for (lane, slot) in lanes.iter_mut().zip(slots) {
        lane.x = gutter.saturating_sub(slot * APART + 4);
    }
    (lanes, gutter)
}

/// From the first question a lane leaves to the last it enters.
fn span(lane: &Lane<'_>) -> (usize, usize) {
    let first = lane.wants.iter().map(|(question, _)| *question).min().unwrap_or_default();
    (first, lane.asked.last().copied().unwrap_or_default())
}

/// A piece of a line, with the heights it spans.
pub struct Piece {
    /// Its upper end.
    pub top: usize,
    /// Its lower end.
    pub bottom: usize,
    /// Its markup.
    pub markup: String,
}

/// The lines of every lane.
pub fn lines(lanes: &[Lane<'_>], ports: &[Port], entries: &[Entry]) -> Vec<Piece> {
    lanes.iter().enumerate().flat_map(|(place, lane)| line(place, lane.x, ports, entries)).collect()
}

/// The line of one lane: first its light edge, so that lines that cross can be told apart, then the line.
fn line(lane: usize, x: usize, ports: &[Port], entries: &[Entry]) -> Vec<Piece> {
    let ports: Vec<&Port> = ports.iter().filter(|port| port.lane == lane).collect();
    let entries: Vec<&Entry> = entries.iter().filter(|entry| entry.lane == lane).collect();
    let first = ports.iter().map(|port| port.track).min();
    let last = entries.iter().map(|entry| entry.at.y).max();
    let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
    let mut paths = vec![(format!("M{x} {}V{}", first + 5, last.saturating_sub(5)), first, last)];
    for port in &ports {
        let Spot { x: from, y } = port.from;
        let track = port.track;
        let corner = if y == track {
            format!("M{from} {y}")
        } else {
            format!("M{from} {y}V{}Q{from} {track} {} {track}", track.saturating_sub(3), from.saturating_sub(3))
        };
        paths.push((format!("{corner}H{}Q{x} {track} {x} {}", x + 5, track + 5), y, track + 5));
    }
    for entry in &entries {
        let Spot { x: to, y } = entry.at;
        let path = format!("M{x} {}Q{x} {y} {} {y}H{}", y.saturating_sub(5), x + 5, to.saturating_sub(6));
        paths.push((path, y.saturating_sub(5), y));
    }
    let strokes = [(WHITE, "4.5"), (INK, "1.6")];
    let strokes = strokes.iter().flat_map(|(colour, width)| {
        paths.iter().map(move |(path, top, bottom)| {
            let mut paper = Paper::default();
            paper.line(path, colour, width);
            Piece { top: *top, bottom: *bottom, markup: paper.markup }
        })
    });
    let ends = ports.iter().map(|port| dot(port.from)).chain(entries.iter().map(|entry| head(entry.at)));
    strokes.chain(ends).collect()
}

fn dot(at: Spot) -> Piece {
    let mut paper = Paper::default();
    let at = Spot { x: at.x.saturating_sub(3), y: at.y.saturating_sub(3) };
    paper.frame(Frame { at, width: 6, height: 6, round: 3, fill: INK, stroke: "", dashed: false });
    Piece { top: at.y, bottom: at.y + 6, markup: paper.markup }
}

fn head(at: Spot) -> Piece {
    let mut paper = Paper::default();
    let Spot { x, y } = at;
    paper.shape(&format!("M{x} {y}l-8-5v10z"), INK, INK);
    Piece { top: y.saturating_sub(5), bottom: y + 5, markup: paper.markup }
}
