//! What a finding does, apart from its reason; and whether another does less.

use crate::change::Direction;
use mesocheck::model::{Action, Ask, Check, Rule, Within};

/// What a finding does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Behaviour {
    /// Place of its outcome; `None`: a note.
    pub level: Option<usize>,
    traits: Vec<Trait>,
}

/// Something it says or asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Trait {
    name: &'static str,
    says: String,
    /// More means more care; all the same where that cannot be said.
    care: i64,
}

impl Behaviour {
    /// What a rule does where it fires.
    pub fn of(rule: &Rule) -> Self {
        let wait = rule.wait.as_ref();
        let says = |text: Option<&str>| text.unwrap_or("nothing").to_owned();
        let pressing = |place: Option<usize>| place.map_or(0, |place| 100 - i64::try_from(place).unwrap_or(100));
        let place =
            |place: Option<usize>, name, text: Option<&str>| Trait { name, says: says(text), care: pressing(place) };
        let plain = |name, text: Option<&str>| Trait { name, says: says(text), care: 0 };
        let days = Trait {
            name: "wait",
            says: wait.map_or_else(|| says(None), |wait| format!("{} days", wait.days)),
            care: wait.map_or(-1, |wait| i64::from(wait.days)),
        };
        let traits = vec![
            days,
            plain("counted from", wait.map(|wait| wait.from.as_deref().unwrap_or("today"))),
            plain("until", wait.map(|wait| wait.until.as_str())),
            place(
                Action::ALL.iter().position(|known| Some(*known) == rule.action),
                "action",
                rule.action.map(Action::as_str),
            ),
            place(
                Within::ALL.iter().position(|known| Some(*known) == rule.within),
                "within",
                rule.within.map(Within::as_str),
            ),
            place(Ask::ALL.iter().position(|known| Some(*known) == rule.ask), "ask", rule.ask.map(Ask::as_str)),
            plain("about", rule.scope.map(mesocheck::model::Scope::as_str)),
        ];
        Self { level: rule.outcome, traits }
    }

    /// What changes to another, in words; empty where nothing does.
    pub fn change(&self, to: &Self, check: &Check) -> String {
        let level = |level: Option<usize>| {
            let outcome = level.and_then(|level| check.outcomes.get(level));
            outcome.map_or_else(|| "a note".to_owned(), |outcome| format!("`{}`", outcome.id))
        };
        let levels = (self.level != to.level).then(|| format!("{} → {}", level(self.level), level(to.level)));
        let differ = self.traits.iter().zip(&to.traits).filter(|(was, is)| was != is);
        let traits = differ.map(|(was, is)| format!("{} {} → {}", was.name, was.says, is.says));
        levels.into_iter().chain(traits).collect::<Vec<String>>().join(", ")
    }

    /// Where a change to another leads. Any less care makes it milder.
    pub fn direction(&self, to: &Self) -> Direction {
        let levels = self.level.cmp(&to.level);
        let cares = self.traits.iter().zip(&to.traits).map(|(was, is)| was.care.cmp(&is.care));
        let all: Vec<std::cmp::Ordering> = std::iter::once(levels).chain(cares).collect();
        match levels {
            std::cmp::Ordering::Less => Direction::Stricter,
            std::cmp::Ordering::Greater => Direction::Milder,
            _ if all.contains(&std::cmp::Ordering::Greater) => Direction::Milder,
            _ if all.contains(&std::cmp::Ordering::Less) => Direction::Stricter,
            std::cmp::Ordering::Equal => Direction::Other,
        }
    }
}

/// Where it leads that a finding comes or goes. A note asks for nothing.
pub fn direction_of(before: Option<&Behaviour>, after: Option<&Behaviour>) -> Direction {
    match (before, after) {
        (Some(before), Some(after)) => before.direction(after),
        (Some(gone), None) if gone.level.is_some() => Direction::Milder,
        (None, Some(new)) if new.level.is_some() => Direction::Stricter,
        _ => Direction::Other,
    }
}
