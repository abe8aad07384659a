//! Ctrl-C and a polite end by the system: the work stops at the next row, and no unfinished file is left.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);
static IDLE: AtomicBool = AtomicBool::new(false);
static UNFINISHED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// How long the work may take to come to its next row.
const PATIENCE: Duration = Duration::from_secs(2);

/// From now on Ctrl-C asks the work to stop; a second one, or no answer within two seconds, ends the program.
pub fn listen() {
    let asked = || {
        if STOP.swap(true, Ordering::SeqCst) || IDLE.load(Ordering::SeqCst) {
            end();
        }
        std::thread::spawn(|| {
            std::thread::sleep(PATIENCE);
            end();
        });
    };
    // Without a handler Ctrl-C still ends the program; only the temporary file would be left.
    let _ = ctrlc::set_handler(asked);
}

/// The file that has to go if the work is ended in its middle.
pub fn unfinished(file: Option<&Path>) {
    if let Ok(mut kept) = UNFINISHED.lock() {
        *kept = file.map(Path::to_owned);
    }
}

/// Whether a person is being waited for: then there is no work to come to an end, and Ctrl-C ends the program at once.
pub fn idle(idle: bool) {
    IDLE.store(idle, Ordering::SeqCst);
}

/// Whether the work has been asked to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::Relaxed)
}

#[expect(
    clippy::exit,
    reason = "whoever asked does not want to wait any longer"
)]
fn end() {
    if let Ok(kept) = UNFINISHED.lock()
        && let Some(file) = kept.as_deref()
    {
        let _ = std::fs::remove_file(file);
    }
    std::process::exit(130);
}
