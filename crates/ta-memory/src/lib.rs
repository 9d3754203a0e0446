//! All memory that outlives a call, under one policy.
//!
//! Writing to memory that has been written before is several times faster than writing to memory
//! that the system has yet to provide. So this crate keeps memory when its user is done with it,
//! and gives it to the next user:
//!
//! - at most [`MAX_KEPT_BYTES`] are kept, for all purposes together; the oldest are given back to
//!   the system first;
//! - a host may borrow at most [`MAX_BORROWED_BYTES`] for results;
//! - when nothing has been taken or returned for [`IDLE`], everything that is kept is given back to
//!   the system.
//!
//! New memory comes in large pages where the system has them. Giving memory back is slow, so a
//! thread of this crate does it. The thread starts when the first memory is kept and ends when none
//! is left. The allocator of the process is left alone, but for [`tune`], which a program asks for.

mod allocator;
mod file;
mod pages;
mod pool;
mod region;
mod users;

pub use allocator::tune;
pub use memmap2::Mmap;
pub use pages::Anchor;
pub use region::{Backing, Region};
pub use users::{
    borrow_numbers, numbers, release, usage, BorrowedNumbers, Numbers, Results, Usage,
};

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
