//! A host as polars is one: makes columns of hand-made Arrow arrays, calls the plugin and reads
//! the result. Buffers have exactly the bytes that their rows need, so that a sanitizer notices
//! every read beyond them.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod made;

use std::{
    cell::Cell,
    ffi::{c_void, CStr, CString},
    mem::ManuallyDrop,
    ptr::{null, null_mut},
};

use ta_polars::abi::{
    _polars_plugin_field_ta, _polars_plugin_get_last_error_message, _polars_plugin_ta, ArrowArray,
    ArrowSchema, SeriesExport,
};

thread_local! {
    /// Arrays and columns of this thread that have not been released.
    static ALIVE: Cell<isize> = const { Cell::new(0) };
}

/// The number of arrays and columns that this thread has passed to calls and that are not released.
pub fn alive() -> isize {
    ALIVE.get()
}

/// One chunk, as its C struct says it is.
#[derive(Clone, Default)]
pub struct Chunk {
    pub length: i64,
    pub null_count: i64,
    pub offset: i64,
    pub n_children: i64,
    /// A buffer that is `None` is a null pointer.
    pub buffers: Vec<Option<Vec<u8>>>,
    /// How far the buffers are from an aligned address.
    pub shift: usize,
    pub has_dictionary: bool,
}

/// A column of the host.
#[derive(Clone)]
pub struct Column {
    pub name: &'static str,
    pub format: String,
    pub chunks: Vec<Chunk>,
}

struct HeldArray {
    memory: Vec<Option<Vec<u8>>>,
    buffers: Vec<*const c_void>,
    dictionary: Box<ArrowArray>,
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    let array = unsafe { &mut *array };
    drop(unsafe { Box::from_raw(array.private_data.cast::<HeldArray>()) });
    array.release = None;
    ALIVE.set(ALIVE.get() - 1);
}

fn array(chunk: Chunk) -> ArrowArray {
    let shift = chunk.shift;
    // Shifted buffers start at an odd address of their memory.
    let shifted = |bytes: Vec<u8>| [vec![0; shift], bytes].concat();
    let memory: Vec<Option<Vec<u8>>> =
        chunk.buffers.into_iter().map(|buffer| buffer.map(shifted)).collect();
    let start = |buffer: &Option<Vec<u8>>| buffer.as_ref().map_or(null(), |b| b[shift..].as_ptr());
    let buffers = memory.iter().map(|buffer| start(buffer).cast()).collect();
    let dictionary = Box::new(ArrowArray::empty());
    let mut held = Box::new(HeldArray { memory, buffers, dictionary });
    ALIVE.set(ALIVE.get() + 1);
    ArrowArray {
        length: chunk.length,
        null_count: chunk.null_count,
        offset: chunk.offset,
        n_buffers: held.buffers.len() as i64,
        n_children: chunk.n_children,
        buffers: held.buffers.as_mut_ptr(),
        children: null_mut(),
        dictionary: if chunk.has_dictionary { &mut *held.dictionary } else { null_mut() },
        release: Some(release_array),
        private_data: Box::into_raw(held).cast(),
    }
}

struct HeldSeries {
    schema: Box<ArrowSchema>,
    _texts: (CString, CString),
    arrays: Vec<*mut ArrowArray>,
}

unsafe extern "C" fn release_series(series: *mut SeriesExport) {
    let series = unsafe { &mut *series };
    let held = unsafe { Box::from_raw(series.private_data.cast::<HeldSeries>()) };
    for &array in &held.arrays {
        drop(unsafe { Box::from_raw(array.cast::<ManuallyDrop<ArrowArray>>()) });
    }
    series.release = None;
    ALIVE.set(ALIVE.get() - 1);
}

fn export(column: Column) -> SeriesExport {
    let texts = (CString::new(column.format).unwrap(), CString::new(column.name).unwrap());
    let mut schema = Box::new(ArrowSchema::empty());
    (schema.format, schema.name) = (texts.0.as_ptr(), texts.1.as_ptr());
    let arrays: Vec<_> =
        column.chunks.into_iter().map(|chunk| Box::into_raw(Box::new(array(chunk)))).collect();
    let mut held = Box::new(HeldSeries { schema, _texts: texts, arrays });
    ALIVE.set(ALIVE.get() + 1);
    SeriesExport {
        field: &mut *held.schema,
        arrays: held.arrays.as_mut_ptr(),
        len: held.arrays.len(),
        release: Some(release_series),
        private_data: Box::into_raw(held).cast(),
    }
}

/// One output of a result; `None` is null.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    pub name: String,
    pub format: String,
    pub values: Vec<Option<f64>>,
}

/// A result: its outputs, and for a struct, whether a row is null.
#[derive(Debug, Clone, PartialEq)]
pub struct Result_ {
    pub name: String,
    pub outputs: Vec<Output>,
    pub null_rows: Option<Vec<bool>>,
}

/// A result that the host still holds.
pub struct Held {
    schema: ArrowSchema,
    array: ArrowArray,
}

// The arrays of the plugin may be released on any thread.
unsafe impl Send for Held {}

impl Drop for Held {
    fn drop(&mut self) {
        unsafe {
            self.array.release.unwrap()(&mut self.array);
            self.schema.release.unwrap()(&mut self.schema);
        }
        assert!(self.array.release.is_none() && self.schema.release.is_none());
    }
}

/// The arguments of an expression, as polars pickles them.
pub fn pickled(request: &str) -> Vec<u8> {
    let length = |text: &str| (text.len() as u32).to_le_bytes();
    [
        &b"\x80\x05}X"[..],
        &length("request"),
        b"request",
        b"X",
        &length(request),
        request.as_bytes(),
        b"s.",
    ]
    .concat()
}

fn last_error() -> String {
    let text = unsafe { CStr::from_ptr(_polars_plugin_get_last_error_message()) };
    text.to_str().unwrap().to_owned()
}

/// Calls the plugin with a pickle.
pub fn call_pickle(kwargs: &[u8], columns: Vec<Column>) -> Result<Held, String> {
    let columns: Vec<SeriesExport> = columns.into_iter().map(export).collect();
    let mut schema = ArrowSchema::empty();
    let mut out = SeriesExport::empty();
    let (start, len) = (kwargs.as_ptr(), kwargs.len());
    unsafe {
        _polars_plugin_ta(columns.as_ptr(), columns.len(), start, len, &mut out, null());
    }
    if out.private_data.is_null() {
        assert!(out.release.is_none());
        return Err(last_error());
    }
    unsafe {
        _polars_plugin_field_ta(null(), columns.len(), &mut schema, start, len);
        assert!(!schema.private_data.is_null(), "{}", last_error());
        assert_eq!(out.len, 1);
        let array = std::ptr::read(*out.arrays);
        assert_eq!(described(&*out.field), described(&schema));
        out.release.unwrap()(&mut out);
        assert!(out.release.is_none());
        Ok(Held { schema, array })
    }
}

/// Calls the plugin with a request in JSON.
pub fn call_held(request: &str, columns: Vec<Column>) -> Result<Held, String> {
    call_pickle(&pickled(request), columns)
}

/// Calls the plugin, reads the result and releases it.
pub fn call(request: &str, columns: Vec<Column>) -> Result<Result_, String> {
    call_held(request, columns).map(|held| held.read())
}

/// Name and format of a schema and of its children.
fn described(schema: &ArrowSchema) -> Vec<(String, String)> {
    let text = |text| unsafe { CStr::from_ptr(text) }.to_str().unwrap().to_owned();
    let mut all = vec![(text(schema.name), text(schema.format))];
    for child in 0..schema.n_children as usize {
        all.extend(described(unsafe { &**schema.children.add(child) }));
    }
    all
}

fn is_set(bits: *const c_void, row: usize) -> bool {
    bits.is_null() || unsafe { *bits.cast::<u8>().add(row / 8) } >> (row % 8) & 1 == 1
}

/// The rows of an array that are not null. Checks its count of nulls.
fn valid(array: &ArrowArray) -> Vec<bool> {
    let bits = unsafe { *array.buffers };
    let valid: Vec<bool> = (0..array.length as usize).map(|row| is_set(bits, row)).collect();
    let nulls = valid.iter().filter(|valid| !**valid).count();
    assert_eq!((array.null_count, array.offset), (nulls as i64, 0));
    valid
}

fn output(name: &str, format: &str, array: &ArrowArray) -> Output {
    assert_eq!((array.n_buffers, array.n_children), (2, 0));
    let buffer = unsafe { *array.buffers.add(1) };
    assert_eq!(buffer as usize % 8, 0);
    let value = |row: usize| unsafe {
        match format {
            "g" => *buffer.cast::<f64>().add(row),
            "i" => f64::from(*buffer.cast::<i32>().add(row)),
            _ => f64::from(u8::from(is_set(buffer, row))),
        }
    };
    let rows = valid(array).into_iter().enumerate();
    let values = rows.map(|(row, valid)| valid.then(|| value(row))).collect();
    Output { name: name.to_owned(), format: format.to_owned(), values }
}

impl Held {
    pub fn read(&self) -> Result_ {
        let described = described(&self.schema);
        let (name, format) = &described[0];
        if format != "+s" {
            let outputs = vec![output(name, format, &self.array)];
            return Result_ { name: name.clone(), outputs, null_rows: None };
        }
        assert_eq!((self.array.n_buffers, self.array.n_children), (1, self.schema.n_children));
        let child = |index: usize| unsafe { &**self.array.children.add(index) };
        let fields = described[1..].iter().enumerate();
        let outputs: Vec<Output> =
            fields.map(|(index, (name, format))| output(name, format, child(index))).collect();
        let null_rows = valid(&self.array).into_iter().map(|valid| !valid).collect();
        Result_ { name: name.clone(), outputs, null_rows: Some(null_rows) }
    }
}
