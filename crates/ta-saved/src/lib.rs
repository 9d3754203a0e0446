//! State as bytes and back, to the last bit: what live bars keep across a restart. A state can also
//! be copied without asking for memory, and measured.
//!
//! A state derives [`Saved`]: its fields are written in their order, without names, so the bytes
//! only fit the same fields. [`Saved::SHAPE`] tells whether they do: it changes with every name and
//! type inside, so a reader compares it before it reads. Bytes say nothing about the machine.
//!
//! ```
//! use ta_saved::{Reader, Saved};
//!
//! #[derive(Saved, Clone, PartialEq, Debug)]
//! struct Average {
//!     sum: f64,
//!     window: Vec<f64>,
//! }
//!
//! let average = Average { sum: 3.0, window: vec![1.0, 2.0] };
//! let mut bytes = Vec::new();
//! average.save(&mut bytes);
//! assert_eq!(Average::load(&mut Reader::new(&bytes)), Ok(average));
//! assert!(Average::load(&mut Reader::new(&bytes[..9])).is_err());
//! ```
#![forbid(unsafe_code)]

mod reader;
mod shape;
mod values;

pub use reader::{Damaged, Reader};
pub use shape::shape;
pub use ta_derive::Saved;

/// A value that can be written to bytes and read back, copied into memory that is there, and measured.
///
/// Reading never panics, and needs no more memory than a small multiple of the bytes that are left.
/// It checks that the bytes are a value of this type, not that the type's owner could have made it:
/// a checksum around the whole has to tell that.
pub trait Saved: Clone {
    /// A number that changes with the names and types of everything inside.
    const SHAPE: u64;

    /// The fewest bytes of a saved value.
    const LEAST: usize;

    /// Appends the value.
    fn save(&self, to: &mut Vec<u8>);

    /// Reads a value.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not a value of this type.
    fn load(from: &mut Reader<'_>) -> Result<Self, Damaged>;

    /// Becomes a copy of another value, and uses the memory that it already has.
    fn copy_from(&mut self, other: &Self) {
        self.clone_from(other);
    }

    /// The bytes of memory that it owns, without its own size.
    fn owned(&self) -> usize {
        0
    }
}

/// The derive macro writes paths that begin with the crate's name.
extern crate self as ta_saved;
