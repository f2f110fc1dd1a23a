//! QR pictures as ISO/IEC 18004 describes them, with error correction M: a sixth of the picture may be unreadable. Only
//! what a link with a code needs, in plain loops: a crate for all of it would be 6 kB of the app.

use crate::engine::bits::Bits;

/// For each version from 1 on: bytes of error correction in a block, and blocks. Version 20 holds 666 bytes.
const BLOCKS: [(u8, u8); 20] = [
    (10, 1),
    (16, 1),
    (26, 1),
    (18, 2),
    (24, 2),
    (16, 4),
    (18, 4),
    (22, 4),
    (22, 5),
    (26, 5),
    (30, 5),
    (22, 8),
    (22, 9),
    (24, 9),
    (24, 10),
    (28, 10),
    (28, 11),
    (26, 13),
    (26, 14),
    (26, 16),
];

/// A picture: rows of squares, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// How many squares it is wide and high.
    pub size: usize,
    squares: Vec<u8>,
}

/// A square is dark; it belongs to what readers look for, and holds no data.
const DARK: u8 = 1;
const FIXED: u8 = 2;

impl Picture {
    /// The picture that says an address with a code behind it; `None`: they are too long for one. The code holds capitals
    /// and digits only, which take less room.
    pub fn of(address: &str, code: &str) -> Option<Self> {
        let mut version = 0;
        for (errors, blocks) in BLOCKS {
            version += 1;
            let (errors, blocks) = (usize::from(errors), usize::from(blocks));
            let total = bytes_of(version);
            if let Some(data) = data(address, code, version, total - errors * blocks) {
                return best(version, &with_errors(&data, total, errors, blocks));
            }
        }
        None
    }

    /// Its rows; a dark square is odd.
    pub fn rows(&self) -> impl Iterator<Item = &[u8]> {
        self.squares.chunks(self.size)
    }

    fn at(&mut self, x: usize, y: usize) -> Option<&mut u8> {
        // A place left of the picture or above it is a very large one.
        let place = y.wrapping_mul(self.size).wrapping_add(x);
        if x < self.size { self.squares.get_mut(place) } else { None }
    }

    fn set(&mut self, x: usize, y: usize, dark: bool) {
        if let Some(square) = self.at(x, y) {
            *square = FIXED | u8::from(dark);
        }
    }
}

/// How many bytes a version holds: its squares without those that are fixed.
fn bytes_of(version: usize) -> usize {
    let marks = version / 7 + 2;
    let fixed = if version > 1 { (25 * marks - 10) * marks - 55 } else { 0 };
    let told = if version > 6 { 36 } else { 0 };
    ((16 * version + 128) * version + 64 - fixed - told) / 8
}

/// The text in its two parts, filled up to so many bytes; `None`: it is longer.
fn data(address: &str, code: &str, version: usize, most: usize) -> Option<Vec<u8>> {
    let mut bits = Bits::default();
    let (wide, narrow) = if version < 10 { (8, 9) } else { (16, 11) };
    bits.pass(4, 4)?;
    bits.pass(address.len() as u64, wide)?;
    for byte in address.bytes() {
        bits.pass(byte.into(), 8)?;
    }
    bits.pass(2, 4)?;
    bits.pass(code.len() as u64, narrow)?;
    let mut open = None;
    for letter in code.bytes() {
        let value = u64::from(if letter < b'A' { letter.wrapping_sub(b'0') } else { letter - b'A' + 10 });
        match open.take() {
            Some(first) => _ = bits.pass(first * 45 + value, 11)?,
            None => open = Some(value),
        }
    }
    if let Some(last) = open {
        bits.pass(last, 6)?;
    }
    bits.pass(0, (most * 8).checked_sub(bits.at)?.min(4))?;
    let mut filler = 0xEC;
    while bits.bytes.len() < most {
        bits.bytes.push(filler);
        filler ^= 0xEC ^ 0x11;
    }
    Some(bits.bytes)
}

/// Data in blocks, each with its error correction; the first bytes of all blocks come first.
fn with_errors(data: &[u8], total: usize, errors: usize, blocks: usize) -> Vec<u8> {
    let (mut rest, mut all, mut behind) = (data, Vec::new(), Vec::new());
    for place in 0..blocks {
        let long = usize::from(place >= blocks - total % blocks);
        let (block, after) = rest.split_at_checked(total / blocks - errors + long).unwrap_or_default();
        all.push(block.to_vec());
        behind.push(remainder(block, errors));
        rest = after;
    }
    let mut out = Vec::new();
    for list in [all, behind] {
        for place in 0..total {
            for block in &list {
                out.extend(block.get(place));
            }
        }
    }
    out
}

/// What is left of a block when it is divided by the polynomial whose roots are the first powers of 2.
fn remainder(block: &[u8], degree: usize) -> Vec<u8> {
    let mut divisor = vec![0; degree];
    if let Some(last) = divisor.last_mut() {
        *last = 1;
    }
    let mut root = 1;
    for _ in 0..degree {
        let mut next = 0;
        for value in divisor.iter_mut().rev() {
            let before = *value;
            *value = times(before, root) ^ next;
            next = before;
        }
        root = times(root, 2);
    }
    let mut left = vec![0; degree];
    for byte in block {
        let factor = byte ^ left.first().copied().unwrap_or_default();
        let mut next = 0;
        for (value, part) in left.iter_mut().zip(&divisor).rev() {
            let before = *value;
            *value = times(*part, factor) ^ next;
            next = before;
        }
    }
    left
}

/// A product in the field of 256 elements that the standard takes.
fn times(one: u8, other: u8) -> u8 {
    let mut product: u8 = 0;
    for bit in (0..8).rev() {
        product = (product << 1) ^ ((product >> 7) * 0x1D) ^ ((other >> bit & 1) * one);
    }
    product
}

/// Of the pictures with each mask, the one with the fewest boxes of one colour.
fn best(version: usize, bytes: &[u8]) -> Option<Picture> {
    let (mut best, mut fewest) = (None, usize::MAX);
    for mask in 0..8 {
        let picture = drawn(version, bytes, mask);
        let boxes = boxes(&picture);
        if boxes < fewest {
            (best, fewest) = (Some(picture), boxes);
        }
    }
    best
}

fn boxes(picture: &Picture) -> usize {
    let mut boxes = 0;
    let mut above: &[u8] = &[];
    for row in picture.rows() {
        for (upper, lower) in above.windows(2).zip(row.windows(2)) {
            let dark: u8 = upper.iter().chain(lower).map(|square| square & DARK).sum();
            boxes += usize::from(dark.is_multiple_of(4));
        }
        above = row;
    }
    boxes
}

fn drawn(version: usize, bytes: &[u8], mask: usize) -> Picture {
    let size = version * 4 + 17;
    let mut picture = Picture { size, squares: vec![0; size * size] };
    for place in 0..size {
        picture.set(6, place, place % 2 == 0);
        picture.set(place, 6, place % 2 == 0);
    }
    marks(&mut picture, version);
    // Over the marks in three of the corners.
    for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
        rings(&mut picture, x, y, 4);
    }
    if version > 6 {
        let told = checked(version, 12, 0x1F25);
        for place in 0..18 {
            let (far, near, dark) = (size - 11 + place % 3, place / 3, told >> place & 1 == 1);
            picture.set(far, near, dark);
            picture.set(near, far, dark);
        }
    }
    tell_mask(&mut picture, mask);
    fill(&mut picture, bytes, mask);
    picture
}

/// Small marks, in a grid over the picture but not in the corners that hold large ones.
fn marks(picture: &mut Picture, version: usize) {
    let last = if version > 1 { version / 7 + 1 } else { 0 };
    let step = (version * 4 + 4).div_ceil((last * 2).max(1)) * 2;
    let end = picture.size - 7;
    for x in 0..=last {
        for y in 0..=last {
            let corner = [(0, 0), (0, last), (last, 0)].contains(&(x, y));
            let place = |mark: usize| if mark == 0 { 6 } else { end - (last - mark) * step };
            if !corner {
                rings(picture, place(x), place(y), 2);
            }
        }
    }
}

/// Rings around a place, as far as they lie in the picture: the one half way is light, and so is the last of four.
fn rings(picture: &mut Picture, x: usize, y: usize, radius: usize) {
    for down in 0..=2 * radius {
        for right in 0..=2 * radius {
            let ring = right.abs_diff(radius).max(down.abs_diff(radius));
            let (x, y) = ((x + right).wrapping_sub(radius), (y + down).wrapping_sub(radius));
            picture.set(x, y, ring != 4 && ring != radius / 2);
        }
    }
}

/// A number with the remainder of its division behind it.
fn checked(number: usize, width: usize, divisor: usize) -> usize {
    let mut left = number;
    for _ in 0..width {
        left = (left << 1) ^ ((left >> (width - 1)) * divisor);
    }
    number << width | left
}

/// Tells readers the mask and the error correction (M is 0): around the first corner, and once more at the two others.
fn tell_mask(picture: &mut Picture, mask: usize) {
    let size = picture.size;
    let told = checked(mask, 10, 0x537) ^ 0x5412;
    for place in 0..15 {
        let dark = told >> place & 1 == 1;
        // Past the dotted lines.
        if place < 8 {
            picture.set(8, place + usize::from(place > 5), dark);
            picture.set(size - 1 - place, 8, dark);
        } else {
            picture.set(14 - place + usize::from(place < 9), 8, dark);
            picture.set(8, size - 15 + place, dark);
        }
    }
    picture.set(8, size - 8, true);
}

/// Fills what is free: two columns at a time from the right, up and down; the dotted column is passed over.
fn fill(picture: &mut Picture, bytes: &[u8], mask: usize) {
    let size = picture.size;
    let mut bits = Bits::of(bytes.to_vec());
    for pair in 0..size / 2 {
        let right = size - 1 - 2 * pair;
        let right = if right > 6 { right } else { right - 1 };
        for step in 0..size {
            let y = if pair % 2 == 0 { size - 1 - step } else { step };
            for x in [right, right - 1] {
                if let Some(square) = picture.at(x, y).filter(|square| **square & FIXED == 0) {
                    let dark = bits.pass(0, 1) == Some(1);
                    *square = u8::from(dark != turns(mask, x, y));
                }
            }
        }
    }
}

/// Whether a mask turns a square round.
fn turns(mask: usize, x: usize, y: usize) -> bool {
    let (two, three) = (x * y % 2, x * y % 3);
    let left = match mask {
        0 => (x + y) % 2,
        1 => y % 2,
        2 => x % 3,
        3 => (x + y) % 3,
        4 => (x / 3 + y / 2) % 2,
        5 => two + three,
        6 => (two + three) % 2,
        _ => (x + y + three) % 2,
    };
    left == 0
}
