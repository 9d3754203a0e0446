//! The bytes that are read, and what can be wrong with them.

use thiserror::Error;

/// Why bytes are not a saved value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Damaged {
    /// They end too early.
    #[error("the saved state ends too early")]
    Short,
    /// The bytes are not a value of this type, or the value contradicts another one.
    #[error("the saved state has a {0} that cannot be")]
    Wrong(&'static str),
}

/// Bytes that are read from front to back.
#[derive(Debug, Clone)]
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Starts at the first byte.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// The number of bytes that are left.
    pub fn left(&self) -> usize {
        self.0.len()
    }

    /// The next bytes.
    ///
    /// # Errors
    /// [`Damaged::Short`], if there are fewer.
    pub fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Damaged> {
        let (bytes, rest) = self.0.split_first_chunk().ok_or(Damaged::Short)?;
        self.0 = rest;
        Ok(*bytes)
    }

    /// A number of values, each of at least `least` bytes, all of which can still follow.
    ///
    /// # Errors
    /// [`Damaged`], if they cannot.
    pub fn count(&mut self, least: usize) -> Result<usize, Damaged> {
        let count = <usize as crate::Saved>::load(self)?;
        if count > self.left() / least.max(1) {
            return Err(Damaged::Short);
        }
        Ok(count)
    }

    /// A number, for a field with `#[saved(at_most = …)]`.
    ///
    /// # Errors
    /// [`Damaged`], if it is larger.
    pub fn at_most<T: crate::Saved + PartialOrd>(&mut self, limit: T) -> Result<T, Damaged> {
        let number = T::load(self)?;
        if number > limit {
            return Err(Damaged::Wrong("number"));
        }
        Ok(number)
    }
}
