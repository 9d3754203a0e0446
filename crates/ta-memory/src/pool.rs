//! What is kept, and for how long.

use std::{
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use crate::{file::SharedFile, pages::Pages, Backing};

/// A piece that is so many times larger than what is needed is left for others.
const FAR_TOO_LARGE: usize = 4;

/// Pieces up to this size serve whatever is smaller.
const SMALL: usize = 4 << 20;

/// What every piece counts for at least: each takes a mapping or a descriptor as well.
const LEAST: usize = 1 << 20;

/// One piece of memory. It goes on to be used for the same purpose.
pub enum Block {
    /// Numbers of the allocator: few of them.
    Few(Vec<f64>),
    /// Numbers.
    Many(Pages),
    /// A file of results, in memory that a buffer of the host stands over.
    Buffer(Pages),
    /// A file of results, with a path.
    File(SharedFile, Backing),
}

/// What memory is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    Numbers,
    Buffer,
    File(Backing),
}

impl Block {
    fn len(&self) -> usize {
        match self {
            Self::Few(numbers) => size_of_val(&**numbers),
            Self::Many(pages) | Self::Buffer(pages) => pages.len(),
            Self::File(file, _) => file.len(),
        }
    }

    fn purpose(&self) -> Purpose {
        match self {
            Self::Few(_) | Self::Many(_) => Purpose::Numbers,
            Self::Buffer(_) => Purpose::Buffer,
            Self::File(_, backing) => Purpose::File(*backing),
        }
    }

    fn counts(&self) -> usize {
        self.len().max(LEAST)
    }

    /// A file on disk would stay behind if the process ended.
    fn may_be_kept(&self) -> bool {
        !matches!(self, Self::File(file, _) if file.is_on_disk())
    }
}

/// Memory that waits to be used again.
pub struct Pool {
    state: Mutex<State>,
    wake: Condvar,
    limit: usize,
    idle: Duration,
}

struct State {
    /// The one that has waited longest is the first.
    kept: Vec<Block>,
    /// To be given back to the system by the pool's thread.
    leaving: Vec<Block>,
    used: Option<Instant>,
    has_thread: bool,
}

impl Pool {
    pub const fn new(limit: usize, idle: Duration) -> Self {
        let state = State { kept: Vec::new(), leaving: Vec::new(), used: None, has_thread: false };
        Self { state: Mutex::new(state), wake: Condvar::new(), limit, idle }
    }

    /// The smallest piece of at least `bytes` bytes, unless even that is far too large.
    pub fn take(&self, purpose: Purpose, bytes: usize) -> Option<Block> {
        let mut state = self.lock();
        state.used = Some(Instant::now());
        let most = bytes.saturating_mul(FAR_TOO_LARGE).max(SMALL);
        let fits =
            |block: &Block| block.purpose() == purpose && (bytes..=most).contains(&block.len());
        let fitting = state.kept.iter().enumerate().filter(|(_, block)| fits(block));
        let (index, _) = fitting.min_by_key(|(_, block)| block.len())?;
        Some(state.kept.remove(index))
    }

    /// Keeps a piece for the next user, or gives it back to the system.
    pub fn give(&'static self, block: Block) {
        if !block.may_be_kept() {
            return;
        }
        let mut state = self.lock();
        state.used = Some(Instant::now());
        state.kept.push(block);
        let mut bytes: usize = state.kept.iter().map(Block::counts).sum();
        let fits = |block: &Block| {
            let fits = bytes <= self.limit;
            bytes -= if fits { 0 } else { block.counts() };
            fits
        };
        let first = state.kept.iter().position(fits).unwrap_or(state.kept.len());
        self.part(state, first);
    }

    /// Gives all that is kept back to the system, soon.
    pub fn release(&'static self) {
        let state = self.lock();
        let all = state.kept.len();
        self.part(state, all);
    }

    /// Bytes that are kept.
    pub fn kept(&self) -> usize {
        self.lock().kept.iter().map(Block::len).sum()
    }

    /// Gives the first `count` pieces back to the system, and sees to it that the others will be.
    fn part(&'static self, mut guard: MutexGuard<'_, State>, count: usize) {
        let state = &mut *guard;
        state.leaving.extend(state.kept.drain(..count));
        if state.kept.is_empty() && state.leaving.is_empty() {
            return;
        }
        if state.has_thread {
            if count > 0 {
                self.wake.notify_one();
            }
            return;
        }
        let thread = thread::Builder::new().name("ta-memory".to_owned()).stack_size(64 << 10);
        state.has_thread = thread.spawn(|| self.give_back()).is_ok();
        if !state.has_thread {
            // Nothing would be given back later, so it is now.
            let all = (std::mem::take(&mut state.kept), std::mem::take(&mut state.leaving));
            drop(guard);
            drop(all);
        }
    }

    /// What the pool's thread does.
    fn give_back(&self) {
        let mut state = self.lock();
        loop {
            if !state.leaving.is_empty() {
                let leaving = std::mem::take(&mut state.leaving);
                drop(state);
                drop(leaving);
                state = self.lock();
            } else if state.kept.is_empty() {
                state.has_thread = false;
                return;
            } else {
                let unused = state.used.map_or(self.idle, |used| used.elapsed());
                let wait = self.idle.saturating_sub(unused);
                if wait.is_zero() {
                    state.leaving = std::mem::take(&mut state.kept);
                } else {
                    let woken = self.wake.wait_timeout(state, wait);
                    state = woken.unwrap_or_else(PoisonError::into_inner).0;
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(3600);
    const MIB: usize = 1 << 20;

    fn numbers(bytes: usize) -> Block {
        Block::Few(vec![0.0; bytes / 8])
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
        assert_eq!((pool.kept(), pool.lock().leaving.len()), (0, 0));
    }

    #[test]
    fn the_smallest_that_is_large_enough_is_used_again() {
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
    fn what_is_kept_is_bounded_whatever_it_was_used_for() {
        static POOL: Pool = Pool::new(16 * MIB, LONG);
        POOL.give(numbers(6 * MIB));
        POOL.give(buffer(8 * MIB));
        assert_eq!(POOL.kept(), 14 * MIB);
        POOL.give(numbers(7 * MIB));
        assert_eq!(POOL.kept(), 15 * MIB, "the first had waited longest");
        POOL.give(numbers(17 * MIB));
        assert_eq!(POOL.kept(), 0);
        for _ in 0..40 {
            POOL.give(numbers(8));
        }
        assert_eq!(POOL.kept(), 16 * 8, "each takes more than its bytes");
    }

    #[test]
    fn a_file_on_disk_is_gone_at_once() {
        static POOL: Pool = Pool::new(16 * MIB, LONG);
        let file = SharedFile::new(100, 200, Backing::File).unwrap();
        let path = file.path().to_owned();
        assert!(path.exists());
        POOL.give(Block::File(file, Backing::File));
        assert!(!path.exists());
        assert_eq!(POOL.kept(), 0);
    }

    #[test]
    fn all_is_given_back_when_nothing_is_used_for_a_while_and_when_released() {
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
