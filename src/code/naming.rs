//! Names for single characters, so that look-alikes and invisible ones can be told apart in a message.

use std::fmt;

use crate::lang::Lang;

/// What sort of thing a character is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// ASCII, a Chinese character or Chinese punctuation: it can be shown as it is.
    Plain,
    /// A blank of any width, with its name in Chinese and English.
    Blank(&'static str, &'static str),
    /// Something that shows nothing, with its name.
    Invisible(&'static str, &'static str),
    /// Something that cannot be shown alone, or at all, and yet is not nothing, with its name.
    Unshown(&'static str, &'static str),
    /// Visible, and easily taken for something else, with the name of its script.
    Foreign(&'static str, &'static str),
    /// Visible, of no script with a name here.
    Other,
}

impl Look {
    /// Whether a reader sees something.
    pub(super) const fn is_visible(self) -> bool {
        !matches!(
            self,
            Self::Blank(..) | Self::Invisible(..) | Self::Unshown(..)
        )
    }
}

/// How a character looks.
pub(super) fn look(c: char) -> Look {
    match c {
        ' ' => Look::Blank("空格", "a blank"),
        '\t' => Look::Blank("制表符", "a tab"),
        '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
            Look::Blank("换行符", "a line break")
        }
        '\r' => Look::Blank("回车符", "a carriage return"),
        '\u{a0}' | '\u{202f}' => Look::Blank("不换行空格", "a no-break space"),
        '\u{3000}' => Look::Blank("全角空格", "a full-width blank"),
        '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{205f}' => {
            Look::Blank("特殊空格", "a special blank")
        }
        '\u{feff}' => Look::Invisible("字节顺序标记", "a byte order mark"),
        '\u{200b}' => Look::Invisible("零宽空格", "a zero width space"),
        '\u{200c}' | '\u{200d}' | '\u{2060}' => {
            Look::Invisible("零宽连接控制符", "a zero width joiner")
        }
        '\u{ad}' => Look::Invisible("软连字符", "a soft hyphen"),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Look::Invisible("文字方向控制符", "a text direction mark")
        }
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            Look::Invisible("字形变体选择符", "a variation selector")
        }
        '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{2800}' => {
            Look::Invisible("空白填充符", "a filler")
        }
        '\u{fffd}' => Look::Foreign("丢失字符的替代符", "replacement for a lost character"),
        '\u{180e}'
        | '\u{2061}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{e0001}'..='\u{e007f}' => Look::Invisible("不可见字符", "an invisible character"),
        _ if c.is_control() => Look::Invisible("控制字符", "a control character"),
        // The standard library escapes exactly what has no shape of its own.
        _ if !c.is_ascii() && c.escape_debug().next() != Some(c) => {
            if unicode_normalization::char::is_combining_mark(c) {
                Look::Unshown("组合附加符号", "a combining mark")
            } else {
                Look::Unshown("无法显示的字符", "a character that cannot be shown")
            }
        }
        '\u{21}'..='\u{7e}'
        | '\u{3001}'..='\u{3002}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' => Look::Plain,
        '\u{400}'..='\u{52f}' => Look::Foreign("西里尔字母", "Cyrillic letter"),
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => {
            Look::Foreign("希腊字母", "Greek letter")
        }
        '\u{ff01}'..='\u{ff5e}' => Look::Foreign("全角字符", "full-width character"),
        _ => Look::Other,
    }
}

/// A character as a message shows it: `'C'`, `'а' (U+0430, Cyrillic letter)`, `a tab (U+0009)`.
#[derive(Clone, Copy)]
pub(super) struct Named(pub(super) char, pub(super) Lang);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(c, lang) = *self;
        let point = u32::from(c);
        match (look(c), lang) {
            (Look::Plain, Lang::Zh) => write!(f, "“{c}”"),
            (Look::Plain, Lang::En) if c == '\'' => f.write_str("\"'\""),
            (Look::Plain, Lang::En) => write!(f, "'{c}'"),
            (Look::Blank(zh, _) | Look::Invisible(zh, _) | Look::Unshown(zh, _), Lang::Zh) => {
                write!(f, "{zh}（U+{point:04X}）")
            }
            (Look::Blank(_, en) | Look::Invisible(_, en) | Look::Unshown(_, en), Lang::En) => {
                write!(f, "{en} (U+{point:04X})")
            }
            (Look::Foreign(zh, _), Lang::Zh) => write!(f, "“{c}”（U+{point:04X}，{zh}）"),
            (Look::Foreign(_, en), Lang::En) => write!(f, "'{c}' (U+{point:04X}, {en})"),
            (Look::Other, Lang::Zh) => write!(f, "“{c}”（U+{point:04X}）"),
            (Look::Other, Lang::En) => write!(f, "'{c}' (U+{point:04X})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(c: char) -> [String; 2] {
        [
            Named(c, Lang::Zh).to_string(),
            Named(c, Lang::En).to_string(),
        ]
    }

    #[test]
    fn a_look_alike_carries_its_code_point_and_script() {
        assert_eq!(
            both('а'),
            ["“а”（U+0430，西里尔字母）", "'а' (U+0430, Cyrillic letter)"]
        );
        assert_eq!(
            both('Ａ'),
            [
                "“Ａ”（U+FF21，全角字符）",
                "'Ａ' (U+FF21, full-width character)"
            ]
        );
        assert_eq!(
            both('Β'),
            ["“Β”（U+0392，希腊字母）", "'Β' (U+0392, Greek letter)"]
        );
        assert_eq!(both('⑧'), ["“⑧”（U+2467）", "'⑧' (U+2467)"]);
    }

    #[test]
    fn what_shows_nothing_is_named() {
        assert_eq!(
            both('\u{200b}'),
            ["零宽空格（U+200B）", "a zero width space (U+200B)"]
        );
        assert_eq!(
            both('\u{1b}'),
            ["控制字符（U+001B）", "a control character (U+001B)"]
        );
        assert_eq!(
            both('\u{301}'),
            ["组合附加符号（U+0301）", "a combining mark (U+0301)"]
        );
        assert_eq!(
            both('\u{3000}'),
            ["全角空格（U+3000）", "a full-width blank (U+3000)"]
        );
    }

    #[test]
    fn no_control_character_reaches_the_reader() {
        for c in (0..=0x3_ffff_u32).filter_map(char::from_u32) {
            for text in both(c) {
                assert!(
                    !text.chars().any(char::is_control),
                    "U+{:04X}",
                    u32::from(c)
                );
                assert!(!text.contains(['\u{202e}', '\u{200b}', '\u{feff}']));
            }
        }
    }
}
