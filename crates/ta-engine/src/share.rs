//! The thread pool that all evaluations share.

use std::sync::{
    atomic::{AtomicUsize, Ordering},
    Once,
};

use rayon::ThreadPoolBuilder;
use ta_core::threads::Threads;

/// The least number of rows of work for which other threads are used: waking a thread takes longer
/// than computing fewer rows.
pub const MIN_PARALLEL_ROWS: usize = 1 << 15;

/// Sizes the pool as polars does: `POLARS_MAX_THREADS` threads, or one for each core.
pub fn set_up() {
    // WebAssembly has one thread, and no environment to ask.
    if cfg!(target_arch = "wasm32") {
        return;
    }
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let asked = std::env::var("POLARS_MAX_THREADS").ok();
        let threads = asked.and_then(|n| n.parse().ok()).unwrap_or(0);
        // This fails if the host has already built rayon's global pool. Then that pool is used.
        let _ = ThreadPoolBuilder::new().num_threads(threads).build_global();
    });
}

/// The callers that compute at this moment.
static CALLERS: AtomicUsize = AtomicUsize::new(0);

/// One of several threads of the host that may compute at the same time. As long as it exists, the
/// others use fewer threads of the pool: together they use as many as there are.
pub struct Caller(());

impl Caller {
    /// Counts the calling thread in.
    pub fn enter() -> Self {
        CALLERS.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Caller {
    fn drop(&mut self) {
        CALLERS.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The number of threads for one caller.
pub(crate) fn width() -> usize {
    // Known to the compiler, which then leaves out the pool.
    if cfg!(target_arch = "wasm32") {
        return 1;
    }
    share_of(rayon::current_num_threads(), CALLERS.load(Ordering::Relaxed))
}

fn share_of(threads: usize, callers: usize) -> usize {
    (threads / callers.max(1)).max(1)
}

/// Rayon's pool and the calling thread.
///
/// The calling thread computes too, because waking another one takes 0.1 to 1 ms: in this time
/// `sma` computes 100,000 to a million rows.
pub struct Shared;

impl Threads for Shared {
    fn run(&self, count: usize, job: &(dyn Fn(usize) + Sync)) {
        let helpers = width().min(count).saturating_sub(1);
        let next = AtomicUsize::new(0);
        let do_some = || loop {
            match next.fetch_add(1, Ordering::Relaxed) {
                index if index < count => job(index),
                _ => break,
            }
        };
        if helpers == 0 {
            return do_some();
        }
        rayon::in_place_scope(|scope| {
            for _ in 0..helpers {
                scope.spawn(|_| do_some());
            }
            do_some();
        });
    }
}

/// Maps items, each with about `rows` rows of work, on all threads if there is enough work.
pub fn map_all<T: Send, R: Send>(
    items: Vec<T>,
    rows: usize,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    use rayon::prelude::*;
    let is_small = items.len() < 2 || items.len().saturating_mul(rows) < MIN_PARALLEL_ROWS;
    if is_small || width() < 2 {
        return items.into_iter().map(work).collect();
    }
    items.into_par_iter().map(work).collect()
}

#[cfg(test)]
mod tests {
    use ta_core::threads::map;

    use super::{share_of, width, Caller, Shared};

    #[test]
    fn callers_share_the_threads() {
        assert_eq!([0, 1, 2, 3, 4, 9].map(|callers| share_of(8, callers)), [8, 8, 4, 2, 2, 1]);
        let both = (Caller::enter(), Caller::enter());
        assert!(width() <= (rayon::current_num_threads() / 2).max(1));
        drop(both);
    }

    #[test]
    fn results_have_the_order_of_their_items() {
        for items in [0, 1, 2, 3, 100] {
            let done = map(&Shared, (0..items).collect(), |item: usize| item * item);
            assert_eq!(done, (0..items).map(|item| item * item).collect::<Vec<_>>());
        }
    }

    #[test]
    fn a_job_can_use_the_threads_itself() {
        let sums = map(&Shared, (0..20).collect(), |outer: usize| {
            map(&Shared, (0..20).collect(), |inner: usize| outer * inner).iter().sum::<usize>()
        });
        assert_eq!(sums[3], 3 * 190);
    }
}
