//! The frame of a page: its head with what it may do, the switch of languages, its end. Every page of the program has it.

use super::markup::Markup;
use super::policy::{Known, policy};
use crate::lang::{Lang, Text};

/// What a page is made with.
#[derive(Clone, Copy, Debug)]
pub(in crate::report) struct Frame<'a> {
    /// The language it is first shown in; it holds both.
    pub(in crate::report) lang: Lang,
    pub(in crate::report) title: &'a Text,
    pub(in crate::report) styles: &'a [Known],
    pub(in crate::report) scripts: &'a [Known],
}

impl Frame<'_> {
    /// Everything before the header's own words: the header is open, its heading is written.
    ///
    /// The switch of languages needs no script: what is chosen in it stands before all else, and the style hides the other.
    pub(in crate::report) fn open(&self, page: &mut Markup) {
        page.raw("<!DOCTYPE html>\n<html lang=\"")
            .raw(self.lang.tag())
            .raw("\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"")
            .raw(&policy(self.styles, self.scripts))
            .raw("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .raw("<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n")
            .raw(concat!("<meta name=\"generator\" content=\"gridcode ", env!("CARGO_PKG_VERSION"), "\">\n<title>"))
            .text(self.title.get(self.lang))
            .raw("</title>\n");
        for style in self.styles {
            page.raw("<style>").raw(style.text).raw("</style>\n");
        }
        page.raw("</head>\n<body>\n");
        for (lang, id, name) in [
            (Lang::Zh, "lang-zh", "中文"),
            (Lang::En, "lang-en", "English"),
        ] {
            let checked = if lang == self.lang { " checked" } else { "" };
            page.raw(
                "<input type=\"radio\" name=\"lang\" class=\"lang\" autocomplete=\"off\" id=\"",
            )
            .raw(id)
            .raw("\" aria-label=\"")
            .raw(name)
            .raw("\"")
            .raw(checked)
            .raw(">");
        }
        page.raw("\n<header>\n<p class=\"switch\"><label for=\"lang-zh\">中文</label><label for=\"lang-en\">English</label></p>\n<h1>")
            .both(self.title)
            .raw("</h1>\n");
    }

    /// The scripts, and the end of the page.
    pub(in crate::report) fn close(&self, page: &mut Markup) {
        for script in self.scripts {
            page.raw("<script>").raw(script.text).raw("</script>\n");
        }
        page.raw("</body>\n</html>\n");
    }
}
