//! Memory in use, which goes back to the pool when its user drops it.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::{
    file::SharedFile,
    pages::{Pages, LARGE_PAGE},
    pool::{Block, Pool, Purpose},
    Anchor, Backing, MemoryError, HOST_BYTES, IDLE, KEPT_BYTES,
};

static POOL: Pool = Pool::new(KEPT_BYTES, IDLE);

/// Bytes that hosts hold.
static HELD_BY_HOSTS: AtomicUsize = AtomicUsize::new(0);

/// Bytes that are provided sooner as a large page than as many small ones.
const LARGE: usize = LARGE_PAGE / 4;

/// Files of results have room for as much.
const LEAST_ROOM: usize = 1 << 20;

/// Some more than is asked for, so that the results of a few more rows find room too.
fn with_room(bytes: usize) -> usize {
    (bytes + bytes / 8).max(LEAST_ROOM)
}

/// A column of numbers; what it holds at first is left from earlier use.
pub struct Numbers {
    block: InUse,
    len: usize,
}

/// Numbers that a host holds until it chooses to give them back.
pub struct HostNumbers(Numbers);

/// Memory for a file of results, which can be written again and again.
pub struct Results {
    block: InUse,
    is_reused: bool,
}

/// How much memory there is at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Bytes that wait to be used again.
    pub kept: usize,
    /// Bytes of results that hosts hold.
    pub held_by_hosts: usize,
}

/// How much memory is kept, and how much hosts hold.
pub fn usage() -> Usage {
    Usage { kept: POOL.kept(), held_by_hosts: HELD_BY_HOSTS.load(Ordering::Relaxed) }
}

/// Gives what is kept back to the system, on another thread.
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
        Some(Ok(pages)) => Block::Many(pages),
        _ => Block::Few(vec![0.0; bytes.div_ceil(size_of::<f64>())]),
    }
}

/// Memory for `len` numbers that the host decides when to give back; none where hosts hold
/// [`HOST_BYTES`] with them. What JavaScript has dropped comes back between two turns of the
/// event loop only: code that never waits would take all memory.
pub fn numbers_for_host(len: usize) -> Option<HostNumbers> {
    let bytes = len.checked_mul(size_of::<f64>())?;
    let more = |held: usize| held.checked_add(bytes).filter(|&held| held <= HOST_BYTES);
    HELD_BY_HOSTS.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more).ok()?;
    Some(HostNumbers(numbers(len)))
}

impl Drop for HostNumbers {
    fn drop(&mut self) {
        HELD_BY_HOSTS.fetch_sub(size_of_val(&*self.0), Ordering::Relaxed);
    }
}

impl Results {
    /// Memory for files of up to `bytes` bytes that a buffer of the host stands over.
    ///
    /// # Errors
    /// The system has no memory.
    pub fn in_buffer(bytes: usize) -> Result<Self, MemoryError> {
        let new = || Pages::new(with_room(bytes)).map(Block::Buffer);
        Self::new(Purpose::Buffer, bytes, new)
    }

    /// Memory for a file of `bytes` bytes that can be opened by its path.
    ///
    /// # Errors
    /// The system has no more descriptors or disk.
    pub fn in_file(bytes: usize, backing: Backing) -> Result<Self, MemoryError> {
        let new = || Ok(Block::File(SharedFile::new(bytes, with_room(bytes), backing)?, backing));
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

    /// Whether earlier results stood there.
    pub fn is_reused(&self) -> bool {
        self.is_reused
    }

    /// The path under which this process can open it, if it has one.
    pub fn path(&self) -> Option<&Path> {
        match &self.block.0 {
            Some(Block::File(file, _)) => Some(file.path()),
            _ => None,
        }
    }

    /// All of the memory that a buffer can stand over, and what keeps its addresses good; none
    /// where it has a path.
    pub fn whole(&mut self) -> Option<(&mut [u8], Anchor)> {
        match &mut self.block.0 {
            Some(Block::Buffer(pages)) => {
                let anchor = pages.anchor();
                Some((pages.bytes_mut(), anchor))
            }
            _ => None,
        }
    }

    /// Its first `len` bytes, which are the whole file where it has a path.
    ///
    /// # Errors
    /// It has not as many.
    pub fn file(&mut self, len: usize) -> Result<&mut [u8], MemoryError> {
        match &mut self.block.0 {
            Some(Block::File(file, _)) => file.cut(len),
            Some(Block::Buffer(pages)) if len <= pages.len() => Ok(&mut pages.bytes_mut()[..len]),
            _ => {
                let source = std::io::Error::other(format!("{len} bytes do not fit"));
                Err(MemoryError { what: "this memory", source })
            }
        }
    }
}

/// A block that the pool gets back. It is there until the drop.
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
            Some(Block::Few(numbers)) => &numbers[..self.len],
            Some(Block::Many(pages)) => &bytemuck::cast_slice(pages.bytes())[..self.len],
            _ => &[],
        }
    }
}

impl DerefMut for Numbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        match &mut self.block.0 {
            Some(Block::Few(numbers)) => &mut numbers[..self.len],
            Some(Block::Many(pages)) => {
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

impl Deref for HostNumbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl DerefMut for HostNumbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.0
    }
}
