//! Drives a real browser through the finished site, in the words of the domain: open the check, answer, continue.
//!
//! Every [`Browser`] is a visit of its own: a server, a driver, a fresh profile. All of them end with it, also when
//! a test panics.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "only tests call this, and a panic is how a test fails"
)]

pub mod answers;
pub mod browser;
pub mod canary;
pub mod fhir;
pub mod flaws;
pub mod host;
pub mod hosting;
pub mod measure;
pub mod offline;
pub mod person;
pub mod process;
pub mod scan;
pub mod site;
pub mod storage;
pub mod watch;
pub mod window;
