//! What to ask at a consultation and what to bring, by what was found.

use crate::model::{Check, Decision, Prompt};

/// Places of the prompts that fit what was found, in order.
pub fn prompts(check: &Check, decision: &Decision, list: &[Prompt]) -> Vec<usize> {
    let fits = |prompt: &Prompt| prompt.about.is_empty() || !behind(check, decision, prompt).is_empty();
    list.iter().enumerate().filter(|(_, prompt)| fits(prompt)).map(|(place, _)| place).collect()
}

/// The rules that a prompt is about, of those found; of a prompt that fits every result, none.
pub fn behind(check: &Check, decision: &Decision, prompt: &Prompt) -> Vec<usize> {
    let found = decision.findings.iter().chain(&decision.notes).copied();
    let about = |place: &usize| {
        let rule = check.rules.get(*place);
        rule.is_some_and(|rule| prompt.about.iter().any(|name| is_of(rule.id.as_str(), name)))
    };
    found.filter(about).collect()
}

/// Whether a rule has this id, or is of the question of this id.
fn is_of(rule: &str, name: &str) -> bool {
    rule.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use crate::engine::prompt::is_of;

    #[test]
    fn a_prompt_names_a_rule_or_a_question() {
        assert!(is_of("meds.iso", "meds.iso"));
        assert!(is_of("meds.iso", "meds"));
        assert!(!is_of("meds.iso", "med"));
        assert!(!is_of("meds.iso", "meds.is"));
        assert!(!is_of("meds", "meds.iso"));
    }
}
