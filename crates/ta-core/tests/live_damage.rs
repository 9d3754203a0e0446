//! Bytes that are not a saved state are refused, or read as another state, at no cost.

#[path = "live/bars.rs"]
mod bars;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

use bars::{rows, saved, LIVE};
use ta_core::{random::Rng, Params};
use ta_saved::Reader;

/// The system's allocator, which remembers the largest size that it was asked for.
struct Watched;

static LARGEST: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static WATCHED: Watched = Watched;

// SAFETY: both methods pass their arguments to the system's allocator unchanged.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), Relaxed);
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: `alloc` got the block from the system's allocator with this layout.
        unsafe { System.dealloc(ptr, layout) }
    }
}

#[test]
fn damaged_states_are_read_without_panic_and_large_allocations() {
    let mut rng = Rng::new(3);
    for indicator in LIVE.iter() {
        let params = Params::defaults(&indicator.meta);
        let mut bank = indicator.bank(&params).unwrap();
        // The first stays whole; bytes that are damaged go to the second.
        let [series, other] = [bank.add(), bank.add()];
        let mut values = vec![0.0; indicator.meta.outputs.len()];
        for (number, row) in rows(indicator, 150, 5).iter().enumerate() {
            // During and after the warm-up.
            if number == 1 || number == 149 {
                let whole = saved(&*bank, series);
                LARGEST.store(0, Relaxed);
                for end in 0..whole.len() {
                    let short = bank.load(series, &mut Reader::new(&whole[..end]));
                    assert!(short.is_err(), "{}: {end} bytes", indicator.meta.id);
                }
                assert!(saved(&*bank, series) == whole, "{}", indicator.meta.id);
                for place in 0..whole.len() {
                    let mut bytes = whole.clone();
                    bytes[place] ^= 1 << rng.below(8);
                    // Some flips are another number, which only a checksum can tell.
                    let _ = bank.load(other, &mut Reader::new(&bytes));
                    bytes[place..].fill(0xFF);
                    let _ = bank.load(other, &mut Reader::new(&bytes));
                }
                let largest = LARGEST.load(Relaxed);
                assert!(largest <= 64 * (whole.len() + 64), "{}: {largest}", indicator.meta.id);
            }
            bank.update(series, row, &mut values).unwrap();
        }
    }
}
