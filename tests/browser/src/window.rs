//! Tabs, frames, the history, and the time of day.

use crate::browser::{Browser, PATIENCE};
use serde_json::{Value, json};
use std::thread::sleep;
use std::time::{Duration, Instant};
use thirtyfour::prelude::*;

/// One entry of a tab's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: String,
}

impl Browser {
    /// The tab that is looked at.
    pub fn tab(&self) -> WindowHandle {
        self.wait("the tab", self.driver().window())
    }

    /// Every tab of this visit.
    pub fn tabs(&self) -> Vec<WindowHandle> {
        let all = self.wait("tabs", self.driver().windows());
        all.into_iter().filter(|tab| !self.is_of_the_pool(tab)).collect()
    }

    /// Waits until there are so many tabs.
    pub fn until_tabs(&self, number: usize) {
        let end = Instant::now() + PATIENCE;
        while self.tabs().len() != number {
            assert!(Instant::now() < end, "waited in vain for {number} tabs");
            sleep(Duration::from_millis(20));
        }
    }

    /// Opens another tab and looks at it.
    pub fn open_tab(&self) -> WindowHandle {
        let tab = self.wait("a tab", self.driver().new_tab());
        self.switch_to(&tab);
        tab
    }

    /// Looks at a tab, which comes to the front.
    pub fn switch_to(&self, tab: &WindowHandle) {
        self.wait("another tab", self.driver().switch_to_window(tab.clone()));
        self.bring_to_front();
    }

    /// Closes the tab that is looked at, and looks at another.
    pub fn close_tab(&self, then: &WindowHandle) {
        self.wait("closing", self.driver().close_window());
        self.switch_to(then);
    }

    /// Turns to what is inside the only frame.
    pub fn enter_frame(&self) {
        self.enter_frame_at(0);
    }

    /// Turns to what is inside one of several frames.
    pub fn enter_frame_at(&self, place: u16) {
        self.wait("the frame", self.driver().enter_frame(place));
    }

    /// Turns back to the page around it.
    pub fn leave_frame(&self) {
        self.wait("the page", self.driver().enter_default_frame());
    }

    /// Clicks as a person does, which a script cannot: some things a browser does only for a person.
    pub fn click_by_hand(&self, selector: &str) {
        let element = self.wait(selector, self.driver().find(By::Css(selector)));
        // A frame may go with the click, and then the driver misses it.
        let _ = self.try_to(element.click());
    }

    /// Clicks several times at one place, where something is at first: whatever comes there meanwhile.
    pub fn click_times(&self, selector: &str, times: usize, between: Duration) {
        let element = self.wait(selector, self.driver().find(By::Css(selector)));
        self.wait(selector, element.scroll_into_view());
        // Without a pause they are one: the browser must count them as it counts those of a hand.
        let chains = if between.is_zero() { 1 } else { times };
        for time in 0..chains {
            if time > 0 {
                sleep(between);
            }
            let chain = self.driver().action_chain();
            let chain = if time == 0 { chain.move_to_element_center(&element) } else { chain };
            let chain = (0..times / chains).fold(chain, |chain, _| chain.click());
            self.wait("clicks", chain.perform());
        }
    }

    /// Presses a key, and lets it go.
    pub fn tap(&self, key: Key) {
        self.wait("a key", self.driver().action_chain().key_down(key.clone()).key_up(key).perform());
    }

    /// Presses keys while another is held.
    pub fn tap_with(&self, held: Key, keys: &str) {
        let chain = self.driver().action_chain().key_down(held.clone()).send_keys(keys).key_up(held);
        self.wait("keys", chain.perform());
    }

    /// The history of the tab, and the place of the present entry.
    pub fn history(&self) -> (Vec<Entry>, usize) {
        let history = self.cdp("Page.getNavigationHistory", json!({}));
        let text = |entry: &Value, key: &str| entry[key].as_str().unwrap_or_default().to_owned();
        let entry = |entry: &Value| Entry { url: text(entry, "url"), title: text(entry, "title") };
        let entries = history["entries"].as_array().expect("entries").iter().map(entry).collect();
        (entries, usize::try_from(history["currentIndex"].as_u64().expect("a place")).expect("a place"))
    }

    /// Whether the page came back from the cache of Back and Forward when it was shown last.
    pub fn is_restored(&self) -> bool {
        self.holds("globalThis.restored")
    }

    /// Lets minutes pass for the page.
    pub fn pass(&self, minutes: i64) {
        self.run(
            "const Before = Date, more = arguments[0] * 60_000;
             globalThis.Date = class extends Before {
               constructor(...given) { if (given.length) super(...given); else super(Before.now() + more); }
               static now() { return Before.now() + more; }
             };",
            &[json!(minutes)],
        );
    }

    /// Lets the time pass until it is so late in the page's day.
    pub fn pass_until(&self, hour: u32, minute: u32) {
        let minutes = self.run(
            "const then = new Date(); then.setHours(arguments[0], arguments[1], 0, 0);
             return Math.round((then - new Date()) / 60_000)",
            &[json!(hour), json!(minute)],
        );
        self.pass(minutes.as_i64().expect("minutes"));
    }
}
