//! What passed, and on which files: so that it is done again when one of them has changed, and not before.

use crate::folder::files;
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const FOLDER: &str = "target/xtask";

/// Something that passed once, on these files and folders.
pub struct Stamp {
    path: PathBuf,
    now: String,
}

impl Stamp {
    /// Of the files as they are now.
    pub fn of(name: &str, inputs: &[&str]) -> Result<Self> {
        Ok(Self { path: Path::new(FOLDER).join(format!("{name}.passed")), now: hash(inputs)? })
    }

    /// Whether it passed on the same files.
    pub fn holds(&self) -> bool {
        fs::read_to_string(&self.path).is_ok_and(|passed| passed == self.now)
    }

    /// It passed.
    pub fn keep(&self) -> Result<()> {
        fs::create_dir_all(FOLDER).with_context(|| format!("cannot make {FOLDER}"))?;
        fs::write(&self.path, &self.now).with_context(|| format!("cannot write {}", self.path.display()))
    }
}

/// Of names and bytes, each with its length before it.
fn hash(inputs: &[&str]) -> Result<String> {
    let mut hash = Sha256::new();
    for input in inputs {
        let path = Path::new(input);
        let inside = if path.is_dir() { files(path)? } else { [(String::new(), fs::read(path)?)].into() };
        for (name, bytes) in inside {
            for part in [input.as_bytes(), name.as_bytes(), &bytes] {
                hash.update(u64::try_from(part.len())?.to_le_bytes());
                hash.update(part);
            }
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

#[cfg(test)]
mod tests {
    use crate::stamp::hash;
    use std::fs;
    use std::path::Path;

    #[test]
    fn any_change_of_a_file_is_another_stamp() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/tmp/stamp-test");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("in")).unwrap();
        let inside = folder.join("in/file");
        let stamp = || hash(&[folder.to_str().unwrap()]).unwrap();
        fs::write(&inside, "1").unwrap();
        let first = stamp();
        assert_eq!(first, stamp());
        fs::write(&inside, "2").unwrap();
        let second = stamp();
        fs::rename(&inside, folder.join("in/other")).unwrap();
        let third = stamp();
        assert!(first != second && second != third && first != third);
        assert!(hash(&["no such file"]).is_err());
    }
}
