//! The two languages of every text that a person reads.

use std::borrow::Cow;
use std::fmt;

/// A language that `gridcode` speaks.
///
/// The library never looks at the locale: whoever calls it says which language to use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language a locale name stands for: `zh_CN.UTF-8`, `zh-Hans`, `zh` are Chinese, all else is English.
    ///
    /// ```
    /// use gridcode::Lang;
    /// assert_eq!(Lang::from_locale("zh_CN.UTF-8"), Lang::Zh);
    /// assert_eq!(Lang::from_locale("de_DE"), Lang::En);
    /// ```
    #[must_use]
    pub fn from_locale(name: &str) -> Self {
        let language = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        if language.eq_ignore_ascii_case("zh") {
            Self::Zh
        } else {
            Self::En
        }
    }

    /// The BCP 47 tag: `zh-CN` or `en`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// Chooses between two values, one for each language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// A text in both languages; neither can be left out.
///
/// As JSON it is an object with the members `zh` and `en`.
///
/// ```
/// use gridcode::{Lang, Text};
/// let text = Text::new("房号", "unit");
/// assert_eq!(text.get(Lang::En), "unit");
/// assert_eq!(serde_json::to_string(&text).unwrap(), r#"{"zh":"房号","en":"unit"}"#);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Text {
    /// The Chinese wording.
    pub zh: Cow<'static, str>,
    /// The English wording.
    pub en: Cow<'static, str>,
}

impl Text {
    /// Puts both wordings together.
    pub fn new(zh: impl Into<Cow<'static, str>>, en: impl Into<Cow<'static, str>>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// A text of constants, usable in a `const` or `static`.
    #[must_use]
    pub const fn fixed(zh: &'static str, en: &'static str) -> Self {
        Self {
            zh: Cow::Borrowed(zh),
            en: Cow::Borrowed(en),
        }
    }

    /// Renders one value twice, once in each language.
    pub fn of<D: fmt::Display>(say: impl Fn(Lang) -> D) -> Self {
        Self::new(say(Lang::Zh).to_string(), say(Lang::En).to_string())
    }

    /// The wording in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}
