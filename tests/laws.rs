//! The laws of the engine, tried on small random checks. Each test reads as the law it holds.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test may panic, also outside its own function"
)]

#[path = "laws/handover.rs"]
mod handover;
#[path = "laws/plain.rs"]
mod plain;
#[path = "laws/qr.rs"]
mod qr;
#[path = "laws/small.rs"]
mod small;

use crate::plain::{Plain, title};
use crate::small::{Given, LADDER, NOW, Small, any_given, small, stored};
use mesocheck::engine::{
    Journey, Outlook, Place, Replay, Screen, Standing, clash, decide, explain, headline, journey, replay, tick,
    what_would_change,
};
use mesocheck::model::{
    Action, Answers, Check, Condition, Date, Decision, FORMAT, FromJson, Kind, Labels, Moment, Now, OptionId, Options,
    Pack, PackError, QuestionId, RuleId, Source, Stops, Withheld,
};
use proptest::collection::vec;
use proptest::prelude::{
    BoxedStrategy, Just, ProptestConfig, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest,
};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

fn config() -> ProptestConfig {
    ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() }
}

fn decided(check: &Check, answers: &Answers) -> (Replay, Decision) {
    let replay = replay(check, answers, NOW);
    let decision = decide(check, &replay, Standing::Current, NOW.today);
    (replay, decision)
}

fn way(check: &Check, answers: &Answers) -> (Replay, Decision, Journey) {
    let (replay, decision) = decided(check, answers);
    let journey = journey(check, &replay, &decision);
    (replay, decision, journey)
}

// Answers.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn replay_agrees_with_a_plain_reading_of_the_semantics(small in small()) {
        let answers = small.answers();
        let (replay, decision) = decided(&small.check, &answers);
        let plain = Plain::of(&small.check, &answers);
        for (place, question) in small.check.questions.iter().enumerate() {
            prop_assert_eq!(replay.asks(place), plain.asks(place), "{}", question.id);
            let chosen = replay.at(place).options.places().map(|option| question.options[option].id.as_str());
            prop_assert_eq!(chosen.collect::<BTreeSet<&str>>(), plain.chosen(place));
            prop_assert_eq!(replay.at(place).number, plain.number(place));
            let missing = plain.asks(place) && plain.chosen(place).is_empty() && plain.number(place).is_none();
            prop_assert_eq!(decision.missing.contains(&place), missing);
        }
        for rule in &small.check.rules {
            prop_assert_eq!(replay.holds(&rule.when), plain.holds(&rule.when));
        }
    }

    #[test]
    fn the_order_of_answering_does_not_matter(small in small(), order in vec(any::<u32>(), 13)) {
        let mut shuffled: Vec<(u32, Given)> = order.into_iter().zip(small.given.iter().cloned()).collect();
        shuffled.sort_by_key(|(key, _)| *key);
        for (_, given) in &mut shuffled {
            given.options.reverse();
        }
        let again = stored(shuffled.iter().map(|(_, given)| given));
        prop_assert_eq!(way(&small.check, &small.answers()), way(&small.check, &again));
    }

    #[test]
    fn removing_an_answer_equals_never_giving_it(small in small(), removed in 0..13_usize, empty: bool) {
        let question = format!("q{removed}");
        let mut answers = small.answers();
        if empty {
            answers.set(QuestionId::new(&question), Vec::new(), NOW.moment);
        } else {
            answers.remove(&question);
        }
        let never = stored(small.given.iter().filter(|given| given.question != question));
        prop_assert_eq!(&answers, &never);
        prop_assert_eq!(way(&small.check, &answers), way(&small.check, &never));
    }

    #[test]
    fn going_back_and_changing_an_answer_equals_a_fresh_run(small in small(), changes in vec(any_given(), 1..6)) {
        let mut answers = small.answers();
        let mut last: BTreeMap<&str, &Given> = BTreeMap::new();
        last.extend(small.given.iter().map(|given| (given.question.as_str(), given)));
        for change in &changes {
            change.set(&mut answers);
            last.insert(&change.question, change);
            let _ = way(&small.check, &answers);
        }
        prop_assert_eq!(way(&small.check, &answers), way(&small.check, &stored(last.into_values())));
    }

    #[test]
    fn an_answer_to_a_question_that_is_not_asked_changes_nothing(small in small()) {
        let answers = small.answers();
        let before = way(&small.check, &answers);
        let asked = |given: &&Given| small.check.question(&given.question).is_some_and(|(place, _)| before.0.asks(place));
        let without = stored(small.given.iter().filter(asked));
        prop_assert_eq!(&before, &way(&small.check, &without));
    }

    #[test]
    fn an_inert_answer_comes_back_with_its_question(small in small(), switch in 0..12_usize) {
        // The first question, answered freshly with o0 or o1, switches another one on or off.
        let mut check = small.check.clone();
        let place = 1 + switch % (check.questions.len() - 1);
        check.questions[0].ends = Options::NONE;
        check.questions[0].ask_when = None;
        check.questions[place].ask_when = Some(Condition::AnyOf(0, Options::one(0)));
        let first = |option: &str| Given { question: "q0".into(), options: vec![option.into()], age: 0 };
        let mut answers = small.answers();
        first("o0").set(&mut answers);
        let on = way(&check, &answers);
        first("o1").set(&mut answers);
        let off = replay(&check, &answers, NOW);
        prop_assert!(!off.asks(place) && !off.at(place).is_some());
        first("o0").set(&mut answers);
        prop_assert_eq!(on, way(&check, &answers));
    }

    #[test]
    fn after_an_answer_that_ends_the_check_nothing_is_asked_or_missing(small in small()) {
        let (replay, decision) = decided(&small.check, &small.answers());
        let ends = |place: &usize| replay.at(*place).options.meets(small.check.questions[*place].ends);
        let ended = (0..small.check.questions.len()).find(ends);
        prop_assert_eq!(replay.ended, ended);
        if let Some(ended) = ended {
            prop_assert!(!replay.asked.iter().skip(ended + 1).any(|asked| *asked));
            prop_assert!(decision.missing.iter().all(|missing| *missing < ended));
        }
    }

    #[test]
    fn an_answer_that_is_too_old_or_from_further_in_the_future_than_a_clock_steps_counts_as_missing(small in small(), age in -200..200_i64) {
        let mut check = small.check.clone();
        check.questions[0].fresh_for = Some(60);
        let mut answers = small.answers();
        Given { question: "q0".into(), options: vec!["o0".into()], age }.set(&mut answers);
        let (replay, decision) = decided(&check, &answers);
        prop_assert_eq!(replay.at(0).is_some(), (-10..=60).contains(&age));
        prop_assert_eq!(decision.missing.contains(&0), !(-10..=60).contains(&age));
        check.questions[0].fresh_for = None;
        prop_assert!(decided(&check, &answers).0.at(0).is_some());
    }
}

// Sets of options, and of answers.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn options_are_a_set_of_places(one: u64, other: u64, near: u64, place in 0..70_usize) {
        // Sets that differ in little meet each border; two of any bits hardly ever hold one another.
        for (one, other) in [(one, other), (one, one & near), (one, !one & near), (one, one), (one, 0), (0, one)] {
            let (one, other) = (Options(one), Options(other));
            let (these, those) = (places(one), places(other));
            prop_assert!(one.places().eq(these.iter().copied()));
            prop_assert_eq!(one.is_empty(), these.is_empty());
            prop_assert_eq!(one.meets(other), !these.is_disjoint(&those));
            prop_assert_eq!(one.holds(other), these.is_superset(&those));
            prop_assert_eq!(places(one.with(other)), &these | &those);
            prop_assert_eq!(places(one.without(other)), &these - &those);
            prop_assert_eq!(places(one.common(other)), &these & &those);
        }
        let expected: BTreeSet<usize> = Some(place).into_iter().filter(|place| *place < Options::MOST).collect();
        prop_assert_eq!(places(Options::one(place)), expected);
    }

    #[test]
    fn answers_are_listed_once_by_question(small in small(), changes in vec(any_given(), 0..6)) {
        let all: Vec<Given> = small.given.iter().chain(&changes).cloned().collect();
        let last: BTreeMap<&str, &Given> = all.iter().map(|given| (given.question.as_str(), given)).collect();
        let last: Vec<&Given> = last.into_values().filter(|given| !given.options.is_empty()).collect();
        let answers = stored(&all);
        prop_assert_eq!(answers.iter().count(), last.len());
        for ((question, answer), given) in answers.iter().zip(&last) {
            prop_assert_eq!(question.as_str(), &given.question);
            prop_assert!(answer.options.iter().map(OptionId::as_str).eq(given.options.iter().map(String::as_str)));
        }
        prop_assert_eq!(answers.is_empty(), last.is_empty());
        prop_assert!(Answers::new().is_empty());
    }
}

fn places(options: Options) -> BTreeSet<usize> {
    (0..64).filter(|place| options.0 >> place & 1 == 1).collect()
}

// The decision.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_outcome_is_the_most_severe_finding(small in small()) {
        let answers = small.answers();
        let (replay, decision) = decided(&small.check, &answers);
        let plain = Plain::of(&small.check, &answers);
        let levels = small.check.rules.iter().filter(|rule| plain.holds(&rule.when)).filter_map(|rule| rule.outcome);
        let most = levels.max().unwrap_or_default();
        if let Some(outcome) = decision.outcome {
            prop_assert_eq!(outcome, most);
        } else {
            prop_assert!(most < 3 && replay.missing().next().is_some());
        }
    }

    #[test]
    fn while_an_answer_is_missing_nothing_milder_than_urgent_is_shown(small in small()) {
        let (_, decision) = decided(&small.check, &small.answers());
        let urgent = |level: usize| small.check.outcomes[level].shown_incomplete;
        if decision.missing.is_empty() {
            prop_assert!(decision.outcome.is_some());
        } else {
            prop_assert!(decision.outcome.is_none_or(urgent));
        }
        let top = decision.findings.first().and_then(|rule| small.check.rules[*rule].outcome);
        if top.is_some_and(urgent) {
            prop_assert_eq!(decision.outcome, top);
        }
        prop_assert_eq!(decision.outcome.is_none(), decision.withheld == Some(Withheld::Incomplete));
    }

    #[test]
    fn findings_stand_most_severe_first_then_in_the_order_of_the_check(small in small()) {
        let (_, decision) = decided(&small.check, &small.answers());
        let keys: Vec<(usize, usize)> =
            decision.findings.iter().map(|rule| (LADDER.len() - small.check.rules[*rule].outcome.unwrap(), *rule)).collect();
        prop_assert!(keys.is_sorted(), "{keys:?}");
        prop_assert!(decision.notes.is_sorted());
        prop_assert!(decision.missing.is_sorted());
    }

    #[test]
    fn no_finding_is_dropped_and_none_doubled(small in small()) {
        let answers = small.answers();
        let plain = Plain::of(&small.check, &answers);
        let (_, decision) = decided(&small.check, &answers);
        let mut fired: BTreeMap<&str, usize> = BTreeMap::new();
        let mut notes = Vec::new();
        for (place, rule) in small.check.rules.iter().enumerate().filter(|(_, rule)| plain.holds(&rule.when)) {
            if let Some(level) = rule.outcome {
                let known = fired.entry(rule.id.as_str()).or_insert(level);
                *known = level.max(*known);
            } else {
                notes.push(place);
            }
        }
        let rules = decision.findings.iter().map(|rule| &small.check.rules[*rule]);
        let found: Vec<(&str, usize)> = rules.map(|rule| (rule.id.as_str(), rule.outcome.unwrap())).collect();
        prop_assert_eq!(found.len(), fired.len());
        prop_assert_eq!(found.into_iter().collect::<BTreeMap<&str, usize>>(), fired);
        prop_assert_eq!(decision.notes, notes);
    }

    #[test]
    fn the_wait_is_the_longest_among_the_findings(small in small()) {
        let (_, decision) = decided(&small.check, &small.answers());
        let rules = || decision.findings.iter().map(|rule| (*rule, &small.check.rules[*rule]));
        let longest = rules().filter_map(|(_, rule)| rule.wait.as_ref()).map(|wait| wait.days).max();
        prop_assert_eq!(decision.wait_days, longest);
    }

    #[test]
    fn findings_that_ask_for_a_doctor_are_told_apart(small in small()) {
        let (_, decision) = decided(&small.check, &small.answers());
        let doctor = |place: &usize| [Some(Action::Gp), Some(Action::GpSoon)].contains(&small.check.rules[*place].action);
        let expected: Vec<usize> = decision.findings.iter().copied().filter(doctor).collect();
        prop_assert_eq!(decision.also_see_doctor, expected);
    }

    #[test]
    fn content_that_is_out_of_date_or_withdrawn_never_shows_the_mildest_outcome(
        mut small in small(), days in -3..60_i32, mild: bool,
    ) {
        if mild {
            small.make_mild();
        }
        let answers = small.answers();
        let (replay, current) = decided(&small.check, &answers);
        let today = Date(NOW.today.0 + days);
        let late = decide(&small.check, &replay, Standing::Current, today);
        let withdrawn = decide(&small.check, &replay, Standing::Withdrawn, NOW.today);
        for (decision, refused) in [(&late, today > small.check.review_by), (&withdrawn, true)] {
            let mild = refused && current.outcome == Some(0);
            prop_assert_eq!(decision.outcome, current.outcome.filter(|_| !mild));
            let withheld = if mild { Some(Withheld::OutOfDate) } else { current.withheld };
            prop_assert_eq!(decision.withheld, withheld);
            prop_assert_eq!(&decision.findings, &current.findings);
        }
    }

    #[test]
    fn a_decision_has_a_title_exactly_when_it_has_an_outcome(small in small()) {
        let (_, decision) = decided(&small.check, &small.answers());
        prop_assert_eq!(headline(&small.check, &decision).is_some(), decision.outcome.is_some());
    }

    #[test]
    fn the_title_is_of_the_first_headline_whose_demands_are_all_met(small in small(), silent: bool) {
        let answers = if silent { Answers::new() } else { small.answers() };
        let (_, mut decision) = decided(&small.check, &answers);
        // At every level, or some would hardly be seen.
        for level in 0..LADDER.len() {
            decision.outcome = Some(level);
            prop_assert_eq!(headline(&small.check, &decision), Some(title(&small.check, level, &decision.findings)));
        }
    }

    #[test]
    fn explain_names_only_answers_that_were_given_and_that_the_rule_looks_at(small in small()) {
        let (replay, _) = decided(&small.check, &small.answers());
        for (place, rule) in small.check.rules.iter().enumerate() {
            let mut named: BTreeMap<usize, Options> = BTreeMap::new();
            looked_at(&rule.when, &mut named);
            let because = explain(&small.check, &replay, place);
            prop_assert!(because.is_sorted_by(|one, next| one.question < next.question));
            prop_assert!(because.is_empty() || replay.holds(&rule.when));
            for because in because {
                let given = replay.at(because.question);
                let looked_at = named.get(&because.question).copied();
                prop_assert!(looked_at.is_some_and(|options| options.holds(because.options)));
                prop_assert!(given.options.holds(because.options));
                prop_assert!(because.number.is_none() || because.number == given.number);
                prop_assert!(because.number.is_some() || !because.options.is_empty());
            }
        }
    }

    #[test]
    fn explain_is_never_empty_for_a_rule_that_fired_without_a_not(small in small()) {
        let (replay, decision) = decided(&small.check, &small.answers());
        for place in decision.findings.iter().chain(&decision.notes) {
            if !has_not(&small.check.rules[*place].when) {
                prop_assert!(!explain(&small.check, &replay, *place).is_empty());
            }
        }
    }
}

/// The questions a condition looks at, and the options it names of each.
fn looked_at(when: &Condition, named: &mut BTreeMap<usize, Options>) {
    let mut add = |question: usize, options: Options| {
        let known = named.entry(question).or_default();
        *known = known.with(options);
    };
    match when {
        Condition::AnyOf(question, options) | Condition::AllOf(question, options) => add(*question, *options),
        Condition::AtLeast(question, _) | Condition::AtMost(question, _) => add(*question, Options::NONE),
        Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| looked_at(part, named)),
        Condition::Not(_) => {}
    }
}

fn has_not(when: &Condition) -> bool {
    match when {
        Condition::Not(_) => true,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().any(has_not),
        Condition::AnyOf(..) | Condition::AllOf(..) | Condition::AtLeast(..) | Condition::AtMost(..) => false,
    }
}

// The way through.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_screen_lies_past_the_furthest(mut small in small(), wanted in any_place(), mild: bool) {
        if mild {
            small.make_mild();
        }
        let (_, decision, journey) = way(&small.check, &small.answers());
        match journey.screen(wanted) {
            Screen::Start => prop_assert_eq!(wanted, Place::Start),
            Screen::Page(page) => {
                prop_assert!(page < journey.pages.len());
                prop_assert!(journey.furthest().is_none_or(|furthest| page <= furthest));
            }
            Screen::Stop => prop_assert!(journey.stops()),
            Screen::Review => prop_assert_eq!((wanted, journey.furthest()), (Place::Review, None)),
            Screen::Result => prop_assert_eq!((wanted, journey.furthest()), (Place::Result, None)),
        }
        prop_assert!(decision.missing.is_empty() || journey.furthest().is_some());
        prop_assert_eq!(journey.screen(Place::Start), Screen::Start);
    }

    #[test]
    fn the_furthest_screen_is_the_first_open_one_or_the_one_that_stops(small in small()) {
        let (replay, decision, journey) = way(&small.check, &small.answers());
        let clashes = |place: &usize| clash(&small.check.questions[*place], replay.at(*place)).is_some();
        let unasked = |place: &usize| replay.asks(*place);
        let open: Vec<usize> = (0..small.check.questions.len())
            .filter(unasked)
            .filter(|place| decision.missing.contains(place) || clashes(place))
            .collect();
        let holds = |page: &usize, place: usize| small.check.pages[*page].questions.contains(&place);
        let first = open.first().and_then(|place| journey.pages.iter().position(|page| holds(page, *place)));
        prop_assert_eq!(journey.open, first);
        let stop = journey.stop.map(|stop| stop.page);
        prop_assert_eq!(journey.furthest(), first.into_iter().chain(stop).min());
    }

    #[test]
    fn a_page_that_can_be_reached_keeps_its_place(small in small(), changes in vec(any_given(), 0..4)) {
        let mut answers = small.answers();
        let (_, _, before) = way(&small.check, &answers);
        let last = before.pages.len().saturating_sub(1);
        for ordinal in 1..=before.furthest().unwrap_or(last).min(last) + 1 {
            prop_assert_eq!(before.screen(Place::Page(ordinal)), Screen::Page(ordinal - 1));
        }
        // Whatever is answered on a page or after it, the pages up to it stay where they are.
        for change in &changes {
            change.set(&mut answers);
        }
        let places = changes.iter().filter_map(|change| small.check.question(&change.question));
        let first = places.map(|(place, _)| place).min().unwrap_or(usize::MAX);
        let (_, _, after) = way(&small.check, &answers);
        let begins = |page: &&usize| small.check.pages[**page].questions.iter().all(|question| *question <= first);
        let steady = |journey: &Journey| journey.pages.iter().take_while(begins).copied().collect::<Vec<usize>>();
        prop_assert_eq!(steady(&before), steady(&after));
    }

    #[test]
    fn an_answer_that_stops_leads_to_its_page_whatever_else_is_missing(small in small()) {
        let (_, _, journey) = way(&small.check, &small.answers());
        if let Some(stop) = journey.stop.filter(|stop| !stop.clashes) {
            prop_assert_eq!(journey.screen(Place::Result), Screen::Stop);
            prop_assert_eq!(journey.screen(Place::Review), Screen::Stop);
            prop_assert!(journey.furthest().unwrap() <= stop.page);
        }
    }

    #[test]
    fn an_answer_that_stops_never_does_while_it_clashes(small in small()) {
        let (replay, _, journey) = way(&small.check, &small.answers());
        if let Some(stop) = journey.stop {
            let questions = &small.check.pages[journey.pages[stop.page]].questions;
            let clashes = |place: &usize| clash(&small.check.questions[*place], replay.at(*place)).is_some();
            prop_assert!(!stop.clashes || questions.iter().any(clashes));
            prop_assert_eq!(journey.screen(Place::Result) == Screen::Stop, !stop.clashes);
        } else {
            prop_assert!(journey.screen(Place::Result) != Screen::Stop);
        }
    }

    #[test]
    fn the_pages_of_a_journey_are_those_with_a_question_that_is_asked(small in small()) {
        let (replay, _, journey) = way(&small.check, &small.answers());
        let asked = |page: &usize| small.check.pages[*page].questions.iter().any(|question| replay.asks(*question));
        prop_assert_eq!(journey.pages, (0..small.check.pages.len()).filter(asked).collect::<Vec<usize>>());
    }

    #[test]
    fn the_check_stops_at_the_first_question_by_which_a_stopping_rule_holds(small in small()) {
        let mut check = small.check.clone();
        check.rules.retain(|rule| !has_not(&rule.when));
        for (place, rule) in check.rules.iter_mut().enumerate() {
            rule.id = RuleId::new(format!("r{place}"));
            rule.outcome = rule.outcome.map(|level| 3 + level % 2);
        }
        let (_, decision, journey) = way(&check, &small.answers());
        // Answer after answer, until the rule holds.
        let so_far = |last: usize| stored(small.given.iter().filter(|given| place_of(given) <= last));
        let settled = |when: &Condition| {
            let holds = |last: &usize| replay(&check, &so_far(*last), NOW).holds(when);
            (0..check.questions.len()).find(holds).unwrap()
        };
        let rules = decision.findings.iter().map(|rule| &check.rules[*rule]);
        let first = rules.filter_map(|rule| {
            let question = settled(&rule.when);
            let stops = check.outcomes[rule.outcome?].stops?;
            (stops == Stops::Anywhere || check.questions[question].step == 0).then_some(question)
        });
        prop_assert_eq!(journey.stop.map(|stop| stop.question), first.min());
        if let Some(stop) = journey.stop {
            prop_assert!(check.pages[journey.pages[stop.page]].questions.contains(&stop.question));
        }
    }
}

fn place_of(given: &Given) -> usize {
    given.question.trim_start_matches('q').parse().unwrap_or(usize::MAX)
}

fn any_place() -> BoxedStrategy<Place> {
    let page = prop_oneof![0..14_usize, Just(usize::MAX)].prop_map(Place::Page);
    prop_oneof![Just(Place::Start), Just(Place::Review), Just(Place::Result), page].boxed()
}

// Ticking.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn ticking_keeps_the_answer_legal(small in small(), ticks in vec((0..5_usize, any::<bool>()), 0..12)) {
        for question in &small.check.questions {
            let mut chosen = Options::NONE;
            for (place, on) in ticks.iter().map(|(place, on)| (place % question.options.len(), *on)) {
                chosen = tick(question, chosen, place, on);
                prop_assert_eq!(chosen.meets(Options::one(place)), on);
                let several = chosen.places().count() > 1;
                match question.kind {
                    Kind::One | Kind::Number { .. } => prop_assert!(!several),
                    Kind::Many => prop_assert!(question.warning_signs || !several || !chosen.meets(question.exclusive)),
                }
            }
        }
    }

    #[test]
    fn ticking_one_of_many_keeps_the_others(small in small(), chosen in 0..32_u64, place in 0..5_usize) {
        for question in small.check.questions.iter().filter(|question| question.kind == Kind::Many) {
            let legal = Options(chosen).without(question.exclusive);
            let this = Options::one(place);
            if !question.exclusive.meets(this) {
                prop_assert_eq!(tick(question, legal, place, true), legal.with(this));
            }
            prop_assert_eq!(tick(question, legal, place, false), legal.without(this));
        }
    }

    #[test]
    fn ticking_never_removes_a_warning_sign(small in small(), chosen in 0..32_u64, place in 0..5_usize) {
        for question in small.check.questions.iter().filter(|question| question.warning_signs) {
            let ticked = tick(question, Options(chosen), place, true);
            prop_assert!(ticked.holds(Options(chosen)));
            let unticked = tick(question, Options(chosen), place, false);
            prop_assert_eq!(unticked.with(Options::one(place)), Options(chosen).with(Options::one(place)));
        }
    }

    #[test]
    fn a_clash_is_an_exclusive_option_beside_any_other(small in small()) {
        let (replay, _) = decided(&small.check, &small.answers());
        for (place, question) in small.check.questions.iter().enumerate() {
            let given = replay.at(place);
            let clashes = given.options.places().count() > 1 && given.options.meets(question.exclusive);
            let found = clash(question, given);
            prop_assert_eq!(found.is_some(), clashes);
            if let Some(clash) = found {
                prop_assert_eq!(clash.signs.with(clash.denied_by), given.options);
                prop_assert!(question.exclusive.holds(clash.denied_by) && !question.exclusive.meets(clash.signs));
            }
            for option in 0..question.options.len() {
                let (this, signs) = (Options::one(option), question.signs());
                prop_assert_eq!(signs.meets(this), !question.exclusive.meets(this));
            }
        }
    }
}

// Whatever comes in.

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_pack_of_any_json_never_panics(
        small in small(), answers in vec(any_given(), 0..6), edits in vec((vec(any::<u16>(), 1..7), any_json()), 0..4),
    ) {
        let mut json = pack(&small);
        for (path, value) in edits {
            put(&mut json, &path, value);
        }
        if let Ok(pack) = Pack::read(&json.to_string()) {
            use_all(&pack, &stored(&answers));
        }
    }

    #[test]
    fn a_pack_of_any_bytes_never_panics(small in small(), at in any::<usize>(), bytes in vec(any::<u8>(), 0..40)) {
        prop_assert!(Pack::read(&String::from_utf8_lossy(&bytes)).is_err());
        let mut text = pack(&small).to_string().into_bytes();
        let at = at % text.len();
        let end = (at + bytes.len()).min(text.len());
        text.splice(at..end, bytes);
        if let Ok(pack) = Pack::read(&String::from_utf8_lossy(&text)) {
            use_all(&pack, &small.answers());
        }
    }

    #[test]
    fn a_pack_is_read_as_it_was_written(small in small()) {
        let read = Pack::read(&pack(&small).to_string()).unwrap();
        prop_assert_eq!(&read.check, &small.check);
        prop_assert_eq!(Pack::read(&json!(read).to_string()), Ok(read));
    }

    #[test]
    fn answers_with_any_ids_and_times_never_panic(
        small in small(), strange in vec((".*", vec(".*", 0..4), any::<i64>()), 0..6),
    ) {
        let strange = strange.into_iter().map(|(question, options, age)| Given { question, options, age });
        let all: Vec<Given> = small.given.iter().cloned().chain(strange).collect();
        let pack = Pack::read(&pack(&small).to_string()).unwrap();
        prop_assert_eq!(way(&pack.check, &stored(&all)), way(&pack.check, &small.answers()));
        use_all(&pack, &stored(&all));
    }

    #[test]
    fn a_check_that_names_what_does_not_exist_is_refused(
        small in small(), at: usize, beyond in prop_oneof![Just(0_usize), 0..1000_usize],
    ) {
        let edits: [fn(&mut Check, usize, usize); 9] = [
            |check, at, beyond| check.questions[at].step = check.steps.len() + beyond,
            |check, at, beyond| check.questions[at].clear = check.questions[at].options.len() + beyond,
            |check, at, beyond| check.questions[at].ask_when = Some(Condition::AnyOf(at + beyond, Options::one(0))),
            |check, at, beyond| check.questions[at].ask_when = Some(not(Condition::AtMost(at + beyond, 0))),
            |check, _, beyond| check.pages[0].step = check.steps.len() + beyond,
            |check, _, beyond| check.pages[0].questions.push(check.questions.len() + beyond),
            |check, _, beyond| check.rules[0].outcome = Some(check.outcomes.len() + beyond),
            |check, _, beyond| check.rules[0].sources.push(check.sources.len() + beyond),
            |check, _, beyond| check.rules[0].when = not(Condition::AtLeast(check.questions.len() + beyond, 0)),
        ];
        let at = at % small.check.questions.len();
        let of_rules = edits.len() - 3;
        for edit in edits.iter().take(if small.check.rules.is_empty() { of_rules } else { edits.len() }) {
            let mut broken = small.check.clone();
            edit(&mut broken, at, beyond);
            prop_assert!(broken.verified().is_err());
        }
    }

    #[test]
    fn a_check_that_names_the_last_of_what_exists_is_read(small in small(), at in 1..3_usize) {
        let mut check = small.check.clone();
        let source = json!({ "title": "", "checked": "A" });
        check.sources = vec![Source::from_json(&source).unwrap()];
        check.questions[at].ask_when = Some(not(Condition::AtMost(at - 1, 0)));
        check.questions[at].clear = check.questions[at].options.len() - 1;
        for rule in &mut check.rules {
            rule.outcome = rule.outcome.map(|_| LADDER.len() - 1);
            rule.sources = vec![0];
            rule.when = not(Condition::AtLeast(check.questions.len() - 1, 0));
        }
        prop_assert_eq!(check.clone().verified(), Ok(check));
    }

    #[test]
    fn a_question_has_at_most_64_options(small in small(), at in 0..3_usize, options in 60..70_usize) {
        let mut check = small.check.clone();
        let option = check.questions[at].options[0].clone();
        check.questions[at].options = vec![option; options];
        prop_assert_eq!(check.verified().is_ok(), options <= Options::MOST);
    }

    #[test]
    fn a_pack_of_another_format_says_so_before_anything_else_is_looked_for(small in small()) {
        let mut pack = pack(&small);
        pack["format"] = json!(FORMAT + 1);
        pack["check"] = Value::Null;
        prop_assert_eq!(Pack::read(&pack.to_string()), Err(PackError::Format(FORMAT + 1)));
    }
}

fn not(part: Condition) -> Condition {
    Condition::Not(Box::new(part))
}

fn pack(small: &Small) -> Value {
    json!({
        "format": FORMAT, "version": "", "hash": "", "locale": "en", "review": { "state": "draft" }, "clinic": {},
        "check": small.check, "labels": Labels::default(), "countries": [],
    })
}

/// Calls everything that reads a pack, with places that exist and with some that do not.
fn use_all(Pack { check, .. }: &Pack, answers: &Answers) {
    let (replay, decision, journey) = way(check, answers);
    let _ = headline(check, &decision);
    for place in (0..check.rules.len()).chain([usize::MAX]) {
        let _ = explain(check, &replay, place);
        let _ = check.action(place);
    }
    for place in (0..=journey.pages.len() + 1).chain([usize::MAX]) {
        let _ = journey.screen(Place::Page(place));
    }
    let _ = (journey.screen(Place::Review), journey.screen(Place::Result));
    for (place, question) in check.questions.iter().enumerate() {
        let _ = clash(question, replay.at(place));
        let _ = tick(question, replay.at(place).options, usize::MAX, true);
        let _ = question.signs();
    }
    let _ = (replay.asks(usize::MAX), replay.at(usize::MAX));
    for (moment, today) in [(i64::MIN, i32::MIN), (i64::MAX, i32::MAX)] {
        let now = Now { moment: Moment(moment), today: Date(today) };
        let _ = decide(check, &mesocheck::engine::replay(check, answers, now), Standing::Withdrawn, now.today);
    }
}

// What would change a result.

/// Every set of changes, the smallest first, each tried by itself: the first size that helps.
fn by_brute_force(check: &Check, answers: &Answers) -> Vec<Outlook> {
    let (replay, decision) = decided(check, answers);
    let Some(level) = decision.outcome else { return Vec::new() };
    let chosen = |place: &usize| {
        let change = &check.changes[*place];
        replay.at(change.question).options.places().any(|option| option == change.option)
    };
    let open: Vec<usize> = (0..check.changes.len()).filter(chosen).collect();
    let sets = (0..1_u32 << open.len()).map(|bits| {
        let set = open.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
        set.map(|(_, place)| *place).collect::<Vec<usize>>()
    });
    let helps = |set: Vec<usize>| {
        let outcome = decided(check, &after(check, answers, &set)).1.outcome?;
        (outcome < level).then_some(Outlook { changes: set, outcome })
    };
    let mut found: Vec<Outlook> = sets.filter_map(helps).collect();
    let least = found.iter().map(|outlook| outlook.changes.len()).min();
    found.retain(|outlook| Some(outlook.changes.len()) == least);
    found.sort_by(|one, other| one.changes.cmp(&other.changes));
    found
}

/// The answers when the options of these changes no longer fit.
fn after(check: &Check, answers: &Answers, set: &[usize]) -> Answers {
    let mut answers = answers.clone();
    for change in set.iter().map(|place| &check.changes[*place]) {
        let question = &check.questions[change.question];
        let answer = answers.get(question.id.as_str()).unwrap().clone();
        let (gone, to) = (&question.options[change.option].id, &question.options[change.to].id);
        let known = |option: &&OptionId| question.options.iter().any(|other| other.id == **option);
        let left: Vec<OptionId> =
            answer.options.iter().filter(known).filter(|option| *option != gone).cloned().collect();
        let stays = question.kind == Kind::Many && !left.is_empty();
        answers.set(question.id.clone(), if stays { left } else { vec![to.clone()] }, answer.at);
    }
    answers
}

#[test]
fn what_would_change_equals_trying_every_set_on_1000_checks() {
    let mut runner = TestRunner::deterministic();
    let (mut some, mut several) = (0, 0);
    for _ in 0..1000 {
        let mut small = small().new_tree(&mut runner).unwrap().current();
        small.make_changeable();
        let answers = small.answers();
        let found = what_would_change(&small.check, &answers, Standing::Current, NOW);
        assert_eq!(found, by_brute_force(&small.check, &answers), "{small:?}");
        some += usize::from(!found.is_empty());
        several += usize::from(found.iter().any(|outlook| outlook.changes.len() > 1));
    }
    assert!(some > 100 && several > 10, "{some} of the checks had a way, {several} one of several changes");
}

fn any_json() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (0..14_u8).prop_map(Value::from),
        "[a-z0-9_]{0,9}".prop_map(Value::from),
        prop_oneof![Just("number"), Just("many"), Just("any_of"), Just("not")].prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(3, 12, 4, |inner| {
        let member = ("[a-z_]{0,9}", inner.clone());
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::from),
            vec(member, 0..4).prop_map(|members| Value::from(members.into_iter().collect::<Map<String, Value>>())),
        ]
    });
    nested.boxed()
}

/// Puts a value where a path leads, as far as there is something to go into.
fn put(json: &mut Value, path: &[u16], value: Value) {
    let Some((step, rest)) = path.split_first() else { return *json = value };
    let step = usize::from(*step);
    let inner = match json {
        Value::Array(items) if !items.is_empty() => {
            let place = step % items.len();
            items.get_mut(place)
        }
        Value::Object(members) if !members.is_empty() => {
            let place = step % members.len();
            members.values_mut().nth(place)
        }
        _ => None,
    };
    match inner {
        Some(inner) => put(inner, rest, value),
        None => *json = value,
    }
}
