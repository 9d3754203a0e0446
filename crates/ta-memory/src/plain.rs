//! Memory where there is no system to ask for it, as in WebAssembly: its allocator keeps what is
//! freed, so nothing else has to.

use std::ops::{Deref, DerefMut};

/// A column of numbers.
pub struct Numbers(Vec<f64>);

/// Memory for a column of `len` numbers.
pub fn numbers(len: usize) -> Numbers {
    Numbers(vec![0.0; len])
}

impl Deref for Numbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl DerefMut for Numbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.0
    }
}

impl AsRef<[f64]> for Numbers {
    fn as_ref(&self) -> &[f64] {
        self
    }
}
