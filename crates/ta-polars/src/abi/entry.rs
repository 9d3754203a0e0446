//! The functions that polars and the Python package call.

use std::{
    cell::RefCell,
    ffi::{c_char, CStr, CString},
    slice,
};

use super::{
    export,
    import::{self, Series},
    layout::{ArrowSchema, CallerContext, SeriesExport},
};
use crate::{call::Call, columns::Input, guard, questions};

/// The version of the ABI: the major number in the upper 16 bits, then the minor one.
#[no_mangle]
pub extern "C" fn _polars_plugin_get_version() -> u32 {
    1
}

thread_local! {
    static LAST_ERROR: RefCell<CString> = RefCell::default();
}

/// The sentence of the last call that failed on this thread.
#[no_mangle]
pub extern "C" fn _polars_plugin_get_last_error_message() -> *const c_char {
    LAST_ERROR.with(|last| last.borrow().as_ptr())
}

/// Keeps the sentence for [`_polars_plugin_get_last_error_message`].
fn fail(sentence: String) {
    // Names of columns may have zero characters.
    let sentence = CString::new(sentence.replace('\0', "\u{fffd}")).unwrap_or_default();
    LAST_ERROR.with(|last| *last.borrow_mut() = sentence);
}

/// `len` bytes at an address that may be null.
///
/// # Safety
/// If the address is not null, it has `len` bytes, which nobody changes as long as the slice is
/// used.
unsafe fn bytes<'a>(start: *const u8, len: usize) -> &'a [u8] {
    if start.is_null() || len == 0 {
        return &[];
    }
    // SAFETY: the caller promises it.
    unsafe { slice::from_raw_parts(start, len) }
}

/// Computes an indicator over `count` input columns into `out`. `kwargs` is the request; see
/// [`crate`]. After an error `out` holds nothing.
///
/// # Safety
/// As polars calls it: `columns` has `count` columns, which then belong to this function, `kwargs`
/// has `len` bytes, and `out` can be written.
#[no_mangle]
pub unsafe extern "C" fn _polars_plugin_ta(
    columns: *const SeriesExport,
    count: usize,
    kwargs: *const u8,
    len: usize,
    out: *mut SeriesExport,
    _context: *const CallerContext,
) {
    let made = guard(|| {
        // SAFETY: the caller promises that there are such columns and that nobody else uses them.
        let columns = unsafe { import::take(columns, count) }?;
        // SAFETY: the caller promises these bytes for the time of the call.
        let call = Call::cached(unsafe { bytes(kwargs, len) })?;
        let inputs: Vec<Input<'_>> = columns.iter().map(Series::input).collect();
        let made = call.compute(&inputs)?;
        Ok(export::series(made, &call.indicator.meta.outputs))
    });
    let made = made.unwrap_or_else(|sentence| {
        fail(sentence);
        SeriesExport::empty()
    });
    // SAFETY: the caller promises that `out` can be written. It holds nothing yet.
    unsafe { out.write(made) }
}

/// Writes the name and the type of the result to `out`. After an error `out` holds nothing.
///
/// # Safety
/// As polars calls it: `kwargs` has `len` bytes and `out` can be written.
#[no_mangle]
pub unsafe extern "C" fn _polars_plugin_field_ta(
    _fields: *const ArrowSchema,
    count: usize,
    out: *mut ArrowSchema,
    kwargs: *const u8,
    len: usize,
) {
    let field = guard(|| {
        // SAFETY: the caller promises these bytes for the time of the call.
        let call = Call::cached(unsafe { bytes(kwargs, len) })?;
        call.check_count(count)?;
        Ok(export::field(&call.name, &call.indicator.meta.outputs))
    });
    let field = field.unwrap_or_else(|sentence| {
        fail(sentence);
        ArrowSchema::empty()
    });
    // SAFETY: the caller promises that `out` can be written. It holds nothing yet.
    unsafe { out.write(field) }
}

/// The whole catalog as JSON. The text stays as long as the library is loaded.
#[no_mangle]
pub extern "C" fn polars_ta_catalog() -> *const c_char {
    questions::catalog().as_ptr()
}

/// Checks a call that is written in JSON: `id`, `params`, `missing`, `also` and `allow`. The answer
/// is JSON: the full request under `ok`, or one sentence under `error`. It stays until the next
/// call on the same thread.
///
/// # Safety
/// `call` is null or a text that ends with a zero byte.
#[no_mangle]
pub unsafe extern "C" fn polars_ta_resolve(call: *const c_char) -> *const c_char {
    // SAFETY: the text is not null here, and the caller promises that it ends with zero.
    let call = (!call.is_null()).then(|| unsafe { CStr::from_ptr(call) });
    questions::resolve(call.map_or(b"", CStr::to_bytes))
}

/// Answers a question about the expression language; both are JSON, as `ta_language::ask` has them.
/// The answer stays until the next call on the same thread.
///
/// # Safety
/// `question` is null or a text that ends with a zero byte.
#[no_mangle]
pub unsafe extern "C" fn polars_ta_language(question: *const c_char) -> *const c_char {
    // SAFETY: the text is not null here, and the caller promises that it ends with zero.
    let question = (!question.is_null()).then(|| unsafe { CStr::from_ptr(question) });
    questions::language(question.map_or(b"", CStr::to_bytes))
}
