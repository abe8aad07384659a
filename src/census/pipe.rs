//! Chunks of a text on several threads: taken in order, worked on apart, put together in order.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::table::{Chunk, Chunks, Follow, TableError};

/// What is done with the rows of a chunk, apart from all others.
pub(super) trait Work: Sync {
    /// What one thread works with: what it remembers from chunk to chunk changes no result.
    type Hand;
    /// What a chunk comes to.
    type Done: Send;

    fn hand(&self) -> Self::Hand;

    fn chunk(&self, hand: &mut Self::Hand, chunk: &Chunk, follow: &mut Follow<'_>) -> Self::Done;
}

/// Takes what the chunks come to, in the order of the text, with each chunk and how its rows are to be followed.
pub(super) type Merge<'m, W> =
    dyn FnMut(<W as Work>::Done, &Chunk, &Follow<'_>) -> Result<(), TableError> + 'm;

/// How much text a chunk has, about: thousands of rows, and no more memory than a few times this for each thread.
pub(super) const CHUNK: usize = 1 << 18;

/// Works through all chunks. The result is the same for any number of threads and any size of chunks.
///
/// What a row is follows from the rows above it, which another thread has. Nearly always these end with a household's
/// row, so each chunk is worked on as if they did; where they do not, it is worked on once more.
pub(super) fn run<W: Work>(
    work: &W,
    mut chunks: Chunks<'_>,
    mut follow: Follow<'_>,
    threads: usize,
    merge: &mut Merge<'_, W>,
) -> Result<(), TableError> {
    let mut hand = work.hand();
    let mut chunk = Chunk::default();
    // A short list is done before threads are worth their while.
    let mut first = true;
    while first || threads < 2 || follow.steadied().is_none() {
        if !chunks.next(&mut chunk)? {
            return Ok(());
        }
        let before = follow.clone();
        let done = work.chunk(&mut hand, &chunk, &mut follow);
        merge(done, &chunk, &before)?;
        first = false;
    }
    let Some(steady) = follow.steadied() else {
        return Ok(());
    };
    let input = Mutex::new(Input {
        chunks,
        next: 0,
        ended: false,
    });
    let (hand_back, free) = channel();
    // As many chunks as this are on their way at once: who is ahead waits.
    for _ in 0..=2 * threads {
        let _ = hand_back.send(Chunk::default());
    }
    let free = Mutex::new(free);
    let (finished, arriving) = sync_channel(threads);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let finished = finished.clone();
            let (input, free, steady) = (&input, &free, &steady);
            scope.spawn(move || one_thread(work, input, free, steady, &finished));
        }
        drop(finished);
        in_order(work, &mut hand, follow, &steady, arriving, hand_back, merge)
    })
}

struct Input<'a> {
    chunks: Chunks<'a>,
    next: u64,
    ended: bool,
}

/// A chunk and what it came to, if it was read.
struct Finished<'f, D> {
    index: u64,
    chunk: Chunk,
    done: Result<(D, Follow<'f>), TableError>,
}

fn one_thread<'f, W: Work>(
    work: &W,
    input: &Mutex<Input<'_>>,
    free: &Mutex<Receiver<Chunk>>,
    steady: &Follow<'f>,
    finished: &SyncSender<Option<Finished<'f, W::Done>>>,
) {
    let _alarm = Alarm(finished);
    let mut hand = work.hand();
    loop {
        // An error means that nobody waits for results any more.
        let Ok(mut chunk) = locked(free).recv() else {
            return;
        };
        let (index, read) = {
            let mut input = locked(input);
            if input.ended {
                return;
            }
            let read = input.chunks.next(&mut chunk);
            input.ended = !matches!(read, Ok(true));
            let index = input.next;
            input.next += 1;
            (index, read)
        };
        let done = match read {
            Ok(false) => return,
            Ok(true) => {
                let mut follow = steady.clone();
                let done = work.chunk(&mut hand, &chunk, &mut follow);
                Ok((done, follow))
            }
            Err(error) => Err(error),
        };
        let finished = finished.send(Some(Finished { index, chunk, done }));
        if finished.is_err() {
            return;
        }
    }
}

/// Says that a thread has panicked: nobody is to wait for its chunk, so that the panic is heard of.
struct Alarm<'s, T>(&'s SyncSender<Option<T>>);

impl<T> Drop for Alarm<'_, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = self.0.send(None);
        }
    }
}

/// Puts the results in order; those that were found under a wrong assumption are found again.
#[expect(
    clippy::needless_pass_by_value,
    reason = "threads that wait for a chunk end when nobody can hand one back any more"
)]
fn in_order<'f, W: Work>(
    work: &W,
    hand: &mut W::Hand,
    mut follow: Follow<'f>,
    steady: &Follow<'f>,
    arriving: Receiver<Option<Finished<'f, W::Done>>>,
    hand_back: Sender<Chunk>,
    merge: &mut Merge<'_, W>,
) -> Result<(), TableError> {
    let mut waiting = BTreeMap::new();
    let mut next = 0;
    for finished in arriving {
        let Some(finished) = finished else { break };
        waiting.insert(finished.index, finished);
        while let Some(Finished { chunk, done, .. }) = waiting.remove(&next) {
            next += 1;
            let (done, after) = done?;
            if follow.is_steady() {
                merge(done, &chunk, steady)?;
                follow = after;
            } else {
                let before = follow.clone();
                let done = work.chunk(hand, &chunk, &mut follow);
                merge(done, &chunk, &before)?;
            }
            let _ = hand_back.send(chunk);
        }
    }
    Ok(())
}

/// A thread that panics takes the whole run with it: nobody reads what it left half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::time::Duration;

    use jiff::civil::date;

    use super::super::Options;
    use super::super::sheets::{find_table, fitting};
    use super::*;
    use crate::codebook::Codebook;
    use crate::row::Row;
    use crate::table::{Book, Source};

    /// Panics at a row.
    struct Panics(u64);

    impl Work for Panics {
        type Hand = ();
        type Done = ();

        fn hand(&self) {}

        fn chunk(&self, (): &mut (), chunk: &Chunk, follow: &mut Follow<'_>) {
            let mut row = Row::default();
            let mut rows = chunk.rows();
            while rows.next(&mut row) {
                assert!(row.number() != self.0, "as meant");
                follow.take(&mut row);
            }
        }
    }

    #[test]
    fn a_thread_that_panics_is_waited_for_by_nobody() {
        let mut list = "楼栋,房号\n".to_owned();
        for row in 0..20_000 {
            let _ = writeln!(list, "{}栋,{}", row / 100 + 1, row % 100 + 101);
        }
        let (ended, end) = channel();
        std::thread::spawn(move || {
            let run = || {
                let source = Source::bytes("list.csv", list.into_bytes());
                let codebook = Codebook::shushan();
                let options = Options::new(codebook, date(2026, 11, 1));
                let mut book = Book::open(&source, &options.read).unwrap();
                let fits = fitting(codebook);
                let mut table = find_table(&mut book, 0, &options, &fits).unwrap();
                let (chunks, follow) = table.rest(1 << 10).unwrap();
                run(&Panics(5_000), chunks, follow, 3, &mut |(), _, _| Ok(()))
            };
            let caught = std::panic::catch_unwind(run);
            let _ = ended.send(caught.is_err());
        });
        assert_eq!(end.recv_timeout(Duration::from_secs(20)), Ok(true));
    }
}
