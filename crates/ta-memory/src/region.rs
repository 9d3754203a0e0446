//! Files for the exchange with another library of this process, which opens them by path.

use std::{
    fs::File,
    path::{Path, PathBuf},
};

use memmap2::{Mmap, MmapMut};
use tempfile::TempPath;

use crate::MemoryError;

/// Where a region is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backing {
    /// An anonymous file in memory, reached as `/proc/self/fd/N`. Linux only.
    Memory,
    /// A file in the temporary directory, removed with the region.
    File,
}

impl Backing {
    /// The backing with this name, or the usual one.
    ///
    /// # Errors
    /// One sentence: there is no such backing.
    pub fn named(name: Option<&str>) -> Result<Self, String> {
        match name {
            None => Ok(Self::default()),
            Some("memory") => Ok(Self::Memory),
            Some("file") => Ok(Self::File),
            Some(other) => Err(format!("backing must be \"memory\" or \"file\", got {other:?}")),
        }
    }
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

/// A file that this crate and another library both open. It is removed when it is dropped.
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
    /// The system has no file descriptor, memory or disk space left.
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

    /// The path by which this process can open it.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Maps the contents for reading.
    ///
    /// # Safety
    /// The other library has closed the file, and nobody writes to it while the map exists.
    ///
    /// # Errors
    /// The system has no memory.
    pub unsafe fn map(&self) -> Result<Mmap, MemoryError> {
        // SAFETY: a map is sound while nobody changes or shortens the file. The caller promises it
        // for the other library, and no other program knows the file: it is anonymous or has a
        // random name. In this crate only `set_len` changes a file, and only `SharedFile` calls it,
        // whose regions nobody else can reach.
        unsafe { Mmap::map(&self.file) }.map_err(|source| MemoryError { what: "a mapping", source })
    }

    /// Sets the length to `len` bytes and maps the file for writing.
    pub(crate) fn map_mut(&self, len: usize) -> Result<MmapMut, MemoryError> {
        self.file
            .set_len(len as u64)
            // SAFETY: only `SharedFile` calls this, once for each region, and keeps the map
            // private, so no other map of this crate writes to the file. `set_len` needs a mutable
            // borrow of the `SharedFile`, so no slice of the map exists while the file becomes
            // shorter. The other library only reads the file, after the writer has finished.
            .and_then(|()| unsafe { MmapMut::map_mut(&self.file) })
            .map_err(|source| MemoryError { what: "a mapping", source })
    }

    /// Whether it is a file on disk.
    pub(crate) fn is_on_disk(&self) -> bool {
        self.remove_on_drop.is_some()
    }

    /// Sets the length to `len` bytes. Pages beyond it are given back to the system.
    pub(crate) fn set_len(&self, len: usize) -> Result<(), MemoryError> {
        self.file.set_len(len as u64).map_err(|source| MemoryError { what: "a new length", source })
    }
}
