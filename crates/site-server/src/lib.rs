//! Serves a finished site as a host would: `mesocheck serve`, `cargo xtask serve --dev` and the browser tests call it.
//!
//! - [`policy`]: what pages and the worker may do
//! - [`routes`]: the files of a folder, with the headers a host sends
//! - [`server`]: a server of those, in a thread of its own
//! - `fresh`: a worker that shows what it has kept only where the server is gone
//! - `reload`: pages that load anew when the site was made anew, for `--dev` alone

pub mod fresh;
pub mod policy;
mod reload;
pub mod routes;
pub mod server;
