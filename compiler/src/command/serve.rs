//! `mesocheck serve`: serves a finished site as a real host would, with its headers and compressed twins.

use anyhow::{Context, Result, bail};
use site_server::server::{Pages, serve};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use terminal::say;

/// What to serve, and where.
#[derive(clap::Args)]
pub struct Arguments {
    /// The folder with the finished site; where it is left out, `dist`, or `site` if there is no `dist`.
    folder: Option<PathBuf>,
    /// The port on this machine; 0: one that is free.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Pages load anew when the site is made anew. For whoever changes it: the pages' policy is not that of a host.
    #[arg(long)]
    reload: bool,
    /// Browsers show what they have kept of the site until a newer version is taken, as on a host. Without, they ask this
    /// server first.
    #[arg(long, conflicts_with = "reload")]
    as_published: bool,
    /// Ends when the standard input does: with the program that started this.
    #[arg(long, hide = true)]
    until_input_ends: bool,
}

/// Runs the command until it is stopped.
///
/// # Errors
/// Where the folder holds no site, or the port is taken.
pub fn run(arguments: &Arguments) -> Result<()> {
    let known = ["dist", "site"].map(PathBuf::from).into_iter().find(|folder| folder.is_dir());
    let folder = &arguments.folder.clone().or(known).unwrap_or_else(|| "dist".into());
    if !folder.join("404.html").exists() {
        bail!("{} holds no finished site: `mesocheck site` or `cargo xtask build` makes one", folder.display());
    }
    let address = (Ipv4Addr::LOCALHOST, arguments.port);
    let listener = TcpListener::bind(address)
        .with_context(|| format!("cannot listen at port {}: is it taken?", arguments.port))?;
    say!("http://{}/", listener.local_addr()?);
    if arguments.until_input_ends {
        std::thread::spawn(|| {
            // Nobody writes to it. Whether it ended or broke: nobody is there any more.
            let _ = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
            std::process::exit(0);
        });
    }
    terminal::heard()?;
    let pages = match (arguments.reload, arguments.as_published) {
        (true, _) => Pages::Reloading,
        (false, true) => Pages::Still,
        (false, false) => Pages::Fresh,
    };
    serve(folder, listener, pages)
}
