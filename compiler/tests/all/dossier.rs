//! `mesocheck dossier`: it holds all a clinician signs, loads nothing, and names what it is about.

use crate::parts::folder::Folder;
use crate::parts::program::{content, said};
use std::path::Path;
use std::sync::LazyLock;
use toml::{Table, Value};

/// The dossier of the shipped content. Counting is left out: it takes longest, and `prove` has tests of its own.
static DOSSIER: LazyLock<String> = LazyLock::new(|| dossier(&content(), "shipped"));

fn dossier(folder: &Path, name: &str) -> String {
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("dossier-{name}.html"));
    // One of an older program has no mark.
    _ = std::fs::remove_file(&out);
    let (folder, file) = (folder.to_str().unwrap(), out.to_str().unwrap());
    let limits = ["--nodes", "0", "--trials", "0"];
    let words = [&["--content", folder, "dossier", "--today", "2026-11-30", "--out", file], &limits[..]].concat();
    said(&words, "");
    std::fs::read_to_string(out).unwrap()
}

fn read(path: &str) -> Table {
    toml::from_str(&std::fs::read_to_string(content().join(path)).unwrap()).unwrap()
}

fn list<'a>(table: &'a Table, key: &str) -> Vec<&'a Table> {
    table.get(key).into_iter().flat_map(|list| list.as_array().unwrap()).map(|one| one.as_table().unwrap()).collect()
}

fn text<'a>(table: &'a Table, key: &str) -> &'a str {
    table[key].as_str().unwrap()
}

/// The dossier holds these words, as markup writes them.
fn assert_holds(words: &str) {
    let labels = read("en/site.toml");
    let label = |name: &str| labels["labels"][name].as_str().unwrap().to_owned();
    let words = words.replace("{EMERGENCY}", &label("any_emergency")).replace("{URGENT}", &label("any_urgent"));
    let escaped = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = escaped.replace('"', "&quot;");
    assert!(holds_around_numbers(&escaped) || holds_around_numbers(&quoted), "{words}");
}

/// The dossier holds these words, with a number where the program fills one in.
fn holds_around_numbers(words: &str) -> bool {
    let places = ["{MINUTES}", "{AFTERCARE_MINUTES}", "{PAPER_MINUTES}", "{ASKED_AGAIN}", "{DAYS_KEPT}"];
    let Some((place, (before, after))) = places.iter().find_map(|place| Some((place, words.split_once(place)?))) else {
        return DOSSIER.contains(words);
    };
    assert!(!DOSSIER.contains(place), "{words}");
    DOSSIER.match_indices(before).any(|(at, _)| {
        let rest = &DOSSIER[at + before.len()..];
        let number = rest.len() - rest.trim_start_matches(|sign: char| sign.is_ascii_digit()).len();
        number > 0 && rest[number..].starts_with(after)
    })
}

const CHECKS: [&str; 2] = ["suitability", "aftercare"];

#[test]
fn every_rule_stands_in_it_with_an_example() {
    let mut rules = 0;
    for check in CHECKS {
        let mut ids: Vec<String> = Vec::new();
        for question in list(&read(&format!("{check}/questions.toml")), "question") {
            for option in list(question, "options").iter().filter(|option| option.len() > 1) {
                ids.push(format!("{}.{}", text(question, "id"), text(option, "id")));
            }
        }
        let file = read(&format!("{check}/rules.toml"));
        ids.extend(list(&file, "rule").iter().map(|rule| text(rule, "id").to_owned()));
        for table in list(&file, "table") {
            let rows = list(table, "rows");
            ids.extend(rows.iter().map(|row| format!("{}.{}", text(table, "question"), text(row, "option"))));
            for raise in list(table, "raise") {
                let option = raise["options"].as_array().unwrap()[0].as_str().unwrap();
                ids.push(format!("{}.{option}+{}", text(table, "question"), text(raise, "suffix")));
            }
        }
        for id in &ids {
            assert!(DOSSIER.contains(&format!("data-rule=\"{id}\"")), "{id}");
        }
        rules += ids.len();
    }
    let (rows, examples) = (DOSSIER.matches("data-rule=").count(), DOSSIER.matches("For example: ").count());
    assert!(rows >= rules && examples >= rows, "{rules} rules, {rows} rows, {examples} examples");
}

#[test]
fn every_word_of_the_checks_stands_in_it() {
    fn hold(value: &Value, topic: &str) {
        match value {
            Value::String(words) => assert_holds(&words.replace("{topic}", topic)),
            Value::Array(items) => items.iter().for_each(|item| hold(item, topic)),
            Value::Table(table) => {
                for (_, value) in table.iter().filter(|(key, _)| !["signs", "topic"].contains(&key.as_str())) {
                    hold(value, topic);
                }
            }
            _ => {}
        }
    }
    for check in CHECKS {
        let words = read(&format!("en/{check}.toml"));
        for (_, question) in words["question"].as_table().unwrap() {
            hold(question, question["topic"].as_str().unwrap());
        }
        for part in
            ["title", "start", "steps", "outcome", "headline", "while_you_wait", "safety_net", "must", "raise", "rule"]
        {
            words.get(part).iter().for_each(|value| hold(value, ""));
        }
    }
}

#[test]
fn every_source_demand_case_and_answer_stands_in_it() {
    for (key, source) in &read("sources.toml") {
        let source = source.as_table().unwrap();
        assert!(DOSSIER.contains(&format!("<code>{key}</code>")), "{key}");
        assert_holds(text(source, "title"));
        source.get("address").iter().for_each(|address| assert_holds(address.as_str().unwrap()));
    }
    for check in CHECKS {
        for must in list(&read(&format!("{check}/musts.toml")), "must") {
            assert_holds(text(must, "id"));
        }
        for case in list(&read(&format!("{check}/cases.toml")), "case") {
            assert_holds(text(case, "id"));
            assert_holds(text(case, "patient"));
        }
    }
    for folder in ["en/faq", "en/pages"] {
        for file in content().join(folder).read_dir().unwrap() {
            let file = std::fs::read_to_string(file.unwrap().path()).unwrap();
            let front: Table = toml::from_str(file.split("+++").nth(1).unwrap()).unwrap();
            assert_holds(text(&front, "title"));
        }
    }
}

#[test]
fn whom_to_call_stands_in_it() {
    let words = read("en/site.toml");
    for country in list(&read("site.toml"), "country") {
        assert_holds(text(country, "emergency"));
        country["crisis"].as_array().unwrap().iter().for_each(|line| assert_holds(line.as_str().unwrap()));
    }
    words["labels"].as_table().unwrap().values().for_each(|label| {
        // Labels stand as they are written, but for numbers: their other places are filled in by the program.
        let label = label.as_str().unwrap().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        assert!(holds_around_numbers(&label), "{label}");
    });
}

#[test]
fn every_demand_says_whether_it_holds() {
    let demands: usize = CHECKS.iter().map(|check| list(&read(&format!("{check}/musts.toml")), "must").len()).sum();
    assert_eq!(DOSSIER.matches("data-holds=\"yes\"").count(), demands);
}

#[test]
fn it_loads_nothing_and_runs_nothing() {
    for sign in ["<script", "<link", "<img", "<iframe", "src=", "@import", "url(", "javascript:", " onload"] {
        assert!(!DOSSIER.contains(sign), "{sign}");
    }
    for link in DOSSIER.split("href=\"").skip(1) {
        let to = link.split('"').next().unwrap();
        let place = to.strip_prefix('#').unwrap_or_else(|| panic!("{to} leads out"));
        assert!(DOSSIER.contains(&format!("id=\"{place}\"")), "{to} leads nowhere");
    }
    assert!(DOSSIER.contains("default-src 'none'; style-src 'unsafe-inline'"));
}

#[test]
fn no_id_stands_twice() {
    let mut ids: Vec<&str> = DOSSIER.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let all = ids.len();
    assert!(all > 300, "{all}");
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn what_is_open_is_told() {
    assert_holds("Draft: nobody has signed this version.");
    assert_holds("Another cautious guess");
    assert_holds("Rests on general medical knowledge alone");
    assert_holds("Registration number");
    assert!(DOSSIER.contains("Made on") && DOSSIER.contains("30 November 2026"));
}

/// The hash in the title of a dossier.
fn hash(dossier: &str) -> &str {
    let title = dossier.split("<title>Mesocheck dossier ").nth(1).unwrap();
    title.split('<').next().unwrap()
}

#[test]
fn it_names_the_hash_on_every_page_and_changes_with_the_content() {
    let tiny = Folder::tiny("dossier");
    let first = dossier(Path::new(tiny.path()), "tiny");
    assert_eq!(first, dossier(Path::new(tiny.path()), "tiny"), "the same content gives the same bytes");
    let own = hash(&first);
    assert_eq!(own.len(), 12);
    assert!(first.contains(&format!("content {own}\"")), "the foot of the page");
    assert!(first.contains(&format!("content hash {own}, and for no other")), "the signature");
    let words = tiny.text("en/suitability.toml");
    tiny.put("en/suitability.toml", words.replacen("why = \"", "why = \"Well: ", 1).as_bytes());
    assert_ne!(hash(&dossier(Path::new(tiny.path()), "tiny")), own);
}
