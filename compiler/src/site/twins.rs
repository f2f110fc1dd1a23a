//! Compressed twins beside every text file, so that a host need not compress.

use crate::site::Files;
use anyhow::Result;
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// Endings of files that compress.
const TEXT: &[&str] = &["html", "js", "css", "svg", "json", "txt", "webmanifest"];

/// Adds the twins.
///
/// # Errors
/// Where a compressor fails.
pub fn add(files: &mut Files) -> Result<()> {
    let mut twins = Files::new();
    for (path, bytes) in files.iter() {
        if path.rsplit('.').next().is_some_and(|end| TEXT.contains(&end)) {
            twins.insert(format!("{path}.br"), brotli(bytes)?);
            twins.insert(format!("{path}.gz"), gzip(bytes)?);
        }
    }
    files.append(&mut twins);
    Ok(())
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
