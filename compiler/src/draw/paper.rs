//! Marks on paper: texts, boxes and lines as SVG, with presentation attributes only.

/// How a text is set.
#[derive(Clone, Copy, Debug)]
pub struct Type {
    /// Size of the letters, in pixels.
    pub size: usize,
    /// Whether it is bold.
    pub bold: bool,
    /// Its colour.
    pub fill: &'static str,
}

impl Type {
    /// The same in another colour.
    pub fn in_colour(self, fill: &'static str) -> Self {
        Self { fill, ..self }
    }
}

/// The colour of most words.
pub const INK: &str = "#1b2427";
/// The colour of words beside the matter.
pub const MUTED: &str = "#4a5659";
/// The colour of thin lines.
pub const LINE: &str = "#9aa6a7";
/// The colour of paper.
pub const WHITE: &str = "#ffffff";

/// The title of a drawing.
pub const TITLE: Type = Type { size: 22, bold: true, fill: INK };
/// Names of steps.
pub const STEP: Type = Type { size: 16, bold: true, fill: INK };
/// Topics of questions.
pub const TOPIC: Type = Type { size: 15, bold: true, fill: INK };
/// Most words.
pub const WORDS: Type = Type { size: 13, bold: false, fill: INK };
/// Words beside the matter.
pub const SMALL: Type = Type { size: 12, bold: false, fill: MUTED };
/// Letters inside shapes, and short tags.
pub const TAG: Type = Type { size: 12, bold: true, fill: INK };

/// Where texts and shapes stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
}

/// A box.
#[derive(Clone, Copy, Debug)]
pub struct Frame {
    /// Its upper left corner.
    pub at: Spot,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// Radius of its corners.
    pub round: usize,
    /// Colour inside.
    pub fill: &'static str,
    /// Colour of its line.
    pub stroke: &'static str,
    /// Whether its line is broken.
    pub dashed: bool,
}

/// Markup under construction.
#[derive(Debug, Default)]
pub struct Paper {
    /// What is on it so far.
    pub markup: String,
}

impl Paper {
    /// Writes a text; `at` is the left end of its base line.
    pub fn text(&mut self, at: Spot, kind: Type, text: &str) {
        self.anchored(at, kind, "", text);
    }

    /// Writes a text around its middle.
    pub fn centred(&mut self, at: Spot, kind: Type, text: &str) {
        self.anchored(at, kind, " text-anchor=\"middle\"", text);
    }

    /// Writes a text that ends at `at`.
    pub fn ending(&mut self, at: Spot, kind: Type, text: &str) {
        self.anchored(at, kind, " text-anchor=\"end\"", text);
    }

    fn anchored(&mut self, at: Spot, kind: Type, anchor: &str, text: &str) {
        let weight = if kind.bold { " font-weight=\"700\"" } else { "" };
        self.markup += &format!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} fill=\"{}\">{}</text>",
            at.x,
            at.y,
            kind.size,
            kind.fill,
            escape(text)
        );
    }

    /// Writes lines below each other; where the next one would stand.
    pub fn lines(&mut self, at: Spot, kind: Type, lines: &[String]) -> usize {
        let mut y = at.y;
        for line in lines {
            self.text(Spot { x: at.x, y }, kind, line);
            y += kind.size + 4;
        }
        y
    }

    /// Draws a box.
    pub fn frame(&mut self, frame: Frame) {
        let Frame { at, width, height, round, fill, stroke, dashed } = frame;
        let dash = if dashed { " stroke-dasharray=\"5 3\"" } else { "" };
        let line = if stroke.is_empty() { String::new() } else { format!(" stroke=\"{stroke}\"{dash}") };
        self.markup += &format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\" fill=\"{fill}\"{line}/>",
            at.x, at.y
        );
    }

    /// Draws a line along a path.
    pub fn line(&mut self, path: &str, stroke: &str, width: &str) {
        self.markup += &format!("<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{width}\"/>");
    }

    /// Fills a path.
    pub fn shape(&mut self, path: &str, fill: &str, stroke: &str) {
        self.markup += &format!("<path d=\"{path}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.5\"/>");
    }

    /// Begins a group with an id, and words that show when a pointer rests on it.
    pub fn open(&mut self, id: &str, title: &str) {
        self.markup += &format!("<g id=\"{}\"><title>{}</title>", escape(id), escape(title));
    }

    /// Ends the group.
    pub fn close(&mut self) {
        self.markup += "</g>";
    }
}

/// Text inside an element or an attribute.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Widths of the signs from space to `~` in a sans-serif typeface, in thousandths of the size: those of Arial.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

/// About how wide a text is, rather too much than too little: the typeface of the reader is not known.
pub fn width(text: &str, kind: Type) -> usize {
    let sign = |sign: char| {
        let place = u32::from(sign).checked_sub(32).and_then(|place| usize::try_from(place).ok());
        place.and_then(|place| WIDTHS.get(place)).copied().map_or(700, usize::from)
    };
    let sum: usize = text.chars().map(sign).sum();
    let bold = if kind.bold { 108 } else { 103 };
    sum * kind.size * bold / 100_000 + 1
}

/// A text in lines no wider than `most`.
pub fn wrap(text: &str, kind: Type, most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, kind) > most && !line.is_empty() {
            lines.push(std::mem::replace(&mut line, word.to_owned()));
        } else {
            line = longer;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text cut at a word so that it is no wider than `most`, with an ellipsis where something is left out.
pub fn shortened(text: &str, kind: Type, most: usize) -> String {
    if width(text, kind) <= most {
        return text.to_owned();
    }
    let first = wrap(text, kind, most.saturating_sub(kind.size)).into_iter().next().unwrap_or_default();
    format!("{}…", first.trim_end_matches([',', ' ', ';']))
}
