//! `cargo xtask measure`: size and speed of the site, in a browser.

use crate::program::{cargo, run};
use crate::{browsers, build, tools};
use anyhow::Result;

/// Sets up, builds the site and measures it.
pub fn measure() -> Result<()> {
    tools::set_up()?;
    browsers::set_up()?;
    browsers::npm_packages()?;
    build::site()?;
    run(&mut cargo(&["run", "--quiet", "--package", "browser-tests", "--bin", "measure"])?)
}
