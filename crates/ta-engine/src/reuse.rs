//! Columns of our own that are kept for the next evaluation: memory that has been written
//! before is several times faster than memory that the system has yet to provide. What is
//! new comes in large pages where the system has them, which is nearly as fast.

use std::{
    ops::{Deref, DerefMut},
    sync::Mutex,
};

use memmap2::MmapMut;

/// Bytes that are kept at most.
const KEPT: usize = 256 << 20;

/// A large page, as the system gives them.
const LARGE_PAGE: usize = 2 << 20;

/// Bytes that are provided sooner as a large page than as many small ones.
const LARGE: usize = LARGE_PAGE / 4;

static POOL: Pool = Pool(Mutex::new(Vec::new()));

struct Pool(Mutex<Vec<Memory>>);

/// Numbers, wherever they stand.
enum Memory {
    Heap(Vec<f64>),
    Pages(MmapMut),
}

/// A column on loan; what it holds at first is left from earlier use.
pub struct Reused {
    memory: Memory,
    len: usize,
    pool: &'static Pool,
}

/// Memory for a column of `len` numbers, kept for the next evaluation when it is dropped.
pub fn buffer(len: usize) -> Reused {
    POOL.take(len)
}

/// Gives what is kept back to the system.
pub fn release() {
    POOL.release();
}

impl Memory {
    fn new(len: usize) -> Self {
        let bytes = len * size_of::<f64>();
        if bytes < LARGE {
            return Self::Heap(vec![0.0; len]);
        }
        // Whole large pages, or the last of them would be small ones.
        let Ok(map) = MmapMut::map_anon(bytes.next_multiple_of(LARGE_PAGE)) else {
            return Self::Heap(vec![0.0; len]);
        };
        #[cfg(target_os = "linux")]
        // A hint: without large pages it is only slower.
        let _ = map.advise(memmap2::Advice::HugePage);
        Self::Pages(map)
    }

    fn numbers(&self) -> &[f64] {
        match self {
            Self::Heap(numbers) => numbers,
            Self::Pages(map) => bytemuck::cast_slice(map),
        }
    }

    fn numbers_mut(&mut self) -> &mut [f64] {
        match self {
            Self::Heap(numbers) => numbers,
            Self::Pages(map) => bytemuck::cast_slice_mut(map),
        }
    }
}

impl Pool {
    /// The smallest that is large enough, and not far too large, or a new one.
    fn take(&'static self, len: usize) -> Reused {
        let memory = self.fitting(len).unwrap_or_else(|| Memory::new(len));
        Reused { memory, len, pool: self }
    }

    fn fitting(&self, len: usize) -> Option<Memory> {
        let mut kept = self.0.lock().ok()?;
        let fits = |m: &Memory| (len..=len.saturating_mul(4)).contains(&m.numbers().len());
        let fitting = kept.iter().enumerate().filter(|(_, m)| fits(m));
        let (index, _) = fitting.min_by_key(|(_, m)| m.numbers().len())?;
        Some(kept.swap_remove(index))
    }

    fn give(&self, memory: Memory) {
        let Ok(mut kept) = self.0.lock() else { return };
        kept.push(memory);
        let mut bytes: usize = kept.iter().map(|m| size_of_val(m.numbers())).sum();
        // What has waited longest goes first.
        while bytes > KEPT && !kept.is_empty() {
            bytes -= size_of_val(kept.remove(0).numbers());
        }
    }

    fn release(&self) {
        if let Ok(mut kept) = self.0.lock() {
            kept.clear();
        }
    }
}

impl Drop for Reused {
    fn drop(&mut self) {
        let memory = std::mem::replace(&mut self.memory, Memory::Heap(Vec::new()));
        self.pool.give(memory);
    }
}

impl Deref for Reused {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.memory.numbers()[..self.len]
    }
}

impl DerefMut for Reused {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.memory.numbers_mut()[..self.len]
    }
}

impl AsRef<[f64]> for Reused {
    fn as_ref(&self) -> &[f64] {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_is_large_enough_is_used_again() {
        static POOL: Pool = Pool(Mutex::new(Vec::new()));
        let (small, large) = (POOL.take(10), POOL.take(LARGE_PAGE));
        let (small_at, large_at) = (small.as_ptr(), large.as_ptr());
        drop((large, small));
        let again = POOL.take(8);
        assert_eq!((again.as_ptr(), again.len()), (small_at, 8));
        assert_ne!(POOL.take(10).as_ptr(), large_at, "far too large");
        assert_eq!(POOL.take(LARGE_PAGE - 1).as_ptr(), large_at);
        POOL.release();
        assert!(POOL.0.lock().unwrap().is_empty());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        static POOL: Pool = Pool(Mutex::new(Vec::new()));
        drop((POOL.take(KEPT / 8), POOL.take(1)));
        assert_eq!(POOL.0.lock().unwrap().len(), 1);
        drop(POOL.take(KEPT / 8 + 1));
        assert!(POOL.0.lock().unwrap().is_empty());
    }
}
