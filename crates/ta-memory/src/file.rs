//! A file that results are written to.

use std::path::Path;

use memmap2::MmapMut;

use crate::{Backing, MemoryError, Region};

/// A file of at most `len` bytes, which others can open by its path.
pub struct SharedFile {
    len: usize,
    region: Region,
    /// Made when it is first written to: while another thread gives memory back the system lets
    /// that wait, and it is not to be the thread that runs JavaScript.
    map: Option<MmapMut>,
}

impl SharedFile {
    /// A file for `bytes` bytes; `room` is what it may have where it can be cut.
    pub fn new(bytes: usize, room: usize, backing: Backing) -> Result<Self, MemoryError> {
        let region = Region::new(backing)?;
        let len = if region.is_on_disk() { bytes } else { room.max(bytes) };
        Ok(Self { len: len.max(1), region, map: None })
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn path(&self) -> &Path {
        self.region.path()
    }

    /// Whether it would stay behind if the process ended.
    pub fn is_on_disk(&self) -> bool {
        self.region.is_on_disk()
    }

    /// Its first `len` bytes, which are the whole file from now on.
    ///
    /// # Errors
    /// The system has no memory; or the file cannot be that long.
    pub fn cut(&mut self, len: usize) -> Result<&mut [u8], MemoryError> {
        if len > self.len || (self.is_on_disk() && len < self.len) {
            let source = std::io::Error::other(format!("it has {} bytes", self.len));
            return Err(MemoryError { what: "a file of another size", source });
        }
        let map = match self.map.take() {
            Some(map) => map,
            None => self.region.map_mut(self.len)?,
        };
        // Not every system cuts a file that is mapped.
        if !self.is_on_disk() {
            self.region.cut(len)?;
        }
        Ok(&mut self.map.insert(map)[..len])
    }
}
