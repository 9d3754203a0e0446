//! Memory that JavaScript takes part in: Buffers over the memory of [`ta_memory`], whose policy
//! decides what is kept and what goes back to the system.

use std::sync::{Arc, Mutex, PoisonError};

use napi::{
    bindgen_prelude::{BufferSlice, Float64ArraySlice},
    Env, Result,
};
use napi_derive::napi;
use ta_memory::{Backing, Results};

use crate::{guard, reason};

/// Memory that the results of one round are written to.
#[napi]
pub struct Memory(Shared);

/// Memory of results, until it is given back.
pub type Shared = Arc<Mutex<Option<Results>>>;

/// Bytes at one moment.
#[napi(object, object_from_js = false)]
pub struct MemoryUsage {
    /// What waits to be used again.
    pub kept: f64,
    /// What JavaScript has borrowed and not yet given back.
    pub borrowed: f64,
}

/// Reads the name of a backing.
pub fn backing(name: Option<&str>) -> Result<Backing> {
    match name {
        None => Ok(Backing::default()),
        Some("memory") => Ok(Backing::Memory),
        Some("file") => Ok(Backing::File),
        Some(other) => {
            Err(reason(format!("backing must be \"memory\" or \"file\", got {other:?}")))
        }
    }
}

#[napi]
impl Memory {
    /// Memory of `bytes` bytes: that of a file which polars can open by its path, or, without
    /// one, of this process alone. It is memory that was used before, where some of that size is
    /// kept.
    #[napi(constructor)]
    pub fn new(bytes: f64, has_path: bool, backing_name: Option<String>) -> Result<Self> {
        let results = if has_path {
            Results::in_file(bytes as usize, backing(backing_name.as_deref())?)
        } else {
            Results::in_buffer(bytes as usize)
        };
        Ok(Self(Arc::new(Mutex::new(Some(results.map_err(reason)?)))))
    }

    /// The path under which polars can open it, if it has one.
    #[napi(getter)]
    pub fn path(&self) -> Result<Option<String>> {
        with(&self.0, |results| Ok(results.path().map(|path| path.display().to_string())))
    }

    /// Whether earlier results stood there.
    #[napi(getter)]
    pub fn is_reused(&self) -> Result<bool> {
        with(&self.0, |results| Ok(results.is_reused()))
    }

    /// Where it begins; nothing where it has a path. No other memory begins there while a Buffer
    /// over this one lives.
    #[napi(getter)]
    pub fn address(&self) -> Result<Option<f64>> {
        with(&self.0, |results| Ok(results.whole().map(|(memory, _)| address(memory))))
    }

    /// All of it as a Buffer; nothing where it has a path, or where the runtime does not allow a
    /// Buffer over memory of others.
    #[napi]
    pub fn buffer<'env>(&self, env: &'env Env) -> Result<Option<BufferSlice<'env>>> {
        let whole = with(&self.0, |results| {
            Ok(results.whole().map(|(memory, anchor)| (memory.as_mut_ptr(), memory.len(), anchor)))
        })?;
        let Some((at, len, anchor)) = whole else { return Ok(None) };
        // SAFETY: the anchor, which the Buffer's finalizer holds, keeps these addresses good.
        // The Buffer is read between a computation and `give_back` only.
        let buffer =
            unsafe { BufferSlice::from_external(env, at, len, anchor, |_, anchor| drop(anchor)) }?;
        Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
    }

    /// Gives it back, to be used again or not. It must not be used from now on, though a Buffer
    /// over it may still exist.
    #[napi]
    pub fn give_back(&self) {
        // After a computation that failed its bytes are of no use, but it is.
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

/// Uses the memory, once nobody else computes into it.
pub fn with<T>(
    memory: &Mutex<Option<Results>>,
    work: impl FnOnce(&mut Results) -> Result<T>,
) -> Result<T> {
    let mut results =
        memory.lock().map_err(|_| reason("an earlier computation into this memory has failed"))?;
    work(results.as_mut().ok_or_else(|| reason("this memory was given back"))?)
}

/// Memory of at least `bytes` bytes for results that the caller of an indicator gets. It comes
/// back once JavaScript has collected the Buffer and all views of it. Nothing where JavaScript
/// has borrowed too much already, or the runtime does not allow a Buffer over memory of others.
#[napi]
pub fn borrow(env: &Env, bytes: f64) -> Result<Option<BufferSlice<'_>>> {
    guard(|| {
        let len = (bytes as usize).div_ceil(size_of::<f64>()).max(1);
        let Some(mut numbers) = ta_memory::numbers_for_host(len) else { return Ok(None) };
        let (at, len) = (numbers.as_mut_ptr().cast::<u8>(), size_of_val(&*numbers));
        // SAFETY: the memory does not move, and the Buffer's finalizer holds it until then.
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
        let Some(mut numbers) = ta_memory::numbers_for_host(len as usize) else {
            return Ok(None);
        };
        let (at, len) = (numbers.as_mut_ptr(), numbers.len());
        // SAFETY: the memory does not move, and the array's finalizer holds it until then.
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
    MemoryUsage { kept: usage.kept as f64, borrowed: usage.held_by_hosts as f64 }
}

/// Gives the memory that is kept back to the system now, on another thread.
#[napi]
pub fn release() {
    ta_memory::release();
}
