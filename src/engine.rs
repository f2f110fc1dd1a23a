//! Pure functions over the model: no clock, no storage, no panic.

mod bits;
mod calendar;
mod decide;
mod explain;
pub mod handover;
mod headline;
mod journey;
mod outlook;
mod prompt;
pub mod qr;
mod replay;
mod search;
mod tick;

pub use calendar::calendar;
pub use decide::{Standing, decide};
pub use explain::{Because, explain};
pub use headline::{Title, headline};
pub use journey::{Journey, Place, Screen, Stop, journey};
pub use outlook::{Outlook, what_would_change};
pub use prompt::{behind, prompts};
pub use replay::{CLOCK_STEP, Given, Replay, replay};
pub use search::{folded, search, stems};
pub use tick::{Clash, clash, tick};
