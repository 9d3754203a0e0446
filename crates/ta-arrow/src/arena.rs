//! Memory that results are written to, kept for the next evaluation.

use std::path::Path;

use memmap2::{MmapMut, MmapOptions};

use crate::{Backing, ExchangeError, Region};

/// Writable memory of a fixed size, with a path or without. Using it again is what
/// makes it fast: its pages are there already.
pub struct Arena {
    len: usize,
    /// Made when it is first written to: the system lets that wait while another thread gives
    /// memory back, and it is not to be the thread that runs JavaScript.
    map: Option<MmapMut>,
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
        Ok(Self { len: map.len(), map: Some(map), region: None })
    }

    /// Memory that can be opened by path as well.
    ///
    /// # Errors
    /// The system has no more descriptors or disk.
    pub fn shared(len: usize, backing: Backing) -> Result<Self, ExchangeError> {
        Ok(Self { len: len.max(1), map: None, region: Some(Region::new(backing)?) })
    }

    /// The path under which this process can open it, if it has one.
    pub fn path(&self) -> Option<&Path> {
        self.region.as_ref().map(Region::path)
    }

    /// Whether it has a file that would stay behind if the process ended.
    pub fn is_on_disk(&self) -> bool {
        self.region.as_ref().is_some_and(Region::is_on_disk)
    }

    /// Whether a file of `len` bytes can be written to it. One with a path has to end where
    /// its file ends, and not every system cuts a file that is mapped.
    pub fn fits(&self, len: usize) -> bool {
        match &self.region {
            Some(region) if !region.can_be_cut() => len == self.len,
            _ => len <= self.len,
        }
    }

    /// All of its memory. Where it has a path, only what [`Arena::file`] gave may be touched.
    ///
    /// # Errors
    /// The system has no memory.
    pub fn memory(&mut self) -> Result<&mut [u8], ExchangeError> {
        let map = match (self.map.take(), &self.region) {
            (Some(map), _) => map,
            (None, Some(region)) => region.map_mut(self.len)?,
            (None, None) => return Err(ExchangeError::Shape("without memory".to_owned())),
        };
        Ok(self.map.insert(map))
    }

    /// Its first `len` bytes, as the whole file where it has a path.
    ///
    /// # Errors
    /// It does not fit.
    pub fn file(&mut self, len: usize) -> Result<&mut [u8], ExchangeError> {
        if !self.fits(len) {
            let has = self.len;
            return Err(ExchangeError::Shape(format!("of {len} bytes needs more than {has}")));
        }
        self.memory()?;
        if let Some(region) = self.region.as_ref().filter(|region| region.can_be_cut()) {
            region.cut(len)?;
        }
        Ok(&mut self.memory()?[..len])
    }

    /// Gives its pages back to the system; what it holds is lost, its addresses stay good.
    pub fn rest(&mut self) {
        match (&self.region, &self.map) {
            (Some(region), Some(_)) => region.empty(self.len),
            #[cfg(unix)]
            (None, Some(map)) => {
                // SAFETY: the memory is private and anonymous: it reads as zeros afterwards.
                let advised = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
                // Refused, it only stays where it is.
                let _ = advised;
            }
            _ => {}
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
            arena.memory().unwrap().fill(7);
            let at = arena.memory().unwrap().as_ptr();
            arena.rest();
            let memory = arena.memory().unwrap();
            memory.fill(9);
            assert_eq!((memory.as_ptr(), memory.len()), (at, 10_000));
            if let Some(path) = arena.path() {
                assert_eq!(std::fs::read(path).unwrap(), vec![9; 10_000]);
            }
        }
    }
}
