//! Pages for paper: a check as a form, the reasons that go with it, and a card for after a treatment.

mod card;
mod form;
mod reasons;

pub use card::card;
pub use form::form;
pub use reasons::reasons;

use crate::form::Tick;
use leptos::prelude::*;
use mesocheck::model::{Check, Country, HelpLine, ReviewState, Rule};
use mesocheck::page::{Here, Site};
use mesocheck::view::part::{line, strong};
use mesocheck::view::words::fill;

/// What the pages are made of.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The site.
    pub site: Site,
    /// Where the page stands.
    pub here: Here,
    /// The check.
    pub check: Check,
    /// Whom to call.
    pub countries: Vec<Country>,
    /// Which content this is.
    pub version: String,
}

impl Sheet {
    fn rule(&self, tick: &Tick) -> Option<&Rule> {
        tick.rule.and_then(|rule| self.check.rules.get(rule))
    }

    /// Which content this is, who reviewed it, and until when it holds.
    fn foot(&self) -> AnyView {
        let labels = &self.site.labels;
        let old = fill(&labels.paper_old(), &[("date", &self.site.date(self.check.review_by))]);
        let review = &self.site.review;
        let reviewed = match review.state {
            ReviewState::Signed => fill(&labels.reviewed(), &[("by", &review.by), ("on", &review.on)]),
            ReviewState::Draft | ReviewState::Withdrawn => labels.not_reviewed(),
        };
        line("small", [old, self.version.clone(), reviewed].join(" "))
    }

    /// When to call for help before anything else.
    fn emergency(&self) -> AnyView {
        let labels = &self.site.labels;
        let text = [self.site.say(&labels.card_title()), labels.card_text()].join(" ");
        view! { <p class="card urgent">{text}</p> }.into_any()
    }

    /// For people who think of ending their life. `code` is the number of that box.
    fn crisis(&self, code: Option<&str>) -> AnyView {
        let text = self.site.labels.panel_crisis();
        let text = code.map_or(text.clone(), |code| format!("{code}: {text}"));
        view! { <div class="help-lines">{strong(text)}{self.help(|country| &country.crisis)}</div> }.into_any()
    }

    /// Help lines of every country: the reader's is not known.
    fn help(&self, of: fn(&Country) -> &[HelpLine]) -> AnyView {
        let row = |country: &Country| {
            let lines: Vec<&str> = of(country).iter().map(|help| help.text.as_str()).collect();
            view! { <li>{strong(country.name.clone())}": "{lines.join("; ")}". "</li> }.into_any()
        };
        let rows: Vec<AnyView> = self.countries.iter().filter(|country| !of(country).is_empty()).map(row).collect();
        view! { <ul>{rows}</ul> }.into_any()
    }
}
