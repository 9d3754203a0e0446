//! Buffers and typed arrays of JavaScript over memory of [`ta_memory`], which decides what is kept
//! and what goes back to the system.

use std::sync::{Arc, Mutex, PoisonError};

use napi::{
    bindgen_prelude::{BufferSlice, Float64ArraySlice},
    Env, Result,
};
use napi_derive::napi;
use ta_memory::{Backing, Results};

use crate::{guard, reason};

/// Memory for the results of one round.
#[napi]
pub struct Memory(Shared);

/// Memory for results; `None` after it is given back.
pub type Shared = Arc<Mutex<Option<Results>>>;

/// Bytes of memory at one moment.
#[napi(object, object_from_js = false)]
pub struct MemoryUsage {
    /// Bytes that are kept to be used again.
    pub kept: f64,
    /// Bytes that JavaScript has borrowed and not yet given back.
    pub borrowed: f64,
}

#[napi]
impl Memory {
    /// Takes memory of at least `bytes` bytes, kept memory if there is some of that size. With
    /// `has_path` it is a file that polars can open by path.
    #[napi(constructor)]
    pub fn new(bytes: f64, has_path: bool, backing_name: Option<String>) -> Result<Self> {
        let results = if has_path {
            Results::in_file(
                bytes as usize,
                Backing::named(backing_name.as_deref()).map_err(reason)?,
            )
        } else {
            Results::in_buffer(bytes as usize)
        };
        Ok(Self(Arc::new(Mutex::new(Some(results.map_err(reason)?)))))
    }

    /// The path by which polars can open the memory, if it has one.
    #[napi(getter)]
    pub fn path(&self) -> Result<Option<String>> {
        with(&self.0, |results| Ok(results.path().map(|path| path.display().to_string())))
    }

    /// Whether the memory held earlier results.
    #[napi(getter)]
    pub fn is_reused(&self) -> Result<bool> {
        with(&self.0, |results| Ok(results.is_reused()))
    }

    /// The address of the first byte; nothing if the memory has a path. No other memory has this
    /// address while a Buffer over the memory exists.
    #[napi(getter)]
    pub fn address(&self) -> Result<Option<f64>> {
        with(&self.0, |results| Ok(results.whole().map(|(memory, _)| address(memory))))
    }

    /// All of the memory as a Buffer; nothing if it has a path, or if the runtime does not allow
    /// Buffers over memory that it did not allocate.
    #[napi]
    pub fn buffer<'env>(&self, env: &'env Env) -> Result<Option<BufferSlice<'env>>> {
        let whole = with(&self.0, |results| {
            Ok(results.whole().map(|(memory, anchor)| (memory.as_mut_ptr(), memory.len(), anchor)))
        })?;
        let Some((at, len, anchor)) = whole else { return Ok(None) };
        // SAFETY: the Buffer's finalizer owns `anchor`, so the `len` bytes from `at` stay mapped
        // while the Buffer exists. JavaScript reads it (see `plugin/src/exchange/exchange.ts`) only
        // after a round has been computed into the memory and before `give_back`; in this time no
        // Rust code holds a reference to the memory.
        let buffer =
            unsafe { BufferSlice::from_external(env, at, len, anchor, |_, anchor| drop(anchor)) }?;
        Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
    }

    /// Gives the memory back. JavaScript must not use it afterwards, though a Buffer over it may
    /// still exist.
    #[napi]
    pub fn give_back(&self) {
        // A failed computation poisons the lock and leaves incomplete contents; the memory itself
        // can be used again.
        let results = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(results);
    }

    pub(crate) fn share(&self) -> Shared {
        self.0.clone()
    }
}

fn address(memory: &[u8]) -> f64 {
    memory.as_ptr() as usize as f64
}

/// Runs `work` on the memory, after waiting for a computation that writes to it.
pub fn with<T>(
    memory: &Mutex<Option<Results>>,
    work: impl FnOnce(&mut Results) -> Result<T>,
) -> Result<T> {
    let mut results =
        memory.lock().map_err(|_| reason("an earlier computation into this memory has failed"))?;
    work(results.as_mut().ok_or_else(|| reason("this memory was given back"))?)
}

/// Memory of at least `bytes` bytes for results that the caller of an indicator gets. JavaScript
/// gives it back by collecting the Buffer and all views of it. Nothing if JavaScript has borrowed
/// too much already, or if the runtime does not allow Buffers over memory that it did not allocate.
#[napi]
pub fn borrow(env: &Env, bytes: f64) -> Result<Option<BufferSlice<'_>>> {
    guard(|| {
        let len = (bytes as usize).div_ceil(size_of::<f64>()).max(1);
        let Some(mut numbers) = ta_memory::borrow_numbers(len) else { return Ok(None) };
        let (at, len) = (numbers.as_mut_ptr().cast::<u8>(), size_of_val(&*numbers));
        // SAFETY: `numbers` owns the `len` bytes from `at`, and moving it does not move them. The
        // Buffer's finalizer owns `numbers` and drops it after JavaScript has collected the Buffer.
        // Until then nobody else uses the memory.
        let buffer = unsafe {
            BufferSlice::from_external(env, at, len, numbers, |_, numbers| drop(numbers))
        }?;
        Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
    })
}

/// As [`borrow`], for `len` numbers.
#[napi]
pub fn borrow_numbers(env: &Env, len: u32) -> Result<Option<Float64ArraySlice<'_>>> {
    guard(|| {
        let Some(mut numbers) = ta_memory::borrow_numbers(len as usize) else {
            return Ok(None);
        };
        let (at, len) = (numbers.as_mut_ptr(), numbers.len());
        // SAFETY: as in `borrow`, with the array in the place of the Buffer.
        let array = unsafe {
            Float64ArraySlice::from_external(env, at, len, numbers, |_, numbers| drop(numbers))
        }?;
        Ok(std::ptr::eq(array.as_ptr(), at).then_some(array))
    })
}

/// How much memory is kept and how much is borrowed.
#[napi]
pub fn memory_usage() -> MemoryUsage {
    let usage = ta_memory::usage();
    MemoryUsage { kept: usage.kept as f64, borrowed: usage.borrowed as f64 }
}

/// Gives all kept memory back to the system now, on another thread.
#[napi]
pub fn release() {
    ta_memory::release();
}
