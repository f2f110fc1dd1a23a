//! Time as values. Pure code is told the time and never asks for it.

use serde::Serialize;

/// Minutes since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// Minutes from `earlier` until this moment; negative when `earlier` is later.
    pub fn minutes_since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A day, counted from 1970-01-01, in the calendar of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Date(pub i32);

impl Date {
    /// Reads `YYYY-MM-DD`; `None` for anything else, and for a day that does not exist.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u16>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let date = Self::of(year, month, day)?;
        (date.to_string() == text).then_some(date)
    }

    /// The day of a year (1 to 9999), month (1 to 12) and day (1 to 31) in the Gregorian calendar.
    pub fn of(year: u16, month: u16, day: u16) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        // March is the first month of this count, so that the leap day is the last of its year.
        let (m, d) = (i32::from((month + 9) % 12), i32::from(day));
        let y = i32::from(year) - i32::from(month <= 2);
        let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d - 1;
        Some(Self(days - 719_468))
    }

    /// Year, month and day.
    pub fn parts(self) -> (i32, i32, i32) {
        let days = self.0.saturating_add(719_468);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (year_of_era + era * 400 + i32::from(month <= 2), month, day)
    }

    /// The day `days` later.
    #[must_use]
    pub fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add(i32::try_from(days).unwrap_or(i32::MAX)))
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (year, month, day) = self.parts();
        write!(out, "{year:04}-{month:02}-{day:02}")
    }
}

/// The time a decision is made at: the minute, and the day in the person's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The minute, for the freshness of answers.
    pub moment: Moment,
    /// The day, for the review date of the content.
    pub today: Date,
}

impl Now {
    /// Noon (UTC) of a day: for places that know only the day.
    pub fn at_noon(today: Date) -> Self {
        Self { moment: Moment(i64::from(today.0) * 1440 + 720), today }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{Date, Moment, Now};

    #[test]
    fn dates_survive_being_written_and_read() {
        for days in -200_000..200_000 {
            let date = Date(days);
            let (year, month, day) = date.parts();
            if (1..=9999).contains(&year) {
                assert_eq!(Date::parse(&date.to_string()), Some(date), "{year}-{month}-{day}");
            }
        }
    }

    #[test]
    fn known_days() {
        assert_eq!(Date::parse("1970-01-01"), Some(Date(0)));
        assert_eq!(Date::parse("2000-03-01"), Some(Date(11_017)));
        assert_eq!(Date(0).plus(31).to_string(), "1970-02-01");
        for wrong in ["", "2026", "2026-02-30", "2026-13-01", "2026-1-1", "26-01-01", "2026-01-01x", "-1-01-01"] {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_is_made_of_parts_within_bounds() {
        assert_eq!(Date::of(1970, 1, 31), Some(Date(30)));
        assert_eq!(Date::of(1, 1, 1).map(Date::parts), Some((1, 1, 1)));
        assert_eq!(Date::of(9999, 12, 31).map(Date::parts), Some((9999, 12, 31)));
        for (year, month, day) in [(0, 1, 1), (10_000, 1, 1), (2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 32)]
        {
            assert_eq!(Date::of(year, month, day), None, "{year}-{month}-{day}");
        }
    }

    #[test]
    fn noon_is_in_the_middle_of_its_day() {
        assert_eq!(Now::at_noon(Date(0)), Now { moment: Moment(720), today: Date(0) });
        assert_eq!(Now::at_noon(Date(2)), Now { moment: Moment(2 * 24 * 60 + 12 * 60), today: Date(2) });
    }

    #[test]
    fn minutes_are_counted_both_ways_and_never_beyond_what_there_is() {
        assert_eq!(Moment(90).minutes_since(Moment(30)), 60);
        assert_eq!(Moment(30).minutes_since(Moment(90)), -60);
        assert_eq!(Moment(i64::MIN).minutes_since(Moment(i64::MAX)), i64::MIN);
    }
}
