//! Whole pages, composed of views.

pub mod about;
pub mod article;
pub mod check;
pub mod faq;
pub mod handover;
pub mod home;
pub mod shell;

use crate::model::{Clinic, Country, Date, Labels, Review};

/// What every page knows of the site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Words of the interface.
    pub labels: Labels,
    /// Who has checked the content.
    pub review: Review,
    /// The clinic that shows the check.
    pub clinic: Clinic,
    /// The country it is in, where it says so.
    pub country: Option<Country>,
    /// Its logo.
    pub logo: Option<Picture>,
    /// Who has written the content.
    pub author: Author,
    /// Where it will stand, without a slash at the end; empty: not known.
    pub address: String,
    /// Paths of pages that this site lacks, because the clinic does not show their check.
    pub without: Vec<&'static str>,
}

/// Who has written the questions and what follows from the answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Author {
    /// It is as it was published.
    Publisher,
    /// Whoever shows it has changed it.
    Clinic,
}

/// A picture of the site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picture {
    /// Its path below the root of the site.
    pub path: String,
    /// The width it is shown at.
    pub width: u32,
    /// The height it is shown at.
    pub height: u32,
}

/// Where a page stands: what its links begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    /// From this page to the folder of its locale, such as `../`.
    pub base: String,
    /// The page's own path below that folder, such as `faq/`.
    pub path: String,
}

impl Here {
    /// A link to a path below the locale's folder.
    pub fn to(&self, path: &str) -> String {
        if path.is_empty() && self.base.is_empty() { "./".into() } else { format!("{}{path}", self.base) }
    }
}

impl Site {
    /// A site without a logo, in which every page is there and nothing was changed.
    pub fn new(labels: Labels, review: Review, clinic: Clinic) -> Self {
        Self {
            labels,
            review,
            clinic,
            author: Author::Publisher,
            logo: None,
            address: String::new(),
            country: None,
            without: Vec::new(),
        }
    }

    /// Whether a page is there.
    pub fn has(&self, path: &str) -> bool {
        !self.without.contains(&path)
    }

    /// A text for pages that are written before anybody knows in which country they are read, unless the clinic said so.
    pub fn say(&self, text: &str) -> String {
        let country = self.country.as_ref().map(|country| (country.emergency.clone(), country.urgent.clone()));
        let (emergency, urgent) = country.unwrap_or_else(|| (self.labels.any_emergency(), self.labels.any_urgent()));
        text.replace("{EMERGENCY}", &emergency).replace("{URGENT}", &urgent)
    }

    /// A day in words: "30 November 2027".
    pub fn date(&self, date: Date) -> String {
        let (year, month, day) = date.parts();
        let months = self.labels.months();
        let name = usize::try_from(month - 1).ok().and_then(|month| months.split(' ').nth(month));
        format!("{day} {} {year}", name.unwrap_or_default())
    }
}
