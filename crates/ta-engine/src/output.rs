//! Result columns: values and validity in memory of the caller.

use std::ops::Range;

use rayon::prelude::*;

use ta_core::{meta::DType, Computed, Out};
use ta_memory::Numbers;

use crate::{finite::all_finite, layout::Layout, share::width};

/// The schema of one result column: a single output, or a struct of several.
#[derive(Debug, Clone)]
pub struct Field {
    /// The column's name.
    pub name: String,
    /// The name and type of its output, or of each field of the struct.
    pub outputs: Vec<(&'static str, DType)>,
}

impl Field {
    /// Whether it is a struct.
    pub fn is_struct(&self) -> bool {
        self.outputs.len() > 1
    }
}

/// The memory for the values of one output.
pub enum OutValues<'a> {
    /// Real values.
    F64(&'a mut [f64]),
    /// Whole values.
    I32(&'a mut [i32]),
    /// Events: one bit for each row, lowest bit first.
    Bits(&'a mut [u8]),
}

/// One result column to be filled.
pub struct OutColumn<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The values.
    pub values: OutValues<'a>,
    /// The validity bitmap: one bit for each row, lowest bit first, set if the row has a value.
    pub validity: &'a mut [u8],
    /// The number of rows without a value; the run sets it.
    pub null_count: &'a mut usize,
}

/// Packs flags into bits, lowest bit first.
pub fn pack_bits(flags: &[bool], bits: &mut [u8]) {
    for (byte, chunk) in bits.iter_mut().zip(flags.chunks(8)) {
        *byte = chunk.iter().enumerate().fold(0, |b, (i, &on)| b | u8::from(on) << i);
    }
}

/// Scratch memory for a kernel's output whose values must still be moved to frame order or packed
/// into bits.
pub enum Scratch {
    F64(Numbers),
    I32(Vec<i32>),
    Bool(Vec<bool>),
}

impl Scratch {
    pub fn new(dtype: DType, rows: usize) -> Self {
        match dtype {
            DType::Float64 => Self::F64(ta_memory::numbers(rows)),
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
    /// The column's memory as the output of a kernel; `None` for events, because a kernel does not
    /// write them as bits.
    pub fn direct(&mut self) -> Option<Out<'_>> {
        match &mut self.values {
            OutValues::F64(v) => Some(Out::F64(v)),
            OutValues::I32(v) => Some(Out::I32(v)),
            OutValues::Bits(_) => None,
        }
    }

    /// The column's type.
    pub fn dtype(&self) -> DType {
        match self.values {
            OutValues::F64(_) => DType::Float64,
            OutValues::I32(_) => DType::Int32,
            OutValues::Bits(_) => DType::Boolean,
        }
    }

    /// Completes the column after the kernel calls: moves scratch values to their rows and sets
    /// the validity. The first `warm` and the last `ahead` rows of each group have no value. If
    /// `finite` is true, all other values are finite.
    pub fn finish(
        &mut self,
        scratch: Option<Scratch>,
        layout: &Layout,
        (warm, ahead): (usize, usize),
        finite: bool,
    ) {
        let valued = Spans { layout, warm, ahead };
        let rows = Rows { places: layout.places(), validity: self.validity };
        let valid = match (&mut self.values, scratch) {
            (OutValues::F64(v), None) => {
                let some = |range| if finite { None } else { mark_finite(range, v) };
                let valid = valued.mark(rows.validity, some);
                valued.clear_rest(v, 0.0);
                valid
            }
            (OutValues::I32(v), None) => {
                valued.clear_rest(v, 0);
                valued.mark(rows.validity, |_| None)
            }
            (OutValues::F64(v), Some(Scratch::F64(mut s))) => {
                valued.clear_rest(&mut s, f64::NAN);
                rows.spread(v, |k| s.get(k).copied().filter(|v| v.is_finite()))
            }
            (OutValues::I32(v), Some(Scratch::I32(s))) => {
                let has = valued.flags(s.len());
                rows.spread(v, |k| (has.get(k) == Some(&true)).then(|| s[k]))
            }
            (OutValues::Bits(v), Some(Scratch::Bool(s))) => {
                let has = valued.flags(s.len());
                rows.spread_bits(v, |k| (has.get(k) == Some(&true)).then(|| s[k]))
            }
            _ => unreachable!("the scratch memory has the type of the column"),
        };
        *self.null_count = self.rows - valid;
    }
}

/// The rows of a range with a finite value, or `None` if all values are finite. Sets other values
/// to 0.
fn mark_finite(range: Range<usize>, values: &mut [f64]) -> Option<Vec<usize>> {
    if all_finite(&values[range.clone()]) {
        return None;
    }
    let finite = range.clone().filter(|&row| values[row].is_finite()).collect();
    values[range].iter_mut().filter(|v| !v.is_finite()).for_each(|v| *v = 0.0);
    Some(finite)
}

/// Frame rows that are filled from kernel rows, eight at a time: one byte of validity.
struct Rows<'a> {
    places: Option<&'a [u32]>,
    validity: &'a mut [u8],
}

/// Rows that one thread fills at a time.
const PIECE: usize = 1 << 16;

impl Rows<'_> {
    /// Sets each row to the result of `of` for its kernel row. Returns the number of rows with a
    /// value.
    fn spread<T: Copy + Default + Send>(
        self,
        values: &mut [T],
        of: impl Fn(usize) -> Option<T> + Sync,
    ) -> usize {
        let places = self.places;
        let fill = |(piece, (values, validity)): (usize, (&mut [T], &mut [u8]))| -> usize {
            let eights = values.chunks_mut(8).zip(validity).enumerate();
            eights
                .map(|(eight, (values, byte))| {
                    let row = piece * PIECE + eight * 8;
                    *byte = 0;
                    for (bit, value) in values.iter_mut().enumerate() {
                        let found = of(places.map_or(row + bit, |p| p[row + bit] as usize));
                        *value = found.unwrap_or_default();
                        *byte |= u8::from(found.is_some()) << bit;
                    }
                    byte.count_ones() as usize
                })
                .sum()
        };
        if values.len() <= PIECE || width() < 2 {
            return fill((0, (values, self.validity)));
        }
        let pieces = values.par_chunks_mut(PIECE).zip(self.validity.par_chunks_mut(PIECE / 8));
        pieces.enumerate().map(fill).sum()
    }

    /// As [`Rows::spread`], for values packed into bits.
    fn spread_bits(self, bits: &mut [u8], of: impl Fn(usize) -> Option<bool> + Sync) -> usize {
        let (places, rows) = (self.places, self.places.map_or(usize::MAX, <[u32]>::len));
        let fill = |(eight, (bits, validity)): (usize, (&mut u8, &mut u8))| {
            (*bits, *validity) = (0, 0);
            for (bit, row) in (eight * 8..rows.min(eight * 8 + 8)).enumerate() {
                let found = of(places.map_or(row, |p| p[row] as usize));
                *bits |= u8::from(found == Some(true)) << bit;
                *validity |= u8::from(found.is_some()) << bit;
            }
            validity.count_ones() as usize
        };
        if bits.len() <= PIECE / 8 || width() < 2 {
            return bits.iter_mut().zip(self.validity).enumerate().map(fill).sum();
        }
        let bytes = bits.par_iter_mut().zip(self.validity).enumerate().with_min_len(PIECE / 8);
        bytes.map(fill).sum()
    }
}

fn set(bits: &mut [u8], row: usize) {
    bits[row / 8] |= 1 << (row % 8);
}

/// Sets the bits of all rows of a range and returns their number.
fn set_range(bits: &mut [u8], range: Range<usize>) -> usize {
    let (first, last) = (range.start.next_multiple_of(8).min(range.end), range.end / 8 * 8);
    let inner = first..last.max(first);
    bits[inner.start / 8..inner.end / 8].fill(0xff);
    for row in (range.start..inner.start).chain(inner.end..range.end) {
        set(bits, row);
    }
    range.len()
}

/// The kernel rows that have values: those between warm-up and look-ahead of each group.
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

    /// Sets the bits of the rows that `some` returns for each range, or of all its rows if `some`
    /// returns `None`. Returns the number of bits set.
    fn mark(
        &self,
        bits: &mut [u8],
        mut some: impl FnMut(Range<usize>) -> Option<Vec<usize>>,
    ) -> usize {
        bits.fill(0);
        let mut mark = |range: Range<usize>| match some(range.clone()) {
            None => set_range(bits, range),
            Some(rows) => rows.iter().map(|&row| set(bits, row)).count(),
        };
        self.ranges().map(&mut mark).sum()
    }

    /// One flag for each kernel row, true where it has a value.
    fn flags(&self, rows: usize) -> Vec<bool> {
        let mut flags = vec![false; rows];
        self.ranges().for_each(|range| flags[range].fill(true));
        flags
    }

    /// Writes `with` to the rows without a value, which a kernel need not write.
    fn clear_rest<T: Copy>(&self, values: &mut [T], with: T) {
        let mut from = 0;
        for range in self.ranges() {
            values[from..range.start].fill(with);
            from = range.end;
        }
        values[from..].fill(with);
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
            Scratch::F64(v) => {
                Computed::F64(v.iter().enumerate().map(|(r, &v)| valid(r).then_some(v)).collect())
            }
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
    fn ranges_of_bits_can_start_and_end_at_any_bit() {
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
