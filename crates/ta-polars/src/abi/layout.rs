//! The structs of the ABI. <https://arrow.apache.org/docs/format/CDataInterface.html> describes the
//! first two.

use std::{
    ffi::{c_char, c_void},
    ptr::null_mut,
};

/// The name and the type of a column.
#[repr(C)]
pub struct ArrowSchema {
    /// The type as a text.
    pub format: *const c_char,
    /// The column's name; may be null.
    pub name: *const c_char,
    /// Other facts; may be null.
    pub metadata: *const c_char,
    /// Bits; 2 means that rows may be null.
    pub flags: i64,
    /// The number of children.
    pub n_children: i64,
    /// The fields of a struct.
    pub children: *mut *mut ArrowSchema,
    /// The type of the dictionary, if the values are indices.
    pub dictionary: *mut ArrowSchema,
    /// Frees everything that this struct points to; null once that has been done.
    pub release: Option<unsafe extern "C" fn(*mut ArrowSchema)>,
    /// For the producer.
    pub private_data: *mut c_void,
}

/// The buffers of some rows of a column.
#[repr(C)]
pub struct ArrowArray {
    /// The number of rows.
    pub length: i64,
    /// The number of rows without a value; -1 if it is unknown.
    pub null_count: i64,
    /// The rows before the first one in the buffers.
    pub offset: i64,
    /// The number of buffers.
    pub n_buffers: i64,
    /// The number of children.
    pub n_children: i64,
    /// Validity bitmap, then values.
    pub buffers: *mut *const c_void,
    /// The fields of a struct.
    pub children: *mut *mut ArrowArray,
    /// The dictionary, if the values are indices.
    pub dictionary: *mut ArrowArray,
    /// As in [`ArrowSchema`].
    pub release: Option<unsafe extern "C" fn(*mut ArrowArray)>,
    /// For the producer.
    pub private_data: *mut c_void,
}

/// A column in polars' plugin ABI: a field, and an array for each chunk.
#[repr(C)]
pub struct SeriesExport {
    /// Name and type.
    pub field: *mut ArrowSchema,
    /// The chunks. Who takes the column moves the arrays out before it calls `release`.
    pub arrays: *mut *mut ArrowArray,
    /// The number of chunks.
    pub len: usize,
    /// Frees the field and the memory of the array structs, but releases no array.
    pub release: Option<unsafe extern "C" fn(*mut SeriesExport)>,
    /// For the producer; null in a result means that the call has failed.
    pub private_data: *mut c_void,
}

/// What polars says about its call.
#[repr(C)]
pub struct CallerContext {
    /// Bit 0: polars runs several calls at once.
    pub bitflags: u64,
}

impl ArrowSchema {
    /// A schema that holds nothing.
    pub fn empty() -> Self {
        Self {
            format: null_mut(),
            name: null_mut(),
            metadata: null_mut(),
            flags: 0,
            n_children: 0,
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private_data: null_mut(),
        }
    }
}

impl ArrowArray {
    /// An array that holds nothing.
    pub fn empty() -> Self {
        Self {
            length: 0,
            null_count: 0,
            offset: 0,
            n_buffers: 0,
            n_children: 0,
            buffers: null_mut(),
            children: null_mut(),
            dictionary: null_mut(),
            release: None,
            private_data: null_mut(),
        }
    }
}

impl SeriesExport {
    /// A column that holds nothing: as a result, the sign of an error.
    pub fn empty() -> Self {
        Self {
            field: null_mut(),
            arrays: null_mut(),
            len: 0,
            release: None,
            private_data: null_mut(),
        }
    }
}
