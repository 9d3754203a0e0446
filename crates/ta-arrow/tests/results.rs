//! Tests that memory can be used again for files of other sizes.

use ta_arrow::{Input, Layout, Output};
use ta_core::meta::DType;
use ta_engine::{Field, OutValues};
use ta_memory::{Backing, Region, Results};

const BACKINGS: [Backing; 2] = [Backing::Memory, Backing::File];

fn layout(rows: usize) -> Layout {
    let two = vec![("low", DType::Float64), ("high", DType::Float64)];
    let fields = vec![
        Field { name: "one".into(), outputs: vec![("value", DType::Float64)] },
        Field { name: "count".into(), outputs: vec![("value", DType::Int32)] },
        Field { name: "flag".into(), outputs: vec![("value", DType::Boolean)] },
        Field { name: "two".into(), outputs: two },
    ];
    Layout::new(fields, rows)
}

/// The value of a row, and whether the row has it.
fn value(row: usize, seed: usize) -> (f64, bool) {
    (((row * 31 + seed * 7) % 1000) as f64, !(row + seed).is_multiple_of(3))
}

/// Fills the first bytes of `memory` as kernels do.
fn fill(layout: &Layout, memory: &mut [u8], rows: usize, seed: usize) {
    let mut output = Output::new(layout, memory).unwrap();
    for column in output.columns().into_iter().flatten() {
        match column.values {
            OutValues::F64(v) => (0..rows).for_each(|row| v[row] = value(row, seed).0),
            OutValues::I32(v) => (0..rows).for_each(|row| v[row] = value(row, seed).0 as i32),
            OutValues::Bits(v) => v.fill(0),
        }
        column.validity.fill(0);
        for row in (0..rows).filter(|&row| value(row, seed).1) {
            column.validity[row / 8] |= 1 << (row % 8);
        }
        *column.null_count = (0..rows).filter(|&row| !value(row, seed).1).count();
    }
    output.finish();
}

/// Checks the bytes of a file of results.
fn check(bytes: &[u8], rows: usize, seed: usize) {
    let copy = Region::new(Backing::File).unwrap();
    std::fs::write(copy.path(), bytes).unwrap();
    // SAFETY: the file is closed, and only this test knows it.
    let input = unsafe { Input::open(&copy) }.unwrap();
    assert_eq!((input.rows(), input.width()), (rows, 4));
    for index in [0, 1] {
        let column = input.numbers(index, "column").unwrap();
        for row in 0..rows {
            let (wanted, there) = value(row, seed);
            assert_eq!(!column.missing().is_some_and(|m| m[row]), there, "row {row}");
            assert!(!there || column.values()[row] == wanted, "row {row}");
        }
    }
}

const SIZES: [usize; 8] = [5000, 3, 0, 700, 5000, 1, 4999, 5000];

#[test]
fn one_file_can_hold_results_of_any_size_in_turn() {
    for backing in BACKINGS {
        let mut results = Results::in_file(layout(5000).bytes(), backing).unwrap();
        for (seed, rows) in SIZES.into_iter().enumerate() {
            let layout = layout(rows);
            let Ok(memory) = results.file(layout.bytes()) else {
                // A file on disk cannot be made shorter.
                assert!(rows < 5000);
                assert!(backing == Backing::File || cfg!(not(target_os = "linux")));
                continue;
            };
            fill(&layout, memory, rows, seed);
            // A reader sees the file, and nothing after its end.
            let bytes = std::fs::read(results.path().unwrap()).unwrap();
            assert_eq!(bytes.len(), layout.bytes());
            check(&bytes, rows, seed);
        }
    }
}

#[test]
fn memory_without_a_path_can_hold_results_of_any_size_in_turn() {
    let mut results = Results::in_buffer(layout(5000).bytes()).unwrap();
    assert_eq!(results.path(), None);
    for (seed, rows) in SIZES.into_iter().enumerate() {
        let layout = layout(rows);
        fill(&layout, results.file(layout.bytes()).unwrap(), rows, seed);
        check(&results.whole().unwrap().0[..layout.bytes()], rows, seed);
    }
}

#[test]
fn a_size_that_does_not_fit_is_refused() {
    for backing in BACKINGS {
        let mut results = Results::in_file(1000, backing).unwrap();
        assert_eq!(results.file(1000).unwrap().len(), 1000);
        assert!(results.whole().is_none(), "it has a path");
        assert!(results.file(1 << 40).is_err());
    }
    let mut results = Results::in_buffer(1000).unwrap();
    let has = results.whole().unwrap().0.len();
    assert_eq!(results.file(has).unwrap().len(), has);
    assert!(results.file(has + 1).is_err());
}

#[test]
fn returned_memory_is_used_again_and_a_buffer_keeps_its_address() {
    // No other test here uses this size.
    let bytes = 90 << 20;
    let mut results = Results::in_buffer(bytes).unwrap();
    assert!(!results.is_reused());
    let (memory, _anchor) = results.whole().unwrap();
    memory[..8].fill(7);
    let at = memory.as_ptr();
    drop(results);
    let mut results = Results::in_buffer(bytes).unwrap();
    assert!(results.is_reused());
    assert_eq!(results.whole().unwrap().0.as_ptr(), at);
    drop(results);
    ta_memory::release();
    let mut results = Results::in_buffer(bytes).unwrap();
    assert!(!results.is_reused());
    assert_ne!(results.whole().unwrap().0.as_ptr(), at, "a buffer may still have this address");
}

#[test]
fn a_file_can_have_no_rows() {
    let layout = layout(0);
    let mut results = Results::in_file(layout.bytes(), Backing::default()).unwrap();
    fill(&layout, results.file(layout.bytes()).unwrap(), 0, 1);
    check(&std::fs::read(results.path().unwrap()).unwrap(), 0, 1);
}
