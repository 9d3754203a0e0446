//! Formulas that take their rows one by one.

use ta_saved::{shape, Damaged, Reader, Saved};

use super::{Bank, Keyed, Live, State};
use crate::{
    formula::{Columns, Formula, Parameters},
    params::Params,
};

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

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(self.clone(), params))
    }
}

/// The bank of a recursive formula, from the parameters of its indicator. For an indicator whose
/// batch is computed in another way.
pub fn by_row<F: Recursive<N>, const N: usize>(formula: F, params: &Params) -> Box<dyn Bank> {
    Box::new(Keyed::new(RecursiveLive { lookback: formula.lookback(), formula }, params))
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

    /// The bank, for [`Formula::bank`].
    fn by_row(&self, params: &Params) -> Box<dyn Bank> {
        by_row(Rows(self.clone()), params)
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
        let found = self.formula.next(state, std::array::from_fn(|input| row[input]));
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
