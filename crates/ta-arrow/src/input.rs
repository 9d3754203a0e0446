//! Reads the columns of an Arrow file as slices of numbers.

use std::{borrow::Cow, io::Cursor, sync::Arc};

use arrow2::{
    array::{new_empty_array, Array, BooleanArray, PrimitiveArray},
    bitmap::{Bitmap, MutableBitmap},
    buffer::Buffer,
    chunk::Chunk,
    datatypes::{DataType, PhysicalType, PrimitiveType},
    io::ipc::read::{
        read_batch, read_file_dictionaries, read_file_metadata, Dictionaries, FileMetadata,
    },
    mmap::mmap_unchecked,
    types::NativeType,
};
use ta_core::meta::SlotKind;
use ta_engine::{map_all, Column};
use ta_memory::{numbers as new_numbers, Mmap, Region};

use crate::{wanted, ExchangeError};

/// An Arrow IPC file in a region.
pub struct Input {
    metadata: FileMetadata,
    chunks: Vec<Chunk<Box<dyn Array>>>,
}

/// Values that are read in place. The buffer keeps the mapping of the file.
struct InPlace(Buffer<f64>);

impl AsRef<[f64]> for InPlace {
    fn as_ref(&self) -> &[f64] {
        &self.0
    }
}

impl Input {
    /// Opens the file that was written into `region`.
    ///
    /// # Safety
    /// Whoever wrote the file has closed it, and nobody writes to it as long as this input or a
    /// column of it exists.
    ///
    /// # Errors
    /// The file is not a readable Arrow IPC file.
    pub unsafe fn open(region: &Region) -> Result<Self, ExchangeError> {
        // SAFETY: the caller promises the same.
        let map = Arc::new(unsafe { region.map() }?);
        let mut reader = Cursor::new(&map[..]);
        let metadata = read_file_metadata(&mut reader)?;
        // `numbers` and `keys` refuse columns with dictionaries, but the other columns of a file
        // that has such columns must be readable.
        let dictionaries = read_file_dictionaries(&mut reader, &metadata, &mut Vec::new())?;
        let chunks = (0..metadata.blocks.len())
            .map(|i| chunk(&map, &metadata, &dictionaries, i))
            .collect::<Result<_, _>>()?;
        Ok(Self { metadata, chunks })
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.chunks.iter().map(|c| c.len()).sum()
    }

    /// The number of columns.
    pub fn width(&self) -> usize {
        self.metadata.schema.fields.len()
    }

    /// A column as numbers: read in place if it is one batch of Float64, converted otherwise.
    /// Errors name it `name`.
    ///
    /// # Errors
    /// Its type is neither numeric nor Boolean.
    pub fn numbers(&self, index: usize, name: &str) -> Result<Column<'static>, ExchangeError> {
        let dtype = self.metadata.schema.fields[index].data_type();
        if let (DataType::Float64, [array]) = (dtype, &self.arrays(index)[..]) {
            let array = primitive::<f64>(*array);
            let bits = array.validity().filter(|bits| bits.unset_bits() > 0).map(Bitmap::as_slice);
            let values = InPlace(array.values().clone());
            return Ok(Column::new(name, values, bits.map(|(bytes, offset, _)| (bytes, offset))));
        }
        self.converted(index, name, numbers, SlotKind::Number)
    }

    /// A column of keys as numbers. Kernels only compare keys.
    ///
    /// # Errors
    /// Its type is not Boolean, whole-number or temporal.
    pub fn keys(&self, index: usize, name: &str) -> Result<Column<'static>, ExchangeError> {
        self.converted(index, name, keys, SlotKind::Key)
    }

    fn arrays(&self, index: usize) -> Vec<&dyn Array> {
        self.chunks.iter().map(|c| &*c.arrays()[index]).collect()
    }

    fn converted(
        &self,
        index: usize,
        name: &str,
        fill: Fill,
        kind: SlotKind,
    ) -> Result<Column<'static>, ExchangeError> {
        let dtype = self.metadata.schema.fields[index].data_type();
        let refused = || {
            let (column, dtype) = (name.to_owned(), polars_name(dtype));
            let wanted = wanted(kind, &dtype);
            ExchangeError::DType { column, dtype, wanted }
        };
        // A file without rows may have no arrays: check the type with an empty one.
        fill(&mut [], &*new_empty_array(dtype.clone())).ok_or_else(refused)?;
        let arrays = self.arrays(index);
        let mut values = new_numbers(self.rows());
        let mut rest = &mut values[..];
        let pieces = arrays.iter().map(|array| {
            let (piece, others) = std::mem::take(&mut rest).split_at_mut(array.len());
            rest = others;
            (piece, *array)
        });
        let longest = arrays.iter().map(|a| a.len()).max().unwrap_or(0);
        let filled = map_all(pieces.collect(), longest, |(piece, array)| fill(piece, array));
        filled.into_iter().collect::<Option<()>>().ok_or_else(refused)?;
        let bits = validity(&arrays);
        Ok(Column::new(name, values, bits.as_ref().map(|bits| (bits.as_slice(), 0))))
    }

    /// A column of row numbers.
    ///
    /// # Errors
    /// Its type is not UInt32.
    pub fn row_numbers(&self, index: usize) -> Result<Cow<'_, [u32]>, ExchangeError> {
        let dtype = self.metadata.schema.fields[index].data_type();
        if *dtype != DataType::UInt32 {
            return Err(ExchangeError::Shape(format!("has {dtype:?} where row numbers belong")));
        }
        let arrays = self.chunks.iter().map(|c| primitive::<u32>(&*c.arrays()[index]));
        let parts: Vec<&[u32]> = arrays.map(|a| a.values().as_slice()).collect();
        Ok(match parts[..] {
            [part] => Cow::Borrowed(part),
            _ => Cow::Owned(parts.concat()),
        })
    }
}

fn chunk(
    map: &Arc<Mmap>,
    metadata: &FileMetadata,
    dictionaries: &Dictionaries,
    index: usize,
) -> Result<Chunk<Box<dyn Array>>, ExchangeError> {
    // SAFETY: `mmap_unchecked` checks the bounds and the alignment of all buffers. It does not
    // check the offsets and bytes of strings, but this module never reads strings. Nobody changes
    // the file while it is mapped, as the caller of `Input::open` promises, and each array owns a reference to `map`, so
    // the memory stays mapped as long as an array exists.
    let mapped = unsafe { mmap_unchecked(metadata, dictionaries, map.clone(), index) };
    // Buffers of a type that needs an alignment of 16 bytes may have one of 8: this copies them.
    mapped.or_else(|_| {
        let mut reader = Cursor::new(&map[..]);
        let (mut message, mut data) = (Vec::new(), Vec::new());
        let chunk = read_batch(
            &mut reader,
            dictionaries,
            metadata,
            None,
            None,
            index,
            &mut message,
            &mut data,
        )?;
        Ok(chunk)
    })
}

fn primitive<T: NativeType>(array: &dyn Array) -> &PrimitiveArray<T> {
    array.as_any().downcast_ref().expect("an array has the type of its schema")
}

/// Writes the values of an array to a slice of the same length; `None` if it refuses the type.
type Fill = fn(&mut [f64], &dyn Array) -> Option<()>;

fn put(out: &mut [f64], values: impl Iterator<Item = f64>) {
    out.iter_mut().zip(values).for_each(|(out, value)| *out = value);
}

/// Writes numeric and Boolean values.
fn numbers(out: &mut [f64], array: &dyn Array) -> Option<()> {
    let dtype = array.data_type();
    if let DataType::Decimal(_, scale) = dtype {
        let unit = 10f64.powi(*scale as i32);
        put(out, primitive::<i128>(array).values().iter().map(|&v| v as f64 / unit));
        return Some(());
    }
    macro_rules! cast {
        ($t:ty) => {
            put(out, primitive::<$t>(array).values().iter().map(|&v| v as f64))
        };
    }
    // Dates and times are stored as numbers but refused, so this matches the logical type.
    match (dtype, dtype.to_physical_type()) {
        (DataType::Boolean, _) => {
            let array = array.as_any().downcast_ref::<BooleanArray>()?;
            put(out, array.values_iter().map(|v| f64::from(u8::from(v))));
        }
        (DataType::Int8, _) => cast!(i8),
        (DataType::Int16, _) => cast!(i16),
        (DataType::Int32, _) => cast!(i32),
        (DataType::Int64, _) => cast!(i64),
        (DataType::UInt8, _) => cast!(u8),
        (DataType::UInt16, _) => cast!(u16),
        (DataType::UInt32, _) => cast!(u32),
        (DataType::UInt64, _) => cast!(u64),
        (DataType::Float32, PhysicalType::Primitive(PrimitiveType::Float32)) => cast!(f32),
        (DataType::Float64, _) => out.copy_from_slice(primitive::<f64>(array).values()),
        (DataType::Null, _) => out.fill(f64::NAN),
        _ => return None,
    }
    Some(())
}

/// Writes Boolean values and whole numbers, and temporal values as the whole numbers that they are
/// stored as.
fn keys(out: &mut [f64], array: &dyn Array) -> Option<()> {
    match array.data_type() {
        DataType::Date32 => put(out, primitive::<i32>(array).values().iter().map(|&v| v as f64)),
        DataType::Timestamp(..) | DataType::Duration(_) | DataType::Time64(_) => {
            put(out, primitive::<i64>(array).values().iter().map(|&v| v as f64));
        }
        // Equality of rounded values does not define a session, so real numbers are refused.
        DataType::Float32 | DataType::Float64 | DataType::Decimal(..) => return None,
        _ => return numbers(out, array),
    }
    Some(())
}

/// The validity bitmap of consecutive arrays; `None` if no row is null.
fn validity(arrays: &[&dyn Array]) -> Option<MutableBitmap> {
    if arrays.iter().all(|a| a.null_count() == 0) {
        return None;
    }
    let mut bits = MutableBitmap::with_capacity(arrays.iter().map(|a| a.len()).sum());
    for array in arrays {
        match array.validity() {
            Some(own) => bits.extend_from_bitmap(own),
            None => bits.extend_constant(array.len(), array.data_type() != &DataType::Null),
        }
    }
    Some(bits)
}

/// The name that polars gives to a type.
fn polars_name(dtype: &DataType) -> String {
    match dtype {
        DataType::Utf8 | DataType::LargeUtf8 => "String".to_owned(),
        DataType::Date32 => "Date".to_owned(),
        DataType::Timestamp(..) => "Datetime".to_owned(),
        DataType::Time64(_) => "Time".to_owned(),
        DataType::Dictionary(..) => "Categorical".to_owned(),
        DataType::List(_) | DataType::LargeList(_) => "List".to_owned(),
        DataType::FixedSizeList(..) => "Array".to_owned(),
        DataType::Struct(_) => "Struct".to_owned(),
        DataType::Binary | DataType::LargeBinary => "Binary".to_owned(),
        DataType::Duration(_) => "Duration".to_owned(),
        other => format!("{other:?}"),
    }
}
