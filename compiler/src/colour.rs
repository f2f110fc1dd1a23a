//! The colours of a site: those of the style sheet, a clinic's own in their place, and whether they can be told apart.

use palette::color_difference::Wcag21RelativeContrast as _;
use palette::convert::IntoColorUnclamped as _;
use palette::{IntoColor as _, IsWithinBounds as _, Mix as _, Oklch, Srgb};
use std::collections::BTreeMap;
use std::str::FromStr as _;

/// A colour as screens take it.
pub type Colour = Srgb<u8>;

/// What a clinic chose, by role.
pub type Chosen = BTreeMap<&'static str, Colour>;

/// What a clinic may colour, and the token of the style sheet it stands for.
pub const ROLES: [(&str, &str); 5] =
    [("ground", "surface"), ("sheet", "sheet"), ("ink", "ink"), ("accent", "accent"), ("line", "line-strong")];

const TOKENS: &str = include_str!("../../src/style/tokens.css");

/// What words stand on.
const GROUNDS: [&str; 3] = ["surface", "sheet", "soft"];

/// The grounds of results.
const TINTS: [&str; 6] = ["clear-tint", "talk-tint", "wait-tint", "against-tint", "today-tint", "emergency-tint"];

/// The words of results.
const LEVELS: [&str; 6] = ["clear", "talk", "wait", "against", "today", "emergency"];

/// What text needs, by WCAG 2.2, 1.4.3.
const TEXT: f64 = 4.5;

/// What the edges of controls and the focus need, by WCAG 2.2, 1.4.11 and 2.4.13.
const EDGE: f64 = 3.0;

/// Shades that are tried for the nearest that does, on each side.
const SHADES: u32 = 200;

/// Steps from a colour to the grey of the same lightness.
const PALER: u32 = 16;

/// The colours of the style sheet, by token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme(BTreeMap<String, Colour>);

/// Two colours that are too close.
#[derive(Clone, Debug, PartialEq)]
pub struct Clash {
    /// Which, how close, and what is needed.
    pub what: String,
    /// The nearest shade of the clinic's colour that can be told from all it meets.
    pub nearest: Option<Colour>,
}

/// As it is written: `#0f5e63`.
pub fn hex(colour: Colour) -> String {
    format!("#{colour:x}")
}

/// A colour as it is written: `#` and six digits.
pub fn read(text: &str) -> Option<Colour> {
    let whole = text.len() == 7 && text.starts_with('#');
    Colour::from_str(text).ok().filter(|_| whole)
}

/// What is too close among the colours a clinic chose: for each, the worst pair. A colour is held against the others as
/// they will be once they are mended, so that all can be mended in one go.
pub fn clashes(chosen: &Chosen) -> Vec<(&'static str, Clash)> {
    let ours = Theme::light();
    let mut mended = chosen.clone();
    let mut clashes = Vec::new();
    for (role, token) in ROLES.into_iter().filter(|(role, _)| chosen.contains_key(role)) {
        let theme = ours.with(&mended);
        let worst = theme.too_close(token, chosen).into_iter().min_by(|a, b| a.1.total_cmp(&b.1));
        let Some(worst) = worst else { continue };
        let nearest = theme.get(token).nearest(|shade| {
            let mut other = mended.clone();
            other.insert(role, shade);
            ours.with(&other).too_close(token, chosen).is_empty()
        });
        mended.extend(nearest.map(|shade| (role, shade)));
        clashes.push((role, Clash { what: theme.told(worst), nearest }));
    }
    clashes
}

/// The rules of a style sheet that put a clinic's colours in place of ours; empty where it chose none. By dark only the
/// accent is theirs, in a shade that can be read there.
pub fn css(chosen: &Chosen) -> String {
    if chosen.is_empty() {
        return String::new();
    }
    let dark: Chosen = chosen.get("accent").map(|accent| ("accent", for_dark(*accent))).into_iter().collect();
    let rule = |scheme: &str, theme: &Theme, chosen: &Chosen| {
        let changed = theme.with(chosen).0.into_iter().filter(|(name, colour)| theme.0.get(name) != Some(colour));
        let lines = changed.fold(String::new(), |text, (name, colour)| text + &format!("--{name}: {};\n", hex(colour)));
        format!("@media (prefers-color-scheme: {scheme}) {{\n:root {{\n{lines}}}\n}}\n")
    };
    rule("light", &Theme::light(), chosen) + &rule("dark", &Theme::dark(), &dark)
}

/// The colour of the ground, by light and by dark.
pub fn grounds(chosen: &Chosen) -> [String; 2] {
    [Theme::light().with(chosen), Theme::dark()].map(|theme| hex(theme.get("surface")))
}

/// The nearest shade of an accent that can be read by dark. White can, so there is one.
fn for_dark(accent: Colour) -> Colour {
    let ours = Theme::dark();
    let reads = |shade| {
        let chosen = Chosen::from([("accent", shade)]);
        ours.with(&chosen).too_close("accent", &chosen).is_empty()
    };
    accent.nearest(reads).unwrap_or(Colour::new(255, 255, 255))
}

impl Theme {
    fn light() -> Self {
        let light = TOKENS.split("@media").next().unwrap_or_default();
        Self(tokens(light).collect())
    }

    fn dark() -> Self {
        // What dark does not name is as by light.
        Self(tokens(TOKENS).collect())
    }

    fn get(&self, token: &str) -> Colour {
        match token {
            // A chosen answer: as the style sheet mixes it.
            "chosen" => mixed(self.get("sheet"), self.get("accent"), 0.07),
            token => self.0.get(token).copied().unwrap_or_default(),
        }
    }

    fn set(&mut self, token: &str, colour: Colour) {
        self.0.insert(token.into(), colour);
    }

    /// With a clinic's colours, and those that follow from them.
    fn with(&self, chosen: &Chosen) -> Self {
        let mut theme = self.clone();
        for (role, token) in ROLES {
            if let Some(colour) = chosen.get(role) {
                theme.set(token, *colour);
            }
        }
        if ["ground", "sheet", "ink"].iter().any(|role| chosen.contains_key(role)) {
            let [ground, sheet, ink] = ["surface", "sheet", "ink"].map(|token| theme.get(token));
            theme.set("soft", mixed(ground, ink, 0.06));
            theme.set("line", mixed(sheet, ink, 0.2));
            theme.set("focus", ink);
            let muted = mixed(ink, sheet, 0.2);
            theme.set("muted", muted);
            let faint = theme.on(GROUNDS.iter().chain(&TINTS), "muted", TEXT).next().is_some();
            theme.set("muted", if faint { ink } else { muted });
        }
        if let Some(accent) = chosen.get("accent") {
            let [white, black] = [Colour::new(255, 255, 255), Colour::new(0, 0, 0)];
            theme.set("accent-text", if contrast(*accent, white) >= TEXT { white } else { black });
        }
        theme
    }

    /// Where something is too close to what it stands on.
    fn on<'a>(
        &self,
        backs: impl Iterator<Item = &'a &'static str>,
        front: &'static str,
        needs: f64,
    ) -> impl Iterator<Item = (Pair, f64)> {
        let pairs = backs.map(move |back| ((front, *back, needs), contrast(self.get(front), self.get(back))));
        pairs.filter(move |(_, ratio)| *ratio < needs)
    }

    /// The pairs a clinic's colour is answerable for that are too close. What stands on a colour answers for it, where
    /// that was chosen as well.
    fn too_close(&self, token: &str, chosen: &Chosen) -> Vec<(Pair, f64)> {
        let ours = |token: &str| !ROLES.iter().any(|(role, known)| *known == token && chosen.contains_key(role));
        let beneath = |back: &str| match back {
            "soft" => "surface",
            "chosen" => "sheet",
            back => back,
        } == token;
        self.all().into_iter().filter(|((front, back, _), _)| *front == token || ours(front) && beneath(back)).collect()
    }

    /// Every pair that is too close.
    fn all(&self) -> Vec<(Pair, f64)> {
        let words = ["ink", "accent"].into_iter();
        let words = words.flat_map(|front| self.on(GROUNDS.iter().chain(&TINTS), front, TEXT));
        let levels = LEVELS.into_iter().flat_map(|front| self.on(GROUNDS.iter(), front, TEXT));
        let others = self.on(["chosen"].iter(), "ink", TEXT);
        let edges = self.on(["surface", "sheet"].iter(), "line-strong", EDGE);
        words.chain(levels).chain(others).chain(edges).collect()
    }

    fn told(&self, ((front, back, needs), ratio): (Pair, f64)) -> String {
        let named = |token: &str| format!("{} {}", name(token), hex(self.get(token)));
        let (kind, ratio) = (if needs < TEXT { "an edge" } else { "text" }, (ratio * 100.0).floor() / 100.0);
        format!("{} on {} has a contrast of {ratio} to 1; {kind} needs {needs}", named(front), named(back))
    }
}

/// What stands on what, and the contrast it needs.
type Pair = (&'static str, &'static str, f64);

/// What a token is called in a message.
fn name(token: &str) -> String {
    match ROLES.iter().find(|(_, known)| *known == token) {
        Some((role, _)) => format!("`{role}`"),
        None if token == "soft" => "the ground of a box".into(),
        None if token == "chosen" => "a chosen answer".into(),
        None => format!("our `{token}`"),
    }
}

/// The colours that stand in a style sheet, by their names.
fn tokens(css: &str) -> impl Iterator<Item = (String, Colour)> {
    let lines = css.lines().filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": "));
    lines.filter_map(|(name, value)| Some((name.to_owned(), read(value)?)))
}

fn contrast(one: Colour, other: Colour) -> f64 {
    one.into_format::<f64>().relative_contrast(other.into_format())
}

fn mixed(one: Colour, other: Colour, part: f64) -> Colour {
    one.into_format::<f64>().mix(other.into_format(), part).into_format()
}

/// Lighter and darker shades of a colour.
trait Shades {
    /// The nearest shade of the same hue that does; itself where it does.
    fn nearest(self, does: impl Fn(Colour) -> bool) -> Option<Colour>;
}

impl Shades for Colour {
    fn nearest(self, does: impl Fn(Colour) -> bool) -> Option<Colour> {
        let base: Oklch<f64> = self.into_format::<f64>().into_color();
        // Very light and very dark shades are paler: screens have no others.
        let shade = |lightness: f64| {
            let paler = (0..=PALER).rev().map(|part| base.chroma * f64::from(part) / f64::from(PALER));
            let mut shades = paler.map(|chroma| Oklch { l: lightness, chroma, ..base }.into_color_unclamped());
            let grey = || Oklch { l: lightness, chroma: 0.0, ..base }.into_color();
            shades.find(|shade: &Srgb<f64>| shade.is_within_bounds()).unwrap_or_else(grey).into_format::<u8>()
        };
        let steps = (0..=SHADES).map(|step| f64::from(step) / f64::from(SHADES));
        let both = steps.flat_map(|away| [base.l - away, base.l + away]);
        let within = both.filter(|lightness| (0.0..=1.0).contains(lightness));
        std::iter::once(self).chain(within.map(shade)).find(|shade| does(*shade))
    }
}

#[cfg(test)]
mod tests {
    use crate::colour::{Chosen, Colour, EDGE, GROUNDS, ROLES, TEXT, TINTS, Theme, clashes, contrast, css, hex, read};

    fn chosen(colours: &[(&'static str, &str)]) -> Chosen {
        colours.iter().map(|(role, colour)| (*role, read(colour).unwrap())).collect()
    }

    #[test]
    fn our_own_colours_can_be_told_apart() {
        for theme in [Theme::light(), Theme::dark()] {
            assert_eq!(theme.all(), [], "{theme:?}");
            assert!(ROLES.iter().all(|(_, token)| theme.0.contains_key(*token)));
            assert!(GROUNDS.iter().all(|back| contrast(theme.get("focus"), theme.get(back)) >= EDGE));
            assert!(GROUNDS.iter().all(|back| contrast(theme.get("muted"), theme.get(back)) >= TEXT));
        }
        assert_ne!(Theme::light(), Theme::dark());
    }

    #[test]
    fn contrast_is_that_of_the_standard() {
        let ratio = |one: &str, other: &str| contrast(read(one).unwrap(), read(other).unwrap());
        assert!((ratio("#000000", "#ffffff") - 21.0).abs() < 1e-9);
        // The two greys around the limit on white, as commonly quoted.
        assert!(ratio("#767676", "#ffffff") >= TEXT && ratio("#777777", "#ffffff") < TEXT);
    }

    #[test]
    fn the_colour_that_is_offered_does_and_is_the_nearest() {
        let told = clashes(&chosen(&[("accent", "#f06292")]));
        let [(role, clash)] = told.as_slice() else { panic!("{told:?}") };
        assert_eq!(*role, "accent");
        let nearest = clash.nearest.unwrap();
        assert!(clashes(&Chosen::from([("accent", nearest)])).is_empty(), "{}", hex(nearest));
        let lighter = Colour::new(nearest.red + 4, nearest.green + 4, nearest.blue + 4);
        assert!(!clashes(&Chosen::from([("accent", lighter)])).is_empty(), "{}", hex(lighter));
    }

    #[test]
    fn a_ground_must_carry_our_warnings() {
        let told = clashes(&chosen(&[("ground", "#b71c1c"), ("ink", "#ffffff")]));
        assert_eq!(told.iter().map(|(role, _)| *role).collect::<Vec<_>>(), ["ground", "ink"]);
        assert!(told[0].1.what.contains("our `"), "{}", told[0].1.what);
        let mended: Chosen = told.into_iter().map(|(role, clash)| (role, clash.nearest.unwrap())).collect();
        assert!(clashes(&mended).is_empty(), "{mended:?}");
    }

    /// Whatever a clinic chooses and the check lets pass, what follows from it can be read as well.
    #[test]
    fn what_follows_from_a_clinics_colours_can_be_read() {
        let shades =
            ["#ffffff", "#ffe9f0", "#e8f5e9", "#fff8e1", "#212121", "#4a148c", "#1b5e20", "#b71c1c", "#767676"];
        let (ours, mut passed) = (Theme::light(), 0);
        for number in 0..shades.len().pow(3) {
            let shade = |place: u32| shades[number / shades.len().pow(place) % shades.len()];
            let chosen = chosen(&[("ground", shade(0)), ("ink", shade(1)), ("accent", shade(2))]);
            let theme = ours.with(&chosen);
            if ROLES.iter().all(|(_, token)| theme.too_close(token, &chosen).is_empty()) {
                assert_eq!(theme.all(), [], "{chosen:?}");
                let on = |front, back| contrast(theme.get(front), theme.get(back));
                assert!(on("accent-text", "accent") >= TEXT, "{chosen:?}");
                assert!(
                    GROUNDS.iter().chain(&TINTS).all(|back| on("muted", back) >= TEXT && on("focus", back) >= EDGE)
                );
                passed += 1;
            }
        }
        assert!(passed > 30, "only {passed}");
    }

    #[test]
    fn by_dark_only_the_accent_is_theirs() {
        assert_eq!(css(&Chosen::new()), "");
        let css = css(&chosen(&[("ground", "#fff0f6"), ("accent", "#880e4f")]));
        let (light, dark) = css.split_once("dark").unwrap();
        assert!(light.contains("--surface: #fff0f6;") && light.contains("--accent: #880e4f;"), "{css}");
        assert!(!dark.contains("--surface") && dark.contains("--accent: #"), "{css}");
        assert!(["--emergency", "--today", "--call", "--banner"].iter().all(|ours| !css.contains(ours)), "{css}");
    }
}
