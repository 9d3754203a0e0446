//! Memory mapped from the operating system.

use std::sync::Arc;

use memmap2::{MmapOptions, MmapRaw};

use crate::MemoryError;

/// Bytes of a large page.
pub const LARGE_PAGE: usize = 2 << 20;

/// Memory of a fixed size that only this process can read.
pub struct Pages(Arc<MmapRaw>);

/// Keeps [`Pages`] mapped after they are dropped, so that a pointer into them stays valid. It does
/// not keep their contents, which may be overwritten or become zero.
pub struct Anchor(#[expect(dead_code, reason = "it only keeps the mapping alive")] Arc<MmapRaw>);

impl Pages {
    /// At least `bytes` bytes of zeros, in large pages if they fill one.
    pub fn new(bytes: usize) -> Result<Self, MemoryError> {
        // The system fills a partial large page with small pages.
        let unit = if bytes < LARGE_PAGE { size_of::<f64>() } else { LARGE_PAGE };
        let map = MmapOptions::new().len(bytes.max(1).next_multiple_of(unit)).map_anon();
        let map = map.map_err(|source| MemoryError { what: "new memory", source })?;
        #[cfg(target_os = "linux")]
        if bytes >= LARGE_PAGE {
            // A hint: without large pages the memory is only slower.
            let _ = map.advise(memmap2::Advice::HugePage);
        }
        Ok(Self(Arc::new(map.into())))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn bytes(&self) -> &[u8] {
        // SAFETY: `self` keeps the mapping, which is readable for `len` bytes. Only `bytes_mut`
        // gives write access, and it borrows `self` mutably, so nobody writes to the memory while
        // this slice exists.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr(), self.len()) }
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: `self` keeps the mapping, which is writable for `len` bytes. No other `Pages` has
        // this mapping and an `Anchor` gives no access to it, so the mutable borrow of `self`
        // excludes every other slice of the memory.
        unsafe { std::slice::from_raw_parts_mut(self.0.as_mut_ptr(), self.len()) }
    }

    pub fn anchor(&self) -> Anchor {
        Anchor(self.0.clone())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        #[cfg(unix)]
        if Arc::strong_count(&self.0) > 1 {
            // An anchor keeps the mapping, so the pages are returned to the system separately.
            // SAFETY: the mapping is private and anonymous, so its addresses stay valid and read as
            // zeros afterwards. `self` is being dropped, so no slice that borrows it exists, and an
            // `Anchor` promises nothing about the contents.
            let advised = unsafe { self.0.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
            // If the system refuses, the pages are returned when the last anchor is dropped.
            let _ = advised;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_keeps_addresses_but_not_contents() {
        let mut pages = Pages::new(LARGE_PAGE + 1).unwrap();
        assert_eq!(pages.len(), 2 * LARGE_PAGE);
        pages.bytes_mut().fill(7);
        assert!(pages.bytes().iter().all(|&byte| byte == 7));
        let (at, anchor) = (pages.bytes().as_ptr(), pages.anchor());
        drop(pages);
        // SAFETY: `anchor` keeps the mapping, so `at` is valid; the `Pages` are dropped, so nobody
        // writes to it.
        let first = unsafe { at.read_volatile() };
        assert_eq!(first, if cfg!(unix) { 0 } else { 7 });
        drop(anchor);
    }

    #[test]
    fn small_sizes_are_rounded_up_to_whole_numbers() {
        assert_eq!(Pages::new(0).unwrap().len(), 8);
        assert_eq!(Pages::new(1001).unwrap().len(), 1008);
    }
}
