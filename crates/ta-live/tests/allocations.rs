//! A bar asks for no memory once a stream is warm.

#[allow(dead_code)]
mod support;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    sync::Arc,
};

use serde_json::{json, Value};
use support::{bars, catalog, nodes, program_of, Call, FIELDS};
use ta_live::{Bar, Stream};

/// The system's allocator, which counts what each thread asks for.
struct Counted;

thread_local! {
    static ASKED: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static COUNTED: Counted = Counted;

// SAFETY: both methods pass their arguments to the system's allocator unchanged. Counting asks for no
// memory, because the counter is constant at first and needs no destructor.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ASKED.with(|asked| asked.set(asked.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: `alloc` got the block from the system's allocator with this layout.
        unsafe { System.dealloc(ptr, layout) }
    }
}

fn asked() -> usize {
    ASKED.with(Cell::get)
}

/// How often a stream of this program asks for memory, after its warm-up.
fn asks(nodes: &[Value]) -> usize {
    let mut stream = Stream::new(Arc::new(program_of(nodes)), 0).unwrap();
    let key = stream.add(String::new());
    let rows = bars(900, 4);
    let mut before = 0;
    for (number, row) in rows.iter().enumerate() {
        if number == 600 {
            before = asked();
        }
        stream.update(key, Bar::of(row)).unwrap();
        stream.peek_many(&[key], |_| Bar::of(&rows[number / 2])).unwrap();
        stream.replace(key, Bar::of(row)).unwrap();
    }
    asked() - before
}

/// The indicators of the catalog by whether a bar of them asks for no memory.
fn sorted() -> (Vec<Call>, Vec<Call>) {
    catalog().into_iter().partition(|call| asks(&nodes(std::slice::from_ref(call))) == 0)
}

/// So many that no series reaches the 65,536 rows after which the batch begins a new piece: there
/// indicators collect rows and open new streams. Odd, so that each key has every turn.
const KEYS: usize = 21;
const BARS: u64 = 1_000_000;

#[test]
fn a_million_bars_ask_for_no_memory() {
    let (quiet, asking) = sorted();
    let names: Vec<&str> = asking.iter().map(|(indicator, _)| indicator.meta.id).collect();
    assert_eq!(names, [""; 0]);
    // Some indicators, an indicator of an indicator, arithmetic and conditions.
    let calls: Vec<Call> = quiet.into_iter().step_by(23).collect();
    let mut nodes = nodes(&calls);
    let last = nodes.len();
    let single = calls.iter().position(|(i, _)| i.meta.outputs.len() == 1).unwrap();
    nodes.extend([
        json!({ "kind": "binary", "op": "/", "left": 3, "right": single + FIELDS.len() }),
        json!({ "kind": "call", "id": "sma", "params": { "period": 9 }, "inputs": [last] }),
        json!({ "kind": "binary", "op": ">", "left": last, "right": last + 1 }),
        json!({ "kind": "not", "of": last + 2 }),
    ]);
    let program = Arc::new(program_of(&nodes));
    let rows = bars(10_007, 4);
    for amend in [0, 3] {
        let mut stream = Stream::new(program.clone(), amend).unwrap();
        let keys: Vec<u32> = (0..KEYS).map(|key| stream.add(key.to_string())).collect();
        let turn = |stream: &mut Stream, number: usize| {
            let bar = Bar::of(&rows[number % rows.len()]);
            let other = Bar::of(&rows[(number * 31 + 7) % rows.len()]);
            let key = keys[number % KEYS];
            match number % 16 {
                0 | 8 => stream.update_many(&keys, |_| bar).unwrap(),
                1 => stream.peek_many(&keys, |_| other).unwrap(),
                2 => stream.replace(key, other).unwrap(),
                3 => stream.amend(key, amend, bar).unwrap(),
                _ => stream.update(key, bar).unwrap(),
            }
        };
        for bar in &rows[..4] {
            stream.update_many(&keys, |_| Bar::of(bar)).unwrap();
        }
        (0..4000).for_each(|number| turn(&mut stream, number));
        let (mut number, mut asking) = (4000, 0);
        while stream.info().bars < BARS {
            let before = asked();
            for _ in 0..1000 {
                turn(&mut stream, number);
                number += 1;
            }
            asking += asked() - before;
        }
        assert_eq!(asking, 0, "amend {amend}");
    }
}
