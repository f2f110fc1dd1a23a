//! What time or care can change about an answer, and what must never be held out to a person.

use crate::problem::Located;
use crate::read::condition;
use crate::read::toml::Table;
use mesocheck::model::{Change, OptionId};

/// The change of an option, if it has one. `place` and `number` are the places of question and option.
pub fn read(
    entry: &Table,
    name: &Located<String>,
    place: usize,
    number: usize,
    known: &[OptionId],
    words: Option<&Table>,
) -> Option<Change> {
    let never = entry.truth("not_for_this");
    let waits = entry.has("wait");
    let Some(to) = entry.maybe_text("change") else {
        if waits && !never {
            entry.at.report(
                format!("`{}` has a wait and does not say what comes after it", name.value),
                "Write change = \"none\" or another option that holds then, or not_for_this = true where waiting would \
                 reward giving up care.",
            );
        }
        return None;
    };
    if never {
        to.at.report(
            format!("`{}` is not to be changed for this, and has a change", name.value),
            "Take `change` away. Nothing may reward a person for giving up a medicine, breastfeeding, a vaccine or care.",
        );
        return None;
    }
    let to_place = condition::option(known, &to)?;
    if to_place == number {
        to.at.report(format!("`{}` changes into itself", name.value), "Name the option that holds then.");
        return None;
    }
    // The wait says by itself what must have happened.
    let text = if waits { String::new() } else { words.map(|words| words.text("change").value).unwrap_or_default() };
    Some(Change { question: place, option: number, to: to_place, text })
}
