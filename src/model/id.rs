//! Identifiers. They are public: stored on devices, used by tests and written into content.

use serde::Serialize;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; whether it names something is for the compiler of the content to say.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A check: `suitability`, `aftercare`.
    CheckId,
    /// A part of a check: a group of questions with a name.
    StepId,
    /// Questions that stand on one screen.
    PageId,
    /// A question.
    QuestionId,
    /// An option of a question; unique within it.
    OptionId,
    /// A level on a check's ladder.
    OutcomeId,
    /// A rule: `question.option`, or a name of its own.
    RuleId,
    /// A title shown in place of an outcome's own.
    HeadlineId,
}
