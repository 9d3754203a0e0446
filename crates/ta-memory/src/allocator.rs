//! Tells the allocator of the process to keep freed memory, where a program asks for it.
//!
//! Polars allocates each result with the system's allocator. That of glibc gives large
//! blocks back to the system as soon as they are freed, so the system has to provide new pages of 4
//! KiB for every large result. This takes several times as long as writing the result.

/// Tells the allocator to keep freed memory, and makes it take `reserve` bytes in large pages in
/// advance. Returns whether this system's allocator has these settings.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn tune(reserve: usize) -> bool {
    /// The least number of bytes by which the heap grows.
    const STEP: i32 = 64 << 20;
    /// Bytes of a large page.
    const LARGE_PAGE: usize = 2 << 20;

    // SAFETY: `mallopt` accepts any value, changes only settings of the allocator and takes the
    // allocator's own lock. `block` comes from `malloc`, is used only if it is not null, and is
    // freed once. `skip < reserve`, so the advised range lies within the block; the advice does not
    // change its contents, and nobody else has its address.
    unsafe {
        let told = libc::mallopt(libc::M_TRIM_THRESHOLD, -1) == 1
            && libc::mallopt(libc::M_MMAP_MAX, 0) == 1
            && libc::mallopt(libc::M_TOP_PAD, STEP) == 1
            && libc::mallopt(libc::M_ARENA_MAX, 1) == 1;
        let block = if reserve > 0 { libc::malloc(reserve) } else { std::ptr::null_mut() };
        if !block.is_null() {
            let skip = block.align_offset(LARGE_PAGE);
            if skip < reserve {
                // A hint: without large pages the memory is only slower.
                libc::madvise(block.byte_add(skip), reserve - skip, libc::MADV_HUGEPAGE);
            }
            libc::free(block);
        }
        told
    }
}

/// Other allocators have no such settings: returns `false`.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub fn tune(_: usize) -> bool {
    false
}
