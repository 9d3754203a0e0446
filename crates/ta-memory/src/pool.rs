//! The pool of kept memory: what is kept, and for how long.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{file::SharedFile, pages::Pages, Backing};

/// A block that is more than this many times larger than requested is kept for larger requests.
const MAX_RATIO: usize = 4;

/// Blocks up to this size serve any smaller request.
const SMALL: usize = 4 << 20;

/// The least size that a block counts with: each also occupies a mapping or a file descriptor.
const MIN_COUNTED: usize = 1 << 20;

/// A block of memory. It is used again only for the same purpose.
pub enum Block {
    /// Numbers in a small block from the allocator.
    Allocated(Vec<f64>),
    /// Numbers in a large block from the system.
    Mapped(Pages),
    /// A file of results in memory that the host reads through a buffer.
    Buffer(Pages),
    /// A file of results that the host opens by path.
    File(SharedFile, Backing),
}

/// What a block is used for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Numbers,
    Buffer,
    File(Backing),
}

impl Block {
    fn len(&self) -> usize {
        match self {
            Self::Allocated(numbers) => size_of_val(&**numbers),
            Self::Mapped(pages) | Self::Buffer(pages) => pages.len(),
            Self::File(file, _) => file.len(),
        }
    }

    fn purpose(&self) -> Purpose {
        match self {
            Self::Allocated(_) | Self::Mapped(_) => Purpose::Numbers,
            Self::Buffer(_) => Purpose::Buffer,
            Self::File(_, backing) => Purpose::File(*backing),
        }
    }

    /// Bytes that the block counts with towards the limit.
    fn counted(&self) -> usize {
        self.len().max(MIN_COUNTED)
    }

    /// False for a file on disk: it would remain if the process were killed.
    fn may_be_kept(&self) -> bool {
        !matches!(self, Self::File(file, _) if file.is_on_disk())
    }
}

/// Memory that is kept to be used again.
pub struct Pool {
    state: Mutex<State>,
    wake: Condvar,
    limit: usize,
    idle: Duration,
}

struct State {
    /// Oldest first.
    kept: Vec<Block>,
    /// Blocks that the pool's thread has yet to give back to the system.
    outgoing: Vec<Block>,
    /// The last call of [`Pool::take`] or [`Pool::give`].
    used: Option<Instant>,
    has_thread: bool,
}

impl Pool {
    pub const fn new(limit: usize, idle: Duration) -> Self {
        let state = State { kept: Vec::new(), outgoing: Vec::new(), used: None, has_thread: false };
        Self { state: Mutex::new(state), wake: Condvar::new(), limit, idle }
    }

    /// The smallest block of at least `bytes` bytes that is not far too large.
    pub fn take(&self, purpose: Purpose, bytes: usize) -> Option<Block> {
        let mut state = self.lock();
        state.used = Some(Instant::now());
        let most = bytes.saturating_mul(MAX_RATIO).max(SMALL);
        let fits =
            |block: &Block| block.purpose() == purpose && (bytes..=most).contains(&block.len());
        let fitting = state.kept.iter().enumerate().filter(|(_, block)| fits(block));
        let (index, _) = fitting.min_by_key(|(_, block)| block.len())?;
        Some(state.kept.remove(index))
    }

    /// Keeps a block for the next user and gives the oldest back to the system if the limit is
    /// exceeded.
    pub fn give(&'static self, block: Block) {
        if !block.may_be_kept() {
            return;
        }
        let mut state = self.lock();
        state.used = Some(Instant::now());
        state.kept.push(block);
        let mut bytes: usize = state.kept.iter().map(Block::counted).sum();
        let fits = |block: &Block| {
            let fits = bytes <= self.limit;
            bytes -= if fits { 0 } else { block.counted() };
            fits
        };
        let first = state.kept.iter().position(fits).unwrap_or(state.kept.len());
        self.give_back(state, first);
    }

    /// Lets the pool's thread give all kept blocks back to the system.
    pub fn release(&'static self) {
        let state = self.lock();
        let all = state.kept.len();
        self.give_back(state, all);
    }

    /// Bytes that are kept.
    pub fn kept(&self) -> usize {
        self.lock().kept.iter().map(Block::len).sum()
    }

    /// Hands the first `count` blocks to the pool's thread, and starts the thread if it does not
    /// run.
    fn give_back(&'static self, mut guard: MutexGuard<'_, State>, count: usize) {
        let state = &mut *guard;
        state.outgoing.extend(state.kept.drain(..count));
        if state.kept.is_empty() && state.outgoing.is_empty() {
            return;
        }
        if state.has_thread {
            if count > 0 {
                self.wake.notify_one();
            }
            return;
        }
        let thread = thread::Builder::new().name("ta-memory".to_owned()).stack_size(64 << 10);
        state.has_thread = thread.spawn(|| self.run()).is_ok();
        if !state.has_thread {
            // Without the thread nobody would give the kept blocks back later.
            let all = (std::mem::take(&mut state.kept), std::mem::take(&mut state.outgoing));
            drop(guard);
            drop(all);
        }
    }

    /// The pool's thread: gives blocks back to the system until none is kept.
    fn run(&self) {
        let mut state = self.lock();
        loop {
            if !state.outgoing.is_empty() {
                let blocks = std::mem::take(&mut state.outgoing);
                drop(state);
                drop(blocks);
                state = self.lock();
            } else if state.kept.is_empty() {
                state.has_thread = false;
                return;
            } else {
                let unused = state.used.map_or(self.idle, |used| used.elapsed());
                let wait = self.idle.saturating_sub(unused);
                if wait.is_zero() {
                    state.outgoing = std::mem::take(&mut state.kept);
                } else {
                    let woken = self.wake.wait_timeout(state, wait);
                    state = woken.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // A poisoned state is consistent: no method can panic between two changes that belong
        // together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);
    const MIB: usize = 1 << 20;

    fn numbers(bytes: usize) -> Block {
        Block::Allocated(vec![0.0; bytes / 8])
    }

    fn buffer(bytes: usize) -> Block {
        Block::Buffer(Pages::new(bytes).unwrap())
    }

    fn wait_until_empty(pool: &Pool) {
        let patience = Instant::now() + Duration::from_secs(60);
        while pool.lock().has_thread {
            assert!(Instant::now() < patience, "nothing was given back");
            thread::sleep(Duration::from_millis(2));
        }
        assert_eq!((pool.kept(), pool.lock().outgoing.len()), (0, 0));
    }

    #[test]
    fn the_smallest_block_that_is_large_enough_is_used_again() {
        static POOL: Pool = Pool::new(256 * MIB, LONG);
        for bytes in [40 * MIB, 80, 400, 9 * MIB] {
            POOL.give(numbers(bytes));
        }
        let take = |bytes| POOL.take(Purpose::Numbers, bytes).map(|block| block.len());
        assert_eq!(take(88), Some(400));
        assert_eq!(take(88), None, "far too large, or too small");
        assert_eq!(take(3 * MIB), Some(9 * MIB));
        assert_eq!(take(80), Some(80));
        assert_eq!(take(40 * MIB + 1), None);
        assert_eq!(take(10 * MIB), Some(40 * MIB));
    }

    #[test]
    fn each_purpose_has_memory_of_its_own() {
        static POOL: Pool = Pool::new(256 * MIB, LONG);
        POOL.give(buffer(MIB));
        assert!(POOL.take(Purpose::Numbers, MIB).is_none());
        assert!(POOL.take(Purpose::File(Backing::Memory), MIB).is_none());
        assert!(POOL.take(Purpose::Buffer, 1).is_some());
    }

    #[test]
    fn one_limit_holds_for_all_purposes_together() {
        static POOL: Pool = Pool::new(16 * MIB, LONG);
        POOL.give(numbers(6 * MIB));
        POOL.give(buffer(8 * MIB));
        assert_eq!(POOL.kept(), 14 * MIB);
        POOL.give(numbers(7 * MIB));
        assert_eq!(POOL.kept(), 15 * MIB, "the first block was the oldest");
        POOL.give(numbers(17 * MIB));
        assert_eq!(POOL.kept(), 0);
        for _ in 0..40 {
            POOL.give(numbers(8));
        }
        assert_eq!(POOL.kept(), 16 * 8, "a small block counts with more than its bytes");
    }

    #[test]
    fn a_file_on_disk_is_removed_at_once() {
        static POOL: Pool = Pool::new(16 * MIB, LONG);
        let file = SharedFile::new(100, 200, Backing::File).unwrap();
        let path = file.path().to_owned();
        assert!(path.exists());
        POOL.give(Block::File(file, Backing::File));
        assert!(!path.exists());
        assert_eq!(POOL.kept(), 0);
    }

    #[test]
    fn everything_is_given_back_after_idle_time_and_on_release() {
        static POOL: Pool = Pool::new(16 * MIB, Duration::from_millis(40));
        for _ in 0..3 {
            POOL.give(buffer(2 * MIB));
            POOL.give(numbers(80));
            wait_until_empty(&POOL);
        }
        static PATIENT: Pool = Pool::new(16 * MIB, LONG);
        PATIENT.release();
        assert!(!PATIENT.lock().has_thread, "there was nothing to give back");
        for _ in 0..3 {
            PATIENT.give(buffer(2 * MIB));
            PATIENT.release();
            wait_until_empty(&PATIENT);
        }
    }
}
