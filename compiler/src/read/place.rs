//! Places in texts that the program fills, such as `{EMERGENCY}`: an unknown one would be shown as it is written.

use crate::problem::Located;
use crate::read::fact::PLACES;
use crate::read::said::{Kind, Said};
use crate::read::suggestion;

/// What every text of a check and every article may hold: the numbers to call.
const CALLS: &[&str] = &["EMERGENCY", "URGENT"];

/// What words of the interface may hold as well.
const LABELS: &[&str] = &[
    "EMERGENCY",
    "URGENT",
    "answer",
    "by",
    "check",
    "clinic",
    "date",
    "from",
    "hash",
    "max",
    "min",
    "n",
    "none",
    "on",
    "options",
    "phone",
    "questions",
    "rule",
    "rules",
    "screens",
    "signs",
    "title",
    "topic",
    "topics",
    "total",
    "until",
    "version",
    "when",
    "who",
];

/// Reports places nobody fills.
pub fn hold(said: &[Said]) {
    for text in said {
        let known: &[&str] = match text.kind {
            Kind::Label => LABELS,
            Kind::Reason if text.name.contains(".unsure.") => &["EMERGENCY", "URGENT", "topic"],
            Kind::Question | Kind::Reason | Kind::Faq | Kind::Page | Kind::Name => CALLS,
        };
        let counted = matches!(text.kind, Kind::Label | Kind::Faq | Kind::Page) || text.name.contains(".start.");
        let known = [known, if counted { PLACES } else { &[] }].concat();
        text.parts.iter().for_each(|part| hold_part(part, &known));
    }
}

fn hold_part(part: &Located<String>, known: &[&str]) {
    let mut pieces = part.value.split('{');
    if pieces.next().is_some_and(|first| first.contains('}')) {
        report_lone(part);
    }
    for piece in pieces {
        match piece.split_once('}') {
            Some((name, rest)) if !rest.contains('}') => {
                if !known.contains(&name) {
                    part.at.report(format!("Nobody fills {{{name}}} here"), suggestion(name, known));
                }
            }
            Some(_) | None => report_lone(part),
        }
    }
}

fn report_lone(part: &Located<String>) {
    part.at.report("A { or } stands alone here", "Write {EMERGENCY} with both, or take it away.");
}
