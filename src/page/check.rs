//! The check: one screen at a time.

use crate::engine::{Screen, Standing, decide, journey, replay};
use crate::model::{Answers, Date, Moment, Now, Pack, ReviewState};
use crate::view::call::HelpCard;
use crate::view::icon::back;
use crate::view::question::QuestionPage;
use crate::view::result::{Letter, Ways};
use crate::view::review::Review;
use crate::view::start::Start;
use crate::view::stop::Stop;
use crate::view::words::Speech;
use crate::view::{Act, State};
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
        keep: !pack.clinic.forget,
        kept: None,
        country: 0,
        help: false,
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
            (state.screen, page, state.country, state.help, state.wrong.clone())
        })
    });
    let notice = |text: String| view! { <p class="notice">{text}</p> };
    let notices = move || state.with(|state| state.notices.clone()).into_iter().map(notice).collect_view();
    let body = move || {
        let (screen, page, country, help, _) = drawn.get();
        let speech = Speech { pack: pack.clone(), country, moment: times.moment, date: times.date };
        let now = state.get_untracked();
        let calm = screen != Screen::Stop;
        let around = speech.clone();
        let card = help.then(|| view! { <HelpCard speech=speech.clone() act=act /> });
        let inner = match screen {
            Screen::Start => view! { <Start speech=speech keep=now.keep kept=now.kept act=act /> }.into_any(),
            Screen::Page(_) => {
                let page = page.unwrap_or_default();
                view! { <QuestionPage speech=speech page=page state=state act=act /> }.into_any()
            }
            Screen::Stop => view! { <Stop speech=speech state=now act=act /> }.into_any(),
            Screen::Review => view! { <Review speech=speech state=now act=act /> }.into_any(),
            Screen::Result => view! { <Letter speech=speech state=now ways=ways.clone() act=act /> }.into_any(),
        };
        view! {
            {calm.then(|| view! { <Bar speech=around.clone() start=screen == Screen::Start help=help act=act /> })}
            {card}
            <div class="screen">{inner}</div>
            {calm.then(|| view! { <Leave speech=around act=act /> })}
        }
    };
    view! {
        <div role="status" class="notices">{notices}</div>
        <div class="drawn">{body}</div>
    }
}

/// The way back, and the way to help.
#[component]
fn Bar(speech: Speech, start: bool, help: bool, act: Callback<Act>) -> impl IntoView {
    let labels = speech.labels();
    let (back_word, help_word) = (labels.back(), labels.help_now());
    view! {
        <div class="bar">
            {(!start).then(|| view! {
                <button type="button" class="plain back" data-action="back" on:click=move |_| act.run(Act::Back)>
                    {back()}{back_word}
                </button>
            })}
            <button type="button" class="plain help-now" data-action="help" aria-expanded=help.to_string()
                on:click=move |_| act.run(Act::Help(!help))>
                {help_word}
            </button>
        </div>
    }
}

/// The way out.
#[component]
fn Leave(speech: Speech, act: Callback<Act>) -> impl IntoView {
    let word = speech.labels().delete_leave();
    speech.pack.check.keeps_answers.then(|| view! {
        <button type="button" class="plain leave" data-action="delete" on:click=move |_| act.run(Act::DeleteAndLeave)>
            {word}
        </button>
    })
}
