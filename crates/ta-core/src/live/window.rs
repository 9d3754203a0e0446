//! Windows: the last rows of a series, and formulas that read nothing else.

use ta_saved::{shape, Damaged, Reader, Saved};

use super::{check, Rows, State, Step};
use crate::{
    formula::{read, Columns, Formula},
    params::Params,
};

/// The last values of a series, as many as its length at most.
#[derive(Debug, Clone)]
pub struct Window {
    length: usize,
    /// Before the window is full, in the order of the rows; then the oldest is at `oldest`.
    values: Vec<f64>,
    oldest: usize,
}

impl Window {
    /// A window of at least one row, still empty.
    pub fn new(length: usize) -> Self {
        Self { length: length.max(1), values: Vec::new(), oldest: 0 }
    }

    /// Adds a value; gives the one that leaves the window, if it was full.
    pub fn push(&mut self, value: f64) -> Option<f64> {
        if self.values.len() < self.length {
            self.values.push(value);
            return None;
        }
        let left = std::mem::replace(&mut self.values[self.oldest], value);
        self.oldest = (self.oldest + 1) % self.length;
        Some(left)
    }

    /// Whether it has as many values as its length.
    pub fn is_full(&self) -> bool {
        self.values.len() == self.length
    }

    /// The value so many rows ago, 0 for the last one; `None` if there is none.
    pub fn back(&self, rows: usize) -> Option<f64> {
        let place = self.values.len().checked_sub(rows + 1)?;
        Some(self.values[(self.oldest + place) % self.values.len()])
    }

    /// The values from the oldest to the newest.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = f64> + Clone + '_ {
        let (newer, older) = self.values.split_at(self.oldest);
        older.iter().chain(newer).copied()
    }
}

impl State for Window {
    fn shape(&self) -> u64 {
        shape("Window", &[])
    }

    fn save(&self, to: &mut Vec<u8>) {
        Saved::save(&self.iter().collect::<Vec<f64>>(), to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let values = <Vec<f64> as Saved>::load(from)?;
        if values.len() > self.length {
            return Err(Damaged::Wrong("number of values in a window"));
        }
        (self.values, self.oldest) = (values, 0);
        Ok(())
    }
}

/// A formula that reads the last `lookback + 1` rows and nothing else, row by row: it computes these
/// each time.
pub struct WindowStep<F, const N: usize> {
    params: Params,
    formula: F,
    /// The last rows, at most as many as the lookback.
    rows: Rows,
}

impl<F: Formula<N>, const N: usize> WindowStep<F, N> {
    /// The formula before the first row.
    pub fn new(params: &Params) -> Self {
        Self { params: params.clone(), formula: read(params), rows: Rows::new(N) }
    }

    /// The values after some rows; none before the end of the warm-up.
    fn values(&self, rows: &Rows, values: &mut [f64]) -> Result<(), String> {
        let columns = rows.slices();
        let inputs: [&[f64]; N] = columns[..].try_into().map_err(|_| "the row has other inputs")?;
        let count = rows.count().unwrap_or(0);
        if count <= self.formula.lookback() {
            values.fill(f64::NAN);
            return Ok(());
        }
        let mut out = F::Out::buffers(count);
        self.formula.compute(inputs, F::Out::slices(&mut out));
        F::Out::numbers(F::Out::last(&out), &mut values.iter_mut());
        Ok(())
    }
}

impl<F: Formula<N>, const N: usize> Step for WindowStep<F, N> {
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        check(row, N)?;
        self.rows.push(row);
        self.values(&self.rows, values)?;
        let count = self.rows.count().unwrap_or(0);
        self.rows.forget(count.saturating_sub(self.formula.lookback()));
        Ok(())
    }

    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        check(row, N)?;
        let mut rows = self.rows.clone();
        rows.push(row);
        self.values(&rows, values)
    }

    fn fork(&self) -> Box<dyn Step> {
        Box::new(Self { rows: self.rows.clone(), ..Self::new(&self.params) })
    }

    fn shape(&self) -> u64 {
        shape("WindowStep", &[("rows", Rows::SHAPE)])
    }

    fn save(&self, to: &mut Vec<u8>) {
        Saved::save(&self.rows, to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let rows = <Rows as Saved>::load(from)?;
        let fits =
            rows.width() == N && rows.count().is_some_and(|count| count <= self.formula.lookback());
        if !fits {
            return Err(Damaged::Wrong("number of rows"));
        }
        self.rows = rows;
        Ok(())
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
        assert_eq!(window.iter().collect::<Vec<_>>(), [3.0, 4.0, 5.0]);
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
            assert!(window.iter().eq(other.iter()));
            assert!(
                value < 2.0 || State::load(&mut Window::new(1), &mut Reader::new(&bytes)).is_err()
            );
        }
    }
}
