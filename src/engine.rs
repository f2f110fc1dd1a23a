//! Pure functions over the model: no clock, no storage, no panic.

mod decide;
mod explain;
mod headline;
mod journey;
mod replay;
mod search;
mod tick;

pub use decide::{Standing, decide};
pub use explain::{Because, explain};
pub use headline::{Title, headline};
pub use journey::{Journey, Place, Screen, Stop, journey};
pub use replay::{Given, Replay, replay};
pub use search::{search, stems};
pub use tick::{Clash, clash, tick};
