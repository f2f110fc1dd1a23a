//! The laws of a code: what goes in comes out, and nothing else is ever read.

use crate::small::{Small, small};
use crate::{config, decided};
use mesocheck::engine::Given;
use mesocheck::engine::handover::{Book, Handover, MOST, Refusal, chosen, open, parts, seal, wishes};
use mesocheck::model::{Action, Check, Condition, Kind, Options, Prompt, RuleId};
use proptest::collection::vec;
use proptest::prelude::{BoxedStrategy, Strategy, any, prop_assert, prop_assert_eq, proptest};

const WISHES: usize = 20;

fn book(check: &Check) -> Book<'_> {
    Book { check, hash: "0123456789ab", wishes: WISHES }
}

/// A small check without a rule about self-harm, and any answers to it: also such as no screen lets through.
fn handed() -> BoxedStrategy<(Small, Handover)> {
    let seeds = vec((any::<u64>(), any::<i64>(), any::<bool>()), 12);
    let all = (small(), any::<u16>(), seeds, 0..1_u64 << WISHES, any::<bool>());
    let handed = all.prop_map(|(mut small, day, seeds, wishes, silent)| {
        small.check.rules.retain(|rule| rule.action != Some(Action::Crisis));
        let given = small.check.questions.iter().zip(seeds).map(|(question, (options, number, none))| {
            let options = Options(if none { 0 } else { options & ((1 << question.options.len()) - 1) });
            let number = match question.kind {
                Kind::Number { min, max } if options.is_empty() && !none => {
                    Some(min + number.rem_euclid(max - min + 1))
                }
                Kind::Number { .. } | Kind::One | Kind::Many => None,
            };
            Given { options, number }
        });
        let handover = Handover { day, given: given.collect(), wishes: Options(if silent { 0 } else { wishes }) };
        (small, handover)
    });
    handed.boxed()
}

fn replace(text: &str, at: usize, with: u8) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = with;
    String::from_utf8(bytes).ok()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_code_holds_what_went_in((small, handover) in handed()) {
        let code = seal(&book(&small.check), &handover);
        prop_assert!(code.bytes().all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit()), "{code}");
        prop_assert_eq!(open(&book(&small.check), &code), Ok(handover));
    }

    #[test]
    fn the_answers_that_count_go_in_where_they_are_chosen(small in small(), choice in any::<u16>()) {
        let (replay, _) = decided(&small.check, &small.answers());
        let questions: Vec<usize> = (0..small.check.questions.len()).filter(|place| choice >> place & 1 == 1).collect();
        let given = chosen(&replay, &questions);
        prop_assert_eq!(given.len(), replay.given.len());
        for (place, given) in given.iter().enumerate() {
            prop_assert_eq!(*given, if questions.contains(&place) { replay.at(place) } else { Given::default() });
        }
        let code = seal(&book(&small.check), &Handover { given, ..Handover::default() });
        prop_assert!(open(&book(&small.check), &code).is_ok());
    }

    #[test]
    fn what_is_to_be_asked_tells_of_no_question_that_is_not_handed_over(
        mut small in small(), choice in any::<u16>(), about in vec(vec(0..12_usize, 0..3), 1..6),
    ) {
        small.check.to_ask = about.iter().map(|questions| {
            Prompt { about: questions.iter().map(|place| format!("q{place}")).collect(), text: String::new() }
        }).collect();
        for (place, rule) in small.check.rules.iter_mut().enumerate() {
            rule.id = RuleId::new(format!("q{}.r{place}", place % 12));
        }
        let questions: Vec<usize> = (0..small.check.questions.len()).filter(|place| choice >> place & 1 == 1).collect();
        let (_, decision) = decided(&small.check, &small.answers());
        let found = wishes(&small.check, &decision, &questions);
        for (place, prompt) in small.check.to_ask.iter().enumerate() {
            let fired = decision.findings.iter().chain(&decision.notes).filter(|rule| {
                let name = format!("q{}", **rule % 12);
                prompt.about.contains(&name)
            });
            let mut told = fired.filter(|rule| {
                let mut named = Vec::new();
                small.check.rules[**rule].when.questions(&mut |question| named.push(question));
                named.iter().all(|question| questions.contains(question))
            });
            let expected = prompt.about.is_empty() || told.next().is_some();
            prop_assert_eq!(found.meets(Options::one(place)), expected);
        }
        prop_assert!(found.places().all(|place| place < small.check.to_ask.len()));
    }

    #[test]
    fn every_question_stands_in_one_part_with_those_of_its_step_that_are_as_private(small in small()) {
        let parts = parts(&small.check);
        let mut all: Vec<usize> = parts.iter().flat_map(|part| part.questions.clone()).collect();
        all.sort_unstable();
        prop_assert_eq!(all, (0..small.check.questions.len()).collect::<Vec<usize>>());
        for (place, part) in parts.iter().enumerate() {
            for question in part.questions.iter().map(|question| &small.check.questions[*question]) {
                prop_assert_eq!((question.step, question.private), (part.step, part.private));
            }
            prop_assert!(!parts[..place].iter().any(|other| (other.step, other.private) == (part.step, part.private)));
        }
    }

    #[test]
    fn an_answer_that_a_rule_about_self_harm_names_never_goes_in(
        (mut small, handover) in handed(), at in 0..12_usize, named in 1..32_u64, form in 0..7_u8,
    ) {
        let at = at % small.check.questions.len();
        let named = Options(named);
        let when = match form {
            0 => Condition::AnyOf(at, named),
            1 => Condition::AllOf(at, named),
            2 => Condition::All(vec![Condition::AnyOf(at, named), Condition::AnyOf(at, Options::NONE)]),
            3 => Condition::Any(vec![Condition::AnyOf(at, Options::NONE), Condition::AnyOf(at, named)]),
            4 => Condition::AtLeast(at, 3),
            5 => Condition::AtMost(at, 3),
            _ => Condition::Not(Box::new(Condition::AnyOf(at, named))),
        };
        let whole = form > 3;
        let rule = serde_json::json!({
            "id": "crisis", "when": when, "reason": "", "action": "crisis", "sources": [], "confidence": "high",
        });
        let before = seal(&book(&small.check), &handover);
        small.check.rules.push(mesocheck::model::FromJson::from_json(&rule).unwrap());
        let book = book(&small.check);
        let read = open(&book, &seal(&book, &handover)).unwrap();
        for (place, given) in handover.given.iter().enumerate() {
            let silent = place == at && given.is_some() && (whole || given.options.meets(named));
            prop_assert_eq!(read.given[place], if silent { Given::default() } else { *given });
        }
        // Nor is it read, whoever wrote it.
        prop_assert_eq!(open(&book, &before).is_ok(), read == handover);
    }

    #[test]
    fn a_code_with_one_letter_or_one_bit_changed_is_refused((small, handover) in handed(), letter in any::<u8>()) {
        let book = book(&small.check);
        let code = seal(&book, &handover);
        for at in 0..code.len() {
            let letter = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[usize::from(letter) % 32];
            let flipped = (0..8).map(|bit| code.as_bytes()[at] ^ 1 << bit);
            for with in flipped.chain([letter]).filter(|with| *with != code.as_bytes()[at]) {
                if let Some(changed) = replace(&code, at, with) {
                    let read = open(&book, &changed);
                    prop_assert!(matches!(read, Err(Refusal::Damaged | Refusal::Cut | Refusal::Foreign)), "{read:?}");
                }
            }
        }
    }

    #[test]
    fn a_code_that_is_cut_says_so((small, handover) in handed()) {
        let book = book(&small.check);
        let code = seal(&book, &handover);
        for end in 2..code.len() {
            prop_assert_eq!(open(&book, &code[..end]), Err(Refusal::Cut));
        }
        prop_assert_eq!(open(&book, ""), Err(Refusal::Foreign));
    }

    #[test]
    fn a_code_with_more_behind_it_is_refused((small, handover) in handed(), more in "[A-Z2-7]{1,20}") {
        let book = book(&small.check);
        let read = open(&book, &(seal(&book, &handover) + &more));
        prop_assert_eq!(read, Err(Refusal::Damaged));
    }

    #[test]
    fn a_code_made_with_other_content_says_so((small, handover) in handed(), hash in "[0-9a-f]{12}") {
        let code = seal(&Book { hash: &hash, ..book(&small.check) }, &handover);
        prop_assert_eq!(open(&book(&small.check), &code), Err(Refusal::OtherContent));
    }

    #[test]
    fn any_text_is_refused(small in small(), text in ".*", letters in "Y[A-Z2-7]{0,600}") {
        let book = book(&small.check);
        // By chance a text may begin as a code does.
        prop_assert!(open(&book, &text).is_err());
        prop_assert!(open(&book, &letters).is_err());
        let long = letters.repeat(MOST + 1);
        prop_assert_eq!(open(&book, &long), Err(Refusal::Foreign));
        prop_assert_eq!(open(&book, &long[..=MOST]), Err(Refusal::Foreign));
        prop_assert!(open(&book, &long[..MOST]) != Err(Refusal::Foreign));
    }
}
