//! The process's allocator, told to keep what it has.
//!
//! Nodejs-polars takes the memory of each result from the system's allocator, and glibc's
//! gives large blocks back to the system at once, so that every large result is written to
//! pages that the system has yet to provide, four kilobytes at a time. That costs several
//! times what writing the result does.

/// Tells the allocator to keep freed memory, and to take `reserve` bytes that it will need
/// in large pages. Returns whether this system's allocator can be told so.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn keep(reserve: usize) -> bool {
    /// Bytes that the heap grows by at least.
    const STEP: i32 = 64 << 20;
    /// A size that a page can be at most here.
    const LARGE_PAGE: usize = 2 << 20;

    // SAFETY: mallopt takes any value; the block is checked, advised within its bounds and
    // freed once.
    unsafe {
        let told = libc::mallopt(libc::M_TRIM_THRESHOLD, -1) == 1
            && libc::mallopt(libc::M_MMAP_MAX, 0) == 1
            && libc::mallopt(libc::M_TOP_PAD, STEP) == 1
            && libc::mallopt(libc::M_ARENA_MAX, 1) == 1;
        let block = if reserve > 0 { libc::malloc(reserve) } else { std::ptr::null_mut() };
        if !block.is_null() {
            let skip = block.align_offset(LARGE_PAGE);
            if skip < reserve {
                // A hint: without large pages it is only slower.
                libc::madvise(block.byte_add(skip), reserve - skip, libc::MADV_HUGEPAGE);
            }
            libc::free(block);
        }
        told
    }
}

/// See above: no other allocator can be told so from inside.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn keep(_: usize) -> bool {
    false
}
