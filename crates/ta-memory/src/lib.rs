//! All memory that outlives a call, under one policy.
//!
//! A page that has been written before is several times faster than one that the system has yet
//! to provide. So memory is kept when its user is done with it, and the next user takes it from
//! here:
//!
//! - at most [`KEPT_BYTES`] are kept, whatever they were used for; what has waited longest goes
//!   first;
//! - a host may hold at most [`HOST_BYTES`] of results that it gives back at a time of its own
//!   choice;
//! - when nothing has been taken or given back for [`IDLE`], everything that is kept goes back to
//!   the system.
//!
//! New memory is asked for in large pages, where the system has them. Giving memory back takes
//! the system a while, so a thread of this crate does it; it begins with the first memory that is
//! kept and ends when nothing is. The allocator of the process is left alone.

mod file;
mod pages;
mod pool;
mod region;
mod users;

pub use memmap2::Mmap;
pub use pages::Anchor;
pub use region::{Backing, Region};
pub use users::{numbers, numbers_for_host, release, usage, HostNumbers, Numbers, Results, Usage};

use std::time::Duration;

use thiserror::Error;

/// Bytes that are kept at most.
pub const KEPT_BYTES: usize = 256 << 20;

/// Bytes of results that a host may hold at most.
pub const HOST_BYTES: usize = 1 << 30;

/// How long nothing may have been computed before all that is kept goes back to the system.
pub const IDLE: Duration = Duration::from_secs(5);

/// The operating system refused memory or a file.
#[derive(Debug, Error)]
#[error("cannot exchange data through {what}: {source}")]
pub struct MemoryError {
    /// What was asked for.
    pub what: &'static str,
    /// What the system said.
    pub source: std::io::Error,
}
