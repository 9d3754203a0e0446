//! Results for the host. Every array owns its memory, and drops it when the host releases it.

use std::{
    ffi::{c_void, CStr, CString},
    mem::ManuallyDrop,
    ptr::null,
};

use ta_core::meta::{DType, IndicatorOutputMeta};

use super::layout::{ArrowArray, ArrowSchema, SeriesExport};
use crate::made::{Leaf, Made, Memory};

/// Rows may be null.
const NULLABLE: i64 = 2;

/// What a schema points to.
struct HeldSchema {
    name: CString,
    /// Made by `Box::into_raw`, for C to follow.
    children: Vec<*mut ArrowSchema>,
}

/// What an array points to.
struct HeldArray {
    #[expect(dead_code, reason = "the array points to it")]
    memory: Vec<Memory>,
    buffers: Vec<*const c_void>,
    /// Made by `Box::into_raw`, for C to follow.
    children: Vec<*mut ArrowArray>,
}

/// What a column points to.
struct HeldSeries {
    field: *mut ArrowSchema,
    /// Boxes whose arrays the host takes.
    arrays: Vec<*mut ArrowArray>,
}

/// The schema of a column with these outputs: of the only one, or of a struct.
pub fn field(name: &str, outputs: &[IndicatorOutputMeta]) -> ArrowSchema {
    match outputs {
        [output] => schema(name, format(output.dtype), Vec::new()),
        _ => {
            let child = |output: &IndicatorOutputMeta| {
                schema(output.name, format(output.dtype), Vec::new())
            };
            schema(name, c"+s", outputs.iter().map(child).collect())
        }
    }
}

fn format(dtype: DType) -> &'static CStr {
    match dtype {
        DType::Float64 => c"g",
        DType::Int32 => c"i",
        DType::Boolean => c"b",
    }
}

fn schema(name: &str, format: &'static CStr, children: Vec<ArrowSchema>) -> ArrowSchema {
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    // A name with a zero character cannot be passed on; the catalog has none.
    let name = CString::new(name).unwrap_or_default();
    let mut held = Box::new(HeldSchema { name, children });
    ArrowSchema {
        format: format.as_ptr(),
        name: held.name.as_ptr(),
        flags: NULLABLE,
        n_children: held.children.len() as i64,
        children: held.children.as_mut_ptr(),
        release: Some(release_schema),
        private_data: Box::into_raw(held).cast(),
        ..ArrowSchema::empty()
    }
}

/// # Safety
/// `schema` is null or points to a schema of this module, which has not been released.
unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: the caller promises that it is null or valid.
    let Some(schema) = (unsafe { schema.as_mut() }) else { return };
    // SAFETY: `private_data` comes from `Box::into_raw` of this type in `schema`, and this is the
    // only place that takes it back; the callback is cleared below.
    let held = unsafe { Box::from_raw(schema.private_data.cast::<HeldSchema>()) };
    for &child in &held.children {
        // SAFETY: the child comes from `Box::into_raw` in `schema`. The host may have moved it out
        // and then cleared its callback.
        let mut child = unsafe { Box::from_raw(child) };
        if let Some(release) = child.release {
            // SAFETY: the child has not been released, because the callback is still there.
            unsafe { release(&mut *child) }
        }
    }
    schema.release = None;
}

fn array(rows: usize, nulls: usize, memory: Vec<Memory>, children: Vec<ArrowArray>) -> ArrowArray {
    let children = children.into_iter().map(|child| Box::into_raw(Box::new(child))).collect();
    let mut buffers: Vec<*const c_void> =
        memory.iter().map(|memory| memory.words().as_ptr().cast()).collect();
    if nulls == 0 {
        buffers[0] = null();
    }
    // Moving a `Memory` does not move what it holds, so the pointers stay valid.
    let mut held = Box::new(HeldArray { memory, buffers, children });
    ArrowArray {
        length: rows as i64,
        null_count: nulls as i64,
        n_buffers: held.buffers.len() as i64,
        n_children: held.children.len() as i64,
        buffers: held.buffers.as_mut_ptr(),
        children: held.children.as_mut_ptr(),
        release: Some(release_array),
        private_data: Box::into_raw(held).cast(),
        ..ArrowArray::empty()
    }
}

/// # Safety
/// `array` is null or points to an array of this module, which has not been released.
unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: the caller promises that it is null or valid.
    let Some(array) = (unsafe { array.as_mut() }) else { return };
    // SAFETY: `private_data` comes from `Box::into_raw` of this type in `array`, and this is the
    // only place that takes it back; the callback is cleared below.
    let held = unsafe { Box::from_raw(array.private_data.cast::<HeldArray>()) };
    for &child in &held.children {
        // SAFETY: the child comes from `Box::into_raw` in `array`. The host may have moved it out
        // and then cleared its callback.
        let mut child = unsafe { Box::from_raw(child) };
        if let Some(release) = child.release {
            // SAFETY: the child has not been released, because the callback is still there.
            unsafe { release(&mut *child) }
        }
    }
    array.release = None;
}

/// The result of a call, with the outputs that the schema has.
pub fn series(made: Made, outputs: &[IndicatorOutputMeta]) -> SeriesExport {
    let field = Box::into_raw(Box::new(field(&made.name, outputs)));
    let rows = made.rows;
    let leaf = |leaf: Leaf| array(rows, leaf.nulls, vec![leaf.validity, leaf.values], Vec::new());
    let mut leaves: Vec<ArrowArray> = made.leaves.into_iter().map(leaf).collect();
    let whole = match made.of_struct {
        Some((validity, nulls)) => array(rows, nulls, vec![validity], leaves),
        None => leaves.remove(0),
    };
    let arrays = vec![Box::into_raw(Box::new(whole))];
    let mut held = Box::new(HeldSeries { field, arrays });
    SeriesExport {
        field,
        arrays: held.arrays.as_mut_ptr(),
        len: held.arrays.len(),
        release: Some(release_series),
        private_data: Box::into_raw(held).cast(),
    }
}

/// # Safety
/// `series` is null or points to a column of this module, which has not been released. Its arrays
/// have been moved out; otherwise their memory stays allocated.
unsafe extern "C" fn release_series(series: *mut SeriesExport) {
    // SAFETY: the caller promises that it is null or valid.
    let Some(series) = (unsafe { series.as_mut() }) else { return };
    // SAFETY: `private_data` comes from `Box::into_raw` of this type in `series`, and this is the
    // only place that takes it back; the callback is cleared below.
    let held = unsafe { Box::from_raw(series.private_data.cast::<HeldSeries>()) };
    for &array in &held.arrays {
        // SAFETY: the pointer comes from `Box::into_raw` in `series`. The array in it belongs to
        // the host, so only the memory of the struct is freed.
        drop(unsafe { Box::from_raw(array.cast::<ManuallyDrop<ArrowArray>>()) });
    }
    // SAFETY: the field comes from `Box::into_raw` in `series`.
    let mut field = unsafe { Box::from_raw(held.field) };
    if let Some(release) = field.release {
        // SAFETY: the schema has not been released, because the callback is still there.
        unsafe { release(&mut *field) }
    }
    series.release = None;
    series.private_data = std::ptr::null_mut();
}
