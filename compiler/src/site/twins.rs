//! Compressed twins beside every text file, so that a host need not compress.

use crate::site::Files;
use anyhow::{Result, bail};
use flate2::{Compression, write::GzEncoder};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Endings of files that compress.
const TEXT: &[&str] = &["html", "js", "css", "svg", "json", "txt", "webmanifest"];

/// Adds the twins. The best compression of the app takes longer than all the rest of a site: a file that stands in the
/// site as it was `before` keeps its twin, where that is whole.
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
            let twin = format!("{path}.br");
            let packed = kept(&before.join(&twin), bytes).map_or_else(|| brotli(bytes), Ok)?;
            twins.insert(twin, packed);
            twins.insert(format!("{path}.gz"), gzip(bytes)?);
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
fn kept(twin: &Path, bytes: &[u8]) -> Option<Vec<u8>> {
    let packed = std::fs::read(twin).ok()?;
    let mut text = Vec::new();
    // One byte more is enough to tell that it is another file.
    let most = u64::try_from(bytes.len()).ok()? + 1;
    brotli::Decompressor::new(packed.as_slice(), 4096).take(most).read_to_end(&mut text).ok()?;
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
