//! Windows: the last rows of a series, and formulas that read nothing else.

use ta_saved::{shape, Damaged, Reader, Saved};

use super::{Live, Rows, State};
use crate::formula::{Columns, Formula};

/// The last values of a series, as many as its length at most.
#[derive(Debug, Clone)]
pub struct Window {
    length: usize,
    /// Before the window is full, its values; then its values twice, so that they always stand
    /// together, in their order from the oldest on.
    values: Vec<f64>,
    oldest: usize,
}

impl Window {
    /// A window of at least one row, still empty.
    pub fn new(length: usize) -> Self {
        Self { length: length.max(1), values: Vec::new(), oldest: 0 }
    }

    /// A window full of missing values, for a series that may get its values late: it never asks for
    /// memory again.
    pub fn missing(length: usize) -> Self {
        let length = length.max(1);
        Self { length, values: vec![f64::NAN; 2 * length], oldest: 0 }
    }

    /// Adds a value; gives the one that leaves the window, if it was full.
    #[inline]
    pub fn push(&mut self, value: f64) -> Option<f64> {
        if !self.is_full() {
            self.values.push(value);
            self.double_if_full();
            return None;
        }
        let (one, other) = self.values.split_at_mut(self.length);
        let left = std::mem::replace(&mut one[self.oldest], value);
        other[self.oldest] = value;
        self.oldest = if self.oldest + 1 == self.length { 0 } else { self.oldest + 1 };
        Some(left)
    }

    /// Whether it has as many values as its length.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.values.len() >= self.length
    }

    /// The value so many rows ago, 0 for the last one; `None` if there is none.
    #[inline]
    pub fn back(&self, rows: usize) -> Option<f64> {
        let values = self.values();
        values.get(values.len().checked_sub(rows + 1)?).copied()
    }

    /// The values from the oldest to the newest.
    #[inline]
    pub fn values(&self) -> &[f64] {
        if self.is_full() {
            &self.values[self.oldest..][..self.length]
        } else {
            &self.values
        }
    }

    /// The values from the oldest to the newest.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = f64> + Clone + '_ {
        self.values().iter().copied()
    }

    /// Adds the second half to a window that has become full.
    fn double_if_full(&mut self) {
        if self.values.len() == self.length {
            self.values.reserve_exact(self.length);
            self.values.extend_from_within(..);
        }
    }
}

impl State for Window {
    fn shape(&self) -> u64 {
        shape("Window", &[])
    }

    fn save(&self, to: &mut Vec<u8>) {
        // As a vector of the values from the oldest to the newest.
        Saved::save(&self.values().len(), to);
        self.iter().for_each(|value| Saved::save(&value, to));
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let values = <Vec<f64> as Saved>::load(from)?;
        if values.len() > self.length {
            return Err(Damaged::Wrong("number of values in a window"));
        }
        (self.values, self.oldest) = (values, 0);
        self.double_if_full();
        Ok(())
    }

    fn copy_from(&mut self, other: &Self) {
        self.length = other.length;
        self.values.clone_from(&other.values);
        self.oldest = other.oldest;
    }

    fn owned(&self) -> usize {
        Saved::owned(&self.values)
    }
}

/// A formula that reads the last `lookback + 1` rows and nothing else, row by row: it computes these
/// each time.
pub struct WindowLive<F, const N: usize> {
    formula: F,
    lookback: usize,
}

impl<F: Formula<N>, const N: usize> WindowLive<F, N> {
    /// The formula row by row.
    pub fn new(formula: F) -> Self {
        Self { lookback: formula.lookback(), formula }
    }

    /// The values after some rows; none before the end of the warm-up.
    fn values(&self, rows: &Rows, out: &mut <F::Out as Columns>::Buffers, values: &mut [f64]) {
        if rows.count() <= self.lookback {
            values.fill(f64::NAN);
            return;
        }
        let inputs = std::array::from_fn(|number| rows.column(number));
        self.formula.compute(inputs, F::Out::slices(out));
        F::Out::numbers(F::Out::last(out), &mut values.iter_mut());
    }
}

impl<F: Formula<N>, const N: usize> Live for WindowLive<F, N> {
    /// The last rows, at most as many as the lookback.
    type State = Rows;
    /// The formula's outputs for the window.
    type Scratch = <F::Out as Columns>::Buffers;

    fn inputs(&self) -> usize {
        N
    }

    fn outputs(&self) -> usize {
        F::Out::COUNT
    }

    fn start(&self) -> Rows {
        Rows::default()
    }

    fn scratch(&self) -> Self::Scratch {
        F::Out::buffers(self.lookback + 1)
    }

    fn update(
        &self,
        rows: &mut Rows,
        out: &mut Self::Scratch,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        rows.push(row);
        self.values(rows, out, values);
        rows.forget(rows.count().saturating_sub(self.lookback));
        Ok(())
    }

    /// Computes nothing.
    fn take(
        &self,
        rows: &mut Rows,
        _: &mut Self::Scratch,
        row: &[f64],
        _: &mut [f64],
    ) -> Result<(), String> {
        rows.push(row);
        rows.forget(rows.count().saturating_sub(self.lookback));
        Ok(())
    }

    fn peek(
        &self,
        rows: &mut Rows,
        out: &mut Self::Scratch,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        rows.push(row);
        self.values(rows, out, values);
        rows.pop();
        Ok(())
    }

    fn shape(&self, _: &Rows) -> u64 {
        shape("Window", &[("rows", Rows::SHAPE)])
    }

    fn save(&self, rows: &Rows, to: &mut Vec<u8>) {
        Saved::save(rows, to);
    }

    fn load(&self, rows: &mut Rows, from: &mut Reader<'_>) -> Result<(), Damaged> {
        *rows = Saved::load(from)?;
        if rows.count() > self.lookback || ![0, N].contains(&rows.width()) {
            return Err(Damaged::Wrong("number of rows"));
        }
        Ok(())
    }

    fn copy(&self, to: &mut Rows, from: &Rows) {
        Saved::copy_from(to, from);
    }

    fn owned(&self, rows: &Rows) -> usize {
        Saved::owned(rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_forgets_the_oldest_value() {
        let mut window = Window::new(3);
        let left: Vec<_> = [1.0, 2.0, 3.0, 4.0, 5.0].map(|value| window.push(value)).into();
        assert_eq!(left, [None, None, None, Some(1.0), Some(2.0)]);
        assert_eq!(window.values(), [3.0, 4.0, 5.0]);
        assert_eq!(
            [0, 1, 2, 3].map(|rows| window.back(rows)),
            [Some(5.0), Some(4.0), Some(3.0), None]
        );
    }

    #[test]
    fn a_restored_window_goes_on_as_before() {
        let mut window = Window::new(3);
        for value in 0..8 {
            let mut bytes = Vec::new();
            State::save(&window, &mut bytes);
            let mut other = Window::new(3);
            State::load(&mut other, &mut Reader::new(&bytes)).unwrap();
            let value = f64::from(value);
            assert_eq!(window.push(value), other.push(value));
            assert_eq!(window.values(), other.values());
            assert!(
                value < 2.0 || State::load(&mut Window::new(1), &mut Reader::new(&bytes)).is_err()
            );
        }
    }
}
