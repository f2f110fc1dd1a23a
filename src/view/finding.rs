//! A finding: why it counts, the answers that led to it, how to change them, where it comes from.

use crate::engine::{Because, explain};
use crate::model::{Confidence, Kind, Labels, Rule, Source, Unsure};
use crate::view::part::{change, folded, line, points, private, strong};
use crate::view::question::{BETWEEN, capital, label_list};
use crate::view::take::out;
use crate::view::wait::wait_of;
use crate::view::words::{Speech, fill};
use crate::view::{Act, State};
use leptos::prelude::*;

/// The answers a rule fired on, in words.
pub fn said(speech: &Speech, state: &State, rule: usize) -> String {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let words: Vec<String> = because.iter().map(|because| because_words(speech, because)).collect();
    words.join("; ")
}

/// "Yes" alone says nothing: the answer to a choice of one goes with its topic.
fn because_words(speech: &Speech, because: &Because) -> String {
    let Some(question) = speech.pack.check.questions.get(because.question) else { return String::new() };
    let answer = because.number.map(|number| number.to_string());
    let answer = answer.unwrap_or_else(|| label_list(question, because.options).join(BETWEEN));
    match question.kind {
        Kind::Many => answer,
        Kind::One | Kind::Number { .. } => [capital(&question.topic), answer].join(": "),
    }
}

/// What a finding is about, in a few words: the answer, or the topic where the answer says nothing.
pub fn about(speech: &Speech, state: &State, rule: usize) -> String {
    let unsure = speech.pack.check.rules.get(rule).and_then(|rule| rule.unsure);
    capital(&if unsure.is_some() { topic(speech, state, rule) } else { said(speech, state, rule) })
}

fn topic(speech: &Speech, state: &State, rule: usize) -> String {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let first = because.first().and_then(|because| speech.pack.check.questions.get(because.question));
    first.map(|question| question.topic.clone()).unwrap_or_default()
}

/// The outcome of a rule: its id, look and word. What a reason is about can have a word of its own: "not now" is not
/// "never".
pub fn level(speech: &Speech, rule: usize) -> (String, &'static str, String) {
    let check = &speech.pack.check;
    let level = check.rules.get(rule).and_then(|rule| {
        let outcome = check.outcomes.get(rule.outcome?)?;
        let own = check.headlines.iter().find(|headline| rule.scope.is_some() && headline.any_scope == rule.scope);
        let title = own.map_or(&outcome.title, |own| &own.title);
        Some((outcome.id.to_string(), outcome.look.as_str(), speech.say(title)))
    });
    level.unwrap_or_default()
}

/// One finding. Its level stands in the heading above it.
pub fn finding(speech: &Speech, state: RwSignal<State>, rule: usize, act: Callback<Act>) -> AnyView {
    let Some(found) = speech.pack.check.rules.get(rule) else { return ().into_any() };
    let (id, look, _) = level(speech, rule);
    let labels = speech.labels();
    let now = state.get_untracked();
    view! {
        <div class="finding" data-rule=found.id.to_string() data-level=id data-look=look
            data-private=private(out(speech, state, vec![rule]))>
            {line("reason", speech.say(&found.reason))}
            {wait_of(speech, rule, found, state, act)}
            <p class="said">{labels.you_said()}" "{strong(said(speech, &now, rule))}</p>
            {changes(speech, &now, rule, act)}
            {sources(speech, found)}
        </div>
    }
    .into_any()
}

/// Findings that only say "not sure", or only "prefer not to say", as one.
pub fn unsure_findings(
    speech: &Speech,
    live: RwSignal<State>,
    rules: &[usize],
    kind: Unsure,
    act: Callback<Act>,
) -> AnyView {
    let (labels, state) = (speech.labels(), &live.get_untracked());
    let topics: Vec<String> = rules.iter().map(|rule| topic(speech, state, *rule)).collect();
    let text = match kind {
        Unsure::NotSure => labels.unsure_topics(),
        Unsure::PreferNot => labels.private_topics(),
    };
    let text = fill(&text, &[("topics", &speech.list(&topics))]);
    let first = rules.first().copied().unwrap_or_default();
    let (id, look, _) = level(speech, first);
    let row = |rule: &usize| {
        let name = speech.pack.check.rules.get(*rule).map(|rule| rule.id.to_string()).unwrap_or_default();
        let about = topic(speech, state, *rule);
        view! { <li data-rule=name data-level=id.clone()>{about}" "{changes(speech, state, *rule, act)}</li> }
            .into_any()
    };
    let rows: Vec<AnyView> = rules.iter().map(row).collect();
    view! {
        <div class="finding" data-look=look data-private=private(out(speech, live, rules.to_vec()))>
            {line("reason", text)}
            <ul class="topics">{rows}</ul>
            {speech.pack.check.rules.get(first).map(|rule| sources(speech, rule))}
        </div>
    }
    .into_any()
}

/// A link per answer that led to a finding.
fn changes(speech: &Speech, state: &State, rule: usize, act: Callback<Act>) -> Vec<AnyView> {
    let because = explain(&speech.pack.check, &state.replay, rule);
    let several = because.len() > 1;
    let one = |because: Because| {
        let named = speech.pack.check.questions.get(because.question);
        let (id, topic) = named.map(|named| (named.id.to_string(), named.topic.clone())).unwrap_or_default();
        let labels = speech.labels();
        if several {
            return change([&labels.change(), ": ", topic.as_str()].concat(), String::new(), id, act, because.question);
        }
        let about = fill(&labels.change_about(), &[("topic", &topic)]);
        change(labels.change_this(), about, id, act, because.question)
    };
    because.into_iter().map(one).collect()
}

/// Where a rule comes from and how sure we are, closed until asked for.
fn sources(speech: &Speech, rule: &Rule) -> AnyView {
    let labels = speech.labels();
    let known = || rule.sources.iter().filter_map(|place| speech.pack.check.sources.get(*place));
    let rows = points("", known().map(|source| source_words(speech, source)).collect());
    let sure = sure(labels, rule, known()).map(|sure| line("", format!("{} {sure}.", labels.how_sure())));
    folded("sources", labels.sources(), view! { {rows}{sure} }.into_any())
}

/// How sure the sources of a rule make us: nothing is said of what rests on none.
pub fn sure<'a>(labels: &Labels, rule: &Rule, mut sources: impl Iterator<Item = &'a Source>) -> Option<String> {
    let sure = || match rule.confidence {
        Confidence::High => labels.sure_high(),
        Confidence::Medium => labels.sure_medium(),
        Confidence::Low => labels.sure_low(),
    };
    sources.any(|source| !is_own(source)).then(sure)
}

/// Whether a source is only what is known, or was chosen for this check: nobody else published it.
fn is_own(source: &Source) -> bool {
    matches!(source.checked.as_str(), "C" | "D")
}

/// A source in a line.
fn source_words(speech: &Speech, source: &Source) -> String {
    let labels = speech.labels();
    let open = if source.checked == "C" { [", ", &labels.checked_c()].concat() } else { String::new() };
    if is_own(source) {
        return [source.title.as_str(), &open, "."].concat();
    }
    let checked = if source.checked == "A" { labels.checked_a() } else { labels.checked_b() };
    let year = source.year.map(|year| year.to_string());
    let from: Vec<String> =
        [Some(source.publisher.clone()), year].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let from = if from.is_empty() { String::new() } else { format!(" ({})", from.join(", ")) };
    let on = source.checked_on.map(|day| format!(", {}", fill(&labels.checked_on(), &[("when", &speech.date(day))])));
    format!("{}{from}: {checked}{}.", source.title, on.unwrap_or_default())
}
