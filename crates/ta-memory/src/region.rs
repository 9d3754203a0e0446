//! Memory that another library can open by path.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use memmap2::{Mmap, MmapMut};
use tempfile::TempPath;

use crate::MemoryError;

/// Where a region lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backing {
    /// An anonymous file in memory, reached as `/proc/self/fd/N`. Linux only.
    Memory,
    /// A file in the temporary directory, removed with the region.
    File,
}

impl Default for Backing {
    fn default() -> Self {
        if cfg!(target_os = "linux") {
            Self::Memory
        } else {
            Self::File
        }
    }
}

/// A file that both sides can open; gone when dropped.
#[derive(Debug)]
pub struct Region {
    file: File,
    path: PathBuf,
    remove_on_drop: Option<TempPath>,
}

impl Region {
    /// An empty region.
    ///
    /// # Errors
    /// The system has no more descriptors, memory or disk.
    pub fn new(backing: Backing) -> Result<Self, MemoryError> {
        match backing {
            Backing::Memory => Self::in_memory(),
            Backing::File => Self::in_file(),
        }
        .map_err(|source| MemoryError { what: "a new region", source })
    }

    #[cfg(target_os = "linux")]
    fn in_memory() -> std::io::Result<Self> {
        use std::os::fd::AsRawFd;

        let fd = rustix::fs::memfd_create("ta-exchange", rustix::fs::MemfdFlags::CLOEXEC)?;
        let file = File::from(fd);
        let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
        Ok(Self { file, path, remove_on_drop: None })
    }

    #[cfg(not(target_os = "linux"))]
    fn in_memory() -> std::io::Result<Self> {
        Self::in_file()
    }

    fn in_file() -> std::io::Result<Self> {
        let (file, path) = tempfile::Builder::new()
            .prefix("ta-exchange-")
            .suffix(".arrow")
            .tempfile()?
            .into_parts();
        Ok(Self { file, path: path.to_path_buf(), remove_on_drop: Some(path) })
    }

    /// The path under which this process can open it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Maps what the other side has written.
    ///
    /// # Errors
    /// The system has no memory.
    pub fn map(&self) -> Result<Mmap, MemoryError> {
        // SAFETY: the file is ours alone; the other side has finished writing when this is
        // called and nothing truncates it while the map lives.
        unsafe { Mmap::map(&self.file) }.map_err(|source| MemoryError { what: "a mapping", source })
    }

    /// Makes it `len` bytes long and maps it for writing.
    pub(crate) fn map_mut(&self, len: usize) -> Result<MmapMut, MemoryError> {
        self.file
            .set_len(len as u64)
            // SAFETY: as in `map`; the other side opens it only after the map is written.
            .and_then(|()| unsafe { MmapMut::map_mut(&self.file) })
            .map_err(|source| MemoryError { what: "a mapping", source })
    }

    /// Whether it has a name in a file system.
    pub(crate) fn is_on_disk(&self) -> bool {
        self.remove_on_drop.is_some()
    }

    /// Makes it `len` bytes long. Pages beyond go back to the system.
    pub(crate) fn cut(&self, len: usize) -> Result<(), MemoryError> {
        self.file.set_len(len as u64).map_err(|source| MemoryError { what: "a new length", source })
    }
}
