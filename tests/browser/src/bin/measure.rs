//! Size and speed of a cold visit and of a whole check, against their limits. `cargo xtask measure` calls it.

use browser_tests::measure::{Speed, cold_visit, first_paint, kept_files, whole_check};
use std::process::ExitCode;
use std::time::Duration;
use terminal::say;

/// Bytes of a cold visit to the check, as sent.
const BYTES: u64 = 194_000;
/// Bytes of everything that is kept for use without a connection, as sent.
const KEPT: u64 = 450_000;
/// Milliseconds the app comes late by, in the test of the first paint.
const LATE: u64 = 1500;
/// Milliseconds from Continue to the next screen, on a processor 4 times as slow.
const STEP: f64 = 50.0;
/// Layout shift a visit may add up to: what is called good is 0.1.
const SHIFT: f64 = 0.02;

fn main() -> ExitCode {
    let mut missed = 0;
    let mut limit = |name: &str, is: String, most: String, met: bool| {
        missed += u32::from(!met);
        say!("{name:<52}{is:>12}   at most {most:<12}{}", if met { "" } else { "MISSED" });
    };

    say!("A cold visit to /en/check/, brotli");
    let files = cold_visit();
    for (name, bytes) in &files {
        say!("  {name:<50}{bytes:>10} B");
    }
    let total = files.values().sum::<u64>();
    limit("together", format!("{total} B"), format!("{BYTES} B"), total <= BYTES);

    say!("\nKept after that for use without a connection, brotli");
    let files = kept_files();
    let kept = files.iter().map(|(_, bytes)| bytes).sum::<u64>();
    limit(&format!("{} files", files.len()), format!("{kept} B"), format!("{KEPT} B"), kept <= KEPT);

    say!("\nFirst contentful paint");
    limit("as it is", milliseconds(first_paint(None)), String::from("-"), true);
    let late = first_paint(Some(Duration::from_millis(LATE)));
    limit("with an app that comes 1.5 s late", milliseconds(late), format!("{LATE} ms"), late < 1500.0);

    say!("\nFrom Continue to the next screen, processor 4 times as slow");
    let Speed { steps, result, shift } = whole_check();
    let times: Vec<f64> = steps.iter().map(|(_, taken)| *taken).collect();
    limit("median", milliseconds(middle(&times)), milliseconds(STEP), middle(&times) <= STEP);
    let worst = steps.into_iter().max_by(|(_, one), (_, other)| one.total_cmp(other)).unwrap_or_default();
    let name = format!("worst of {}: after {}", times.len(), worst.0);
    limit(&name, milliseconds(worst.1), milliseconds(STEP), worst.1 <= STEP);
    limit("a result of several findings", milliseconds(result), String::from("-"), true);
    limit("layout shift", format!("{shift:.4}"), format!("{SHIFT}"), shift <= SHIFT);
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn milliseconds(value: f64) -> String {
    format!("{value:.1} ms")
}

fn middle(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::MAX)
}
