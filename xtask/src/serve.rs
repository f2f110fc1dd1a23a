//! `cargo xtask serve`: the site on this machine.

use crate::build::{DIST, compiler, site, trunk};
use crate::program::{become_program, cargo};
use crate::tools;
use anyhow::{Context, Result};
use std::env;
use std::net::{Ipv4Addr, TcpListener};

/// How to serve.
#[derive(clap::Args)]
pub struct Arguments {
    /// The port to serve at
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Build again whenever source or content changes
    #[arg(long)]
    dev: bool,
}

/// Sets up, builds, and serves until Ctrl-C.
pub fn serve(arguments: &Arguments) -> Result<()> {
    ensure_free(arguments.port)?;
    tools::set_up()?;
    let port = arguments.port.to_string();
    if arguments.dev {
        compiler()?;
        let mut trunk = trunk(&env::current_dir()?)?;
        // The compressed twins take longer than all the rest, and Trunk's server does not send them.
        trunk.env("MESOCHECK_NO_TWINS", "1");
        // A page that was kept would hide the change that was just made.
        trunk.env("MESOCHECK_KILL_SWITCH", "1");
        return become_program(trunk.args(["serve", "--address", "127.0.0.1", "--port", &port]));
    }
    site()?;
    become_program(
        cargo(&["run", "--quiet", "--package", "compiler", "--bin", "mesocheck", "--"])?
            .args(["serve", DIST, "--port", &port]),
    )
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
