//! Compressed twins beside every text file, so that a host need not compress.

use crate::output::Files;
use anyhow::{Result, bail};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Endings of files that compress.
const TEXT: &[&str] = &["html", "js", "css", "svg", "json", "txt", "webmanifest"];

/// A way to compress.
struct Kind {
    end: &'static str,
    pack: fn(&[u8]) -> Result<Vec<u8>>,
    unpack: for<'a> fn(&'a [u8]) -> Box<dyn Read + 'a>,
}

const KINDS: [Kind; 2] = [
    Kind { end: "br", pack: brotli, unpack: |packed| Box::new(brotli::Decompressor::new(packed, 4096)) },
    Kind { end: "gz", pack: gzip, unpack: |packed| Box::new(GzDecoder::new(packed)) },
];

/// Adds the twins. The best compression takes longer than all the rest of a site: a file that stands in the site as it was
/// `before` keeps its twins, where they are whole.
///
/// # Errors
/// Where a compressor fails.
pub fn add(files: &mut Files, before: &Path) -> Result<()> {
    let text = |path: &&String| path.rsplit('.').next().is_some_and(|end| TEXT.contains(&end));
    let mut texts: Vec<(&String, &Vec<u8>)> = files.iter().filter(|(path, _)| text(path)).collect();
    // The largest first, so that no core is left with it at the end.
    texts.sort_by_key(|(_, bytes)| std::cmp::Reverse(bytes.len()));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut twins = Files::new();
        while let Some((path, bytes)) = texts.get(next.fetch_add(1, Ordering::Relaxed)) {
            for kind in &KINDS {
                let twin = format!("{path}.{}", kind.end);
                let packed = kept(kind, &before.join(&twin), bytes).map_or_else(|| (kind.pack)(bytes), Ok)?;
                twins.insert(twin, packed);
            }
        }
        anyhow::Ok(twins)
    };
    let mut twins = std::thread::scope(|scope| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut all = Files::new();
        for worker in workers {
            let Ok(twins) = worker.join() else { bail!("a compressor ended early") };
            all.append(&mut twins?);
        }
        Ok(all)
    })?;
    files.append(&mut twins);
    Ok(())
}

/// A twin that is there and holds exactly these bytes.
fn kept(kind: &Kind, twin: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = std::fs::read(twin).ok()?;
    let mut text = Vec::new();
    // One byte more is enough to tell that it is another file.
    let most = u64::try_from(bytes.len()).ok()? + 1;
    (kind.unpack)(&packed).take(most).read_to_end(&mut text).ok()?;
    (text == bytes).then_some(packed)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    // Quality 11, the largest window a browser takes without asking.
    let mut writer = brotli::CompressorWriter::new(&mut packed, 4096, 11, 22);
    writer.write_all(bytes)?;
    drop(writer);
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes)?;
    Ok(writer.finish()?)
}

#[cfg(test)]
mod tests {
    use crate::output::Files;
    use crate::site::twins::{KINDS, add, kept};

    #[test]
    fn only_a_whole_twin_of_the_same_bytes_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let bytes = "Words, words, words. ".repeat(50).into_bytes();
        for kind in &KINDS {
            let twin = folder.path().join("twin");
            let packed = (kind.pack)(&bytes).unwrap();
            assert_eq!(kept(kind, &twin, &bytes), None, "there is none");
            std::fs::write(&twin, &packed).unwrap();
            assert_eq!(kept(kind, &twin, &bytes), Some(packed.clone()));
            let [shorter, longer, other] = [&bytes[1..], &[&bytes[..], b"."].concat(), b"x"];
            for changed in [shorter, longer, other] {
                assert_eq!(kept(kind, &twin, changed), None, "of another file");
            }
            std::fs::write(&twin, &packed[..packed.len() / 2]).unwrap();
            assert_eq!(kept(kind, &twin, &bytes), None, "cut short");
            let mut files: Files = [("twin.txt".to_owned(), bytes.clone())].into();
            add(&mut files, folder.path()).unwrap();
            assert_eq!(files[&format!("twin.txt.{}", kind.end)], packed);
            assert_eq!(files.len(), 3);
        }
    }
}
