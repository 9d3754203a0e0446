//! Tests that a file of results can be read back as the same columns.

use ta_arrow::{Input, Layout, Output};
use ta_core::meta::DType;
use ta_engine::{Field, OutValues};
use ta_memory::{Backing, Region, Results};

fn fields() -> Vec<Field> {
    vec![
        Field { name: "one".into(), outputs: vec![("value", DType::Float64)] },
        Field { name: "flag".into(), outputs: vec![("value", DType::Boolean)] },
        Field { name: "count".into(), outputs: vec![("value", DType::Int32)] },
    ]
}

fn write(rows: usize, backing: Backing) -> Region {
    let layout = Layout::new(fields(), rows);
    let mut results = Results::in_buffer(layout.bytes() + 100).unwrap();
    let memory = results.file(layout.bytes() + 100).unwrap();
    // Reused memory is not zero.
    memory.fill(0xAA);
    let mut output = Output::new(&layout, memory).unwrap();
    for column in output.columns().into_iter().flatten() {
        let row = |i: usize| i + 1;
        match column.values {
            OutValues::F64(v) => (0..rows).for_each(|i| v[i] = row(i) as f64),
            OutValues::I32(v) => (0..rows).for_each(|i| v[i] = row(i) as i32),
            OutValues::Bits(v) => v.fill(0b0101_0101),
        }
        column.validity.fill(0xff);
        if rows > 0 {
            column.validity[0] = 0xfe;
            *column.null_count = 1;
        }
    }
    output.finish();
    let region = Region::new(backing).unwrap();
    std::fs::write(region.path(), &memory[..layout.bytes()]).unwrap();
    region
}

#[test]
fn columns_are_read_as_they_were_written() {
    for backing in [Backing::Memory, Backing::File] {
        for rows in [0, 1, 7, 8, 9, 1000] {
            let region = write(rows, backing);
            // SAFETY: the file is closed, and only this test knows it.
            let input = unsafe { Input::open(&region) }.unwrap();
            assert_eq!((input.rows(), input.width()), (rows, 3));
            let expected: Vec<f64> = (1..=rows).map(|v| v as f64).collect();
            assert_eq!(input.numbers(0, "one").unwrap().values(), expected);
            assert_eq!(input.numbers(2, "count").unwrap().values(), expected);
            let flags = input.numbers(1, "flag").unwrap();
            let on = |(i, v): (usize, &f64)| *v == f64::from(u8::from(i % 2 == 0));
            assert!(flags.values().iter().enumerate().all(on));
            let missing = |i: usize| flags.missing().is_some_and(|m| m[i]);
            assert!((0..rows).all(|i| missing(i) == (i == 0)));
        }
    }
}

#[test]
fn memory_that_is_too_short_is_refused() {
    let layout = Layout::new(fields(), 10);
    let mut results = Results::in_buffer(layout.bytes()).unwrap();
    assert!(Output::new(&layout, results.file(layout.bytes() - 1).unwrap()).is_err());
}

#[test]
fn a_file_region_is_removed_with_its_owner() {
    let region = write(3, Backing::File);
    let path = region.path().to_owned();
    assert!(path.exists());
    drop(region);
    assert!(!path.exists());
}

#[test]
fn a_file_that_is_not_arrow_is_an_error() {
    let region = Region::new(Backing::File).unwrap();
    std::fs::write(region.path(), b"ARROW1 but no more than that").unwrap();
    // SAFETY: the file is closed, and only this test knows it.
    assert!(unsafe { Input::open(&region) }.is_err());
}
