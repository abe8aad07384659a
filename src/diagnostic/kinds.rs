//! Lists of what can be found beside the rules: each kind with its name and what it means, in both languages.

/// An enum of kinds of findings.
macro_rules! kinds {
    ($(#[doc = $about:literal])+ $($name:ident, $key:literal, $zh:literal, $en:literal;)+) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $en] $name,)+ }

        impl Kind {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name used in JSON and behind a printed finding.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)+ }
            }

            /// What was found, in a sentence.
            #[must_use]
            pub fn about(self) -> crate::lang::Text {
                match self { $(Self::$name => crate::lang::Text::fixed($zh, $en),)+ }
            }
        }
    };
}

pub(crate) use kinds;
