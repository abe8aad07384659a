//! The language of this run: `--lang`, else the system's. Settled before the help is built, which is in it too.

use std::ffi::OsString;
use std::sync::OnceLock;

use gridcode::Lang;

static LANG: OnceLock<Lang> = OnceLock::new();

/// Looks for `--lang` among the arguments, then at the system.
pub fn settle<'a>(arguments: impl Iterator<Item = &'a OsString>) {
    let mut chosen = None;
    let mut next_is_lang = false;
    for argument in arguments {
        let text = argument.to_string_lossy();
        if next_is_lang {
            chosen = Some(text.into_owned());
            break;
        }
        if text == "--" {
            break;
        }
        next_is_lang = text == "--lang";
        if let Some(value) = text.strip_prefix("--lang=") {
            chosen = Some(value.to_owned());
            break;
        }
    }
    let locale = chosen.or_else(sys_locale::get_locale).unwrap_or_default();
    // A second call would change nothing: the first word holds.
    let _ = LANG.set(Lang::from_locale(&locale));
}

/// The language of this run.
pub fn lang() -> Lang {
    LANG.get().copied().unwrap_or_default()
}

/// One of two wordings.
pub fn t<T>(zh: T, en: T) -> T {
    lang().pick(zh, en)
}
