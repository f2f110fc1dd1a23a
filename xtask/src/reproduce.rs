//! The site once more, from a fresh copy in another folder, by Trunk instead of ours. Every byte must be the same.

use crate::build::{APP, DIST, FLAGS, app_flags, built};
use crate::folder::{Files, files};
use crate::program::{TOOLS, program, run};
use anyhow::{Context, Result, bail};
use std::env::{self, consts::EXE_SUFFIX};
use std::fs;
use std::path::Path;
use std::process::Command;
use terminal::say;

/// Where the copy is made, with all that is built in it. Both go when they are not needed any more.
const WORKSHOP: &str = "target/reproduce";
/// The copy: deeper, and of another length, than any folder the first build was in.
const COPY: &str = "target/reproduce/in/another/folder";
/// Where Trunk leaves the app.
const TRUNKS_APP: &str = "target/wasm-bindgen/debug";
/// How many bytes of either side are shown where two files part.
const SHOWN: usize = 48;

/// Builds the site that is in `dist` again, and compares.
pub fn again() -> Result<()> {
    clear()?;
    copy()?;
    say!("Building the site with Trunk in {COPY} …");
    let folder = fs::canonicalize(COPY)?;
    bindgen_for_trunk()?;
    // Another place in the world, where it is another day for half of ours, and another language.
    let mut trunk = trunk(&folder)?;
    trunk.env("TZ", "Pacific/Kiritimati").env("LC_ALL", "tr_TR.UTF-8").env("CARGO_TARGET_DIR", folder.join("target"));
    // It fetches nothing: what it needs is on its path.
    run(trunk.args(["build", "--offline"]))?;
    let number = compare(Path::new("."), &folder)?;
    say!("{number} files, and every byte is the same. Their sums are in {DIST}/SHA256SUMS.");
    clear()
}

/// Trunk, to build the project in this folder. It takes `NO_COLOR` for an option that is `true` or `false`, and refuses the
/// usual `1`. Its own call stack would hide what the compiler says of broken content.
fn trunk(folder: &Path) -> Result<Command> {
    let mut command = program("trunk")?;
    command.current_dir(folder);
    match env::var_os("NO_COLOR") {
        Some(value) if !value.is_empty() => command.env("NO_COLOR", "true"),
        _ => command.env_remove("NO_COLOR"),
    };
    command.env("RUST_BACKTRACE", "0").env(FLAGS, app_flags(folder)?);
    Ok(command)
}

/// Ours, under the name by which Trunk looks for it.
fn bindgen_for_trunk() -> Result<()> {
    let folder = Path::new(TOOLS).join("bin");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let ours = built("locked-wasm-bindgen");
    let name = folder.join(format!("wasm-bindgen{EXE_SUFFIX}"));
    fs::copy(&ours, &name).with_context(|| format!("cannot copy {} to {}", ours.display(), name.display())).map(drop)
}

fn clear() -> Result<()> {
    if !Path::new(WORKSHOP).exists() {
        return Ok(());
    }
    fs::remove_dir_all(WORKSHOP).with_context(|| format!("cannot remove {WORKSHOP}"))
}

/// What git would take of this folder, as a clone would get it: no file that is ignored, also none that was built. A
/// repository of its own keeps out of the one that is here, if there is one.
fn copy() -> Result<()> {
    let bare = format!("{WORKSHOP}/git");
    run(program("git")?.args(["init", "--quiet", "--bare", &bare]))?;
    let git = || -> Result<_> {
        let mut git = program("git")?;
        git.args(["-c", "core.autocrlf=false", "--git-dir", &bare, "--work-tree", "."]);
        Ok(git)
    };
    run(git()?.args(["add", "--all"]))?;
    run(git()?.args(["checkout-index", "--all", "--prefix", &format!("{COPY}/")]))?;
    same_compiler(&Path::new(COPY).join("Trunk.toml"))
}

/// The copy is written by the compiler that is here: to compile that once more would take minutes and prove nothing of
/// the site.
fn same_compiler(path: &Path) -> Result<()> {
    let compiler = fs::canonicalize(built("mesocheck")).context("the compiler is not built")?;
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let changed =
        with_compiler(&text, &compiler.to_string_lossy()).context("Trunk.toml has no hook that calls cargo")?;
    fs::write(path, changed).with_context(|| format!("cannot write {}", path.display()))
}

fn with_compiler(trunk: &str, compiler: &str) -> Option<String> {
    let (before, hook) = trunk.split_once("command = \"cargo\"\ncommand_arguments = [")?;
    let (_, after) = hook.split_once(']')?;
    Some(format!("{before}command = {compiler:?}\ncommand_arguments = [\"site\", \"--staged\"]{after}"))
}

/// How many files there are, where all are the same. Pages name the app by its hash, so the app is looked at first.
fn compare(here: &Path, there: &Path) -> Result<usize> {
    for [folder, trunks] in [[APP, TRUNKS_APP], [DIST, DIST]] {
        let (one, other) = (files(&here.join(folder))?, files(&there.join(trunks))?);
        let differences = differences(&one, &other);
        if !differences.is_empty() {
            bail!("two builds of one source differ, in {folder}:\n{}", differences.join("\n"));
        }
        if folder == DIST {
            return Ok(one.len());
        }
    }
    Ok(0)
}

fn differences(one: &Files, other: &Files) -> Vec<String> {
    let missing = |from: &Files, of: &Files, where_: &str| -> Vec<String> {
        let names = from.keys().filter(|name| !of.contains_key(*name));
        names.map(|name| format!("  {name} is only in the {where_} build")).collect()
    };
    let part = |(name, bytes): (&String, &Vec<u8>)| {
        let other = other.get(name).filter(|other| *other != bytes)?;
        let place = bytes.iter().zip(other).take_while(|(one, other)| one == other).count();
        let shown = |bytes: &[u8]| {
            let start = place.saturating_sub(SHOWN / 2);
            bytes.iter().skip(start).take(SHOWN).copied().flat_map(std::ascii::escape_default).map(char::from).collect()
        };
        let (here, there): (String, String) = (shown(bytes), shown(other));
        Some(format!("  {name} from byte {place} on:\n    first:  {here}\n    second: {there}"))
    };
    let parted: Vec<String> = one.iter().filter_map(part).collect();
    [missing(one, other, "first"), missing(other, one, "second"), parted].concat()
}

#[cfg(test)]
mod tests {
    use crate::build::{APP, DIST};
    use crate::folder::Files;
    use crate::reproduce::{TRUNKS_APP, compare, differences, with_compiler};
    use std::fs;
    use std::path::Path;

    #[test]
    fn a_difference_is_told_with_its_file_and_place() {
        let files = |list: &[(&str, &str)]| -> Files {
            list.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
        };
        let one = files(&[("a", "same"), ("b", "built in /home/one"), ("c", "")]);
        let other = files(&[("a", "same"), ("b", "built in /root"), ("d", "")]);
        assert_eq!(differences(&one, &one), Vec::<String>::new());
        let told = differences(&one, &other).join("\n");
        for part in ["c is only in the first", "d is only in the second", "b from byte 10 on", "/home/one", "/root"] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(!told.contains("  a "), "{told}");
        let longer = differences(&files(&[("a", "12")]), &files(&[("a", "123")]));
        assert!(longer.join("").contains("from byte 2 on"), "{longer:?}");
    }

    #[test]
    fn an_app_that_differs_is_told_before_the_pages_that_name_it() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp/reproduce-test");
        let _ = fs::remove_dir_all(&folder);
        for (build, app) in [("one", "1"), ("two", "2")] {
            for (path, text) in [(APP, app), (TRUNKS_APP, app), (DIST, app)] {
                fs::create_dir_all(folder.join(build).join(path)).unwrap();
                fs::write(folder.join(build).join(path).join("file"), text).unwrap();
            }
        }
        let told = compare(&folder.join("one"), &folder.join("two")).unwrap_err().to_string();
        assert!(told.contains("in target/app/wasm") && !told.contains("in dist"), "{told}");
        assert_eq!(compare(&folder.join("one"), &folder.join("one")).unwrap(), 1);
    }

    #[test]
    fn the_hook_of_the_project_can_be_given_another_compiler() {
        let trunk = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../Trunk.toml")).unwrap();
        let changed = with_compiler(&trunk, "/x/mesocheck").unwrap();
        assert!(
            changed.contains("command = \"/x/mesocheck\"\ncommand_arguments = [\"site\", \"--staged\"]\n"),
            "{changed}"
        );
        assert!(!changed.contains("cargo\""), "{changed}");
        assert_eq!(with_compiler("[[hooks]]", "x"), None);
    }
}
