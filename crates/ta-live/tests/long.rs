//! Long series have the bits of the engine, also after the rows where the batch begins a new piece.

#[allow(dead_code)]
mod support;

use std::sync::Arc;

use support::{bars, catalog, fields_of, is_full, nodes, program_of, Call, FIELDS};
use ta_core::{meta::DType, Missing};
use ta_engine::{Column, Frame, OutColumn, OutValues, Task};
use ta_live::{Bar, Program, Stream};

/// Rows in which the batch begins a second piece, and three pieces more, which `.ci/run` tries.
const ROWS: [usize; 2] = [70_000, 200_000];
/// Rows in which a field is missing, in a series that has gaps: some before the row where a piece
/// would end without them, and some after.
const GAPS: [(usize, usize); 6] =
    [(40, 3), (9_000, 1), (9_001, 1), (65_600, 4), (66_000, 2), (69_000, 0)];
/// Indicators of one program.
const TOGETHER: usize = 40;

/// The engine's values of one output; events are 0 and 1, and NaN is null.
fn batch(calls: &[Call], missing: Missing, rows: &[[f64; 7]]) -> Vec<Vec<f64>> {
    let columns: Vec<Vec<f64>> =
        (0..FIELDS.len()).map(|field| rows.iter().map(|row| row[field]).collect()).collect();
    let frame = columns.iter().zip(FIELDS);
    let frame = frame.map(|(values, name)| Column::new(name, &values[..], None)).collect();
    let tasks: Vec<Task> = calls
        .iter()
        .map(|(indicator, params)| Task {
            indicator,
            params: params.clone(),
            inputs: fields_of(indicator),
            partition: None,
            missing,
        })
        .collect();
    let dtypes = || calls.iter().flat_map(|(indicator, _)| &indicator.meta.outputs);
    let count = dtypes().count();
    let mut reals = vec![vec![0.0; rows.len()]; count];
    let mut wholes: Vec<Vec<i32>> = vec![Vec::new(); count];
    let bytes = rows.len().div_ceil(8);
    let mut events = vec![vec![0u8; bytes]; count];
    let mut validity = vec![vec![0u8; bytes]; count];
    let mut nulls = vec![0; count];
    for (output, whole) in dtypes().zip(&mut wholes) {
        if output.dtype == DType::Int32 {
            *whole = vec![0; rows.len()];
        }
    }
    let memory =
        reals.iter_mut().zip(&mut wholes).zip(&mut events).zip(&mut validity).zip(&mut nulls);
    let mut outs =
        memory.zip(dtypes()).map(|(((((real, whole), event), validity), null_count), output)| {
            let values = match output.dtype {
                DType::Float64 => OutValues::F64(real),
                DType::Int32 => OutValues::I32(whole),
                DType::Boolean => OutValues::Bits(event),
            };
            OutColumn { rows: rows.len(), values, validity, null_count }
        });
    let outs = calls.iter().map(|(i, _)| outs.by_ref().take(i.meta.outputs.len()).collect());
    let outs = outs.collect();
    Frame::new(frame, Vec::new()).run(&tasks, outs).expect("the engine computes");
    let bit = |bits: &[u8], row: usize| bits[row / 8] >> (row % 8) & 1 == 1;
    let value = |output: usize, dtype: DType, row: usize| match dtype {
        _ if !bit(&validity[output], row) => f64::NAN,
        DType::Float64 => reals[output][row],
        DType::Int32 => f64::from(wholes[output][row]),
        DType::Boolean => f64::from(u8::from(bit(&events[output], row))),
    };
    let all = dtypes().enumerate();
    all.map(|(at, output)| (0..rows.len()).map(|row| value(at, output.dtype, row)).collect())
        .collect()
}

/// The bits of a value, with one pattern for all that are missing.
fn bits(value: f64) -> Option<u64> {
    value.is_finite().then(|| value.to_bits())
}

/// What differs in the row of a lane.
fn differs(stream: &Stream, expected: &[Vec<f64>], row: usize) -> Option<String> {
    let mut found = None;
    stream.values(0, |output, cell| {
        let wanted = expected[output][row];
        if bits(cell.value) != bits(wanted) {
            found = Some(format!("output {output}, row {row}: {} is not {wanted}", cell.value));
        }
    });
    found
}

/// The program of indicators that treat missing rows so.
fn program(calls: &[Call], missing: &str) -> Program {
    let mut nodes = nodes(calls);
    for call in nodes.iter_mut().filter(|node| node["kind"] == "call") {
        call["missing"] = missing.into();
    }
    program_of(&nodes)
}

/// So many rows, some of them with a gap.
fn with_gaps(count: usize) -> Vec<[f64; 7]> {
    let mut rows = bars(count, 11);
    GAPS.iter().for_each(|&(row, field)| rows[row][field] = f64::NAN);
    rows
}

#[test]
fn long_series_have_the_bits_of_the_engine() {
    for &count in &ROWS[..if is_full() { 2 } else { 1 }] {
        holds("skip", &bars(count, 11));
    }
}

#[test]
fn long_series_with_gaps_have_the_bits_of_the_engine() {
    for missing in ["skip", "propagate"] {
        holds(missing, &with_gaps(ROWS[0]));
    }
}

/// Compares streams of all indicators with the engine.
fn holds(missing: &str, rows: &[[f64; 7]]) {
    let count = rows.len();
    let calls = catalog();
    let mut failed = Vec::new();
    for (group, calls) in calls.chunks(TOGETHER).enumerate() {
        let expected = batch(calls, Missing::parse(missing).unwrap(), rows);
        let program = Arc::new(program(calls, missing));
        let mut stream = Stream::new(program.clone(), 0).unwrap();
        let key = stream.add(String::new());
        let mut check = |stream: &Stream, row: usize, how: &str| {
            let first = || calls[0].0.meta.id;
            failed.extend(
                differs(stream, &expected, row)
                    .map(|what| format!("{how}, group {group} from {}: {what}", first())),
            );
        };
        for (number, row) in rows.iter().enumerate() {
            stream.update(key, Bar::of(row)).unwrap();
            check(&stream, number, "updates");
        }
        // Warm-ups that end near the rows where a piece ends, with updates between.
        let mut stream = Stream::new(program, 0).unwrap();
        let key = stream.add(String::new());
        let mut from = 0;
        for end in [1, 65_530, 65_536, 65_700, 131_072, 131_073, count] {
            let Some(part) = rows.get(from..end) else { continue };
            stream.warm(&vec![key; part.len()], |row| Bar::of(&part[row])).unwrap();
            check(&stream, end - 1, "warm-ups");
            from = end;
            if let Some(row) = rows.get(end) {
                stream.update(key, Bar::of(row)).unwrap();
                check(&stream, end, "an update after a warm-up");
                from += 1;
            }
        }
        assert!(failed.is_empty(), "{}", failed[..failed.len().min(5)].join("\n"));
    }
}
