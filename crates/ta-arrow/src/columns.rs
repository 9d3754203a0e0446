//! Columns whose Arrow buffers are borrowed from the caller.

use bytemuck::Pod;
use ta_engine::{map_all, Column};

use crate::{storage::Storage, ExchangeError};

/// A column whose buffers are borrowed, in one or more pieces.
pub struct Borrowed<'a> {
    /// Its name in error messages.
    pub name: String,
    /// How its values, or the indices into its dictionaries, are stored.
    pub storage: Storage,
    /// Its pieces, in row order.
    pub pieces: Vec<Piece<'a>>,
    /// The dictionaries that pieces may refer to.
    pub dictionaries: Vec<Borrowed<'a>>,
}

/// Consecutive rows of a column, in buffers as Arrow lays them out.
pub struct Piece<'a> {
    /// The number of rows.
    pub rows: usize,
    /// The values, starting with the first row. For [`Storage::Bool`] and text this is the whole
    /// buffer, and `first_bit` or `offsets` point into it.
    pub values: &'a [u8],
    /// The position of the first row's bit, in `validity` and in the values of [`Storage::Bool`].
    pub first_bit: usize,
    /// The validity bitmap: a bit for each row, 0 if the row is null; `None` if no row is null.
    pub validity: Option<&'a [u8]>,
    /// The start and the end of the text of each row.
    pub offsets: &'a [u8],
    /// The buffers with the long texts of [`Storage::Utf8View`].
    pub heaps: Vec<&'a [u8]>,
    /// The index of the dictionary that has the values, if the stored values are indices.
    pub dictionary: Option<usize>,
}

/// Runs `$body` with the number type of a storage as `$t`, or `$other` if the storage has none.
macro_rules! with_number {
    ($storage:expr, $t:ident => $body:expr, _ => $other:expr) => {
        match $storage {
            Storage::Int8 => {
                type $t = i8;
                $body
            }
            Storage::Int16 => {
                type $t = i16;
                $body
            }
            Storage::Int32 => {
                type $t = i32;
                $body
            }
            Storage::Int64 => {
                type $t = i64;
                $body
            }
            Storage::UInt8 => {
                type $t = u8;
                $body
            }
            Storage::UInt16 => {
                type $t = u16;
                $body
            }
            Storage::UInt32 => {
                type $t = u32;
                $body
            }
            Storage::UInt64 => {
                type $t = u64;
                $body
            }
            Storage::Float32 => {
                type $t = f32;
                $body
            }
            Storage::Float64 => {
                type $t = f64;
                $body
            }
            _ => $other,
        }
    };
}
pub(crate) use with_number;

impl<'a> Borrowed<'a> {
    /// The number of rows; `None` for a constant, which has any number of rows.
    pub fn rows(&self) -> Option<usize> {
        let all = || self.pieces.iter().map(|piece| piece.rows).sum();
        (!matches!(self.storage, Storage::Constant(_))).then(all)
    }

    /// Checks that every buffer is long enough for its rows.
    ///
    /// # Errors
    /// A buffer is too short, for example because JavaScript has transferred it.
    pub fn check(&self) -> Result<(), ExchangeError> {
        for piece in &self.pieces {
            let bits = (piece.first_bit + piece.rows).div_ceil(8);
            let offset_bytes = self.storage.offset_bytes();
            let needed = [
                (
                    piece.values,
                    if self.storage == Storage::Bool {
                        bits
                    } else {
                        piece.rows * self.storage.bytes()
                    },
                ),
                (piece.offsets, if piece.rows > 0 { (piece.rows + 1) * offset_bytes } else { 0 }),
                (
                    piece.validity.unwrap_or_default(),
                    if piece.validity.is_some() { bits } else { 0 },
                ),
            ];
            for (bytes, wanted) in needed {
                if bytes.len() < wanted {
                    let (column, has) = (self.name.clone(), bytes.len());
                    return Err(ExchangeError::Short { column, has, wanted });
                }
            }
        }
        self.dictionaries.iter().try_for_each(Borrowed::check)
    }

    /// The column as numbers: read in place if it is one piece of Float64, converted otherwise.
    ///
    /// # Errors
    /// See [`Borrowed::check`]; or the column is text.
    pub fn numbers(&self, rows: usize) -> Result<Column<'a>, ExchangeError> {
        self.check()?;
        if let (Storage::Float64, [piece]) = (self.storage, &self.pieces[..]) {
            let values = &piece.values[..piece.rows * size_of::<f64>()];
            if let Ok(values) = bytemuck::try_cast_slice::<u8, f64>(values) {
                let validity = piece.validity.map(|bits| (bits, piece.first_bit));
                return Ok(Column::new(&self.name, values, validity));
            }
        }
        let mut numbers = ta_memory::numbers(rows);
        if let Storage::Constant(number) = self.storage {
            numbers.fill(number);
            return Ok(Column::new(&self.name, numbers, None));
        }
        let mut rest = &mut numbers[..];
        let pieces = self.pieces.iter().map(|piece| {
            let (out, others) = std::mem::take(&mut rest).split_at_mut(piece.rows);
            rest = others;
            (out, piece)
        });
        let longest = self.pieces.iter().map(|piece| piece.rows).max().unwrap_or(0);
        let done = map_all(pieces.collect(), longest, |(out, piece)| {
            piece.convert(self.storage, out).map(|()| piece.write_nan_to_nulls(out))
        });
        let refused = || ExchangeError::Shape(format!("has no numbers in column {:?}", self.name));
        done.into_iter().collect::<Option<()>>().ok_or_else(refused)?;
        Ok(Column::new(&self.name, numbers, None))
    }
}

impl Storage {
    /// The bytes of one row's value; 0 if values do not have a fixed number of bytes.
    fn bytes(self) -> usize {
        with_number!(self, T => size_of::<T>(), _ => match self {
            Self::Decimal(_) | Self::Utf8View => size_of::<i128>(),
            _ => 0,
        })
    }

    fn offset_bytes(self) -> usize {
        match self {
            Self::Utf8 => size_of::<i32>(),
            Self::LargeUtf8 => size_of::<i64>(),
            _ => 0,
        }
    }
}

/// Reads values at any address: JavaScript may pass buffers that are not aligned to the type.
pub(crate) fn values<T: Pod>(bytes: &[u8]) -> impl Iterator<Item = T> + '_ {
    bytes.chunks_exact(size_of::<T>()).map(bytemuck::pod_read_unaligned)
}

fn bit(bits: &[u8], at: usize) -> bool {
    bits[at / 8] >> (at % 8) & 1 == 1
}

impl Piece<'_> {
    /// Whether a row has a value.
    pub(crate) fn is_valid(&self, row: usize) -> bool {
        self.validity.is_none_or(|bits| bit(bits, self.first_bit + row))
    }

    /// The bit of a row of [`Storage::Bool`].
    pub(crate) fn flag(&self, row: usize) -> bool {
        bit(self.values, self.first_bit + row)
    }

    #[allow(clippy::unnecessary_cast, reason = "one of the number types is the one wanted")]
    fn convert(&self, storage: Storage, out: &mut [f64]) -> Option<()> {
        fn put(out: &mut [f64], values: impl Iterator<Item = f64>) {
            out.iter_mut().zip(values).for_each(|(out, value)| *out = value);
        }
        if self.dictionary.is_some() {
            return None;
        }
        with_number!(storage, T => put(out, values::<T>(self.values).map(|v| v as f64)), _ => match storage {
            Storage::Bool => put(out, (0..self.rows).map(|row| f64::from(u8::from(self.flag(row))))),
            Storage::Decimal(scale) => {
                let unit = 10f64.powi(scale);
                put(out, values::<i128>(self.values).map(|v| v as f64 / unit));
            }
            Storage::Null => out.fill(f64::NAN),
            _ => return None,
        });
        Some(())
    }

    /// Writes NaN, which every indicator takes as missing, to rows without a value.
    fn write_nan_to_nulls(&self, out: &mut [f64]) {
        if self.validity.is_some() {
            for (row, out) in out.iter_mut().enumerate() {
                if !self.is_valid(row) {
                    *out = f64::NAN;
                }
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn piece(rows: usize, values: &[u8]) -> Piece<'_> {
        let heaps = Vec::new();
        Piece { rows, values, first_bit: 0, validity: None, offsets: &[], heaps, dictionary: None }
    }

    /// The piece with a validity bitmap, whose first row is at `first_bit`.
    pub(crate) fn masked<'a>(piece: Piece<'a>, bits: &'a [u8], first_bit: usize) -> Piece<'a> {
        Piece { validity: Some(bits), first_bit, ..piece }
    }

    pub(crate) fn borrowed(storage: Storage, pieces: Vec<Piece<'_>>) -> Borrowed<'_> {
        Borrowed { name: "x".to_owned(), storage, pieces, dictionaries: Vec::new() }
    }

    #[test]
    fn one_piece_of_float64_is_read_in_place() {
        let numbers = [1.0, 2.0, 3.0];
        let one = masked(piece(3, bytemuck::cast_slice(&numbers)), &[0b1010_0000], 5);
        let column = borrowed(Storage::Float64, vec![one]).numbers(3).unwrap();
        assert_eq!(column.values().as_ptr(), numbers.as_ptr());
        assert_eq!(column.missing().unwrap(), [false, true, false]);
    }

    #[test]
    fn other_columns_are_converted() {
        let (a, b) = ([1i16, -2, 3], [4i16]);
        let first = masked(piece(3, bytemuck::cast_slice(&a)), &[0xff, 0b01], 7);
        let pieces = vec![first, piece(1, bytemuck::cast_slice(&b))];
        let column = borrowed(Storage::Int16, pieces).numbers(4).unwrap();
        assert_eq!(column.missing().unwrap(), [false, false, true, false]);
        assert_eq!([column.values()[0], column.values()[1], column.values()[3]], [1.0, -2.0, 4.0]);

        let mut flags = piece(3, &[0b1000_0000, 0b10]);
        flags.first_bit = 7;
        let flags = borrowed(Storage::Bool, vec![flags]).numbers(3).unwrap();
        assert_eq!(flags.values(), [1.0, 0.0, 1.0]);
        let cents = borrowed(Storage::Decimal(2), vec![piece(1, bytemuck::bytes_of(&-1250i128))])
            .numbers(1);
        assert_eq!(cents.unwrap().values(), [-12.5]);
        assert_eq!(
            borrowed(Storage::Constant(3.0), vec![]).numbers(2).unwrap().values(),
            [3.0, 3.0]
        );
        assert_eq!(
            borrowed(Storage::Null, vec![piece(1, &[])]).numbers(1).unwrap().missing(),
            Some(&[true][..])
        );
    }

    #[test]
    fn an_unaligned_buffer_is_copied() {
        let mut bytes = [0u8; 17];
        let at = bytes.as_ptr().align_offset(8) + 1;
        let bytes = &mut bytes[if at + 8 > 17 { 1 } else { at }..][..8];
        bytes.copy_from_slice(&2.5f64.to_ne_bytes());
        assert_eq!(
            borrowed(Storage::Float64, vec![piece(1, bytes)]).numbers(1).unwrap().values(),
            [2.5]
        );
    }

    #[test]
    fn buffers_that_are_too_short_are_refused() {
        let short = borrowed(Storage::Float64, vec![piece(3, &[])]).numbers(3).err().unwrap();
        assert_eq!(
            short.to_string(),
            "column \"x\" has a buffer of 0 bytes where its rows need 24; was it transferred elsewhere?"
        );
        let bits = masked(piece(1, &[1]), &[1], 8);
        assert!(borrowed(Storage::Int8, vec![bits]).numbers(1).is_err());
        let mut text = piece(1, b"a");
        text.offsets = &[0; 4];
        assert!(borrowed(Storage::Utf8, vec![text]).check().is_err());
    }
}
