//! Input columns as numbers for the engine.

use ta_arrow::{Borrowed, Piece, Storage};
use ta_core::meta::SlotKind;
use ta_engine::Column;

use crate::dtypes;

/// One input column of a call, in as many chunks as the host has.
pub struct Input<'a> {
    /// Its name in messages.
    pub name: &'a str,
    /// Its type, as Arrow's C data interface writes it, or [`dtypes::DICTIONARY`].
    pub format: &'a str,
    /// Its chunks, in row order.
    pub chunks: Vec<&'a dyn Chunk>,
}

/// Consecutive rows of a column, whose buffers have not been looked at.
pub trait Chunk {
    /// The number of rows.
    fn rows(&self) -> usize;

    /// The rows, read as values of this type.
    ///
    /// # Errors
    /// A sentence: the buffers cannot be those of such values.
    fn piece(&self, storage: Storage) -> Result<Piece<'_>, String>;
}

impl Input<'_> {
    /// The number of rows of all chunks.
    pub fn rows(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.rows()).sum()
    }
}

/// The column as numbers. A column of one row is repeated `rows` times. Messages call it `name`.
pub fn numbers<'a>(
    input: &Input<'a>,
    name: &str,
    kind: SlotKind,
    rows: usize,
) -> Result<Column<'a>, String> {
    let storage = dtypes::storage(name, input.format, kind)?;
    let pieces = input.chunks.iter().map(|chunk| chunk.piece(storage)).collect::<Result<_, _>>();
    let pieces: Vec<Piece<'_>> = pieces.map_err(|what| format!("column {name:?} {what}"))?;
    let own = input.rows();
    let read = |storage, pieces, rows| {
        let name = name.to_owned();
        let borrowed = Borrowed { name, storage, pieces, dictionaries: Vec::new() };
        borrowed.numbers(rows).map_err(|e| e.to_string())
    };
    let column = read(storage, pieces.into_iter().map(without_full_validity).collect(), own)?;
    if own == rows || own != 1 {
        // The engine refuses columns of different lengths.
        return Ok(column);
    }
    let value = if column.missing().is_some() { f64::NAN } else { column.values()[0] };
    read(Storage::Constant(value), Vec::new(), rows)
}

/// Without a bitmap that marks no row as null, so that nobody reads it row by row. The host's own
/// count of nulls is no help: it may be unknown.
fn without_full_validity(piece: Piece<'_>) -> Piece<'_> {
    let is_full = |bits: &[u8]| {
        let rows = piece.first_bit..piece.first_bit + piece.rows;
        let (first, last) = (rows.start.div_ceil(8), rows.end / 8);
        let edges = (rows.start..rows.end.min(first * 8)).chain(rows.start.max(last * 8)..rows.end);
        bits[first.min(last)..last].iter().all(|&byte| byte == 0xff)
            && edges.into_iter().all(|bit| bits[bit / 8] >> (bit % 8) & 1 == 1)
    };
    let validity = piece.validity.filter(|bits| !is_full(bits));
    Piece { validity, ..piece }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn masked(bits: &[u8], first_bit: usize, rows: usize) -> Piece<'_> {
        let (offsets, heaps): (&[u8], _) = (&[], Vec::new());
        let validity = Some(bits);
        Piece { rows, values: &[], first_bit, validity, offsets, heaps, dictionary: None }
    }

    #[test]
    fn a_bitmap_without_nulls_is_left_out() {
        for first in 0..20 {
            for rows in 0..40 {
                let mut bits = [0u8; 8];
                (first..first + rows).for_each(|bit| bits[bit / 8] |= 1 << (bit % 8));
                assert!(without_full_validity(masked(&bits, first, rows)).validity.is_none());
                for null in first..first + rows {
                    let mut bits = bits;
                    bits[null / 8] &= !(1 << (null % 8));
                    let kept = without_full_validity(masked(&bits, first, rows)).validity;
                    assert!(kept.is_some(), "{first} {rows} {null}");
                }
            }
        }
    }
}
