//! Mesocheck: a private check before mesotherapy, run wholly in the browser.
//!
//! - [`model`]: the nouns (check, question, rule, outcome, answers, decision, pack)
//! - [`engine`]: pure functions over them (replay, decide, explain, …)
//! - `view`: components, rendered natively and in the browser (feature `ssr` or `csr`)
//! - `page`: whole pages made of views
//! - `browser`: session, storage and history (feature `csr`)
//!
//! Who may name whom is written in `ARCHITECTURE.md` and held by `tests/architecture.rs`.

#[cfg(all(feature = "csr", feature = "ssr"))]
compile_error!("features `csr` and `ssr` exclude each other: one build is either the island or the pages");

#[cfg(feature = "csr")]
pub mod browser;
pub mod engine;
pub mod model;
#[cfg(any(feature = "csr", feature = "ssr"))]
#[allow(missing_docs, reason = "the values of a component are named for what they are")]
pub mod page;
#[cfg(any(feature = "csr", feature = "ssr"))]
#[allow(missing_docs, reason = "the values of a component are named for what they are")]
pub mod view;
