//! A window that stays until somebody has read it, whatever happened in it.

use std::ffi::OsString;
use std::io::{self, BufRead as _, Read as _, Write as _};

use crate::interrupt;
use crate::language::t;

/// More than anybody types before Enter.
const MOST: u64 = 1 << 16;

/// The window of this run; where `--wait` was asked for, its end waits for Enter. A panic passes here too.
pub struct Window {
    stays: bool,
}

impl Window {
    /// Looked up before the arguments are understood: what is wrong with them has to be readable as well.
    pub fn of(arguments: &[OsString]) -> Self {
        let stays = arguments
            .iter()
            .skip(1)
            .take_while(|argument| *argument != "--")
            .any(|argument| argument == "--wait");
        Self { stays }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if self.stays {
            let words = t(
                "\n按回车键关闭窗口…",
                "\nPress Enter to close this window… ",
            );
            let _ = write!(io::stderr(), "{words}");
            // Nobody there to press it: the input has ended, and so does the waiting.
            let _ = line();
        }
    }
}

/// What a person types up to Enter; `None` where there is nothing more to come.
pub fn line() -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    interrupt::idle(true);
    let read = io::stdin().lock().take(MOST).read_until(b'\n', &mut bytes);
    interrupt::idle(false);
    read?;
    // A line that is no text names no file; that is said as of every other.
    Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_option_lets_the_window_stay() {
        let stays = |typed: &[&str]| {
            let typed: Vec<OsString> = typed.iter().map(Into::into).collect();
            // Not dropped: nobody presses Enter here.
            std::mem::ManuallyDrop::new(Window::of(&typed)).stays
        };
        assert!(stays(&["gridcode", "ask", "--wait"]));
        assert!(stays(&["gridcode", "ask", "--wait", "D:\\a.csv"]));
        assert!(stays(&["gridcode", "ask", "--bogus", "--wait"]));
        assert!(!stays(&["--wait"]));
        assert!(!stays(&["gridcode", "ask", "--", "--wait"]));
        assert!(!stays(&["gridcode", "validate", "list.csv"]));
    }
}
