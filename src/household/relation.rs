//! Relation to the head of the household (GB/T 4761, and the words that lists use).

/// How somebody stands to the head of the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The head.
    Head,
    /// A tenant, as some lists write in this column.
    Tenant,
    /// Anybody else.
    Member,
}

impl Relation {
    /// Reads a cell: `户主`, `本人`, `0` (GB/T 4761: the head), `租客`; `None` for an empty one.
    ///
    /// Two-digit codes of GB/T 4761 are read as well: `01` and `02` are the head.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        match text {
            "" => None,
            "户主" | "本人" | "本人或户主" | "户主本人" | "房主" | "0" | "01" | "02" | "head"
            | "Head" | "self" => Some(Self::Head),
            "租客" | "租户" | "承租人" | "租住人" | "租赁" | "房客" | "tenant" | "Tenant" => {
                Some(Self::Tenant)
            }
            _ => Some(Self::Member),
        }
    }
}
