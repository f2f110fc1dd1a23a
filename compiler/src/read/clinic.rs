//! `clinic.toml`: what a clinic may set. Nothing in it can touch a question, a rule or a result.

use crate::colour::{self, Chosen, ROLES};
use crate::problem::{At, Located};
use crate::read::logo::{self, Logo};
use crate::read::toml::Table;
use crate::read::{CHECKS, Folder, link, suggestion, tone};
use mesocheck::model::{Clinic, HelpLine, Storage};

/// The file.
pub const FILE: &str = "clinic.toml";

/// Bytes of a logo, at most: it is loaded before the first visit can begin.
const LOGO: usize = 60_000;

/// Bytes of a font, at most.
const FONT: usize = 120_000;

/// What stands above the colours.
const KEYS: &[&str] = &["name", "logo", "font", "country", "booking", "phone", "neutral", "exit", "storage", "checks"];

/// Other names of countries, by the id that is meant.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("GB", &["UK", "ENGLAND", "SCOTLAND", "WALES", "ENG", "GBR", "BRITAIN", "UNITED KINGDOM"]),
    ("US", &["USA", "UNITED STATES", "AMERICA"]),
    ("IE", &["IRL", "IRELAND", "EIRE"]),
    ("AU", &["AUS", "AUSTRALIA"]),
    ("CA", &["CAN", "CANADA"]),
    (
        "EU",
        &[
            "EUROPE", "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "GR", "HR", "HU", "IT",
            "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "GERMANY", "FRANCE", "SPAIN", "ITALY",
        ],
    ),
];

/// Digits of a telephone number. No emergency number has as many.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=15;

/// Where answers may be kept.
const STORAGES: &[(&str, Storage)] =
    &[("device", Storage::Device), ("asked", Storage::Asked), ("tab", Storage::Tab), ("none", Storage::Nowhere)];

/// Fonts that devices have, by a name for how they look.
const STACKS: &[(&str, &str)] = &[
    ("system", ""),
    ("humanist", "Seravek, \"Gill Sans Nova\", Ubuntu, Calibri, \"DejaVu Sans\", sans-serif"),
    ("geometric", "Avenir, Montserrat, Corbel, \"URW Gothic\", sans-serif"),
    ("rounded", "ui-rounded, \"Hiragino Maru Gothic ProN\", Quicksand, \"Arial Rounded MT Bold\", Calibri, sans-serif"),
    ("serif", "Charter, \"Bitstream Charter\", \"Sitka Text\", Cambria, serif"),
];

/// What a clinic set.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// What travels with a check.
    pub clinic: Clinic,
    /// Its colours.
    pub colours: Chosen,
    /// Its font.
    pub font: Font,
    /// Its logo.
    pub logo: Option<Logo>,
    /// The checks it does not show.
    pub without: Vec<&'static str>,
    /// How many settings there are.
    pub number: usize,
}

impl Settings {
    /// Whether a check is shown.
    pub fn shows(&self, check: &str) -> bool {
        !self.without.contains(&check)
    }
}

/// A font.
#[derive(Clone, Debug)]
pub enum Font {
    /// One that the device has; empty: the one of the style sheet.
    Device(&'static str),
    /// One that comes with the site, as WOFF2.
    File(Vec<u8>),
}

impl Default for Font {
    fn default() -> Self {
        Self::Device("")
    }
}

/// Reads the settings; `countries` are those that are known.
pub fn read(table: &Table, folder: &Folder<'_>, countries: &[&str]) -> Settings {
    let clinic = Clinic {
        name: name(table),
        booking: silent_link(table, "booking", "booking link"),
        phone: table.maybe_text("phone").map(|phone| read_phone(&phone)),
        country: country(table, countries),
        storage: word(table, "storage", STORAGES).unwrap_or_default(),
        neutral: silent_link(table, "neutral", "neutral page"),
        exit: table.truth("exit"),
    };
    hold(&clinic, table);
    let logo = table.maybe_text("logo").and_then(|name| {
        let bytes = file(folder, &name, &["svg", "png"], LOGO)?;
        logo::read(&name.at, &name.value, bytes)
    });
    let colours = colours(table);
    let own = KEYS.iter().filter(|key| table.has(key)).count();
    let number = own + colours.len();
    let settings = Settings { clinic, colours, font: font(table, folder), logo, without: without(table), number };
    table.finish();
    settings
}

/// The name, which is a name and nothing else.
fn name(table: &Table) -> String {
    let Some(name) = table.maybe_text("name") else { return String::new() };
    if let Some(seal) = tone::seal(&name.value) {
        let what = format!("The name of the clinic says \"{}\"", seal.replace('*', "…"));
        name.at
            .report(what, "Write the name alone: a seal or a promise beside the check looks as if the check gave it.");
    }
    if let Some(medicine) = tone::medicine(&name.value) {
        name.at.report(
            format!("The name of the clinic holds a prescription medicine: {}", medicine.replace('*', "…")),
            "Write a name without it: many countries forbid to offer one to the public.",
        );
    }
    name.value
}

/// What is only right together.
fn hold(clinic: &Clinic, table: &Table) {
    if clinic.exit && clinic.neutral.is_empty() {
        table.key_at("exit").report(
            "The button that leaves at once has nowhere to go",
            "Add neutral = \"https://…\": a page that says nothing about where people were, such as the weather.",
        );
    }
    // Without a name no page could say who shows the check.
    let shows = ["logo", "booking", "phone", "colours", "font"].into_iter().find(|key| table.has(key));
    if let Some(key) = shows.filter(|_| !table.has("name")) {
        let help = "Add name = \"…\". Every page then says who shows the check and sells the treatment.";
        table.key_at(key).report("The clinic has no name", help);
    }
}

/// A link to another site that tells it nothing; empty where there is none.
fn silent_link(table: &Table, key: &str, name: &str) -> String {
    let Some(link) = table.maybe_text(key) else { return String::new() };
    if link::whole(&link.value).is_none() {
        link.at.report(format!("The {name} is no https address"), format!("Write {key} = \"https://…\"."));
    }
    if link.value.contains(['?', '#']) {
        link.at.report(
            format!("The {name} carries a parameter"),
            "Take everything from ? or # away: it could tell on people. Does it not work without? Make a page on your own \
             site that leads there, and write the address of that page.",
        );
    }
    link.value
}

/// A number as it is written, and as it is called.
fn read_phone(phone: &Located<String>) -> HelpLine {
    let dialled: String = phone.value.chars().filter(|sign| !matches!(sign, ' ' | '-')).collect();
    let digits = dialled.strip_prefix('+').unwrap_or(&dialled);
    if !DIGITS.contains(&digits.len()) || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        let wrong = if phone.value.contains('(') && phone.value.trim_start().starts_with('+') {
            "Take ( ) and what is in them away: behind + and the country no 0 is dialled. ".into()
        } else if let Some(sign) = digits.chars().find(|sign| !sign.is_ascii_digit()) {
            format!("Take `{sign}` away. ")
        } else {
            format!("It has {} digits. ", digits.len())
        };
        phone.at.report(
            "This is no telephone number of a clinic",
            format!(
                "{wrong}Write phone = \"+44 20 7946 0000\": 6 to 15 digits, with spaces if you like, and + in front of a \
                 country."
            ),
        );
    }
    HelpLine { text: phone.value.clone(), href: format!("tel:{dialled}") }
}

fn country(table: &Table, countries: &[&str]) -> String {
    let Some(country) = table.maybe_text("country") else { return String::new() };
    // Where no country could be read, that was told.
    if !countries.is_empty() && !countries.contains(&country.value.as_str()) {
        let meant = OTHER_NAMES.iter().find(|(_, others)| others.contains(&country.value.to_uppercase().as_str()));
        let help = match meant.filter(|(id, _)| countries.contains(id)) {
            Some((id, _)) => format!("Write country = \"{id}\"."),
            None => suggestion(&country.value, countries),
        };
        country.at.report(format!("There is no country `{}`", country.value), help);
    }
    country.value
}

/// One of several words.
fn word<T: Copy>(table: &Table, key: &str, known: &[(&str, T)]) -> Option<T> {
    let word = table.maybe_text(key)?;
    let found = known.iter().find(|(name, _)| *name == word.value);
    if found.is_none() {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let help = match key {
            // What looks alike may keep more than was meant.
            "storage" => format!(
                "Known here: {}. On a device that others use, such as a tablet, write \"none\".",
                names.join(", ")
            ),
            _ => suggestion(&word.value, &names),
        };
        word.at.report(format!("`{key}` cannot be `{}`", word.value), help);
    }
    found.map(|(_, value)| *value)
}

fn without(table: &Table) -> Vec<&'static str> {
    if !table.has("checks") {
        table.ignore("checks");
        return Vec::new();
    }
    let shown = table.some_texts("checks");
    for check in shown.iter().filter(|check| !CHECKS.contains(&check.value.as_str())) {
        check.at.report(format!("There is no check `{}`", check.value), suggestion(&check.value, CHECKS));
    }
    CHECKS.iter().copied().filter(|id| !shown.iter().any(|check| check.value == *id)).collect()
}

fn colours(table: &Table) -> Chosen {
    let Some(own) = table.maybe_table("colours") else { return Chosen::new() };
    let read = |(role, _): &(&'static str, &str)| {
        let text = own.maybe_text(role)?;
        let colour = colour::read(&text.value);
        if colour.is_none() {
            let digits = text.value.strip_prefix('#').filter(|digits| digits.len() == 3 && digits.is_ascii());
            let help = match digits {
                Some(digits) => {
                    let all: String = digits.chars().flat_map(|digit| [digit, digit]).collect();
                    format!("Write all six digits: {role} = \"#{all}\".")
                }
                None => format!("Write # and six digits from 0 to 9 and a to f, as in {role} = \"#0f5e63\"."),
            };
            text.at.report(format!("{} is no colour", text.value), help);
        }
        Some((*role, colour?))
    };
    let chosen: Chosen = ROLES.iter().filter_map(read).collect();
    for key in own.keys().into_iter().filter(|key| KEYS.contains(&key.value.as_str())) {
        own.ignore(&key.value);
        let help =
            format!("Move it above [colours]: what stands below belongs to the colours. Then {} counts.", key.value);
        key.at.report(format!("`{}` is no colour", key.value), help);
    }
    own.finish();
    for (role, clash) in colour::clashes(&chosen) {
        let help = match clash.nearest {
            Some(shade) => format!("The nearest colour that does: {role} = \"{}\".", colour::hex(shade)),
            None => "No lighter or darker shade of it does. Choose another, or change what it stands on.".into(),
        };
        own.key_at(role).report(clash.what, help);
    }
    chosen
}

fn font(table: &Table, folder: &Folder<'_>) -> Font {
    let Some(name) = table.maybe_text("font") else { return Font::default() };
    if !name.value.contains('.') {
        return word(table, "font", STACKS).map(Font::Device).unwrap_or_default();
    }
    let Some(bytes) = file(folder, &name, &["woff2"], FONT) else { return Font::default() };
    let length = bytes.get(8..12).and_then(|bytes| bytes.try_into().ok()).map(u32::from_be_bytes);
    let whole = length.and_then(|length| usize::try_from(length).ok()) == Some(bytes.len());
    if !bytes.starts_with(b"wOF2") || !whole {
        let help = "Save it as WOFF2, with only the letters you need.";
        name.at.report(format!("The font {} is no whole WOFF2 file", name.value), help);
    }
    Font::File(bytes)
}

/// A file beside the settings, of one of some kinds, and not too large.
fn file(folder: &Folder<'_>, name: &Located<String>, ends: &[&str], most: usize) -> Option<Vec<u8>> {
    let report = |what: String, help: String| name.at.report(what, help);
    let plain = name.value.bytes().all(|sign| sign.is_ascii_alphanumeric() || b"._-".contains(&sign));
    let end = name.value.rsplit_once('.').map(|(_, end)| end);
    if !plain || !end.is_some_and(|end| ends.contains(&end)) {
        let kinds = ends.join(" or .");
        report(
            format!("{} is no name of such a file", name.value),
            format!("Put a file that ends in .{kinds} beside {FILE}, and write its name alone."),
        );
        return None;
    }
    let Ok(bytes) = folder.read(&name.value) else {
        report(format!("The file {} is missing", name.value), format!("Put it beside {FILE}."));
        return None;
    };
    if bytes.len() > most {
        report(
            format!("The file {} has {} bytes", name.value, bytes.len()),
            format!("It must have at most {most}: everybody who comes waits for it."),
        );
        return None;
    }
    Some(bytes)
}

/// Settings where they once stood, with what a clinician signs.
pub fn report_moved(at: &At) {
    at.report("A clinic's settings have a file of their own", format!("Move the lines into {FILE}, without [clinic]."));
}
