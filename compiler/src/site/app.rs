//! The app: glue, WebAssembly and start in one module file, so that one integrity covers all three; beside it the boot
//! script and the style sheet. Names carry the hash of the final bytes.

use crate::colour;
use crate::output::Files;
use crate::pack::hex;
use crate::read::{Font, Settings};
use crate::site::imports::{must_be_allowed, must_be_caught};
use crate::site::put;
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mesocheck::page::Picture;
use sha2::{Digest, Sha256, Sha384};
use std::path::Path;

/// A file of the site with its integrity.
#[derive(Clone, Debug, Default)]
pub struct Asset {
    /// Its path below the root of the site.
    pub path: String,
    /// Its `integrity`.
    pub integrity: String,
}

/// What pages name.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// The app.
    pub app: Asset,
    /// The boot script.
    pub boot: Asset,
    /// The style sheet.
    pub style: Asset,
    /// The style sheet of the pages for paper, which no other page waits for.
    pub paper: Asset,
    /// The script of the button that leaves at once, where a clinic wants it.
    pub exit: Option<Asset>,
    /// The logo of the clinic.
    pub logo: Option<Picture>,
    /// The colour of the ground, by light and by dark.
    pub grounds: [String; 2],
    /// The icon of every page, as an address that holds it: nothing is asked for.
    pub icon: String,
    /// Path of the icon of Apple's home screens.
    pub apple: String,
    /// Path of the manifest.
    pub manifest: String,
    /// The script that takes a code out of the address before anything else happens.
    pub code: Asset,
    /// The script of a check in a frame on another website.
    pub frame: Asset,
    /// The scripts of the page that shows how to put it there: the one other websites load, and its own.
    pub embed: Vec<Asset>,
}

const START: &str = include_str!("start.js");
const EARLY: &str = concat!(include_str!("boot.js"), include_str!("press.js"), include_str!("translated.js"));
const BOOT: &str =
    concat!(include_str!("boot.js"), include_str!("press.js"), include_str!("translated.js"), include_str!("keep.js"));
const EXIT: &str = include_str!("exit.js");
/// What a clinic chose comes between these and the rest.
const TOKENS: &str = include_str!("../../../src/style/tokens.css");
const CODE: &str = include_str!("code.js");
const FRAME: &str = include_str!("frame.js");
const EMBED: &str = include_str!("embed.js");
const SNIPPETS: &str = include_str!("snippets.js");
const STYLE: &[&str] = &[
    include_str!("../../../src/style/base.css"),
    include_str!("../../../src/style/parts.css"),
    include_str!("../../../src/style/print.css"),
];

const PAPER: &str = include_str!("../../../src/style/paper.css");

/// What must not stand in the glue: each turns text into markup or code. `.content` is how static nested markup in a
/// view, which becomes text, would come in.
const SINKS: &[&str] = &[".innerHTML", ".outerHTML", ".insertAdjacentHTML", ".content;", "new Function", "eval("];

/// The framework can empty an element by way of markup, for an attribute that no view here sets. The door is walled up.
const EMPTYING: &str = "arg0.innerHTML = getStringFromWasm0(arg1, arg2);";
const WALL: &str = "throw new TypeError('markup from text');";

/// Adds the app's files, and what a clinic set for the look of the site.
///
/// # Errors
/// Where the app was not built, or its glue holds what the policy forbids.
pub fn add(files: &mut Files, app: &Path, settings: &Settings) -> Result<Assets> {
    let module = module(app, b"")?;
    let own = own_style(settings, |font| Some(asset(files, "font", "woff2", font.to_owned()).path));
    let style = asset(files, "style", "css", style(&own).into_bytes());
    // Other websites name it, so its name stays.
    let embed = unindented(EMBED).into_bytes();
    put(files, "embed.js".into(), embed.clone())?;
    Ok(Assets {
        app: asset(files, "app", "js", module.into_bytes()),
        boot: asset(files, "boot", "js", unindented(BOOT).into_bytes()),
        style,
        paper: asset(files, "paper", "css", unindented(PAPER).into_bytes()),
        exit: settings.clinic.exit.then(|| asset(files, "exit", "js", unindented(EXIT).into_bytes())),
        logo: settings.logo.as_ref().map(|logo| {
            let path = asset(files, "logo", logo.end, logo.bytes.clone()).path;
            Picture { path, ..logo.shown.clone() }
        }),
        grounds: colour::grounds(&settings.colours),
        icon: String::new(),
        apple: String::new(),
        manifest: String::new(),
        code: asset(files, "code", "js", unindented(CODE).into_bytes()),
        frame: asset(files, "frame", "js", unindented(FRAME).into_bytes()),
        embed: vec![
            named(files, "embed.js".into(), embed),
            asset(files, "snippets", "js", unindented(SNIPPETS).into_bytes()),
        ],
    })
}

/// What a page holds that has nothing beside it.
pub struct Inline {
    /// The style sheet.
    pub style: String,
    /// The boot script.
    pub boot: String,
    /// The script of the button that leaves at once, where a clinic wants it.
    pub exit: Option<String>,
    /// The app.
    pub module: String,
    /// The colour of the ground, by light and by dark.
    pub grounds: [String; 2],
}

/// The app as texts that stand inside a page. A clinic's own font is left out: nothing may be beside the page.
///
/// # Errors
/// Where the app was not built, or a text would end its element.
pub fn inline(app: &Path, settings: &Settings) -> Result<Inline> {
    let parts = Inline {
        style: style(&own_style(settings, |_| None)),
        boot: unindented(EARLY),
        exit: settings.clinic.exit.then(|| unindented(EXIT)),
        // Among any bytes, some would sooner or later begin a tag.
        module: module(app, b"<")?,
        grounds: colour::grounds(&settings.colours),
    };
    for text in [&parts.style, &parts.boot, &parts.module].into_iter().chain(&parts.exit) {
        let text = text.to_ascii_lowercase();
        if let Some(tag) = ["</style", "</script", "<script", "<!--"].iter().find(|tag| text.contains(*tag)) {
            bail!("the app holds `{tag}`, and cannot stand inside a page");
        }
    }
    Ok(parts)
}

/// The module of the app. `not` says which bytes may not stand in it as they are.
fn module(app: &Path, not: &[u8]) -> Result<String> {
    let read = |name: &str| {
        let path = app.join(name);
        std::fs::read(&path).with_context(|| {
            format!("cannot read {}: name the folder with the app that was built with --app", path.display())
        })
    };
    let glue = String::from_utf8(read("island.js")?).context("island.js is no text")?.replace(EMPTYING, WALL);
    if let Some(sink) = SINKS.iter().find(|sink| glue.contains(*sink)) {
        bail!("the glue holds `{sink}`: some static nested markup in a view became text that is turned into markup");
    }
    let wasm = without_custom_sections(&read("island_bg.wasm")?)?;
    must_be_allowed(&wasm)?;
    must_be_caught(&glue)?;
    let glue = unindented(&glue);
    Ok(format!("{glue}\nlet WASM=\"{}\";\n{START}", as_text(&wasm, not)))
}

/// The style sheet, with what a clinic chose.
fn style(own: &str) -> String {
    unindented(&[TOKENS, own, &STYLE.concat()].concat())
}

/// A clinic's colours and font as rules. `put` puts its own font somewhere, and says where.
fn own_style(settings: &Settings, put: impl FnOnce(&[u8]) -> Option<String>) -> String {
    let (face, font) = match &settings.font {
        Font::Device("") => return colour::css(&settings.colours),
        Font::Device(stack) => (String::new(), (*stack).to_owned()),
        Font::File(bytes) => {
            let Some(path) = put(bytes) else { return colour::css(&settings.colours) };
            let name = path.trim_start_matches("assets/");
            let source = format!("src: url(\"{name}\") format(\"woff2\");");
            let face = format!("@font-face {{\nfont-family: \"Clinic\";\n{source}\nfont-display: swap;\n}}\n");
            (face, "\"Clinic\", system-ui, sans-serif".to_owned())
        }
    };
    format!("{face}:root {{\n--font: {font};\n}}\n{}", colour::css(&settings.colours))
}

/// Adds a file whose name carries its hash.
pub fn asset(files: &mut Files, name: &str, end: &str, bytes: Vec<u8>) -> Asset {
    let path = format!("assets/{name}-{}.{end}", hex(&Sha256::digest(&bytes), 8));
    named(files, path, bytes)
}

fn named(files: &mut Files, path: String, bytes: Vec<u8>) -> Asset {
    let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes)));
    files.insert(path.clone(), bytes);
    Asset { path, integrity }
}

/// The text without indents, empty lines and lines of comment. No file has a text over several lines.
fn unindented(text: &str) -> String {
    let lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.collect::<Vec<&str>>().join("\n")
}

/// Names and producers are a third of the file and of no use to a browser.
fn without_custom_sections(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut kept = wasm.get(..8).context("island_bg.wasm is cut short")?.to_vec();
    let mut start: usize = 8;
    for payload in wasmparser::Parser::new(0).parse_all(wasm) {
        let payload = payload.context("island_bg.wasm is damaged")?;
        let section = payload.as_section();
        if let Some((id, range)) = section {
            let end = usize::try_from(range.end)?;
            if id != 0 {
                kept.extend(wasm.get(start..end).context("island_bg.wasm is damaged")?);
            }
            start = end;
        }
    }
    Ok(kept)
}

/// What a string may not hold as it is, and the letters that stand for it: rare in wasm, while the zero and two of the
/// others are among the most frequent bytes. `start.js` knows them too.
const STANDS_FOR: [(u8, char); 5] = [(0, '{'), (b'\n', 'Z'), (b'\r', '^'), (b'"', 'Y'), (b'\\', 'W')];

/// Bytes as text: each the character of the same number, but for those of [`STANDS_FOR`]. The letters that stand for
/// others are written 256 higher, and so are the bytes in `not`; the browser keeps the low byte of those. Module scripts
/// are always UTF-8.
fn as_text(bytes: &[u8], not: &[u8]) -> String {
    let one = |byte: &u8| {
        let letter = char::from(*byte);
        let stand_in = STANDS_FOR.iter().find(|(stood_for, _)| stood_for == byte).map(|(_, letter)| *letter);
        let high = not.contains(byte) || STANDS_FOR.iter().any(|(_, stand_in)| *stand_in == letter);
        let raised = high.then(|| char::from_u32(u32::from(letter) + 256)).flatten();
        stand_in.or(raised).unwrap_or(letter)
    };
    bytes.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use crate::site::app::{STANDS_FOR, START, as_text, without_custom_sections};

    #[test]
    fn text_holds_every_byte() {
        let bytes: Vec<u8> = (0..=255).collect();
        assert!(as_text(&bytes, b"").contains('<'));
        let text = as_text(&bytes, b"<");
        assert!(!text.contains(['\n', '\r', '\0', '"', '\\', '<']));
        let byte = |letter: char| match STANDS_FOR.iter().find(|(_, stand_in)| *stand_in == letter) {
            Some((byte, _)) => *byte,
            None => u8::try_from(u32::from(letter) % 256).unwrap(),
        };
        assert_eq!(text.chars().map(byte).collect::<Vec<u8>>(), bytes);
        let letters: String = STANDS_FOR.iter().map(|(_, letter)| letter).collect();
        let codes = STANDS_FOR.map(|(byte, _)| byte.to_string()).join(", ");
        assert!(START.contains(&format!("'{letters}'")) && START.contains(&format!("[{codes}]")), "start.js reads it");
    }

    #[test]
    fn custom_sections_go_and_others_stay() {
        // magic, version, a custom section of 3 bytes, an empty type section.
        let wasm = [0, b'a', b's', b'm', 1, 0, 0, 0, 0, 3, 1, b'x', 7, 1, 1, 0];
        assert_eq!(without_custom_sections(&wasm).unwrap(), [0, b'a', b's', b'm', 1, 0, 0, 0, 1, 1, 0]);
        assert!(without_custom_sections(&wasm[..5]).is_err());
    }
}
