//! What lets a browser install the site as an app: the manifest, and icons drawn from one SVG.

use crate::output::Files;
use crate::read::Content;
use crate::site::app::{Assets, asset};
use crate::site::put;
use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde_json::{Value, json};

/// The drawing all icons are made of.
const DRAWING: &str = "icon.svg";

/// How much of a maskable icon the drawing fills. The circle that is never cut off has four fifths of its width, so what
/// lies within the circle of the drawing itself stays.
const SAFE: f32 = 0.8;

/// Pictures that show the app before it is installed.
const PICTURES: [(&str, &[u8]); 2] = [
    ("check", include_bytes!("../../../docs/images/check.png")),
    ("result", include_bytes!("../../../docs/images/result.png")),
];

/// Adds the manifest and all it names. Browsers look at icon and manifest again when they like, also at each new title or
/// fragment: so the icon travels in every page, and the others have names that carry their hash.
///
/// # Errors
/// Where the drawing of the icon is missing or cannot be used.
pub fn add(files: &mut Files, content: &Content, assets: &mut Assets) -> Result<()> {
    let drawing = files.get(DRAWING).with_context(|| format!("{DRAWING} is missing in the folder of public files"))?;
    let icon = Icon::read(drawing).with_context(|| format!("{DRAWING} cannot be drawn"))?;
    assets.icon = format!("data:image/svg+xml;base64,{}", STANDARD.encode(drawing));
    for (path, bytes) in [
        ("icons/192.png", icon.alone(192)?),
        ("icons/512.png", icon.alone(512)?),
        ("icons/maskable.png", icon.full(512, SAFE)?),
    ] {
        put(files, path.to_owned(), bytes)?;
    }
    for (name, bytes) in PICTURES {
        put(files, format!("pictures/{name}.png"), bytes.to_vec())?;
    }
    assets.apple = asset(files, "apple-touch-icon", "png", icon.full(180, 1.0)?).path;
    let manifest = serde_json::to_vec(&manifest(content, assets)?)?;
    assets.manifest = asset(files, "manifest", "webmanifest", manifest).path;
    Ok(())
}

/// Every address is relative, so that it is right in any folder. There is no `id`: it would count from the root of the
/// host, and what stands in for it, the start address, tells two sites of one host apart.
fn manifest(content: &Content, assets: &Assets) -> Result<Value> {
    let labels = &content.site.labels;
    let [ground, _] = &assets.grounds;
    let icon = |name: &str, size: &str, purpose: &str| json!({ "src": format!("../icons/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose });
    let locale = &content.site.locale;
    let door = |path: &str, name: String, short: String| {
        let icons = [json!({ "src": "../icons/192.png", "sizes": "192x192", "type": "image/png" })];
        json!({ "url": format!("../{locale}/{path}"), "name": name, "short_name": short, "icons": icons })
    };
    let picture = |(name, bytes): (&str, &[u8]), label: String| {
        let (width, height) = size(bytes).with_context(|| format!("the picture `{name}` is no PNG"))?;
        let (address, sizes) = (format!("../pictures/{name}.png"), format!("{width}x{height}"));
        let form = if width > height { "wide" } else { "narrow" };
        anyhow::Ok(json!({ "src": address, "sizes": sizes, "type": "image/png", "form_factor": form, "label": label }))
    };
    let doors = [
        ("suitability", door("check/", labels.home_check(), labels.nav_check())),
        ("aftercare", door("aftercare/", labels.home_aftercare(), labels.nav_aftercare())),
    ];
    let doors = doors.into_iter().filter(|(check, _)| content.settings.shows(check)).map(|(_, door)| door);
    let doors: Vec<Value> = doors.collect();
    let [check, result] = PICTURES;
    Ok(json!({
        "name": labels.site(),
        "short_name": labels.title_suffix(),
        "description": labels.home_lead(),
        "lang": content.site.locale,
        "dir": "auto",
        "start_url": format!("../{locale}/"),
        "scope": "../",
        "display": "standalone",
        "theme_color": ground,
        "background_color": ground,
        "icons": [
            { "src": "../icon.svg", "sizes": "any", "type": "image/svg+xml" },
            icon("192", "192x192", "any"),
            icon("512", "512x512", "any"),
            icon("maskable", "512x512", "maskable"),
        ],
        "shortcuts": doors,
        "screenshots": [
            picture(check, labels.offline_picture_check())?,
            picture(result, labels.offline_picture_result())?,
        ],
    }))
}

/// Width and height, from the head of a PNG.
fn size(png: &[u8]) -> Option<(u32, u32)> {
    let number = |at: usize| png.get(at..at + 4)?.try_into().ok().map(u32::from_be_bytes);
    png.starts_with(b"\x89PNG").then_some(())?;
    Some((number(16)?, number(20)?))
}

/// The drawing, and the colour of its ground.
struct Icon {
    tree: Tree,
    ground: resvg::tiny_skia::Color,
}

impl Icon {
    fn read(svg: &[u8]) -> Result<Self> {
        let tree = Tree::from_data(svg, &Options::default())?;
        let sample = drawn(&tree, 64, 1.0, None)?;
        let pixel = sample.pixel(32, 2).filter(|pixel| pixel.alpha() == u8::MAX);
        let Some(ground) = pixel.map(|pixel| pixel.demultiply()) else {
            bail!("its ground must fill the middle of the upper edge: other icons are filled with that colour")
        };
        let ground = resvg::tiny_skia::Color::from_rgba8(ground.red(), ground.green(), ground.blue(), u8::MAX);
        Ok(Self { tree, ground })
    }

    /// The drawing as it is.
    fn alone(&self, size: u32) -> Result<Vec<u8>> {
        Ok(drawn(&self.tree, size, 1.0, None)?.encode_png()?)
    }

    /// The drawing on a ground without corners, at a part of its size: others cut the corners.
    fn full(&self, size: u32, part: f32) -> Result<Vec<u8>> {
        Ok(drawn(&self.tree, size, part, Some(self.ground))?.encode_png()?)
    }
}

fn drawn(tree: &Tree, size: u32, part: f32, ground: Option<resvg::tiny_skia::Color>) -> Result<Pixmap> {
    let mut pixels = Pixmap::new(size, size).context("an icon without size")?;
    if let Some(ground) = ground {
        pixels.fill(ground);
    }
    #[allow(clippy::cast_precision_loss, reason = "icons are small")]
    let width = size as f32;
    let scale = width * part / tree.size().width().max(tree.size().height());
    let edge = width * (1.0 - part) / 2.0;
    resvg::render(tree, Transform::from_row(scale, 0.0, 0.0, scale, edge, edge), &mut pixels.as_mut());
    Ok(pixels)
}
