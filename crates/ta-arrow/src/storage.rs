//! How values are stored.

/// How the values of a column are stored. It does not say what they mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Storage {
    /// The same number in all rows, without buffers.
    Constant(f64),
    /// No value in any row, without buffers.
    Null,
    /// One bit for each row.
    Bool,
    /// One number of this type for each row.
    Int8,
    /// See [`Storage::Int8`].
    Int16,
    /// See [`Storage::Int8`].
    Int32,
    /// See [`Storage::Int8`].
    Int64,
    /// See [`Storage::Int8`].
    UInt8,
    /// See [`Storage::Int8`].
    UInt16,
    /// See [`Storage::Int8`].
    UInt32,
    /// See [`Storage::Int8`].
    UInt64,
    /// See [`Storage::Int8`].
    Float32,
    /// See [`Storage::Int8`].
    Float64,
    /// Whole numbers of 128 bits with this many decimal places.
    Decimal(i32),
    /// Text with offsets of 32 bits.
    Utf8,
    /// Text with offsets of 64 bits.
    LargeUtf8,
    /// Text as views of 16 bytes, which hold short text and point to long text in `heaps`.
    Utf8View,
}

impl Storage {
    /// The storage with this name. `number` is the value of a constant column, or the scale of a
    /// decimal column.
    ///
    /// # Errors
    /// One sentence: there is no such storage.
    pub fn named(name: &str, number: f64) -> Result<Self, String> {
        Ok(match name {
            "Constant" => Self::Constant(number),
            "Null" => Self::Null,
            "Bool" => Self::Bool,
            "Int8" => Self::Int8,
            "Int16" => Self::Int16,
            "Int32" => Self::Int32,
            "Int64" => Self::Int64,
            "Uint8" => Self::UInt8,
            "Uint16" => Self::UInt16,
            "Uint32" => Self::UInt32,
            "Uint64" => Self::UInt64,
            "Float32" => Self::Float32,
            "Float64" => Self::Float64,
            "Decimal" => Self::Decimal(number as i32),
            "Utf8" => Self::Utf8,
            "LargeUtf8" => Self::LargeUtf8,
            "Utf8View" => Self::Utf8View,
            _ => return Err(format!("no column is stored as {name:?}")),
        })
    }
}
