//! Whole pages, composed of views.

pub mod about;
pub mod article;
pub mod check;
pub mod faq;
pub mod home;
pub mod shell;

use crate::model::{Clinic, Country, Labels, Review};

/// What every page knows of the site.
#[derive(Clone, Debug)]
pub struct Site {
    /// Words of the interface.
    pub labels: Labels,
    /// Who has checked the content.
    pub review: Review,
    /// The clinic that shows the check.
    pub clinic: Clinic,
    /// Whom to call, by country.
    pub countries: Vec<Country>,
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
    /// A text with the numbers of the default country filled in, and those of others beside them: for pages that are
    /// written before anybody knows where they are read.
    pub fn say(&self, text: &str) -> String {
        let numbers = self.countries.iter().take(4).map(|country| format!("{} ({})", country.emergency, country.id));
        let numbers: Vec<String> = numbers.collect();
        let urgent = self.countries.first().map(|country| country.urgent.clone()).unwrap_or_default();
        text.replace("{EMERGENCY}", &numbers.join(", ")).replace("{URGENT}", &urgent)
    }
}
