//! The result: why, what would change it, waits as days, and ways to take it along.

use crate::handed_on::print;
use browser_tests::answers::{Answers, OUTCOMES};
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use browser_tests::storage::Place;
use icalendar::{Calendar, CalendarComponent, Component, DatePerhapsTime};
use serde_json::json;

const WAITS: Answers = &[("meds", &["iso"]), ("recent", &["sun"]), ("pressure", &["deal"])];

/// Many findings of every kind that a result can lead with.
const MANY: Answers = &[
    ("thinners", &["anticoag"]),
    ("heart", &["bp"]),
    ("diabetes", &["well"]),
    ("allergy", &["common"]),
    ("skinhist", &["keloid"]),
    ("mark", &["yes"]),
    ("site", &["coldsore"]),
    ("meds", &["iso", "photo"]),
    ("recent", &["sun", "dental"]),
    ("needle", &["phobia"]),
    ("who", &["unchecked"]),
    ("product", &["not_sure"]),
    ("expect", &["not_sure"]),
];

/// Does a whole check, up to its result.
pub fn result_of(answers: Answers) -> Browser {
    let browser = Browser::open();
    browser.complete(answers);
    browser.must_be("result");
    browser
}

fn text_of(browser: &Browser, selector: &str) -> String {
    browser.run("return document.querySelector(arguments[0])?.innerText ?? ''", &[json!(selector)]).to_string()
}

#[browser_test]
fn changing_an_answer_comes_back_to_the_result_with_all_others_kept() {
    let browser = result_of(WAITS);
    let before = browser.kept_answers()["answers"].clone();
    browser.change("recent");
    browser.give("recent", &["none"]);
    browser.go_on();
    browser.must_be("result");
    assert_eq!(browser.findings(), ["meds.iso", "pressure.deal"]);
    let after = browser.kept_answers()["answers"].clone();
    let differs = |(id, answer): (&String, &serde_json::Value)| (before.get(id) != Some(answer)).then(|| id.clone());
    let changed: Vec<String> =
        after.as_object().unwrap().iter().filter_map(|(id, answer)| differs((id, answer))).collect();
    assert_eq!(changed, ["recent"]);
}

#[browser_test]
fn findings_stand_below_whom_to_ask() {
    let browser = result_of(MANY);
    let groups = browser.value(
        "[...document.querySelectorAll('.why-list section')].map((group) => [
            group.querySelector('h3').innerText.replace('\\n', ' / '),
            [...group.querySelectorAll('[data-rule]')].map((found) => found.dataset.rule),
        ])",
    );
    let wait = "Wait before any injections";
    let talk = "Talk to a clinician first";
    let rules = |of: &str| {
        let group = groups.as_array().unwrap().iter().find(|group| group[0].as_str().unwrap() == of);
        group.unwrap_or_else(|| panic!("no group `{of}` in {groups}"))[1].clone()
    };
    assert_eq!(rules(wait), json!(["site.coldsore", "meds.iso", "recent.dental", "recent.sun"]));
    assert_eq!(rules(&format!("{talk} / See a doctor this week")), json!(["mark.yes"]));
    assert_eq!(rules(&format!("{talk} / Ask the team that looks after you"))[0], json!("skinhist.keloid"));
    assert!(groups[0][0].as_str().unwrap().starts_with(wait), "the most severe comes first: {groups}");
}

#[browser_test]
fn what_would_change_this_is_what_time_can_bring_and_never_care_given_up() {
    let browser = result_of(WAITS);
    let said = text_of(&browser, ".outlook");
    for part in [
        "All of these together",
        "2 weeks after your last day in strong sun",
        "6 months after your last tablet",
        "Then this check would say: “We found no reason to wait”",
    ] {
        assert!(said.contains(part), "`{part}` is not in {said}");
    }
    let browser = result_of(&[("preg", &["breastfeeding"]), ("recent", &["sun"])]);
    assert_eq!(browser.count(".outlook"), 0);
}

#[browser_test]
fn a_day_is_shown_only_from_today_or_from_a_day_the_person_gives_and_is_kept_nowhere() {
    let browser = result_of(WAITS);
    let dated = |rule: &str| text_of(&browser, &format!("[data-rule='{rule}'] [role=status]"));
    assert!(dated("pressure.deal").contains("Not before "), "it counts from today");
    assert_eq!(dated("meds.iso"), "\"\"", "nobody knows the day of the last tablet");
    let kept = (browser.kept(Place::Local), browser.kept(Place::Session));
    give_day(&browser, "-10");
    browser.until("document.querySelector(\"[data-rule='meds.iso'] [role=status]\").innerText");
    // The browser writes days in the order of the person's country.
    let over = browser.run(
        "const over = new Date(Date.now() + 170 * 86_400_000), part = (options) => over.toLocaleDateString('en', { ...options, timeZone: 'UTC' });
         return [part({ day: 'numeric' }), part({ month: 'long' }), part({ year: 'numeric' })]",
        &[],
    );
    let says_the_day = |text: String| over.as_array().unwrap().iter().all(|part| text.contains(part.as_str().unwrap()));
    assert!(says_the_day(dated("meds.iso")), "{}", dated("meds.iso"));
    assert!(dated("meds.iso").contains("Not before"));
    browser.until(&format!("document.querySelector('.outlook').innerText.includes({})", over[1]));
    assert!(says_the_day(text_of(&browser, ".outlook")), "{}", text_of(&browser, ".outlook"));
    assert_eq!((browser.kept(Place::Local), browser.kept(Place::Session)), kept);
    browser.reload();
    browser.ready();
    browser.must_be("result");
    assert_eq!(dated("meds.iso"), "\"\"");
}

/// Gives the day of the last tablet: so many days from today, or a text.
fn give_day(browser: &Browser, day: &str) {
    browser.run(
        "const day = /^[+-]/.test(arguments[0]) ? new Date(Date.now() + arguments[0] * 86_400_000).toISOString().slice(0, 10) : arguments[0];
         const field = document.querySelector(\"[data-rule='meds.iso'] input[type=date]\");
         field.value = day; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[json!(day)],
    );
}

#[browser_test]
fn a_day_that_cannot_be_counts_for_nothing_and_says_so_once_it_is_given() {
    let browser = result_of(WAITS);
    let status = "document.querySelector(\"[data-rule='meds.iso'] [role=status]\").innerText";
    let field = "document.querySelector(\"[data-rule='meds.iso'] input[type=date]\")";
    assert_eq!(browser.words(&format!("{field}.min")), "1900-01-01");
    assert_eq!(browser.words(&format!("{field}.max")), browser.words("new Date().toLocaleDateString('sv')"));
    for wrong in ["0002-06-01", "0202-06-01", "+1", "+4000"] {
        give_day(&browser, wrong);
        assert_eq!(browser.words(status), "", "{wrong}: still being typed");
        browser.run(&format!("{field}.dispatchEvent(new Event('blur'))"), &[]);
        browser.until(&format!("{status}.includes('This day cannot be right.')"));
        assert_eq!(browser.count("[data-rule='meds.iso'] a.calendar"), 0);
    }
    // So long ago that nobody has to wait any more.
    give_day(&browser, "-400");
    browser.until(&format!("{status}.includes('this wait is over')"));
    assert_eq!(browser.count("[data-rule='meds.iso'] a.calendar"), 0, "no day that is past goes into a calendar");
    assert!(!browser.words(status).contains("Not before"));
    give_day(&browser, "-10");
    browser.until(&format!("{status}.includes('Not before')"));
    assert_eq!(browser.count("[data-rule='meds.iso'] a.calendar"), 1);
}

#[browser_test]
fn the_calendar_file_is_one_day_and_says_nothing_private() {
    let browser = result_of(&[("pressure", &["deal"])]);
    let link = "document.querySelector('[data-rule=\"pressure.deal\"] a[download]')";
    assert_eq!(browser.words(&format!("{link}.download")), "reminder.ics");
    let text = browser.run_until_called(
        "const done = arguments[arguments.length - 1];
         const address = document.querySelector('[data-rule=\"pressure.deal\"] a[download]').href;
         done(decodeURIComponent(address.slice(address.indexOf(',') + 1)))",
        &[],
    );
    let text = text.as_str().unwrap();
    let calendar: Calendar = text.parse().unwrap();
    let [CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("one event in {text}") };
    assert_eq!(event.get_summary(), Some("Reminder"));
    let day = browser.run(
        "const day = new Date(Date.now() + 14 * 86400000); return [day.getFullYear(), day.getMonth() + 1, day.getDate()]",
        &[],
    );
    let Some(DatePerhapsTime::Date(start)) = event.get_start() else { panic!("a whole day in {text}") };
    assert_eq!(
        json!(start.format("%Y-%-m-%-d").to_string()),
        json!(day.as_array().unwrap().iter().map(ToString::to_string).collect::<Vec<_>>().join("-"))
    );
    assert!(event.get_timestamp().is_some(), "when it was made: {text}");
    for word in ["meso", "check", "inject", "clinic", "health", "pressure", "http"] {
        assert!(!text.to_lowercase().contains(word), "`{word}` is in {text}");
    }
}

#[browser_test]
fn questions_to_ask_and_things_to_bring_follow_from_the_findings() {
    let browser = result_of(&[("thinners", &["anticoag"])]);
    let (ask, bring) = (text_of(&browser, ".ask"), text_of(&browser, ".bring"));
    assert!(ask.contains("risk of bleeding"), "{ask}");
    assert!(!ask.contains("lose hair"), "{ask}");
    assert!(bring.contains("last letter or results"), "{bring}");
    assert!(!bring.contains("allergy or reaction"), "{bring}");
}

#[browser_test(chromium)]
fn the_result_is_copied_as_text_without_what_will_not_be_asked() {
    let browser = result_of(WAITS);
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    browser.cdp("Browser.grantPermissions", permissions);
    browser.click(".ask input");
    browser.press_button("copy");
    browser.until("document.querySelector('.take [role=status]').innerText");
    browser.must_read("Copied.");
    let script = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, done)";
    let text = browser.run_until_called(script, &[]);
    let text = text.as_str().unwrap();
    for part in [
        "Wait before any injections",
        "Draft. Not yet reviewed",
        "You said: ",
        "6 months after your last tablet",
        "- Whom do I ring if something goes wrong",
        "What would change this",
        "Have at hand",
    ] {
        assert!(text.contains(part), "`{part}` is not in\n{text}");
    }
    assert!(!text.contains("What would you inject?"), "it was unticked:\n{text}");
}

#[browser_test(chromium)]
fn what_is_private_stays_out_of_text_and_print_unless_it_is_ticked() {
    let browser = result_of(&[("pressure", &["person"]), ("thinners", &["anticoag"])]);
    browser.cdp("Browser.setPermission", json!({ "permission": { "name": "clipboard-write" }, "setting": "denied" }));
    let copied = || {
        browser.press_button("copy");
        browser.until("document.querySelector('.take textarea')?.value");
        browser.words("document.querySelector('.take textarea').value")
    };
    let private = "Your body, your choice";
    browser.must_read(private);
    assert!(!copied().contains(private));
    browser.emulate_media("print", &[]);
    assert!(!browser.sees("[data-rule='pressure.person']"));
    assert!(browser.sees("[data-rule='thinners.anticoag']"));
    browser.emulate_media("", &[]);
    browser.run("document.querySelector('details.code').open = true", &[]);
    // All that is private.
    browser.run("for (const part of document.querySelectorAll('[name=code]:not(:checked)')) part.click()", &[]);
    assert!(copied().contains(private));
    assert_eq!(browser.count("[data-rule='pressure.person'][data-private]"), 0);
}

#[browser_test(chromium)]
fn where_copying_is_refused_the_text_stands_there_to_be_copied_by_hand() {
    let browser = result_of(WAITS);
    let refused = json!({ "permission": { "name": "clipboard-write" }, "setting": "denied" });
    browser.cdp("Browser.setPermission", refused);
    browser.press_button("copy");
    browser.until("document.querySelector('.take textarea')?.value");
    assert!(browser.words("document.querySelector('.take textarea').value").contains("Wait before any injections"));
    browser.must_be_quiet();
}

#[browser_test]
fn the_screen_can_be_shown_with_nothing_around_the_letter() {
    let browser = result_of(WAITS);
    browser.press_button("show");
    browser.until("document.querySelector('[data-shown]')");
    browser.until("document.activeElement?.matches('[data-focus]')");
    for hidden in [".top", ".bottom", "[data-action=change]", ".sources", "[data-action=delete]", ".take"] {
        assert!(!browser.sees(hidden), "{hidden} is in the way");
    }
    browser.must_read("Draft. Not yet reviewed");
    browser.must_read("6 months after your last tablet");
    browser.press_button("show");
    browser.until("!document.querySelector('[data-shown]')");
    assert!(browser.sees(".take"));
}

#[browser_test(chromium)]
fn every_result_prints_on_one_page() {
    for answers in OUTCOMES.map(|(_, answers)| answers).into_iter().take(4).chain([WAITS, MANY]) {
        let browser = result_of(answers);
        for paper in [(8.27, 11.69), (8.5, 11.0)] {
            assert_eq!(print(&browser, paper).sheets, 1, "{answers:?} on paper of {paper:?} inches");
        }
    }
}

/// The first button or link of a result, with what it does.
fn first_way(browser: &Browser) -> String {
    browser.words(
        "(() => { const way = document.querySelector('.verdict :is(a, button)');
            return way ? way.getAttribute('href') ?? way.dataset.action : '' })()",
    )
}

#[browser_test]
fn the_first_button_is_what_the_result_asks_for() {
    let pregnant: Answers = &[("preg", &["pregnant"])];
    let soon: Answers = &[("mark", &["yes"])];
    for (answers, way, asks) in [
        (&[] as Answers, "../prepare/", true),
        (&[("thinners", &["anticoag"])], "../questions/", true),
        (WAITS, "../questions/", true),
        (soon, "show", true),
        (pregnant, "show", false),
        (&[("expect", &["weight"])], "show", false),
        (&[("who", &["home"])], "show", false),
        (&[("age", &["under18"])], "show", false),
        (&[("preg", &["pregnant"]), ("mark", &["yes"])], "show", false),
        (&[("concern", &["pain"]), ("pain1", &["joint"])], "tel:111", false),
    ] {
        let browser = result_of(answers);
        assert_eq!(first_way(&browser), way, "{answers:?}");
        assert_eq!(browser.count(".ask") > 0, asks, "{answers:?}: {}", browser.page());
        let text = browser.words("document.querySelector('[data-check]').innerText");
        assert!(asks || !text.contains("Questions to ask"), "{answers:?} advises against, and sells:\n{text}");
        assert!(!text.contains("Book this week"), "{text}");
    }
}

#[browser_test]
fn what_is_to_be_seen_today_calls_the_line_for_that_first_and_the_emergency_number_second() {
    let browser = result_of(&[("concern", &["pain"]), ("pain1", &["joint"])]);
    let calls = "[...document.querySelectorAll('.verdict a[href^=\"tel:\"]')].map((call) => call.getAttribute('href'))";
    assert_eq!(browser.value(calls), json!(["tel:111", "tel:999"]));
    let text = browser.words("document.querySelector('.verdict').innerText");
    assert_eq!(text.matches("If it gets worse").count(), 1, "{text}");
}

#[browser_test(chromium)]
fn a_result_that_advises_against_hands_on_no_questions_to_ask() {
    let browser = result_of(&[("preg", &["pregnant"])]);
    browser.cdp("Browser.setPermission", json!({ "permission": { "name": "clipboard-write" }, "setting": "denied" }));
    browser.press_button("copy");
    browser.until("document.querySelector('.take textarea')?.value");
    let text = browser.words("document.querySelector('.take textarea').value");
    assert!(!text.contains("Questions to ask") && !text.contains("sealed bottle"), "{text}");
    assert_eq!(browser.count("[name=ask]"), 0);
}

#[browser_test]
fn sources_say_nothing_that_contradicts_itself() {
    let browser = result_of(&[("meds", &["not_sure"])]);
    browser.run("for (const part of document.querySelectorAll('.sources')) part.open = true", &[]);
    let said = text_of(&browser, ".sources");
    assert!(said.contains("A cautious choice"), "{said}");
    assert!(!said.contains("well established") && !said.contains("a careful choice of this check"), "{said}");
    let browser = result_of(&[("thinners", &["anticoag"])]);
    browser.run("for (const part of document.querySelectorAll('.sources')) part.open = true", &[]);
    assert!(text_of(&browser, ".sources").contains("How sure we are: "), "{}", text_of(&browser, ".sources"));
}

#[browser_test]
fn answers_whose_labels_hold_commas_are_told_apart() {
    let browser = Browser::open();
    browser.begin();
    browser.answer_all(&[("concern", &["face", "pigment"])]);
    browser.must_be("review");
    browser.run("for (const part of document.querySelectorAll('details')) part.open = true", &[]);
    browser.must_read("Dull skin, dryness or fine lines · Dark patches");
    browser.must_read("nothing to note (1)");
}
#[browser_test]
fn what_the_browser_will_not_do_is_said_and_can_be_done_by_hand() {
    let browser = Browser::open();
    browser.before_each_page("Navigator.prototype.share = () => sharing()");
    let by_hand = "document.querySelector('.take [role=status] textarea')?.value.includes('Mesocheck: ')";
    let said = |browser: &Browser| browser.words("document.querySelector('.take [role=status]').innerText");
    browser.complete(&[("thinners", &["anticoag"])]);
    for (action, how, words) in [
        ("print", "print = undefined", "did not open a print window"),
        ("print", "print = () => { throw new Error() }", "did not open a print window"),
        ("print", "print = () => {}", "did not open a print window"),
        ("print", "print = () => { dispatchEvent(new Event('beforeprint')) }", ""),
        ("share", "sharing = () => Promise.reject(new DOMException('', 'NotAllowedError'))", "did not let us share"),
        ("share", "sharing = () => { throw new TypeError() }", "did not let us share"),
        ("share", "sharing = () => undefined", "did not let us share"),
        ("share", "sharing = () => Promise.reject(new DOMException('', 'AbortError'))", ""),
        ("share", "sharing = () => Promise.resolve()", ""),
        (
            "copy",
            "navigator.clipboard.writeText = () => Promise.reject(new DOMException('', 'NotAllowedError'))",
            "did not let us copy",
        ),
        ("copy", "Object.defineProperty(navigator, 'clipboard', { value: undefined })", "did not let us copy"),
    ] {
        browser.run(how, &[]);
        browser.press_button(action);
        browser.run_until_called("setTimeout(arguments[0], 50)", &[]);
        if words.is_empty() {
            assert_eq!(said(&browser), "", "{how}");
        } else {
            assert!(said(&browser).contains(words) && browser.holds(by_hand), "{how}: {}", said(&browser));
        }
    }
}
