//! Buffers that are kept for the next evaluation: memory that has been written before is
//! several times faster than memory that the system has yet to provide.

use std::{
    ops::{Deref, DerefMut},
    sync::Mutex,
};

/// The pool of columns that do not stand where they are needed.
pub static NUMBERS: Pool<f64> = Pool::new();

/// Bytes that a pool keeps at most.
const KEPT: usize = 256 << 20;

/// Buffers waiting to be used again.
pub struct Pool<T: 'static>(Mutex<Vec<Vec<T>>>);

/// A buffer on loan; what it holds at first is left from earlier use.
pub struct Reused<T: 'static> {
    buffer: Vec<T>,
    len: usize,
    pool: &'static Pool<T>,
}

impl<T: Copy + Default> Pool<T> {
    const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// A buffer of `len` values, the smallest that is large enough or a new one.
    pub fn take(&'static self, len: usize) -> Reused<T> {
        let mut buffer = self.smallest(len).unwrap_or_default();
        if buffer.len() < len {
            buffer = vec![T::default(); len];
        }
        Reused { buffer, len, pool: self }
    }

    fn smallest(&self, len: usize) -> Option<Vec<T>> {
        let mut kept = self.0.lock().ok()?;
        let enough = kept.iter().enumerate().filter(|(_, b)| b.len() >= len);
        let (index, _) = enough.min_by_key(|(_, b)| b.len())?;
        Some(kept.swap_remove(index))
    }

    /// Gives all buffers back to the system.
    pub fn release(&self) {
        if let Ok(mut kept) = self.0.lock() {
            kept.clear();
        }
    }
}

impl<T> Drop for Reused<T> {
    fn drop(&mut self) {
        let buffer = std::mem::take(&mut self.buffer);
        let Ok(mut kept) = self.pool.0.lock() else { return };
        let bytes: usize = kept.iter().chain([&buffer]).map(|b| size_of_val(&b[..])).sum();
        if bytes <= KEPT {
            kept.push(buffer);
        }
    }
}

impl<T> Deref for Reused<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.buffer[..self.len]
    }
}

impl<T> AsRef<[T]> for Reused<T> {
    fn as_ref(&self) -> &[T] {
        self
    }
}

impl<T> DerefMut for Reused<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.buffer[..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_that_is_large_enough_is_used_again() {
        static POOL: Pool<u32> = Pool::new();
        let (small, large) = (POOL.take(10), POOL.take(100));
        let (small_at, large_at) = (small.as_ptr(), large.as_ptr());
        drop((large, small));
        let again = POOL.take(8);
        assert_eq!((again.as_ptr(), again.len()), (small_at, 8));
        assert_eq!(POOL.take(50).as_ptr(), large_at);
        POOL.release();
        assert!(POOL.0.lock().unwrap().is_empty());
    }

    #[test]
    fn what_is_kept_is_bounded() {
        static POOL: Pool<u8> = Pool::new();
        drop((POOL.take(KEPT), POOL.take(1)));
        assert_eq!(POOL.0.lock().unwrap().len(), 1);
    }
}
