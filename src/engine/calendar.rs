//! A day as a calendar file (iCalendar, RFC 5545). What it is about stays with the person: a calendar is often shared.

use crate::model::{Date, Moment};

/// A whole day with a title, a line below it, and a reminder at nine in the morning. `made` is when it was written.
pub fn calendar(day: Date, made: Moment, title: &str, text: &str) -> String {
    let (day, next, stamp) = (digits(day), digits(day.plus(1)), stamp(made));
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Reminder//Reminder//EN".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        ["UID:", &day, "-", &stamp, "@reminder.invalid"].concat(),
        ["DTSTAMP:", &stamp].concat(),
        ["DTSTART;VALUE=DATE:", &day].concat(),
        ["DTEND;VALUE=DATE:", &next].concat(),
        ["SUMMARY:", &escaped(title)].concat(),
        ["DESCRIPTION:", &escaped(text)].concat(),
        "CLASS:PRIVATE".to_owned(),
        "TRANSP:TRANSPARENT".to_owned(),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        ["DESCRIPTION:", &escaped(title)].concat(),
        "TRIGGER:PT9H".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    lines.iter().map(|line| folded(line)).collect()
}

fn digits(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// A moment as `YYYYMMDDTHHMMSSZ`.
fn stamp(moment: Moment) -> String {
    let day = i32::try_from(moment.0.div_euclid(1440)).map_or(Date(0), Date);
    let minute = moment.0.rem_euclid(1440);
    [digits(day).as_str(), "T", &two(minute / 60), &two(minute % 60), "00Z"].concat()
}

fn two(number: i64) -> String {
    [if number < 10 { "0" } else { "" }, &number.to_string()].concat()
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n").replace('\r', "")
}

/// A line of at most 75 bytes, the rest of it on lines that begin with a space.
fn folded(line: &str) -> String {
    let (mut folded, mut bytes) = (String::new(), 0);
    for letter in line.chars() {
        if bytes + letter.len_utf8() > 75 {
            folded.push_str("\r\n ");
            bytes = 1;
        }
        folded.push(letter);
        bytes += letter.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

#[cfg(test)]
mod tests {
    use crate::engine::calendar;
    use crate::model::{Date, Moment};

    #[test]
    fn a_day_is_written_with_its_next_and_lines_are_short() {
        let day = Date::of(2026, 12, 31).unwrap();
        let text = calendar(day, Moment(1), "Look; again, é\\", &"ä\n".repeat(60));
        assert!(text.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"), "{text}");
        assert!(text.contains("DTSTAMP:19700101T000100Z\r\n"));
        assert!(text.contains("SUMMARY:Look\\; again\\, é\\\\\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\r', '\n'])));
    }
}
