//! The outputs of a formula as types.

use std::slice::IterMut;

use crate::{kernel::Out, meta::DType};

/// The type of the values of an output column.
pub trait Cell: Copy + Default + Send + Sync + 'static {
    /// The column's type.
    const DTYPE: DType;

    /// The slice to write to; `None` if it is of another type.
    fn slice<'a>(out: &'a mut Out<'_>) -> Option<&'a mut [Self]>;

    /// The value as a real number; an event is 0 or 1.
    fn number(self) -> f64;
}

macro_rules! cell {
    ($type:ty, $variant:ident, $dtype:ident, $number:expr) => {
        impl Cell for $type {
            const DTYPE: DType = DType::$dtype;

            fn slice<'a>(out: &'a mut Out<'_>) -> Option<&'a mut [Self]> {
                match out {
                    Out::$variant(values) => Some(values),
                    _ => None,
                }
            }

            fn number(self) -> f64 {
                $number(self)
            }
        }
    };
}
cell!(f64, F64, Float64, |value| value);
cell!(i32, I32, Int32, f64::from);
cell!(bool, Bool, Boolean, |value| f64::from(u8::from(value)));

/// The types of all output columns of a formula: `f64`, `i32` or `bool`, an array or a tuple of them.
pub trait Columns {
    /// The number of columns.
    const COUNT: usize;

    /// The slices to write to.
    type Slices<'a>;
    /// The values of a row.
    type Row: Copy;
    /// Columns in memory of their own.
    type Buffers: Send + Sync + 'static;

    /// Takes the slices in the catalog's order; `None` if there are too few or of other types.
    fn take<'a>(outs: &mut IterMut<'a, Out<'_>>) -> Option<Self::Slices<'a>>;

    /// Writes the values of a row.
    fn set(slices: &mut Self::Slices<'_>, row: usize, values: Self::Row);

    /// The values of a row as real numbers, in the catalog's order.
    fn numbers(values: Self::Row, to: &mut IterMut<'_, f64>);

    /// Columns of so many rows.
    fn buffers(rows: usize) -> Self::Buffers;

    /// The slices of columns.
    fn slices(buffers: &mut Self::Buffers) -> Self::Slices<'_>;

    /// The values of the last row.
    fn last(buffers: &Self::Buffers) -> Self::Row;
}

impl<T: Cell> Columns for T {
    const COUNT: usize = 1;

    type Slices<'a> = &'a mut [T];
    type Row = T;
    type Buffers = Vec<T>;

    fn take<'a>(outs: &mut IterMut<'a, Out<'_>>) -> Option<Self::Slices<'a>> {
        T::slice(outs.next()?)
    }

    #[inline(always)]
    fn set(slices: &mut Self::Slices<'_>, row: usize, value: T) {
        slices[row] = value;
    }

    fn numbers(value: T, to: &mut IterMut<'_, f64>) {
        if let Some(to) = to.next() {
            *to = value.number();
        }
    }

    fn buffers(rows: usize) -> Self::Buffers {
        vec![T::default(); rows]
    }

    fn slices(buffers: &mut Self::Buffers) -> Self::Slices<'_> {
        buffers
    }

    fn last(buffers: &Self::Buffers) -> T {
        buffers.last().copied().unwrap_or_default()
    }
}

impl<T: Cell, const K: usize> Columns for [T; K] {
    const COUNT: usize = K;

    type Slices<'a> = [&'a mut [T]; K];
    type Row = [T; K];
    type Buffers = [Vec<T>; K];

    fn take<'a>(outs: &mut IterMut<'a, Out<'_>>) -> Option<Self::Slices<'a>> {
        let slices: Vec<_> = outs.take(K).map_while(T::slice).collect();
        slices.try_into().ok()
    }

    #[inline(always)]
    fn set(slices: &mut Self::Slices<'_>, row: usize, values: [T; K]) {
        for column in 0..K {
            slices[column][row] = values[column];
        }
    }

    fn numbers(values: [T; K], to: &mut IterMut<'_, f64>) {
        values.into_iter().for_each(|value| T::numbers(value, to));
    }

    fn buffers(rows: usize) -> Self::Buffers {
        std::array::from_fn(|_| T::buffers(rows))
    }

    fn slices(buffers: &mut Self::Buffers) -> Self::Slices<'_> {
        buffers.each_mut().map(Vec::as_mut_slice)
    }

    fn last(buffers: &Self::Buffers) -> [T; K] {
        buffers.each_ref().map(T::last)
    }
}

macro_rules! tuple {
    ($($part:ident $at:tt),*) => {
        impl<$($part: Columns),*> Columns for ($($part,)*) {
            const COUNT: usize = 0 $(+ $part::COUNT)*;

            type Slices<'a> = ($($part::Slices<'a>,)*);
            type Row = ($($part::Row,)*);
            type Buffers = ($($part::Buffers,)*);

            fn take<'a>(outs: &mut IterMut<'a, Out<'_>>) -> Option<Self::Slices<'a>> {
                Some(($($part::take(outs)?,)*))
            }

            #[inline(always)]
            fn set(slices: &mut Self::Slices<'_>, row: usize, values: Self::Row) {
                $($part::set(&mut slices.$at, row, values.$at);)*
            }

            fn numbers(values: Self::Row, to: &mut IterMut<'_, f64>) {
                $($part::numbers(values.$at, to);)*
            }

            fn buffers(rows: usize) -> Self::Buffers {
                ($($part::buffers(rows),)*)
            }

            fn slices(buffers: &mut Self::Buffers) -> Self::Slices<'_> {
                ($($part::slices(&mut buffers.$at),)*)
            }

            fn last(buffers: &Self::Buffers) -> Self::Row {
                ($($part::last(&buffers.$at),)*)
            }
        }
    };
}
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
