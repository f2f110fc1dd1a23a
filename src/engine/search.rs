//! Finds FAQ entries by word forms, not only by exact strings.

use crate::model::SearchEntry;

/// Endings that are taken off a word, the longest that fits. English; the stems only need to agree with each other.
const ENDINGS: &[&str] = &[
    "ations", "ingly", "ation", "ments", "iness", "ment", "ness", "ings", "ions", "ous", "ing", "ion", "ies", "ied",
    "ers", "ed", "es", "er", "ly", "cy", "al", "s", "e", "y", "t",
];

/// The entries that have, for every word of the query, a word of the same stem or one that begins with it. An empty
/// query finds all.
pub fn search<'a>(entries: &'a [SearchEntry], query: &str) -> Vec<&'a SearchEntry> {
    let wanted = stems(query);
    let fits = |entry: &&SearchEntry| wanted.iter().all(|stem| entry.stems.iter().any(|other| alike(stem, other)));
    entries.iter().filter(fits).collect()
}

/// The stems of the words of a text, each once.
pub fn stems(text: &str) -> Vec<String> {
    let words = text
        .split(|letter: char| letter.is_ascii() && !letter.is_ascii_alphanumeric())
        .filter(|word| word.chars().count() > 1);
    let mut stems: Vec<String> = Vec::new();
    for stem in words.map(stem) {
        if !stems.contains(&stem) {
            stems.push(stem);
        }
    }
    stems
}

fn stem(word: &str) -> String {
    let word = word.to_ascii_lowercase();
    let rest = ENDINGS.iter().filter_map(|ending| word.strip_suffix(ending)).find(|rest| rest.chars().count() >= 4);
    rest.unwrap_or(&word).to_owned()
}

fn alike(wanted: &str, word: &str) -> bool {
    word.starts_with(wanted) || word.chars().count() >= 4 && wanted.starts_with(word)
}

#[cfg(test)]
mod tests {
    use crate::engine::{search, stems};
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
    fn a_text_has_each_stem_once_and_no_single_letters() {
        assert_eq!(stems("A bruise, two bruises: is it bruising? é és"), ["bruis", "two", "is", "it", "és"]);
        assert_eq!(stems("Needle-free (0.5 mm)"), ["needl", "free", "mm"]);
    }
}
