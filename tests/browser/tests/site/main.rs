//! The finished site in a real browser. One program, so that visits run side by side.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may panic, also outside its own function"
)]

mod aftercare;
mod broken;
mod emergency;
mod faq;
mod journey;
mod keeping;
mod looks;
mod outcomes;
mod privacy;
mod size;
mod stale;
