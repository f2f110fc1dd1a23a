//! Time zones by territory, under every name that the time-zone database has for them: a browser may report any of those.

use icu_time::zone::iana::IanaParserExtended;
use std::collections::{BTreeMap, BTreeSet};

/// Names of a time that clocks keep in many countries. The database links each to one place, and that says nothing of
/// where somebody is.
const OF_NO_PLACE: &[&str] = &["CET", "EET", "EST", "HST", "MET", "MST", "WET"];

/// The short ids of Unicode begin with the code of the territory, but for these.
const OTHERWISE: &[(&str, &str)] = &[
    ("ancur", "CW"),
    ("fimhq", "AX"),
    ("gazastrp", "PS"),
    ("gpmsb", "MF"),
    ("gpsbh", "BL"),
    ("hebron", "PS"),
    ("jeruslm", "IL"),
];

/// The names of all time zones of each territory.
pub fn by_territory() -> BTreeMap<String, BTreeSet<&'static str>> {
    let mut all: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for zone in IanaParserExtended::new().iter_all() {
        // Etc/UTC, Etc/GMT+5, EST5EDT and their like are of no territory, whatever they are called.
        let is_place = zone.canonical.contains('/') && !zone.canonical.starts_with("Etc/");
        if is_place && !OF_NO_PLACE.contains(&zone.normalized) {
            all.entry(territory(zone.time_zone.as_str())).or_default().insert(zone.normalized);
        }
    }
    all
}

fn territory(id: &str) -> String {
    let otherwise = OTHERWISE.iter().find(|(odd, _)| *odd == id).map(|(_, territory)| (*territory).to_owned());
    otherwise.unwrap_or_else(|| id.chars().take(2).collect::<String>().to_uppercase())
}

/// The zones of territories as a pack has them: how names begin, and how each goes on.
pub fn in_short(territories: &[String]) -> Vec<String> {
    let all = by_territory();
    let mut short: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for name in territories.iter().filter_map(|territory| all.get(territory)).flatten() {
        let (start, rest) = name.split_at(name.rfind('/').map_or(0, |slash| slash + 1));
        short.entry(start).or_default().push(rest);
    }
    short.into_iter().map(|(start, rest)| format!("{start} {}", rest.join(" "))).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::zone::{OF_NO_PLACE, OTHERWISE, by_territory};
    use icu_time::zone::iana::IanaParserExtended;
    use std::collections::BTreeMap;

    fn territory_of(zone: &str) -> Option<String> {
        by_territory().into_iter().find(|(_, zones)| zones.contains(zone)).map(|(territory, _)| territory)
    }

    #[test]
    fn every_name_of_a_zone_leads_to_its_territory() {
        for (zone, territory) in [
            ("Europe/London", "GB"),
            ("GB", "GB"),
            ("GB-Eire", "GB"),
            ("Europe/Belfast", "GB"),
            ("Europe/Jersey", "JE"),
            ("Eire", "IE"),
            ("America/Indianapolis", "US"),
            ("America/Indiana/Indianapolis", "US"),
            ("America/Fort_Wayne", "US"),
            ("US/East-Indiana", "US"),
            ("US/Eastern", "US"),
            ("America/Shiprock", "US"),
            ("Navajo", "US"),
            ("America/Puerto_Rico", "PR"),
            ("America/Virgin", "VI"),
            ("Pacific/Samoa", "AS"),
            ("US/Samoa", "AS"),
            ("America/Montreal", "CA"),
            ("America/Coral_Harbour", "CA"),
            ("Canada/Newfoundland", "CA"),
            ("Australia/ACT", "AU"),
            ("Australia/LHI", "AU"),
            ("Antarctica/Macquarie", "AU"),
            ("Asia/Calcutta", "IN"),
            ("Asia/Kolkata", "IN"),
            ("Europe/Kiev", "UA"),
            ("Europe/Kyiv", "UA"),
            ("Asia/Istanbul", "TR"),
            ("Europe/Nicosia", "CY"),
            ("Atlantic/Faeroe", "FO"),
            ("America/Curacao", "CW"),
        ] {
            assert_eq!(territory_of(zone).as_deref(), Some(territory), "{zone}");
        }
    }

    #[test]
    fn a_time_of_no_place_is_of_no_territory() {
        let zones = ["UTC", "UCT", "Zulu", "GMT", "GMT+0", "Greenwich", "Etc/UTC", "Etc/GMT-1", "Etc/Unknown"];
        let joined = ["EST5EDT", "CST6CDT", "MST7MDT", "PST8PDT", "Factory", "", "Europe/", "europe/london"];
        for zone in zones.iter().chain(&joined).chain(OF_NO_PLACE) {
            assert_eq!(territory_of(zone), None, "{zone}");
        }
    }

    /// A newer version of the data may bring ids that are odd in another way.
    #[test]
    fn the_ids_are_as_they_are_taken_to_be() {
        let ids: Vec<String> =
            IanaParserExtended::new().iter().map(|zone| zone.time_zone.as_str().to_owned()).collect();
        assert!(OTHERWISE.iter().all(|(id, _)| ids.iter().any(|known| known == id)), "{ids:?}");
        assert!(by_territory().keys().all(|territory| territory.bytes().all(|letter| letter.is_ascii_uppercase())));
        // The system's own table, where it has one: its main names, each with the territory.
        let Ok(table) = std::fs::read_to_string("/usr/share/zoneinfo/zone.tab") else { return };
        let rows = table.lines().filter(|line| !line.starts_with('#'));
        let known: BTreeMap<&str, &str> = rows.filter_map(|row| row.split('\t').nth(2).zip(row.get(..2))).collect();
        assert!(known.len() > 400, "{known:?}");
        for zone in IanaParserExtended::new().iter_all() {
            if let Some(territory) = known.get(zone.normalized) {
                assert_eq!(territory_of(zone.normalized).as_deref(), Some(*territory), "{}", zone.normalized);
            }
        }
    }
}
