//! `cargo xtask package`: an archive with which somebody without Rust, and without a connection, publishes the site with
//! their own words and settings.

use crate::build::{APP, DIST, build, built};
use crate::folder::{self, Files, read};
use crate::program::{exists, program, run};
use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use sha2::{Digest, Sha256};
use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::fs;
use std::path::Path;
use terminal::say;

/// Where the archive is put. There is never more than one.
const FOLDER: &str = "target/package";
/// The guide, which stands in the archive as its README.
const GUIDE: &str = "docs/publishing.md";
/// Folders as they are, by their names in the archive.
const FOLDERS: [(&str, &str); 4] = [("content", "content"), ("public", "public"), (APP, "app"), (DIST, "site")];
const LICENCES: [&str; 3] = ["LICENSE", "LICENSE-MIT", "LICENSE-APACHE"];
/// 2000-01-01: the time of every file in the archive.
const TIME: u64 = 946_684_800;

/// Sets up, builds the site, and packs it.
pub fn package() -> Result<()> {
    build()?;
    pack()
}

/// Packs the site that is in `dist`, with all it is made of.
pub fn pack() -> Result<()> {
    let mut files = gathered()?;
    let binary = stripped()?;
    let libc = needed_libc(&binary).map(|version| format!("-glibc{version}")).unwrap_or_default();
    files.insert(format!("mesocheck{EXE_SUFFIX}"), binary);
    files.insert("SHA256SUMS".into(), sums(&files).into_bytes());
    let name = format!("mesocheck-{}-{OS}-{ARCH}{libc}", env!("CARGO_PKG_VERSION"));
    let path = format!("{FOLDER}/{name}.tar.gz");
    let packed = archive(&name, &files)?;
    fs::remove_dir_all(FOLDER).or_else(|error| if Path::new(FOLDER).exists() { Err(error) } else { Ok(()) })?;
    fs::create_dir_all(FOLDER)?;
    fs::write(&path, &packed).with_context(|| format!("cannot write {path}"))?;
    say!("The archive is {path}: {} files, {} kB.", files.len(), packed.len() / 1000);
    Ok(())
}

fn gathered() -> Result<Files> {
    let mut files = Files::new();
    for (folder, name) in FOLDERS {
        let inside = folder::files(Path::new(folder))?;
        files.extend(inside.into_iter().map(|(path, bytes)| (format!("{name}/{path}"), bytes)));
    }
    for name in LICENCES {
        files.insert(name.into(), read(Path::new(name))?);
    }
    for entry in fs::read_dir("docs")? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "md") {
            files.insert(path.to_string_lossy().into_owned(), read(&path)?);
        }
    }
    let guide = String::from_utf8(read(Path::new(GUIDE))?)?;
    files.insert("README.md".into(), at_the_root(&guide).into_bytes());
    Ok(files)
}

/// The guide links to pages beside it, which in the archive lie in a folder.
fn at_the_root(guide: &str) -> String {
    guide.replace("](", "](docs/")
}

/// The program without its names for debuggers, a third of it. Where nothing strips, it is packed as it is.
fn stripped() -> Result<Vec<u8>> {
    let built = built("mesocheck");
    if !exists("strip") {
        return read(&built);
    }
    let small = built.with_added_extension("stripped");
    run(program("strip")?.arg("-o").arg(&small).arg(&built))?;
    let bytes = read(&small)?;
    fs::remove_file(small)?;
    Ok(bytes)
}

/// The oldest GNU C library the program runs with: the newest version it names.
fn needed_libc(binary: &[u8]) -> Option<String> {
    let names = binary.windows(8).enumerate().filter(|(_, bytes)| *bytes == b"GLIBC_2.");
    let minor = |(place, _): (usize, &[u8])| -> Option<u32> {
        let digits = binary.iter().skip(place + 8).take_while(|byte| byte.is_ascii_digit());
        digits.map(|digit| char::from(*digit)).collect::<String>().parse().ok()
    };
    names.filter_map(minor).max().map(|minor| format!("2.{minor}"))
}

/// As `sha256sum -c` reads it.
fn sums(files: &Files) -> String {
    let hex =
        |bytes: &[u8]| Sha256::digest(bytes).iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"));
    files.iter().fold(String::new(), |text, (path, bytes)| text + &hex(bytes) + "  " + path + "\n")
}

/// The same files give the same bytes, whenever and by whomever they are packed.
fn archive(name: &str, files: &Files) -> Result<Vec<u8>> {
    let mut tar = tar::Builder::new(GzBuilder::new().write(Vec::new(), Compression::best()));
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(u64::try_from(bytes.len())?);
        header.set_mode(if path.starts_with("mesocheck") { 0o755 } else { 0o644 });
        header.set_mtime(TIME);
        header.set_uid(0);
        header.set_gid(0);
        tar.append_data(&mut header, format!("{name}/{path}"), bytes.as_slice())?;
    }
    Ok(tar.into_inner()?.finish()?)
}

#[cfg(test)]
mod tests {
    use crate::folder::Files;
    use crate::package::{TIME, archive, at_the_root, needed_libc, sums};
    use std::io::Read;

    fn files() -> Files {
        [("mesocheck", "program"), ("content/site.toml", "a = 1"), ("app/island.js", "")]
            .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn an_archive_holds_everything_in_order_and_nothing_of_who_packed_it() {
        let packed = archive("name", &files()).unwrap();
        assert_eq!(packed, archive("name", &files()).unwrap());
        let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(packed.as_slice()));
        let entry = |entry: std::io::Result<tar::Entry<_>>| {
            let mut entry = entry.unwrap();
            let mut text = String::new();
            entry.read_to_string(&mut text).unwrap();
            let header = entry.header();
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0));
            assert_eq!(header.mtime().unwrap(), TIME);
            (entry.path().unwrap().to_string_lossy().into_owned(), header.mode().unwrap(), text)
        };
        let entries: Vec<(String, u32, String)> = tar.entries().unwrap().map(entry).collect();
        let wanted = [
            ("name/app/island.js", 0o644, ""),
            ("name/content/site.toml", 0o644, "a = 1"),
            ("name/mesocheck", 0o755, "program"),
        ];
        assert_eq!(entries, wanted.map(|(path, mode, text)| (path.to_owned(), mode, text.to_owned())));
    }

    #[test]
    fn the_sums_are_those_of_the_files() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  app/island.js\n";
        assert!(sums(&files()).starts_with(empty), "{}", sums(&files()));
        assert_eq!(sums(&files()).lines().count(), 3);
    }

    #[test]
    fn the_newest_library_a_program_names_is_the_one_it_needs() {
        assert_eq!(needed_libc(b"\0GLIBC_2.9\0GLIBC_2.34\0GLIBC_2.17\0GLIBC_PRIVATE").as_deref(), Some("2.34"));
        assert_eq!(needed_libc(b"none"), None);
    }

    #[test]
    fn links_of_the_guide_lead_into_the_folder_of_the_archive() {
        assert_eq!(at_the_root("See [offline](offline.md)."), "See [offline](docs/offline.md).");
    }
}
