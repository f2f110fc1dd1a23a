//! What a printed page holds, read from the PDF that Chromium makes: how far down it is written on, and whether it begins
//! with a heading. As much of the format as that one program writes.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// A page.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// How much of its height, without margins, lies above its last line.
    pub filled: f64,
    /// The size of its first line, in points.
    pub first: f64,
}

/// What maps the units of a drawing to points: `a b c d e f` of the format.
type Matrix = [f64; 6];

/// The pages of a document whose margins above and below are so many points.
pub fn pages(pdf: &[u8], above: f64, below: f64) -> Vec<Page> {
    let text = latin(pdf);
    let objects: Vec<(usize, &str)> = objects(&text);
    let of_page = |object: &&(usize, &str)| object.1.contains("/Type /Page\n") || object.1.contains("/Type /Page ");
    let pages = objects.iter().filter(of_page).map(|(_, page)| {
        let height = numbers(after(page, "/MediaBox [")).nth(3).expect("a size");
        let contents = after(page, "/Contents ").split(' ').next().expect("a drawing");
        let (_, drawing) = objects.iter().find(|(number, _)| number.to_string() == contents).expect("its drawing");
        let mut lines = lines(&unpacked(drawing));
        lines.retain(|(y, _)| *y > below && *y < height - above + 1.0);
        let first = lines.iter().copied().max_by(|one, other| one.0.total_cmp(&other.0));
        let last = lines.iter().map(|(y, _)| *y).fold(height, f64::min);
        let whole = height - above - below;
        let filled = if lines.is_empty() { 0.0 } else { (height - above - last) / whole };
        Page { filled, first: first.map_or(0.0, |(_, size)| size) }
    });
    pages.collect()
}

/// Each byte as the letter of its number.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn after<'a>(text: &'a str, start: &str) -> &'a str {
    text.split_once(start).map(|(_, rest)| rest).expect("a key")
}

fn numbers(text: &str) -> impl Iterator<Item = f64> {
    text.split([' ', ']', '\n', '/', '>']).map_while(|word| word.parse().ok())
}

/// Every object with its number.
fn objects(text: &str) -> Vec<(usize, &str)> {
    let starts: Vec<(usize, usize)> = text.match_indices(" 0 obj\n").map(|(at, sign)| (at, at + sign.len())).collect();
    let one = |(at, start): &(usize, usize)| {
        let number = text[..*at].rsplit('\n').next()?.parse().ok()?;
        let end = text[*start..].find("endobj").map(|end| start + end)?;
        Some((number, &text[*start..end]))
    };
    starts.iter().filter_map(one).collect()
}

fn unpacked(object: &str) -> String {
    let packed = after(object, "stream\n");
    let packed = packed.rsplit_once("\nendstream").map_or(packed, |(packed, _)| packed);
    let bytes: Vec<u8> = packed.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a byte")).collect();
    let mut drawing = Vec::new();
    ZlibDecoder::new(bytes.as_slice()).read_to_end(&mut drawing).expect("a packed drawing");
    latin(&drawing)
}

/// Each line of text: how high it stands, and how large it is.
fn lines(drawing: &str) -> Vec<(f64, f64)> {
    let unit: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
    let (mut now, mut kept, mut line, mut size) = (unit, Vec::new(), unit, 0.0);
    let (mut lines, mut given) = (Vec::new(), Vec::new());
    for word in words(drawing) {
        let six = || -> Matrix {
            let last: Vec<f64> =
                given.iter().rev().take(6).rev().map(|word: &&str| word.parse().unwrap_or(0.0)).collect();
            last.try_into().expect("six numbers")
        };
        match word {
            "q" => kept.push(now),
            "Q" => now = kept.pop().unwrap_or(unit),
            "cm" => now = times(six(), now),
            "BT" => line = unit,
            "Tm" => line = six(),
            "Tf" => size = given.last().and_then(|word: &&str| word.parse().ok()).unwrap_or(0.0),
            "Tj" | "TJ" => {
                let [_, b, _, d, _, f] = times(line, now);
                lines.push((f, size * b.hypot(d)));
            }
            other => {
                given.push(other);
                continue;
            }
        }
        given.clear();
    }
    lines
}

/// Words of a drawing; a text in `<` and `>` or `(` and `)` is one.
fn words(drawing: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = drawing.trim_start();
    while !rest.is_empty() {
        let end = match rest.as_bytes()[0] {
            b'(' => closed(rest),
            b'<' => rest.find('>').map_or(rest.len(), |end| end + 1),
            b'[' | b']' => 1,
            _ => rest.find([' ', '\n', '[', ']', '(', '<']).unwrap_or(rest.len()),
        };
        words.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    words
}

/// Where a text in brackets ends.
fn closed(text: &str) -> usize {
    let (mut depth, mut escaped) = (0, false);
    for (place, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 1 => return place + 1,
            ')' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// One after the other.
fn times(first: Matrix, then: Matrix) -> Matrix {
    let row = |x: f64, y: f64, one: f64| {
        [x * then[0] + y * then[2] + one * then[4], x * then[1] + y * then[3] + one * then[5]]
    };
    let rows = [row(first[0], first[1], 0.0), row(first[2], first[3], 0.0), row(first[4], first[5], 1.0)];
    [rows[0][0], rows[0][1], rows[1][0], rows[1][1], rows[2][0], rows[2][1]]
}
