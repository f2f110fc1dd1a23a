//! The check: one screen at a time.

use crate::engine::{Screen, Standing, decide, journey, replay};
use crate::model::{Answers, Date, Moment, Now, Pack, ReviewState};
use crate::view::call::HelpCard;
use crate::view::icon::back;
use crate::view::question::{QuestionPage, Wrong};
use crate::view::result::{Letter, Ways};
use crate::view::review::Review;
use crate::view::start::Start;
use crate::view::stop::Stop;
use crate::view::words::Speech;
use crate::view::{Act, Kept, State};
use leptos::prelude::*;
use std::sync::Arc;

/// What a check is drawn from. In the browser these change; in a page written ahead they stand still.
#[derive(Clone, Copy)]
pub struct Sight {
    /// Answers, decision, screen.
    pub state: Signal<State>,
    /// What is wrong, since Continue was pressed.
    pub wrong: Signal<Vec<Wrong>>,
    /// What must be said about storage.
    pub notices: Signal<Vec<String>>,
    /// Whether answers are to be kept.
    pub keep: Signal<bool>,
    /// Answers from an earlier visit.
    pub kept: Signal<Option<Kept>>,
    /// Place of the country whose numbers are shown.
    pub country: Signal<usize>,
    /// Whether the call card is open.
    pub help: Signal<bool>,
}

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
pub fn at_rest(pack: &Pack) -> Sight {
    let now = Now::at_noon(pack.check.review_by);
    let replay = replay(&pack.check, &Answers::new(), now);
    let decision = decide(&pack.check, &replay, Standing::Current, now.today);
    let journey = journey(&pack.check, &replay, &decision);
    let state = State {
        screen: Screen::Start,
        written: Vec::new(),
        stale: Vec::new(),
        made: now.moment,
        old: false,
        today: now.today,
        replay,
        decision,
        journey,
    };
    Sight {
        state: Signal::stored(state),
        wrong: Signal::stored(Vec::new()),
        notices: Signal::stored(Vec::new()),
        keep: Signal::stored(!pack.clinic.forget),
        kept: Signal::stored(None),
        country: Signal::stored(0),
        help: Signal::stored(false),
    }
}

/// The check.
#[component]
pub fn CheckScreen(pack: Arc<Pack>, sight: Sight, times: Times, ways: Ways, act: Callback<Act>) -> impl IntoView {
    let labels = pack.labels.clone();
    let speech = move |pack: &Arc<Pack>, country: usize| Speech {
        pack: pack.clone(),
        country,
        moment: times.moment,
        date: times.date,
    };
    let shown = Memo::new(move |_| {
        let page = sight.state.with(|state| match state.screen {
            Screen::Page(page) => state.journey.pages.get(page).copied(),
            Screen::Start | Screen::Stop | Screen::Review | Screen::Result => None,
        });
        (sight.state.with(|state| state.screen), page, sight.country.get())
    });
    let keeps = pack.check.keeps_answers;
    let notices = move || sight.notices.get().into_iter().map(|text| view! { <p class="notice">{text}</p> }).collect_view();
    let helping = pack.clone();
    let help = move || {
        let open = sight.help.get();
        open.then(|| view! { <HelpCard speech=speech(&helping, sight.country.get()) act=act /> })
    };
    let calm = move || !matches!(shown.get().0, Screen::Stop);
    let moving = move || !matches!(shown.get().0, Screen::Start | Screen::Stop);
    let (back_word, help_word, leave) = (labels.back(), labels.help_now(), labels.delete_leave());
    let body = move || {
        let (screen, page, country) = shown.get();
        let speech = speech(&pack, country);
        let state = move || sight.state.get_untracked();
        match screen {
            Screen::Start => {
                view! { <Start speech=speech keep=sight.keep kept=sight.kept.get() act=act /> }.into_any()
            }
            Screen::Page(_) => {
                let page = page.unwrap_or_default();
                view! { <QuestionPage speech=speech page=page state=sight.state wrong=sight.wrong act=act /> }.into_any()
            }
            Screen::Stop => view! { <Stop speech=speech state=state() act=act /> }.into_any(),
            Screen::Review => view! { <Review speech=speech state=state() act=act /> }.into_any(),
            Screen::Result => view! { <Letter speech=speech state=state() ways=ways.clone() act=act /> }.into_any(),
        }
    };
    view! {
        <div class="bar">
            {move || moving().then(|| view! {
                <button type="button" class="plain back" data-action="back" on:click=move |_| act.run(Act::Back)>
                    {back()}{back_word.clone()}
                </button>
            })}
            {move || calm().then(|| view! {
                <button type="button" class="plain help-now" aria-expanded=move || sight.help.get().to_string()
                    on:click=move |_| act.run(Act::Help(!sight.help.get_untracked()))>
                    {help_word.clone()}
                </button>
            })}
        </div>
        <div role="status" class="notices">{notices}</div>
        {help}
        <div class="screen">{body}</div>
        {move || (calm() && keeps).then(|| view! {
            <button type="button" class="plain leave" data-action="delete" on:click=move |_| act.run(Act::DeleteAndLeave)>
                {leave.clone()}
            </button>
        })}
    }
}
