//! stub
/// x
#[derive(clap::Args)]
pub struct Arguments {}
/// x
pub fn run(_: &std::path::Path, _: &Arguments) -> anyhow::Result<()> { Ok(()) }
