//! Columns that JavaScript lends for one call, the Arrow buffers of a table, and the memory
//! for results that is lent to it.

use std::sync::atomic::{AtomicUsize, Ordering};

use napi::{
    bindgen_prelude::{BufferSlice, TypedArray, Uint8ArraySlice},
    Env, Result,
};
use napi_derive::napi;
use ta_arrow::{first_rows, Lent, Output, Piece, Storage};
use ta_core::engine::{self, Frame, Partition};

use crate::{evaluation::Evaluation, guard, reason};

/// A column in pieces; see [`Lent`].
#[napi(object, object_to_js = false)]
pub struct LentColumn<'env> {
    /// What errors call it.
    pub name: String,
    /// How its values are stored; see [`Storage`].
    pub storage: String,
    /// The number of a constant, or the scale of a decimal.
    pub number: Option<f64>,
    /// Its rows, in order.
    pub pieces: Vec<LentPiece<'env>>,
    /// What pieces with a dictionary point into.
    pub dictionaries: Option<Vec<LentColumn<'env>>>,
}

/// Some rows of a column; see [`Piece`].
#[napi(object, object_to_js = false)]
pub struct LentPiece<'env> {
    /// How many rows.
    pub rows: u32,
    /// Their values.
    pub values: Option<TypedArray<'env>>,
    /// The first row's bit.
    pub first_bit: u32,
    /// Which rows have a value.
    pub validity: Option<TypedArray<'env>>,
    /// Where texts begin and end.
    pub offsets: Option<TypedArray<'env>>,
    /// Which dictionary.
    pub dictionary: Option<u32>,
}

impl<'env> LentColumn<'env> {
    fn read(self) -> Result<Lent<'env>> {
        let number = self.number.unwrap_or(0.0);
        let storage = storage(&self.storage, number)
            .ok_or_else(|| reason(format!("no column is stored as {:?}", self.storage)))?;
        let dictionaries = self.dictionaries.unwrap_or_default();
        Ok(Lent {
            name: self.name,
            storage,
            pieces: self.pieces.into_iter().map(LentPiece::read).collect(),
            dictionaries: dictionaries.into_iter().map(Self::read).collect::<Result<_>>()?,
        })
    }
}

impl<'env> LentPiece<'env> {
    fn read(self) -> Piece<'env> {
        Piece {
            rows: self.rows as usize,
            values: bytes(self.values),
            first_bit: self.first_bit as usize,
            validity: self.validity.map(|bits| bytes(Some(bits))),
            offsets: bytes(self.offsets),
            dictionary: self.dictionary.map(|index| index as usize),
        }
    }
}

fn bytes(array: Option<TypedArray<'_>>) -> &[u8] {
    array.map_or(&[], |array| {
        let bytes: &[u8] = &array.arraybuffer;
        // SAFETY: the array is an argument of the call that is going on, which keeps it; no
        // JavaScript runs on its thread before that call returns, so nobody detaches it.
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
        _ => return None,
    })
}

#[napi]
impl Evaluation {
    /// Computes all rounds over columns that are lent for this call, each into the memory
    /// that is given for it. `partitions` has the key columns of each partition.
    ///
    /// Returns for each column the address at which the kernels have read it.
    #[napi]
    pub fn run_columns(
        &self,
        columns: Vec<LentColumn<'_>>,
        partitions: Vec<Vec<LentColumn<'_>>>,
        mut memories: Vec<Uint8ArraySlice<'_>>,
    ) -> Result<Vec<f64>> {
        guard(|| {
            // SAFETY: the memory was made for this call, and nobody else has it yet.
            let memories = memories.iter_mut().map(|memory| unsafe { memory.as_mut() }).collect();
            let partitions = partitions.into_iter().map(read).collect::<Result<Vec<_>>>()?;
            run(self, &read(columns)?, &partitions, memories).map_err(reason)
        })
    }
}

fn read<'env>(columns: Vec<LentColumn<'env>>) -> Result<Vec<Lent<'env>>> {
    columns.into_iter().map(LentColumn::read).collect()
}

/// Why a call is refused, in one sentence.
type Refused = String;

fn sentence(error: impl std::fmt::Display) -> Refused {
    error.to_string()
}

fn run(
    evaluation: &Evaluation,
    columns: &[Lent<'_>],
    partitions: &[Vec<Lent<'_>>],
    memories: Vec<&mut [u8]>,
) -> std::result::Result<Vec<f64>, Refused> {
    let plan = evaluation.plan().map_err(sentence)?;
    let all = || columns.iter().chain(partitions.iter().flatten());
    let fits = columns.len() == plan.columns.len()
        && partitions.len() == plan.partitions
        && memories.len() == plan.rounds.len()
        && all().all(|column| column.rows().is_none_or(|rows| rows == plan.rows));
    if !fits {
        return Err("the columns are not those of the plan".to_owned());
    }
    let inputs = evaluation.timed("take inputs", || {
        let inputs = columns.iter().map(|column| column.numbers(plan.rows).map_err(sentence));
        inputs.collect::<std::result::Result<Vec<_>, _>>()
    })?;
    let addresses = inputs.iter().map(|column| column.values().as_ptr() as usize as f64).collect();
    let partitions = evaluation.timed("groups", || {
        let firsts = partitions.iter().map(|keys| first_rows(keys).map_err(sentence));
        let groups = firsts.map(|first| Ok(Partition::by_first_row(&first?)));
        groups.collect::<std::result::Result<Vec<_>, Refused>>()
    })?;
    let frame = Frame::new(inputs, partitions);
    evaluation.timed("gather", || frame.prepare(plan.all()).map(drop).map_err(sentence))?;
    evaluation.timed("kernels", || {
        let pairs = plan.rounds.iter().zip(memories);
        let outputs =
            pairs.map(|(round, memory)| Output::new(&round.layout, memory).map_err(sentence));
        let mut outputs = outputs.collect::<std::result::Result<Vec<_>, _>>()?;
        let outs = outputs.iter_mut().flat_map(Output::columns).collect();
        frame.run(plan.all(), outs).map_err(sentence)?;
        outputs.into_iter().for_each(Output::finish);
        Ok(addresses)
    })
}

/// Bytes that JavaScript has on loan and may not have let go of yet. What it has let go of
/// comes back between two turns of the event loop only.
static LENT: AtomicUsize = AtomicUsize::new(0);

/// Bytes on loan from which on no more are lent: code that never waits would take all memory.
const LENT_AT_MOST: usize = 1 << 30;

/// Memory of `bytes` bytes that goes back to where the addon keeps it for the next call
/// once JavaScript has let go of the Buffer and of all views of it; nothing where too much
/// is on loan already, or the runtime does not allow a Buffer over memory of others.
#[napi]
pub fn lend(env: &Env, bytes: f64) -> Result<Option<BufferSlice<'_>>> {
    let bytes = bytes as usize;
    if LENT.load(Ordering::Relaxed).saturating_add(bytes) > LENT_AT_MOST {
        return Ok(None);
    }
    let mut memory = engine::buffer(bytes.div_ceil(size_of::<f64>()).max(1));
    let (at, len) = (memory.as_mut_ptr().cast::<u8>(), size_of_val(&*memory));
    LENT.fetch_add(len, Ordering::Relaxed);
    let give_back = move |_, memory| {
        drop(memory);
        LENT.fetch_sub(len, Ordering::Relaxed);
    };
    // SAFETY: the memory does not move, and the Buffer's finalizer holds it until then.
    let buffer = unsafe { BufferSlice::from_external(env, at, len, memory, give_back) }?;
    Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
}

/// Where the first value of an array is.
#[napi]
pub fn address_of(array: TypedArray<'_>) -> f64 {
    array.arraybuffer.as_ptr() as usize as f64
}
