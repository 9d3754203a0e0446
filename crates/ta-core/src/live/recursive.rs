//! Formulas that take their rows one by one.

use ta_saved::{shape, Damaged, Reader, Saved};

use super::{check, State, Step};
use crate::formula::{Columns, Formula, Parameters};

/// A formula over `N` input columns that takes complete rows one by one. With [`Parameters`] it is a
/// [`Formula`]: the batch follows from it, so both have the same values to the last bit.
pub trait Recursive<const N: usize>: Clone + Send + Sync + 'static {
    /// The types of its output columns: `f64`, `i32` or `bool`, an array or a tuple of them.
    type Out: Columns;
    /// What it keeps from row to row.
    type State: State;

    /// Rows at the start without a value.
    fn lookback(&self) -> usize;

    /// Whether the parameters, each in range, are allowed together.
    fn accepts(&self) -> bool {
        true
    }

    /// The state before the first row.
    fn start(&self) -> Self::State;

    /// Takes a row and gives its values. Those of the first `lookback` rows are ignored; a value
    /// that is not finite is missing.
    fn next(&self, state: &mut Self::State, row: [f64; N]) -> <Self::Out as Columns>::Row;
}

impl<F: Recursive<N> + Parameters, const N: usize> Formula<N> for F {
    type Out = F::Out;

    fn lookback(&self) -> usize {
        Recursive::lookback(self)
    }

    fn accepts(&self) -> bool {
        Recursive::accepts(self)
    }

    fn compute(&self, inputs: [&[f64]; N], mut out: <F::Out as Columns>::Slices<'_>) {
        let mut state = self.start();
        let rows = inputs.first().map_or(0, |input| input.len());
        let inputs = inputs.map(|input| &input[..rows]);
        for row in 0..rows {
            let values = self.next(&mut state, inputs.map(|input| input[row]));
            F::Out::set(&mut out, row, values);
        }
    }

    fn step(&self) -> Option<Box<dyn Step>> {
        Some(by_row(self.clone()))
    }
}

/// A recursive formula before its first row. For a formula whose batch is computed in another way.
pub fn by_row<F: Recursive<N>, const N: usize>(formula: F) -> Box<dyn Step> {
    Box::new(RecursiveStep { row: 0, state: formula.start(), formula })
}

/// A formula that takes its rows one by one, and computes the batch in another way because that is
/// faster. A property test compares the two.
pub trait ByRow<const N: usize>: Formula<N> + Clone {
    /// What it keeps from row to row.
    type State: State;

    /// See [`Recursive::start`].
    fn start(&self) -> Self::State;

    /// See [`Recursive::next`].
    fn next(&self, state: &mut Self::State, row: [f64; N]) -> <Self::Out as Columns>::Row;

    /// The formula before its first row, for [`Formula::step`].
    fn by_row(&self) -> Box<dyn Step> {
        by_row(Rows(self.clone()))
    }
}

/// The rows of a formula without its batch.
#[derive(Clone)]
struct Rows<F>(F);

impl<F: ByRow<N>, const N: usize> Recursive<N> for Rows<F> {
    type Out = F::Out;
    type State = F::State;

    fn lookback(&self) -> usize {
        self.0.lookback()
    }

    fn start(&self) -> F::State {
        self.0.start()
    }

    fn next(&self, state: &mut F::State, row: [f64; N]) -> <F::Out as Columns>::Row {
        self.0.next(state, row)
    }
}

/// A recursive formula at a row.
#[derive(Clone)]
struct RecursiveStep<F: Recursive<N>, const N: usize> {
    formula: F,
    /// The number of the next row.
    row: usize,
    state: F::State,
}

/// The row as an array.
///
/// # Errors
/// See [`check`].
fn array<const N: usize>(row: &[f64]) -> Result<[f64; N], String> {
    check(row, N)?;
    row.try_into().map_err(|_| format!("a row needs {N} numbers"))
}

impl<F: Recursive<N>, const N: usize> Step for RecursiveStep<F, N> {
    fn update(&mut self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        let row = array(row)?;
        let found = self.formula.next(&mut self.state, row);
        if self.row < self.formula.lookback() {
            values.fill(f64::NAN);
        } else {
            F::Out::numbers(found, &mut values.iter_mut());
        }
        self.row += 1;
        Ok(())
    }

    fn peek(&self, row: &[f64], values: &mut [f64]) -> Result<(), String> {
        self.clone().update(row, values)
    }

    fn fork(&self) -> Box<dyn Step> {
        Box::new(self.clone())
    }

    fn shape(&self) -> u64 {
        shape("Recursive", &[("row", usize::SHAPE), ("state", self.state.shape())])
    }

    fn save(&self, to: &mut Vec<u8>) {
        Saved::save(&self.row, to);
        self.state.save(to);
    }

    fn load(&mut self, from: &mut Reader<'_>) -> Result<(), Damaged> {
        let row = <usize as Saved>::load(from)?;
        if row == usize::MAX {
            return Err(Damaged::Wrong("number of rows"));
        }
        let mut state = self.state.clone();
        state.load(from)?;
        (self.row, self.state) = (row, state);
        Ok(())
    }
}
