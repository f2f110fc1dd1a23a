//! What commands write to a disk. It takes the place of what this program made before, and of nothing else.
//!
//! - A folder has a list of what was made in it, with sums ([`LIST`]). What is not on the list, or is not as it was made, is
//!   somebody's own: it stays, and where its name is needed, nothing is written.
//! - A file has its mark in its last line.
//! - What is new is written beside, under a name that nobody has, and then takes its place. So an error, a full disk or a
//!   cut wire leaves what was there.

use crate::pack::hex;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Files by their path in a folder.
pub type Files = BTreeMap<String, Vec<u8>>;

/// The list of what was made in a folder.
pub const LIST: &str = ".mesocheck";
/// The list of a site, which holds the sum of [`LIST`] too.
pub const SUMS: &str = "SHA256SUMS";
/// The first line of the list of a whole folder.
const WHOLE: &str = "# A site that mesocheck made. It replaces these files as long as they are as it made them.\n";
/// The first line of the list of some files in a folder.
const SOME: &str = "# What mesocheck made here. It replaces these files as long as they are as it made them.\n";
/// Before the sum of a file, in its last line.
const MARK: &str = "<!-- Made by mesocheck, which replaces it as long as it is as it was made: ";
const MARK_END: &str = " -->\n";
/// How many names a message tells.
const TOLD: usize = 8;

/// A line for each file, as `sha256sum -c` reads it.
pub fn sums(files: &Files) -> String {
    files.iter().fold(String::new(), |text, (path, bytes)| text + &line(path, &sum(bytes)))
}

/// The list of the files of a whole folder.
pub fn list(files: &Files) -> Vec<u8> {
    (WHOLE.to_owned() + &sums(files)).into_bytes()
}

fn line(path: &str, sum: &str) -> String {
    format!("{sum}  {path}\n")
}

fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes), 32)
}

/// Replaces a whole folder. `files` holds its [`LIST`]. What is not on the list of the old one is taken over; what that is,
/// is returned.
///
/// # Errors
/// Where something would be lost that this program did not make, or a file cannot be written.
pub fn folder(files: &Files, out: &Path) -> Result<Option<String>> {
    let place = resolved(out)?;
    if place.exists() && std::env::current_dir().is_ok_and(|here| here.starts_with(&place)) {
        bail!("{} is the folder this runs in, or holds it: call it from outside", out.display());
    }
    let found = found(&place, out)?;
    let made = Made::of(&place, WHOLE)?;
    let own: BTreeSet<&PathBuf> = found.keys().filter(|path| made.is(&place, path)).collect();
    let others: Vec<(&PathBuf, &Kind)> = found.iter().filter(|(path, _)| !own.contains(path)).collect();
    if !made.is_known && !others.is_empty() {
        bail!(
            "{} holds what this program did not make: {}. Name an empty or new folder, or move that away.",
            out.display(),
            named(others.iter().map(|(path, _)| *path))
        );
    }
    let new: BTreeSet<PathBuf> = files.keys().map(PathBuf::from).collect();
    let lost = others
        .iter()
        .map(|(path, _)| *path)
        .filter(|path| new.iter().any(|new| new.starts_with(path)) || new.iter().any(|new| path.starts_with(new)));
    let lost: Vec<&PathBuf> = lost.collect();
    if !lost.is_empty() {
        bail!(
            "In {} these would be replaced, and they are not as this program made them: {}. Move them away, or name \
             another folder.",
            out.display(),
            named(lost.into_iter())
        );
    }
    let beside = fresh_folder(&place, "new")?;
    if let Err(error) = write(files, &beside).and_then(|()| take_over(&others, &place, &beside)) {
        // Nobody else knows this folder.
        let _ = fs::remove_dir_all(&beside);
        return Err(error);
    }
    exchange(&beside, &place, found.keys())?;
    Ok((!others.is_empty()).then(|| named(others.iter().map(|(path, _)| *path))))
}

/// Writes these files into a folder, beside whatever else is there, and notes them in its list.
///
/// # Errors
/// Where a file is there that this program did not make, or cannot be written. Then none is.
pub fn into_folder(files: &Files, out: &Path) -> Result<()> {
    let place = resolved(out)?;
    if place.exists() && !place.is_dir() {
        bail!("{} is no folder: name one", out.display());
    }
    let mut made = Made::of(&place, SOME)?;
    if !made.is_known && place.join(LIST).exists() {
        bail!("{} holds a {LIST} of something else: name another folder", out.display());
    }
    let taken = |(name, bytes): &(&String, &Vec<u8>)| {
        let path = place.join(name);
        fs::symlink_metadata(&path).is_ok()
            && !made.is(&place, Path::new(name))
            && fs::read(&path).ok() != Some((*bytes).clone())
    };
    let taken: Vec<PathBuf> = files.iter().filter(taken).map(|(name, _)| PathBuf::from(name)).collect();
    if !taken.is_empty() {
        bail!(
            "In {} these are not as this program made them: {}. Move them away, or name another folder.",
            out.display(),
            named(taken.iter())
        );
    }
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    for (name, bytes) in files {
        replace(&place.join(name), bytes)?;
        made.sums.insert(name.clone(), sum(bytes));
    }
    replace(&place.join(LIST), made.text().as_bytes())
}

/// Writes one file of markup, with a mark by which it is known again.
///
/// # Errors
/// Where something is there that this program did not make, or the file cannot be written.
pub fn file(text: &str, out: &Path) -> Result<()> {
    let marked = marked(text);
    if let Ok(about) = fs::metadata(out) {
        if about.is_dir() {
            bail!("{} is a folder: name a file", out.display());
        }
        if !about.is_file() {
            // A device or a pipe: nothing is lost there.
            return fs::write(out, marked).with_context(|| format!("cannot write {}", out.display()));
        }
        let old = fs::read(out).with_context(|| format!("cannot read {}", out.display()))?;
        if !old.is_empty() && !is_marked(&old) {
            bail!(
                "{} is not as this program made it, and would be lost. Move it away, or name another file.",
                out.display()
            );
        }
    }
    replace(&resolved(out)?, marked.as_bytes())
}

/// Markup with its mark.
pub fn marked(text: &str) -> String {
    format!("{text}{MARK}{}{MARK_END}", sum(text.as_bytes()))
}

fn is_marked(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let parts = text.strip_suffix(MARK_END).and_then(|text| text.rsplit_once(MARK));
    parts.is_some_and(|(text, told)| sum(text.as_bytes()) == told)
}

/// Writes a file beside its place, and puts it there when it is whole.
///
/// # Errors
/// Where it cannot be written, or what is there is not to be changed.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<()> {
    let path = resolved(path)?;
    let old = fs::metadata(&path).ok();
    if old.as_ref().is_some_and(|old| old.permissions().readonly()) {
        bail!("{} is not to be changed: it may only be read", path.display());
    }
    let (new, mut file) = fresh(&path, "new", |name| OpenOptions::new().write(true).create_new(true).open(name))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let written = written.and_then(|()| old.map_or(Ok(()), |old| fs::set_permissions(&new, old.permissions())));
    if let Err(error) = written.and_then(|()| fs::rename(&new, &path)) {
        // Nobody else knows this file.
        let _ = fs::remove_file(&new);
        return Err(error).with_context(|| format!("cannot write {}", path.display()));
    }
    Ok(())
}

/// What a list says was made in a folder.
struct Made {
    /// Sums by path.
    sums: BTreeMap<String, String>,
    is_known: bool,
}

impl Made {
    fn of(place: &Path, head: &str) -> Result<Self> {
        let path = place.join(LIST);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
            Err(error) => return Err(error).with_context(|| format!("cannot read {}", path.display())),
        };
        let Some(lines) = text.strip_prefix(head) else {
            return Ok(Self { sums: BTreeMap::new(), is_known: false });
        };
        let lines = lines.lines().filter_map(|line| line.split_once("  "));
        let mut made = Self { sums: lines.map(|(sum, path)| (path.into(), sum.into())).collect(), is_known: true };
        // The sums of a site hold the sum of the list, so the list cannot hold theirs.
        made.sums.insert(LIST.into(), sum(text.as_bytes()));
        let of_site = made.sums.iter().fold(String::new(), |text, (path, sum)| text + &line(path, sum));
        made.sums.entry(SUMS.into()).or_insert_with(|| sum(of_site.as_bytes()));
        Ok(made)
    }

    /// Whether this file is as it was made.
    fn is(&self, place: &Path, path: &Path) -> bool {
        let whole = place.join(path);
        let told = path.to_str().and_then(|path| self.sums.get(path));
        let plain = fs::symlink_metadata(&whole).is_ok_and(|about| about.is_file());
        plain && told.is_some_and(|told| fs::read(&whole).is_ok_and(|bytes| sum(&bytes) == *told))
    }

    fn text(&self) -> String {
        let own = self.sums.iter().filter(|(path, _)| ![LIST, SUMS].contains(&path.as_str()));
        own.fold(SOME.to_owned(), |text, (path, sum)| text + &line(path, sum))
    }
}

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A folder with nothing in it.
    Folder,
    /// A file, a link, or whatever else has a name.
    Entry,
}

/// All that is in a folder, by its path in it.
fn found(place: &Path, out: &Path) -> Result<BTreeMap<PathBuf, Kind>> {
    let mut found = BTreeMap::new();
    if !place.exists() {
        return Ok(found);
    }
    if !place.is_dir() {
        bail!("{} is no folder: name one", out.display());
    }
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        let folder = place.join(&below);
        let mut is_empty = true;
        for entry in folder.read_dir().with_context(|| format!("cannot read {}", folder.display()))? {
            let entry = entry?;
            is_empty = false;
            let path = below.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                found.insert(path, Kind::Entry);
            }
        }
        if is_empty && below != PathBuf::new() {
            found.insert(below, Kind::Folder);
        }
    }
    Ok(found)
}

/// Writes files into a folder that is new.
///
/// # Errors
/// Where one cannot be written.
pub fn write(files: &Files, out: &Path) -> Result<()> {
    for (path, bytes) in files {
        let whole = out.join(path);
        if let Some(folder) = whole.parent() {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&whole, bytes).with_context(|| format!("cannot write {}", whole.display()))?;
    }
    Ok(())
}

/// Puts what is not ours into the new folder too, each as one more name of the same file.
fn take_over(others: &[(&PathBuf, &Kind)], from: &Path, to: &Path) -> Result<()> {
    let mut folders = BTreeSet::from([PathBuf::new()]);
    for (path, kind) in others {
        let (old, new) = (from.join(path), to.join(path));
        let above = path.ancestors().skip(usize::from(**kind == Kind::Entry));
        folders.extend(above.map(Path::to_path_buf));
        let folder = if **kind == Kind::Folder { Some(new.as_path()) } else { new.parent() };
        if let Some(folder) = folder {
            fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        }
        if **kind == Kind::Entry && fs::hard_link(&old, &new).is_err() {
            // Where files have one name only.
            let plain = fs::symlink_metadata(&old)?.is_file();
            let copied = if plain { fs::copy(&old, &new).map(drop) } else { Err(ErrorKind::Unsupported.into()) };
            copied.with_context(|| format!("cannot take over {}: move it away", old.display()))?;
        }
    }
    // The deepest first: who may not write into a folder any more has nothing to write there by then.
    for folder in folders.iter().rev() {
        if let Ok(about) = fs::metadata(from.join(folder)) {
            fs::set_permissions(to.join(folder), about.permissions())?;
        }
    }
    Ok(())
}

/// Puts a new folder in the place of an old one, and removes what was seen in the old one.
fn exchange<'a>(new: &Path, place: &Path, seen: impl Iterator<Item = &'a PathBuf>) -> Result<()> {
    let in_place = || format!("cannot put the new folder in place at {}; it is {}", place.display(), new.display());
    if !place.exists() {
        return fs::rename(new, place).with_context(in_place);
    }
    let beside = fresh_folder(place, "old")?;
    let old = beside.join(place.file_name().unwrap_or_default());
    let moved = fs::rename(place, &old);
    if let Err(error) = moved.and_then(|()| {
        fs::rename(new, place).inspect_err(|_| {
            // Where even this fails, it is beside its place.
            let _ = fs::rename(&old, place);
        })
    }) {
        let _ = fs::remove_dir(&beside);
        return Err(error).with_context(in_place);
    }
    let mut folders = BTreeSet::from([PathBuf::new()]);
    for path in seen {
        folders.extend(path.ancestors().map(Path::to_path_buf));
        // An empty folder is removed with the others.
        let _ = fs::remove_file(old.join(path));
    }
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(old.join(folder));
    }
    if fs::remove_dir(&beside).is_err() {
        terminal::warn!("{} holds what came while this ran, or could not be removed: look at it.", beside.display());
    }
    Ok(())
}

/// Where a path leads in the end, through every link; it may not be there yet.
fn resolved(path: &Path) -> Result<PathBuf> {
    let mut path = path.to_owned();
    // As many links as systems follow.
    for _ in 0..40 {
        if let Ok(whole) = fs::canonicalize(&path) {
            return Ok(whole);
        }
        let Some(name) = path.file_name() else { break };
        let above = path.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let link = fs::read_link(&path).ok();
        if link.is_none() {
            return Ok(resolved(above)?.join(name));
        }
        path = above.join(link.unwrap_or_default());
    }
    bail!("{} leads nowhere", path.display())
}

fn fresh_folder(place: &Path, end: &str) -> Result<PathBuf> {
    if let Some(above) = place.parent() {
        fs::create_dir_all(above).with_context(|| format!("cannot make {}", above.display()))?;
    }
    Ok(fresh(place, end, |name| fs::create_dir(name))?.0)
}

/// Makes something beside a path, under a name that nobody has: a thing that is there makes it try another.
fn fresh<T>(path: &Path, end: &str, make: impl Fn(&Path) -> std::io::Result<T>) -> Result<(PathBuf, T)> {
    for number in 1..1000 {
        let end = if number == 1 { end.to_owned() } else { format!("{end}-{number}") };
        let name = path.with_added_extension(end);
        match make(&name) {
            Ok(thing) => return Ok((name, thing)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error).with_context(|| format!("cannot make {}", name.display())),
        }
    }
    bail!("beside {} is no name left", path.display())
}

/// The first names, and how many more there are.
fn named<'a>(paths: impl ExactSizeIterator<Item = &'a PathBuf>) -> String {
    let more = paths.len().saturating_sub(TOLD);
    let names: Vec<String> = paths.take(TOLD).map(|path| path.display().to_string()).collect();
    let names = names.join(", ");
    if more == 0 { names } else { format!("{names} and {more} more") }
}
