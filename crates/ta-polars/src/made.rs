//! Results in memory of their own.

use ta_core::meta::{DType, IndicatorOutputMeta};
use ta_engine::{OutColumn, OutValues};
use ta_memory::Numbers;

/// Buffers from this size on come from memory that is used again. Smaller ones would waste most of
/// the large page that the pool takes for each.
const MIN_POOLED_BYTES: usize = 2 << 20;

/// Memory that starts at an address for eight-byte numbers.
pub enum Memory {
    /// A small buffer.
    Small(Vec<f64>),
    /// A large one, which returns to the pool when it is dropped.
    Pooled(Numbers),
}

impl Memory {
    /// At least `bytes` bytes; they may have any contents.
    fn new(bytes: usize) -> Self {
        let words = bytes.div_ceil(size_of::<f64>());
        if bytes < MIN_POOLED_BYTES {
            Self::Small(vec![0.0; words])
        } else {
            Self::Pooled(ta_memory::numbers(words))
        }
    }

    /// The memory as numbers.
    pub fn words(&self) -> &[f64] {
        match self {
            Self::Small(words) => words,
            Self::Pooled(words) => words,
        }
    }

    fn words_mut(&mut self) -> &mut [f64] {
        match self {
            Self::Small(words) => words,
            Self::Pooled(words) => words,
        }
    }

    fn bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self.words())
    }

    fn bytes_mut(&mut self) -> &mut [u8] {
        bytemuck::cast_slice_mut(self.words_mut())
    }
}

/// One output: its values, and which rows have one.
pub struct Leaf {
    /// The name in the catalog.
    pub name: &'static str,
    /// The type of its values.
    pub dtype: DType,
    /// The values.
    pub values: Memory,
    /// The validity bitmap, from the first row on.
    pub validity: Memory,
    /// The number of rows without a value.
    pub nulls: usize,
}

/// The result of a call: a column, or a struct of several.
pub struct Made {
    /// The column's name.
    pub name: String,
    /// The number of rows.
    pub rows: usize,
    /// The outputs, in the catalog's order.
    pub leaves: Vec<Leaf>,
    /// The validity bitmap of a struct and the number of its rows without a value.
    pub of_struct: Option<(Memory, usize)>,
}

impl Made {
    /// Memory for `rows` rows of these outputs.
    pub fn new(name: &str, outputs: &[IndicatorOutputMeta], rows: usize) -> Self {
        let leaf = |output: &IndicatorOutputMeta| Leaf {
            name: output.name,
            dtype: output.dtype,
            values: Memory::new(match output.dtype {
                DType::Float64 => rows * size_of::<f64>(),
                DType::Int32 => rows * size_of::<i32>(),
                DType::Boolean => rows.div_ceil(8),
            }),
            validity: Memory::new(rows.div_ceil(8)),
            nulls: 0,
        };
        let leaves = outputs.iter().map(leaf).collect();
        Self { name: name.to_owned(), rows, leaves, of_struct: None }
    }

    /// The columns, for the engine to fill.
    pub fn columns(&mut self) -> Vec<OutColumn<'_>> {
        let (rows, bits) = (self.rows, self.rows.div_ceil(8));
        let column = |leaf| {
            let Leaf { dtype, values, validity, nulls, .. }: &mut Leaf = leaf;
            OutColumn {
                rows,
                validity: &mut validity.bytes_mut()[..bits],
                values: match dtype {
                    DType::Float64 => OutValues::F64(&mut values.words_mut()[..rows]),
                    DType::Int32 => {
                        OutValues::I32(&mut bytemuck::cast_slice_mut(values.words_mut())[..rows])
                    }
                    DType::Boolean => OutValues::Bits(&mut values.bytes_mut()[..bits]),
                },
                null_count: nulls,
            }
        };
        self.leaves.iter_mut().map(column).collect()
    }

    /// Completes the result after the columns are filled: a struct is null in a row if all of its
    /// fields are.
    pub fn finish(&mut self) {
        if self.leaves.len() < 2 {
            return;
        }
        let bits = self.rows.div_ceil(8);
        let mut validity = Memory::new(bits);
        let mut valid = 0;
        for (byte, any) in validity.bytes_mut()[..bits].iter_mut().enumerate() {
            *any = self.leaves.iter().fold(0, |any, leaf| any | leaf.validity.bytes()[byte]);
            valid += any.count_ones() as usize;
        }
        self.of_struct = Some((validity, self.rows - valid));
    }
}
