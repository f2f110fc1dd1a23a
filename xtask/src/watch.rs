//! `cargo xtask serve --dev`: made anew whenever something changes, and open pages load anew.

use crate::build::{Profile, app_and_compiler, app_beside, bindings, compiler, mesocheck};
use crate::program::run;
use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime};
use terminal::say;

const SITE: &str = "target/site/dev";
/// What pages are made of without compiling anything.
const WORDS: [&str; 2] = ["content", "public"];
/// What is compiled.
const SOURCES: [&str; 4] = ["src", "compiler/src", "crates", "Cargo.toml"];
/// How often the files are looked at. A few hundred of them take a thousandth of a second: a library that is told by the
/// system would save nothing, and have to be compiled before this command says its first word.
const PAUSE: Duration = Duration::from_millis(100);

/// Files with their time and length.
type Files = BTreeMap<PathBuf, (SystemTime, u64)>;

/// Builds, serves, and builds again, until Ctrl-C.
pub fn serve(port: u16) -> Result<()> {
    let (mut words, mut sources) = (seen(&WORDS)?, seen(&SOURCES)?);
    app_and_compiler(Profile::Dev)?;
    site()?;
    let mut server = mesocheck();
    // It ends when its input does: with this program, however that ends.
    server.args(["serve", SITE, "--reload", "--until-input-ends", "--port", &port.to_string()]).stdin(Stdio::piped());
    let mut server = server.spawn().context("cannot start the server")?;
    say!("Change a file of {} or {}: open pages load anew. Ctrl-C ends this.", WORDS.join(", "), SOURCES.join(", "));
    loop {
        sleep(PAUSE);
        must_run(&mut server)?;
        let now = (seen(&WORDS)?, seen(&SOURCES)?);
        let changed: Vec<PathBuf> = changed(&words, &now.0).chain(self::changed(&sources, &now.1)).collect();
        if changed.is_empty() {
            continue;
        }
        let compiles = sources != now.1;
        (words, sources) = now;
        let start = Instant::now();
        match again(compiles) {
            Ok(()) => say!("Made anew in {:.1} s: {}", start.elapsed().as_secs_f64(), listed(&changed)),
            // What is wrong was said. The last good site stays, and the next change may mend it.
            Err(error) => terminal::warn!("{error:#}\nThe site stays as it was."),
        }
    }
}

fn again(compiles: bool) -> Result<()> {
    if compiles {
        let app = app_beside(Profile::Dev)?;
        compiler()?;
        app.finish()?;
        bindings(Profile::Dev)?;
    }
    site()
}

/// Without compressed twins, which take longer than all the rest; and without what keeps pages on the device, which would
/// hide the change that was just made.
fn site() -> Result<()> {
    run(mesocheck().args(["site", "--no-twins", "--kill-switch", "--app", Profile::Dev.app(), "--out", SITE]))
}

fn must_run(server: &mut Child) -> Result<()> {
    match server.try_wait()? {
        None => Ok(()),
        Some(status) => bail!("the server ended ({status})"),
    }
}

fn seen(places: &[&str]) -> Result<Files> {
    let mut files = Files::new();
    let mut open: Vec<PathBuf> = places.iter().map(PathBuf::from).collect();
    while let Some(path) = open.pop() {
        // It may go while it is looked at.
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.is_dir() {
            let inside = path.read_dir().with_context(|| format!("cannot read {}", path.display()))?;
            open.extend(inside.flatten().map(|entry| entry.path()));
        } else if !is_of_an_editor(&path) {
            files.insert(path, (about.modified()?, about.len()));
        }
    }
    Ok(files)
}

/// What editors keep beside a file while it is open.
fn is_of_an_editor(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.ends_with('~') || name == "4913"
}

/// Files that are new, gone or different.
fn changed<'a>(before: &'a Files, now: &'a Files) -> impl Iterator<Item = PathBuf> + 'a {
    let differs = |path: &&PathBuf| before.get(*path) != now.get(*path);
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    now.keys().filter(differs).chain(gone).cloned()
}

fn listed(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use crate::watch::{changed, is_of_an_editor, seen};
    use std::fs;
    use std::path::{Path, PathBuf};

    #[test]
    fn new_gone_and_different_files_are_changes() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp/watch-test");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("in")).unwrap();
        let put = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        let seen = || seen(&[folder.to_str().unwrap()]).unwrap();
        put("same", "1");
        put("gone", "1");
        put("in/different", "1");
        let before = seen();
        assert_eq!(changed(&before, &seen()).count(), 0);
        fs::remove_file(folder.join("gone")).unwrap();
        put("in/different", "12");
        put("new", "");
        put("in/.new.swp", "");
        let names = ["in/different", "new", "gone"].map(|name| folder.join(name));
        assert_eq!(changed(&before, &seen()).collect::<Vec<PathBuf>>(), names);
    }

    #[test]
    fn what_editors_keep_is_no_change() {
        assert!([".rules.toml.swp", "rules.toml~", "4913"].iter().all(|name| is_of_an_editor(Path::new(name))));
        assert!(!is_of_an_editor(Path::new("content/en/site.toml")));
    }
}
