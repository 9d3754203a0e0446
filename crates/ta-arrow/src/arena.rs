//! Memory that results are written to, kept for the next evaluation.

use std::path::Path;

use memmap2::{MmapMut, MmapOptions};

use crate::{Backing, ExchangeError, Region};

/// Writable memory of a fixed size, with a path or without. Using it again is what
/// makes it fast: its pages are there already.
pub struct Arena {
    map: MmapMut,
    region: Option<Region>,
}

impl Arena {
    /// Memory of this process alone, in large pages where the system has them.
    ///
    /// # Errors
    /// The system has no memory.
    pub fn private(len: usize) -> Result<Self, ExchangeError> {
        let map = MmapOptions::new().len(len.max(1)).map_anon();
        let map = map.map_err(|source| ExchangeError::Io { what: "new memory", source })?;
        #[cfg(target_os = "linux")]
        // A hint: without large pages it is only slower.
        let _ = map.advise(memmap2::Advice::HugePage);
        Ok(Self { map, region: None })
    }

    /// Memory that can be opened by path as well.
    ///
    /// # Errors
    /// The system has no more descriptors, memory or disk.
    pub fn shared(len: usize, backing: Backing) -> Result<Self, ExchangeError> {
        let region = Region::new(backing)?;
        Ok(Self { map: region.map_mut(len.max(1))?, region: Some(region) })
    }

    /// The path under which this process can open it, if it has one.
    pub fn path(&self) -> Option<&Path> {
        self.region.as_ref().map(Region::path)
    }

    /// Whether a file of `len` bytes can be written to it. One with a path has to end where
    /// its file ends, and not every system cuts a file that is mapped.
    pub fn fits(&self, len: usize) -> bool {
        match &self.region {
            Some(region) if !region.can_be_cut() => len == self.map.len(),
            _ => len <= self.map.len(),
        }
    }

    /// All of its memory. Where it has a path, only what [`Arena::file`] gave may be touched.
    pub fn memory(&mut self) -> &mut [u8] {
        &mut self.map
    }

    /// Its first `len` bytes, as the whole file where it has a path.
    ///
    /// # Errors
    /// It does not fit.
    pub fn file(&mut self, len: usize) -> Result<&mut [u8], ExchangeError> {
        if !self.fits(len) {
            let has = self.map.len();
            return Err(ExchangeError::Shape(format!("of {len} bytes needs more than {has}")));
        }
        if let Some(region) = self.region.as_ref().filter(|region| region.can_be_cut()) {
            region.cut(len)?;
        }
        Ok(&mut self.map[..len])
    }

    /// Gives its pages back to the system; what it holds is lost, its addresses stay good.
    pub fn rest(&mut self) {
        match &self.region {
            Some(region) => region.empty(self.map.len()),
            #[cfg(unix)]
            None => {
                // SAFETY: the memory is private and anonymous: it reads as zeros afterwards.
                let advised =
                    unsafe { self.map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
                // Refused, it only stays where it is.
                let _ = advised;
            }
            #[cfg(not(unix))]
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_good_before_and_after_a_rest() {
        let arenas = [
            Arena::private(10_000),
            Arena::shared(10_000, Backing::Memory),
            Arena::shared(10_000, Backing::File),
        ];
        for arena in arenas {
            let mut arena = arena.unwrap();
            arena.memory().fill(7);
            let at = arena.memory().as_ptr();
            arena.rest();
            arena.memory().fill(9);
            assert_eq!((arena.memory().as_ptr(), arena.memory().len()), (at, 10_000));
            if let Some(path) = arena.path() {
                assert_eq!(std::fs::read(path).unwrap(), vec![9; 10_000]);
            }
        }
    }
}
