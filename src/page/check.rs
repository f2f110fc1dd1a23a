//! The check: one screen at a time.

use crate::engine::{Screen, Standing, decide, journey, replay};
use crate::model::{Answers, Date, Moment, Now, Options, Pack, ReviewState, Storage};
use crate::view::call::help_card;
use crate::view::code::code;
use crate::view::icon::back;
use crate::view::part::{anew, live, press};
use crate::view::question::question_page;
use crate::view::result::{Ways, letter};
use crate::view::review::review;
use crate::view::start::start;
use crate::view::stop::stop;
use crate::view::words::Speech;
use crate::view::{Act, Copied, State};
use leptos::prelude::*;
use std::sync::Arc;

/// How times are written.
#[derive(Clone, Copy)]
pub struct Times {
    /// A moment.
    pub moment: fn(&str, Moment) -> String,
    /// A day.
    pub date: fn(&str, Date) -> String,
}

/// Whether a pack may still be relied on.
pub fn standing(pack: &Pack) -> Standing {
    match pack.review.state {
        ReviewState::Withdrawn => Standing::Withdrawn,
        ReviewState::Draft | ReviewState::Signed => Standing::Current,
    }
}

/// The check before anything is answered: what a page written ahead shows.
pub fn at_rest(pack: &Pack) -> State {
    let now = Now::at_noon(pack.check.review_by);
    let replay = replay(&pack.check, &Answers::new(), now);
    let decision = decide(&pack.check, &replay, Standing::Current, now.today);
    let journey = journey(&pack.check, &replay, &decision);
    State {
        screen: Screen::Start,
        written: Vec::new(),
        stale: Vec::new(),
        made: now.moment,
        old: false,
        today: now.today,
        wrong: Vec::new(),
        notices: Vec::new(),
        keep: pack.storage() == Storage::Device,
        kept: None,
        country: pack.clinic_country(),
        help: false,
        outlook: Vec::new(),
        days: Vec::new(),
        unasked: Options::NONE,
        shown: false,
        shares: false,
        copied: Copied::No,
        packed: Options::NONE,
        code: None,
        replay,
        decision,
        journey,
    }
}

/// The check. It is drawn from one signal: in the browser it changes; in a page written ahead it stands still.
#[component]
pub fn CheckScreen(
    pack: Arc<Pack>,
    state: RwSignal<State>,
    times: Times,
    ways: Ways,
    act: Callback<Act>,
) -> impl IntoView {
    // The screen is put up anew when one of these changes, and as a whole: never while it is being answered.
    let drawn = move || {
        state.with(|state| {
            let page = match state.screen {
                Screen::Page(page) => state.journey.pages.get(page).copied(),
                Screen::Start | Screen::Stop | Screen::Review | Screen::Result => None,
            };
            // Under these screens time goes on, another window may change the answers, and the publisher may withdraw.
            let concluded = match state.screen {
                Screen::Start | Screen::Page(_) => None,
                Screen::Stop | Screen::Review | Screen::Result => {
                    Some((state.replay.clone(), state.decision.outcome, state.made, state.old, state.today))
                }
            };
            let asked = (state.country, state.wrong.clone(), state.shown);
            (state.screen, page, asked, state.kept.clone(), concluded)
        })
    };
    // Around the screen: opening the call card must leave alone what is open below it.
    let around = move || {
        state.with(|state| {
            let calm = state.screen != Screen::Stop && !state.shown;
            (calm, state.screen == Screen::Start, state.help, state.country)
        })
    };
    let notices = move || state.with(|state| state.notices.clone());
    let keeps_answers = pack.check.keeps_answers;
    let speech_in = move |country| Speech { pack: pack.clone(), country, moment: times.moment, date: times.date };
    let leave = speech_in(None).labels().delete_leave();
    let speech_of = speech_in.clone();
    let above = anew(around, move |(calm, start, help, country)| {
        let speech = speech_of(country);
        let bar = calm.then(|| bar(&speech, start, help, act));
        view! { {bar}{help.then(|| help_card(&speech, act))} }.into_any()
    });
    let body = anew(drawn, move |(screen, page, (country, ..), ..)| {
        let speech: Speech = speech_in(country);
        let now = state.get_untracked();
        let inner = match screen {
            Screen::Start => start(&speech, &now, act),
            Screen::Page(_) => question_page(&speech, page.unwrap_or_default(), state, act),
            Screen::Stop => stop(&speech, &now, act),
            Screen::Review => review(&speech, &now, act),
            Screen::Result => {
                // A code is read on a page of the site.
                let code = (!ways.questions.is_empty()).then(|| code(&speech, state, act));
                letter(&speech, state, &ways, act, code.into_any())
            }
        };
        view! { <div class="screen">{inner}</div> }.into_any()
    });
    let below = anew(around, move |(calm, ..)| {
        let leave = leave.clone();
        let leave =
            (calm && keeps_answers).then(|| press("plain leave", "delete", leave, None, act, Act::DeleteAndLeave));
        leave.into_any()
    });
    view! {
        {live("notices", "notice", notices)}
        <div class="drawn">{above}{body}{below}</div>
    }
}

/// The way back, and the way to help.
fn bar(speech: &Speech, start: bool, help: bool, act: Callback<Act>) -> AnyView {
    let labels = speech.labels();
    let back = (!start).then(|| {
        view! {
            <button type="button" class="plain back" data-action="back" on:click=move |_| act.run(Act::Back)>
                {back()}{labels.back()}
            </button>
        }
        .into_any()
    });
    view! {
        <div class="bar">
            {back}
            <button type="button" class="plain help-now" data-action="help" aria-expanded=help.to_string()
                on:click=move |_| act.run(Act::Help(!help))>
                {labels.help_now()}
            </button>
        </div>
    }
    .into_any()
}
