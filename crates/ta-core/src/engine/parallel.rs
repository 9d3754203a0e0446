//! Work on all threads, where there is enough of it.

use rayon::prelude::*;

/// Rows below which a thread would begin later than the work ends.
pub const WORTH_A_THREAD: usize = 1 << 15;

/// Maps items of about `rows` rows of work each.
pub fn map_all<T: Send, R: Send>(
    items: Vec<T>,
    rows: usize,
    work: impl Fn(T) -> R + Sync + Send,
) -> Vec<R> {
    if items.len() < 2 || items.len().saturating_mul(rows) < WORTH_A_THREAD {
        return items.into_iter().map(work).collect();
    }
    items.into_par_iter().map(work).collect()
}
