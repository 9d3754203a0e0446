//! Panics as sentences.

use std::{
    any::Any,
    panic::{catch_unwind, AssertUnwindSafe},
};

/// Runs `work`. A panic becomes a sentence, so that the host's process goes on.
///
/// # Errors
/// The sentence, if `work` panics.
pub fn caught<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| panicked(&*panic))
}

/// The sentence about a panic, for hosts that cannot go on after one.
pub fn panicked(panic: &(dyn Any + Send)) -> String {
    let what = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("unknown cause");
    format!("internal error in the indicator engine: {what}")
}
