//! Take it along: what to ask and to bring, and the result on the screen, on paper and as text.

use crate::engine::handover::{Part, parts};
use crate::engine::{behind, explain, prompts};
use crate::model::{Ask, Check, Decision, Look, Options, Prompt};
use crate::view::code::boxes;
use crate::view::part::{Out, anew, heading, item, line, press, section};
use crate::view::result::whom;
use crate::view::words::{Speech, fill};
use crate::view::{Act, Copied, State, Way};
use leptos::prelude::*;

/// Questions for the consultation, ticked but for those the person does not want to ask, and what to have at hand.
pub fn prompt_lists(speech: &Speech, live: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let (check, labels, state) = (&speech.pack.check, speech.labels(), live.get_untracked());
    let one = |place: usize| {
        let prompt = check.to_ask.get(place)?;
        let on = !state.unasked.meets(Options::one(place));
        let private = out(speech, live, behind(check, &state.decision, prompt));
        let unasked = move || live.with(|state| state.unasked.meets(Options::one(place)));
        let row = view! {
            <label>
                <input type="checkbox" name="ask" checked=on
                    on:change=move |event| act.run(Act::Ask(place, event_target_checked(&event))) />
                <span>{prompt.text.clone()}</span>
            </label>
        };
        Some(item(Box::new(move || unasked() || private()), row.into_any()))
    };
    let ask: Vec<AnyView> = to_ask(check, &state.decision).into_iter().filter_map(one).collect();
    let bring = |prompt: &Prompt| (prompt.text.clone(), behind(check, &state.decision, prompt));
    let bring: Vec<(String, Vec<usize>)> = to_bring(check, &state.decision).into_iter().map(bring).collect();
    // On paper a heading has something below it.
    let (pack, same) = (speech.pack.clone(), speech.pack.clone());
    let asks_nothing = move || live.with(|state| wished(&pack.check, &told_only(&pack.check, state)).is_empty());
    let brings_nothing = move || live.with(|state| to_bring(&same.check, &told(&same.check, state)).is_empty());
    let asks = (!ask.is_empty()).then(|| {
        let hint = line("hint", labels.to_ask_hint());
        let inner = view! { {heading(labels.to_ask())}{hint}<ul class="tasks">{ask}</ul> };
        section("ask", Box::new(asks_nothing), inner.into_any())
    });
    let brings = (!bring.is_empty()).then(|| {
        let inner = vec![heading(labels.to_bring()), rows(speech, live, bring)];
        section("bring", Box::new(brings_nothing), inner.into_any())
    });
    vec![asks, brings].into_any()
}

/// Places of the questions for the consultation. Who was told not to have one, or to see a doctor today, gets none.
pub fn to_ask(check: &Check, decision: &Decision) -> Vec<usize> {
    if consults(check, decision) { prompts(check, decision, &check.to_ask) } else { Vec::new() }
}

/// What to have at hand: at a consultation, or with whoever looks after the person.
fn to_bring<'a>(check: &'a Check, decision: &Decision) -> Vec<&'a Prompt> {
    let seen = |rule: &usize| check.rules.get(*rule).and_then(whom).is_some_and(|ask| ask <= Ask::Team);
    if !consults(check, decision) && !decision.findings.iter().any(seen) {
        return Vec::new();
    }
    prompts(check, decision, &check.to_bring).into_iter().filter_map(|place| check.to_bring.get(place)).collect()
}

/// Whether the next step may be a consultation.
pub fn consults(check: &Check, decision: &Decision) -> bool {
    let look = decision.outcome.and_then(|level| check.outcomes.get(level)).map(|level| level.look);
    matches!(look, Some(Look::Clear | Look::Talk | Look::Wait))
}

/// Lines, each with the rules it rests on: it stays out of print where they do.
pub fn rows(speech: &Speech, state: RwSignal<State>, lines: Vec<(String, Vec<usize>)>) -> AnyView {
    let one = |(line, rules): (String, Vec<usize>)| item(out(speech, state, rules), line.into_any());
    view! { <ul>{lines.into_iter().map(one).collect::<Vec<AnyView>>()}</ul> }.into_any()
}

/// Keeps a part of the screen out of print as long as all of these rules stay out; of none, it never does.
pub fn out(speech: &Speech, state: RwSignal<State>, rules: Vec<usize>) -> Out {
    let pack = speech.pack.clone();
    Box::new(move || {
        let out = |state: &State| rules.iter().all(|rule| stays_out(&pack.check, state, *rule));
        !rules.is_empty() && state.with(out)
    })
}

/// The questions the person wants to ask, by their places.
pub fn wished(check: &Check, state: &State) -> Options {
    let fitting = to_ask(check, &state.decision).into_iter();
    fitting.fold(Options::NONE, |set, place| set.with(Options::one(place))).without(state.unasked)
}

/// Whether a finding stays out of what is printed or handed on as text: it rests on an answer that is private, such as
/// how somebody feels, and the person has not ticked that part. A warning sign is told: whoever helps must know it.
pub fn stays_out(check: &Check, state: &State, rule: usize) -> bool {
    explain(check, &state.replay, rule).iter().any(|because| {
        let sign = check.questions.get(because.question).is_some_and(|question| question.warning_signs);
        !sign && is_private(check, state.packed, because.question)
    })
}

/// Whether an answer is private, and the person has not ticked its part.
pub fn is_private(check: &Check, packed: Options, question: usize) -> bool {
    private_part(check, question).is_some_and(|part| !packed.meets(Options::one(part)))
}

/// Place of the private part an answer belongs to.
pub fn private_part(check: &Check, question: usize) -> Option<usize> {
    parts(check).iter().position(|part| part.private && part.questions.contains(&question))
}

/// What is found, but for what stays out.
pub fn told(check: &Check, state: &State) -> Decision {
    let mut told = state.decision.clone();
    for rules in [&mut told.findings, &mut told.notes] {
        rules.retain(|rule| !stays_out(check, state, *rule));
    }
    told
}

/// The same with all else a screen is drawn from.
pub fn told_only(check: &Check, state: &State) -> State {
    State { decision: told(check, state), ..state.clone() }
}

/// Says how many reasons stay out, where any does.
pub fn left_out(speech: &Speech, reasons: usize) -> Option<String> {
    let many = || fill(&speech.labels().left_out_many(), &[("n", &reasons.to_string())]);
    match reasons {
        0 => None,
        1 => Some(speech.labels().left_out()),
        _ => Some(many()),
    }
}

/// The words of questions for the consultation.
pub fn asked(check: &Check, wished: Options) -> Vec<String> {
    wished.places().filter_map(|place| check.to_ask.get(place)).map(|prompt| prompt.text.clone()).collect()
}

/// What to have at hand.
pub fn brought(speech: &Speech, state: &State) -> Vec<String> {
    to_bring(&speech.pack.check, &state.decision).into_iter().map(|prompt| prompt.text.clone()).collect()
}

/// What stays out of print and text unless it is ticked, where anything found rests on it.
fn kept_to_oneself(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> Option<AnyView> {
    let (check, now) = (&speech.pack.check, state.get_untracked());
    let found = || now.decision.findings.iter().chain(&now.decision.notes);
    let rests = |part: &Part, rule: &usize| {
        explain(check, &now.replay, *rule).iter().any(|because| part.questions.contains(&because.question))
    };
    // A warning sign is told in any case.
    let sign = |place: &usize| check.questions.get(*place).is_some_and(|question| question.warning_signs);
    let wanted =
        |part: &Part| part.private && !part.questions.iter().all(sign) && found().any(|rule| rests(part, rule));
    let boxes = boxes(speech, state, "told", &wanted, act);
    let name = speech.labels().take_private();
    (!boxes.is_empty()).then(|| {
        view! {
            <fieldset class="told">
                <legend class="hint">{name}</legend>
                <div class="options">{boxes}</div>
            </fieldset>
        }
        .into_any()
    })
}

/// The ways to take the result along, the most private first.
pub fn take(speech: &Speech, state: RwSignal<State>, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let share = state.with_untracked(|state| state.shares);
    let mut ways = vec![
        press("second", "show", labels.show(), None, act, Act::Show(true)),
        press("second", "print", labels.print(), None, act, Act::Print),
        press("second", "copy", labels.copy(), None, act, Act::Copy),
    ];
    ways.extend(share.then(|| press("second", "share", labels.share(), None, act, Act::Share)));
    let labels = labels.clone();
    let copied = anew(
        move || state.with(|state| state.copied.clone()),
        move |copied| match copied {
            Copied::No => ().into_any(),
            Copied::Yes => line("", labels.copied()),
            Copied::Refused(way, text) => {
                let field = view! { <textarea readonly rows="8" prop:value=text></textarea> };
                let words = match way {
                    Way::Copy => labels.not_copied(),
                    Way::Share => labels.not_shared(),
                    Way::Print => labels.not_printed(),
                };
                view! { {line("", words)}{field} }.into_any()
            }
        },
    );
    view! {
        <section class="take">
            {heading(speech.labels().take_title())}
            {line("hint", speech.labels().take_hint())}
            {kept_to_oneself(speech, state, act)}
            <div class="ways">{ways}</div>
            <div role="status">{copied}</div>
        </section>
    }
    .into_any()
}
