//! Pages of the process's heap, for what polars writes there.
//!
//! Polars takes the memory of each column from the system's allocator. A new page costs the
//! system several times what filling it does, and glibc gives pages back as soon as it can:
//! columns of more than 32 MB at once, others when enough of the heap's end is free. Two
//! things help, and neither is a setting of the allocator. Before columns are made, room for
//! them is taken in the heap, in large pages, and freed again: that is where they will go. And
//! one small block at the heap's very end keeps it as long as it is, so that the next columns
//! are written to the same pages. When that block is freed, the heap shrinks as it would have
//! before.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod glibc {
    use std::sync::{Mutex, PoisonError};

    /// What keeps the heap. Smaller blocks are put aside when they are freed, and would go on
    /// being in the way.
    const BLOCK: usize = 4 << 10;
    /// How far from the end it may be: less than the heap grows by, or shrinks for.
    const NEAR: usize = 1 << 20;
    /// The heap is made longer by so much at once, at most: glibc maps what is larger by itself.
    const PIECE: usize = 31 << 20;
    /// A size that a page can be at most here.
    const LARGE_PAGE: usize = 2 << 20;

    /// The address of the block that keeps the heap.
    static KEEPER: Mutex<Option<usize>> = Mutex::new(None);

    /// Where the heap ends.
    fn end() -> usize {
        // SAFETY: it only asks.
        unsafe { libc::sbrk(0) as usize }
    }

    /// A block of the heap, to be freed.
    struct Block(usize);

    impl Block {
        /// None where it is not in the heap that ends at `end`: another allocator, the heap of
        /// another thread, or a size that is mapped.
        fn new(size: usize) -> Option<Self> {
            // SAFETY: any size is fine.
            let block = Self(unsafe { libc::malloc(size) } as usize);
            (block.0 != 0 && block.0 < end()).then_some(block)
        }
    }

    impl Drop for Block {
        fn drop(&mut self) {
            // SAFETY: malloc or realloc has returned it, and this is the only one who has it.
            unsafe { libc::free(self.0 as *mut _) };
        }
    }

    /// Makes room for columns of `column` bytes, `all` together.
    pub fn reserve(column: usize, all: usize) -> bool {
        let count = all.div_ceil(column.max(1));
        let begin = end();
        if Block::new(16 * BLOCK).is_none() {
            return false;
        }
        let mut blocks = Vec::new();
        // What is free already. What would lengthen the heap is done below, in fewer steps:
        // wherever a block begins, a page is written to, and the large page around it is none.
        while blocks.len() < count {
            match Block::new(column).filter(|block| block.0 + column <= begin) {
                Some(block) => blocks.push(block),
                None => break,
            }
        }
        let mut missing = (count - blocks.len()) * (column + BLOCK);
        // The first piece may be mapped. Freed, it has shown the allocator that such sizes occur.
        let mut tries = 2;
        while missing > 0 && tries > 0 {
            match Block::new(missing.min(PIECE)) {
                Some(block) => {
                    blocks.push(block);
                    missing = missing.saturating_sub(PIECE);
                }
                None => tries -= 1,
            }
        }
        let (begin, end) = (begin.next_multiple_of(LARGE_PAGE), end() & !(LARGE_PAGE - 1));
        if begin < end {
            // SAFETY: it is a hint, about pages of the heap.
            unsafe { libc::madvise(begin as *mut _, end - begin, libc::MADV_HUGEPAGE) };
        }
        hold(column)
    }

    /// Keeps the heap as long as it is now. `column` is the size of one column. If a block of
    /// that size finds a gap, something else keeps what is below, and the next column goes there.
    pub fn hold(column: usize) -> bool {
        let mut keeper = KEEPER.lock().unwrap_or_else(PoisonError::into_inner);
        if keeper.is_some_and(|at| at < end() && end() - at < NEAR) {
            return true;
        }
        for size in [16 * BLOCK, column.clamp(16 * BLOCK, PIECE)] {
            let Some(block) = Block::new(size) else { return false };
            if end() - block.0 < size + NEAR {
                let at = block.0;
                std::mem::forget(block);
                // SAFETY: the block is nobody else's. If it is not made smaller it stays.
                let kept = unsafe { libc::realloc(at as *mut _, BLOCK) } as usize;
                let before = keeper.replace(if kept == 0 { at } else { kept });
                drop(before.map(Block));
                return true;
            }
        }
        true
    }

    /// Lets the heap shrink again, and gives what is free of it back to the system: all of it,
    /// since what else was put behind columns meanwhile would be in the way of its end.
    pub fn let_go() {
        let keeper = KEEPER.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(keeper) = keeper else { return };
        drop(Block(keeper));
        // SAFETY: it may be called at any time.
        unsafe { libc::malloc_trim(0) };
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub use glibc::{hold, let_go, reserve};

/// See above: other allocators do not work that way.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod others {
    pub fn reserve(_: usize, _: usize) -> bool {
        false
    }

    pub fn hold(_: usize) -> bool {
        false
    }

    pub fn let_go() {}
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub use others::{hold, let_go, reserve};
