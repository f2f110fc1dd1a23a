//! Letters nobody sees, which can hide or turn what stands in a file: they are refused in every text.

use crate::problem::{At, File};
use std::rc::Rc;
use unicode_general_category::{GeneralCategory, get_general_category};

/// Reports every unsafe letter of a file.
pub fn hold(file: &Rc<File>) {
    for (place, letter) in file.text.char_indices().filter(|(_, letter)| is_unsafe(*letter)) {
        report(&file.at(place..place + letter.len_utf8()), letter);
    }
}

/// Reports the unsafe letters of a text that are written as something else, such as `\u200B` or `&#x200B;`.
pub fn hold_written(at: &At, text: &str) {
    for letter in text.chars().filter(|letter| is_unsafe(*letter) && !at.text().contains(*letter)) {
        report(at, letter);
    }
}

fn report(at: &At, letter: char) {
    let what = format!("This text holds {}, U+{:04X}", kind(letter), u32::from(letter));
    at.report(what, "Delete it and write the words again by hand: it may have come with pasted text.");
}

/// Controls, formatting such as turned direction or no width, private letters, and what stands for a broken one.
fn is_unsafe(letter: char) -> bool {
    let plain = matches!(letter, '\n' | '\t');
    !plain && (letter == char::REPLACEMENT_CHARACTER || HIDDEN.contains(&get_general_category(letter)))
}

const HIDDEN: &[GeneralCategory] = &[
    GeneralCategory::Control,
    GeneralCategory::Format,
    GeneralCategory::LineSeparator,
    GeneralCategory::ParagraphSeparator,
    GeneralCategory::PrivateUse,
    GeneralCategory::Unassigned,
];

fn kind(letter: char) -> &'static str {
    match get_general_category(letter) {
        GeneralCategory::Control => "a control character",
        GeneralCategory::Format => "an invisible character",
        GeneralCategory::PrivateUse => "a private character",
        GeneralCategory::Unassigned => "a character that does not exist",
        _ => "a broken character",
    }
}

#[cfg(test)]
mod tests {
    use crate::read::letter::is_unsafe;

    #[test]
    fn what_nobody_sees_is_unsafe_and_what_people_write_is_not() {
        let unsafe_ones = ['\0', '\r', '\u{7f}', '\u{200b}', '\u{200d}', '\u{202e}', '\u{2066}', '\u{2028}', '\u{ad}'];
        assert!(unsafe_ones.iter().all(|letter| is_unsafe(*letter)));
        assert!(['\u{e000}', '\u{f8ff}', '\u{fffd}', '\u{feff}', '\u{e0041}'].iter().all(|letter| is_unsafe(*letter)));
        assert!("Aé ’“”–·½\u{a0}ñ中ب🙂\n\t".chars().all(|letter| !is_unsafe(letter)));
    }
}
