//! A clinic's logo: a drawing or a picture that holds nothing but itself.

use crate::problem::At;
use mesocheck::page::Picture;
use resvg::tiny_skia::Pixmap;
use usvg::roxmltree::{Document, Node};
use usvg::{ImageHrefResolver, Options, Tree, WriteOptions};

/// The size it is shown at, at most: never larger than the name of the check.
const SHOWN: (f32, f32) = (180.0, 32.0);

/// Pixels of a side of a picture, at most.
const MOST: u32 = 2000;

/// Elements that run, or show what is not theirs.
const RUNS: &[&str] = &["script", "handler", "listener", "foreignObject", "iframe", "object", "embed"];

/// A logo, as it will be sent.
#[derive(Clone, Debug)]
pub struct Logo {
    /// How its name ends.
    pub end: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
    /// The size it is shown at; its path is not known yet.
    pub shown: Picture,
}

/// Reads a logo; what is wrong with it is reported where it is named.
pub fn read(at: &At, name: &str, bytes: Vec<u8>) -> Option<Logo> {
    let read = if name.strip_suffix(".png").is_some() { picture(bytes) } else { drawing(&bytes) };
    read.map_err(|(what, help)| at.report(format!("The logo {name} {what}"), help)).ok()
}

/// What is wrong, and how to mend it.
type Fault = (String, &'static str);

fn fault<T>(what: impl Into<String>, help: &'static str) -> Result<T, Fault> {
    Err((what.into(), help))
}

fn picture(bytes: Vec<u8>) -> Result<Logo, Fault> {
    let Ok(pixels) = Pixmap::decode_png(&bytes) else {
        return fault("is no PNG", "Save it as PNG, or better as SVG.");
    };
    if pixels.width().max(pixels.height()) > MOST {
        return fault(format!("is more than {MOST} pixels wide or high"), "Save it smaller: 400 pixels are enough.");
    }
    #[allow(clippy::cast_precision_loss, reason = "at most 2,000")]
    let shown = shown(pixels.width() as f32, pixels.height() as f32);
    Ok(Logo { end: "png", bytes, shown })
}

/// It is drawn anew from its shapes, so that nothing else that a file may hold comes along.
fn drawing(bytes: &[u8]) -> Result<Logo, Fault> {
    let text = String::from_utf8_lossy(bytes);
    let Ok(document) = Document::parse(text.trim_start_matches('\u{feff}')) else {
        return fault("is no SVG", "Save it as \"plain SVG\", without a DOCTYPE.");
    };
    if let Some(fault) = document.root().descendants().find_map(|node| held(&node)) {
        return Err(fault);
    }
    let resolver = ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
    let options = Options { image_href_resolver: resolver, ..Options::default() };
    let Ok(tree) = Tree::from_xmltree(&document, &options) else {
        return fault("cannot be drawn", "Give it a viewBox, and save it as \"plain SVG\".");
    };
    if !tree.root().has_children() {
        return fault("shows nothing", "Save it as \"plain SVG\", with its shapes.");
    }
    let shown = shown(tree.size().width(), tree.size().height());
    let bytes = tree.to_string(&WriteOptions::default()).into_bytes();
    Ok(Logo { end: "svg", bytes, shown })
}

/// What a drawing must not hold.
fn held(node: &Node<'_, '_>) -> Option<Fault> {
    let name = node.tag_name().name();
    if RUNS.contains(&name) || node.attributes().any(|attribute| attribute.name().starts_with("on")) {
        return Some(("holds a script".into(), "Save it as \"plain SVG\": shapes and colours, and nothing that runs."));
    }
    if name == "text" {
        return Some((
            "holds letters, and no font to draw them".into(),
            "Turn its text into paths: most drawing programs call it \"convert to outlines\".",
        ));
    }
    let links = |value: &str| !value.starts_with('#') && !is_picture(value);
    let by_link = |name: &str, value: &str| match name {
        "href" | "src" => links(value.trim()),
        _ => refers(value),
    };
    let outside = node.attributes().any(|attribute| by_link(attribute.name(), attribute.value()))
        || name == "style" && node.descendants().filter_map(|inner| inner.text()).any(refers)
        || node.pi().is_some_and(|pi| pi.target == "xml-stylesheet");
    outside.then(|| ("refers to another file".into(), "Put everything into the one file, or leave that part out."))
}

/// A picture that stands inside the file.
fn is_picture(value: &str) -> bool {
    ["data:image/png;", "data:image/jpeg;", "data:image/jpg;"].iter().any(|start| value.starts_with(start))
}

/// Whether a style refers to something that is not a part of the same file.
fn refers(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let outside = |rest: &str| !rest.trim_start_matches([' ', '"', '\'']).starts_with('#');
    style.contains("@import") || style.split("url(").skip(1).any(outside)
}

fn shown(width: f32, height: f32) -> Picture {
    let scale = (SHOWN.0 / width).min(SHOWN.1 / height);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 180")]
    let side = |side: f32| (side * scale).round().max(1.0) as u32;
    Picture { path: String::new(), width: side(width), height: side(height) }
}
