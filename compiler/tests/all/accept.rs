//! `mesocheck accept`, as its users run it.

use crate::parts::changed::{changed, shipped};
use crate::parts::program::{complaint, content, said};

const STATEMENTS: [&str; 2] = ["suitability/signed.json", "aftercare/signed.json"];
const OPERATION: (&str, &str, &str) =
    ("suitability/questions.toml", "days = 180, from = \"operation\"", "days = 186, from = \"operation\"");
#[test]
fn what_is_shipped_is_what_was_agreed() {
    let folder = content();
    let told = said(&["--content", folder.to_str().unwrap(), "diff", "--fail-if-changed"], "");
    assert_eq!(told.matches("every outcome and every finding is the same").count(), 2, "{told}");
    let fresh = shipped("accept-fresh");
    for statement in STATEMENTS {
        fresh.remove(statement);
    }
    said(&["--content", fresh.path(), "accept", "--yes"], "");
    for statement in STATEMENTS {
        assert_eq!(fresh.text(statement), std::fs::read_to_string(folder.join(statement)).unwrap(), "{statement}");
    }
}

#[test]
fn nothing_is_written_where_nobody_agrees() {
    let folder = changed("accept-nobody", &[OPERATION]);
    let before = STATEMENTS.map(|statement| folder.text(statement));
    let told = complaint(&["--content", folder.path(), "accept"], "yes\n");
    assert!(told.contains("mesocheck accept --yes"), "{told}");
    assert_eq!(STATEMENTS.map(|statement| folder.text(statement)), before);
    complaint(&["--content", folder.path(), "diff", "--fail-if-changed"], "");
}

#[test]
fn what_is_accepted_is_agreed_from_then_on() {
    let folder = changed("accept-yes", &[OPERATION]);
    let before = STATEMENTS.map(|statement| folder.text(statement));
    let told = said(&["--content", folder.path(), "accept", "--yes"], "");
    assert!(told.contains("Rule `recent.surgery` wait 180 days → 186 days: stricter"), "{told}");
    assert!(told.contains("now holds what suitability does."), "{told}");
    assert!(told.contains("aftercare: nothing changed"), "{told}");
    let after = STATEMENTS.map(|statement| folder.text(statement));
    let differ: Vec<(&str, &str)> = before[0].lines().zip(after[0].lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(differ.len(), 1, "{differ:?}");
    assert!(differ[0].1.contains("\"days\":186"), "{differ:?}");
    assert_eq!(before[1], after[1]);
    said(&["--content", folder.path(), "diff", "--fail-if-changed"], "");
    let again = said(&["--content", folder.path(), "accept"], "");
    assert_eq!(again, "suitability: nothing changed\naftercare: nothing changed\n");
    assert_eq!(STATEMENTS.map(|statement| folder.text(statement)), after);
}
