//! The thread pool that all evaluations share.

use std::sync::{
    atomic::{AtomicUsize, Ordering},
    Once,
};

use rayon::ThreadPoolBuilder;
use ta_core::threads::Threads;

/// Rows of work below which waking a thread takes longer than the work.
pub const WORTH_A_THREAD: usize = 1 << 15;

/// Sizes the pool as polars does: `POLARS_MAX_THREADS` threads, or one for each core. The threads
/// start with the first work that is large enough.
pub fn set_up() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let asked = std::env::var("POLARS_MAX_THREADS").ok();
        let threads = asked.and_then(|n| n.parse().ok()).unwrap_or(0);
        // Fails if the host has already built rayon's global pool, which is used then.
        let _ = ThreadPoolBuilder::new().num_threads(threads).build_global();
    });
}

/// Rayon's pool and the calling thread.
///
/// The calling thread works too: waking another one takes 0.1 to 1 ms, in which `sma` computes
/// 100,000 to a million rows.
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

/// Maps items of about `rows` rows of work each, on all threads if the work is large enough.
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
