//! Columns of the host as chunks whose buffers have been checked as far as that is possible: the
//! C data interface does not say how long buffers are.

use std::{
    ffi::{c_char, c_void, CStr},
    slice,
};

use ta_arrow::{Piece, Storage};

use super::layout::{ArrowArray, ArrowSchema, SeriesExport};
use crate::{
    columns::{Chunk, Input},
    dtypes::DICTIONARY,
};

/// A column that belongs to this library. Dropping it releases its arrays.
pub struct Series {
    name: String,
    format: String,
    chunks: Vec<Owned>,
}

/// An array that belongs to this library. Dropping it releases it.
struct Owned(ArrowArray);

impl Drop for Owned {
    fn drop(&mut self) {
        if let Some(release) = self.0.release {
            // SAFETY: the producer gave this callback for this struct, which was moved here and
            // has not been released, because the callback is still there. Every slice of its
            // buffers borrows `self`, so none exists any more.
            unsafe { release(&mut self.0) }
        }
    }
}

/// Takes the columns that polars passes to a call. They then belong to the caller of this function,
/// even those after one that cannot be used.
///
/// # Safety
/// `columns` points to `count` columns as polars makes them: `field` and `arrays` point to a schema
/// and to `len` arrays, each with what it points to, until its release callback is called. Nobody
/// else uses them.
pub unsafe fn take(columns: *const SeriesExport, count: usize) -> Result<Vec<Series>, String> {
    if columns.is_null() || count == 0 {
        return Ok(Vec::new());
    }
    // SAFETY: the caller promises that there are `count` columns and that nobody else uses them.
    // Polars' ABI declares them constant, but passes memory that it owns and then forgets.
    let columns = unsafe { slice::from_raw_parts_mut(columns.cast_mut(), count) };
    // All columns are taken before the first error is returned, so that all are released.
    let taken: Vec<Result<Series, String>> = columns
        .iter_mut()
        // SAFETY: the caller promises it for each column.
        .map(|column| unsafe { take_one(column) })
        .collect();
    taken.into_iter().collect()
}

/// # Safety
/// See [`take`], for one column.
unsafe fn take_one(column: &mut SeriesExport) -> Result<Series, String> {
    let count = if column.arrays.is_null() { 0 } else { column.len };
    let mut chunks = Vec::with_capacity(count);
    for index in 0..count {
        // SAFETY: the caller promises `len` pointers to arrays.
        let array = unsafe { *column.arrays.add(index) };
        if !array.is_null() {
            // SAFETY: the pointer is not null, so it points to an array, which nobody else uses.
            // What is left in its place has no release callback, so that it is released only once.
            chunks.push(Owned(unsafe { array.replace(ArrowArray::empty()) }));
        }
    }
    // SAFETY: the caller promises that a field that is not null is a schema.
    let field = unsafe { column.field.as_ref() };
    // SAFETY: the same promise holds for what it points to.
    let described = field.map(|field| unsafe { describe(field) });
    if let Some(release) = column.release {
        // SAFETY: the callback belongs to this column and has not been called, because it is still
        // there. Nothing borrows from the field: `describe` has copied its texts.
        unsafe { release(column) }
    }
    column.release = None;
    let (name, format) = described.ok_or("polars passed a column without a type")?;
    Ok(Series { name, format, chunks })
}

/// The name and the format of a schema.
///
/// # Safety
/// The schema's texts are null or end with a zero byte.
pub unsafe fn describe(field: &ArrowSchema) -> (String, String) {
    let text = |text: *const c_char| {
        // SAFETY: the text is not null here, and the caller promises that it ends with zero.
        let text = (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) });
        text.map_or_else(String::new, |text| text.to_string_lossy().into_owned())
    };
    let format =
        if field.dictionary.is_null() { text(field.format) } else { DICTIONARY.to_owned() };
    (text(field.name), format)
}

impl Series {
    /// The column, borrowed for a call.
    pub fn input(&self) -> Input<'_> {
        let chunks = self.chunks.iter().map(|chunk| chunk as &dyn Chunk).collect();
        Input { name: &self.name, format: &self.format, chunks }
    }
}

/// The most bytes that a slice can have.
const MAX_BYTES: usize = isize::MAX as usize;

impl Chunk for Owned {
    fn rows(&self) -> usize {
        // A negative length is refused in `piece`, which is called for every chunk.
        usize::try_from(self.0.length).unwrap_or(0)
    }

    fn piece(&self, storage: Storage) -> Result<Piece<'_>, String> {
        let array = &self.0;
        let size = |what: &str, number: i64| {
            usize::try_from(number).map_err(|_| format!("has an array with {what} {number}"))
        };
        let rows = size("the length", array.length)?;
        let first = size("the offset", array.offset)?;
        if array.release.is_none() {
            return Err("has an array that has been released".to_owned());
        }
        if array.n_children != 0 || !array.dictionary.is_null() {
            return Err("has an array with children, which its type does not have".to_owned());
        }
        let end = first.checked_add(rows).filter(|&end| end <= MAX_BYTES / 16);
        let end = end.ok_or_else(|| format!("has an array of {rows} rows after {first} others"))?;
        let piece = |values, validity, first_bit| {
            let (offsets, heaps): (&[u8], _) = (&[], Vec::new());
            Piece { rows, values, first_bit, validity, offsets, heaps, dictionary: None }
        };
        if storage == Storage::Null || rows == 0 {
            return Ok(piece(&[], None, 0));
        }
        if array.n_buffers != 2 {
            let count = array.n_buffers;
            return Err(format!("has an array with {count} buffers, where its type has 2"));
        }
        let bits = end.div_ceil(8);
        let values = match storage {
            Storage::Bool => self.buffer(1, 0, bits)?,
            _ => {
                let width = width(storage).ok_or("has a type that no indicator reads")?;
                self.buffer(1, first * width, rows * width)?
            }
        };
        let values = values.ok_or("has an array without values")?;
        let validity = self.buffer(0, 0, bits)?;
        if validity.is_none() && array.null_count > 0 {
            let nulls = array.null_count;
            return Err(format!("has an array with {nulls} nulls that does not say which"));
        }
        Ok(piece(values, validity, first))
    }
}

impl Owned {
    /// `len` bytes of a buffer from byte `start` on; `None` if there is no such buffer.
    fn buffer(&self, index: usize, start: usize, len: usize) -> Result<Option<&[u8]>, String> {
        let buffers = self.0.buffers;
        if buffers.is_null() {
            return Err("has an array without buffers".to_owned());
        }
        // SAFETY: `buffers` is not null, so it points to `n_buffers` pointers, which is 2 here.
        let buffer: *const c_void = unsafe { *buffers.add(index) };
        if buffer.is_null() {
            return Ok(None);
        }
        // Neither the buffer nor its end may leave the address space.
        let fits = (buffer as usize).checked_add(start).and_then(|at| at.checked_add(len));
        fits.filter(|_| len <= MAX_BYTES).ok_or("has an array with a buffer that is too long")?;
        // SAFETY: the producer promises that the buffer has the values, or bits, of `offset` plus
        // `length` rows; the bytes from `start` on are within them, and have no gap. They are
        // read as bytes, so any address is aligned. They stay as they are until the array is
        // released, which happens when `self` is dropped, and the slice borrows `self`.
        Ok(Some(unsafe { slice::from_raw_parts(buffer.cast::<u8>().add(start), len) }))
    }
}

/// The bytes of one row.
fn width(storage: Storage) -> Option<usize> {
    Some(match storage {
        Storage::Int8 | Storage::UInt8 => 1,
        Storage::Int16 | Storage::UInt16 => 2,
        Storage::Int32 | Storage::UInt32 | Storage::Float32 => 4,
        Storage::Int64 | Storage::UInt64 | Storage::Float64 => 8,
        Storage::Decimal(_) => 16,
        _ => return None,
    })
}
