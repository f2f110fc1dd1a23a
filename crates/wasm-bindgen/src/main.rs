//! `wasm-bindgen`: makes the JavaScript that a compiled app needs. As much of the program of that name as `cargo xtask`
//! and Trunk call, and what it writes is the same, byte by byte.
//!
//! Written after the options of `wasm-bindgen-cli`, <https://wasm-bindgen.github.io/wasm-bindgen/reference/cli.html>.

use anyhow::{Context, Result, bail};
use clap::Parser;
use std::path::PathBuf;
use wasm_bindgen_cli_support::Bindgen;

/// Makes the JavaScript that a compiled app needs.
#[derive(Parser)]
#[command(name = "wasm-bindgen", version = wasm_bindgen_shared::SCHEMA_VERSION)]
struct Arguments {
    /// The compiled app, a `.wasm` file.
    input: PathBuf,
    /// The folder to write to.
    #[arg(long)]
    out_dir: PathBuf,
    /// What the files are called, before their ends.
    #[arg(long)]
    out_name: Option<String>,
    /// What loads the app: only `web` is known here.
    #[arg(long, default_value = "web")]
    target: String,
    /// Writes no declarations for TypeScript.
    #[arg(long)]
    no_typescript: bool,
}

fn main() -> Result<()> {
    let Arguments { input, out_dir, out_name, target, no_typescript } = Arguments::parse();
    if target != "web" {
        bail!("--target {target}: this program knows `web` alone");
    }
    let mut bindgen = Bindgen::new();
    bindgen.web(true)?.input_path(&input).typescript(!no_typescript);
    if let Some(name) = &out_name {
        bindgen.out_name(name);
    }
    bindgen.generate(&out_dir).with_context(|| format!("cannot make the bindings of {}", input.display()))
}
