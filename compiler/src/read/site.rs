//! `site.toml` and the words of the interface.

use crate::problem::{At, Located};
use crate::read::check::{demand_once, values, words_of};
use crate::read::toml::Table;
use crate::read::tone::{self, Allowed};
use crate::read::zone;
use mesocheck::model::{Country, HelpLine, Labels};

/// What holds for the whole site.
#[derive(Debug)]
pub struct Site {
    /// The language the words are in.
    pub locale: String,
    /// The content's version, as its editors count.
    pub version: String,
    /// Where the site will stand, without a slash at the end; empty: not known.
    pub address: String,
    /// Whom to call, by country.
    pub countries: Vec<Country>,
    /// Groups of the FAQ: id and title.
    pub groups: Vec<(String, String)>,
    /// Words of the interface.
    pub labels: Labels,
    /// Phrases that may stand where they otherwise must not; `None` where the words of the site could not be read.
    pub allowed: Option<Vec<Allowed>>,
    /// Where a clinic's settings stand that belong elsewhere: older versions had them here, and can still be compared.
    pub moved: Option<At>,
    drafts: Vec<DraftCountry>,
}

/// A country before its words are known.
#[derive(Debug)]
struct DraftCountry {
    id: Located<String>,
    country: Country,
    urgent_call: Vec<Located<String>>,
    territories: Vec<Located<String>>,
    crisis: Vec<Located<String>>,
    young: Vec<Located<String>>,
}

/// Reads what needs no words.
pub fn read(table: &Table) -> Site {
    demand_once(table, &["country"], "id");
    let locale = table.text("locale").value;
    let site = Site {
        // Without it the words would be looked for nowhere.
        locale: if locale.is_empty() { "en".into() } else { locale },
        version: table.text("version").value,
        address: address(table),
        countries: Vec::new(),
        groups: values(table.some_texts("faq_groups")).into_iter().map(|id| (id, String::new())).collect(),
        labels: Labels::default(),
        allowed: None,
        moved: table.has("clinic").then(|| table.key_at("clinic").clone()),
        drafts: table.tables("country").into_iter().map(read_country).collect(),
    };
    if site.drafts.is_empty() {
        table.at.report("No country says whom to call", "Add a [[country]] with id, emergency and zones.");
    }
    if site.moved.is_some() {
        table.ignore("clinic");
    }
    hold_apart(&site.drafts);
    table.finish();
    site
}

/// A territory has one number to call.
fn hold_apart(drafts: &[DraftCountry]) {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for (draft, territory) in drafts.iter().flat_map(|draft| draft.territories.iter().map(move |each| (draft, each))) {
        if let Some((_, other)) = known.iter().find(|(code, _)| *code == territory.value) {
            let what = format!("`{}` belongs to `{other}` already", territory.value);
            territory.at.report(what, "Name each territory once: under the numbers that people there call.");
        }
        known.push((&territory.value, &draft.id.value));
    }
}

/// The territories of a country. Every time zone of theirs counts, under every name: nobody has to write them down.
fn territories(table: &Table, id: &Located<String>) -> Vec<Located<String>> {
    if table.has("zones") {
        table.ignore("zones");
        table.key_at("zones").report(
            "Time zones are not written down here: the program knows them",
            format!(
                "Write territories = [\"{}\"]: ISO 3166 codes. Every time zone of theirs counts, by every name.",
                id.value
            ),
        );
        table.ignore("territories");
        return table.texts("territories");
    }
    let (territories, all) = (table.some_texts("territories"), zone::by_territory());
    for code in territories.iter().filter(|code| !all.contains_key(&code.value)) {
        let help = match code.value.as_str() {
            "UK" => "Write GB: ISO 3166 has no UK.".to_owned(),
            "EU" => "Name each country of it.".to_owned(),
            _ => "Write ISO 3166 codes: two capital letters, such as GB.".to_owned(),
        };
        code.at.report(format!("There is no territory `{}`", code.value), help);
    }
    let own = all.contains_key(&id.value) && !territories.iter().any(|code| code.value == id.value);
    if own && !territories.is_empty() {
        let what = format!("`{}` is not among its own territories", id.value);
        table.key_at("territories").report(what, format!("Add \"{}\".", id.value));
    }
    territories
}

fn read_country(table: &Table) -> DraftCountry {
    let id = table.text("id");
    let emergency = table.text("emergency");
    if !emergency.value.chars().all(|digit| digit.is_ascii_digit()) {
        emergency.at.report("An emergency number has digits only", "Write emergency = \"112\".");
    }
    let territories = territories(table, &id);
    let country = Country {
        id: id.value.clone(),
        name: String::new(),
        emergency: emergency.value,
        urgent: String::new(),
        urgent_call: Vec::new(),
        silent: String::new(),
        territories: values(territories.clone()),
        zones: Vec::new(),
        crisis: Vec::new(),
        young: Vec::new(),
    };
    let [urgent_call, crisis, young] = ["urgent_call", "crisis", "young"].map(|key| safe_links(table, key));
    let draft = DraftCountry { id, country, urgent_call, territories, crisis, young };
    table.finish();
    draft
}

/// Links to call, to text or to open; anything else is reported.
fn safe_links(table: &Table, key: &str) -> Vec<Located<String>> {
    let links = table.texts(key);
    for link in &links {
        if !["tel:", "sms:", "https://"].iter().any(|start| link.value.starts_with(start)) {
            link.at.report(format!("The link {} is unsafe", link.value), "Begin with tel:, sms: or https://.");
        }
    }
    links
}

fn address(table: &Table) -> String {
    let Some(address) = table.maybe_text("address") else { return String::new() };
    if !address.value.starts_with("https://") {
        address.at.report("The address of the site is no https address", "Write address = \"https://…\".");
    }
    address.value.trim_end_matches('/').to_owned()
}

/// Adds the words of a locale.
pub fn with_words(mut site: Site, words: &Table) -> Site {
    let drafts = std::mem::take(&mut site.drafts);
    site.countries = drafts.into_iter().map(|draft| with_country_words(draft, words)).collect();
    let titles = words.maybe_table("groups");
    if !words.has("groups") && !site.groups.is_empty() {
        words.at.report("The titles of the FAQ groups are missing", "Add [groups], with a line for each.");
    }
    for (id, title) in &mut site.groups {
        *title = titles.map(|titles| titles.text(id).value).unwrap_or_default();
    }
    read_labels(&mut site.labels, words);
    site.allowed = Some(tone::allowed(words));
    words.finish_below();
    site
}

/// A help line is written `Call Samaritans, 116 123 = tel:116123` in words by its key.
fn with_country_words(draft: DraftCountry, words: &Table) -> Country {
    let mut country = draft.country;
    let Some(own) = words_of(words, "country", &draft.id) else { return country };
    country.name = own.text("name").value;
    country.urgent = own.text("urgent").value;
    country.silent = own.text_or_empty("silent");
    let lines = |hrefs: &[Located<String>], key: &str| -> Vec<HelpLine> {
        let texts = own.texts(key);
        if texts.len() != hrefs.len() {
            own.at.report(
                format!("`{key}` has {} texts for {} links", texts.len(), hrefs.len()),
                format!("Write one text per link of `{key}` in ../site.toml, in the same order."),
            );
        }
        let pairs = texts.into_iter().zip(hrefs);
        pairs.map(|(text, href)| HelpLine { text: text.value, href: href.value.clone() }).collect()
    };
    country.urgent_call = lines(&draft.urgent_call, "urgent_call");
    country.crisis = lines(&draft.crisis, "crisis");
    country.young = lines(&draft.young, "young");
    own.finish();
    country
}

fn read_labels(labels: &mut Labels, words: &Table) {
    let Some(table) = words.maybe_table("labels") else {
        words.at.report("The labels of the interface are missing", "Add a table [labels].");
        return;
    };
    let texts = Labels::NAMES.iter().map(|name| table.text(name.trim_end_matches('_')).value);
    *labels = texts.collect::<Vec<String>>().into();
    table.finish();
}
