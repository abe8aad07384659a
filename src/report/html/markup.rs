//! Markup being written: what comes from a file stays text, in the page and in the data that the page's script reads.

use std::fmt::Write as _;

use crate::lang::Text;
use crate::report::text;

/// A piece of a page.
#[derive(Debug, Default)]
pub(in crate::report) struct Markup(String);

impl Markup {
    /// Markup of our own.
    pub(in crate::report) fn raw(&mut self, markup: &str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// A text from anywhere.
    pub(in crate::report) fn text(&mut self, text: &str) -> &mut Self {
        escape_into(text, &mut self.0);
        self
    }

    /// A text in both languages; the page shows one of them.
    pub(in crate::report) fn both(&mut self, text: &Text) -> &mut Self {
        self.raw(r#"<span lang="zh-CN">"#).text(&text.zh);
        self.raw(r#"</span><span lang="en">"#).text(&text.en);
        self.raw("</span>")
    }

    /// A text of ours in both languages.
    pub(in crate::report) fn said(&mut self, zh: &'static str, en: &'static str) -> &mut Self {
        self.both(&Text::fixed(zh, en))
    }

    /// A count, with thousands apart.
    pub(in crate::report) fn count(&mut self, number: u64) -> &mut Self {
        self.raw(&text::grouped(number))
    }

    /// A whole number as digits alone.
    pub(in crate::report) fn digits(&mut self, number: u64) -> &mut Self {
        let _ = write!(self.0, "{number}");
        self
    }

    /// A text as JSON, which cannot end the element it stands in.
    pub(in crate::report) fn json(&mut self, text: &str) -> &mut Self {
        self.raw("\"");
        for c in text::escape(text).chars() {
            match c {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '<' | '>' | '&' | '\'' => {
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                }
                c => self.0.push(c),
            }
        }
        self.raw("\"")
    }

    /// Both wordings of a text as a JSON array.
    pub(in crate::report) fn json_both(&mut self, text: &Text) -> &mut Self {
        self.raw("[")
            .json(&text.zh)
            .raw(",")
            .json(&text.en)
            .raw("]")
    }

    pub(in crate::report) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A text made harmless between tags and in a quoted attribute, in XML and in HTML.
pub(in crate::report) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    escape_into(text, &mut safe);
    safe
}

/// Makes a text harmless between tags and in a quoted attribute; what is invisible in it is made visible.
fn escape_into(text: &str, out: &mut String) {
    for c in text::escape(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        let mut page = Markup::default();
        page.text("</td><script>alert('1\u{202e}\0')</script>&\"");
        assert_eq!(
            page.as_str(),
            "&lt;/td&gt;&lt;script&gt;alert(&#39;1\\u{202e}\\u{0}&#39;)&lt;/script&gt;&amp;&quot;"
        );
    }

    #[test]
    fn no_text_ends_the_element_of_the_data() {
        let mut data = Markup::default();
        data.json("</script><!--\u{2028}\"\\\n");
        assert_eq!(
            data.as_str(),
            r#""\u003c/script\u003e\u003c!--\\u{2028}\"\\\\u{a}""#
        );
    }
}
