//! Preloaded into a process: says on standard error which settings of the allocator are changed
//! from outside of it, and what is done to its heap. The allocator's own calls do not come here.

use std::ffi::{c_char, c_int, c_long, c_void};

extern "C" {
    fn dlsym(handle: *mut c_void, name: *const c_char) -> *mut c_void;
    fn write(file: c_int, bytes: *const c_void, count: usize) -> isize;
}

/// The function of that name that would have been called.
fn next(name: &'static [u8]) -> *mut c_void {
    // SAFETY: the name ends with 0; -1 is `RTLD_NEXT`.
    unsafe { dlsym(-1isize as *mut c_void, name.as_ptr().cast()) }
}

fn say(line: &str) {
    // SAFETY: the bytes are those of the line.
    unsafe { write(2, line.as_ptr().cast(), line.len()) };
}

/// Where the heap ends.
fn end_of_heap() -> usize {
    // SAFETY: `sbrk` has this type, and 0 changes nothing.
    unsafe {
        let real: extern "C" fn(c_long) -> *mut c_void = std::mem::transmute(next(b"sbrk\0"));
        real(0) as usize
    }
}

#[no_mangle]
pub extern "C" fn mallopt(option: c_int, value: c_int) -> c_int {
    say("mallopt\n");
    // SAFETY: `mallopt` has this type.
    unsafe {
        let real: extern "C" fn(c_int, c_int) -> c_int = std::mem::transmute(next(b"mallopt\0"));
        real(option, value)
    }
}

#[no_mangle]
pub extern "C" fn malloc_trim(pad: usize) -> c_int {
    say("malloc_trim\n");
    // SAFETY: `malloc_trim` has this type.
    unsafe {
        let real: extern "C" fn(usize) -> c_int = std::mem::transmute(next(b"malloc_trim\0"));
        real(pad)
    }
}

#[no_mangle]
pub extern "C" fn sbrk(by: c_long) -> *mut c_void {
    say("sbrk\n");
    // SAFETY: `sbrk` has this type.
    unsafe {
        let real: extern "C" fn(c_long) -> *mut c_void = std::mem::transmute(next(b"sbrk\0"));
        real(by)
    }
}

#[no_mangle]
pub extern "C" fn madvise(at: *mut c_void, bytes: usize, advice: c_int) -> c_int {
    // What is mapped lies above the heap.
    if (at as usize) < end_of_heap() {
        say("madvise of the heap\n");
    }
    // SAFETY: `madvise` has this type.
    unsafe {
        let real: extern "C" fn(*mut c_void, usize, c_int) -> c_int =
            std::mem::transmute(next(b"madvise\0"));
        real(at, bytes, advice)
    }
}
