//! Groups of rows with equal keys.

use foldhash::{HashMap, HashMapExt};

use crate::{
    columns::{values, with_number, Borrowed, Piece},
    storage::Storage,
    ExchangeError,
};

/// A value that is only compared for equality.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Key<'a> {
    Word(u64),
    Text(&'a [u8]),
}

/// For each row, the first row with the same values in all of `columns`. As in polars, null equals
/// null, NaN equals NaN, and zero equals negative zero.
///
/// # Errors
/// See [`Borrowed::check`]; or an offset or an index is out of bounds.
pub fn first_rows(columns: &[Borrowed<'_>]) -> Result<Vec<u32>, ExchangeError> {
    let mut columns = columns.iter().map(first_rows_of);
    let mut first = columns.next().unwrap_or_else(|| Ok(Vec::new()))?;
    for next in columns {
        let mut seen = Seen::default();
        for (row, (first, next)) in first.iter_mut().zip(next?).enumerate() {
            *first = seen.first_row((*first, next), row);
        }
    }
    Ok(first)
}

/// The keys of the rows so far, and the first row of each.
struct Seen<K> {
    first: HashMap<K, u32>,
    /// The key of the last row.
    last: Option<(K, u32)>,
}

impl<K> Default for Seen<K> {
    fn default() -> Self {
        Self { first: HashMap::new(), last: None }
    }
}

impl<K: Copy + Eq + std::hash::Hash> Seen<K> {
    fn first_row(&mut self, key: K, row: usize) -> u32 {
        // Rows of a group are often adjacent, so this often saves a look-up.
        if let Some((last, first)) = self.last {
            if last == key {
                return first;
            }
        }
        let first = *self.first.entry(key).or_insert(row as u32);
        self.last = Some((key, first));
        first
    }
}

fn first_rows_of(column: &Borrowed<'_>) -> Result<Vec<u32>, ExchangeError> {
    column.check()?;
    let dictionaries: Vec<_> = column.dictionaries.iter().map(keys).collect::<Result<_, _>>()?;
    let mut seen = Seen::default();
    let mut first = Vec::with_capacity(column.rows().unwrap_or(0));
    for piece in &column.pieces {
        let key = reader(column, piece, &dictionaries)?;
        for row in 0..piece.rows {
            let key =
                if piece.is_valid(row) { key(row).ok_or_else(|| outside(column))? } else { None };
            first.push(seen.first_row(key, first.len()));
        }
    }
    Ok(first)
}

/// The keys of all values of a dictionary, which may include null.
fn keys<'a>(column: &'a Borrowed<'_>) -> Result<Vec<Option<Key<'a>>>, ExchangeError> {
    let mut keys = Vec::with_capacity(column.rows().unwrap_or(0));
    for piece in &column.pieces {
        let key = reader(column, piece, &[])?;
        for row in 0..piece.rows {
            keys.push(if piece.is_valid(row) {
                key(row).ok_or_else(|| outside(column))?
            } else {
                None
            });
        }
    }
    Ok(keys)
}

fn outside(column: &Borrowed<'_>) -> ExchangeError {
    ExchangeError::Outside { column: column.name.clone() }
}

/// Reads the key of a row that is valid. Returns `None` if the row points outside of its buffers,
/// and `Some(None)` if its key is null.
type Reader<'a> = Box<dyn Fn(usize) -> Option<Option<Key<'a>>> + 'a>;

#[allow(clippy::unnecessary_cast, reason = "one of the number types is the one wanted")]
fn reader<'a>(
    column: &'a Borrowed<'_>,
    piece: &'a Piece<'_>,
    dictionaries: &'a [Vec<Option<Key<'a>>>],
) -> Result<Reader<'a>, ExchangeError> {
    if let Some(index) = piece.dictionary {
        let dictionary = dictionaries.get(index).ok_or_else(|| outside(column))?;
        return with_number!(column.storage, T => Ok(Box::new(move |row| {
            let index = at::<T>(piece.values, row)?;
            dictionary.get(usize::try_from(index as i64).ok()?).copied()
        })), _ => Err(outside(column)));
    }
    Ok(match column.storage {
        Storage::Utf8 => Box::new(move |row| text::<i32>(piece, row)),
        Storage::LargeUtf8 => Box::new(move |row| text::<i64>(piece, row)),
        Storage::Utf8View => Box::new(move |row| view(piece, row)),
        Storage::Bool => Box::new(move |row| Some(Some(Key::Word(u64::from(piece.flag(row)))))),
        Storage::Decimal(_) => {
            Box::new(move |row| Some(Some(Key::Text(piece.values.get(row * 16..row * 16 + 16)?))))
        }
        Storage::Null | Storage::Constant(_) => Box::new(|_| Some(None)),
        Storage::Float32 => Box::new(move |row| real(at::<f32>(piece.values, row)?.into())),
        Storage::Float64 => Box::new(move |row| real(at::<f64>(piece.values, row)?)),
        whole => with_number!(whole, T => Box::new(move |row| {
            Some(Some(Key::Word(at::<T>(piece.values, row)? as u64)))
        }), _ => return Err(outside(column))),
    })
}

fn at<T: bytemuck::Pod>(bytes: &[u8], row: usize) -> Option<T> {
    values(bytes.get(row * size_of::<T>()..)?).next()
}

fn real<'a>(value: f64) -> Option<Option<Key<'a>>> {
    let value = if value.is_nan() { f64::NAN } else { value + 0.0 };
    Some(Some(Key::Word(value.to_bits())))
}

fn text<'a, O: bytemuck::Pod + TryInto<usize>>(
    piece: &'a Piece<'_>,
    row: usize,
) -> Option<Option<Key<'a>>> {
    let start = at::<O>(piece.offsets, row)?.try_into().ok()?;
    let end = at::<O>(piece.offsets, row + 1)?.try_into().ok()?;
    Some(Some(Key::Text(piece.values.get(start..end)?)))
}

/// The most bytes of a text that a view holds itself.
const MAX_INLINE: usize = 12;

fn view<'a>(piece: &'a Piece<'_>, row: usize) -> Option<Option<Key<'a>>> {
    let view = piece.values.get(row * 16..row * 16 + 16)?;
    let word = |index: usize| usize::try_from(at::<i32>(view, index)?).ok();
    let len = word(0)?;
    if len <= MAX_INLINE {
        return Some(Some(Key::Text(&view[4..4 + len])));
    }
    let (heap, start) = (piece.heaps.get(word(2)?)?, word(3)?);
    Some(Some(Key::Text(heap.get(start..start.checked_add(len)?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::columns::tests::{borrowed, masked, piece};

    fn words<'a>(offsets: &'a [i32], text: &'a [u8]) -> Piece<'a> {
        let mut piece = piece(offsets.len() - 1, text);
        piece.offsets = bytemuck::cast_slice(offsets);
        piece
    }

    #[test]
    fn equal_texts_in_different_pieces_are_one_key() {
        let second = masked(words(&[2, 4, 5, 5], b"xxabb"), &[0b0001_1000], 3);
        let column = borrowed(Storage::Utf8, vec![words(&[0, 2, 2, 3], b"abb"), second]);
        assert_eq!(first_rows(&[column]).unwrap(), [0, 1, 2, 0, 2, 5]);
    }

    #[test]
    fn dictionaries_are_compared_by_their_values() {
        let (codes, others) = ([0u8, 1, 0], [0u8, 1, 2]);
        let mut pieces = vec![piece(3, &codes), piece(3, &others)];
        (pieces[0].dictionary, pieces[1].dictionary) = (Some(0), Some(1));
        let mut column = borrowed(Storage::UInt8, pieces);
        let second = masked(words(&[0, 1, 2, 3], b"baz"), &[0b011], 0);
        column.dictionaries = vec![
            borrowed(Storage::Utf8, vec![words(&[0, 1, 2], b"ab")]),
            borrowed(Storage::Utf8, vec![second]),
        ];
        assert_eq!(first_rows(&[column]).unwrap(), [0, 1, 0, 1, 0, 5]);
    }

    #[test]
    fn views_hold_short_texts_and_point_to_long_ones() {
        let long = b"__a text of more than twelve bytes";
        let mut views = [0i32; 12];
        views[..2].copy_from_slice(&[2, i32::from_ne_bytes(*b"ab\0\0")]);
        views[4..8].copy_from_slice(&[32, 0, 0, 2]);
        views[8..].copy_from_slice(&[32, 0, 0, 2]);
        let mut piece = piece(3, bytemuck::cast_slice(&views));
        piece.heaps = vec![long];
        let mut column = borrowed(Storage::Utf8View, vec![piece]);
        assert_eq!(first_rows(std::slice::from_ref(&column)).unwrap(), [0, 1, 1]);
        column.pieces[0].heaps.clear();
        assert!(first_rows(&[column]).is_err());
    }

    #[test]
    fn equality_of_numbers_is_that_of_polars() {
        let numbers = [0.0, f64::NAN, -0.0, -f64::NAN, 1.0];
        let reals = borrowed(Storage::Float64, vec![piece(5, bytemuck::cast_slice(&numbers))]);
        assert_eq!(first_rows(&[reals]).unwrap(), [0, 1, 0, 1, 4]);
        let flags = borrowed(Storage::Bool, vec![piece(5, &[0b01101])]);
        assert_eq!(first_rows(&[flags]).unwrap(), [0, 1, 0, 0, 1]);
    }

    #[test]
    fn several_columns_are_one_key() {
        let (a, b) = ([1i32, 1, 2, 2, 1], [7u64, 8, 7, 7, 7]);
        let a = borrowed(Storage::Int32, vec![piece(5, bytemuck::cast_slice(&a))]);
        let b = borrowed(Storage::UInt64, vec![piece(5, bytemuck::cast_slice(&b))]);
        assert_eq!(first_rows(&[a, b]).unwrap(), [0, 1, 2, 2, 0]);
    }

    #[test]
    fn an_index_or_offset_out_of_bounds_is_refused() {
        let mut column = borrowed(Storage::Int8, vec![piece(1, &[3])]);
        column.pieces[0].dictionary = Some(0);
        column.dictionaries = vec![borrowed(Storage::Utf8, vec![words(&[0, 1], b"a")])];
        assert!(first_rows(&[column]).is_err());
        for offsets in [[0, 9], [1, 0], [-1, 1]] {
            assert!(first_rows(&[borrowed(Storage::Utf8, vec![words(&offsets, b"a")])]).is_err());
        }
    }
}
