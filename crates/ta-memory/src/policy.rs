//! How much memory is kept and borrowed, and what is said when the system has none.

use std::time::Duration;

use thiserror::Error;

/// The most bytes that are kept.
pub const MAX_KEPT_BYTES: usize = 256 << 20;

/// The most bytes of results that a host may borrow.
pub const MAX_BORROWED_BYTES: usize = 1 << 30;

/// The time without use after which all kept memory is given back to the system.
pub const IDLE: Duration = Duration::from_secs(5);

/// The operating system refused memory or a file.
#[derive(Debug, Error)]
#[error("cannot exchange data through {what}: {source}")]
pub struct MemoryError {
    /// What was requested.
    pub what: &'static str,
    /// The system's reason.
    pub source: std::io::Error,
}
