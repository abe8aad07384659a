//! A line on stderr for work that takes longer than a second, on a terminal only.

use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

use gridcode::census::Watch;
use gridcode::report::text::grouped;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::interrupt;
use crate::language::lang;
use crate::output::Output;

/// Shows how many rows have been read, once that takes long; also where Ctrl-C is heard.
pub struct Progress {
    begun: Instant,
    wanted: bool,
    bar: RefCell<Option<ProgressBar>>,
    stopped: Cell<bool>,
}

impl Progress {
    pub fn new(output: &Output) -> Self {
        interrupt::listen();
        #[expect(
            clippy::disallowed_methods,
            reason = "how long the user has waited is the program's business"
        )]
        let begun = Instant::now();
        let wanted = !output.is_quiet() && std::io::IsTerminal::is_terminal(&std::io::stderr());
        Self {
            begun,
            wanted,
            bar: RefCell::new(None),
            stopped: Cell::new(false),
        }
    }

    /// Lets the work end at the next row, as Ctrl-C does.
    pub fn stop(&self) {
        self.stopped.set(true);
    }

    /// Takes the line away, so that other words can be written.
    pub fn clear(&self) {
        if let Some(bar) = self.bar.borrow_mut().take() {
            bar.finish_and_clear();
        }
    }
}

impl Progress {
    /// Shows how many communities are divided; `false` where the user wants to stop.
    pub fn communities(&self, count: usize, all: usize) -> bool {
        self.show(|| {
            lang().pick(
                format!("已划分 {count}/{all} 个社区"),
                format!("{count} of {all} communities divided"),
            )
        })
    }

    fn show(&self, message: impl Fn() -> String) -> bool {
        if self.wanted && self.begun.elapsed() > Duration::from_secs(1) {
            let mut bar = self.bar.borrow_mut();
            let bar = bar.get_or_insert_with(|| {
                let bar =
                    ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(5));
                if let Ok(style) = ProgressStyle::with_template("{spinner} [{elapsed}] {msg}") {
                    bar.set_style(style);
                }
                // Counted from the beginning of the work, not from when it began to seem long.
                bar.with_elapsed(self.begun.elapsed())
            });
            bar.set_message(message());
            bar.tick();
        }
        !interrupt::asked() && !self.stopped.get()
    }
}

impl Watch for Progress {
    fn rows(&self, rows: u64) -> bool {
        let rows = grouped(rows);
        self.show(|| lang().pick(format!("已读 {rows} 行"), format!("{rows} rows")))
    }
}
