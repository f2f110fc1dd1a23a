//! The clear answers: those that raise nothing. `none` where nothing else is said.

/// Clear answers that are not `none`.
pub const CLEAR: &[(&str, &str)] = &[
    ("age", "18_69"),
    ("concern", "face"),
    ("hair2", "yes"),
    ("area", "cheeks"),
    ("mark", "no"),
    ("bleed", "no"),
    ("clot", "no"),
    ("cancer", "no"),
    ("diabetes", "no"),
    ("prev", "no"),
    ("bdd1", "no"),
    ("bdd2", "lt1"),
    ("bdd3", "no"),
    ("eating", "no"),
    ("needle", "ok"),
    ("expect", "small"),
    ("pressure", "no"),
    ("who", "reg"),
    ("product", "known"),
    ("anything", "no"),
    ("a_when", "now"),
    ("a_trend", "better"),
];

/// Answers that differ from the clear ones, by question.
pub type Answers<'a> = &'a [(&'a str, &'a [&'a str])];

/// What a person answers who differs from the clear answers only in some.
pub fn answer<'a>(question: &str, but: Answers<'a>) -> Vec<&'a str> {
    let own = but.iter().find(|(asked, _)| *asked == question).map(|(_, options)| options.to_vec());
    let clear = || CLEAR.iter().find(|(asked, _)| *asked == question).map_or("none", |(_, option)| *option);
    own.unwrap_or_else(|| vec![clear()])
}

/// A way to each outcome of the check before a treatment, mildest first.
pub const OUTCOMES: [(&str, Answers<'static>); 6] = [
    ("clear", &[]),
    ("talk", &[("thinners", &["anticoag"])]),
    ("wait", &[("pressure", &["deal"])]),
    ("not-suitable", &[("preg", &["pregnant"])]),
    ("same-day", &[("urgent_now", &["leg"])]),
    ("emergency", &[("em_now", &["chest"])]),
];
