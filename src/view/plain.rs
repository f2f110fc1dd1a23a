//! The result as plain text, for messages and notes.

use crate::engine::headline;
use crate::model::ReviewState;
use crate::view::finding::said;
use crate::view::result::{first_items, review_words};
use crate::view::take::{asked, brought, left_out, told_only, wished};
use crate::view::words::{Speech, fill};
use crate::view::{State, outlook, wait};

/// The letter as text, with what follows the name of the site: its address, where that is known. It says what the screen
/// says, and nothing of what the person keeps to themself.
pub fn plain(speech: &Speech, state: &State, address: &str) -> String {
    let (check, labels) = (&speech.pack.check, speech.labels());
    let found = state.decision.findings.len();
    let state = &told_only(check, state);
    let Some(title) = headline(check, &state.decision) else { return String::new() };
    let mut lines =
        vec![labels.printed() + address, fill(&labels.result_made(), &[("when", &speech.moment(state.made))])];
    if speech.pack.review.state != ReviewState::Signed {
        lines.push(labels.draft());
    }
    lines.extend([String::new(), speech.say(&title.title), speech.say(&title.lead)]);
    lines.extend(title.own.map(|own| speech.say(&own)));
    for item in first_items(speech, state) {
        part(&mut lines, item.name, item.lines);
    }
    let findings = state.decision.findings.iter().filter_map(|rule| finding(speech, state, *rule));
    part(&mut lines, labels.why(), findings.collect());
    lines.extend(left_out(speech, found - state.decision.findings.len()));
    for way in outlook::ways(speech, state) {
        let (mut told, mut out) = (Vec::new(), 0);
        for (change, private) in way.changes {
            if private {
                out += 1;
            } else {
                told.push(change);
            }
        }
        let some = !told.is_empty();
        part(&mut lines, labels.outlook_title(), told);
        // What comes then comes only of all of them.
        let end = if out == 0 { Some(way.then) } else { left_out(speech, out) };
        lines.extend(end.filter(|_| some));
    }
    part(&mut lines, labels.to_ask(), asked(check, wished(check, state)));
    part(&mut lines, labels.to_bring(), brought(speech, state));
    let based = fill(&labels.result_footer(), &[("version", &speech.pack.version)]);
    lines.extend([String::new(), based, review_words(&speech.pack.review, speech)]);
    lines.join("\n")
}

fn finding(speech: &Speech, state: &State, rule: usize) -> Option<String> {
    let found = speech.pack.check.rules.get(rule)?;
    let wait = found.wait.as_ref().map(|wait| wait::words(speech, wait)).unwrap_or_default();
    let day = found.wait.as_ref().and_then(|wait| wait::over(state, rule, wait));
    let day = day.map(|day| wait::not_before(speech, state, day)).unwrap_or_default();
    let because = ["(", &speech.labels().you_said(), " ", &said(speech, state, rule), ")"].concat();
    let parts = [speech.say(&found.reason), wait, day, because];
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(" "))
}

/// A heading with a list below it, where there is something to list.
fn part(lines: &mut Vec<String>, name: String, items: Vec<String>) {
    if !items.is_empty() {
        lines.extend([String::new(), name]);
        lines.extend(items.into_iter().map(|item| ["- ", &item].concat()));
    }
}
