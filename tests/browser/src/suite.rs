//! The suite: every `#[browser_test]`, run side by side, on browsers they share.

pub use inventory;

use crate::cpu::Cpu;
use crate::pool;
use libtest_mimic::{Arguments, Trial};
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use terminal::say;

/// How many of the slowest are named at the end.
const NAMED: usize = 10;
/// How many tests that failed are run once more. More of them are no accident.
const AGAIN: usize = 4;

/// A test, as `#[browser_test]` registers it.
#[derive(Debug)]
pub struct Test {
    /// Its module.
    pub place: &'static str,
    /// Its function.
    pub name: &'static str,
    /// What it does; it panics where something is wrong.
    pub run: fn(),
    /// Whether it needs Chromium's own protocol.
    pub chromium: bool,
    /// Whether no other may run meanwhile.
    pub alone: bool,
    /// Whether only `cargo xtask verify` runs it.
    pub verify: bool,
}

inventory::collect!(Test);

/// What a test took: of time, and of processor time in its browsers and in itself.
struct Taken {
    name: String,
    time: Duration,
    processor: Duration,
}

static TAKEN: Mutex<Vec<Taken>> = Mutex::new(Vec::new());
/// Tests that were run once more.
static REPEATED: Mutex<Vec<String>> = Mutex::new(Vec::new());
/// Written by a test that runs alone, read by all others.
static UNDISTURBED: RwLock<()> = RwLock::new(());

thread_local! {
    static NOW: Cell<Option<&'static Test>> = const { Cell::new(None) };
    static PROCESSOR: Cell<Duration> = const { Cell::new(Duration::ZERO) };
}

impl Test {
    fn title(&self) -> String {
        let module = self.place.split_once("::").map_or(self.place, |(_, module)| module);
        format!("{module}::{}", self.name)
    }

    /// Runs it, and a second time if it fails, alone: on a busy machine a browser may keep a test waiting in vain. What is
    /// broken fails twice; what passed at the second attempt only is named at the end.
    fn run_at_most_twice(&'static self) {
        let Err(why) = catch_unwind(AssertUnwindSafe(|| self.run(self.alone))) else { return };
        let mut repeated = REPEATED.lock().unwrap_or_else(PoisonError::into_inner);
        if repeated.len() == AGAIN {
            resume_unwind(why);
        }
        repeated.push(self.title());
        drop(repeated);
        terminal::warn!("{} failed; once more, alone", self.title());
        self.run(true);
    }

    fn run(&'static self, alone: bool) {
        // A test that failed meanwhile has said why.
        let alone = alone.then(|| UNDISTURBED.write().unwrap_or_else(PoisonError::into_inner));
        let beside = alone.is_none().then(|| UNDISTURBED.read().unwrap_or_else(PoisonError::into_inner));
        NOW.set(Some(self));
        PROCESSOR.set(Duration::ZERO);
        let (start, own) = (Instant::now(), Cpu::of_this_thread());
        (self.run)();
        let processor = PROCESSOR.get() + Cpu::of_this_thread().saturating_sub(own);
        let taken = Taken { name: self.title(), time: start.elapsed(), processor };
        TAKEN.lock().unwrap_or_else(PoisonError::into_inner).push(taken);
        drop((alone, beside));
    }
}

/// The test that runs in this thread.
pub fn now() -> Option<&'static Test> {
    NOW.get()
}

/// What the test that runs in this thread is called.
pub fn title() -> String {
    now().map_or_else(|| "no test".to_owned(), Test::title)
}

/// Adds what a browser took to what the test that runs in this thread took.
pub fn add_processor(taken: Duration) {
    PROCESSOR.set(PROCESSOR.get() + taken);
}

/// Runs the tests that the command line names, and says which were slow.
pub fn main() {
    let mut arguments = Arguments::from_args();
    // As many at a time as there are processors: with one more, each takes longer than the waiting saves.
    arguments.test_threads.get_or_insert(std::thread::available_parallelism().map_or(2, usize::from));
    let trial = |test: &'static Test| {
        let run = move || {
            test.run_at_most_twice();
            Ok(())
        };
        Trial::test(test.title(), run).with_ignored_flag(test.verify)
    };
    let mut tests: Vec<&Test> = inventory::iter::<Test>.into_iter().collect();
    tests.sort_by_key(|test| (test.alone, test.place, test.name));
    let start = Instant::now();
    let conclusion = libtest_mimic::run(&arguments, tests.into_iter().map(trial).collect());
    pool::close();
    if !arguments.list {
        print_slowest(start.elapsed());
        print_repeated();
    }
    conclusion.exit();
}

fn print_repeated() {
    let repeated = REPEATED.lock().unwrap_or_else(PoisonError::into_inner);
    if !repeated.is_empty() {
        say!("failed at the first attempt: {}\n", repeated.join(", "));
    }
}

fn print_slowest(all: Duration) {
    let mut taken = TAKEN.lock().unwrap_or_else(PoisonError::into_inner);
    if taken.is_empty() {
        return;
    }
    taken.sort_by_key(|test| std::cmp::Reverse(test.time));
    say!("the slowest, with seconds and seconds of processor time:");
    for Taken { name, time, processor } in taken.iter().take(NAMED) {
        say!("{:>8.1} {:>6.1}  {name}", time.as_secs_f64(), processor.as_secs_f64());
    }
    let mut processor: Vec<Duration> = taken.iter().map(|test| test.processor).collect();
    processor.sort();
    let (sum, middle) = (processor.iter().sum::<Duration>(), processor[processor.len() / 2]);
    say!(
        "{} tests in {:.1} s; processor time {:.1} s, median {:.2} s a test\n",
        processor.len(),
        all.as_secs_f64(),
        sum.as_secs_f64(),
        middle.as_secs_f64()
    );
}
