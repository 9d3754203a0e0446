//! Memory of this process, mapped from the system.

use std::sync::Arc;

use memmap2::{MmapOptions, MmapRaw};

use crate::MemoryError;

/// A large page, as the system gives them.
pub const LARGE_PAGE: usize = 2 << 20;

/// Private memory of a fixed size.
pub struct Pages(Arc<MmapRaw>);

/// Keeps the addresses of some memory good for as long as it lives. What stands there may be
/// overwritten or lost meanwhile: a buffer of a host over results that nobody reads any more.
pub struct Anchor(#[expect(dead_code, reason = "it is held, not used")] Arc<MmapRaw>);

impl Pages {
    /// At least `bytes` bytes of zeros, in large pages where that is worth it.
    pub fn new(bytes: usize) -> Result<Self, MemoryError> {
        // Whole large pages, or the last of them would be small ones.
        let unit = if bytes < LARGE_PAGE { size_of::<f64>() } else { LARGE_PAGE };
        let map = MmapOptions::new().len(bytes.max(1).next_multiple_of(unit)).map_anon();
        let map = map.map_err(|source| MemoryError { what: "new memory", source })?;
        #[cfg(target_os = "linux")]
        if bytes >= LARGE_PAGE {
            // A hint: without large pages it is only slower.
            let _ = map.advise(memmap2::Advice::HugePage);
        }
        Ok(Self(Arc::new(map.into())))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn bytes(&self) -> &[u8] {
        // SAFETY: the mapping is readable for `len` bytes while `self` lives, and only
        // `bytes_mut` writes to it, which needs `self` alone.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr(), self.len()) }
    }

    pub fn bytes_mut(&mut self) -> &mut [u8] {
        // SAFETY: the mapping is writable for `len` bytes while `self` lives. No other `Pages`
        // has it, and an anchor gives no access to it.
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
            // An anchor keeps the addresses. The pages go back to the system all the same.
            // SAFETY: the mapping is private and anonymous, so it reads as zeros afterwards, and
            // nobody but `self` could read it.
            let given = unsafe { self.0.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
            // Where the system refuses, they go when the last anchor does.
            let _ = given;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_keeps_addresses_and_not_what_stands_there() {
        let mut pages = Pages::new(LARGE_PAGE + 1).unwrap();
        assert_eq!(pages.len(), 2 * LARGE_PAGE);
        pages.bytes_mut().fill(7);
        assert!(pages.bytes().iter().all(|&byte| byte == 7));
        let (at, anchor) = (pages.bytes().as_ptr(), pages.anchor());
        drop(pages);
        // SAFETY: the anchor keeps the mapping, and nobody writes to it.
        let first = unsafe { at.read_volatile() };
        assert_eq!(first, if cfg!(unix) { 0 } else { 7 });
        drop(anchor);
    }

    #[test]
    fn small_ones_are_as_long_as_needed() {
        assert_eq!(Pages::new(0).unwrap().len(), 8);
        assert_eq!(Pages::new(1001).unwrap().len(), 1008);
    }
}
