//! The compiler as its users run it. One program: twenty would be linked one by one, and run one after another.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::case_sensitive_file_extension_comparisons,
    reason = "a test may panic, also outside its own function"
)]

mod accept;
mod asked;
mod broken;
mod check;
mod clinic;
mod cohort;
mod decide;
mod diff;
mod dossier;
mod draw;
mod export;
mod guide;
mod heard;
mod mutate;
mod output;
mod paper;
mod parts;
mod prove;
mod review;
mod schema;
mod site;
mod slips;
mod style;
