//! Memory for results: what JavaScript holds between evaluations, and what it has on loan.

use std::sync::{
    atomic::{AtomicUsize, Ordering},
    Arc, Mutex,
};

use napi::{bindgen_prelude::BufferSlice, Env, Result};
use napi_derive::napi;
use ta_arrow::Backing;
use ta_engine as engine;

use crate::reason;

/// Memory that results are written to. It can be used again, and that is its point.
#[napi]
pub struct Arena(Shared);

/// An arena, until it is discarded.
pub type Shared = Arc<Mutex<Option<ta_arrow::Arena>>>;

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
impl Arena {
    /// Memory of `bytes` bytes: that of a file which polars can open by its path, or,
    /// without one, of this process alone.
    #[napi(constructor)]
    pub fn new(bytes: f64, has_path: bool, backing_name: Option<String>) -> Result<Self> {
        let arena = if has_path {
            ta_arrow::Arena::shared(bytes as usize, backing(backing_name.as_deref())?)
        } else {
            ta_arrow::Arena::private(bytes as usize)
        };
        Ok(Self(Arc::new(Mutex::new(Some(arena.map_err(reason)?)))))
    }

    /// The path under which polars can open it, if it has one.
    #[napi(getter)]
    pub fn path(&self) -> Result<Option<String>> {
        with(&self.0, |arena| Ok(arena.path().map(|path| path.display().to_string())))
    }

    /// The memory as a Buffer, or nothing where the runtime does not allow a Buffer over
    /// memory of others.
    #[napi]
    pub fn buffer<'env>(&self, env: &'env Env) -> Result<Option<BufferSlice<'env>>> {
        let (at, len) = with(&self.0, |arena| {
            let memory = arena.memory().map_err(reason)?;
            Ok((memory.as_mut_ptr(), memory.len()))
        })?;
        let keep = self.0.clone();
        // SAFETY: the memory does not move, and the Buffer's finalizer holds it until then.
        let buffer =
            unsafe { BufferSlice::from_external(env, at, len, keep, |_, keep| drop(keep)) }?;
        Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
    }

    /// Whether the results of a round of `bytes` bytes can be written to it.
    #[napi]
    pub fn fits(&self, bytes: f64) -> Result<bool> {
        with(&self.0, |arena| Ok(arena.fits(bytes as usize)))
    }

    /// Gives the memory's pages back to the system. It must not be used again, though a
    /// Buffer over it may still stand somewhere.
    #[napi]
    pub fn rest(&self) {
        let arena = self.0.clone();
        // This takes the system a while. One that cannot be locked has failed and is dropped.
        rayon::spawn(move || {
            let rested = with(&arena, |arena| {
                arena.rest();
                Ok(())
            });
            rested.unwrap_or(());
        });
    }

    /// Lets go of the memory. A file on disk is removed at once, because a process may end any
    /// time; giving pages back takes the system a while, and is done by another thread.
    #[napi]
    pub fn discard(&self) -> Result<()> {
        let arena = self.0.lock().map_err(reason)?.take();
        match arena {
            Some(arena) if !arena.is_on_disk() => rayon::spawn(move || drop(arena)),
            other => drop(other),
        }
        Ok(())
    }

    pub(crate) fn share(&self) -> Shared {
        self.0.clone()
    }
}

/// Uses the memory, once nobody else computes into it.
pub fn with<T>(
    arena: &Mutex<Option<ta_arrow::Arena>>,
    work: impl FnOnce(&mut ta_arrow::Arena) -> Result<T>,
) -> Result<T> {
    let mut arena =
        arena.lock().map_err(|_| reason("an earlier computation into this memory has failed"))?;
    work(arena.as_mut().ok_or_else(|| reason("this memory was given back"))?)
}

/// Bytes that JavaScript has on loan and may not have let go of yet. What it has let go of
/// comes back between two turns of the event loop only.
static LENT: AtomicUsize = AtomicUsize::new(0);

/// Bytes on loan from which on no more are lent: code that never waits would take all memory.
const LENT_AT_MOST: usize = 1 << 30;

/// See [`LENT`].
pub fn lent_bytes() -> usize {
    LENT.load(Ordering::Relaxed)
}

/// See `lend` of the addon.
pub fn lend(env: &Env, bytes: usize) -> Result<Option<BufferSlice<'_>>> {
    if lent_bytes().saturating_add(bytes) > LENT_AT_MOST {
        return Ok(None);
    }
    let mut memory = engine::buffer(bytes.div_ceil(size_of::<f64>()).max(1));
    let (at, len) = (memory.as_mut_ptr().cast::<u8>(), size_of_val(&*memory));
    LENT.fetch_add(len, Ordering::Relaxed);
    let give_back = move |_, memory| {
        drop(memory);
        LENT.fetch_sub(len, Ordering::Relaxed);
    };
    // SAFETY: the memory does not move, and the Buffer's finalizer holds it until then.
    let buffer = unsafe { BufferSlice::from_external(env, at, len, memory, give_back) }?;
    Ok(std::ptr::eq(buffer.as_ptr(), at).then_some(buffer))
}
