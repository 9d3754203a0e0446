//! The threads that computations share.

use std::sync::{
    atomic::{AtomicUsize, Ordering},
    Once,
};

use rayon::ThreadPoolBuilder;
use ta_core::threads::Threads;

/// Rows below which a thread would begin later than the work ends.
pub const WORTH_A_THREAD: usize = 1 << 15;

/// Makes the shared threads follow polars: `POLARS_MAX_THREADS` of them, or one for each core.
/// They begin with the first work that is worth it.
pub fn set_up() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let asked = std::env::var("POLARS_MAX_THREADS").ok();
        let threads = asked.and_then(|n| n.parse().ok()).unwrap_or(0);
        // If the host has made a pool of its own, that one is used.
        let _ = ThreadPoolBuilder::new().num_threads(threads).build_global();
    });
}

/// Rayon's pool, and the thread that asks.
///
/// The calling thread begins at once, while others are still waking up: a million rows are
/// done within a few times as long as that takes.
pub struct Shared;

impl Threads for Shared {
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync)) {
        let helpers = rayon::current_num_threads().min(count).saturating_sub(1);
        let next = AtomicUsize::new(0);
        let do_some = || loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                index if index < count => job(index),
                _ => break,
            }
        };
        rayon::in_place_scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(|_| do_some());
            }
            do_some();
        });
    }
}

/// Maps items of about `rows` rows of work each, on all threads where there is enough of it.
pub fn map_all<T: Send, R: Send>(
    items: Vec<T>,
    rows: usize,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    use rayon::prelude::*;
    if items.len() < 2 || items.len().saturating_mul(rows) < WORTH_A_THREAD {
        return items.into_iter().map(work).collect();
    }
    items.into_par_iter().map(work).collect()
}

#[cfg(test)]
mod tests {
    use ta_core::threads::map;

    use super::Shared;

    #[test]
    fn every_item_is_done_once_and_in_its_place() {
        for items in [0, 1, 2, 3, 100] {
            let done = map(&Shared, (0..items).collect(), |item: usize| item * item);
            assert_eq!(done, (0..items).map(|item| item * item).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_job_may_ask_for_threads_itself() {
        let sums = map(&Shared, (0..20).collect(), |outer: usize| {
            map(&Shared, (0..20).collect(), |inner: usize| outer * inner).iter().sum::<usize>()
        });
        assert_eq!(sums[3], 3 * 190);
    }
}
