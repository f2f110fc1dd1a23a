//! What a printed page says, read out of the PDF; and the same of what is copied and shared.

use crate::result::result_of;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use browser_tests::answers::Answers;
use browser_tests::browser::{Browser, Setting};
use browser_tests::browser_test;
use browser_tests::site::Site;
use lopdf::Document;
use serde_json::json;
use std::collections::BTreeSet;

/// What this is, above everything that is printed or handed on.
const NAME: &str = "Mesocheck: Check before you book mesotherapy";

/// A page as a PDF.
pub struct Printed {
    /// How many sheets it takes.
    pub sheets: usize,
    text: String,
}

/// Prints the page that is looked at on paper of this size in inches.
pub fn print(browser: &Browser, (width, height): (f64, f64)) -> Printed {
    let paper = json!({ "paperWidth": width, "paperHeight": height, "displayHeaderFooter": false });
    let printed = browser.cdp("Page.printToPDF", paper);
    let bytes = STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
    let document = Document::load_mem(&bytes).unwrap();
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    Printed { sheets: pages.len(), text: document.extract_text(&pages).unwrap() }
}

fn printed(browser: &Browser) -> Printed {
    print(browser, (8.27, 11.69))
}

/// A PDF knows letters and where they stand, and some two as one, but no words: a text without its spaces.
fn close(text: &str) -> String {
    let text = [("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl")]
        .iter()
        .fold(text.to_owned(), |text, (one, two)| text.replace(one, two));
    text.split_whitespace().collect()
}

impl Printed {
    fn says(&self, words: &str) -> bool {
        close(&self.text).contains(&close(words))
    }

    fn must_say(&self, words: &str) {
        assert!(self.says(words), "`{words}` is not printed:\n{}", self.text);
    }

    fn must_not_say(&self, words: &str) {
        assert!(!self.says(words), "`{words}` is printed:\n{}", self.text);
    }
}

fn texts(browser: &Browser, selector: &str) -> Vec<String> {
    let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent.trim())";
    serde_json::from_value(browser.run(script, &[json!(selector)])).unwrap()
}

/// The texts that stand on the page in the order of the sheet: every number of a box, and every sign.
fn must_have_each(browser: &Browser, what: &str, selector: &str) {
    let printed = printed(browser);
    let words: BTreeSet<&str> = printed.text.split_whitespace().map(|word| word.trim_matches([',', '.'])).collect();
    let wanted: Vec<String> = texts(browser, selector);
    assert!(wanted.len() > 40, "{what}: {}", wanted.len());
    let all = wanted.iter().flat_map(|text| text.split(", "));
    let lost: Vec<&str> = all.filter(|code| !words.contains(code) && !printed.says(&format!("{code}."))).collect();
    assert!(lost.is_empty(), "{what} without {lost:?}:\n{}", printed.text);
}

#[browser_test(chromium)]
fn the_form_and_its_reasons_are_printed_with_every_number_and_letter() {
    let browser = Browser::open();
    for (path, selector) in [("paper/", ".code, .mark"), ("paper/reasons/", ".code")] {
        browser.go_to(path);
        must_have_each(&browser, path, selector);
        let printed = printed(&browser);
        printed.must_say(NAME);
        for code in ["1a", "37d"] {
            printed.must_say(code);
        }
        browser.emulate_media("print", &[]);
        assert_eq!(browser.seen(".code"), browser.count(".code"), "{path}: a number that is not printed");
        browser.emulate_media("", &[]);
    }
}

/// A letter stands beside the words it belongs to, not above them.
#[browser_test]
fn on_the_screen_the_letter_of_a_box_stands_beside_its_words() {
    let browser = Browser::open();
    browser.go_to("paper/");
    let below = browser.value(
        "[...document.querySelectorAll('.boxes label')].filter((row) => {
            const [code, words] = ['.code', '.words'].map((part) => row.querySelector(part).getBoundingClientRect());
            return Math.abs(code.top - words.top) > 4;
        }).length",
    );
    assert_eq!(below, json!(0));
}

#[browser_test(chromium)]
fn the_card_is_printed_with_every_sign_and_what_it_is() {
    let browser = Browser::open();
    browser.go_to("paper/aftercare/");
    let printed = printed(&browser);
    printed.must_say(NAME);
    for sign in texts(&browser, ".card-sheet li") {
        printed.must_say(&sign);
    }
}

/// What is copied; the browser refuses, so it stands on the page.
fn copied(browser: &Browser) -> String {
    browser.cdp("Browser.setPermission", json!({ "permission": { "name": "clipboard-write" }, "setting": "denied" }));
    browser.press_button("copy");
    browser.until("document.querySelector('.take textarea')?.value");
    browser.words("document.querySelector('.take textarea').value")
}

/// What is shared.
fn shared(browser: &Browser) -> String {
    browser.press_button("share");
    browser.words("globalThis.sharedText")
}

/// Answers of which some are private, and what tells of them.
const PRIVATE: [(Answers, &[&str]); 7] = [
    (
        &[("pressure", &["deal"])],
        &["rushed", "2 weeks", "How long to wait", "What would change this", "Then this check", "Below", "Wait until"],
    ),
    (
        &[("pressure", &["person"]), ("thinners", &["anticoag"])],
        &["Your body, your choice", "How long to wait", "Below"],
    ),
    (
        &[("pressure", &["deal"]), ("recent", &["sun"])],
        &["rushed", "2 weeks to think", "Then this check would say", "offer"],
    ),
    (&[("bdd1", &["yes"]), ("bdd2", &["gt3"])], &["Below you can see", "worry", "See your doctor", "looks"]),
    (
        &[("bdd1", &["yes"]), ("bdd2", &["not_sure"]), ("bdd3", &["not_sure"]), ("thinners", &["not_sure"])],
        &["worry", "See your doctor, no hurry and"],
    ),
    (&[("concern", &["fat"]), ("area", &["tummy"]), ("eating", &["now"])], &["eating", "Your health comes first"]),
    (&[("pressure", &["not_sure"]), ("mark", &["yes"])], &["pressure", "Check this yourself", "rushed"]),
];

/// Whatever is handed on says what it is, and nothing of what the person keeps to themself.
#[browser_test(chromium)]
fn no_way_out_tells_what_is_private_and_each_says_what_it_is() {
    for (answers, words) in PRIVATE {
        let browser = Browser::open();
        browser.before_each_page(
            "navigator.share = (data) => { globalThis.sharedText = data.text; return Promise.resolve(); }",
        );
        browser.complete(answers);
        browser.must_be("result");
        let (paper, text) = (printed(&browser), copied(&browser));
        assert_eq!(shared(&browser), text, "{answers:?}");
        let address = browser.site().address();
        paper.must_say(NAME);
        paper.must_say(&address);
        assert!(text.starts_with(&format!("{NAME}, {address}")), "{text}");
        for word in words {
            paper.must_not_say(word);
            assert!(!text.contains(word), "`{word}` is handed on:\n{text}");
        }
        paper.must_say("left out here");
        assert!(text.contains("left out here"), "{text}");
        must_have_no_bare_heading(&browser, answers);
        // With everything private ticked, it is all there.
        browser.run("for (const part of document.querySelectorAll('[name=told]:not(:checked)')) part.click()", &[]);
        let all = printed(&browser);
        all.must_not_say("left out here");
        all.must_say(&texts(&browser, ".finding .reason")[0]);
        assert!(!copied(&browser).contains("left out here"));
    }
}

/// On paper every heading has something below it.
fn must_have_no_bare_heading(browser: &Browser, answers: Answers) {
    browser.emulate_media("print", &[]);
    let bare = browser.value(
        "[...document.querySelectorAll('.letter :is(section, .first li)')].filter((part) => part.checkVisibility()).filter((part) => {
            const below = [...part.children].filter((one) => one.checkVisibility() && !one.matches('h2, h3'));
            return !below.some((one) => one.innerText.trim());
        }).map((part) => part.innerText)",
    );
    assert_eq!(bare, json!([]), "{answers:?}");
    browser.emulate_media("", &[]);
}

#[browser_test(chromium)]
fn what_is_private_is_ticked_in_sight_and_the_code_knows_it() {
    let browser = result_of(&[("pressure", &["deal"])]);
    assert!(browser.sees("[name=told]"), "the box stands open");
    browser.must_read("stay out of print and text, unless you tick them here");
    browser.click("[name=told]");
    let same = "[...document.querySelectorAll('[name=code]')].find((box) => box.value === document.querySelector('[name=told]').value).checked";
    browser.until(same);
    browser.click("[name=told]");
    browser.until(&format!("!({same})"));
    // Where nothing found is private, there is nothing to promise.
    let browser = result_of(&[("thinners", &["anticoag"])]);
    assert_eq!(browser.count("[name=told]"), 0);
    assert!(!browser.reads("stay out of print"));
}

#[browser_test(chromium)]
fn what_is_private_stays_out_of_print_without_the_style_sheet_too() {
    let site = Site::altered(|site| {
        site.rewrite("en/check/index.html", |html| html.replace("rel=\"stylesheet\"", "rel=\"none\""));
    });
    let browser = Browser::with(site, Setting::Usual);
    browser.complete(&[("pressure", &["deal"]), ("thinners", &["anticoag"])]);
    let paper = printed(&browser);
    paper.must_say("risk of bleeding");
    paper.must_not_say("2 weeks to think");
    browser.must_read("2 weeks");
}

#[browser_test(chromium)]
fn a_question_nobody_wants_to_ask_is_not_printed() {
    let browser = result_of(&[("thinners", &["anticoag"])]);
    let first = texts(&browser, ".ask li").remove(0);
    printed(&browser).must_say(&first);
    browser.click(".ask input");
    printed(&browser).must_not_say(&first);
}

/// Notes and things to bring follow the same rule, and so does a list of topics.
#[browser_test(chromium)]
fn topics_of_one_reason_are_parted_by_commas() {
    let browser = result_of(&[("meds", &["not_sure"]), ("allergy", &["not_sure"])]);
    let topics = texts(&browser, ".topics li");
    assert!(topics.len() > 1, "{topics:?}");
    let between = browser.value("getComputedStyle(document.querySelector('.topics li'), '::after').content");
    browser.emulate_media("print", &[]);
    let in_print = browser.value("getComputedStyle(document.querySelector('.topics li'), '::after').content");
    assert_eq!((between, in_print), (json!("none"), json!("\", \"")));
}

#[browser_test(chromium)]
fn a_long_result_is_printed_in_letters_one_can_read() {
    let browser = result_of(&[
        ("thinners", &["anticoag"]),
        ("heart", &["bp"]),
        ("diabetes", &["well"]),
        ("allergy", &["common"]),
        ("skinhist", &["keloid"]),
        ("mark", &["yes"]),
        ("meds", &["iso"]),
        ("recent", &["sun"]),
        ("needle", &["phobia"]),
    ]);
    browser.emulate_media("print", &[]);
    let size =
        browser.value("parseFloat(getComputedStyle(document.querySelector('.finding .reason')).fontSize) * 0.75");
    assert!(size.as_f64().unwrap() >= 8.0, "{size} points");
    assert!(browser.count("[data-rule]") > 8, "many findings");
    browser.emulate_media("", &[]);
    assert_eq!(printed(&browser).sheets, 1);
}
