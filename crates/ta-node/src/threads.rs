//! The threads that all evaluations share.

use std::sync::Once;

use rayon::ThreadPoolBuilder;

/// Has the shared threads follow polars: `POLARS_MAX_THREADS` of them, or one for each
/// core. They begin with the first work that is worth it.
pub fn set_up() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let asked = std::env::var("POLARS_MAX_THREADS").ok();
        let threads = asked.and_then(|n| n.parse().ok()).unwrap_or(0);
        // Refused, there are as many as rayon finds right.
        let _ = ThreadPoolBuilder::new().num_threads(threads).build_global();
    });
}
