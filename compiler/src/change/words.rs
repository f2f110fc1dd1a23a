//! Words that changed and change no decision.

use crate::read::Content;
use mesocheck::model::Check;
use std::collections::BTreeMap;

/// Every text that differs, by where it stands.
pub fn changed_words(old: &Content, new: &Content) -> Vec<String> {
    let (was, is) = (texts(old), texts(new));
    let mut changed = Vec::new();
    for (place, text) in &is {
        match was.get(place) {
            None => changed.push(format!("{place} is new")),
            Some(other) if other != text => changed.push(place.clone()),
            Some(_) => {}
        }
    }
    changed.extend(was.keys().filter(|place| !is.contains_key(*place)).map(|place| format!("{place} is gone")));
    changed
}

fn texts(content: &Content) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    for known in &content.checks {
        of_check(&known.check, &mut texts);
    }
    for article in content.pages.faq.iter().chain(&content.pages.pages) {
        texts.insert(format!("article {}", article.slug), format!("{article:?}"));
    }
    let labels: Vec<String> = content.site.labels.clone().into();
    texts
        .extend(mesocheck::model::Labels::NAMES.iter().zip(labels).map(|(name, text)| (format!("label {name}"), text)));
    for country in &content.site.countries {
        texts.insert(format!("country {}", country.id), format!("{country:?}"));
    }
    texts
}

fn of_check(check: &Check, texts: &mut BTreeMap<String, String>) {
    let id = &check.id;
    texts.insert(
        format!("{id}: start and safety net"),
        format!("{:?}{:?}{:?}{:?}", check.title, check.lead, check.points, check.safety_net),
    );
    texts.insert(format!("{id}: first aid"), format!("{:?}", check.first_aid));
    texts.insert(
        format!("{id}: headings"),
        format!("{:?}{:?}{:?}{:?}", check.headlines, check.asks, check.steps, check.pages),
    );
    texts.insert(format!("{id}: what would change the result"), format!("{:?}", check.changes));
    texts.insert(format!("{id}: what to ask"), format!("{:?}", check.to_ask));
    texts.insert(format!("{id}: what to bring"), format!("{:?}", check.to_bring));
    for outcome in &check.outcomes {
        texts.insert(format!("{id}: outcome {}", outcome.id), format!("{}\n{}", outcome.title, outcome.lead));
    }
    for question in &check.questions {
        let own = format!("{}\n{}\n{}\n{}", question.text, question.why, question.hint, question.topic);
        texts.insert(format!("{id}: question {}", question.id), own);
        for option in &question.options {
            texts.insert(
                format!("{id}: option {}.{}", question.id, option.id),
                format!("{}\n{}", option.label, option.examples),
            );
        }
    }
    let mut number: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in &check.rules {
        let count = number.entry(rule.id.as_str()).or_default();
        *count += 1;
        let sources =
            rule.sources.iter().filter_map(|place| check.sources.get(*place)).map(|source| source.key.as_str());
        let sources = sources.collect::<Vec<&str>>().join(", ");
        // Rules of one id are told apart by their number.
        let name = if *count == 1 { rule.id.to_string() } else { format!("{} ({count})", rule.id) };
        texts.insert(format!("{id}: reason {name}"), rule.reason.clone());
        texts.insert(format!("{id}: grounds of {name}"), format!("{sources} {}", rule.confidence.as_str()));
    }
}
