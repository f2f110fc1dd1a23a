//! A code for the clinic: what goes into it, what another phone shows, and what is gone afterwards.

use crate::looks::look;
use browser_tests::answers::{Answers, OUTCOMES};
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;
use browser_tests::storage::Place;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Answers of every kind: clear, several of many, not sure, kept private, and what stays out unless it is wanted.
const BUT: Answers = &[
    ("concern", &["hair", "pigment"]),
    ("thinners", &["anticoag"]),
    ("diabetes", &["not_sure"]),
    ("allergy", &["prefer_not"]),
    ("bdd1", &["yes"]),
    ("pressure", &["deal"]),
];

/// What is private: the warning signs, how one feels, and the pressure.
const PRIVATE: &[&str] = &[
    "Warning signs",
    "Recent warning signs",
    "Worry about looks",
    "Time spent worrying",
    "Effects of the worry",
    "Feeling rushed",
];

/// The part that holds what to ask.
const WISHES: &str = "The questions I want to ask";

/// What the answers on the screen are about, with the answers.
fn rows(browser: &Browser) -> BTreeMap<String, String> {
    let rows = browser.value(
        "Object.fromEntries([...document.querySelectorAll('.answers .row')].map((row) =>
            [row.querySelector('dt').textContent.split(': ')[0], row.querySelector('dd').textContent]))",
    );
    serde_json::from_value(rows).unwrap()
}

/// Does the check up to the result; the answers as the review lists them.
fn result(browser: &Browser, but: Answers) -> BTreeMap<String, String> {
    browser.begin();
    browser.answer_all(but);
    browser.must_be("review");
    let answers = rows(browser);
    browser.step("result");
    answers
}

fn open_section(browser: &Browser) {
    browser.click(".code summary");
    assert!(browser.sees("[data-action=\"code\"]"));
}

/// Makes the code and scans it.
fn link(browser: &Browser) -> String {
    browser.click("[data-action=\"code\"]");
    browser.until("document.querySelector('svg.qr')?.getBoundingClientRect().bottom <= innerHeight");
    let text = browser.scan().text;
    let start = format!("{}en/handover/#", browser.site().address());
    assert!(text.starts_with(&start), "{text}");
    assert!(text.len() - start.len() <= 400);
    text
}

fn ticks(browser: &Browser) -> Value {
    browser.value("[...document.querySelectorAll('[name=code]')].map((box) => [box.nextSibling.firstChild.textContent, box.checked])")
}

fn tick(browser: &Browser, part: &str) {
    let found = browser.run(
        "const box = [...document.querySelectorAll('[name=code]')].find((box) => box.nextSibling.firstChild.textContent === arguments[0]);
         box?.click(); return Boolean(box)",
        &[json!(part)],
    );
    assert_eq!(found, json!(true), "{part}");
}

/// Opens a link as a phone does that scanned it.
fn opened(browser: &Browser, link: &str) {
    browser.visit("about:blank");
    browser.visit(link);
    browser.ready();
}

fn shown(browser: &Browser) -> String {
    browser.words("document.querySelector('[data-handover]').dataset.state")
}

/// Fails unless a state is shown, its words can be read, and nothing else is told.
fn must_show(browser: &Browser, state: &str) {
    assert_eq!(shown(browser), state, "{}", browser.page());
    assert_eq!(browser.seen("[data-when]"), 1, "{}", browser.page());
    assert!(browser.sees(&format!("[data-when=\"{state}\"]")));
    assert_eq!(browser.sees(".answers"), state == "shown");
}

/// Fails where anything of a code is left in the address, the history or the storage.
fn must_keep_nothing(browser: &Browser) {
    let address = browser.words("location.href");
    assert!(address.ends_with("/en/handover/"), "{address}");
    assert_eq!(browser.value("history.state"), Value::Null);
    for place in [Place::Local, Place::Session] {
        assert!(browser.kept(place).is_empty());
    }
    assert_eq!(browser.title(), "Answers shown to you · Mesocheck");
}

#[browser_test]
fn another_phone_shows_the_same_answers_and_nothing_that_follows_from_them() {
    let (person, clinic) = (Browser::open(), Browser::open());
    let mut answers = result(&person, BUT);
    let all = answers.len();
    answers.retain(|topic, _| !PRIVATE.contains(&topic.as_str()));
    assert_eq!(answers.len(), all - PRIVATE.len());
    open_section(&person);
    let link = link(&person);
    opened(&clinic, &link);
    must_show(&clinic, "shown");
    assert_eq!(rows(&clinic), answers);
    clinic.must_read("Causes of hair loss: Has a doctor or nurse told you");
    assert_eq!(clinic.words("document.querySelector('h1').innerText"), "Not a medical record, not an assessment");
    let day = "new Date().toLocaleDateString(navigator.language, { day: 'numeric', month: 'long', year: 'numeric' })";
    clinic.must_read(&format!("Answers from {}", person.words(day)));
    let told = clinic.value(
        "(() => {
            const { check } = JSON.parse(document.querySelector('#pack').textContent), page = document.body.innerText;
            const texts = [...check.outcomes.flatMap((one) => [one.title, one.lead]), ...check.rules.map((rule) => rule.reason),
                ...check.headlines.flatMap((one) => [one.title, one.lead])];
            return texts.filter((text) => text && page.includes(text));
        })()",
    );
    assert_eq!(told, json!([]), "outcomes, titles or reasons");
    assert_eq!(clinic.count("[data-outcome], [data-rule], [data-level], [data-look], main [data-action]"), 0);
    must_keep_nothing(&clinic);
    person.must_be_quiet();
    clinic.must_be_quiet();
}

#[browser_test]
fn the_other_phone_asks_nobody_for_anything_and_is_empty_after_a_reload_or_coming_back() {
    let (person, clinic) = (Browser::open(), Browser::open());
    result(&person, BUT);
    open_section(&person);
    let link = link(&person);
    clinic.requests();
    opened(&clinic, &link);
    let code = link.split('#').nth(1).unwrap().to_owned();
    let asked = clinic.requests();
    assert!(!asked.is_empty() && asked.iter().all(|url| !url.contains(&code)), "{asked:?}");
    clinic.go_to("about/");
    clinic.browser_back();
    clinic.until("globalThis.mesocheckReady");
    must_show(&clinic, "nothing");
    must_keep_nothing(&clinic);
    clinic.browser_forward();
    assert!(!clinic.words("location.href").contains('#'));
    opened(&clinic, &link);
    must_show(&clinic, "shown");
    clinic.reload();
    clinic.ready();
    must_show(&clinic, "nothing");
    must_keep_nothing(&clinic);
    clinic.must_be_quiet();
}

#[browser_test]
fn warning_signs_feelings_and_pressure_stay_out_unless_they_are_ticked() {
    let (person, clinic) = (Browser::open(), Browser::open());
    let answers = result(&person, BUT);
    open_section(&person);
    let expected = json!([
        ["Safety check", false],
        ["About you", true],
        ["What you want help with", true],
        ["Your skin", true],
        ["Your health", true],
        ["How you feel", false],
        ["Your plans", true],
        ["Feeling rushed", false],
        [WISHES, true],
    ]);
    assert_eq!(ticks(&person), expected);
    for part in ["Safety check", "How you feel", "Feeling rushed"] {
        tick(&person, part);
    }
    let everything = link(&person);
    opened(&clinic, &everything);
    assert_eq!(rows(&clinic), answers);
    // Whatever is ticked or unticked takes back a code that says something else.
    for part in
        ["Safety check", "About you", "What you want help with", "Your skin", "Your health", "Your plans", WISHES]
    {
        tick(&person, part);
        assert_eq!(person.count("svg.qr"), 0);
    }
    tick(&person, "How you feel");
    let little = link(&person);
    assert!(little.len() < everything.len());
    opened(&clinic, &little);
    assert_eq!(rows(&clinic).into_keys().collect::<Vec<_>>(), ["Feeling rushed"]);
    tick(&person, "Feeling rushed");
    person.click("[data-action=\"code\"]");
    person.must_read("Nothing is ticked. Tick at least one part.");
    assert_eq!(person.count("svg.qr"), 0);
}

#[browser_test]
fn the_other_phone_shows_what_the_person_wants_to_ask_but_nothing_that_tells_of_what_is_left_out() {
    let (person, clinic) = (Browser::open(), Browser::open());
    result(&person, BUT);
    let blood = "Is it wise with my risk of bleeding or clots?";
    let label = "Is it licensed here for this use?";
    let asked = "[...document.querySelectorAll('.ask li')].filter((row) => row.querySelector(':checked')).map((row) => row.innerText)";
    let listed = "[...document.querySelectorAll('[data-answers] li')].map((row) => row.innerText)";
    let untick = person.run(
        "const row = [...document.querySelectorAll('.ask li')].find((row) => row.innerText.startsWith(arguments[0]));
         row.querySelector('input').click(); return true",
        &[json!(label)],
    );
    assert_eq!(untick, json!(true));
    open_section(&person);
    opened(&clinic, &link(&person));
    assert_eq!(clinic.value(listed), person.value(asked));
    clinic.must_read(blood);
    assert!(!clinic.reads(label), "the person does not want to ask it");
    tick(&person, "Your health");
    opened(&clinic, &link(&person));
    assert!(!clinic.reads(blood), "it would tell of an answer that stays out");
    clinic.must_read("Whom do I ring if something goes wrong");
    tick(&person, WISHES);
    opened(&clinic, &link(&person));
    assert_eq!(clinic.value(listed), json!([]));
    assert!(!clinic.reads("What they want to ask"));
}

#[browser_test]
fn nothing_is_made_before_it_is_asked_for_and_nothing_stays_when_the_screen_is_left() {
    let person = Browser::open();
    result(&person, BUT);
    let empty =
        "document.querySelectorAll('svg.qr').length + document.querySelector('.code [role=status]').textContent";
    assert_eq!(person.value(empty), json!("0"));
    open_section(&person);
    assert_eq!(person.value(empty), json!("0"));
    person.must_read("The code holds health answers. Anyone who scans it can read them.");
    person.must_read("The link lands in the history of their phone");
    let link = link(&person);
    let code = link.split('#').nth(1).unwrap();
    assert!(!person.words("document.documentElement.outerHTML").contains(code), "only the picture says it");
    assert!(!person.words("location.href + document.title + JSON.stringify(history.state)").contains(code));
    person.change("thinners");
    person.browser_back();
    person.until("document.querySelector('[data-outcome]')");
    assert_eq!(person.value(empty), json!("0"));
    person.must_be_quiet();
}

#[browser_test]
fn there_is_no_code_where_help_is_needed_today_or_the_check_ended_early() {
    let person = Browser::open();
    let later: Answers = &[("concern", &["pain"]), ("pain1", &["jaw"])];
    let crisis: Answers = &[("em_now", &["selfharm"])];
    let young: Answers = &[("age", &["under18"])];
    let stops = OUTCOMES.iter().filter(|(outcome, _)| ["same-day", "emergency"].contains(outcome));
    let none = stops.map(|(_, but)| *but).chain([later, crisis, young]);
    for but in none {
        person.complete(but);
        assert!(["stop", "result"].contains(&person.state().as_str()));
        assert_eq!(person.count(".code, [data-action=\"code\"], [name=code]"), 0, "{but:?}");
        if but == later {
            person.must_be("result");
            assert_eq!(person.outcome(), "same-day");
        }
        person.run("localStorage.clear()", &[]);
    }
    for (outcome, but) in OUTCOMES.iter().take(4) {
        person.complete(but);
        assert_eq!(person.count(".code"), 1, "{outcome}");
        person.step("restart");
    }
    person.open_aftercare();
    person.start();
    person.answer_all(&[("a_common", &["red"])]);
    person.must_be("result");
    assert_eq!(person.count(".code"), 0);
}

#[browser_test]
fn a_second_code_in_the_same_tab_takes_the_place_of_the_first() {
    let (person, clinic) = (Browser::open(), Browser::open());
    result(&person, BUT);
    open_section(&person);
    let first = link(&person);
    tick(&person, "Your health");
    let second = link(&person);
    opened(&clinic, &first);
    let before = rows(&clinic);
    assert!(before.contains_key("Diabetes"));
    clinic.run("location.href = arguments[0]", &[json!(second)]);
    clinic.until("![...document.querySelectorAll('dt')].some((topic) => topic.textContent.startsWith('Diabetes'))");
    must_show(&clinic, "shown");
    assert!(rows(&clinic).len() < before.len());
    assert!(clinic.holds("document.activeElement.matches('[data-when=shown]')"));
    must_keep_nothing(&clinic);
    // A link within the page is no code.
    clinic.click(".skip");
    must_show(&clinic, "shown");
    clinic.run("location.hash = 'whatever'", &[]);
    clinic.until("document.activeElement.matches('[data-when=foreign]')");
    must_show(&clinic, "foreign");
    assert_eq!(clinic.count(".row"), 0);
    clinic.must_be_quiet();
}

#[browser_test]
fn a_code_that_is_not_whole_or_not_ours_is_refused_with_a_reason() {
    let (person, clinic) = (Browser::open(), Browser::open());
    result(&person, BUT);
    open_section(&person);
    let link = link(&person);
    let (page, code) = link.split_once('#').unwrap();
    let last = if code.ends_with('A') { "B" } else { "A" };
    let middle = if &code[30..31] == "Q" { "R" } else { "Q" };
    let changed = format!("{}{middle}{}", &code[..30], &code[31..]);
    let long = "Y".repeat(100_000);
    for (state, code) in [
        ("nothing", ""),
        ("damaged", &changed),
        ("damaged", &format!("{}{last}", &code[..code.len() - 1])),
        ("damaged", &format!("{code}A")),
        ("cut", &code[..code.len() - 1]),
        ("cut", &code[..20]),
        ("newer", "YKTWQTAR"),
        ("foreign", "/result"),
        ("foreign", &code.to_lowercase()),
        ("foreign", &format!("{code}.")),
        ("foreign", &long),
        ("foreign", "<img src=x onerror=alert(1)>"),
        ("foreign", "%00%F0%9F%92%89\u{202e}\u{1f489}"),
    ] {
        let code = if code.is_empty() { String::new() } else { format!("#{code}") };
        opened(&clinic, &format!("{page}{code}"));
        must_show(&clinic, state);
        assert_eq!(clinic.count(".row"), 0);
        must_keep_nothing(&clinic);
        clinic.must_be_quiet();
    }
}

#[browser_test]
fn a_code_of_another_version_of_the_check_says_so() {
    let other = |page: String| {
        let (before, after) = page.split_once("\"hash\":\"").unwrap();
        let first = if after.starts_with('0') { '1' } else { '0' };
        format!("{before}\"hash\":\"{first}{}", &after[1..])
    };
    let site = Site::altered(|site| site.rewrite("en/handover/index.html", other));
    let (person, clinic) = (Browser::open(), Browser::with(site, Setting::Usual));
    result(&person, BUT);
    open_section(&person);
    let code = link(&person).split_once('#').unwrap().1.to_owned();
    opened(&clinic, &format!("{}en/handover/#{code}", clinic.site().address()));
    must_show(&clinic, "other");
    clinic.must_read("Please ask the person to show you their phone.");
    must_keep_nothing(&clinic);
}

#[browser_test]
fn the_picture_is_read_in_the_dark_and_on_a_narrow_phone() {
    let person = Browser::open();
    result(&person, BUT);
    open_section(&person);
    let link = link(&person);
    for (width, scheme) in [(360, "light"), (360, "dark"), (320, "dark"), (1280, "dark")] {
        person.resize(width, 740);
        person.emulate_media("", &[("prefers-color-scheme", scheme)]);
        let scan = person.scan();
        assert_eq!(scan.text, link, "{width} {scheme}");
        let drawn = person.value("document.querySelector('svg.qr').getBoundingClientRect().width").as_f64().unwrap();
        #[allow(clippy::cast_precision_loss, reason = "a small number")]
        let module = drawn / (scan.modules + 8) as f64;
        println!("{width} px: {} letters, {} modules of {module:.1} px", link.len(), scan.modules);
        assert!(module >= 3.0, "modules of {module} pixels at {width}");
        assert_eq!(scan.correction, 0, "M");
    }
    person.emulate_media("print", &[]);
    assert!(!person.sees(".code"), "paper has no code");
}

#[browser_test]
fn without_script_or_app_the_page_says_what_to_do() {
    let browser = Browser::with(Site::built(), Setting::NoScript);
    browser.go_to("handover/#YKTWQTAR");
    browser.must_read("This page needs JavaScript");
    browser.must_read("Not a medical record, not an assessment");
    let cut = |text: String| text.chars().take(1000).collect();
    let site = Site::altered(|site| site.rewrite(&site.named("assets", "app-", ".js"), cut));
    let browser = Browser::with(site, Setting::Usual);
    browser.go_to("handover/#YKTWQTAR");
    browser.until("document.querySelector('.late').checkVisibility()");
    browser.must_read("The answers cannot be shown here");
}

#[browser_test]
fn every_look_of_it() {
    let (person, clinic) = (Browser::open(), Browser::open());
    result(&person, BUT);
    open_section(&person);
    look(&person, "what goes into a code");
    let link = link(&person);
    look(&person, "a code");
    opened(&clinic, &link);
    look(&clinic, "answers handed over");
    for code in ["", "#YKTWQTAR", "#/", "#YA"] {
        opened(&clinic, &format!("{}{code}", link.split('#').next().unwrap()));
        look(&clinic, &format!("handover/{code}"));
    }
}

/// Nothing of a code is left in the address, nor anywhere in the history.
fn must_have_wiped(browser: &Browser) {
    let (entries, _) = browser.history();
    assert!(entries.iter().all(|entry| !entry.url.contains("YKTWQTAR")), "{entries:?}");
}

#[browser_test(chromium)]
fn where_the_app_cannot_start_the_code_goes_all_the_same() {
    for broken in
        ["delete globalThis.WebAssembly", "WebAssembly.instantiate = () => Promise.reject(new Error('refused'))"]
    {
        let browser = Browser::open();
        browser.before_each_page(broken);
        browser.go_to("handover/#YKTWQTAR");
        browser.until("document.querySelector('[data-handover]').dataset.state === 'failed'");
        must_have_wiped(&browser);
        browser.must_read("The answers cannot be shown here");
        assert!(!browser.reads("There is nothing to show"), "{}", browser.page());
        // Another code, scanned into the same tab.
        browser.point_to("#YKTWQTAR");
        browser.until("location.hash === ''");
        must_have_wiped(&browser);
    }
}

#[browser_test(chromium)]
fn a_code_goes_where_the_app_never_comes_or_no_script_runs() {
    let site = Site::altered(|site| site.remove(&site.named("assets", "app-", ".js")));
    let browser = Browser::with(site, Setting::Usual);
    browser.go_to("handover/#YKTWQTAR");
    browser.until("document.querySelector('[data-handover]').dataset.state === 'failed'");
    must_have_wiped(&browser);
    let browser = Browser::with(Site::built(), Setting::NoScript);
    browser.go_to("handover/#YKTWQTAR");
    browser.until("location.pathname === '/en/handover/off/'");
    must_have_wiped(&browser);
    browser.must_read("This page needs JavaScript");
    assert!(!browser.reads("There is nothing to show"));
}

#[browser_test(chromium, alone)]
fn the_worker_hands_no_code_on() {
    let browser = Browser::open_with_worker();
    browser.open_page("");
    browser.until_kept();
    browser.site().stop();
    browser.go_to("nothing-here/#YKTWQTAR");
    browser.must_read("You are offline");
    must_have_wiped(&browser);
    browser.run_until_called(
        "const done = arguments[0];
         caches.keys().then(([name]) => caches.open(name)).then((kept) =>
           Promise.all(['/en/handover/', '/en/offline/'].map((page) => kept.delete(page)))).then(done)",
        &[],
    );
    browser.go_to("handover/#YKTWQTAR");
    browser.must_read("You are offline");
    must_have_wiped(&browser);
}
