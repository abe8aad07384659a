//! `Entrance`: one staircase of a building, 单元.

use std::fmt;

use smol_str::{SmolStr, ToSmolStr};

/// An entrance by its canonical name: `2` for `2单元`, `二单元`, `02`, `2梯`; `A`, `甲`, `东`.
///
/// Printed as `2单元`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Entrance(pub(super) SmolStr);

impl Entrance {
    /// The entrance with a number.
    #[must_use]
    pub fn numbered(number: u32) -> Self {
        Self(number.to_smolstr())
    }

    /// The canonical name: `2`, `A`, `甲`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The number, where the name is a number.
    #[must_use]
    pub fn number(&self) -> Option<u32> {
        self.0.parse().ok()
    }
}

impl fmt::Display for Entrance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)?;
        f.write_str("单元")
    }
}
