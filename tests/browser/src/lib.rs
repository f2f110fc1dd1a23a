//! Drives a real browser through the finished site, in the words of the domain: open the check, answer, continue.
//!
//! Every [`browser::Browser`] is a visit of its own: a tab, and a site on a port that no other had. Browsers are shared
//! ([`pool`]); what each is, [`chromium`] knows; tests are run by [`suite`].
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::missing_panics_doc,
    reason = "only tests call this, and a panic is how a test fails"
)]

pub use browser_test_macro::browser_test;

pub mod answers;
pub mod browser;
pub mod canary;
pub mod chromium;
pub mod cpu;
pub mod fhir;
pub mod firefox;
pub mod flaws;
pub mod host;
pub mod hosting;
pub mod measure;
pub mod offline;
pub mod person;
pub mod pool;
pub mod printed;
pub mod process;
pub mod scan;
pub mod site;
pub mod storage;
pub mod suite;
pub mod watch;
pub mod window;
