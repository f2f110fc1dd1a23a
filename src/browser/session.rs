//! One visit to a check: the answers, where the person is, and what they do.

use crate::browser::store::{Found, Unsaved, Where};
use crate::browser::{address, clock, dom, store};
use crate::engine::{Place, Screen, decide, journey, replay, tick};
use crate::model::{Answers, Now, OptionId, Options, Pack, QuestionId};
use crate::page::check::{CheckScreen, Sight, Times, standing};
use crate::view::question::{Wrong, faults};
use crate::view::result::Ways;
use crate::view::start::KeptCard;
use crate::view::words::{Speech, fill};
use crate::view::{Act, Kept, State};
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
    Stale,
}

/// A visit. Copies share it.
#[derive(Clone, Copy)]
struct Session {
    pack: StoredValue<Arc<Pack>>,
    root: StoredValue<HtmlElement, LocalStorage>,
    answers: RwSignal<Answers>,
    written: RwSignal<Vec<String>>,
    place: RwSignal<Place>,
    now: RwSignal<Now>,
    wrong: RwSignal<Vec<Wrong>>,
    notices: RwSignal<Vec<Notice>>,
    keep: RwSignal<bool>,
    kept: RwSignal<Option<Kept>>,
    country: RwSignal<usize>,
    help: RwSignal<bool>,
    /// Where Continue leads once nothing is missing, after a change or on going on.
    back_to: RwSignal<Option<Place>>,
    /// Whether what is stored must not be touched.
    hands_off: RwSignal<bool>,
    state: Memo<State>,
}

/// The words of times in the browser.
const TIMES: Times = Times { moment: clock::moment_words, date: clock::date_words };

/// Mounts a check over its prerendered start screen.
pub fn mount(root: &HtmlElement, pack: Pack) {
    let pack = Arc::new(pack);
    let early = dom::ticked(root);
    let home = root.get_attribute("data-home").unwrap_or_default();
    let ways = Ways { questions: format!("{home}questions/"), prepare: format!("{home}prepare/") };
    let inner = root.clone();
    dom::mount(root, move || {
        let session = Session::new(&inner, pack.clone());
        session.open(&early);
        let act = Callback::new(move |act| session.act(act));
        view! { <CheckScreen pack=pack sight=session.sight() times=TIMES ways=ways act=act /> }
    });
}

/// Mounts the card of kept answers on the first page.
pub fn mount_kept(root: &HtmlElement, pack: Pack) {
    let Found::Answers { saved, .. } = store::load(&pack.check, clock::now().moment) else { return };
    let pack = Arc::new(pack);
    let speech = Speech { pack, country: 0, moment: TIMES.moment, date: TIMES.date };
    let kept = Kept { when: speech.moment(saved) };
    dom::mount(root, move || {
        let gone = RwSignal::new(false);
        let act = Callback::new(move |act| match act {
            Act::GoOn => address::leave("check/#/1"),
            _ => {
                store::wipe();
                gone.set(true);
            }
        });
        let deleted = speech.labels().deleted();
        view! {
            <div role="status">{move || gone.get().then(|| view! { <p class="notice">{deleted.clone()}</p> })}</div>
            {move || (!gone.get()).then(|| view! { <KeptCard speech=speech.clone() kept=kept.clone() act=act /> })}
        }
    });
}

impl Session {
    fn new(root: &HtmlElement, pack: Arc<Pack>) -> Self {
        let (answers, written) = (RwSignal::new(Answers::new()), RwSignal::new(Vec::new()));
        let (place, now) = (RwSignal::new(Place::Start), RwSignal::new(clock::now()));
        let with = pack.clone();
        let state = Memo::new(move |_| {
            let given = answers.read();
            let now = now.get();
            derive(&with, &given, written.get(), place.get(), now)
        });
        Self {
            root: StoredValue::new_local(root.clone()),
            answers,
            written,
            place,
            now,
            wrong: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            keep: RwSignal::new(!pack.clinic.forget),
            kept: RwSignal::new(None),
            country: RwSignal::new(country(&pack, &clock::zone())),
            help: RwSignal::new(false),
            back_to: RwSignal::new(None),
            hands_off: RwSignal::new(false),
            state,
            pack: StoredValue::new(pack),
        }
    }

    fn sight(self) -> Sight {
        Sight {
            state: self.state.into(),
            wrong: self.wrong.into(),
            notices: Signal::derive(move || self.notice_words()),
            keep: self.keep.into(),
            kept: self.kept.into(),
            country: self.country.into(),
            help: self.help.into(),
        }
    }

    fn pack(self) -> Arc<Pack> {
        self.pack.get_value()
    }

    /// Takes up what is stored, what was ticked before the island came, and where the address points.
    fn open(self, early: &[(String, String)]) {
        let asked = address::place();
        if self.pack().check.keeps_answers {
            self.load();
            // An unticked box is a wish that must not be lost.
            if !early.is_empty() || self.kept.with_untracked(Option::is_some) {
                let ticked = early.iter().any(|(name, _)| name == "keep");
                if self.kept.with_untracked(Option::is_none) && !ticked && dom::find("[name=keep]").is_some() {
                    self.keep.set(false);
                }
            }
        }
        let resumes = !self.answers.with_untracked(Answers::is_empty);
        self.place.set(asked.filter(|_| resumes).unwrap_or(Place::Start));
        if resumes && asked.is_some_and(|place| place != Place::Start) {
            self.back_to.set(Some(Place::Review));
        }
        self.settle();
        self.follow();
        self.hear();
    }

    fn load(self) {
        let pack = self.pack();
        match store::load(&pack.check, self.now.get_untracked().moment) {
            Found::Nothing => {}
            Found::Answers { answers, place, saved, changed } => {
                let when = clock::moment_words(&pack.locale, saved);
                self.kept.set((!answers.is_empty()).then_some(Kept { when }));
                self.keep.set(place == Where::Device);
                self.answers.set(answers);
                self.say(Notice::Changed, changed);
            }
            Found::Expired => self.say(Notice::Expired, true),
            Found::Damaged => self.say(Notice::Damaged, true),
            Found::Newer => {
                self.hands_off.set(true);
                self.say(Notice::Newer, true);
            }
            Found::Refused => {
                self.hands_off.set(true);
                self.say(Notice::Refused, true);
            }
        }
    }

    fn say(self, notice: Notice, on: bool) {
        self.notices.update(|all| {
            all.retain(|other| *other != notice);
            all.extend(on.then_some(notice));
        });
    }

    fn notice_words(self) -> Vec<String> {
        let pack = self.pack();
        let labels = &pack.labels;
        let words = |notice: &Notice| match notice {
            Notice::Refused => labels.store_refused(),
            Notice::Full => labels.store_full(),
            Notice::Damaged => labels.store_damaged(),
            Notice::Newer => labels.store_newer(),
            Notice::Changed => labels.store_changed(),
            Notice::Expired => labels.store_expired(),
            Notice::Stale => labels.stale_notice(),
        };
        self.notices.with(|all| all.iter().map(words).collect())
    }

    fn act(self, act: Act) {
        self.now.set(clock::now());
        match act {
            Act::Start => self.start(),
            Act::GoOn => self.go_on(),
            Act::Keep(keep) => self.keep(keep),
            Act::Choose { question, option, on } => self.choose(question, option, on),
            Act::Number { question, text } => self.number(question, text),
            Act::GoTo(question) => self.focus_question(question),
            Act::Continue => self.go_forward(),
            Act::Back => self.go_back(),
            Act::Change(question) => self.change(question),
            Act::Result => self.go(Place::Result),
            Act::Review => self.go(Place::Review),
            Act::Restart => self.restart(),
            Act::DeleteAndLeave => self.delete_and_leave(),
            Act::Help(open) => self.open_help(open),
            Act::Country(place) => self.country.set(place),
        }
    }

    fn start(self) {
        if self.kept.with_untracked(Option::is_some) {
            self.clear();
        }
        self.back_to.set(None);
        self.go(Place::Page(1));
    }

    fn go_on(self) {
        self.back_to.set(Some(Place::Review));
        self.say(Notice::Stale, self.state.with_untracked(|state| state.stale.iter().any(Option::is_some)));
        self.go(self.open_place().unwrap_or(Place::Review));
    }

    fn keep(self, keep: bool) {
        self.keep.set(keep);
        self.save();
    }

    fn choose(self, question: usize, option: usize, on: bool) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let before = self.state.with_untracked(|state| state.replay.at(question).options);
        let ids = option_ids(&pack, question, tick(asked, before, option, on));
        self.set(question, asked.id.clone(), ids);
    }

    fn number(self, question: usize, text: String) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        self.written.update(|all| {
            all.resize(all.len().max(question + 1), String::new());
            if let Some(place) = all.get_mut(question) {
                place.clone_from(&text);
            }
        });
        self.set(question, asked.id.clone(), vec![OptionId::new(text.trim())]);
    }

    fn set(self, question: usize, id: QuestionId, options: Vec<OptionId>) {
        let at = self.now.get_untracked().moment;
        self.answers.update(|answers| answers.set(id, options, at));
        self.wrong.update(|wrong| wrong.retain(|wrong| wrong.question != question));
        self.save();
    }

    fn save(self) {
        let pack = self.pack();
        if !pack.check.keeps_answers || self.hands_off.get_untracked() {
            return;
        }
        let place = if self.keep.get_untracked() { Where::Device } else { Where::Tab };
        let saved = self.answers.with_untracked(|answers| {
            store::save(&pack.check, answers, place, self.now.get_untracked().moment)
        });
        self.say(Notice::Refused, saved == Err(Unsaved::Refused));
        self.say(Notice::Full, saved == Err(Unsaved::Full));
    }

    fn go_forward(self) {
        let pack = self.pack();
        let (screen, journey, ended) =
            self.state.with_untracked(|state| (state.screen, state.journey.clone(), state.replay.ended.is_some()));
        let Screen::Page(here) = screen else { return };
        if journey.stops() {
            return self.go(Place::Result);
        }
        let page = journey.pages.get(here).copied().unwrap_or_default();
        let wrong = self.state.with_untracked(|state| faults(&pack.check, state, page));
        if !wrong.is_empty() {
            self.wrong.set(wrong);
            self.title(true);
            let root = self.root.get_value();
            return dom::after_frame(move || dom::focus(dom::find_in(&root, "[data-errors]")));
        }
        let next = here + 1;
        let place = match self.back_to.get_untracked() {
            Some(place) => self.open_place().unwrap_or(place),
            None if next < journey.pages.len() => Place::Page(next + 1),
            None if ended || !pack.check.keeps_answers => Place::Result,
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
        let (screen, pages) = self.state.with_untracked(|state| (state.screen, state.journey.pages.clone()));
        if screen == Screen::Stop {
            self.untick_mistake(question);
        }
        self.back_to.set(match screen {
            Screen::Result => Some(Place::Result),
            Screen::Review => Some(Place::Review),
            Screen::Start | Screen::Page(_) | Screen::Stop => None,
        });
        let pack = self.pack();
        let holds = |page: &usize| pack.check.pages.get(*page).is_some_and(|page| page.questions.contains(&question));
        let place = pages.iter().position(holds).unwrap_or_default();
        self.go(Place::Page(place + 1));
    }

    /// One sign ticked by mistake is unticked; of several only the person knows which.
    fn untick_mistake(self, question: usize) {
        let pack = self.pack();
        let Some(asked) = pack.check.questions.get(question) else { return };
        let ticked = self.state.with_untracked(|state| state.replay.at(question).options);
        if ticked.places().count() == 1 {
            self.set(question, asked.id.clone(), Vec::new());
        }
    }

    fn restart(self) {
        self.clear();
        self.go(Place::Start);
    }

    /// Forgets every answer, here and in storage.
    fn clear(self) {
        store::wipe();
        self.answers.set(Answers::new());
        self.written.set(Vec::new());
        self.notices.set(Vec::new());
        self.wrong.set(Vec::new());
        self.kept.set(None);
        self.back_to.set(None);
    }

    fn delete_and_leave(self) {
        self.clear();
        let home = self.root.with_value(|root| root.get_attribute("data-home")).unwrap_or_default();
        address::leave(if home.is_empty() { "./" } else { &home });
        self.arrive(Place::Start);
    }

    fn open_help(self, open: bool) {
        self.help.set(open);
        let root = self.root.get_value();
        let target = if open { "#help-title" } else { ".help-now" };
        dom::after_frame(move || dom::focus(dom::find_in(&root, target)));
    }

    fn focus_question(self, question: usize) {
        let root = self.root.get_value();
        if let Some(field) = dom::find_in(&root, &format!("#q-{question}")) {
            field.scroll_into_view();
            dom::focus(dom::find_in(&field, "input"));
        }
    }

    /// Goes to a place with a new entry in the history.
    fn go(self, place: Place) {
        address::push(place);
        self.arrive(place);
    }

    fn arrive(self, place: Place) {
        self.wrong.set(Vec::new());
        self.help.set(false);
        self.place.set(place);
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
        self.place.set(at);
        if address::place() != Some(at) {
            address::replace(at);
        }
        self.title(false);
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
        let shown = Memo::new(move |_| {
            self.state.with(|state| {
                let mild = state.decision.outcome.filter(|_| state.screen == Screen::Result);
                (state.screen, mild)
            })
        });
        Effect::new(move |before: Option<Screen>| {
            let (screen, level) = shown.get();
            let root = self.root.get_value();
            let word = match screen {
                Screen::Start => "start",
                Screen::Page(_) => "question",
                Screen::Stop => "stop",
                Screen::Review => "review",
                Screen::Result => "result",
            };
            dom::set(&root, "data-state", word);
            let outcomes = &self.pack().check.outcomes;
            let mild = level.and_then(|place| outcomes.get(place)).is_some_and(|outcome| outcome.self_care);
            dom::flag(&root, "data-self-care", mild);
            if before.is_some_and(|before| before != screen) {
                dom::after_frame(move || {
                    if let Some(window) = dom::window() {
                        window.scroll_to_with_x_and_y(0.0, 0.0);
                    }
                    dom::focus(dom::find_in(&root, "[data-focus]"));
                });
            }
            screen
        });
    }

    /// Hears the browser's Back and Forward, and that the page comes back after a while.
    fn hear(self) {
        let Some(window) = dom::window() else { return };
        dom::listen(&window, "popstate", move |_| {
            self.now.set(clock::now());
            self.back_to.set(self.back_to.get_untracked().filter(|_| !self.answers.with_untracked(Answers::is_empty)));
            self.arrive(address::place().unwrap_or(Place::Start));
        });
        dom::listen(&window, "pageshow", move |_| self.wake());
        if let Some(document) = window.document() {
            dom::listen(&document, "visibilitychange", move |_| {
                if dom::is_visible() {
                    self.wake();
                }
            });
        }
    }

    /// Time has passed: answers may no longer be fresh, or may have been deleted or expired meanwhile.
    fn wake(self) {
        self.now.set(clock::now());
        let pack = self.pack();
        let had = !self.answers.with_untracked(Answers::is_empty);
        if had && pack.check.keeps_answers && !self.hands_off.get_untracked() {
            let found = store::load(&pack.check, self.now.get_untracked().moment);
            if matches!(found, Found::Expired) {
                self.clear();
                self.say(Notice::Expired, true);
                self.place.set(Place::Start);
            }
        }
        self.settle();
    }
}

/// The country whose time zone the device is in; the clinic's, or the first, where none fits.
fn country(pack: &Pack, zone: &str) -> usize {
    let clinic = pack.countries.iter().position(|country| country.id == pack.clinic.country);
    let fits = |known: &String| known == zone || known.ends_with('/') && zone.starts_with(known.as_str());
    let here = || pack.countries.iter().position(|country| country.zones.iter().any(fits));
    clinic.or_else(here).unwrap_or_default()
}

fn option_ids(pack: &Pack, question: usize, chosen: Options) -> Vec<OptionId> {
    let options = pack.check.questions.get(question).map(|question| question.options.as_slice()).unwrap_or_default();
    chosen.places().filter_map(|place| options.get(place)).map(|option| option.id.clone()).collect()
}

/// Everything that follows from answers, place and time.
fn derive(pack: &Pack, answers: &Answers, written: Vec<String>, place: Place, now: Now) -> State {
    let check = &pack.check;
    let replay = replay(check, answers, now);
    let decision = decide(check, &replay, standing(pack), now.today);
    let journey = journey(check, &replay, &decision);
    let made = answers.iter().map(|(_, answer)| answer.at).max().unwrap_or(now.moment);
    let stale = check.questions.iter().enumerate().map(|(place, question)| {
        let answer = answers.get(question.id.as_str()).filter(|_| replay.asks(place) && !replay.at(place).is_some())?;
        let places = answer.options.iter().filter_map(|option| question.option(option.as_str()));
        Some((answer.at, places.fold(Options::NONE, |set, place| set.with(Options::one(place)))))
    });
    State {
        screen: journey.screen(place),
        stale: stale.collect(),
        written,
        made,
        old: now.moment.minutes_since(made) > RESULT_HOLDS,
        today: now.today,
        replay,
        decision,
        journey,
    }
}
