//! A rule's identity and its page, which is its doc comment.

use crate::diagnostic::Severity;
use crate::lang::Lang;

/// What is fixed about a rule.
#[derive(Debug, PartialEq, Eq)]
pub struct Info {
    /// Its number, never given to another rule: `GC001`.
    pub id: &'static str,
    /// Its readable name: `code-syntax`.
    pub name: &'static str,
    /// How grave it is unless the user says otherwise.
    pub severity: Severity,
    /// Its page: English, a line of three dashes, Chinese.
    pub(super) page: &'static str,
}

impl Info {
    /// The page in one language, as Markdown; the first line is the title.
    #[must_use]
    pub fn page(&self, lang: Lang) -> String {
        let lines: Vec<&str> = self
            .written(lang)
            .lines()
            // A doc comment has a blank after its three slashes.
            .map(|line| line.strip_prefix(' ').unwrap_or(line))
            .collect();
        lines.join("\n").trim().to_owned()
    }

    /// The first line of the page: a sentence that stands alone.
    #[must_use]
    pub fn title(&self, lang: Lang) -> &'static str {
        let mut lines = self.written(lang).lines().map(str::trim);
        lines.find(|line| !line.is_empty()).unwrap_or_default()
    }

    /// The doc comment in one language, as the compiler hands it on.
    fn written(&self, lang: Lang) -> &'static str {
        let (en, zh) = self
            .page
            .split_once("\n ---\n")
            .unwrap_or((self.page, self.page));
        lang.pick(zh, en)
    }
}

/// A rule's section of the book of rules: number and name as heading, its severity, its page.
#[must_use]
pub fn markdown(info: &Info, lang: Lang) -> String {
    let (id, name) = (info.id, info.name);
    let severity = info.severity.label(lang);
    let page = info.page(lang);
    lang.pick(
        format!("## {id} {name}\n\n*{severity}*：{page}\n"),
        format!("## {id} {name}\n\n*{severity}*: {page}\n"),
    )
}

/// Makes a rule's type with its [`Info`] from its doc comment.
///
/// The doc comment is the page: English first, then a line `---`, then Chinese; the first line of each is
/// a title that can be understood alone.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ $vis:vis struct $rule:ident($id:literal, $name:literal, $severity:ident);) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug)]
        $vis struct $rule;

        impl $rule {
            /// Its name, severity and page.
            $vis const INFO: &'static $crate::rule::Info = &$crate::rule::Info {
                id: $id,
                name: $name,
                severity: $crate::diagnostic::Severity::$severity,
                page: concat!($($doc, "\n"),+),
            };
        }
    };
}
pub(super) use rule;
