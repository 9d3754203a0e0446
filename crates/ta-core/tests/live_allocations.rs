//! Rows take no memory from the allocator once a series has seen enough of them.

#[path = "live/bars.rs"]
mod bars;
#[path = "live/drawn.rs"]
mod drawn;

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
};

use bars::{rows, saved, LIVE};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use ta_core::{find_indicator, live::Bank, Indicator, Params};

/// The system's allocator, which counts the blocks that a thread asks for.
struct Counted;

thread_local! {
    static BLOCKS: Cell<usize> = const { Cell::new(0) };
}

#[global_allocator]
static COUNTED: Counted = Counted;

// SAFETY: both methods pass their arguments to the system's allocator unchanged. The counter is
// initialized without an allocation.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        BLOCKS.with(|blocks| blocks.set(blocks.get() + 1));
        // SAFETY: the caller keeps the contract of `alloc`.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: `alloc` got the block from the system's allocator with this layout.
        unsafe { System.dealloc(ptr, layout) }
    }
}

/// The blocks that a call asks for.
fn blocks(call: impl FnOnce()) -> usize {
    let before = BLOCKS.get();
    call();
    BLOCKS.get() - before
}

/// A bank, and rows for it that come again and again.
struct Live {
    bank: Box<dyn Bank>,
    rows: Vec<Vec<f64>>,
    values: Vec<f64>,
    next: usize,
}

impl Live {
    /// Two series before their first row; `None` if the parameters look ahead.
    fn new(indicator: &Indicator, params: &Params) -> Option<Self> {
        let mut bank = indicator.bank(params)?;
        bank.add();
        bank.add();
        let values = vec![0.0; bank.outputs()];
        Some(Self { bank, rows: rows(indicator, 5_000, 17), values, next: 0 })
    }

    /// Peeks at and takes the next row of both series.
    fn row(&mut self) {
        let row = &self.rows[self.next % self.rows.len()];
        for series in 0..2 {
            self.bank.peek(series, row, &mut self.values).unwrap();
            self.bank.update(series, row, &mut self.values).unwrap();
        }
        self.next += 1;
    }

    fn take(&mut self, rows: usize) {
        (0..rows).for_each(|_| self.row());
    }
}

/// The rows until every window is full.
fn warm_up(indicator: &Indicator, params: &Params) -> usize {
    (2 * indicator.edges(params).0).max(2_000)
}

#[test]
fn no_indicator_asks_for_memory_after_the_warm_up() {
    let mut runner = TestRunner::deterministic();
    let mut failed = Vec::new();
    for indicator in LIVE.iter() {
        let drawn = drawn::params(indicator);
        let drawn = (0..10).filter_map(|_| drawn.new_tree(&mut runner).unwrap().current());
        for params in std::iter::once(Params::defaults(&indicator.meta)).chain(drawn) {
            let Some(mut live) = Live::new(indicator, &params) else { continue };
            live.take(warm_up(indicator, &params));
            let in_rows = blocks(|| live.take(1_000));
            let mut state = saved(&*live.bank, 0);
            state.clear();
            let in_save = blocks(|| live.bank.save(0, &mut state));
            if in_rows + in_save > 0 {
                let id = indicator.meta.id;
                failed.push(format!("{id} {params:?}: {in_rows} in rows, {in_save} in save"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

/// One of each kind: a recursion of TA-Lib, native states with and without parts of TA-Lib, and a
/// window.
#[test]
fn a_million_rows_ask_for_no_memory() {
    for id in ["macd", "qqe", "jma", "session_vwap", "psl"] {
        let indicator = find_indicator(id).unwrap();
        let params = Params::defaults(&indicator.meta);
        let mut live = Live::new(indicator, &params).unwrap();
        live.take(warm_up(indicator, &params));
        assert_eq!(blocks(|| live.take(500_000)), 0, "{id}");
    }
}

#[test]
fn only_the_opening_of_a_stream_asks_for_memory() {
    for id in ["sma", "stddev", "mfi"] {
        let indicator = find_indicator(id).unwrap();
        let params = Params::defaults(&indicator.meta);
        let (lookback, piece) = (indicator.edges(&params).0, indicator.piece().unwrap());
        let mut live = Live::new(indicator, &params).unwrap();
        let mut asked = Vec::new();
        for row in 0..140_000 {
            if blocks(|| live.row()) > 0 && row > lookback {
                asked.push(row);
            }
        }
        // The first row that the stream is opened from, and the last.
        let each = [piece, lookback + piece, 2 * piece, lookback + 2 * piece];
        assert_eq!(asked, each, "{id}");
    }
}
