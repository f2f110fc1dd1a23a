//! The style sheets: what protects hangs on no selector that a browser in use may not know, and sizes follow the
//! reader's own.

use crate::parts::folder::own;
use std::fs;

const SHEETS: [&str; 5] = ["tokens", "base", "parts", "print", "paper"];

/// Selectors that browsers on which the check runs may not know (docs/browsers.md).
const YOUNG: [&str; 2] = [":has(", ":dir("];

/// Such selectors that decide what is seen: none but these, where what stays in sight does no harm.
const HARMLESS: [&str; 2] = ["body:has(.check) .top nav", "body:has([data-shown]) :is(.top, .bottom, .notices)"];

/// A rule: its list of selectors, what it says, and the conditions it stands under.
#[derive(Debug)]
struct Rule {
    selectors: Vec<String>,
    says: String,
    under: Vec<String>,
}

fn sheet(name: &str) -> String {
    let text = fs::read_to_string(own(&format!("../../src/style/{name}.css"))).unwrap();
    let parts = text.split("/*").enumerate();
    parts.map(|(place, part)| if place == 0 { part } else { part.split_once("*/").unwrap().1 }).collect()
}

/// Every rule of a sheet, in order.
fn rules(text: &str) -> Vec<Rule> {
    let (mut found, mut open, mut now) = (Vec::new(), Vec::new(), String::new());
    for letter in text.chars() {
        match letter {
            '{' => open.push(now.trim().to_owned()),
            '}' => {
                let head = open.pop().expect("as many braces open as close");
                if !head.starts_with('@') {
                    found.push(Rule { selectors: list(&head), says: now.trim().to_owned(), under: open.clone() });
                }
            }
            _ => {
                now.push(letter);
                continue;
            }
        }
        now.clear();
    }
    assert!(open.is_empty(), "{open:?} is never closed");
    found
}

/// The parts of a list: commas within brackets part nothing.
fn list(head: &str) -> Vec<String> {
    let (mut deep, mut parts) = (0, vec![String::new()]);
    for letter in head.chars() {
        match letter {
            '(' | '[' => deep += 1,
            ')' | ']' => deep -= 1,
            ',' if deep == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        parts.last_mut().unwrap().push(letter);
    }
    parts.iter().map(|part| part.split_whitespace().collect::<Vec<&str>>().join(" ")).collect()
}

fn is_young(selector: &str) -> bool {
    YOUNG.iter().any(|young| selector.contains(young))
}

/// What is wrong with a sheet.
fn flaws(name: &str, text: &str) -> Vec<String> {
    let mut flaws = Vec::new();
    for rule in rules(text) {
        let young: Vec<&String> = rule.selectors.iter().filter(|selector| is_young(selector)).collect();
        let printed = name == "print" || rule.under.iter().any(|under| under.contains("print"));
        let takes = ["display:", "visibility:"].iter().any(|way| rule.says.contains(way));
        for selector in young {
            let why = if rule.selectors.len() > 1 {
                "would take the rest of its list with it"
            } else if printed {
                "decides what is printed"
            } else if takes && !HARMLESS.contains(&selector.as_str()) {
                "decides what is seen"
            } else {
                continue;
            };
            flaws.push(format!("{name}.css: `{selector}` {why}"));
        }
        // A browser that knows no `:is()` runs no check, but what stays out of print stands by itself.
        if rule.selectors.iter().any(|selector| selector.contains("[data-private]")) && rule.selectors.len() > 1 {
            flaws.push(format!("{name}.css: `[data-private]` stands in a list with others"));
        }
    }
    flaws
}

#[test]
fn what_protects_hangs_on_no_selector_that_a_browser_may_not_know() {
    let found: Vec<String> = SHEETS.iter().flat_map(|name| flaws(name, &sheet(name))).collect();
    assert!(found.is_empty(), "{found:#?}");
    for (name, wrong) in [
        ("print", "@media print { .a, .b:not(:has(:checked)) { display: none; } }"),
        ("print", "@media print { body:has([data-many]) { font-size: 7pt; } }"),
        ("parts", ".option:has(:checked) .panel { display: block; }"),
        ("parts", ".a:dir(rtl), .b { margin: 0; }"),
        ("print", "@media print { .top, [data-private] { display: none; } }"),
    ] {
        assert!(!flaws(name, wrong).is_empty(), "nobody noticed {wrong}");
    }
}

#[test]
fn what_stays_out_of_print_has_a_rule_of_its_own() {
    let rules = rules(&sheet("print"));
    let own = rules.iter().find(|rule| rule.selectors == ["[data-private]"]);
    assert!(own.is_some_and(|rule| rule.says.contains("display: none !important")));
}

/// A reader who set larger letters gets larger letters, and rows and breaks that go with them.
#[test]
fn sizes_follow_the_readers_own() {
    let sizes = [
        "font",
        "line-height",
        "--size",
        "inline-size",
        "min-block-size",
        "max-block-size",
        "min-inline-size",
        "block-size",
    ];
    for name in SHEETS {
        for rule in rules(&sheet(name)) {
            for under in rule.under.iter().filter(|under| under.contains("width") || under.contains("height")) {
                assert!(!under.contains("px"), "{name}.css: {under}");
            }
            for line in rule.says.split(';') {
                let (property, value) = line.trim().split_once(':').unwrap_or_default();
                let fixed = value.split_whitespace().any(|part| {
                    // A line that nobody reads by.
                    part.trim_end_matches(',')
                        .strip_suffix("px")
                        .is_some_and(|number| number.parse::<f64>().is_ok_and(|px| px > 4.0))
                });
                let is_size = sizes.iter().any(|size| property.starts_with(size));
                assert!(!(is_size && fixed), "{name}.css: {:?}: {line}", rule.selectors);
            }
        }
    }
}
