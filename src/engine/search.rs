//! Finds FAQ entries by word forms, not only by exact strings.

use crate::model::SearchEntry;

/// Endings that are taken off a word, the longest that fits. English; the stems only need to agree with each other.
const ENDINGS: &[&str] = &[
    "ations", "ingly", "ation", "ments", "iness", "ment", "ness", "ings", "ions", "ous", "ing", "ion", "ies", "ied",
    "ers", "ed", "es", "er", "ly", "cy", "al", "s", "e", "y", "t",
];

/// Words that people type around what they look for. English, like the endings.
const AROUND: &str = " about am an and any are as at be been by can could did do does for from get got had has have how if in into is \
                      it its me my of on or should so that the there this to was what when where which who why will with \
                      would you your ";

/// The entries that have, for every word of the query, a word of the same stem or one that begins with it. Words like "how"
/// and "my" count only where there is no other. An empty query finds all.
pub fn search<'a>(entries: &'a [SearchEntry], query: &str) -> Vec<&'a SearchEntry> {
    let query = folded(query);
    let matter = |word: &&str| !AROUND.contains(&[" ", word, " "].concat());
    let mut wanted: Vec<String> = words(&query).filter(matter).map(stem).collect();
    if wanted.is_empty() {
        wanted = stems(&query);
    }
    let fits = |entry: &&SearchEntry| wanted.iter().all(|stem| entry.stems.iter().any(|other| alike(stem, other)));
    entries.iter().filter(fits).collect()
}

/// The stems of the words of a text, each once.
pub fn stems(text: &str) -> Vec<String> {
    let text = folded(text);
    let mut stems: Vec<String> = Vec::new();
    for stem in words(&text).map(stem) {
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

/// Small letters; wide letters and digits of other scripts, as some keyboards type them, as those of ASCII.
pub fn folded(text: &str) -> String {
    let from = |letter: char, first: u32, to: char| char::from_u32(letter as u32 - first + to as u32).unwrap_or(letter);
    let one = |letter: char| match letter {
        '\u{ff01}'..='\u{ff5e}' => from(letter, 0xff01, '!'),
        '\u{660}'..='\u{669}' => from(letter, 0x660, '0'),
        '\u{6f0}'..='\u{6f9}' => from(letter, 0x6f0, '0'),
        other => other,
    };
    text.chars().map(one).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// The words of a text, but for single letters. Tables of every letter there is would be too much for the browser: these
/// are the blocks in which no letter stands.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let between = |letter: char| match letter {
        '\0'..='\u{7f}' => !letter.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}'
        | '×'
        | '÷'
        | '\u{2b9}'..='\u{2df}'
        | '\u{2000}'..='\u{2bff}'
        | '\u{2e00}'..='\u{2e7f}'
        | '\u{3000}'..='\u{3020}'
        | '\u{fe10}'..='\u{fe6f}'
        | '\u{feff}'
        | '\u{1f000}'.. => true,
        _ => false,
    };
    text.split(between).filter(|word| word.chars().nth(1).is_some())
}

fn stem(word: &str) -> String {
    let rest = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).find(|rest| rest.chars().count() >= 4);
    rest.unwrap_or(word).to_owned()
}

fn alike(wanted: &str, word: &str) -> bool {
    word.starts_with(wanted) || word.chars().count() >= 4 && wanted.starts_with(word)
}

#[cfg(test)]
mod tests {
    use crate::engine::{folded, search, stems};
    use crate::model::SearchEntry;

    fn entry(text: &str) -> SearchEntry {
        SearchEntry { slug: text.into(), title: text.into(), short: String::new(), group: 0, stems: stems(text) }
    }

    #[test]
    fn finds_word_forms() {
        let entries = [entry("Does it hurt?"), entry("Common bruises after injections"), entry("If you are pregnant")];
        for (query, found) in [
            ("hurting", vec!["Does it hurt?"]),
            ("bruising", vec!["Common bruises after injections"]),
            ("Injected bruise", vec!["Common bruises after injections"]),
            ("pregnancy", vec!["If you are pregnant"]),
            ("preg", vec!["If you are pregnant"]),
            ("hurtful", vec!["Does it hurt?"]),
            ("ifs", vec![]),
            ("hurt bruise", vec![]),
            ("xyzzy", vec![]),
        ] {
            let slugs: Vec<&str> = search(&entries, query).iter().map(|entry| entry.slug.as_str()).collect();
            assert_eq!(slugs, found, "{query}");
        }
        assert_eq!(search(&entries, " ").len(), 3);
    }

    #[test]
    fn words_are_found_however_they_are_typed_and_whatever_is_typed_around_them() {
        let entries = [entry("Does it hurt?"), entry("Common bruises after injections"), entry("If you are pregnant")];
        for (query, found) in [
            ("“bruises”", "Common bruises after injections"),
            ("bruises\u{a0}after\u{202f}injections…", "Common bruises after injections"),
            ("bruise—injection", "Common bruises after injections"),
            ("What’s common?", "Common bruises after injections"),
            ("ｂｒｕｉｓｅ", "Common bruises after injections"),
            ("BRUISES！", "Common bruises after injections"),
            ("how can I treat my bruises", ""),
            ("how do I get my bruises", "Common bruises after injections"),
            ("Will it hurt me?", "Does it hurt?"),
            ("can I have this if I am pregnant", "If you are pregnant"),
            ("does it", "Does it hurt?"),
        ] {
            let slugs: Vec<&str> = search(&entries, query).iter().map(|entry| entry.slug.as_str()).collect();
            assert_eq!(slugs.concat(), found, "{query}");
        }
        assert_eq!(folded("３５ ٣٥ ۳۵"), "35 35 35");
        assert_eq!(stems("It’s ‘numb’\u{2009}– or «sore»…"), ["it", "numb", "or", "sore"]);
    }

    #[test]
    fn a_text_has_each_stem_once_and_no_single_letters() {
        assert_eq!(stems("A bruise, two bruises: is it bruising? é és"), ["bruis", "two", "is", "it", "és"]);
        assert_eq!(stems("Needle-free (0.5 mm)"), ["needl", "free", "mm"]);
    }
}
