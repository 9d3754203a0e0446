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
//!
//! WebAssembly has neither files, mappings nor other threads, so nothing of this exists there but
//! [`numbers`], from the allocator.

#[cfg(target_arch = "wasm32")]
mod plain;

#[cfg(target_arch = "wasm32")]
pub use plain::{numbers, Numbers};

#[cfg(not(target_arch = "wasm32"))]
mod allocator;
#[cfg(not(target_arch = "wasm32"))]
mod file;
#[cfg(not(target_arch = "wasm32"))]
mod pages;
#[cfg(not(target_arch = "wasm32"))]
mod policy;
#[cfg(not(target_arch = "wasm32"))]
mod pool;
#[cfg(not(target_arch = "wasm32"))]
mod region;
#[cfg(not(target_arch = "wasm32"))]
mod users;

#[cfg(not(target_arch = "wasm32"))]
pub use {
    allocator::tune,
    memmap2::Mmap,
    pages::Anchor,
    policy::{MemoryError, IDLE, MAX_BORROWED_BYTES, MAX_KEPT_BYTES},
    region::{Backing, Region},
    users::{borrow_numbers, numbers, release, usage, BorrowedNumbers, Numbers, Results, Usage},
};
