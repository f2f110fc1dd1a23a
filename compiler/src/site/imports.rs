//! What the app can ask of a browser: the names it imports, held against a list that a person has read.
//!
//! This is a tripwire, not the wall: the policy of the pages is that. It makes everybody who adds a way to the outside
//! say so in a change of the list.

use anyhow::{Context, Result, bail};
use std::collections::BTreeSet;
use wasmparser::{Parser, Payload};

/// One name on a line; `#` begins a remark. What the glue does not catch says why it need not.
const ALLOWED: &str = include_str!("imports.txt");

/// The names of the list, each with why it may go uncaught.
fn listed() -> impl Iterator<Item = (&'static str, Option<&'static str>)> {
    let lines = ALLOWED.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").map_or((line, None), |(name, why)| (name, Some(why))))
}

/// Fails where the app calls something that may throw, and nothing would catch it: a throw ends whatever the app was about,
/// with its locks held and half of the screen drawn.
///
/// # Errors
/// Names the calls.
pub fn must_be_caught(glue: &str) -> Result<()> {
    let sure: BTreeSet<&str> = listed().filter(|(_, why)| why.is_some()).map(|(name, _)| name).collect();
    let uncaught = glue.lines().filter_map(|line| {
        let (name, call) = line.trim_start().split_once(": function(")?;
        (name.starts_with("__wb") && !call.contains("handleError(")).then(|| plain(name))
    });
    let beyond: BTreeSet<&str> = uncaught.filter(|name| !sure.contains(name)).collect();
    if !beyond.is_empty() {
        bail!(
            "the app calls what may throw, and does not catch it: {}. Call it through src/browser/foreign.rs, or say in \
             compiler/src/site/imports.txt why it cannot",
            beyond.into_iter().collect::<Vec<&str>>().join(", ")
        );
    }
    Ok(())
}

/// Fails where the app imports what is not on the list.
///
/// # Errors
/// Names what it imports beyond, or says that the file is damaged.
pub fn must_be_allowed(wasm: &[u8]) -> Result<()> {
    let allowed: BTreeSet<&str> = listed().map(|(name, _)| name).collect();
    let imported = imports(wasm)?;
    let beyond: Vec<&str> = imported.iter().map(String::as_str).filter(|name| !allowed.contains(name)).collect();
    if !beyond.is_empty() {
        bail!(
            "the app asks the browser for what it may not: {}. Where that sends nothing anywhere, add it to \
             compiler/src/site/imports.txt",
            beyond.join(", ")
        );
    }
    Ok(())
}

/// The names of everything a module imports, without the mark and the number that wasm-bindgen puts around them.
fn imports(wasm: &[u8]) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload.context("island_bg.wasm is damaged")? {
            for import in section.into_imports() {
                names.insert(plain(import.context("island_bg.wasm is damaged")?.name).to_owned());
            }
        }
    }
    Ok(names)
}

fn plain(name: &str) -> &str {
    let name = name.strip_prefix("__wbg_").unwrap_or(name);
    let numbered =
        |(_, number): &(&str, &str)| number.len() == 16 && number.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.rsplit_once('_').filter(numbered).map_or(name, |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use crate::site::imports::{listed, must_be_allowed, must_be_caught, plain};

    /// A module that imports one function without parameters.
    fn importing(name: &str) -> Vec<u8> {
        let (module, length) = (b"./island_bg.js", u8::try_from(name.len()).unwrap());
        let import = [&[1, 14], &module[..], &[length], name.as_bytes(), &[0, 0]].concat();
        let size = u8::try_from(import.len()).unwrap();
        [b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02", &[size][..], &import].concat()
    }

    #[test]
    fn every_way_to_send_is_refused() {
        assert!(must_be_allowed(&importing("__wbg_setItem_cfa3cb31f271776a")).is_ok());
        for sender in [
            "fetch",
            "open",
            "send",
            "sendBeacon",
            "WebSocket",
            "EventSource",
            "postMessage",
            "RTCPeerConnection",
            "submit",
            "assign",
            "set_src",
            "set_cookie",
            "importScripts",
        ] {
            let error =
                must_be_allowed(&importing(&format!("__wbg_{sender}_0123456789abcdef"))).unwrap_err().to_string();
            assert!(error.contains(&format!("may not: {sender}. ")), "{error}");
        }
    }

    #[test]
    fn a_call_that_may_throw_is_caught_or_refused() {
        let caught = "__wbg_focus_d5e2fdbdb56416f0: function() { return handleError(function (arg0) {\narg0.focus();";
        let sure = "__wbg_createComment_bf8f324d5ce3d460: function(arg0) {";
        assert!(must_be_caught(&[caught, sure].join("\n")).is_ok());
        let bare =
            "        __wbg_scrollIntoView_e87dbe8c70be0efb: function(arg0) {\n            arg0.scrollIntoView();";
        let error = must_be_caught(bare).unwrap_err().to_string();
        assert!(error.contains("does not catch it: scrollIntoView. "), "{error}");
    }

    #[test]
    fn a_name_is_told_from_its_number() {
        assert_eq!(plain("__wbg_new_with_base_44e88b67db0c589b"), "new_with_base");
        assert_eq!(plain("__wbindgen_init_externref_table"), "__wbindgen_init_externref_table");
    }

    #[test]
    fn the_list_is_in_order_and_says_nothing_twice() {
        let names: Vec<&str> = listed().map(|(name, _)| name).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{names:?}");
    }
}
