//! A file of results.

use std::path::Path;

use memmap2::MmapMut;

use crate::{Backing, MemoryError, Region};

/// A file of at most `len` bytes that polars can open by its path.
pub struct SharedFile {
    len: usize,
    region: Region,
    /// Mapped at the first write, not in [`SharedFile::new`]: a new mapping waits while another
    /// thread unmaps memory, and `new` runs on the thread that runs JavaScript.
    map: Option<MmapMut>,
}

impl SharedFile {
    /// A file for `bytes` bytes. A file in memory, which can be made shorter, gets `capacity`
    /// bytes.
    pub fn new(bytes: usize, capacity: usize, backing: Backing) -> Result<Self, MemoryError> {
        let region = Region::new(backing)?;
        let len = if region.is_on_disk() { bytes } else { capacity.max(bytes) };
        Ok(Self { len: len.max(1), region, map: None })
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn path(&self) -> &Path {
        self.region.path()
    }

    /// Whether it is on disk, where it would remain if the process were killed.
    pub fn is_on_disk(&self) -> bool {
        self.region.is_on_disk()
    }

    /// Sets the length of the file to `len` and returns its bytes.
    ///
    /// # Errors
    /// The system has no memory, or the file cannot have that length.
    pub fn resize(&mut self, len: usize) -> Result<&mut [u8], MemoryError> {
        if len > self.len || (self.is_on_disk() && len < self.len) {
            let source = std::io::Error::other(format!("it has {} bytes", self.len));
            return Err(MemoryError { what: "a file of another size", source });
        }
        let map = match self.map.take() {
            Some(map) => map,
            None => self.region.map_mut(self.len)?,
        };
        // Some systems cannot shorten a file that is mapped.
        if !self.is_on_disk() {
            self.region.set_len(len)?;
        }
        Ok(&mut self.map.insert(map)[..len])
    }
}
