//! Memory for one call that is used again, so that a row asks for none.

use std::{
    cell::RefCell,
    ops::{Deref, DerefMut},
};

/// Most vectors that a thread keeps. One call uses two at a time.
const MOST: usize = 2;

thread_local! {
    /// What this thread keeps for the next call.
    static KEPT: RefCell<Vec<Vec<f64>>> = const { RefCell::new(Vec::new()) };
}

/// Numbers whose memory goes back to the thread when they are dropped.
pub struct Scratch(Vec<f64>);

impl Scratch {
    /// No numbers, without memory.
    pub const EMPTY: Self = Self(Vec::new());

    /// So many zeros.
    pub fn zeros(count: usize) -> Self {
        let mut numbers = KEPT.with_borrow_mut(Vec::pop).unwrap_or_default();
        numbers.clear();
        numbers.reserve(count.next_power_of_two());
        numbers.resize(count, 0.0);
        Self(numbers)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let numbers = std::mem::take(&mut self.0);
        if numbers.capacity() > 0 {
            // A thread that ends keeps nothing.
            let _ = KEPT.try_with(|kept| {
                let mut kept = kept.borrow_mut();
                if kept.len() < MOST {
                    kept.push(numbers);
                }
            });
        }
    }
}

impl Deref for Scratch {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl DerefMut for Scratch {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.0
    }
}
