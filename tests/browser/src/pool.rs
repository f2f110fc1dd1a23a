//! Browsers that tests share. Each test has a tab of its own, on a port no test had before: another origin, so another
//! storage, other caches and other workers.

use crate::chromium::{Chromium, Setting};
use std::sync::{Mutex, PoisonError};

/// After so many tests a browser is replaced: what it remembers of origins that are gone adds up.
const LOANS: u32 = 40;

static FREE: Mutex<Vec<Chromium>> = Mutex::new(Vec::new());

/// A browser that nobody uses, or a new one.
pub fn take() -> Chromium {
    let free = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
    free.unwrap_or_else(|| Chromium::start(Setting::Usual, &[]))
}

/// Takes a browser back that is as it was when it was taken.
pub fn give_back(browser: Chromium) {
    if browser.loans() < LOANS {
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(browser);
    }
}

/// Ends those that nobody uses.
pub fn close() {
    FREE.lock().unwrap_or_else(PoisonError::into_inner).clear();
}
