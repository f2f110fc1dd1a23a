//! Who may name whom: the import table of `ARCHITECTURE.md`, held over every source file.
//!
//! Files are read as tokens, so comments and strings do not count, and what stands inside a macro does.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic, in any function")]

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The modules of `src/`, and which of them each may name.
const TABLE: &[(&str, &[&str])] = &[
    ("lib", &[]),
    ("main", &[]),
    ("model", &["model"]),
    ("engine", &["engine", "model"]),
    ("view", &["view", "engine", "model"]),
    ("page", &["page", "view", "engine", "model"]),
    ("browser", &["browser", "page", "view", "engine", "model"]),
];

/// Foreign crates that only some modules may name, however they are reached (`leptos::web_sys` too).
const CRATES: &[(&str, &[&str])] = &[
    ("leptos", &["view", "page", "browser"]),
    ("gloo_storage", &["browser::store"]),
    ("web_sys", &["browser"]),
    ("js_sys", &["browser"]),
    ("wasm_bindgen", &["browser"]),
];

/// What pure code and views never reach for: clock, files, network, threads.
const NEVER_IN_SRC: &[&str] = &["time", "fs", "net", "env", "process", "thread"];

/// The module of a file, as written in a path: `view::question` for `view/question.rs`.
fn module(file: &str) -> String {
    file.trim_end_matches(".rs").replace('/', "::")
}

fn within(module: &str, of: &str) -> bool {
    module.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// A path in the code, and its line.
#[derive(Debug)]
struct Named {
    segments: Vec<String>,
    line: usize,
}

impl Named {
    fn starts(&self, with: &[&str]) -> bool {
        self.segments.len() >= with.len() && self.segments.iter().zip(with).all(|(one, other)| one == other)
    }

    fn has(&self, name: &str) -> bool {
        self.segments.iter().any(|segment| segment == name)
    }
}

/// Every path of a source text, those of a nested `use` one by one.
fn paths(text: &str) -> Vec<Named> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("this is no Rust: {error}"));
    let mut found = Vec::new();
    walk(tokens, &[], &mut found);
    found
}

fn walk(tokens: TokenStream, before: &[String], found: &mut Vec<Named>) {
    let mut tokens = tokens.into_iter().peekable();
    // The path that is being read; a nested group begins with what stands before it.
    let mut path = before.to_vec();
    let mut line = 0;
    let mut joined = !before.is_empty();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) => {
                if !joined {
                    end(&mut path, line, found);
                }
                path.push(ident.to_string().trim_start_matches("r#").to_owned());
                line = ident.span().start().line;
                joined = false;
            }
            TokenTree::Punct(colon) if colon.as_char() == ':' && is_colon(tokens.peek()) => {
                tokens.next();
                joined = true;
            }
            TokenTree::Punct(comma) => {
                end(&mut path, line, found);
                joined = comma.as_char() == ',' && !before.is_empty();
                if joined {
                    path = before.to_vec();
                }
            }
            TokenTree::Group(group) if joined && group.delimiter() == Delimiter::Brace => {
                walk(group.stream(), &path, found);
                path.clear();
                joined = false;
            }
            TokenTree::Group(group) => {
                end(&mut path, line, found);
                walk(group.stream(), &[], found);
                joined = false;
            }
            TokenTree::Literal(_) => end(&mut path, line, found),
        }
    }
    end(&mut path, line, found);
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

fn end(path: &mut Vec<String>, line: usize, found: &mut Vec<Named>) {
    if !path.is_empty() {
        found.push(Named { segments: std::mem::take(path), line });
    }
}

/// What a file of any of the packages does that none may.
fn against_the_house(file: &str, named: &[Named]) -> Vec<String> {
    let mut against = Vec::new();
    if file == "mod.rs" || file.ends_with("/mod.rs") {
        against.push(format!("{file}: a module stands in module.rs beside module/, never in mod.rs"));
    }
    for path in named {
        let mut say = |what: &str| against.push(format!("{file}:{}: {what}", path.line));
        if path.has("super") {
            say("`super::` hides where a name comes from: write `crate::`");
        }
        if path.has("unsafe") {
            say("`unsafe` is forbidden");
        }
    }
    against
}

/// What a file below `src/` does that the table forbids.
fn against_the_table(file: &str, text: &str) -> Vec<String> {
    let named = paths(text);
    let module = module(file);
    let top = module.split("::").next().unwrap_or_default();
    let mut against = against_the_house(file, &named);
    let Some((_, allowed)) = TABLE.iter().find(|(name, _)| *name == top) else {
        against.push(format!("{file}: the table does not know the module `{top}`"));
        return against;
    };
    for (place, path) in named.iter().enumerate() {
        let mut say = |what: String| against.push(format!("{file}:{}: {what}", path.line));
        let other = path.segments.get(1).map(String::as_str).unwrap_or_default();
        // The bin names the library by its name, and in it only the browser.
        let foreign = path.starts(&["mesocheck"]) && !(top == "main" && other == "browser");
        let inner = path.starts(&["crate"]) && path.segments.len() > 1 && !allowed.contains(&other);
        if foreign || inner {
            say(format!("`{top}` may not name `{other}`"));
        }
        for (name, homes) in CRATES.iter().filter(|(name, _)| path.has(name)) {
            if !homes.iter().any(|home| within(&module, home)) {
                say(format!("`{name}` is named only in {}", homes.join(", ")));
            }
        }
        if path.starts(&["std"]) && NEVER_IN_SRC.contains(&other) {
            say(format!("`std::{other}` is not for code that runs in the browser or is pure"));
        }
        // `mod store;` in browser.rs is the one place that names it without using it.
        let declared = module == "browser" && path.segments == ["store"] && is_mod(&named, place);
        let store = path.starts(&["crate", "browser", "store"]) || module == "browser" && path.starts(&["store"]);
        let may = within(&module, "browser::session") || within(&module, "browser::store") || declared;
        if store && !may {
            say("only `browser::session` names `browser::store`".into());
        }
    }
    against
}

fn is_mod(named: &[Named], place: usize) -> bool {
    place.checked_sub(1).and_then(|before| named.get(before)).is_some_and(|path| path.segments == ["mod"])
}

/// What tells the time.
const CLOCKS: &[&str] = &["jiff", "SystemTime", "Instant"];

/// What a file of the compiler does that the table forbids: it knows the library, but not the island. A site is the same
/// whenever it is made: only other commands ask for the time, and for the day.
fn against_the_compiler(file: &str, text: &str) -> Vec<String> {
    let named = paths(text);
    let mut against = against_the_house(file, &named);
    for path in named.iter().filter(|path| path.starts(&["mesocheck", "browser"])) {
        against.push(format!("{file}:{}: the compiler never names the island", path.line));
    }
    let site = file == "command/site.rs";
    let asks = |path: &&Named| CLOCKS.iter().any(|clock| path.has(clock)) || site && path.has("today");
    for path in named.iter().filter(asks).filter(|_| site || !within(&module(file), "command")) {
        against.push(format!("{file}:{}: a site does not depend on the day or the time it is made", path.line));
    }
    against
}

/// What a file of xtask does that the table forbids: it runs programs and names neither package.
fn against_xtask(file: &str, text: &str) -> Vec<String> {
    let named = paths(text);
    let mut against = against_the_house(file, &named);
    let package = |path: &Named| path.starts(&["mesocheck"]) || path.starts(&["compiler"]);
    let foreign = |path: &&Named| path.segments.len() > 1 && package(path) || path.has("leptos");
    for path in named.iter().filter(foreign) {
        against.push(format!("{file}:{}: xtask runs programs and names neither package", path.line));
    }
    against
}

/// What the manifests say that the table forbids, in the words of `cargo metadata`.
fn against_the_features(metadata: &serde_json::Value) -> Vec<String> {
    let mut against = Vec::new();
    let empty = Vec::new();
    let list = |value: &serde_json::Value| value.as_array().unwrap_or(&empty).clone();
    for package in list(&metadata["packages"]) {
        let name = package["name"].as_str().unwrap_or_default();
        for dependency in list(&package["dependencies"]) {
            let other = dependency["name"].as_str().unwrap_or_default();
            let features = list(&dependency["features"]);
            if name != "mesocheck" && features.iter().any(|feature| feature == "csr") {
                against.push(format!("{name} enables `csr` of {other}: only the build of the app does"));
            }
            if name == "xtask" && ["mesocheck", "compiler", "site-server", "leptos"].contains(&other) {
                against.push(format!("xtask depends on {other}: it runs programs"));
            }
        }
        let default = list(&package["features"]["default"]);
        if default.iter().any(|feature| feature == "csr" || feature == "ssr") {
            against.push(format!("{name} makes `csr` or `ssr` a default"));
        }
    }
    against
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder, with their names inside it, in order.
fn files(folder: &str) -> Vec<(String, String)> {
    let top = root().join(folder);
    let mut open: Vec<PathBuf> = vec![top.clone()];
    let mut found = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(&top).unwrap().to_str().unwrap().to_owned();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "{folder} holds no Rust file");
    found.sort();
    found
}

fn held(folder: &str, against: fn(&str, &str) -> Vec<String>) {
    let all: Vec<String> = files(folder).iter().flat_map(|(name, text)| against(name, text)).collect();
    assert!(all.is_empty(), "In {folder}:\n{}", all.join("\n"));
}

#[test]
fn every_module_of_the_library_names_only_what_it_may() {
    held("src", against_the_table);
}

#[test]
fn the_compiler_never_names_the_island() {
    held("compiler/src", against_the_compiler);
}

#[test]
fn xtask_names_neither_package() {
    held("xtask/src", against_xtask);
}

#[test]
fn no_manifest_enables_the_island() {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root());
    let output = cargo.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(metadata["packages"].as_array().unwrap().len() > 2);
    assert_eq!(against_the_features(&metadata), Vec::<String>::new());
}

// The test of the test.

#[test]
fn a_file_outside_the_table_is_refused() {
    for (file, text, says) in [
        ("model.rs", "use crate::engine::decide;", "`model` may not name `engine`"),
        ("model/check.rs", "fn f() { crate::view::show() }", "`model` may not name `view`"),
        ("model.rs", "use mesocheck::engine::decide;", "`model` may not name `engine`"),
        ("engine/decide.rs", "use crate::{model::Check, view::Act};", "`engine` may not name `view`"),
        ("engine.rs", "use crate::browser;", "`engine` may not name `browser`"),
        ("view/question.rs", "use crate::page::Home;", "`view` may not name `page`"),
        ("view.rs", "view! { <p>{crate::browser::now()}</p> }", "`view` may not name `browser`"),
        ("page/home.rs", "use crate::browser::session;", "`page` may not name `browser`"),
        ("lib.rs", "use crate::model::Check;", "`lib` may not name `model`"),
        ("main.rs", "fn main() { mesocheck::engine::replay() }", "`main` may not name `engine`"),
        ("style/tokens.rs", "", "does not know the module `style`"),
        ("engine/decide.rs", "use leptos::prelude::*;", "`leptos` is named only in view, page, browser"),
        ("engine/decide.rs", "fn f(now: leptos::Signal) {}", "`leptos` is named only in"),
        ("view/start.rs", "use leptos::{ev, web_sys::Event};", "`web_sys` is named only in browser"),
        ("page/check.rs", "fn f() -> js_sys::Date { g() }", "`js_sys` is named only in browser"),
        ("page/check.rs", "use wasm_bindgen::JsCast;", "`wasm_bindgen` is named only in browser"),
        ("browser/session.rs", "use gloo_storage::Storage;", "`gloo_storage` is named only in browser::store"),
        ("browser/steps.rs", "use crate::browser::store;", "only `browser::session` names"),
        ("browser/steps.rs", "use crate::browser::{session, store::Store};", "only `browser::session` names"),
        ("browser.rs", "mod store; pub use store::Store;", "only `browser::session` names"),
        ("engine/decide.rs", "use std::time::Instant;", "`std::time` is not for code"),
        ("engine/decide.rs", "use super::replay;", "`super::` hides"),
        ("engine/decide.rs", "mod tests { use super::*; }", "`super::` hides"),
        ("model/check.rs", "fn f() { unsafe { g() } }", "`unsafe` is forbidden"),
        ("model/mod.rs", "", "never in mod.rs"),
    ] {
        let against = against_the_table(file, text);
        assert_eq!(against.len(), 1, "{file}: {text}: {against:?}");
        assert!(against.iter().all(|line| line.contains(says) && line.starts_with(file)), "{text}: {against:?}");
    }
}

#[test]
fn a_file_inside_the_table_passes() {
    for (file, text) in [
        ("model/check.rs", "use crate::model::{Date, Rule};\nuse serde::Serialize;\n// use crate::engine::decide;"),
        ("engine/decide.rs", "/// See [`crate::view::Act`], super::x and web_sys.\nuse crate::model::Check;"),
        ("view/start.rs", "use crate::model::Check;\nuse leptos::prelude::*;\nconst TEXT: &str = \"crate::browser\";"),
        ("page.rs", "use crate::view::{Act, start::Start};\npub(crate) fn page() {}"),
        ("main.rs", "fn main() { mesocheck::browser::start() }"),
        ("browser.rs", "mod session; mod store; use web_sys::Window;"),
        ("browser/session.rs", "use crate::browser::store::Store;"),
        ("browser/store.rs", "use gloo_storage::LocalStorage;"),
        ("engine/tick.rs", "macro_rules! m { () => { $crate::model::Check } }"),
    ] {
        assert_eq!(against_the_table(file, text), Vec::<String>::new(), "{file}");
    }
}

#[test]
fn a_compiler_or_xtask_that_names_too_much_is_refused() {
    let compiler = |text| against_the_compiler("main.rs", text).len();
    assert_eq!(compiler("use mesocheck::model::Check;"), 0);
    assert_eq!(compiler("use mesocheck::{browser::start, model::Check};"), 1);
    assert_eq!(compiler("use super::x;"), 1);
    let clock = |file, text| against_the_compiler(file, text).len();
    assert_eq!(clock("site/pages.rs", "use jiff::Zoned;"), 1);
    assert_eq!(clock("pack.rs", "fn f() { std::time::SystemTime::now() }"), 1);
    assert_eq!(clock("command/site.rs", "use crate::command::{today, whole_content};"), 1);
    assert_eq!(clock("command/check.rs", "use crate::command::today; use std::time::Instant;"), 0);
    let xtask = |text| against_xtask("main.rs", text).len();
    assert_eq!(xtask("fn f() { compiler(\"mesocheck\") }"), 0);
    assert_eq!(xtask("use mesocheck::model::Check;"), 1);
    assert_eq!(xtask("use compiler::read;"), 1);
}

#[test]
fn a_manifest_that_enables_too_much_is_refused() {
    let metadata = |name: &str, other: &str, feature: &str, default: &str| {
        let dependency = serde_json::json!({ "name": other, "features": [feature] });
        let package =
            serde_json::json!({ "name": name, "dependencies": [dependency], "features": { "default": [default] } });
        against_the_features(&serde_json::json!({ "packages": [package] })).len()
    };
    assert_eq!(metadata("compiler", "mesocheck", "ssr", "other"), 0);
    assert_eq!(metadata("compiler", "mesocheck", "csr", "other"), 1);
    assert_eq!(metadata("compiler", "leptos", "csr", "other"), 1);
    assert_eq!(metadata("xtask", "compiler", "std", "other"), 1);
    assert_eq!(metadata("mesocheck", "serde", "std", "csr"), 1);
}
