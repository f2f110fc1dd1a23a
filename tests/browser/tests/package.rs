//! The archive of `cargo xtask package`, in the hands of somebody who has nothing else: no Rust, no programs, no
//! connection.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic, also in its helpers")]

use browser_tests::process::workspace;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The most seconds of processor time for both commands, which depend less than time itself on what else the machine
/// does. With nothing else it takes about 3 (`docs/publishing.md`).
const LIMIT: f64 = 15.0;

/// The archive, unpacked into a folder of its own.
fn unpacked(name: &str) -> PathBuf {
    let archives = fs::read_dir(workspace().join("target/package")).expect("no archive: run `cargo xtask package`");
    let archives: Vec<PathBuf> = archives.map(|entry| entry.unwrap().path()).collect();
    let [archive] = archives.as_slice() else { panic!("more than one archive: {archives:?}") };
    let folder = workspace().join("target/tmp/package").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let status = Command::new("tar").arg("-xzf").arg(archive).current_dir(&folder).status();
    assert!(status.expect("tar").success());
    let inside = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    assert!(archive.to_string_lossy().contains(&*inside.file_name().unwrap().to_string_lossy()));
    inside
}

/// A program of the archive, or what the shell has, with no connection where the system can take it away, and in any case
/// without a path to other programs.
fn alone(folder: &Path, words: &[&str]) -> Output {
    let cut = Command::new("/usr/bin/unshare").args(["--net", "/bin/true"]).output();
    let cut = cut.is_ok_and(|output| output.status.success());
    let before: &[&str] = if cut { &["/usr/bin/unshare", "--net"] } else { &[] };
    let all: Vec<&str> = before.iter().chain(words).copied().collect();
    let (program, rest) = all.split_first().unwrap();
    Command::new(program).args(rest).env_clear().current_dir(folder).output().expect("a program")
}

fn works(folder: &Path, words: &[&str]) -> String {
    let output = alone(folder, words);
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn fails(folder: &Path, words: &[&str]) -> String {
    let output = alone(folder, words);
    assert!(!output.status.success(), "{words:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Seconds of processor time, as `times` of a shell tells those of the programs it ran: `0m1.23s 0m0.45s`.
fn seconds(times: &str) -> f64 {
    let one = |time: &str| {
        let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
        minutes.parse::<f64>().unwrap() * 60.0 + seconds.parse::<f64>().unwrap()
    };
    times.lines().last().unwrap().split_whitespace().map(one).sum()
}

/// Every sum of the list in a folder is right.
fn sums_hold(folder: &Path) {
    let output =
        Command::new("sha256sum").args(["--check", "--quiet", "SHA256SUMS"]).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

fn edit(folder: &Path, file: &str, old: &str, new: &str) {
    let path = folder.join("content").join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(old), "{file} does not hold `{old}`");
    fs::write(path, text.replacen(old, new, 1)).unwrap();
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("site").join(path)).unwrap()
}

#[test]
fn an_edited_word_and_setting_are_in_a_new_site_at_once_without_rust_or_a_connection() {
    let folder = unpacked("edit");
    sums_hold(&folder);
    sums_hold(&folder.join("site"));
    let before = files(&folder.join("site"));
    // Nothing was changed: the same site comes out, from another build of nothing.
    works(&folder, &["./mesocheck", "site"]);
    assert!(files(&folder.join("site")) == before, "the site of the archive is what its own program makes");
    edit(&folder, "clinic.toml", "# name = \"Example Clinic\"", "name = \"Elm Street Clinic\"");
    edit(&folder, "en/site.toml", "home_title = \"", "home_title = \"Good to see you. ");
    let said = works(&folder, &["/bin/sh", "-c", "./mesocheck check && ./mesocheck site && times"]);
    assert!(said.contains("no problems\nThe site is in site: "), "{said}");
    let taken = seconds(&said);
    println!("check and site took {taken:.2} s of processor time");
    assert!(taken < LIMIT, "{taken} s");
    assert!(page(&folder, "en/index.html").contains("Good to see you. "));
    assert!(page(&folder, "en/faq/does-it-hurt/index.html").contains("Elm Street Clinic"));
    assert!(!folder.join("site.new").exists() && !folder.join("site.old").exists());
    sums_hold(&folder.join("site"));
    let assets = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
        files.keys().filter(|path| path.to_string_lossy().contains("/assets/app-")).cloned().collect()
    };
    let after = files(&folder.join("site"));
    assert_eq!(assets(&before), assets(&after));
    assert_eq!(assets(&after).len(), 3, "the app and its twins");
}

#[test]
fn a_broken_edit_leaves_the_site_and_says_what_and_where() {
    let folder = unpacked("broken");
    let before = files(&folder.join("site"));
    edit(&folder, "suitability/rules.toml", "outcome", "outcom");
    for command in ["check", "site"] {
        let told = fails(&folder, &["./mesocheck", command]);
        assert!(told.contains("suitability/rules.toml:") && told.contains("outcom"), "{command}: {told}");
    }
    assert!(files(&folder.join("site")) == before);
}

#[test]
fn a_site_that_cannot_be_written_whole_leaves_the_one_that_is_there() {
    let folder = unpacked("full");
    let before = files(&folder.join("site"));
    edit(&folder, "en/site.toml", "home_title = \"", "home_title = \"Good to see you. ");
    // No file may be larger than 50 kB: the program ends in the middle of its work, as on a full disk.
    fails(&folder, &["/bin/sh", "-c", "ulimit -f 100; exec ./mesocheck site"]);
    assert!(folder.join("site.new").exists(), "it was in the middle");
    assert!(files(&folder.join("site")) == before);
    works(&folder, &["./mesocheck", "site"]);
    assert!(page(&folder, "en/index.html").contains("Good to see you. "));
    // Nobody knows whose that is: it is left alone, and no name is in the way.
    assert!(folder.join("site.new").exists() && !folder.join("site.new-2").exists());
}

#[test]
fn what_is_missing_is_named() {
    let folder = unpacked("missing");
    let elsewhere = folder.join("public");
    let told = fails(&elsewhere, &["../mesocheck", "site"]);
    assert!(told.contains("no folder content here") && told.contains("--content"), "{told}");
    fs::rename(folder.join("app/island_bg.wasm"), folder.join("app/lost")).unwrap();
    let told = fails(&folder, &["./mesocheck", "site"]);
    assert!(told.contains("app/island_bg.wasm") && told.contains("--app"), "{told}");
    fs::rename(folder.join("public"), folder.join("lost")).unwrap();
    let told = fails(&folder, &["./mesocheck", "site"]);
    assert!(told.contains("public"), "{told}");
}

#[test]
fn the_guide_is_there_and_leads_to_pages_of_the_archive() {
    let folder = unpacked("guide");
    let guide = fs::read_to_string(folder.join("README.md")).unwrap();
    let links: Vec<&str> = guide.split("](").skip(1).map(|rest| rest.split([')', '#']).next().unwrap()).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(folder.join(link).exists(), "{link}");
    }
    for part in ["./mesocheck check", "./mesocheck site", "./mesocheck single", "sha256sum -c SHA256SUMS"] {
        assert!(guide.contains(part), "{part}");
    }
}
