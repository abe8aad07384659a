//! Ctrl-C: the work stops at the next row, so that unfinished files are removed on the way out.

use std::sync::atomic::{AtomicBool, Ordering};

static STOP: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C only asks the work to stop; a second one ends the program at once.
pub fn listen() {
    let asked = || {
        if STOP.swap(true, Ordering::SeqCst) {
            #[expect(clippy::exit, reason = "asked twice: the user does not want to wait")]
            std::process::exit(130);
        }
    };
    // Without a handler Ctrl-C still ends the program; only the temporary file would be left.
    let _ = ctrlc::set_handler(asked);
}

/// Whether the work has been asked to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::Relaxed)
}
