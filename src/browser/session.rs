//! One visit to a check: the answers, where the person is, and what they do.

pub mod card;

use crate::browser::store::{Found, Told, Unsaved, Where};
use crate::browser::{address, clock, code, dom, share, store};
use crate::engine::{Place, Screen, Standing, decide, folded, journey, replay, tick, what_would_change};
use crate::model::{Answers, Date, Now, OptionId, Options, Pack, QuestionId, Role, Storage};
use crate::page::check::{CheckScreen, Times, standing};
use crate::view::plain::plain;
use crate::view::question::{Wrong, faults};
use crate::view::result::Ways;
use crate::view::wait::counted_from;
use crate::view::words::{Speech, fill};
use crate::view::{Act, Copied, Kept, Made, State, Way};
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::HtmlElement;

/// Minutes after which a result says "check again".
const RESULT_HOLDS: i64 = 24 * 60;

/// What must be said about storage. Each is a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Notice {
    Refused,
    Full,
    Damaged,
    Newer,
    Changed,
    Expired,
    Gone,
    Deleted,
    NotDeleted,
    Stale,
    Withdrawn,
}

/// What a visit knows. Everything shown is derived from it.
#[allow(clippy::struct_excessive_bools, reason = "each is one thing the person or the browser decided")]
struct Visit {
    pack: Arc<Pack>,
    answers: Answers,
    written: Vec<String>,
    place: Place,
    now: Now,
    wrong: Vec<Wrong>,
    notices: Vec<Notice>,
    keep: bool,
    kept: Option<Kept>,
    country: Option<usize>,
    /// Whether the person chose it.
    chosen: bool,
    help: bool,
    days: Vec<(usize, Option<Date>)>,
    unasked: Options,
    shown: bool,
    copied: Copied,
    /// Where Continue leads once nothing is missing, after a change or on going on.
    back_to: Option<Place>,
    /// Whether what is stored must not be touched.
    hands_off: bool,
    /// What the person wants to ask, what goes into a code, and the code.
    packed: Options,
    code: Option<Made>,
}

/// A visit and what is shown of it. Copies share both.
#[derive(Clone, Copy)]
struct Session {
    visit: StoredValue<Visit>,
    root: StoredValue<HtmlElement, LocalStorage>,
    state: RwSignal<State>,
}

/// The words of times in the browser.
const TIMES: Times = Times { moment: clock::moment_words, date: clock::date_words };

/// Mounts a check over its prerendered start screen.
pub fn mount(root: &HtmlElement, pack: Pack) {
    let pack = Arc::new(pack);
    // Looked up before mounting, which empties the page of what a person has done already.
    let unticked = dom::find_in(root, "[name=keep]:not(:checked)").is_some();
    let ways = Ways { questions: way(root, "questions/"), prepare: way(root, "prepare/") };
    let inner = root.clone();
    dom::mount(root, move || {
        let session = Session::new(&inner, pack.clone());
        session.open(unticked);
        let act = Callback::new(move |act| session.act(act));
        view! { <CheckScreen pack=pack state=session.state times=TIMES ways=ways act=act /> }
    });
}

/// Where another page of the site is; empty for a check in one file that knows of no site.
fn way(root: &HtmlElement, path: &str) -> String {
    let home = root.get_attribute("data-home").unwrap_or_default();
    if home.is_empty() { home } else { home + path }
}

impl Session {
    fn new(root: &HtmlElement, pack: Arc<Pack>) -> Self {
        let visit = Visit {
            answers: Answers::new(),
            written: Vec::new(),
            place: Place::Start,
            now: clock::now(),
            wrong: Vec::new(),
            notices: Vec::new(),
            keep: pack.storage() == Storage::Device,
            kept: None,
            country: country(&pack),
            chosen: false,
            help: false,
            days: Vec::new(),
            unasked: Options::NONE,
            shown: false,
            copied: Copied::No,
            back_to: None,
            hands_off: false,
            packed: code::packed(&pack.check),
            code: None,
            pack,
        };
        Self {
            root: StoredValue::new_local(root.clone()),
            state: RwSignal::new(visit.state()),
            visit: StoredValue::new(visit),
        }
    }

    fn pack(self) -> Arc<Pack> {
        self.visit.with_value(|visit| visit.pack.clone())
    }

    /// Changes the visit and shows what follows.
    fn change_visit(self, change: impl FnOnce(&mut Visit)) {
        self.root.with_value(dom::hold_focus);
        self.visit.update_value(change);
        self.state.set(self.visit.with_value(Visit::state));
    }

    /// Takes up what is stored, the box unticked before the island came, and where the address points.
    fn open(self, unticked: bool) {
        let asked = address::place();
        let pack = self.pack();
        store::begin(&pack);
        if pack.storage() != Storage::Nowhere {
            self.take_up(store::load(&pack.check, clock::now().moment));
        }
        self.change_visit(|visit| {
            // A box unticked before the island came is a wish that must not be lost.
            if visit.kept.is_none() && unticked && visit.pack.storage() != Storage::Asked {
                visit.keep = false;
            }
            let resumes = !visit.answers.is_empty();
            visit.place = asked.filter(|_| resumes).unwrap_or(Place::Start);
            visit.back_to = Some(Place::Review).filter(|_| resumes && visit.place != Place::Start);
        });
        // What the device kept before the clinic chose otherwise moves into the tab.
        if pack.storage() == Storage::Tab && self.visit.with_value(|visit| visit.kept.is_some()) {
            self.save();
        }
        self.settle();
        self.follow();
        self.hear();
        self.heed();
    }

    /// The publisher may have withdrawn the content since this page was written: the page's script says so here.
    fn heed(self) {
        if self.root.with_value(|root| root.has_attribute("data-withdrawn")) {
            self.change_visit(|visit| visit.say(Notice::Withdrawn, true));
        }
    }

    /// What is kept is what counts: a visit has no answers beside it, unless they could not be kept.
    fn take_up(self, found: Found) {
        let locale = self.pack().locale.clone();
        self.change_visit(|visit| match found {
            Found::Nothing if visit.answers.is_empty() => {}
            // Expired, cleared, moved by another window: this page cannot know.
            Found::Nothing => visit.forget(Some(Notice::Gone)),
            Found::Answers { answers, place, saved, changed, country } => {
                if let Some(country) = country.and_then(|id| visit.pack.countries.iter().position(|one| one.id == id)) {
                    (visit.country, visit.chosen) = (Some(country), true);
                }
                visit.keep = place == Where::Device && visit.pack.storage() != Storage::Tab;
                if visit.answers != answers {
                    let when = clock::moment_words(&locale, saved);
                    visit.kept = (!answers.is_empty()).then_some(Kept { when });
                    visit.answers = answers;
                    visit.written.clear();
                    visit.say(Notice::Changed, changed);
                }
            }
            Found::Expired => visit.forget(Some(Notice::Expired)),
            Found::Damaged => visit.say(Notice::Damaged, true),
            Found::Newer => {
                visit.hands_off = true;
                visit.say(Notice::Newer, true);
            }
            Found::Refused => {
                visit.hands_off = true;
                visit.say(Notice::Refused, true);
            }
        });
    }

    fn act(self, act: Act) {
        let shown = self.state.with_untracked(|state| state.screen);
        self.visit.update_value(|visit| visit.now = clock::now());
        // Time may have passed since the screen was put up. What it shows must not be taken along, nor left without a word.
        if matches!(shown, Screen::Stop | Screen::Review | Screen::Result) {
            self.change_visit(|_| ());
            if self.state.with_untracked(|state| state.screen) != shown {
                return self.settle();
            }
        }
        match act {
            Act::Start => self.start(),
            Act::GoOn => self.go_on(),
            Act::Keep(keep) => {
                self.change_visit(|visit| visit.keep = keep);
                self.save();
            }
            Act::Choose { question, option, on } => self.choose(question, option, on),
            Act::Number { question, text } => self.number(question, text),
            Act::Settle(question, options) => {
                self.answer(question, options);
                self.change_visit(|visit| visit.wrong.retain(|wrong| wrong.question != question));
                self.title(self.visit.with_value(|visit| !visit.wrong.is_empty()));
                dom::after_frame(move || self.focus_question(question));
            }
            Act::GoTo(question) => self.focus_question(question),
            Act::Continue => self.go_forward(),
            Act::Back => self.go_back(),
            Act::Change(question) => self.change(question),
            Act::Result => self.go(Place::Result),
            Act::Review => self.go(Place::Review),
            Act::Restart => {
                self.clear();
                self.go(Place::Start);
            }
            Act::Delete => self.deleted(store::delete()),
            Act::DeleteAndLeave => self.delete_and_leave(),
            Act::Help(open) => self.open_help(open),
            Act::Country(place) => self.choose_country(place),
            Act::Day { rule, text, left } => self.change_visit(|visit| visit.count_from(rule, &text, left)),
            Act::Ask(place, on) => self.change_visit(|visit| {
                let asked = Options::one(place);
                visit.unasked = if on { visit.unasked.without(asked) } else { visit.unasked.with(asked) };
                (visit.code, visit.copied) = (None, Copied::No);
            }),
            Act::Show(shown) => self.show(shown),
            Act::Print => self.print(),
            Act::Copy => self.copy(),
            Act::Share => self.share(),
            Act::Pack(part, on) => self.change_visit(|visit| {
                let part = Options::one(part);
                visit.packed = if on { visit.packed.with(part) } else { visit.packed.without(part) };
                (visit.code, visit.copied) = (None, Copied::No);
            }),
            Act::Code => self.make_code(),
        }
    }

    fn start(self) {
        if self.visit.with_value(|visit| visit.kept.is_some()) {
            self.clear();
        }
        self.visit.update_value(|visit| visit.back_to = None);
        self.go(Place::Page(1));
    }

    fn go_on(self) {
        let stale = self.state.with_untracked(|state| state.stale.iter().any(Option::is_some));
        self.visit.update_value(|visit| {
            visit.back_to = Some(Place::Review);
            visit.say(Notice::Stale, stale);
        });
        self.go(self.open_place().unwrap_or(Place::Review));
    }

    fn choose(self, question: usize, option: usize, on: bool) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let before = self.state.with_untracked(|state| state.replay.at(question).options);
        self.answer(question, tick(asked, before, option, on));
    }

    /// Answers the question at a place with these options, and no other.
    fn answer(self, question: usize, options: Options) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let chosen = options.places().filter_map(|place| asked.options.get(place));
        self.set(asked.id.clone(), chosen.map(|option| option.id.clone()).collect());
    }

    fn number(self, question: usize, text: String) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let id = OptionId::new(folded(text.trim()));
        self.visit.update_value(|visit| {
            visit.written.resize(visit.written.len().max(question + 1), String::new());
            visit.written.iter_mut().skip(question).take(1).for_each(|written| written.clone_from(&text));
        });
        self.set(asked.id.clone(), vec![id]);
    }

    fn set(self, id: QuestionId, options: Vec<OptionId>) {
        self.change_visit(|visit| visit.answers.set(id, options, visit.now.moment));
        self.save();
    }

    fn save(self) {
        let saved = self.visit.with_value(|visit| {
            if visit.pack.storage() == Storage::Nowhere || visit.hands_off {
                return None;
            }
            let place = if visit.keep { Where::Device } else { Where::Tab };
            let country = visit.country.filter(|_| visit.chosen).and_then(|place| visit.pack.countries.get(place));
            let country = country.map(|country| &*country.id);
            Some(store::save(&visit.pack.check, &visit.answers, country, place, visit.now.moment))
        });
        let Some(saved) = saved else { return };
        let known = self
            .visit
            .with_value(|visit| visit.notices.contains(&Notice::Full) || visit.notices.contains(&Notice::Refused));
        if saved.is_err() || known {
            self.change_visit(|visit| {
                visit.say(Notice::Refused, saved == Err(Unsaved::Refused));
                visit.say(Notice::Full, saved == Err(Unsaved::Full));
            });
        }
    }

    fn go_forward(self) {
        let pack = self.pack();
        let state = self.state.get_untracked();
        let Screen::Page(here) = state.screen else { return };
        if state.journey.stops() {
            return self.go(Place::Result);
        }
        let page = state.journey.pages.get(here).copied().unwrap_or_default();
        let wrong = faults(&pack.check, &state, page);
        if !wrong.is_empty() {
            self.change_visit(|visit| visit.wrong = wrong);
            self.title(true);
            return self.focus_after("[data-errors]");
        }
        let next = here + 1;
        let place = match self.visit.with_value(|visit| visit.back_to) {
            Some(place) => self.open_place().unwrap_or(place),
            None if next < state.journey.pages.len() => Place::Page(next + 1),
            None if state.replay.ended.is_some() || pack.check.role() == Role::After => Place::Result,
            None => Place::Review,
        };
        self.go(place);
    }

    /// The first screen that lacks an answer.
    fn open_place(self) -> Option<Place> {
        self.state.with_untracked(|state| state.journey.open.map(|page| Place::Page(page + 1)))
    }

    fn go_back(self) {
        if address::back() {
            return;
        }
        let place = match self.state.with_untracked(|state| state.screen) {
            Screen::Page(page) if page > 0 => Place::Page(page),
            Screen::Review | Screen::Result => Place::Page(usize::MAX),
            Screen::Start | Screen::Page(_) | Screen::Stop => Place::Start,
        };
        address::replace(place);
        self.arrive(place);
    }

    fn change(self, question: usize) {
        let screen = self.state.with_untracked(|state| state.screen);
        if screen == Screen::Stop {
            self.untick_mistake(question);
        }
        let back_to = match screen {
            Screen::Result => Some(Place::Result),
            Screen::Review => Some(Place::Review),
            Screen::Start | Screen::Page(_) | Screen::Stop => None,
        };
        self.visit.update_value(|visit| visit.back_to = back_to);
        let pack = self.pack();
        let holds = |page: &usize| pack.check.pages.get(*page).is_some_and(|page| page.questions.contains(&question));
        let place = self.state.with_untracked(|state| state.journey.pages.iter().position(holds));
        self.go(Place::Page(place.unwrap_or_default() + 1));
    }

    /// One sign ticked by mistake is unticked; of several only the person knows which.
    fn untick_mistake(self, question: usize) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let ticked = self.state.with_untracked(|state| state.replay.at(question).options);
        if ticked.places().count() == 1 {
            self.set(asked.id.clone(), Vec::new());
        }
    }

    /// Forgets every answer, here and in storage.
    fn clear(self) {
        if self.pack().check.keeps_answers {
            _ = store::wipe();
        }
        self.change_visit(|visit| visit.forget(None));
    }

    /// Everything was deleted: answers must not be kept again by what this page still knows.
    fn deleted(self, gone: bool) {
        self.change_visit(|visit| {
            let said = [Notice::Gone, Notice::Deleted, Notice::NotDeleted];
            let had = !visit.answers.is_empty() || said.iter().any(|said| visit.notices.contains(said));
            visit.forget(had.then_some(if gone { Notice::Deleted } else { Notice::NotDeleted }));
        });
        self.arrive(Place::Start);
    }

    fn delete_and_leave(self) {
        let gone = store::delete();
        self.deleted(gone);
        let neutral = self.visit.with_value(|visit| visit.pack.clinic.neutral.clone());
        if !neutral.is_empty() {
            return address::leave_site(&neutral);
        }
        // In a frame of another website nothing but the check itself is shown.
        let named = |name: &str| self.root.with_value(|root| root.get_attribute(name));
        let home = named("data-home")
            .filter(|home| !home.is_empty())
            .map(|home| if gone { home + address::DELETED } else { home });
        address::leave(&named("data-leave").or(home).unwrap_or_default());
    }

    /// The result as text.
    fn text(self) -> String {
        let (pack, state) = (self.pack(), self.state.get_untracked());
        // As it stands above what is printed.
        let address = dom::find("[data-address]").and_then(|address| address.text_content());
        let speech = Speech { pack, country: state.country, moment: TIMES.moment, date: TIMES.date };
        plain(&speech, &state, &address.unwrap_or_default())
    }

    fn copy(self) {
        let text = self.text();
        share::copy(&text.clone(), move |done| {
            let copied = if done { Copied::Yes } else { Copied::Refused(Way::Copy, text.clone()) };
            self.change_visit(|visit| visit.copied = copied);
        });
    }

    fn share(self) {
        self.change_visit(|visit| visit.copied = Copied::No);
        share::share(&self.text(), move || self.refused(Way::Share));
    }

    fn print(self) {
        self.change_visit(|visit| visit.copied = Copied::No);
        if !share::print() {
            self.refused(Way::Print);
        }
    }

    /// What the browser will not do, the person can do by hand.
    fn refused(self, way: Way) {
        let text = self.text();
        self.change_visit(|visit| visit.copied = Copied::Refused(way, text));
    }

    fn show(self, shown: bool) {
        self.change_visit(|visit| visit.shown = shown);
        let root = self.root.get_value();
        dom::after_frame(move || {
            dom::scroll_to_top();
            dom::focus(dom::find_in(&root, "[data-focus]"));
        });
    }

    fn make_code(self) {
        let page = self.root.with_value(|root| way(root, "handover/"));
        let made = self.state.with_untracked(|state| code::make(&self.pack(), state, &page));
        self.change_visit(|visit| visit.code = Some(made));
        let root = self.root.get_value();
        dom::after_frame(move || {
            if let Some(picture) = dom::find_in(&root, ".code [role=status]") {
                dom::show(&picture);
            }
        });
    }

    fn open_help(self, open: bool) {
        self.change_visit(|visit| visit.help = open);
        self.focus_after(if open { "#help-card" } else { ".help-now" });
    }

    /// Gives the focus to what a selector finds once the screen is put up.
    fn focus_after(self, selector: &'static str) {
        let root = self.root.get_value();
        dom::after_frame(move || dom::focus(dom::find_in(&root, selector)));
    }

    /// The screen is drawn anew with the country's numbers; the one to call is what was asked for.
    fn choose_country(self, place: usize) {
        self.change_visit(|visit| (visit.country, visit.chosen) = (Some(place), true));
        // Kept with the answers, where those are kept.
        if self.visit.with_value(|visit| !visit.answers.is_empty()) {
            self.save();
        }
        self.focus_after("#help-card .call, .stop .call");
    }

    fn focus_question(self, question: usize) {
        let root = self.root.get_value();
        if let Some(field) = dom::find_in(&root, &format!("#q-{question}")) {
            dom::show(&field);
            dom::focus(dom::find_in(&field, "input"));
        }
    }

    /// Goes to a place with a new entry in the history.
    fn go(self, place: Place) {
        address::push(place);
        self.arrive(place);
    }

    fn arrive(self, place: Place) {
        self.change_visit(|visit| {
            visit.wrong.clear();
            visit.code = None;
            visit.help = false;
            visit.shown = false;
            visit.copied = Copied::No;
            visit.place = place;
        });
        self.settle();
    }

    /// Writes into the address where the person really is.
    fn settle(self) {
        let at = match self.state.with_untracked(|state| state.screen) {
            Screen::Start => Place::Start,
            Screen::Page(page) => Place::Page(page + 1),
            Screen::Review => Place::Review,
            Screen::Stop | Screen::Result => Place::Result,
        };
        self.turn_back(at);
        self.visit.update_value(|visit| visit.place = at);
        if address::place() != Some(at) {
            address::replace(at);
        }
        self.title(false);
    }

    /// A person who wanted to be further on comes there again once what is about today is answered again.
    fn turn_back(self, to: Place) {
        let stale = self.state.with_untracked(|state| state.stale.iter().any(Option::is_some));
        let turns = stale && self.visit.with_value(|visit| visit.place != to);
        if turns || !stale && self.visit.with_value(|visit| visit.notices.contains(&Notice::Stale)) {
            let end = if self.pack().check.role() == Role::Before { Place::Review } else { Place::Result };
            self.change_visit(|visit| {
                visit.back_to = if turns { Some(end) } else { visit.back_to };
                visit.say(Notice::Stale, turns);
            });
        }
    }

    fn title(self, error: bool) {
        let pack = self.pack();
        let labels = &pack.labels;
        let name = match self.state.with_untracked(|state| state.screen) {
            Screen::Start => String::new(),
            Screen::Page(page) => fill(&labels.title_question(), &[("n", &(page + 1).to_string())]),
            Screen::Review => labels.review_title(),
            Screen::Stop | Screen::Result => labels.title_result(),
        };
        let joint = if name.is_empty() { "" } else { " · " };
        let error = if error { format!("{} ", labels.error_prefix()) } else { String::new() };
        dom::set_title(&format!("{error}{name}{joint}{}", pack.check.title));
    }

    /// Keeps the root's attributes, the focus and the scroll in step with the screen.
    fn follow(self) {
        let before = StoredValue::new(None);
        Effect::new(move |_| {
            let (screen, place, level) = self.state.with(|state| {
                let level = state.decision.outcome.filter(|_| state.screen == Screen::Result);
                let page = if let Screen::Page(page) = state.screen { page + 1 } else { 0 };
                (state.screen, page, level)
            });
            let root = self.root.get_value();
            let word = match screen {
                Screen::Start => "start",
                Screen::Page(_) => "question",
                Screen::Stop => "stop",
                Screen::Review => "review",
                Screen::Result => "result",
            };
            dom::set(&root, "data-state", word);
            // A frame on another website has its top shown whenever this changes.
            dom::set(&root, "data-place", &place.to_string());
            let pack = self.pack();
            let outcome = level.and_then(|level| pack.check.outcomes.get(level));
            dom::flag(&root, "data-self-care", outcome.is_some_and(|outcome| outcome.self_care));
            let shown = (word, place);
            let other = before.get_value().is_some_and(|before| before != shown);
            before.set_value(Some(shown));
            if other {
                dom::after_frame(move || {
                    dom::scroll_to_top();
                    dom::focus(dom::find_in(&root, "[data-focus]"));
                });
            }
        });
    }

    /// Hears the browser's Back and Forward, and that the page comes back after a while.
    fn hear(self) {
        self.hear_history();
        dom::listen(&["withdrawn"], move |_| self.heed());
        // A screen that stays in sight grows old as well.
        dom::every_minute(move || self.wake());
        dom::listen(dom::RETURNS, move |event| match store::told(&event) {
            Told::Nothing => {}
            Told::Changed => self.wake(),
            Told::Deleted => {
                // What is in this tab only is out of reach for the other page.
                self.deleted(store::wipe());
            }
        });
    }

    /// In a frame the history is not the check's, and the page around it could use the fragment to feel how far somebody
    /// is.
    fn hear_history(self) {
        if dom::is_framed() {
            return;
        }
        dom::listen(&["popstate"], move |_| {
            self.visit.update_value(|visit| visit.now = clock::now());
            // A link within the page, such as the one that skips to its content, leads to no other step.
            match address::place() {
                // Without answers there is nothing behind the first screen, also where the history once led further.
                Some(place) if place == Place::Page(1) || self.visit.with_value(|visit| !visit.answers.is_empty()) => {
                    self.arrive(place);
                }
                Some(_) => self.arrive(Place::Start),
                None => self.settle(),
            }
        });
    }

    /// Time has passed, or another page has been at what is kept: answers may be stale, expired, others or gone.
    fn wake(self) {
        let now = clock::now();
        self.change_visit(|visit| visit.now = now);
        let kept = self.visit.with_value(|visit| {
            let place = if visit.keep { Where::Device } else { Where::Tab };
            visit.is_kept().then(|| store::load_from(&visit.pack.check, place, now.moment))
        });
        if let Some(found) = kept {
            self.take_up(found);
        }
        self.settle();
    }
}

impl Visit {
    /// Forgets every answer, and says why.
    fn forget(&mut self, why: Option<Notice>) {
        self.answers = Answers::new();
        self.written.clear();
        self.days.clear();
        self.unasked = Options::NONE;
        self.packed = code::packed(&self.pack.check);
        self.code = None;
        self.copied = Copied::No;
        self.shown = false;
        self.kept = None;
        self.back_to = None;
        self.hands_off = false;
        self.place = Place::Start;
        self.notices.retain(|notice| *notice == Notice::Withdrawn);
        self.notices.extend(why);
    }

    /// Whether what is stored is what this visit knows.
    fn is_kept(&self) -> bool {
        let refused = [Notice::Refused, Notice::Full].iter().any(|notice| self.notices.contains(notice));
        self.pack.storage() != Storage::Nowhere && !self.hands_off && !refused
    }

    fn say(&mut self, notice: Notice, on: bool) {
        self.notices.retain(|other| *other != notice);
        self.notices.extend(on.then_some(notice));
    }

    /// Takes the day a wait counts from, or forgets it where the field is empty. It is kept nowhere. A day that cannot be is
    /// told once the field is left: while it is being typed, it is another with each key.
    fn count_from(&mut self, rule: usize, text: &str, left: bool) {
        let day = counted_from(text, self.now.today);
        self.days.retain(|(other, _)| *other != rule);
        self.days.extend((day.is_some() || left && !text.is_empty()).then_some((rule, day)));
    }

    fn notice_words(&self) -> Vec<String> {
        let labels = &self.pack.labels;
        let words = |notice: &Notice| match notice {
            Notice::Refused => labels.store_refused(),
            Notice::Full => labels.store_full(),
            Notice::Damaged => labels.store_damaged(),
            Notice::Newer => labels.store_newer(),
            Notice::Changed => labels.store_changed(),
            Notice::Expired => labels.store_expired(),
            Notice::Gone => labels.store_gone(),
            Notice::Deleted => labels.deleted(),
            Notice::NotDeleted => labels.not_deleted(),
            Notice::Stale => labels.stale_notice(),
            Notice::Withdrawn => labels.withdrawn(),
        };
        self.notices.iter().map(words).collect()
    }

    /// Everything that follows from answers, place and time.
    fn state(&self) -> State {
        let (check, now) = (&self.pack.check, self.now);
        let replay = replay(check, &self.answers, now);
        let withdrawn = self.notices.contains(&Notice::Withdrawn);
        let standing = if withdrawn { Standing::Withdrawn } else { standing(&self.pack) };
        let decision = decide(check, &replay, standing, now.today);
        let journey = journey(check, &replay, &decision);
        let latest = self.answers.iter().map(|(_, answer)| answer.at).max();
        // An answer from the future was given by a clock that has been set back.
        let made = latest.unwrap_or(now.moment).min(now.moment);
        let stale = check.questions.iter().enumerate().map(|(place, question)| {
            let asked = replay.asks(place) && !replay.at(place).is_some();
            let answer = self.answers.get(question.id.as_str()).filter(|_| asked)?;
            let places = answer.options.iter().filter_map(|option| question.option(option.as_str()));
            Some((answer.at, places.fold(Options::NONE, |set, place| set.with(Options::one(place)))))
        });
        let screen = journey.screen(self.place);
        let outlook = match screen {
            Screen::Result => what_would_change(check, &self.answers, standing, now),
            Screen::Start | Screen::Page(_) | Screen::Review | Screen::Stop => Vec::new(),
        };
        State {
            screen,
            outlook,
            stale: stale.collect(),
            written: self.written.clone(),
            made,
            old: now.moment.minutes_since(made) > RESULT_HOLDS,
            today: now.today,
            wrong: self.wrong.clone(),
            notices: self.notice_words(),
            keep: self.keep,
            kept: self.kept.clone(),
            country: self.country,
            help: self.help,
            days: self.days.clone(),
            unasked: self.unasked,
            shown: self.shown,
            shares: share::can_share(),
            copied: self.copied.clone(),
            packed: self.packed,
            code: self.code.clone(),
            replay,
            decision,
            journey,
        }
    }
}

/// The clinic's country, or the one whose time zone the device is in; none where nobody can know.
fn country(pack: &Pack) -> Option<usize> {
    let here = || clock::zone().and_then(|zone| pack.countries.iter().position(|country| country.has_zone(&zone)));
    pack.clinic_country().or_else(here)
}
