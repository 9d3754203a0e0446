//! Formulas that take their rows one by one.

use std::array::from_fn;

use ta_saved::{shape, Damaged, Reader, Saved};

use super::{Bank, Keyed, Live, State};
use crate::{
    formula::{Columns, Formula, Parameters},
    held::each_row,
    params::Params,
};

/// A formula over `N` input columns that takes complete rows one by one. With [`Parameters`] it is a
/// [`Formula`].
pub trait Recursive<const N: usize>: Clone + Send + Sync + 'static {
    /// The types of its output columns: `f64`, `i32` or `bool`, an array or a tuple of them.
    type Out: Columns;
    /// What it keeps from row to row.
    type State: State;

    /// Rows at the start without a value.
    fn lookback(&self) -> usize;

    /// Rows at the end without a value. With any, there is a batch only.
    fn lookahead(&self) -> usize {
        0
    }

    /// Whether the parameters, each in range, are allowed together.
    fn accepts(&self) -> bool {
        true
    }

    /// The state before the first row.
    fn start(&self) -> Self::State;

    /// Takes a row and gives its values. Those of the first `lookback` rows are ignored; a value
    /// that is not finite is missing.
    fn next(&self, state: &mut Self::State, row: [f64; N]) -> <Self::Out as Columns>::Row;

    /// Fills the outputs of all rows, with the values of [`Recursive::next`] to the last bit. It may
    /// compute them in another way if that is faster; a property test compares the two.
    fn batch(&self, inputs: [&[f64]; N], mut out: <Self::Out as Columns>::Slices<'_>) {
        let mut state = self.start();
        let rows = inputs.first().map_or(0, |input| input.len());
        let inputs = inputs.map(|input| &input[..rows]);
        let next = |state: &mut Self::State, row| self.next(state, row);
        let set = |row, values| Self::Out::set(&mut out, row, values);
        each_row(rows, |row| from_fn(|input| inputs[input][row]), &mut state, next, set);
    }
}

impl<F: Recursive<N> + Parameters, const N: usize> Formula<N> for F {
    type Out = F::Out;

    fn lookback(&self) -> usize {
        Recursive::lookback(self)
    }

    fn lookahead(&self) -> usize {
        Recursive::lookahead(self)
    }

    fn accepts(&self) -> bool {
        Recursive::accepts(self)
    }

    fn compute(&self, inputs: [&[f64]; N], out: <F::Out as Columns>::Slices<'_>) {
        self.batch(inputs, out);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(self.clone(), params))
    }
}

/// The bank of a recursive formula, from the parameters of its indicator. For an indicator that is
/// not this formula itself.
pub fn by_row<F: Recursive<N>, const N: usize>(formula: F, params: &Params) -> Box<dyn Bank> {
    Box::new(Keyed::new(RecursiveLive { lookback: formula.lookback(), formula }, params))
}

/// A recursive formula row by row.
struct RecursiveLive<F, const N: usize> {
    formula: F,
    lookback: usize,
}

/// The state of a recursive formula before a row.
#[derive(Clone)]
struct Before<S> {
    /// The number of the row.
    row: usize,
    state: S,
}

impl<F: Recursive<N>, const N: usize> RecursiveLive<F, N> {
    /// Takes a row of a number and writes its values.
    fn next(&self, number: usize, state: &mut F::State, row: &[f64], values: &mut [f64]) {
        // A bank passes rows of this length only.
        let found = self.formula.next(state, from_fn(|input| row[input]));
        if number < self.lookback {
            values.fill(f64::NAN);
        } else {
            F::Out::numbers(found, &mut values.iter_mut());
        }
    }
}

impl<F: Recursive<N>, const N: usize> Live for RecursiveLive<F, N> {
    type State = Before<F::State>;
    /// The state that a peeked row would leave.
    type Scratch = F::State;

    fn inputs(&self) -> usize {
        N
    }

    fn outputs(&self) -> usize {
        F::Out::COUNT
    }

    fn start(&self) -> Self::State {
        Before { row: 0, state: self.formula.start() }
    }

    fn scratch(&self) -> F::State {
        self.formula.start()
    }

    fn update(
        &self,
        before: &mut Self::State,
        _: &mut F::State,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        self.next(before.row, &mut before.state, row, values);
        before.row += 1;
        Ok(())
    }

    fn peek(
        &self,
        before: &mut Self::State,
        after: &mut F::State,
        row: &[f64],
        values: &mut [f64],
    ) -> Result<(), String> {
        after.copy_from(&before.state);
        self.next(before.row, after, row, values);
        Ok(())
    }

    fn shape(&self, before: &Self::State) -> u64 {
        shape("Recursive", &[("row", usize::SHAPE), ("state", before.state.shape())])
    }

    fn save(&self, before: &Self::State, to: &mut Vec<u8>) {
        Saved::save(&before.row, to);
        before.state.save(to);
    }

    fn load(&self, before: &mut Self::State, from: &mut Reader<'_>) -> Result<(), Damaged> {
        before.row = Saved::load(from)?;
        if before.row == usize::MAX {
            return Err(Damaged::Wrong("number of rows"));
        }
        before.state.load(from)
    }

    fn copy(&self, to: &mut Self::State, from: &Self::State) {
        to.row = from.row;
        to.state.copy_from(&from.state);
    }

    fn owned(&self, before: &Self::State) -> usize {
        before.state.owned()
    }
}
