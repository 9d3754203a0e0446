//! Result columns as an Arrow IPC file, which is laid out before they are computed.

use ta_core::meta::DType;
use ta_engine::{Field, OutColumn, OutValues};

use crate::{framing::Framing, ExchangeError};

const ALIGN: usize = 64;

/// An Arrow IPC file in memory of the caller, to be filled by kernels.
pub struct Output<'a> {
    memory: &'a mut [u8],
    layout: &'a Layout,
    null_counts: Vec<usize>,
}

/// The positions of an array's buffers in the memory, in bytes, and its number of nulls. The array
/// of a struct comes before those of its fields and has no values of its own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Start of the validity bitmap.
    pub validity: usize,
    /// Start of the values.
    pub values: usize,
    /// The number of rows without a value.
    pub nulls: usize,
}

/// The layout of an Arrow IPC file for given columns and a number of rows.
pub struct Layout {
    fields: Vec<Field>,
    rows: usize,
    body: Body,
    framing: Framing,
}

impl Layout {
    /// Lays out `rows` rows of the given columns.
    pub fn new(fields: Vec<Field>, rows: usize) -> Self {
        let body = Body::new(&fields, rows);
        let framing = Framing::new(&fields, rows, &body);
        Self { fields, rows, body, framing }
    }

    /// The length of the file in bytes.
    pub fn bytes(&self) -> usize {
        self.framing.bytes(&self.body)
    }
}

/// The part of the file that kernels fill.
pub(crate) struct Body {
    /// Its length in bytes.
    pub len: usize,
    /// The buffers of each column or struct field.
    pub leaves: Vec<Leaf>,
    /// The validity bitmap of each struct column, counted from the start of the body.
    pub structs: Vec<usize>,
}

/// The buffers of a column or of a struct field, counted from the start of the body.
pub(crate) struct Leaf {
    pub dtype: DType,
    pub validity: usize,
    pub values: usize,
}

impl Body {
    fn new(fields: &[Field], rows: usize) -> Self {
        let (mut leaves, mut structs, mut at) = (Vec::new(), Vec::new(), 0);
        let bits = padded(rows.div_ceil(8));
        for field in fields {
            if field.is_struct() {
                structs.push(at);
                at += bits;
            }
            for &(_, dtype) in &field.outputs {
                leaves.push(Leaf { dtype, validity: at, values: at + bits });
                at += bits + padded(value_bytes(dtype, rows));
            }
        }
        Self { len: at, leaves, structs }
    }
}

pub(crate) fn padded(len: usize) -> usize {
    len.next_multiple_of(ALIGN)
}

pub(crate) fn value_bytes(dtype: DType, rows: usize) -> usize {
    match dtype {
        DType::Float64 => rows * 8,
        DType::Int32 => rows * 4,
        DType::Boolean => rows.div_ceil(8),
    }
}

impl<'a> Output<'a> {
    /// A file of this layout, at the start of `memory`.
    ///
    /// # Errors
    /// The memory is too short, or not aligned to eight bytes.
    pub fn new(layout: &'a Layout, memory: &'a mut [u8]) -> Result<Self, ExchangeError> {
        let (len, has) = (layout.bytes(), memory.len());
        if len > has || memory.as_ptr().align_offset(8) != 0 {
            return Err(ExchangeError::Shape(format!("needs {len} aligned bytes, not {has}")));
        }
        let null_counts = vec![0; layout.body.leaves.len()];
        Ok(Self { memory: &mut memory[..len], layout, null_counts })
    }

    /// The buffers of all columns, for the kernels to fill.
    pub fn columns(&mut self) -> Vec<Vec<OutColumn<'_>>> {
        let Layout { fields, rows, body, framing } = self.layout;
        let bits = rows.div_ceil(8);
        let mut rest = &mut self.memory[framing.body..][..body.len];
        let mut at = 0;
        // The buffers are in the order of the file: this splits them off one after the other.
        let mut take = |start: usize, len: usize| -> &mut [u8] {
            let (_, tail) = std::mem::take(&mut rest).split_at_mut(start - at);
            let (taken, tail) = tail.split_at_mut(len);
            rest = tail;
            at = start + len;
            taken
        };
        let mut leaves = body.leaves.iter().zip(&mut self.null_counts);
        let column = |(leaf, null_count): (&Leaf, _)| OutColumn {
            rows: *rows,
            validity: take(leaf.validity, bits),
            values: {
                let bytes = take(leaf.values, value_bytes(leaf.dtype, *rows));
                match leaf.dtype {
                    DType::Float64 => OutValues::F64(bytemuck::cast_slice_mut(bytes)),
                    DType::Int32 => OutValues::I32(bytemuck::cast_slice_mut(bytes)),
                    DType::Boolean => OutValues::Bits(bytes),
                }
            },
            null_count,
        };
        let mut columns = leaves.by_ref().map(column);
        fields.iter().map(|f| columns.by_ref().take(f.outputs.len()).collect()).collect()
    }

    /// Completes the file after the columns are filled. A struct is null in a row if all of its
    /// fields are. Returns the position of each array, for a reader that does not parse the file.
    pub fn finish(self) -> Vec<Place> {
        let Layout { fields, rows, body, framing } = self.layout;
        let bits = rows.div_ceil(8);
        let bytes = &mut self.memory[framing.body..][..body.len];
        let mut places = Vec::new();
        let place = |validity, values, nulls| Place {
            validity: framing.body + validity,
            values: framing.body + values,
            nulls,
        };
        let mut leaves = body.leaves.iter().zip(&self.null_counts);
        let mut structs = body.structs.iter();
        for field in fields {
            let own: Vec<_> = leaves.by_ref().take(field.outputs.len()).collect();
            if field.is_struct() {
                let start = *structs.next().expect("every struct column has a validity buffer");
                let mut valid = 0;
                for byte in 0..bits {
                    let any =
                        own.iter().fold(0, |any, (leaf, _)| any | bytes[leaf.validity + byte]);
                    bytes[start + byte] = any;
                    valid += any.count_ones() as usize;
                }
                places.push(place(start, start, rows - valid));
            }
            places
                .extend(own.iter().map(|(leaf, nulls)| place(leaf.validity, leaf.values, **nulls)));
        }
        let nulls: Vec<usize> = places.iter().map(|place| place.nulls).collect();
        framing.write(self.memory, fields, *rows, body, &nulls);
        places
    }
}
