//! What a native indicator keeps from row to row.

use ta_saved::{shape, Damaged, Reader, Saved};

pub use ta_derive::State;

/// The state of an indicator: numbers and other [`Saved`] values, windows, building blocks, or a
/// struct of them, to be derived.
///
/// Unlike a [`Saved`] value it is read into a state that has begun with the same parameters, which
/// knows what fits.
pub trait State: Clone + Send + Sync + 'static {
    /// A number that changes with the names and types of everything in the state.
    fn shape(&self) -> u64;

    /// Appends the state.
    fn save(&self, to: &mut Vec<u8>);

    /// Replaces the state by a saved one.
    ///
    /// # Errors
    /// [`Damaged`], if the bytes are not a state of this indicator. The state is of no use then.
    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged>;

    /// Becomes a copy of another state, and uses the memory that it already has.
    fn copy_from(&mut self, other: &Self);

    /// The bytes of memory that it owns, without its own size.
    fn owned(&self) -> usize;
}

impl<T: Saved + Send + Sync + 'static> State for T {
    fn shape(&self) -> u64 {
        T::SHAPE
    }

    fn save(&self, to: &mut Vec<u8>) {
        Saved::save(self, to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        *self = Saved::load(from)?;
        Ok(())
    }

    fn copy_from(&mut self, other: &Self) {
        Saved::copy_from(self, other);
    }

    fn owned(&self) -> usize {
        Saved::owned(self)
    }
}

/// What follows from the parameters and is costly to compute for each row. It is not saved.
#[derive(Debug, Clone)]
pub struct Fixed<T>(pub T);

impl<T: Clone + Send + Sync + 'static> State for Fixed<T> {
    fn shape(&self) -> u64 {
        shape("Fixed", &[])
    }

    fn save(&self, _: &mut Vec<u8>) {}

    fn load(&mut self, _: &mut Reader<'_>) -> Result<(), Damaged> {
        Ok(())
    }

    // States that are copied have the same parameters.
    fn copy_from(&mut self, _: &Self) {}

    fn owned(&self) -> usize {
        0
    }
}
