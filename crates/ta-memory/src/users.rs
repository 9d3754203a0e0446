//! Memory in use. It returns to the pool when its user drops it.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::{
    file::SharedFile,
    pages::{Pages, LARGE_PAGE},
    pool::{Block, Pool, Purpose},
    Anchor, Backing, MemoryError, IDLE, MAX_BORROWED_BYTES, MAX_KEPT_BYTES,
};

static POOL: Pool = Pool::new(MAX_KEPT_BYTES, IDLE);

/// Bytes that hosts have borrowed.
static BORROWED: AtomicUsize = AtomicUsize::new(0);

/// From this size on, the system provides one large page faster than many small ones.
const LARGE: usize = LARGE_PAGE / 4;

/// The least capacity of a file of results.
const MIN_CAPACITY: usize = 1 << 20;

/// The capacity for `bytes` bytes: more, so that results of a few more rows still fit later.
fn capacity(bytes: usize) -> usize {
    (bytes + bytes / 8).max(MIN_CAPACITY)
}

/// A column of numbers. At first it holds arbitrary values of an earlier use.
pub struct Numbers {
    block: InUse,
    len: usize,
}

/// Numbers that a host has borrowed. It gives them back by dropping them.
pub struct BorrowedNumbers(Numbers);

/// Memory for a file of results. It can be overwritten with another file.
pub struct Results {
    block: InUse,
    is_reused: bool,
}

/// The memory of this crate at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Bytes that are kept to be used again.
    pub kept: usize,
    /// Bytes that hosts have borrowed.
    pub borrowed: usize,
}

/// How much memory is kept, and how much hosts have borrowed.
pub fn usage() -> Usage {
    Usage { kept: POOL.kept(), borrowed: BORROWED.load(Ordering::Relaxed) }
}

/// Gives all kept memory back to the system, on another thread.
pub fn release() {
    POOL.release();
}

/// Memory for a column of `len` numbers.
pub fn numbers(len: usize) -> Numbers {
    let bytes = len * size_of::<f64>();
    let block = POOL.take(Purpose::Numbers, bytes).unwrap_or_else(|| new_numbers(bytes));
    Numbers { block: InUse::new(block), len }
}

fn new_numbers(bytes: usize) -> Block {
    let pages = (bytes >= LARGE).then(|| Pages::new(bytes.next_multiple_of(LARGE_PAGE)));
    match pages {
        Some(Ok(pages)) => Block::Mapped(pages),
        _ => Block::Allocated(vec![0.0; bytes.div_ceil(size_of::<f64>())]),
    }
}

/// Memory for `len` numbers for a host; `None` if hosts would then have borrowed more than
/// [`MAX_BORROWED_BYTES`]. The limit is needed because JavaScript gives memory back only between
/// two turns of the event loop: a loop that never waits would otherwise use up all memory.
pub fn borrow_numbers(len: usize) -> Option<BorrowedNumbers> {
    let bytes = len.checked_mul(size_of::<f64>())?;
    let more = |borrowed: usize| {
        borrowed.checked_add(bytes).filter(|&borrowed| borrowed <= MAX_BORROWED_BYTES)
    };
    BORROWED.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
    Some(BorrowedNumbers(numbers(len)))
}

impl Drop for BorrowedNumbers {
    fn drop(&mut self) {
        BORROWED.fetch_sub(size_of_val(&*self.0), Ordering::Relaxed);
    }
}

impl Results {
    /// Memory for files of up to `bytes` bytes that the host reads through a buffer.
    ///
    /// # Errors
    /// The system has no memory.
    pub fn in_buffer(bytes: usize) -> Result<Self, MemoryError> {
        let new = || Pages::new(capacity(bytes)).map(Block::Buffer);
        Self::new(Purpose::Buffer, bytes, new)
    }

    /// Memory for a file of `bytes` bytes that the host opens by path.
    ///
    /// # Errors
    /// The system has no file descriptor, memory or disk space left.
    pub fn in_file(bytes: usize, backing: Backing) -> Result<Self, MemoryError> {
        let new = || Ok(Block::File(SharedFile::new(bytes, capacity(bytes), backing)?, backing));
        Self::new(Purpose::File(backing), bytes, new)
    }

    fn new(
        purpose: Purpose,
        bytes: usize,
        new: impl FnOnce() -> Result<Block, MemoryError>,
    ) -> Result<Self, MemoryError> {
        let kept = POOL.take(purpose, bytes);
        let is_reused = kept.is_some();
        let block = InUse::new(kept.map_or_else(new, Ok)?);
        Ok(Self { block, is_reused })
    }

    /// Whether the memory held earlier results.
    pub fn is_reused(&self) -> bool {
        self.is_reused
    }

    /// The path by which this process can open the file, if it has one.
    pub fn path(&self) -> Option<&Path> {
        match &self.block.0 {
            Some(Block::File(file, _)) => Some(file.path()),
            _ => None,
        }
    }

    /// All of the memory, and an anchor that keeps it mapped for a buffer of the host; `None` if it
    /// is a file with a path.
    pub fn whole(&mut self) -> Option<(&mut [u8], Anchor)> {
        match &mut self.block.0 {
            Some(Block::Buffer(pages)) => {
                let anchor = pages.anchor();
                Some((pages.bytes_mut(), anchor))
            }
            _ => None,
        }
    }

    /// The first `len` bytes of the memory. A file with a path gets this length.
    ///
    /// # Errors
    /// The memory does not have `len` bytes, or the system cannot map it.
    pub fn file(&mut self, len: usize) -> Result<&mut [u8], MemoryError> {
        match &mut self.block.0 {
            Some(Block::File(file, _)) => file.resize(len),
            Some(Block::Buffer(pages)) if len <= pages.len() => Ok(&mut pages.bytes_mut()[..len]),
            _ => {
                let source = std::io::Error::other(format!("{len} bytes do not fit"));
                Err(MemoryError { what: "this memory", source })
            }
        }
    }
}

/// A block that returns to the pool when it is dropped. It is `Some` until then.
struct InUse(Option<Block>);

impl InUse {
    fn new(block: Block) -> Self {
        Self(Some(block))
    }
}

impl Drop for InUse {
    fn drop(&mut self) {
        if let Some(block) = self.0.take() {
            POOL.give(block);
        }
    }
}

impl Deref for Numbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        match &self.block.0 {
            Some(Block::Allocated(numbers)) => &numbers[..self.len],
            Some(Block::Mapped(pages)) => &bytemuck::cast_slice(pages.bytes())[..self.len],
            _ => &[],
        }
    }
}

impl DerefMut for Numbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        match &mut self.block.0 {
            Some(Block::Allocated(numbers)) => &mut numbers[..self.len],
            Some(Block::Mapped(pages)) => {
                &mut bytemuck::cast_slice_mut(pages.bytes_mut())[..self.len]
            }
            _ => &mut [],
        }
    }
}

impl AsRef<[f64]> for Numbers {
    fn as_ref(&self) -> &[f64] {
        self
    }
}

impl Deref for BorrowedNumbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl DerefMut for BorrowedNumbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.0
    }
}
