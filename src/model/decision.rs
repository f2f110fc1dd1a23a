//! What the engine concludes.

/// The decision on a set of answers. Rules and questions are named by their place in the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Place of the outcome that may be shown.
    pub outcome: Option<usize>,
    /// Why no outcome may be shown, where that is so.
    pub withheld: Option<Withheld>,
    /// Rules that fired, most severe first, then in the order of the check.
    pub findings: Vec<usize>,
    /// Notes that fired, in the order of the check.
    pub notes: Vec<usize>,
    /// Asked questions that have no answer, or only one that is no longer fresh.
    pub missing: Vec<usize>,
    /// The longest wait among the findings, in days from whatever each counts from: never a date by itself.
    pub wait_days: Option<u32>,
    /// Findings that ask for a doctor, soon or in their own time.
    pub also_see_doctor: Vec<usize>,
}

/// Why an outcome is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Withheld {
    /// Answers are missing, and nothing urgent was found.
    Incomplete,
    /// The content is past its review date or withdrawn, and the outcome would be the mildest.
    OutOfDate,
}
