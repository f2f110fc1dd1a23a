//! The check: one screen at a time.

use crate::engine::{Screen, Standing, decide, journey, replay};
use crate::model::{Answers, Date, Moment, Now, Options, Pack, ReviewState, Storage};
use crate::view::call::help_card;
use crate::view::code::code;
use crate::view::icon::back;
use crate::view::part::{line, press};
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
        country: usize::MAX,
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
    // The screen is drawn anew only when one of these changes, never while it is being answered.
    let drawn = Memo::new(move |_| {
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
            let asked = (state.country, state.help, state.wrong.clone(), state.shown);
            (state.screen, page, asked, state.kept.clone(), concluded)
        })
    });
    let notices = move || {
        let texts = state.with(|state| state.notices.clone());
        texts.into_iter().map(|text| line("notice", text)).collect::<Vec<AnyView>>()
    };
    let body = move || {
        let (screen, page, (country, help, _, shown), ..) = drawn.get();
        let speech = Speech { pack: pack.clone(), country, moment: times.moment, date: times.date };
        let now = state.get_untracked();
        let calm = screen != Screen::Stop && !shown;
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
        view! {
            {calm.then(|| bar(&speech, screen == Screen::Start, help, act))}
            {help.then(|| help_card(&speech, act))}
            <div class="screen">{inner}</div>
            {(calm && pack.check.keeps_answers).then(|| {
                press("plain leave", "delete", speech.labels().delete_leave(), None, act, Act::DeleteAndLeave)
            })}
        }
    };
    view! {
        <div role="status" class="notices">{notices}</div>
        <div class="drawn">{body}</div>
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
