//! How hard texts are to read: the Flesch-Kincaid grade, `0.39 words/sentences + 11.8 syllables/words - 15.59`.
//!
//! Source: Kincaid, Fishburne, Rogers, Chissom, *Derivation of new readability formulas for Navy enlisted personnel*,
//! Naval Technical Training Command, Research Branch Report 8-75, 1975. A grade is a year of American schools: grade 6
//! is read at the age of 11.
//!
//! It measures length, not sense, and is made for pages of prose. So each kind of text is measured as a whole, and a text
//! of its own only from [`FEW_SENTENCES`] or [`FEW_WORDS`]: one long word in one short sentence says nothing. Syllables
//! are counted by groups of vowels, which is right for most English words and a little high on the whole. An item of a
//! list is a sentence. Known only for English; texts of other languages are not measured.

use crate::problem::Located;
use crate::read::said::{Kind, Said};

/// The grade that all texts of a kind come to at most.
const TOGETHER: f64 = 6.0;
/// The grade of a single text at most. The hardest that was shipped when this was written had 6.9.
const ALONE: f64 = 8.0;
const FEW_SENTENCES: usize = 3;
const FEW_WORDS: usize = 40;

/// The kinds that are measured, in words.
const KINDS: &[(Kind, &str)] =
    &[(Kind::Question, "questions"), (Kind::Reason, "reasons"), (Kind::Faq, "FAQ"), (Kind::Page, "pages")];

/// What the formula needs to know of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Measure {
    sentences: usize,
    words: usize,
    syllables: usize,
}

/// Reports texts that are too hard to read.
pub fn hold(said: &[Said], locale: &str) {
    if !locale.starts_with("en") {
        return;
    }
    for text in said.iter().filter(|text| KINDS.iter().any(|(kind, _)| *kind == text.kind)) {
        let measure = of_parts(&text.parts);
        let long = measure.sentences >= FEW_SENTENCES || measure.words >= FEW_WORDS;
        if let Some(at) = text.at().filter(|_| long && measure.grade() > ALONE) {
            let what = format!("This text reads at grade {:.1}; {ALONE} is the limit", measure.grade());
            at.report(what, "Make the sentences shorter, and the words: write as you would say it.");
        }
    }
    for (kind, name) in KINDS {
        let of_kind = || said.iter().filter(|text| text.kind == *kind);
        let grade = together(of_kind());
        let hardest = of_kind().max_by(|a, b| of_parts(&a.parts).grade().total_cmp(&of_parts(&b.parts).grade()));
        if let Some(at) = hardest.and_then(Said::at).filter(|_| grade > TOGETHER) {
            let what = format!("All {name} together read at grade {grade:.1}; {TOGETHER} is the limit");
            at.report(what, "This one is the hardest: begin here. Shorter sentences and words bring it down.");
        }
    }
}

/// The grade of each kind of text.
pub fn grades(said: &[Said]) -> Vec<(&'static str, f64)> {
    KINDS.iter().map(|(kind, name)| (*name, together(said.iter().filter(|text| text.kind == *kind)))).collect()
}

fn together<'a>(texts: impl Iterator<Item = &'a Said>) -> f64 {
    texts.map(|text| of_parts(&text.parts)).fold(Measure::default(), Measure::and).grade()
}

fn of_parts(parts: &[Located<String>]) -> Measure {
    parts.iter().map(|part| Measure::of(&part.value)).fold(Measure::default(), Measure::and)
}

impl Measure {
    fn of(text: &str) -> Self {
        let sentences: Vec<Vec<&str>> =
            text.split(['.', '!', '?', '\n']).map(words).filter(|words| !words.is_empty()).collect();
        let words = sentences.iter().flatten();
        Self {
            sentences: sentences.len(),
            words: words.clone().count(),
            syllables: words.map(|word| syllables(word)).sum(),
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            sentences: self.sentences + other.sentences,
            words: self.words + other.words,
            syllables: self.syllables + other.syllables,
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "texts are far shorter than 2^52 words")]
    fn grade(self) -> f64 {
        if self.words == 0 {
            return 0.0;
        }
        let (sentences, words, syllables) = (self.sentences as f64, self.words as f64, self.syllables as f64);
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

/// Numbers, and places that the program fills, are no words.
fn words(sentence: &str) -> Vec<&str> {
    let apart = |letter: char| !letter.is_alphabetic() && !['\'', '’', '{', '}'].contains(&letter);
    let word = |word: &&str| word.starts_with(char::is_alphabetic);
    sentence.split(apart).filter(word).collect()
}

/// Groups of vowels, without an `e` that is not spoken.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let vowel = |letter: &char| "aeiouyéè".contains(*letter);
    let letters: Vec<char> = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let starts = letters.iter().zip(std::iter::once(&' ').chain(&letters));
    let groups = starts.filter(|(letter, before)| vowel(letter) && !vowel(before)).count();
    let spoken = match letters.as_slice() {
        [.., before, 'l', 'e'] => !vowel(before),
        [.., before, 'e'] => vowel(before),
        [.., before, 'e', 'd'] => vowel(before) || ['t', 'd'].contains(before),
        [.., before, 'e', 's'] => vowel(before) || ['s', 'x', 'z', 'c', 'g', 'h'].contains(before),
        _ => true,
    };
    groups.saturating_sub(usize::from(!spoken)).max(1)
}

#[cfg(test)]
mod tests {
    use crate::read::reading_age::{Measure, syllables};

    #[test]
    fn syllables_are_counted_as_they_are_spoken() {
        let known = [
            ("skin", 1),
            ("the", 1),
            ("doctor", 2),
            ("needle", 2),
            ("medicine", 3),
            ("take", 1),
            ("healed", 1),
            ("treated", 2),
            ("changes", 2),
            ("tablets", 2),
            ("injection", 3),
            ("emergency", 4),
            ("mesotherapy", 5),
            ("bleed", 1),
            ("see", 1),
            ("eye", 1),
            ("don’t", 1),
            ("you", 1),
            ("breathing", 2),
            ("allergy", 3),
        ];
        for (word, number) in known {
            assert_eq!(syllables(word), number, "{word}");
        }
    }

    #[test]
    fn a_text_has_the_grade_of_the_formula() {
        let easy = Measure::of("The cat sat on the mat. The dog ran.");
        assert_eq!(easy, Measure { sentences: 2, words: 9, syllables: 9 });
        assert!((easy.grade() - (0.39 * 4.5 + 11.8 - 15.59)).abs() < 1e-9);
        assert_eq!(Measure::of("Call {EMERGENCY} on day 2").words, 3);
        assert!(Measure::of("Contraindications necessitate individual consideration.").grade() > 20.0);
    }
}
