//! All that a program of this workspace says, on standard output and standard error. `println!` panics where nobody reads
//! any more and where the disk is full; lints refuse it.
//!
//! - A pipe that was closed: nothing more is written and nothing is said of it. The work goes on, so that what the program
//!   ends with is still its verdict; what has no end asks [`unheard`].
//! - Anything else that fails, such as a full disk, is kept until [`finish`], and is then a failure of the program.
//! - Of what cannot be written to standard error nobody can be told.

use std::fmt::Arguments;
use std::io::{Error, ErrorKind, Result, Write};
use std::process::ExitCode;
use std::sync::Mutex;

/// What keeps standard output from being written to.
static OUTPUT: Mutex<Option<Error>> = Mutex::new(None);

/// Says a line on standard output.
#[macro_export]
macro_rules! say {
    ($($part:tt)*) => { $crate::write(format_args!("{}\n", format_args!($($part)*))) };
}

/// Says a line on standard error.
#[macro_export]
macro_rules! warn {
    ($($part:tt)*) => { $crate::hint(format_args!("{}\n", format_args!($($part)*))) };
}

/// Writes to standard output, unless that has failed before.
pub fn write(text: Arguments<'_>) {
    attempt(|| {
        let mut output = std::io::stdout().lock();
        output.write_fmt(text)?;
        // What a terminal shows, a pipe gets as well: the last line may have no end.
        output.flush()
    });
}

/// Writes to standard error, which nothing follows from.
pub fn hint(text: Arguments<'_>) {
    let mut output = std::io::stderr().lock();
    let _ = output.write_fmt(text).and_then(|()| output.flush());
}

/// Whether what is written reaches nobody any more.
pub fn unheard() -> bool {
    state(|failed| failed.is_some())
}

/// Whether all that was said could be written; a closed pipe counts as read.
///
/// # Errors
/// What kept standard output from being written to.
pub fn heard() -> Result<()> {
    state(|failed| match failed {
        Some(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Error::new(error.kind(), format!("cannot write to standard output: {error}")))
        }
        _ => Ok(()),
    })
}

/// Ends a program with what its library for arguments has to say: help, or what is wrong with them.
pub fn told(is_error: bool, code: i32, print: impl FnOnce() -> Result<()>) -> ExitCode {
    if is_error {
        let _ = print();
    } else {
        attempt(print);
    }
    finish(ExitCode::from(u8::try_from(code).unwrap_or(1)))
}

fn attempt(write: impl FnOnce() -> Result<()>) {
    state(|failed| {
        if failed.is_none() {
            *failed = write().err();
        }
    });
}

/// How the program ends, once it has said everything.
pub fn finish(ended: ExitCode) -> ExitCode {
    match heard() {
        Ok(()) => ended,
        Err(error) => {
            warn!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn state<T>(of: impl FnOnce(&mut Option<Error>) -> T) -> T {
    // A thread that panicked while it wrote leaves nothing half done here.
    of(&mut OUTPUT.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}
