//! `cargo xtask serve`: the site on this machine.

use crate::build::{DIST, Profile, app_and_compiler, mesocheck, site};
use crate::program::become_program;
use crate::watch;
use anyhow::{Context, Result};
use std::net::{Ipv4Addr, TcpListener};

/// How to serve.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port to serve at
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build again whenever source or content changes, and load open pages anew
    #[arg(long)]
    dev: bool,
}

/// Sets up, builds, and serves until Ctrl-C.
pub fn serve(arguments: &Arguments) -> Result<()> {
    ensure_free(arguments.port)?;
    if arguments.dev {
        return watch::serve(arguments.port);
    }
    app_and_compiler(Profile::Small)?;
    site(DIST, &[])?;
    become_program(mesocheck().args(["serve", DIST, "--port", &arguments.port.to_string()]))
}

/// Better now than after minutes of building.
fn ensure_free(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .with_context(|| format!("port {port} cannot be used; try another, such as --port {}", another(port)))
}

fn another(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(8080)
}

#[cfg(test)]
mod tests {
    use crate::serve::{another, ensure_free};
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn a_port_in_use_is_refused_with_a_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let error = ensure_free(port).unwrap_err().to_string();
        assert!(error.contains(&format!("--port {}", another(port))), "{error}");
        drop(taken);
        assert!(ensure_free(port).is_ok());
    }

    #[test]
    fn another_port_is_always_a_port() {
        assert_eq!(another(8080), 8081);
        assert_eq!(another(u16::MAX), 8080);
    }
}
