//! The two codebooks that come with the program.

use std::sync::LazyLock;

use super::Codebook;

const SHUSHAN_TOML: &str = include_str!("shushan.toml");
const AGE_DECADE_TOML: &str = include_str!("age-decade.toml");

static SHUSHAN: LazyLock<Codebook> = LazyLock::new(|| ours(SHUSHAN_TOML, "shushan.toml"));
static AGE_DECADE: LazyLock<Codebook> = LazyLock::new(|| ours(AGE_DECADE_TOML, "age-decade.toml"));

#[expect(
    clippy::panic,
    reason = "the file is part of the program: a fault in it is ours, and a test reads it"
)]
fn ours(text: &str, file: &str) -> Codebook {
    match Codebook::builtin_from_toml(text, file) {
        Ok(codebook) => codebook,
        Err(error) => panic!("{error}"),
    }
}

impl Codebook {
    /// The names of the codebooks that come with the program.
    pub const BUILTIN: [&'static str; 2] = ["shushan", "age-decade"];

    /// What has been published: `A`, `B`, `a`, `b` and the flag 8; 5 and 7 are known to exist.
    #[must_use]
    pub fn shushan() -> &'static Self {
        &SHUSHAN
    }

    /// The guess that the digit is the age decade of the eldest resident. Every such line is marked `inferred`.
    #[must_use]
    pub fn age_decade() -> &'static Self {
        &AGE_DECADE
    }

    /// One of [`BUILTIN`](Self::BUILTIN) by name.
    #[must_use]
    pub fn builtin(name: &str) -> Option<&'static Self> {
        match name {
            "shushan" => Some(Self::shushan()),
            "age-decade" => Some(Self::age_decade()),
            _ => None,
        }
    }

    /// The TOML of one of [`BUILTIN`](Self::BUILTIN): a model for a community's own.
    #[must_use]
    pub fn builtin_toml(name: &str) -> Option<&'static str> {
        match name {
            "shushan" => Some(SHUSHAN_TOML),
            "age-decade" => Some(AGE_DECADE_TOML),
            _ => None,
        }
    }
}
