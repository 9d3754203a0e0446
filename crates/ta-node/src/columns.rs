//! One call over Arrow buffers of JavaScript, which the call borrows.

use napi::{
    bindgen_prelude::{TypedArray, Uint8ArraySlice},
    Result,
};
use napi_derive::napi;
use ta_arrow::{Borrowed, Piece, Place, Storage};

use crate::{evaluation::Evaluation, guard, reason};

/// A column whose buffers are borrowed; see [`Borrowed`].
#[napi(object, object_to_js = false)]
pub struct BorrowedColumn<'env> {
    /// Its name in error messages.
    pub name: String,
    /// How its values are stored; see [`Storage`].
    pub storage: String,
    /// The value of a constant column, or the scale of a decimal column.
    pub number: Option<f64>,
    /// Its pieces, in row order.
    pub pieces: Vec<BorrowedPiece<'env>>,
    /// The dictionaries that pieces may refer to.
    pub dictionaries: Option<Vec<BorrowedColumn<'env>>>,
}

/// Consecutive rows of a column; see [`Piece`].
#[napi(object, object_to_js = false)]
pub struct BorrowedPiece<'env> {
    /// Number of rows.
    pub rows: u32,
    /// The values.
    pub values: Option<TypedArray<'env>>,
    /// The position of the first row's bit, in `validity` and in Boolean values.
    pub first_bit: u32,
    /// The validity bitmap; nothing if every row has a value.
    pub validity: Option<TypedArray<'env>>,
    /// The start and end of each text.
    pub offsets: Option<TypedArray<'env>>,
    /// The buffers with the long texts of a column of views.
    pub heaps: Option<Vec<TypedArray<'env>>>,
    /// The index of the piece's dictionary.
    pub dictionary: Option<u32>,
}

/// The result of [`Evaluation::run_columns`]: where inputs and outputs are in memory.
#[napi(object, object_from_js = false)]
pub struct RunResult {
    /// The address from which the kernels have read each column.
    pub addresses: Vec<f64>,
    /// For each output memory, the three numbers of [`Place`] for each of its arrays.
    pub places: Vec<Vec<f64>>,
}

impl<'env> BorrowedColumn<'env> {
    fn read(self) -> Result<Borrowed<'env>> {
        let number = self.number.unwrap_or(0.0);
        let storage = Storage::named(&self.storage, number).map_err(reason)?;
        let dictionaries = self.dictionaries.unwrap_or_default();
        Ok(Borrowed {
            name: self.name,
            storage,
            pieces: self.pieces.into_iter().map(BorrowedPiece::read).collect(),
            dictionaries: dictionaries.into_iter().map(Self::read).collect::<Result<_>>()?,
        })
    }
}

impl<'env> BorrowedPiece<'env> {
    fn read(self) -> Piece<'env> {
        Piece {
            rows: self.rows as usize,
            values: bytes(self.values),
            first_bit: self.first_bit as usize,
            validity: self.validity.map(|bits| bytes(Some(bits))),
            offsets: bytes(self.offsets),
            heaps: self.heaps.unwrap_or_default().into_iter().map(|h| bytes(Some(h))).collect(),
            dictionary: self.dictionary.map(|index| index as usize),
        }
    }
}

fn bytes(array: Option<TypedArray<'_>>) -> &[u8] {
    array.map_or(&[], |array| {
        let bytes: &[u8] = &array.arraybuffer;
        // SAFETY: the array is an argument of the call, so JavaScript keeps it until the call
        // returns, and `'env` does not outlive the call. No JavaScript runs on this thread until
        // then, so nothing can detach, resize or write to the buffer. Of memory that other threads
        // share, `plugin/src/arrow/chunks.ts` passes a copy.
        unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) }
    })
}

#[napi]
impl Evaluation {
    /// Computes all rounds. `partitions` holds the key columns of each partition, `memories` the
    /// output memory of each round. The call borrows all of them.
    #[napi]
    pub fn run_columns(
        &self,
        columns: Vec<BorrowedColumn<'_>>,
        partitions: Vec<Vec<BorrowedColumn<'_>>>,
        mut memories: Vec<Uint8ArraySlice<'_>>,
    ) -> Result<RunResult> {
        guard(|| {
            // SAFETY: `plugin/src/arrow` allocates each memory for this call alone, so no input and
            // no other output overlaps with it, and no JavaScript can use it before the call
            // returns.
            let memories = memories.iter_mut().map(|memory| unsafe { memory.as_mut() }).collect();
            let partitions = partitions.into_iter().map(read).collect::<Result<Vec<_>>>()?;
            let ran = self.shared()?.planned().run_borrowed(&read(columns)?, &partitions, memories);
            let ran = ran.map_err(reason)?;
            Ok(RunResult {
                addresses: ran.addresses.into_iter().map(|address| address as f64).collect(),
                places: ran.places.into_iter().map(numbers).collect(),
            })
        })
    }
}

fn read<'env>(columns: Vec<BorrowedColumn<'env>>) -> Result<Vec<Borrowed<'env>>> {
    columns.into_iter().map(BorrowedColumn::read).collect()
}

fn numbers(places: Vec<Place>) -> Vec<f64> {
    let numbers = |place: Place| [place.validity, place.values, place.nulls].map(|n| n as f64);
    places.into_iter().flat_map(numbers).collect()
}
