//! Many communities, each divided for itself, on as many threads as are wanted.

use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use super::divide::{Division, divide_community};
use super::listing::Community;
use crate::partition::Options;

/// So long at most whoever waits hears nothing.
const PATIENCE: Duration = Duration::from_millis(100);

/// Divides communities; the results stand in the order of the communities and are the same for any number of threads.
///
/// `done` hears now and then how many are finished, on the caller's thread, and ends
/// the work with `false`: then only what was finished is in the result.
pub fn divide_all(
    communities: &[Community],
    options: &Options,
    threads: NonZero<usize>,
    done: &mut dyn FnMut(usize) -> bool,
) -> Vec<Division> {
    let workers = threads.get().min(communities.len()).max(1);
    let next = AtomicUsize::new(0);
    let is_over = AtomicBool::new(false);
    let mut results: Vec<Option<Division>> = communities.iter().map(|_| None).collect();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::channel();
        for _ in 0..workers {
            let sender = sender.clone();
            let (next, is_over) = (&next, &is_over);
            scope.spawn(move || {
                while !is_over.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    let Some(community) = communities.get(at) else {
                        break;
                    };
                    // Nobody waits for what is not received.
                    if sender
                        .send((at, divide_community(community, options)))
                        .is_err()
                    {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut count = 0;
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok((at, division)) => {
                    count += 1;
                    if let Some(slot) = results.get_mut(at) {
                        *slot = Some(division);
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if !done(count) {
                is_over.store(true, Ordering::Relaxed);
                break;
            }
        }
    });
    results.into_iter().flatten().collect()
}
