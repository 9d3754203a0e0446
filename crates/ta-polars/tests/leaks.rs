//! Memory after many calls, good ones and refused ones: as much as before.

mod host;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicIsize, Ordering},
};

use host::{
    call, call_pickle,
    made::{bars, whole},
    pickled, Column,
};
use ta_core::{find_indicator, random::Rng};

struct Counting;

static BYTES: AtomicIsize = AtomicIsize::new(0);

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BYTES.fetch_add(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        BYTES.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn no_call_leaves_memory_behind() {
    let columns = |id: &str, rows: usize| -> Vec<Column> {
        let indicator = find_indicator(id).unwrap();
        let values = bars(indicator, rows, &mut Rng::new(1));
        let slots = indicator.meta.semantics.input_slots.iter().zip(&values);
        slots.map(|(slot, values)| whole(slot.name, "g", values)).collect()
    };
    let round = || {
        for id in ["rsi", "macd", "cdl_engulfing", "crossup"] {
            call(&format!(r#"{{"id":"{id}"}}"#), columns(id, 200)).unwrap();
            call(&format!(r#"{{"id":"{id}","params":{{"no":1}}}}"#), columns(id, 20)).unwrap_err();
            call_pickle(&pickled("{"), columns(id, 20)).err().unwrap();
        }
        // Columns that are taken before one that is refused.
        let mut wrong = columns("crossup", 20);
        wrong[1].format = "u".to_owned();
        call(r#"{"id":"crossup"}"#, wrong).unwrap_err();
    };
    (0..20).for_each(|_| round());
    let before = BYTES.load(Ordering::Relaxed);
    (0..500).for_each(|_| round());
    assert_eq!(BYTES.load(Ordering::Relaxed), before);
}
