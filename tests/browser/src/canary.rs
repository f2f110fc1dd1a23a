//! Rare words in place of every id, label and outcome, so that one search finds whatever leaks.

use serde_json::{Value, json};

/// What every id and every label begins with. No other text of the site holds it.
pub const CANARY: &str = "zq7";

/// A number nobody else writes.
pub const NUMBER: &str = "7351973";

/// The question that asks for a number on a marked page.
pub const NUMBER_QUESTION: &str = "zq7anything";

/// A page with a pack, changed.
pub fn with_pack(html: &str, change: impl FnOnce(&mut Value)) -> String {
    let start = "id=\"pack\">";
    let (before, rest) = html.split_once(start).expect("a page with a pack");
    let (pack, after) = rest.split_once("</script>").expect("the end of the pack");
    let mut pack: Value = serde_json::from_str(pack).expect("a pack");
    change(&mut pack);
    [before, start, &pack.to_string().replace('<', "\\u003c"), "</script>", after].concat()
}

/// Marks everything an answer or a result could be known by.
pub fn mark(pack: &mut Value) {
    let check = &mut pack["check"];
    for question in each(&mut check["questions"]) {
        if question["id"] == "anything" {
            question["kind"] = json!({ "number": { "min": 0, "max": 99_999_999 } });
        }
        for key in ["id", "text", "topic"] {
            mark_text(&mut question[key]);
        }
        for option in each(&mut question["options"]) {
            for key in ["id", "label", "examples"] {
                mark_text(&mut option[key]);
            }
        }
    }
    for rule in each(&mut check["rules"]) {
        mark_rule(&mut rule["id"]);
        mark_text(&mut rule["reason"]);
    }
    for aid in each(&mut check["first_aid"]) {
        each(&mut aid["signs"]).for_each(mark_rule);
    }
    for named in ["outcomes", "headlines"] {
        for one in each(&mut check[named]) {
            for key in ["id", "title", "lead"] {
                mark_text(&mut one[key]);
            }
        }
    }
}

fn each(list: &mut Value) -> impl Iterator<Item = &mut Value> {
    list.as_array_mut().into_iter().flatten()
}

fn mark_text(text: &mut Value) {
    if let Some(plain) = text.as_str().filter(|plain| !plain.is_empty()) {
        *text = json!([CANARY, plain].concat());
    }
}

/// The rule of an option is named after both.
fn mark_rule(id: &mut Value) {
    if let Some(plain) = id.as_str() {
        *id = json!([CANARY, &plain.replacen('.', &[".", CANARY].concat(), 1)].concat());
    }
}
