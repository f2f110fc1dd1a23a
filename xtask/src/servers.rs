//! The web servers whose configurations the site comes with: Debian's packages, taken apart into the project's own
//! folder. Nothing is installed, and no server is started on this machine but by a test.

use crate::program::{TOOLS, exists, program, run};
use crate::system;
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::{Path, PathBuf};
use terminal::say;

/// The servers, and what they need that a small Debian lacks.
const PACKAGES: [&str; 7] = ["nginx", "nginx-common", "caddy", "apache2-bin", "libapr1", "libaprutil1", "media-types"];

/// Brings them, where they are missing.
pub fn set_up() -> Result<()> {
    let folder = Path::new(TOOLS).join("servers");
    if folder.exists() {
        return Ok(());
    }
    if !exists("apt-get") || !exists("dpkg-deb") {
        bail!(
            "the hosting tests run nginx, Apache and Caddy as Debian packs them, with apt-get and dpkg-deb: run the \
             browser tests on Debian or its kin"
        );
    }
    let packages = folder.with_extension("new").join("packages");
    fs::create_dir_all(&packages).with_context(|| format!("cannot make {}", packages.display()))?;
    if download(&packages).is_err() {
        system::update_lists()?;
        download(&packages)?;
    }
    let unpacked = folder.with_extension("new");
    for package in files(&packages)? {
        run(program("dpkg-deb")?.arg("--extract").arg(package).arg(&unpacked))?;
    }
    fs::remove_dir_all(&packages).with_context(|| format!("cannot delete {}", packages.display()))?;
    fs::rename(&unpacked, &folder).with_context(|| format!("cannot make {}", folder.display()))
}

fn download(to: &Path) -> Result<()> {
    say!("Fetching the web servers whose configurations are tried: {} …", PACKAGES.join(" "));
    run(program("apt-get")?.arg("download").args(PACKAGES).current_dir(to))
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    Ok(entries.flatten().map(|entry| entry.path()).collect())
}
