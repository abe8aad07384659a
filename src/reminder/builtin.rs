//! The events that come with the program.

use std::sync::LazyLock;

use super::{Basis, Events};

const TOML: &str = include_str!("events.toml");

static BUILTIN: LazyLock<Events> = LazyLock::new(ours);

#[expect(
    clippy::panic,
    reason = "the file is part of the program: a fault in it is ours, and a test reads it"
)]
fn ours() -> Events {
    match Events::load(TOML, "events.toml", Basis::Published) {
        Ok(events) => events,
        Err(error) => panic!("{error}"),
    }
}

impl Events {
    /// The events that come with the program, `hefei`.
    #[must_use]
    pub fn builtin() -> &'static Self {
        &BUILTIN
    }

    /// Their TOML: a model for a community's own.
    #[must_use]
    pub const fn builtin_toml() -> &'static str {
        TOML
    }
}
