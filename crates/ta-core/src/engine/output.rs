//! Result columns: values and validity, in memory that the caller provides.

use std::ops::Range;

use super::{
    layout::{all_finite, Layout},
    Computed,
};
use crate::{indicator::Out, meta::DType};

/// Where the values of one output go.
pub enum OutValues<'a> {
    /// Real values.
    F64(&'a mut [f64]),
    /// Whole values.
    I32(&'a mut [i32]),
    /// Events, one bit a row, lowest first.
    Bits(&'a mut [u8]),
}

/// One result column to be filled.
pub struct OutColumn<'a> {
    /// How many rows it has.
    pub rows: usize,
    /// Its values.
    pub values: OutValues<'a>,
    /// Its validity, one bit a row, lowest first, set where there is a value.
    pub validity: &'a mut [u8],
    /// Rows without a value, known after the run.
    pub null_count: &'a mut usize,
}

/// Packs flags into bits, lowest first.
pub fn pack_bits(flags: &[bool], bits: &mut [u8]) {
    for (byte, chunk) in bits.iter_mut().zip(flags.chunks(8)) {
        *byte = chunk.iter().enumerate().fold(0, |b, (i, &on)| b | u8::from(on) << i);
    }
}

/// Kernel output of one column that does not stand in frame order, or is not yet bits.
pub enum Scratch {
    F64(Vec<f64>),
    I32(Vec<i32>),
    Bool(Vec<bool>),
}

impl Scratch {
    pub fn new(dtype: DType, rows: usize) -> Self {
        match dtype {
            DType::Float64 => Self::F64(vec![0.0; rows]),
            DType::Int32 => Self::I32(vec![0; rows]),
            DType::Boolean => Self::Bool(vec![false; rows]),
        }
    }

    pub fn out(&mut self) -> Out<'_> {
        match self {
            Self::F64(v) => Out::F64(v),
            Self::I32(v) => Out::I32(v),
            Self::Bool(v) => Out::Bool(v),
        }
    }
}

impl OutColumn<'_> {
    /// The kernel may write straight into this column when rows are in frame order
    /// and values are not packed.
    pub fn direct(&mut self) -> Option<Out<'_>> {
        match &mut self.values {
            OutValues::F64(v) => Some(Out::F64(v)),
            OutValues::I32(v) => Some(Out::I32(v)),
            OutValues::Bits(_) => None,
        }
    }

    /// Its column type.
    pub fn dtype(&self) -> DType {
        match self.values {
            OutValues::F64(_) => DType::Float64,
            OutValues::I32(_) => DType::Int32,
            OutValues::Bits(_) => DType::Boolean,
        }
    }

    /// Finishes the column after the kernel calls: moves scratch values to their
    /// rows and marks the rows that have a value. `warm` and `ahead` are the rows at
    /// the start and end of each group that have none.
    pub fn finish(&mut self, scratch: Option<Scratch>, layout: &Layout, warm: usize, ahead: usize) {
        self.validity.fill(0);
        let mut valid = 0;
        let written = Spans { layout, warm, ahead };
        match (&mut self.values, scratch) {
            (OutValues::F64(v), None) => {
                for range in written.ranges() {
                    if all_finite(&v[range.clone()]) {
                        valid += set_range(self.validity, range);
                        continue;
                    }
                    for row in range {
                        let some = v[row].is_finite();
                        valid += set(self.validity, row, some);
                        if !some {
                            v[row] = 0.0;
                        }
                    }
                }
                written.clear_rest(v);
            }
            (OutValues::I32(v), None) => {
                for range in written.ranges() {
                    valid += set_range(self.validity, range);
                }
                written.clear_rest(v);
            }
            (OutValues::F64(v), Some(Scratch::F64(s))) => {
                v.fill(0.0);
                written.each(|k, row| {
                    if s[k].is_finite() {
                        v[row] = s[k];
                        valid += set(self.validity, row, true);
                    }
                });
            }
            (OutValues::I32(v), Some(Scratch::I32(s))) => {
                v.fill(0);
                written.each(|k, row| {
                    v[row] = s[k];
                    valid += set(self.validity, row, true);
                });
            }
            (OutValues::Bits(v), Some(Scratch::Bool(s))) => {
                v.fill(0);
                written.each(|k, row| {
                    set(v, row, s[k]);
                    valid += set(self.validity, row, true);
                });
            }
            _ => unreachable!("scratch is made from the column's own type"),
        }
        *self.null_count = self.rows - valid;
    }
}

fn set(bits: &mut [u8], row: usize, on: bool) -> usize {
    bits[row / 8] |= u8::from(on) << (row % 8);
    usize::from(on)
}

/// Sets the bits of all rows of a range, whole bytes at once.
fn set_range(bits: &mut [u8], range: Range<usize>) -> usize {
    let (first, last) = (range.start.next_multiple_of(8).min(range.end), range.end / 8 * 8);
    let inner = first..last.max(first);
    bits[inner.start / 8..inner.end / 8].fill(0xff);
    for row in (range.start..inner.start).chain(inner.end..range.end) {
        set(bits, row, true);
    }
    range.len()
}

/// The kernel rows that hold values.
struct Spans<'a> {
    layout: &'a Layout,
    warm: usize,
    ahead: usize,
}

impl Spans<'_> {
    fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.layout.groups.iter().map(|g| {
            let start = (g.start.saturating_add(self.warm)).min(g.end);
            start..g.end.saturating_sub(self.ahead).max(start)
        })
    }

    /// Calls `visit(kernel row, frame row)` for each.
    fn each(&self, mut visit: impl FnMut(usize, usize)) {
        for range in self.ranges() {
            match &self.layout.rows {
                None => range.for_each(|k| visit(k, k)),
                Some(rows) => range.for_each(|k| visit(k, rows[k] as usize)),
            }
        }
    }

    /// Zeroes what lies between them, which a kernel may have left as it was.
    fn clear_rest<T: Default + Copy>(&self, values: &mut [T]) {
        let mut from = 0;
        for range in self.ranges() {
            values[from..range.start].fill(T::default());
            from = range.end;
        }
        values[from..].fill(T::default());
    }
}

/// An owned result column.
pub struct Buffer {
    rows: usize,
    values: Scratch,
    bits: Vec<u8>,
    validity: Vec<u8>,
    null_count: usize,
}

impl Buffer {
    pub fn new(dtype: DType, rows: usize) -> Self {
        let bytes = rows.div_ceil(8);
        Self {
            rows,
            values: Scratch::new(dtype, rows),
            bits: vec![0; bytes],
            validity: vec![0; bytes],
            null_count: 0,
        }
    }

    pub fn column(&mut self) -> OutColumn<'_> {
        OutColumn {
            rows: self.rows,
            values: match &mut self.values {
                Scratch::F64(v) => OutValues::F64(v),
                Scratch::I32(v) => OutValues::I32(v),
                Scratch::Bool(_) => OutValues::Bits(&mut self.bits),
            },
            validity: &mut self.validity,
            null_count: &mut self.null_count,
        }
    }

    pub fn into_computed(self) -> Computed {
        let bit = |bits: &[u8], row: usize| bits[row / 8] >> (row % 8) & 1 == 1;
        let valid = |row: usize| bit(&self.validity, row);
        match self.values {
            Scratch::F64(v) => Computed::F64(
                v.into_iter().enumerate().map(|(r, v)| valid(r).then_some(v)).collect(),
            ),
            Scratch::I32(v) => Computed::I32(
                v.into_iter().enumerate().map(|(r, v)| valid(r).then_some(v)).collect(),
            ),
            Scratch::Bool(v) => {
                Computed::Bool((0..v.len()).map(|r| valid(r).then(|| bit(&self.bits, r))).collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_of_bits_begin_and_end_anywhere() {
        for start in 0..26 {
            for end in start..26 {
                let mut bits = [0u8; 4];
                assert_eq!(set_range(&mut bits, start..end), end - start);
                let is_set = |row: usize| bits[row / 8] >> (row % 8) & 1 == 1;
                assert!((0..32).all(|row| is_set(row) == (start..end).contains(&row)));
            }
        }
    }
}
