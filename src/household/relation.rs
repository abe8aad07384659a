//! Relation to the head of the household (GB/T 4761, and the words that lists use).

use unicode_normalization::UnicodeNormalization;

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
        // `户 主`, `户主（本人）` and `Head` are written for looks.
        let plain = text.nfkc().filter(|c| !c.is_whitespace() && *c != '*');
        let plain: String = plain.flat_map(char::to_lowercase).collect();
        match plain.as_str() {
            "" => None,
            "户主" | "本人" | "本人或户主" | "户主或本人" | "户主本人" | "户主(本人)"
            | "本人(户主)" | "房主" | "0" | "01" | "02" | "head" | "headofhousehold"
            | "householder" | "self" => Some(Self::Head),
            "租客" | "租户" | "承租人" | "租住人" | "租赁" | "租赁人" | "房客" | "tenant" => {
                Some(Self::Tenant)
            }
            _ => Some(Self::Member),
        }
    }
}
