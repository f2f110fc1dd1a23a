//! What a person hands over by a code: answers and the questions they want to ask, packed for the fragment of a link.
//!
//! A code begins with its format and a checksum, in every format there will be; then come a print of the content, the
//! day, and bits in the order of the check. It is refused unless it is exactly what [`seal`] makes of what was read.

use crate::engine::bits::Bits;
use crate::engine::{Given, Replay, prompts};
use crate::model::{Action, Check, Condition, Decision, Kind, Options, Question};

/// What a code holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// When the last of the answers was given, as days since 1970.
    pub day: u16,
    /// Answers by question; nothing where one is not handed over.
    pub given: Vec<Given>,
    /// Places of the questions the person wants to ask.
    pub wishes: Options,
}

/// The content a code is made with and read by.
#[derive(Clone, Copy, Debug)]
pub struct Book<'a> {
    /// The check.
    pub check: &'a Check,
    /// What changes with every change of the content.
    pub hash: &'a str,
    /// How many questions there are to ask.
    pub wishes: usize,
}

/// Why a code is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is no code of a check at all.
    Foreign,
    /// Its end is missing.
    Cut,
    /// It is not as it was made.
    Damaged,
    /// A newer program made it.
    Newer,
    /// It was made with other content.
    OtherContent,
}

/// A part of the answers that goes in, or stays out, as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Place of its step.
    pub step: usize,
    /// Whether it stays out unless the person wants it in.
    pub private: bool,
    /// Places of its questions.
    pub questions: Vec<usize>,
}

/// No code is longer, in bytes of text.
pub const MOST: usize = 400;

/// The first byte holds this in its upper half, and the format in its lower.
const MARK: u8 = 0xC0;
const FORMAT: u8 = 1;

/// The parts of a check: each step, and apart from it what is private in it.
pub fn parts(check: &Check) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (place, question) in check.questions.iter().enumerate() {
        let same = |part: &&mut Part| part.step == question.step && part.private == question.private;
        match parts.iter_mut().find(same) {
            Some(part) => part.questions.push(place),
            None => parts.push(Part { step: question.step, private: question.private, questions: vec![place] }),
        }
    }
    parts
}

/// The answers that count of some questions.
pub fn chosen(replay: &Replay, questions: &[usize]) -> Vec<Given> {
    let one = |(place, given): (usize, &Given)| if questions.contains(&place) { *given } else { Given::default() };
    replay.given.iter().enumerate().map(one).collect()
}

/// Places of what may be asked without telling of any question but these: what fits the findings on them alone.
pub fn wishes(check: &Check, decision: &Decision, questions: &[usize]) -> Options {
    let told = |rule: &usize| {
        let mut told = true;
        let rule = check.rules.get(*rule);
        if let Some(rule) = rule {
            rule.when.questions(&mut |question| told &= questions.contains(&question));
        }
        told
    };
    let mut decision = decision.clone();
    decision.findings.retain(told);
    decision.notes.retain(told);
    let fitting = prompts(check, &decision, &check.to_ask).into_iter();
    fitting.fold(Options::NONE, |set, place| set.with(Options::one(place)))
}

/// The code. An answer that any rule about self-harm names never goes in.
pub fn seal(book: &Book<'_>, handover: &Handover) -> String {
    let mut bits = Bits::default();
    // Writing never comes to an end.
    let _ = pass(book, &mut bits, handover);
    let body = [sum(0, book.hash.as_bytes()).to_be_bytes().as_slice(), &bits.bytes].concat();
    let head = MARK | FORMAT;
    to_text([&[head], checksum(head, &body).as_slice(), &body].concat())
}

/// What a code holds.
///
/// # Errors
/// Whatever [`seal`] did not make with this book.
pub fn open(book: &Book<'_>, text: &str) -> Result<Handover, Refusal> {
    let bytes = Some(text).filter(|text| text.len() <= MOST).and_then(to_bytes).ok_or(Refusal::Foreign)?;
    let (head, rest) = bytes.split_first().filter(|(head, _)| *head & 0xF0 == MARK).ok_or(Refusal::Foreign)?;
    let (found, body) = rest.split_first_chunk::<4>().ok_or(Refusal::Cut)?;
    let whole = *found == checksum(*head, body);
    if whole && *head > MARK | FORMAT {
        return Err(Refusal::Newer);
    }
    let (print, bytes) = body.split_first_chunk::<4>().ok_or(Refusal::Cut)?;
    let ours = *print == sum(0, book.hash.as_bytes()).to_be_bytes();
    if whole && !ours {
        return Err(Refusal::OtherContent);
    }
    let read = pass(book, &mut Bits::of(bytes.to_vec()), &Handover::default());
    match read {
        Some(handover) if seal(book, &handover) == text => Ok(handover),
        None if ours && !whole => Err(Refusal::Cut),
        _ => Err(Refusal::Damaged),
    }
}

/// The one description of what follows the print, for writing and for reading.
fn pass(book: &Book<'_>, bits: &mut Bits, from: &Handover) -> Option<Handover> {
    let day = u16::try_from(bits.pass(from.day.into(), 16)?).ok()?;
    let mut given = Vec::with_capacity(book.check.questions.len());
    for (place, question) in book.check.questions.iter().enumerate() {
        let answer = from.given.get(place).copied().unwrap_or_default();
        let told = if is_unspeakable(book.check, place, answer) { Given::default() } else { answer };
        given.push(pass_answer(question, bits, told)?);
    }
    let some = bits.pass((!from.wishes.is_empty()).into(), 1)? == 1;
    let wishes = if some { Options(bits.pass(from.wishes.0, book.wishes.min(Options::MOST))?) } else { Options::NONE };
    Some(Handover { day, given, wishes })
}

/// One bit for no answer, two for the clear one; any other in full.
fn pass_answer(question: &Question, bits: &mut Bits, given: Given) -> Option<Given> {
    let clear = Given { options: Options::one(question.clear), number: None };
    if bits.pass(given.is_some().into(), 1)? == 0 {
        return Some(Given::default());
    }
    if bits.pass((given == clear).into(), 1)? == 1 {
        return Some(clear);
    }
    let options = Options(bits.pass(given.options.0, question.options.len())?);
    let number = match question.kind {
        Kind::Number { min, max } if options.is_empty() => {
            let span = max.wrapping_sub(min).cast_unsigned();
            let above = given.number.unwrap_or(min).wrapping_sub(min).cast_unsigned();
            let above = bits.pass(above, usize::try_from(u64::BITS - span.leading_zeros()).ok()?)?;
            Some(min.wrapping_add(above.cast_signed())).filter(|_| above <= span)
        }
        Kind::Number { .. } | Kind::One | Kind::Many => None,
    };
    Some(Given { options, number })
}

/// Whether any rule about self-harm names an answer. All of the answer then stays out: the rest of it would mislead.
fn is_unspeakable(check: &Check, question: usize, given: Given) -> bool {
    let crisis = check.rules.iter().filter(|rule| rule.action == Some(Action::Crisis));
    given.is_some() && crisis.into_iter().any(|rule| names(&rule.when, question, given))
}

fn names(when: &Condition, question: usize, given: Given) -> bool {
    match when {
        Condition::AnyOf(named, options) | Condition::AllOf(named, options) => {
            *named == question && given.options.meets(*options)
        }
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(|part| names(part, question, given)),
        // What is not said can tell as much, and so can any number.
        Condition::AtLeast(..) | Condition::AtMost(..) | Condition::Not(_) => {
            let mut named = false;
            when.questions(&mut |other| named |= other == question);
            named
        }
    }
}

/// CRC-32 as in PNG and zip. It finds every burst of up to 32 wrong bits.
fn sum(start: u32, bytes: &[u8]) -> u32 {
    let bit = |sum: u32, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 };
    !bytes.iter().fold(!start, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), bit))
}

fn checksum(head: u8, body: &[u8]) -> [u8; 4] {
    sum(sum(0, &[head]), body).to_be_bytes()
}

/// Letters and digits only: no messenger takes one for the end of a link, and a QR picture holds them in two thirds of
/// the room of others. A letter stands for five bits.
const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn to_text(mut bytes: Vec<u8>) -> String {
    let letters = (bytes.len() * 8).div_ceil(5);
    // So that the last letter finds five bits.
    bytes.push(0);
    let mut bits = Bits::of(bytes);
    let letter = |_| bits.pass(0, 5).and_then(|five| LETTERS.get(usize::try_from(five).ok()?)).copied().map(char::from);
    (0..letters).filter_map(letter).collect()
}

fn to_bytes(text: &str) -> Option<Vec<u8>> {
    let mut bits = Bits::default();
    for letter in text.bytes() {
        let place = LETTERS.iter().position(|known| *known == letter)?;
        bits.pass(u64::try_from(place).ok()?, 5)?;
    }
    // Bits that fill up the last letter are no byte.
    bits.bytes.truncate(bits.at / 8);
    Some(bits.bytes)
}

#[cfg(test)]
mod tests {
    use crate::engine::handover::{
        Book, FORMAT, Handover, MARK, Refusal, checksum, open, seal, sum, to_bytes, to_text,
    };
    use crate::model::{Check, FromJson};
    use serde_json::json;

    fn check() -> Check {
        let check = json!({
            "id": "none", "title": "", "lead": "", "points": [], "keeps_answers": true, "review_by": 0, "outcomes": [],
            "headlines": [], "steps": [], "pages": [], "questions": [], "rules": [], "asks": [], "first_aid": [],
            "sources": [],
        });
        Check::from_json(&check).unwrap()
    }

    fn opened(head: u8, body: &[u8]) -> Refusal {
        let book = Book { check: &check(), hash: "", wishes: 0 };
        open(&book, &to_text([&[head], checksum(head, body).as_slice(), body].concat())).unwrap_err()
    }

    #[test]
    fn the_sum_is_the_one_everybody_knows() {
        assert_eq!(sum(0, b"123456789"), 0xCBF4_3926);
        assert_eq!(sum(sum(0, b"1234"), b"56789"), 0xCBF4_3926);
    }

    #[test]
    fn text_is_the_base_32_everybody_knows() {
        for (bytes, text) in [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(to_text(bytes.into()), text);
            assert_eq!(to_bytes(text), Some(bytes.into()));
        }
        for wrong in ["my", "M1", "M=", "MÜ", " "] {
            assert_eq!(to_bytes(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_code_of_nothing_is_short() {
        let (check, handover) = (check(), Handover { day: 20_000, ..Handover::default() });
        let book = Book { check: &check, hash: "", wishes: 0 };
        assert_eq!(seal(&book, &handover).len(), 20);
        assert_eq!(open(&book, &seal(&book, &handover)), Ok(handover));
    }

    #[test]
    fn a_whole_code_of_a_newer_format_is_told_from_a_damaged_one() {
        assert_eq!(opened(MARK | (FORMAT + 1), b"whatever comes then"), Refusal::Newer);
        assert_eq!(opened(MARK | 15, b""), Refusal::Newer);
        assert_eq!(opened(MARK, &[0; 8]), Refusal::Damaged);
        assert_eq!(opened(0xD0 | FORMAT, &[0; 8]), Refusal::Foreign);
        assert_eq!(opened(MARK | FORMAT, &[1, 2, 3, 4, 5]), Refusal::OtherContent);
    }
}
