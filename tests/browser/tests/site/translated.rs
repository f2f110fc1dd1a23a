//! A program translates the page, as those of browsers do: the words stay beside their boxes, on every screen and in
//! every text that changes, and the page says that a program put them there.

use browser_tests::answers::Answers;
use browser_tests::browser::Browser;
use browser_tests::browser_test;
use serde_json::json;

/// The words of a page, with what a translator puts around each put off, and what the page says of itself.
const SAID: &str = "[document.querySelector('[data-check], [data-search]').textContent.replace(/[⟦⟧]/g, '')]
    .concat([...document.querySelectorAll('[data-question]')].map((field) => field.dataset.question)).join(' | ')";

/// Texts that no translator has been at.
const LEFT: &str = "(() => {
    const texts = document.createTreeWalker(document.querySelector('[data-check], [data-search]'), NodeFilter.SHOW_TEXT);
    const left = [];
    while (texts.nextNode()) if (/\\S/.test(texts.currentNode.data) && !texts.currentNode.data.includes('⟦')) left.push(texts.currentNode.data);
    return left.filter((_, place) => place < 3);
})()";

/// Translates every text there is, and every one that comes. `swap` puts the words of one in its place.
fn translator(swap: &str) -> String {
    format!(
        "addEventListener('DOMContentLoaded', () => {{
           // The day must be the same for all who are compared.
           const swap = (text) => {{ {swap} }};
           const all = () => {{
             const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
             while (texts.nextNode()) {{
               const text = texts.currentNode;
               if (/\\S/.test(text.data) && !text.data.includes('⟦') && !text.parentElement.closest('script, style, textarea')) found.push(text);
             }}
             found.forEach(swap);
           }};
           all();
           new MutationObserver(all).observe(document.body, {{ childList: true, subtree: true, characterData: true }});
         }});"
    )
}

/// As the translator of Chromium: elements of its own in place of each text.
const ELEMENTS: &str = "const outer = document.createElement('font'), inner = document.createElement('font');
    inner.textContent = `⟦${text.data}⟧`; outer.append(inner); text.replaceWith(outer);";
/// As that of Firefox: other words in the same text.
const IN_PLACE: &str = "text.data = `⟦${text.data}⟧`;";
/// Nobody translates.
const NOT: &str = "";

const ANSWERS: Answers =
    &[("concern", &["hair", "pigment"]), ("thinners", &["anticoag"]), ("meds", &["iso"]), ("pressure", &["deal"])];

/// Time stands still for all who are compared.
const STILL: &str = "const Before = Date, then = Before.now() - Before.now() % 3_600_000;
    globalThis.Date = class extends Before {
      constructor(...given) { if (given.length) super(...given); else super(then); }
      static now() { return then; }
    };";

struct Walk {
    browser: Browser,
    translated: bool,
    seen: Vec<(String, String)>,
}

impl Walk {
    fn new(swap: &str) -> Self {
        let browser = Browser::open();
        browser.before_each_page(STILL);
        if !swap.is_empty() {
            browser.before_each_page(&translator(swap));
        }
        Self { browser, translated: !swap.is_empty(), seen: Vec::new() }
    }

    fn look(&mut self, what: &str) {
        // What comes in the next frame, and what the translator does then.
        self.browser.run_until_called(
            "const done = arguments[arguments.length - 1]; requestAnimationFrame(() => setTimeout(done, 20))",
            &[],
        );
        if self.translated {
            assert_eq!(self.browser.value(LEFT), json!([]), "{what}: not translated");
        }
        self.seen.push((what.to_owned(), self.browser.words(SAID)));
    }

    /// Does something that leaves the screen, and looks.
    fn act(&mut self, what: &str, selector: &str) {
        self.browser.click(selector);
        self.look(what);
    }

    fn must_say_so(&self) {
        assert_eq!(self.browser.sees("[data-translated]"), self.translated, "says that it was translated");
    }
}

/// Every kind of screen, and everything that changes on one.
fn check(swap: &str) -> Vec<(String, String)> {
    let mut walk = Walk::new(swap);
    questions(&mut walk);
    result(&mut walk);
    aftercare(&mut walk);
    walk.seen
}

fn questions(walk: &mut Walk) {
    walk.browser.open_check();
    walk.look("start");
    walk.must_say_so();
    walk.browser.start();
    walk.look("first questions");
    walk.act("nothing answered", "[data-action=continue]");
    walk.act("a sign", "[name=em_now][value=chest]");
    walk.act("a second sign", "[name=em_now][value=selfharm]");
    walk.act("one less", "[name=em_now][value=selfharm]");
    walk.act("help", "[data-action=help]");
    walk.act("another country", "#help-card li:nth-child(2) [data-action=country]");
    walk.act("help closed", "[data-action=help]");
    walk.browser.go_on();
    walk.look("stop");
    walk.act("stop in another country", ".stop li:nth-child(3) [data-action=country]");
    walk.browser.step("change");
    walk.look("the sign unticked");
    while walk.browser.state() == "question" {
        walk.browser.answer(ANSWERS);
        walk.look("answered");
        walk.browser.go_on();
        walk.look("the next screen");
    }
    walk.browser.must_be("review");
}

fn result(walk: &mut Walk) {
    walk.browser.step("result");
    walk.look("result");
    walk.browser.run(
        "const day = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10);
         const field = document.querySelector('input[type=date]');
         field.value = day; field.dispatchEvent(new Event('change', { bubbles: true }))",
        &[],
    );
    walk.look("a day");
    walk.browser.run(
        "const field = document.querySelector('input[type=date]');
         field.value = '1899-01-01'; field.dispatchEvent(new Event('change', { bubbles: true }));
         field.dispatchEvent(new Event('blur'))",
        &[],
    );
    walk.look("a day that cannot be");
    walk.browser.run("navigator.clipboard.writeText = () => Promise.reject()", &[]);
    walk.act("not copied", "[data-action=copy]");
    walk.act("a code", "[data-action=code]");
    walk.act("nothing to be in it", "[name=code]");
    walk.act("alone", "[data-action=show]");
    walk.act("not alone", "[data-action=show]");
    walk.browser.change("meds");
    walk.look("back at a question");
    walk.browser.step("back");
    walk.look("the result again");
    walk.browser.step("restart");
    walk.look("anew");
    walk.browser.start();
    walk.look("first questions anew");
    walk.must_say_so();
}

fn aftercare(walk: &mut Walk) {
    walk.browser.open_aftercare();
    walk.look("aftercare");
    walk.browser.start();
    while walk.browser.state() == "question" {
        walk.look("a question of aftercare");
        walk.browser.answer(&[]);
        walk.browser.go_on();
    }
    walk.look("what is normal");
    walk.must_say_so();
}

fn search(swap: &str) -> Vec<(String, String)> {
    let mut walk = Walk::new(swap);
    walk.browser.open_page("faq/");
    walk.browser.until("document.querySelector('[name=search]')");
    for words in ["", "hurt", "xylophone", "pregnant", ""] {
        walk.browser.run(
            "const box = document.querySelector('[name=search]'); box.value = arguments[0];
             box.dispatchEvent(new InputEvent('input', { bubbles: true }));",
            &[json!(words)],
        );
        walk.look(words);
    }
    walk.must_say_so();
    walk.seen
}

fn must_be_alike(plain: &[(String, String)], translated: &[(String, String)]) {
    assert_eq!(plain.len(), translated.len());
    for ((what, plain), (_, translated)) in plain.iter().zip(translated) {
        assert_eq!(plain, translated, "{what}");
    }
}

#[browser_test(chromium)]
fn words_stay_beside_their_boxes() {
    let plain = check(NOT);
    must_be_alike(&plain, &check(ELEMENTS));
    must_be_alike(&plain, &check(IN_PLACE));
}

#[browser_test(chromium)]
fn so_they_do_in_the_search_of_the_questions() {
    let plain = search(NOT);
    must_be_alike(&plain, &search(ELEMENTS));
    must_be_alike(&plain, &search(IN_PLACE));
}

#[browser_test]
fn a_page_in_another_language_says_that_a_program_made_it() {
    for mark in ["document.documentElement.lang = 'es'", "document.documentElement.classList.add('translated-ltr')"] {
        let browser = Browser::open();
        browser.open_check();
        assert!(!browser.sees("[data-translated]"));
        browser.run(mark, &[]);
        browser.until("!document.querySelector('[data-translated]').hidden");
        browser.must_read("nobody has checked its words");
    }
}
