//! Memory after many calls, good ones and refused ones: as much as before.

mod host;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

use host::{
    call, call_pickle,
    made::{bars, whole},
    pickled, Column,
};
use serde_json::{json, Value};
use ta_core::{indicators, meta::SlotKind, random::Rng, Indicator};

struct Counting;

thread_local! {
    /// The bytes that this thread holds. The threads of the pool allocate as they start, which may be
    /// at any time.
    static BYTES: Cell<isize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    // A thread that ends has no count any more.
    let _ = BYTES.try_with(|held| held.set(held.get() + bytes));
}

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn no_call_leaves_memory_behind() {
    let columns = |indicator: &Indicator, rows: usize| -> Vec<Column> {
        let values = bars(indicator, rows, &mut Rng::new(1));
        let slots = indicator.meta.semantics.input_slots.iter().zip(&values);
        slots.map(|(slot, values)| whole(slot.name, "g", values)).collect()
    };
    let called = |id: &str, params: Value| {
        json!({ "id": id, "params": params, "allow_lookahead": true }).to_string()
    };
    let reads_numbers = |i: &&Indicator| {
        i.meta.semantics.input_slots.iter().all(|slot| slot.kind == SlotKind::Number)
    };
    let some: Vec<&Indicator> = indicators().iter().filter(reads_numbers).step_by(13).collect();
    let round = || {
        for indicator in &some {
            let id = indicator.meta.id;
            call(&called(id, json!({})), columns(indicator, 200)).unwrap();
            call(&called(id, json!({ "no": 1 })), columns(indicator, 20)).unwrap_err();
            call_pickle(&pickled("{"), columns(indicator, 20)).err().unwrap();
            // Columns that are taken before and after one that is refused.
            let mut wrong = columns(indicator, 20);
            let middle = wrong.len() / 2;
            wrong[middle].format = "+s".to_owned();
            call(&called(id, json!({})), wrong).unwrap_err();
        }
    };
    (0..20).for_each(|_| round());
    let before = BYTES.get();
    (0..100).for_each(|_| round());
    assert_eq!(BYTES.get(), before);
}
