//! The threads that all evaluations share.

use std::sync::LazyLock;

use rayon::{ThreadPool, ThreadPoolBuilder};

/// Rows below which a call is over sooner than a thread would have begun.
pub const WORTH_A_THREAD: usize = 1 << 16;

/// As many threads as polars has: `POLARS_MAX_THREADS`, or one for each core.
static POOL: LazyLock<ThreadPool> = LazyLock::new(|| {
    let asked = std::env::var("POLARS_MAX_THREADS").ok();
    let threads = asked.and_then(|n| n.parse().ok()).unwrap_or(0);
    let build = |threads| ThreadPoolBuilder::new().num_threads(threads).build();
    // Where threads are refused, the calling thread alone does the work.
    build(threads)
        .or_else(|_| ThreadPoolBuilder::new().num_threads(1).use_current_thread().build())
        .unwrap_or_else(|error| panic!("no thread to compute on: {error}"))
});

/// The pool. Its first use starts the threads.
pub fn pool() -> &'static ThreadPool {
    &POOL
}
