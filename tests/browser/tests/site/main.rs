//! The finished site in a real browser. One program, so that visits run side by side.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    reason = "a test may panic and print, also outside its own function"
)]

mod aftercare;
mod broken;
mod clinic;
mod embed;
mod emergency;
mod exit;
mod faq;
mod fhir;
mod foreign;
mod handed_on;
mod handover;
mod hosting;
mod journey;
mod keeping;
mod leave;
mod looks;
mod making;
mod offline;
mod outcomes;
mod paper;
mod press;
mod printed;
mod privacy;
mod result;
mod single;
mod sites;
mod size;
mod stale;
mod translated;
mod wake;
mod whom;

fn main() {
    browser_tests::suite::main();
}
