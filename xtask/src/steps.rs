//! Steps with their times, and how to repeat the one that failed.

use anyhow::{Result, anyhow};
use std::fmt::Write;
use std::time::{Duration, Instant};
use terminal::say;

/// What was done so far.
#[derive(Default)]
pub struct Steps {
    taken: Vec<(String, Duration)>,
}

impl Steps {
    /// Does a step. `repeat`: the shortest command that does it again.
    pub fn step<T>(&mut self, name: &str, repeat: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        say!("\n── {name} ── {repeat}");
        let start = Instant::now();
        let result = work();
        self.taken.push((name.to_owned(), start.elapsed()));
        result.map_err(|error| anyhow!("{name} failed: {error:#}\nTo repeat it: {repeat}"))
    }

    /// The times, in the order of the steps.
    pub fn table(&self) -> String {
        let total = ("together".to_owned(), self.taken.iter().map(|(_, time)| *time).sum());
        let mut lines = String::new();
        for (name, time) in self.taken.iter().chain([&total]) {
            // Writing to a string cannot fail.
            let _ = writeln!(lines, "{name:<28}{:>8.1} s", time.as_secs_f64());
        }
        lines
    }
}

/// Does all steps, and prints their times, also where one fails.
pub fn all(work: impl FnOnce(&mut Steps) -> Result<()>) -> Result<()> {
    let mut steps = Steps::default();
    let result = work(&mut steps);
    terminal::write(format_args!("\n{}", steps.table()));
    result?;
    say!("All passed.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::steps::Steps;
    use anyhow::{Result, bail};

    #[test]
    fn a_failure_says_how_to_repeat_it() {
        let mut steps = Steps::default();
        steps.step("one", "cargo one", || Ok(())).unwrap();
        let failed: Result<()> = steps.step("two", "cargo two", || bail!("reason"));
        let told = failed.unwrap_err().to_string();
        assert_eq!(told, "two failed: reason\nTo repeat it: cargo two");
        let table = steps.table();
        assert!(table.starts_with("one ") && table.lines().count() == 3, "{table}");
        assert!(table.lines().last().unwrap().starts_with("together"), "{table}");
    }
}
