//! Building blocks over whole columns.

use std::{
    array::from_fn,
    borrow::{Borrow, Cow},
    cell::Cell,
    marker::PhantomData,
    rc::Rc,
};

use ta_lib::abstract_api::FuncId;

use super::Blocks;
use crate::{
    formula::Columns,
    held::each_row,
    live::State,
    params::ParamValue,
    talib::parts::call,
    windows::{deviation, in_lanes, sums},
};

/// Computes each block at once, over all rows.
pub struct Batch<'a, 'o, O: Columns> {
    inputs: PhantomData<&'a [f64]>,
    rows: usize,
    lookback: usize,
    /// The outputs, until they are written.
    out: Cell<Option<O::Slices<'o>>>,
}

/// A line as a column.
#[derive(Clone)]
pub struct Column<'a> {
    values: Values<'a>,
    /// The rows by which it is moved on.
    shift: usize,
}

#[derive(Clone)]
enum Values<'a> {
    Input(&'a [f64]),
    Computed(Rc<Vec<f64>>),
}

impl<'a> From<&'a [f64]> for Column<'a> {
    fn from(input: &'a [f64]) -> Self {
        Self { values: Values::Input(input), shift: 0 }
    }
}

impl From<Vec<f64>> for Column<'_> {
    fn from(values: Vec<f64>) -> Self {
        Self { values: Values::Computed(Rc::new(values)), shift: 0 }
    }
}

impl Column<'_> {
    /// The values before the shift.
    fn values(&self) -> &[f64] {
        match &self.values {
            Values::Input(values) => values,
            Values::Computed(values) => values,
        }
    }

    fn at(&self, row: usize) -> f64 {
        row.checked_sub(self.shift).map_or(f64::NAN, |row| self.values()[row])
    }

    /// The values of all rows, to be changed.
    fn into_values(self) -> Vec<f64> {
        match self.values {
            Values::Computed(values) if self.shift == 0 => Rc::unwrap_or_clone(values),
            _ => self.shifted().into_owned(),
        }
    }

    /// The values of all rows.
    fn shifted(&self) -> Cow<'_, [f64]> {
        if self.shift == 0 {
            return Cow::Borrowed(self.values());
        }
        (0..self.values().len()).map(|row| self.at(row)).collect()
    }
}

impl<'a, 'o, O: Columns> Batch<'a, 'o, O> {
    /// Writes so many rows of outputs, after the lookback.
    pub fn new(rows: usize, lookback: usize, out: O::Slices<'o>) -> Self {
        Self { inputs: PhantomData, rows, lookback, out: Cell::new(Some(out)) }
    }

    /// Calls a function with the number and the values of each row, from a row on.
    #[inline(always)]
    fn each<const K: usize>(
        &self,
        from: usize,
        lines: [&Column<'a>; K],
        mut take: impl FnMut(usize, [f64; K]),
    ) {
        let shift = lines.iter().map(|line| line.shift).fold(from, usize::max).min(self.rows);
        for row in from..shift {
            take(row, lines.map(|line| line.at(row)));
        }
        // With one length for all slices, the compiler can omit bounds checks.
        let rows = self.rows - shift;
        let columns = lines.map(|line| &line.values()[shift.saturating_sub(line.shift)..][..rows]);
        let values = |row: usize| from_fn(|line| columns[line][row]);
        for row in 0..rows {
            take(shift + row, values(row));
        }
    }

    /// As [`Batch::each`], with a state from row to row.
    #[inline(always)]
    fn each_after<S: State, R: Copy, const K: usize>(
        &self,
        lines: [&Column<'a>; K],
        mut state: S,
        next: impl Fn(&mut S, [f64; K]) -> R,
        mut set: impl FnMut(usize, R),
    ) {
        let shift = lines.iter().map(|line| line.shift).fold(0, usize::max).min(self.rows);
        for row in 0..shift {
            set(row, next(&mut state, lines.map(|line| line.at(row))));
        }
        let rows = self.rows - shift;
        let columns = lines.map(|line| &line.values()[shift.saturating_sub(line.shift)..][..rows]);
        let row = |row: usize| from_fn(|line| columns[line][row]);
        each_row(rows, row, &mut state, next, |row, values| set(shift + row, values));
    }

    #[inline(always)]
    fn column<const K: usize>(
        &self,
        lines: [&Column<'a>; K],
        mut value: impl FnMut([f64; K]) -> f64,
    ) -> Column<'a> {
        let mut values = vec![f64::NAN; self.rows];
        self.each(0, lines, |row, found| values[row] = value(found));
        values.into()
    }

    #[inline(always)]
    fn write<const K: usize>(
        &self,
        from: usize,
        lines: [&Column<'a>; K],
        mut values: impl FnMut([f64; K]) -> O::Row,
    ) {
        if let Some(mut out) = self.out.take() {
            self.each(from, lines, |row, found| O::set(&mut out, row, values(found)));
        }
    }
}

impl<'a, O: Columns> Blocks<O> for Batch<'a, '_, O> {
    type Line = Column<'a>;
    type Rows = ();

    fn call<const K: usize>(
        &self,
        id: FuncId,
        params: &[ParamValue],
        lines: [&Column<'a>; K],
    ) -> Column<'a> {
        let columns = lines.map(Column::shifted);
        let columns = columns.each_ref().map(|column| &**column);
        call(id, params.to_vec(), &columns).swap_remove(0).into()
    }

    fn map<const K: usize>(
        &self,
        lines: [&Column<'a>; K],
        value: impl Fn([f64; K]) -> f64,
    ) -> Column<'a> {
        self.column(lines, value)
    }

    fn scan<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        lines: [&Column<'a>; K],
        next: impl Fn(&mut S, [f64; K]) -> f64,
    ) -> Column<'a> {
        let mut values = vec![f64::NAN; self.rows];
        self.each_after(lines, start(), next, |row, value| values[row] = value);
        values.into()
    }

    fn windows(
        &self,
        line: Column<'a>,
        length: usize,
        value: impl Fn(&[f64]) -> f64,
    ) -> Column<'a> {
        let mut values = line.into_values();
        // Backwards, so that each window is still there.
        for row in (length - 1..self.rows).rev() {
            values[row] = value(&values[row + 1 - length..=row]);
        }
        values[..self.rows.min(length - 1)].fill(f64::NAN);
        values.into()
    }

    fn rows<const K: usize>(&self, lines: [&Column<'a>; K], values: impl Fn([f64; K]) -> O::Row) {
        self.write(self.lookback, lines, values);
    }

    fn scan_rows<S: State, const K: usize>(
        &self,
        start: impl FnOnce() -> S,
        lines: [&Column<'a>; K],
        next: impl Fn(&mut S, [f64; K]) -> O::Row,
    ) {
        if let Some(mut out) = self.out.take() {
            self.each_after(lines, start(), next, |row, values| O::set(&mut out, row, values));
        }
    }

    fn lines<const K: usize>(&self, line: impl Fn(usize) -> Column<'a>)
    where
        O: for<'s> Columns<Row = [f64; K], Slices<'s> = [&'s mut [f64]; K]>,
    {
        for (number, out) in self.out.take().into_iter().flatten().enumerate() {
            out.copy_from_slice(&line(number).shifted());
        }
    }

    /// Moves no values.
    fn shift(&self, line: impl Borrow<Column<'a>>, rows: usize) -> Column<'a> {
        let line = line.borrow();
        Column { values: line.values.clone(), shift: line.shift + rows }
    }

    fn ahead(&self, line: impl Borrow<Column<'a>>, rows: usize) -> Column<'a> {
        if rows == 0 {
            return line.borrow().clone();
        }
        let values = line.borrow().shifted();
        let gap = std::iter::repeat_n(f64::NAN, rows);
        values.iter().skip(rows).copied().chain(gap).collect::<Vec<_>>().into()
    }

    /// Computes several windows at a time.
    fn weighted(
        &self,
        line: impl Borrow<Column<'a>>,
        period: usize,
        weight: impl Fn(usize) -> f64,
        divisor: f64,
    ) -> Column<'a> {
        let weights: Vec<f64> = (0..period).map(weight).collect();
        let mut values = vec![f64::NAN; self.rows];
        in_lanes::<8>(&line.borrow().shifted(), period, &mut values[period - 1..], |rows| {
            sums(rows, |place, _, value| value * weights[place]).map(|sum| sum / divisor)
        });
        values.into()
    }

    /// Computes several windows at a time.
    fn exact_deviation(&self, line: impl Borrow<Column<'a>>, period: usize) -> Column<'a> {
        deviation(&line.borrow().shifted(), period).into()
    }
}
