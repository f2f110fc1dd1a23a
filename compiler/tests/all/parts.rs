//! What several tests share.

pub mod aftercare;
pub mod changed;
pub mod drawn;
pub mod folder;
pub mod paper;
pub mod program;
