//! One call over Arrow buffers of JavaScript, which the call borrows.

use napi::{
    bindgen_prelude::{TypedArray, Uint8ArraySlice},
    Result,
};
use napi_derive::napi;
use ta_arrow::{first_rows, Borrowed, Output, Piece, Place, Storage};
use ta_engine::{Frame, Partition};

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
        let storage = storage(&self.storage, number)
            .ok_or_else(|| reason(format!("no column is stored as {:?}", self.storage)))?;
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
        // then, so nothing can detach, resize or write to the buffer. Only a SharedArrayBuffer can
        // be written by another thread; `docs/arrow.md` tells the user what such a call reads.
        unsafe { std::slice::from_raw_parts(bytes.as_ptr(), bytes.len()) }
    })
}

fn storage(name: &str, number: f64) -> Option<Storage> {
    Some(match name {
        "Constant" => Storage::Constant(number),
        "Null" => Storage::Null,
        "Bool" => Storage::Bool,
        "Int8" => Storage::Int8,
        "Int16" => Storage::Int16,
        "Int32" => Storage::Int32,
        "Int64" => Storage::Int64,
        "Uint8" => Storage::UInt8,
        "Uint16" => Storage::UInt16,
        "Uint32" => Storage::UInt32,
        "Uint64" => Storage::UInt64,
        "Float32" => Storage::Float32,
        "Float64" => Storage::Float64,
        "Decimal" => Storage::Decimal(number as i32),
        "Utf8" => Storage::Utf8,
        "LargeUtf8" => Storage::LargeUtf8,
        "Utf8View" => Storage::Utf8View,
        _ => return None,
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
            run(self, &read(columns)?, &partitions, memories).map_err(reason)
        })
    }
}

fn read<'env>(columns: Vec<BorrowedColumn<'env>>) -> Result<Vec<Borrowed<'env>>> {
    columns.into_iter().map(BorrowedColumn::read).collect()
}

/// The sentence that explains why a call is refused.
type Refusal = String;

fn sentence(error: impl std::fmt::Display) -> Refusal {
    error.to_string()
}

fn run(
    evaluation: &Evaluation,
    columns: &[Borrowed<'_>],
    partitions: &[Vec<Borrowed<'_>>],
    memories: Vec<&mut [u8]>,
) -> std::result::Result<RunResult, Refusal> {
    let (plan, layouts) = evaluation.plan().map_err(sentence)?;
    let all = || columns.iter().chain(partitions.iter().flatten());
    let fits = columns.len() == plan.columns.len()
        && partitions.len() == plan.partitions
        && memories.len() == plan.rounds.len()
        && all().all(|column| column.rows().is_none_or(|rows| rows == plan.rows));
    if !fits {
        return Err("the columns do not match the plan".to_owned());
    }
    let inputs = evaluation.timed("take inputs", || {
        let inputs = columns.iter().map(|column| column.numbers(plan.rows).map_err(sentence));
        inputs.collect::<std::result::Result<Vec<_>, _>>()
    })?;
    let addresses = inputs.iter().map(|column| column.values().as_ptr() as usize as f64).collect();
    let partitions = evaluation.timed("groups", || {
        let firsts = partitions.iter().map(|keys| first_rows(keys).map_err(sentence));
        let groups = firsts.map(|first| Ok(Partition::by_first_row(&first?)));
        groups.collect::<std::result::Result<Vec<_>, Refusal>>()
    })?;
    let frame = Frame::new(inputs, partitions);
    evaluation.timed("gather", || frame.prepare(plan.all()).map_err(sentence))?;
    evaluation.timed("kernels", || {
        let pairs = layouts.iter().zip(memories);
        let outputs = pairs.map(|(layout, memory)| Output::new(layout, memory).map_err(sentence));
        let mut outputs = outputs.collect::<std::result::Result<Vec<_>, _>>()?;
        let outs = outputs.iter_mut().flat_map(Output::columns).collect();
        frame.run(plan.all(), outs).map_err(sentence)?;
        let numbers = |place: Place| [place.validity, place.values, place.nulls].map(|n| n as f64);
        let places = |output: Output<'_>| output.finish().into_iter().flat_map(numbers).collect();
        Ok(RunResult { addresses, places: outputs.into_iter().map(places).collect() })
    })
}
