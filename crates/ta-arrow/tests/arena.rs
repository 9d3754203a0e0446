//! Memory that is used again for files of other sizes.

use ta_arrow::{Arena, Backing, Input, Layout, Output};
use ta_core::meta::DType;
use ta_engine::{Field, OutValues};

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

/// The value of a row, and whether it has one.
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

/// Checks a file of results that was read by its bytes.
fn check(bytes: &[u8], rows: usize, seed: usize) {
    let copy = ta_arrow::Region::new(Backing::File).unwrap();
    std::fs::write(copy.path(), bytes).unwrap();
    let input = Input::open(&copy).unwrap();
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

#[test]
fn files_of_any_size_after_each_other() {
    for backing in BACKINGS {
        let largest = layout(5000);
        let mut arena = Arena::shared(largest.bytes(), backing).unwrap();
        for (seed, rows) in [5000, 3, 0, 700, 5000, 1, 4999, 5000].into_iter().enumerate() {
            let layout = layout(rows);
            if !arena.fits(layout.bytes()) {
                // Only a file that cannot be truncated while it is mapped refuses other sizes.
                assert!(backing == Backing::File || cfg!(not(target_os = "linux")));
                continue;
            }
            fill(&layout, arena.file(layout.bytes()).unwrap(), rows, seed);
            // The other side sees the file, and nothing behind it.
            let bytes = std::fs::read(arena.path().unwrap()).unwrap();
            assert_eq!(bytes.len(), layout.bytes());
            check(&bytes, rows, seed);
        }
    }
}

#[test]
fn memory_without_a_path_too() {
    let mut arena = Arena::private(layout(5000).bytes()).unwrap();
    assert_eq!(arena.path(), None);
    for (seed, rows) in [5000, 3, 0, 700, 5000].into_iter().enumerate() {
        let layout = layout(rows);
        assert!(arena.fits(layout.bytes()));
        fill(&layout, arena.file(layout.bytes()).unwrap(), rows, seed);
        check(&arena.memory().unwrap()[..layout.bytes()], rows, seed);
        if seed == 2 {
            arena.rest();
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    for mut arena in [
        Arena::private(1000).unwrap(),
        Arena::shared(1000, Backing::Memory).unwrap(),
        Arena::shared(1000, Backing::File).unwrap(),
    ] {
        assert!(arena.fits(1000) && !arena.fits(1001));
        assert!(arena.file(1001).is_err());
        assert_eq!(arena.file(1000).unwrap().len(), 1000);
    }
    let mut small = Arena::private(layout(10).bytes() - 1).unwrap();
    let layout = layout(10);
    assert!(Output::new(&layout, small.memory().unwrap()).is_err());
}

#[test]
fn a_rest_keeps_the_file_and_its_length() {
    for backing in BACKINGS {
        let layout = layout(900);
        let mut arena = Arena::shared(layout.bytes(), backing).unwrap();
        for seed in [1, 2] {
            fill(&layout, arena.file(layout.bytes()).unwrap(), 900, seed);
            check(&std::fs::read(arena.path().unwrap()).unwrap(), 900, seed);
            arena.rest();
        }
        let path = arena.path().unwrap().to_owned();
        assert_eq!(std::fs::metadata(&path).unwrap().len() as usize, layout.bytes());
        drop(arena);
        // Another file may have the number of the closed descriptor by now.
        assert!(backing == Backing::Memory || !path.exists());
    }
}

#[test]
fn no_rows_need_no_memory_of_their_own() {
    let mut arena = Arena::private(0).unwrap();
    assert!(arena.memory().unwrap().len() <= 1);
    let layout = layout(0);
    let mut arena = Arena::shared(layout.bytes(), Backing::default()).unwrap();
    fill(&layout, arena.file(layout.bytes()).unwrap(), 0, 1);
    check(&std::fs::read(arena.path().unwrap()).unwrap(), 0, 1);
}
