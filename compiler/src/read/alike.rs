//! Ids that are easily taken for each other.

use crate::problem::Located;

/// Ids of fewer letters are short on purpose, and differ by much of their length.
const SHORT: usize = 5;

/// Reports ids of one list that differ by a letter, by two letters turned round, or by `_` and case alone. Numbered ones
/// belong together and may be alike: `hair1`, `hair2`.
pub fn hold(ids: &[Located<String>]) {
    for (place, id) in ids.iter().enumerate() {
        if let Some(other) = ids.iter().take(place).find(|other| alike(&id.value, &other.value)) {
            let what = format!("`{}` is easily taken for `{}`", id.value, other.value);
            id.at.report(what, "Give one of them a name of its own, unless answers are already stored under it.");
        }
    }
}

fn alike(one: &str, other: &str) -> bool {
    let without = |id: &str, gone: fn(&char) -> bool| id.chars().filter(|letter| !gone(letter)).collect::<String>();
    let series = without(one, char::is_ascii_digit) == without(other, char::is_ascii_digit);
    let plain = |id: &str| without(id, |letter| ['_', '-', '.'].contains(letter)).to_lowercase();
    if one == other || plain(one) == plain(other) {
        return one != other;
    }
    let long = one.chars().count().min(other.chars().count()) >= SHORT;
    long && !series && strsim::damerau_levenshtein(one, other) == 1
}

#[cfg(test)]
mod tests {
    use crate::read::alike::alike;

    #[test]
    fn numbered_and_short_ids_may_be_alike() {
        for (one, other) in
            [("hair1", "hair2"), ("WEB-0", "WEB-1"), ("yes", "yet"), ("same", "same"), ("breath", "bleed")]
        {
            assert!(!alike(one, other), "{one} {other}");
        }
        for (one, other) in
            [("breath", "breaths"), ("breath", "braeth"), ("no_t", "not"), ("GK", "gk"), ("lips_1", "lips1")]
        {
            assert!(alike(one, other), "{one} {other}");
        }
    }
}
