//! What a person does with a check, and what they see of it.

use crate::answers::{Answers, CLEAR, answer};
use crate::browser::Browser;
use serde_json::{Value, json};

/// Where the check stands: the fragment and the state. It changes with every step.
const WHERE: &str = "location.hash + ' ' + document.querySelector('[data-check]')?.dataset.state";

/// What a script in the page does as a person would. Between two screens the page is left to itself for a moment, and with
/// `drawn` until it was drawn: without, a whole check takes a quarter of the time.
const PERSON: &str = "
    const where = () => location.hash + ' ' + document.querySelector('[data-check]')?.dataset.state;
    const arrived = async (before, drawn) => {
      const there = () => where() !== before && document.activeElement?.matches('[data-focus]');
      if (drawn) await nextFrame();
      // Most screens come within the same task: then nothing is drawn in between.
      for (let i = 0; i < 50 && !there(); i++) await null;
      for (let i = 0; i < 20 && !there(); i++) await nextTask();
      return waitFor(there, 10_000);
    };
    const give = (question, options) => {
      const all = () => [...document.querySelectorAll(`[name=\"${question}\"]`)];
      for (const input of all()) if (input.type === 'checkbox' && input.checked && !options.includes(input.value)) input.click();
      for (const input of all()) if (!input.checked && options.includes(input.value)) input.click();
      const given = all().filter((input) => input.checked).map((input) => input.value);
      if (given.length !== options.length) throw new Error(`${question}: ${options} became ${given}`);
    };";

/// Does a whole check by its buttons alone, and hands the result on in every way: nothing of the page is asked that a test
/// may have broken. It is given the clear answers, and what to call with the outcome.
pub const BUTTONS_ALONE: &str = "
    const done = arguments[arguments.length - 1], clear = arguments[0];
    const next = () => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = resolve;
      port2.postMessage(0);
    });
    const root = document.querySelector('[data-check]');
    const where = () => root.dataset.state + root.dataset.place;
    const press = async (action) => {
      const before = where();
      root.querySelector(`[data-action=\"${action}\"]`).click();
      for (let i = 0; i < 5000 && where() === before; i++) await next();
      if (where() === before) throw new Error(`${action} leads nowhere from ${before}`);
    };
    (async () => {
      await press('start');
      while (root.dataset.state === 'question') {
        for (const { dataset } of root.querySelectorAll('fieldset[data-question]')) {
          const name = dataset.question, wanted = clear[name] ?? 'none';
          const input = root.querySelector(`[name=\"${name}\"][value=\"${wanted}\"]`);
          if (!input.checked) input.click();
        }
        await press('continue');
      }
      await press('result');
      for (const action of ['print', 'copy', 'share', 'help', 'close'])
        root.querySelector(`[data-action=\"${action}\"]`)?.click();
      for (let i = 0; i < 50; i++) await next();
      const { outcome, outOfDate } = root.querySelector('.letter').dataset;
      return outcome ?? outOfDate;
    })().then(done, (error) => done(String(error)));";

/// The clear answers by question, where they are not `none`.
pub fn clear() -> Value {
    CLEAR.iter().map(|(question, option)| ((*question).to_owned(), json!(option))).collect()
}

impl Browser {
    /// Opens the check before a treatment, ready to start.
    pub fn open_check(&self) {
        self.open_page("check/");
    }

    /// Opens the check after a treatment, ready to start.
    pub fn open_aftercare(&self) {
        self.open_page("aftercare/");
    }

    /// Opens a page with a check on it, and waits until the app is there.
    pub fn open_page(&self, path: &str) {
        // A change of the fragment alone would load nothing.
        self.visit("about:blank");
        self.go_to(path);
        self.ready();
    }

    /// Waits until the app is there.
    pub fn ready(&self) {
        self.until("globalThis.mesocheckReady");
    }

    /// Starts the check.
    pub fn start(&self) {
        self.step("start");
        self.must_be("question");
    }

    /// Opens the check before a treatment and starts it.
    pub fn begin(&self) {
        self.open_check();
        self.start();
    }

    /// The state of the check.
    pub fn state(&self) -> String {
        self.words("document.querySelector('[data-check]').dataset.state")
    }

    /// Fails unless the check is in a state.
    pub fn must_be(&self, state: &str) {
        assert_eq!(self.state(), state, "on\n{}", self.page());
    }

    /// The outcome on the screen; empty: none.
    pub fn outcome(&self) -> String {
        self.words("document.querySelector('[data-outcome]')?.dataset.outcome")
    }

    /// The questions on the screen.
    pub fn questions(&self) -> Vec<String> {
        let ids = self
            .value("[...document.querySelectorAll('fieldset[data-question]')].map((field) => field.dataset.question)");
        serde_json::from_value(ids).expect("ids")
    }

    /// The heading of the screen.
    pub fn heading(&self) -> String {
        self.words("document.querySelector('[data-check] h1')?.innerText")
    }

    /// The rules of the findings on the screen, with their levels.
    pub fn findings(&self) -> Vec<String> {
        let rules = self.value("[...document.querySelectorAll('[data-rule]')].map((found) => found.dataset.rule)");
        serde_json::from_value(rules).expect("rules")
    }

    /// The options ticked for a question.
    pub fn ticked(&self, question: &str) -> Vec<String> {
        let script =
            "return [...document.querySelectorAll(`[name=\"${arguments[0]}\"]:checked`)].map((input) => input.value)";
        serde_json::from_value(self.run(script, &[json!(question)])).expect("values")
    }

    /// Ticks an option, or unticks it.
    pub fn tick(&self, question: &str, option: &str) {
        self.click(&format!("[name=\"{question}\"][value=\"{option}\"]"));
    }

    /// Presses a button of an action, and stays to see what comes.
    pub fn press_button(&self, action: &str) {
        self.click(&format!("[data-check] [data-action=\"{action}\"]"));
    }

    /// Presses a button that leads to another screen, and waits until that has the focus.
    pub fn step(&self, action: &str) {
        self.step_by(&format!("[data-check] [data-action=\"{action}\"]"));
    }

    /// Presses a button that leads to another screen, and waits until that has the focus.
    pub fn step_by(&self, selector: &str) {
        let before = self.words(WHERE);
        let script = format!(
            "{PERSON} const found = document.querySelector(arguments[0]);
             if (!found) return {{ error: `no ${{arguments[0]}}` }};
             found.click();
             return await arrived(arguments[1]) ? {{}} : {{ error: `no other screen after ${{arguments[0]}}` }}"
        );
        if self.run_waiting(&script, vec![json!(selector), json!(before)]).is_none() {
            // It led to another page.
            self.arrived(&before);
        }
    }

    /// Waits until another screen is there and has the focus.
    pub fn arrived(&self, before: &str) {
        let script = format!("{WHERE} !== {} && document.activeElement?.matches('[data-focus]')", json!(before));
        self.until(&script);
    }

    /// Where the check stands, to be handed to [`Browser::arrived`].
    pub fn place(&self) -> String {
        self.words(WHERE)
    }

    /// Presses Continue, and waits for the next screen.
    pub fn go_on(&self) {
        self.step("continue");
    }

    /// Answers the questions on the screen: clear but for some.
    pub fn answer(&self, but: Answers) {
        for question in self.questions() {
            self.give(&question, &answer(&question, but));
        }
    }

    /// Gives an answer: these options, and no other.
    pub fn give(&self, question: &str, options: &[&str]) {
        let script = format!("{PERSON} give(arguments[0], arguments[1]); return {{}}");
        self.run_waiting(&script, vec![json!(question), json!(options)]).expect("the page stays");
    }

    /// Writes a number.
    pub fn write_number(&self, question: &str, number: &str) {
        self.run(
            "const field = document.querySelector(`input.number[name=\"${arguments[0]}\"]`);
             field.value = arguments[1];
             field.dispatchEvent(new Event('input', { bubbles: true }))",
            &[json!(question), json!(number)],
        );
    }

    /// Answers screen after screen until something else than a question comes; how many screens there were. One script in
    /// the page does it; `outcomes.rs` goes the same way by hand.
    pub fn answer_all(&self, but: Answers) -> usize {
        self.answer_while(but, None, false)
    }

    /// The same, but every screen is drawn: for what a page does only then, such as telling the page around it its height.
    pub fn answer_all_drawn(&self, but: Answers) -> usize {
        self.answer_while(but, None, true)
    }

    /// Answers until a question is on the screen.
    pub fn answer_until(&self, question: &str, but: Answers) {
        self.answer_while(but, Some(question), false);
        assert!(self.questions().iter().any(|shown| shown == question), "{question} never came:\n{}", self.page());
    }

    fn answer_while(&self, but: Answers, until: Option<&str>, drawn: bool) -> usize {
        let script = format!(
            "{PERSON} const [but, clear, until, drawn] = arguments;
             const state = () => document.querySelector('[data-check]').dataset.state;
             const shown = () => [...document.querySelectorAll('fieldset[data-question]')].map((field) => field.dataset.question);
             for (let screens = 0; ; screens++) {{
               if (state() !== 'question' || shown().includes(until)) return screens;
               if (screens > 60) return {{ error: 'the check does not end' }};
               for (const question of shown()) give(question, but[question] ?? [clear[question] ?? 'none']);
               const before = where();
               document.querySelector('[data-check] [data-action=continue]').click();
               if (!await arrived(before, drawn)) return {{ error: `no other screen after ${{before}}` }};
             }}"
        );
        let but: Value = but.iter().map(|(question, options)| ((*question).to_owned(), json!(options))).collect();
        let screens =
            self.run_waiting(&script, vec![but, clear(), json!(until), json!(drawn)]).expect("the page stays");
        usize::try_from(screens.as_u64().expect("a number")).expect("a few")
    }

    /// Does the whole check before a treatment, up to its end.
    pub fn complete(&self, but: Answers) {
        self.begin();
        self.answer_all(but);
        if self.state() == "review" {
            self.step("result");
        }
    }

    /// Asks to change the answer to a question.
    pub fn change(&self, question: &str) {
        // It may stand in a part that is closed.
        self.step_by(&format!("[data-action=\"change\"][data-question=\"{question}\"]"));
    }

    /// What must be said about storage.
    pub fn notices(&self) -> String {
        self.words("document.querySelector('[data-check] .notices').innerText")
    }

    /// Goes to a fragment of the same page, as a hand in the address bar does.
    pub fn point_to(&self, fragment: &str) -> Value {
        self.run("location.hash = arguments[0]", &[json!(fragment)])
    }
}
