//! Pages of the heap, held for the next evaluation.
//!
//! Polars takes the memory of each column from the system's allocator, and glibc's shrinks
//! its heap as soon as enough of its end is free: the next result is then written to pages
//! that the system has yet to provide, four kilobytes at a time, which costs several times
//! what writing it does. One small block at the very end, above the results, and the heap
//! stays as it is. Nothing about the allocator is changed, and when the block is freed the
//! heap shrinks as it would have before.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod heap {
    use std::sync::{Mutex, PoisonError};

    /// What remains of the block. Smaller ones are put aside when they are freed, and would go
    /// on being in the way.
    const BLOCK: usize = 4 << 10;
    /// How far from the end it may be: less than the heap grows by, or shrinks for.
    const NEAR: usize = 1 << 20;

    /// The address of the block that holds the heap.
    static PIN: Mutex<Option<usize>> = Mutex::new(None);

    /// The distance from an address to the heap's end; none if it is elsewhere.
    fn to_end(address: usize) -> Option<usize> {
        // SAFETY: it only asks.
        (unsafe { libc::sbrk(0) } as usize).checked_sub(address)
    }

    /// Holds the heap where it ends now. `column` is the size of one column. If a block of that
    /// size finds a gap, something else holds what is below, and the next column goes there.
    pub fn hold(column: usize) -> bool {
        let mut pin = PIN.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |&at: &usize| to_end(at).is_some_and(|distance| distance < NEAR);
        if pin.as_ref().is_some_and(holds) {
            return true;
        }
        for size in [16 * BLOCK, column.max(16 * BLOCK)] {
            // SAFETY: a block that is not null is made smaller or freed, once. What realloc does
            // not return it has freed.
            unsafe {
                let block = libc::malloc(size);
                if block.is_null() {
                    return false;
                }
                match to_end(block as usize) {
                    Some(distance) if distance < size + NEAR => {
                        let kept = libc::realloc(block, BLOCK);
                        let kept = if kept.is_null() { block } else { kept };
                        if let Some(before) = pin.replace(kept as usize) {
                            libc::free(before as *mut _);
                        }
                        return true;
                    }
                    Some(_) => libc::free(block),
                    // Another allocator, or the heap of another thread.
                    None => {
                        libc::free(block);
                        return false;
                    }
                }
            }
        }
        true
    }

    /// Frees the block, and gives what is free of the heap back to the system: all of it, since
    /// what else was put above the results meanwhile would be in the way of its end.
    pub fn let_go() {
        let pin = PIN.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(pin) = pin else { return };
        // SAFETY: the address is that of a block from `hold`, and nobody has it any more.
        unsafe {
            libc::free(pin as *mut _);
            libc::malloc_trim(0);
        }
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub use heap::{hold, let_go};

/// See above: other allocators do not work that way.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn hold(_: usize) -> bool {
    false
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn let_go() {}
