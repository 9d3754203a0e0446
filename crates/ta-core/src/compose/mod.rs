//! Formulas composed of building blocks. A formula is written once; the batch and the form by row
//! follow from it, with the same values to the last bit.
//!
//! `compose` calls the blocks of an object that it gets. `Batch` computes each block at once over
//! columns. `Row` computes one row with the states of the blocks, in their order; `Begin` makes
//! these states. A batch moves columns without copying them and reuses the memory of a column that
//! no other line needs, because new memory costs more than most arithmetic.

mod batch;
mod rows;

use std::borrow::Borrow;

use ta_lib::abstract_api::FuncId;

use crate::{
    formula::Columns,
    live::{Recursive, State},
    params::ParamValue::{self, Float, Int},
    windows,
};
use batch::Batch;
use rows::{Begin, Row, States};

/// A formula over `N` input columns, made of building blocks.
pub trait Composed<const N: usize>: Clone + Send + Sync + 'static {
    /// The types of its output columns: `f64`, `i32` or `bool`, an array or a tuple of them.
    type Out: Columns;

    /// Rows at the start without a value.
    fn lookback(&self) -> usize;

    /// Rows at the end without a value.
    fn lookahead(&self) -> usize {
        0
    }

    /// Whether the parameters, each in range, are allowed together.
    fn accepts(&self) -> bool {
        true
    }

    /// Makes lines out of the inputs, and the outputs out of lines with [`Blocks::rows`],
    /// [`Blocks::scan_rows`] or [`Blocks::lines`]. It runs once for a batch and again for each live
    /// row, so it asks for the same blocks each time, and for no memory.
    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, inputs: [B::Line; N]) -> B::Rows;
}

/// The building blocks of formulas with the outputs `O`.
///
/// A line is a series with a value in each row, NaN where there is none.
pub trait Blocks<O: Columns> {
    type Line: Clone;
    /// The outputs.
    type Rows;

    /// A function of TA-Lib with one output. Its warm-up starts on the first row on which all lines
    /// have a value.
    ///
    /// # Panics
    /// If TA-Lib refuses the parameters. Then the formula allows values that it must refuse.
    fn call<const K: usize>(
        &self,
        id: FuncId,
        params: &[ParamValue],
        lines: [&Self::Line; K],
    ) -> Self::Line;

    /// A line computed row by row from other lines.
    fn map<const K: usize>(
        &self,
        lines: [&Self::Line; K],
        value: impl Fn([f64; K]) -> f64,
    ) -> Self::Line;

    /// A line computed from each row of other lines and a state. It sees the rows without values too.
    fn scan<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        lines: [&Self::Line; K],
        next: impl Fn(&mut S, [f64; K]) -> f64,
    ) -> Self::Line;

    /// A line computed from the last rows of another, of which there are always `length`, at least 1.
    /// A batch writes it in the place of the other line if nothing else needs that.
    fn windows(&self, line: Self::Line, length: usize, value: impl Fn(&[f64]) -> f64)
        -> Self::Line;

    /// Outputs that are lines themselves, from the number of each. A batch needs memory for one of
    /// them at a time.
    fn lines<const K: usize>(&self, line: impl Fn(usize) -> Self::Line) -> Self::Rows
    where
        O: for<'s> Columns<Row = [f64; K], Slices<'s> = [&'s mut [f64]; K]>;

    /// A line moved so many rows on: each row has the value from so many rows before.
    fn shift(&self, line: impl Borrow<Self::Line>, rows: usize) -> Self::Line;

    /// The outputs, computed row by row from lines.
    fn rows<const K: usize>(
        &self,
        lines: [&Self::Line; K],
        values: impl Fn([f64; K]) -> O::Row,
    ) -> Self::Rows;

    /// The outputs, computed from each row of lines and a state, as in [`Blocks::scan`].
    fn scan_rows<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        lines: [&Self::Line; K],
        next: impl Fn(&mut S, [f64; K]) -> O::Row,
    ) -> Self::Rows;

    /// A line moved so many rows back, which looks ahead. There is no live row with any.
    fn ahead(&self, line: impl Borrow<Self::Line>, _rows: usize) -> Self::Line {
        line.borrow().clone()
    }

    /// A line without values in the first rows.
    fn without_first(&self, line: impl Borrow<Self::Line>, rows: usize) -> Self::Line {
        let next = |row: &mut usize, [value]: [f64; 1]| {
            if *row >= rows {
                return value;
            }
            *row += 1;
            f64::NAN
        };
        self.scan(|| 0, [line.borrow()], next)
    }

    /// Population standard deviation of the window, each window summed separately.
    fn exact_deviation(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.windows(line.borrow().clone(), period, windows::deviation_of)
    }

    /// The sum of the window with a weight for each place in it, 0 for the oldest row, divided by a
    /// number. Each window is summed separately.
    fn weighted(
        &self,
        line: impl Borrow<Self::Line>,
        period: usize,
        weight: impl Fn(usize) -> f64,
        divisor: f64,
    ) -> Self::Line {
        self.windows(line.borrow().clone(), period, |window| {
            let terms = window.iter().enumerate().map(|(place, value)| value * weight(place));
            terms.sum::<f64>() / divisor
        })
    }

    /// Sum of the window, each window separately: a running sum keeps rounding errors.
    fn exact_sum(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.weighted(line, period, |_| 1.0, 1.0)
    }

    /// A function of TA-Lib whose parameters are numbers of rows, as [`Blocks::call`].
    fn function<const P: usize, const K: usize>(
        &self,
        id: FuncId,
        periods: [usize; P],
        lines: [&Self::Line; K],
    ) -> Self::Line {
        self.call(id, &periods.map(|period| Int(period as i64)), lines)
    }

    /// A function of the last `period` rows, for which one row is the row itself.
    fn of_window(&self, id: FuncId, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        // Some of TA-Lib's functions refuse a period of 1.
        if period == 1 {
            return line.borrow().clone();
        }
        self.function(id, [period], [line.borrow()])
    }

    /// Simple moving average.
    fn sma(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::SMA, line, period)
    }

    /// Exponential moving average, seeded with the simple one.
    fn ema(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::EMA, line, period)
    }

    /// Wilder's moving average, seeded with the simple one.
    fn rma(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::RMA, line, period)
    }

    /// Sum of the window, as a running sum.
    fn sum(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::SUM, line, period)
    }

    /// Highest value of the window.
    fn highest(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::MAX, line, period)
    }

    /// Lowest value of the window.
    fn lowest(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::MIN, line, period)
    }

    /// End of the least-squares line through the window.
    fn linear_regression(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.of_window(FuncId::LINEARREG, line, period)
    }

    /// Population standard deviation of the window, for periods of at least 2.
    fn stddev(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.call(FuncId::STDDEV, &[Int(period as i64), Float(1.0)], [line.borrow()])
    }

    /// Relative strength index, for periods of at least 2.
    fn rsi(&self, line: impl Borrow<Self::Line>, period: usize) -> Self::Line {
        self.function(FuncId::RSI, [period], [line.borrow()])
    }

    /// True range of high, low and close; none on the first row.
    fn true_range(&self, bars: [&Self::Line; 3]) -> Self::Line {
        self.function(FuncId::TRANGE, [], bars)
    }

    /// Average true range of high, low and close.
    fn atr(&self, bars: [&Self::Line; 3], period: usize) -> Self::Line {
        self.function(FuncId::ATR, [period], bars)
    }
}

impl<F: Composed<N>, const N: usize> Recursive<N> for F {
    type Out = F::Out;
    type State = States;

    fn lookback(&self) -> usize {
        Composed::lookback(self)
    }

    fn lookahead(&self) -> usize {
        Composed::lookahead(self)
    }

    fn accepts(&self) -> bool {
        Composed::accepts(self)
    }

    fn start(&self) -> States {
        let begin = Begin::default();
        self.compose(&begin, [(); N]);
        begin.states()
    }

    fn next(&self, states: &mut States, row: [f64; N]) -> <F::Out as Columns>::Row {
        self.compose(&Row::new(states), row)
    }

    fn batch(&self, inputs: [&[f64]; N], out: <F::Out as Columns>::Slices<'_>) {
        let rows = inputs.first().map_or(0, |input| input.len());
        let batch = Batch::<F::Out>::new(rows, Composed::lookback(self), out);
        self.compose(&batch, inputs.map(Into::into));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone)]
    struct Moved;

    impl Composed<1> for Moved {
        type Out = [f64; 4];

        fn lookback(&self) -> usize {
            0
        }

        fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [line]: [B::Line; 1]) -> B::Rows {
            let late = ta.shift(ta.shift(&line, 2), 1);
            let sum = ta.windows(ta.shift(&line, 1), 2, |window| window[0] + window[1]);
            let part = ta.without_first(&line, 3);
            ta.rows([&late, &sum, &part, &ta.shift(&line, 9)], |values| values)
        }
    }

    #[test]
    fn moved_lines_have_the_same_values_in_columns_and_row_by_row() {
        let series = [1.0, 2.0, 3.0, 4.0, 5.0];
        let mut columns = [(); 4].map(|()| vec![0.0; 5]);
        Moved.batch([&series], columns.each_mut().map(Vec::as_mut_slice));
        let mut states = Moved.start();
        let rows = series.map(|value| Moved.next(&mut states, [value]));
        let missing = f64::NAN;
        let expected = [
            [missing, missing, missing, 1.0, 2.0],
            [missing, missing, 3.0, 5.0, 7.0],
            [missing, missing, missing, 4.0, 5.0],
            [missing; 5],
        ];
        for (number, expected) in expected.iter().enumerate() {
            for (row, expected) in expected.iter().enumerate() {
                assert_eq!(columns[number][row].to_bits(), expected.to_bits());
                assert_eq!(rows[row][number].to_bits(), expected.to_bits());
            }
        }
    }
}
