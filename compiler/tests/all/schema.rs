//! The schemas that editors complete and check the content files with: they hold for all shipped files, refuse what is
//! wrong, and know exactly the keys the program knows.

use crate::parts::folder::{Folder, files, own};
use boon::{Compiler, Draft, SchemaIndex, Schemas};
use mesocheck::model::Labels;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Every file of the content, by its schema.
const FILES: &[(&str, &[&str])] = &[
    ("questions.json", &["suitability/questions.toml", "aftercare/questions.toml"]),
    ("rules.json", &["suitability/rules.toml", "aftercare/rules.toml"]),
    ("cases.json", &["suitability/cases.toml", "aftercare/cases.toml"]),
    ("musts.json", &["suitability/musts.toml", "aftercare/musts.toml"]),
    ("cohort.json", &["suitability/cohort.toml", "aftercare/cohort.toml"]),
    ("words.json", &["en/suitability.toml", "en/aftercare.toml"]),
    ("site.json", &["site.toml"]),
    ("clinic.json", &["clinic.toml"]),
    ("review.json", &["review.toml"]),
    ("sources.json", &["sources.toml"]),
    ("words-of-site.json", &["en/site.toml"]),
];

#[test]
fn every_shipped_file_names_its_schema_and_fits_it() {
    let content = content();
    let all = files(&content).into_iter().filter(|file| file.extension().is_some_and(|end| end == "toml"));
    let all: BTreeSet<String> =
        all.map(|file| file.strip_prefix(&content).unwrap().to_str().unwrap().to_owned()).collect();
    let named = FILES.iter().flat_map(|(_, paths)| paths.iter().map(|path| (*path).to_owned())).collect();
    assert_eq!(all, named);
    for (name, paths) in FILES {
        for path in *paths {
            let text = std::fs::read_to_string(content.join(path)).unwrap();
            let up = "../".repeat(path.matches('/').count());
            assert!(text.starts_with(&format!("#:schema {up}schema/{name}\n")), "{path} begins with its schema");
            fits(name, path, &text);
        }
    }
}

#[test]
fn the_little_content_fits() {
    let folder = Folder::tiny("schema-fits");
    for (name, paths) in FILES {
        paths.iter().for_each(|path| fits(name, path, &folder.text(path)));
    }
}

/// Each change to the little content is refused.
#[test]
fn what_is_wrong_is_refused() {
    let folder = Folder::tiny("schema-refuses");
    let changes: &[(&str, &str, &str, &str)] = &[
        ("questions.json", "suitability/questions.toml", "kind = \"one\"", "kind = \"two\""),
        ("questions.json", "suitability/questions.toml", "clear = \"no\"\nrouting", "routing"),
        ("questions.json", "suitability/questions.toml", "max = 120", ""),
        ("questions.json", "suitability/questions.toml", "routing = true", "rooting = true"),
        ("questions.json", "suitability/questions.toml", "at_least = 70", "at_least = 70, at_most = 80"),
        ("questions.json", "suitability/questions.toml", "days = 14", "days = -1"),
        ("rules.json", "suitability/rules.toml", "confidence = \"low\"", "confidence = \"lo\""),
        ("rules.json", "suitability/rules.toml", "{ all = [", "{ every = ["),
        ("rules.json", "aftercare/rules.toml", "suffix = \"worse\"", ""),
        ("cases.json", "suitability/cases.toml", "wait_days = 14", "wait_days = \"14\""),
        ("musts.json", "suitability/musts.toml", "if_true =", "if_tru ="),
        ("musts.json", "suitability/musts.toml", "if_answered =", "adding_never_lowers = true\nif_answered ="),
        ("musts.json", "suitability/musts.toml", "at_least = \"wait\"\n", ""),
        ("musts.json", "suitability/musts.toml", "clear_is_mildest = true", "clear_is_mildest = false"),
        ("musts.json", "suitability/musts.toml", "than = [\"dry\", \"not_sure\"]", "than = []"),
        ("cohort.json", "suitability/cohort.toml", "breath = 20", "breath = -1"),
        ("cohort.json", "suitability/cohort.toml", "source = [\"BOOK\"]\n", ""),
        ("words.json", "en/suitability.toml", "why = \"Sore skin heals badly.\"", "why = \" \""),
        ("words.json", "en/suitability.toml", "label = \"Dry\"", "lable = \"Dry\""),
        ("questions.json", "suitability/questions.toml", "most_screens = 5", "most_screens = 0"),
        ("review.json", "review.toml", "on = 2026-11-22", ""),
        ("review.json", "review.toml", "0123456789ab", "0123456789"),
        ("clinic.json", "clinic.toml", "/book\"", "/book?from=check\""),
        ("clinic.json", "clinic.toml", "7946-0000", "CALL-ME"),
        ("clinic.json", "clinic.toml", "\"asked\"", "\"cloud\""),
        ("clinic.json", "clinic.toml", "\"serif\"", "\"comic\""),
        ("clinic.json", "clinic.toml", "logo.svg", "../logo.svg"),
        ("clinic.json", "clinic.toml", "#ffffff", "white"),
        ("clinic.json", "clinic.toml", "[\"suitability\", \"aftercare\"]", "[]"),
        ("site.json", "site.toml", "tel:111", "javascript:alert"),
        ("sources.json", "sources.toml", "checked = \"D\"", "checked = \"E\""),
        ("sources.json", "sources.toml", "https://book", "http://book"),
        ("words-of-site.json", "en/site.toml", "urgent = \"NHS 111\"", ""),
        ("words-of-site.json", "en/site.toml", "because = \"It is denied.\"", ""),
        ("words-of-site.json", "en/site.toml", "back = \"words\"", "backwards = \"words\""),
    ];
    for (name, path, old, new) in changes {
        let text = folder.text(path);
        assert!(text.contains(old), "{path} has no {old}");
        let wrong = text.replacen(old, new, 1);
        assert!(misfits(name, &json_of(&wrong, path)).is_some(), "{name} takes {new} for {old}");
    }
}

/// The program is asked for its keys: an unknown one is put into each table of the little content, and the help names
/// those that are known there.
#[test]
fn schemas_know_the_keys_that_the_program_knows() {
    let folder = Folder::tiny("schema-keys");
    let mut places: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    for (number, (name, pointer, path, before)) in KEYS.iter().enumerate() {
        let text = folder.text(path);
        let (head, tail) = text.split_once(before).unwrap_or_else(|| panic!("{path} has no {before}"));
        let key = format!("zz{number}");
        let end = if before.contains('{') { "," } else { "\n" };
        folder.put(path, format!("{head}{before}{key} = 1{end} {tail}").as_bytes());
        places.insert(format!("`{key}` means nothing here"), (name, pointer));
    }
    let (_, told) = folder.check();
    let mut known: BTreeMap<(&str, &str), BTreeSet<String>> = BTreeMap::new();
    for problem in &told {
        let place = places.remove(&problem.what).unwrap_or_else(|| panic!("not expected: {problem:#?}"));
        let keys = problem.help.trim_start_matches("Known here: ").trim_end_matches('.').split(", ");
        known.entry(place).or_default().extend(keys.map(str::to_owned));
    }
    for ((name, pointer), known) in known {
        let schema = text_of(name);
        let properties = schema.pointer(&format!("{pointer}/properties")).and_then(Value::as_object);
        let properties = properties.unwrap_or_else(|| panic!("{name} has no {pointer}"));
        let listed: BTreeSet<String> = properties.keys().cloned().collect();
        assert_eq!(known, listed, "program and content/schema/{name} at {pointer}");
    }
    assert!(places.is_empty(), "not told: {places:?}");
}

/// Schema, table in it, file of the little content, and the text after which an unknown key is put. A table whose keys
/// depend on each other stands here several times.
const KEYS: &[(&str, &str, &str, &str)] = &[
    ("questions.json", "", "suitability/questions.toml", "keeps_answers = true\n"),
    ("questions.json", "/definitions/outcome", "suitability/questions.toml", "{ id = \"wait\","),
    ("questions.json", "/definitions/headline", "suitability/questions.toml", "{ id = \"settle\","),
    ("questions.json", "/definitions/question", "suitability/questions.toml", "routing = true\n"),
    ("questions.json", "/definitions/question/properties/without", "suitability/questions.toml", "without = {"),
    ("questions.json", "/definitions/option", "suitability/questions.toml", "{ id = \"sore\","),
    ("questions.json", "/definitions/option/properties/wait", "suitability/questions.toml", "wait = {"),
    ("questions.json", "/definitions/condition/oneOf/0", "suitability/questions.toml", "{ not = {"),
    ("rules.json", "", "aftercare/rules.toml", "schema/rules.json\n"),
    ("rules.json", "/definitions/rule", "suitability/rules.toml", "confidence = \"low\"\n"),
    ("rules.json", "/definitions/table", "aftercare/rules.toml", "unknown = \"not_sure\"\n"),
    ("rules.json", "/definitions/row", "aftercare/rules.toml", "{ option = \"red\","),
    ("rules.json", "/definitions/raise", "aftercare/rules.toml", "up = 1\n"),
    ("cases.json", "", "suitability/cases.toml", "schema/cases.json\n"),
    ("cases.json", "/definitions/case", "suitability/cases.toml", "wait_days = 14\n"),
    ("musts.json", "", "suitability/musts.toml", "schema/musts.json\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"sign\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"sore\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"unsure\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"order\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"asked\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"I05\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"I06\"\n"),
    ("musts.json", "/definitions/must", "suitability/musts.toml", "id = \"I22\"\n"),
    ("musts.json", "/definitions/must/properties/never_milder", "suitability/musts.toml", "never_milder = {"),
    ("musts.json", "/definitions/condition/oneOf/0", "suitability/musts.toml", "if_true = {"),
    ("cohort.json", "/definitions/question", "suitability/cohort.toml", "[signs]\n"),
    ("words.json", "", "en/suitability.toml", "schema/words.json\n"),
    ("words.json", "/properties/start", "en/suitability.toml", "[start]\n"),
    ("words.json", "/properties/safety_net", "en/suitability.toml", "[safety_net]\n"),
    ("words.json", "/properties/outcome/additionalProperties", "en/suitability.toml", "[outcome.clear]\n"),
    ("words.json", "/properties/headline/additionalProperties", "en/suitability.toml", "[headline.soon]\n"),
    ("words.json", "/definitions/first_aid", "en/suitability.toml", "[[while_you_wait]]\n"),
    ("words.json", "/definitions/prompt", "en/suitability.toml", "[[to_ask]]\n"),
    ("words.json", "/definitions/question", "en/suitability.toml", "[question.skin]\n"),
    ("words.json", "/definitions/option", "en/suitability.toml", "[question.skin.options.sore]\n"),
    ("words.json", "/definitions/option", "en/suitability.toml", "[question.skin.options.dry]\n"),
    ("words.json", "/properties/ask", "en/suitability.toml", "[ask]\n"),
    ("words.json", "/properties/unsure", "en/suitability.toml", "[unsure]\n"),
    ("words.json", "/definitions/rule", "en/suitability.toml", "[rule.\"x.young\"]\n"),
    ("words.json", "/definitions/must", "en/suitability.toml", "[must.sign]\n"),
    ("words.json", "/definitions/raise", "en/aftercare.toml", "[raise.worse]\n"),
    ("site.json", "", "site.toml", "version = \"1\"\n"),
    ("review.json", "", "review.toml", "withdrawn = false\n"),
    ("review.json", "/definitions/signature", "review.toml", "[[signature]]\n"),
    ("clinic.json", "", "clinic.toml", "schema/clinic.json\n"),
    ("clinic.json", "/properties/colours", "clinic.toml", "[colours]\n"),
    ("site.json", "/definitions/country", "site.toml", "[[country]]\n"),
    ("sources.json", "/definitions/source", "sources.toml", "[BOOK]\n"),
    ("words-of-site.json", "/definitions/country", "en/site.toml", "[country.GB]\n"),
    ("words-of-site.json", "/definitions/allowed", "en/site.toml", "[[allowed]]\n"),
];

#[test]
fn the_schema_lists_every_label() {
    let schema = text_of("words-of-site.json");
    let listed = schema.pointer("/properties/labels/properties").and_then(Value::as_object).unwrap();
    let listed: BTreeSet<&str> = listed.keys().map(String::as_str).collect();
    let known: BTreeSet<&str> = Labels::NAMES.iter().map(|name| name.trim_end_matches('_')).collect();
    let new: Vec<String> =
        known.difference(&listed).map(|name| format!("\"{name}\": {{ \"type\": \"string\" }},")).collect();
    let old: Vec<&&str> = listed.difference(&known).collect();
    let place = "properties.labels.properties of content/schema/words-of-site.json";
    assert!(new.is_empty() && old.is_empty(), "in {place}\nadd {}\nand take away {old:?}", new.join("\n"));
}

fn content() -> PathBuf {
    own("../../content").canonicalize().unwrap()
}

fn text_of(name: &str) -> Value {
    let file = content().join("schema").join(name);
    serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// What does not fit, if anything.
fn misfits(name: &str, json: &Value) -> Option<String> {
    let (schemas, index) = schema(name);
    schemas.validate(json, index).err().map(|error| format!("{error:#}"))
}

fn schema(name: &str) -> (Schemas, SchemaIndex) {
    let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
    compiler.set_default_draft(Draft::V7);
    compiler.add_resource(name, text_of(name)).unwrap();
    let index = compiler.compile(name, &mut schemas).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    (schemas, index)
}

fn fits(name: &str, path: &str, text: &str) {
    let misfits = misfits(name, &json_of(text, path));
    assert_eq!(misfits, None, "{path} and {name}");
}

fn json_of(text: &str, path: &str) -> Value {
    let table: toml::Table = toml::from_str(text).unwrap_or_else(|error| panic!("{path}: {error}"));
    value(toml::Value::Table(table))
}

/// As editors see it: a day is a text.
fn value(from: toml::Value) -> Value {
    match from {
        toml::Value::Table(table) => {
            Value::Object(table.into_iter().map(|(key, item)| (key, value(item))).collect::<Map<String, Value>>())
        }
        toml::Value::Array(items) => Value::Array(items.into_iter().map(value).collect()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(time) => Value::String(time.to_string()),
    }
}
