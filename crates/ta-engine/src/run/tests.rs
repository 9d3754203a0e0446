//! Tests that a single task, for which the frame checks for gaps while it computes, and one of
//! several tasks, for which the frame finds the gaps first, have the same values.

use ta_core::{find_indicator, Computed, Indicator, Missing, Params};

use crate::{output::Buffer, Column, Frame, Task};

/// More than two pieces.
const ROWS: usize = 150_000;

/// Indicators for each way to compute: in pieces, in lanes that check their own values, in lanes of
/// a recursion, and in one call. Some have real values and some have whole values.
const KINDS: [&str; 8] = ["willr", "sma", "sum", "ema", "rsi", "macd", "obv", "cdl_engulfing"];

fn series(slot: usize) -> Vec<f64> {
    (0..ROWS).map(|row| 100.0 + slot as f64 + ((row * 7919 + slot * 31) % 1009) as f64).collect()
}

fn task(indicator: &'static Indicator, missing: Missing) -> Task {
    let params = Params::defaults(&indicator.meta);
    let inputs = (0..indicator.meta.semantics.input_slots.len()).collect();
    Task { indicator, params, inputs, partition: None, missing }
}

/// The outputs of the first task, and whether the frame knew the missing rows before it computed.
fn run(columns: &[Vec<f64>], tasks: &[Task]) -> (Result<Vec<Computed>, String>, bool) {
    let inputs = columns.iter().enumerate();
    let inputs =
        inputs.map(|(slot, values)| Column::new(format!("column {slot}"), &values[..], None));
    let frame = Frame::new(inputs.collect(), Vec::new());
    let make = |task: &Task| -> Vec<Buffer> {
        task.indicator.meta.outputs.iter().map(|o| Buffer::new(o.dtype, ROWS)).collect()
    };
    let mut buffers: Vec<Vec<Buffer>> = tasks.iter().map(make).collect();
    if let Err(refused) = frame.prepare(tasks) {
        return (Err(refused.to_string()), true);
    }
    let known = frame.columns.iter().all(Column::is_known);
    let outs = buffers.iter_mut().map(|b| b.iter_mut().map(Buffer::column).collect()).collect();
    if let Err(refused) = frame.run(tasks, outs) {
        return (Err(refused.to_string()), known);
    }
    assert!(frame.columns.iter().all(Column::is_known));
    (Ok(buffers.remove(0).into_iter().map(Buffer::into_computed).collect()), known)
}

fn same(a: &[Computed], b: &[Computed]) -> bool {
    let bits = |v: &Option<f64>| v.map(f64::to_bits);
    a.iter().zip(b).all(|pair| match pair {
        (Computed::F64(a), Computed::F64(b)) => a.iter().map(bits).eq(b.iter().map(bits)),
        (a, b) => a == b,
    })
}

#[test]
fn a_single_task_has_the_same_values_as_one_of_several() {
    for id in KINDS {
        let indicator = find_indicator(id).unwrap();
        for missing in [Missing::Skip, Missing::Propagate] {
            let task = task(indicator, missing);
            let width = task.inputs.len();
            let complete: Vec<Vec<f64>> = (0..width).map(series).collect();
            // A gap in the warm-up, at the start of a piece, in the last piece, and in the last
            // row.
            for gap in [None, Some(0), Some(65_536), Some(140_000), Some(ROWS - 1)] {
                let mut columns = complete.clone();
                for (slot, row) in gap.into_iter().enumerate() {
                    columns[(slot + width - 1) % width][row] = [f64::NAN, f64::INFINITY][row % 2];
                }
                let (alone, known) = run(&columns, std::slice::from_ref(&task));
                assert!(!known, "{id} is computed before its gaps are known");
                let (among, known) = run(&columns, &[task.clone(), task.clone()]);
                assert!(known);
                assert!(same(&alone.unwrap(), &among.unwrap()), "{id} with a gap at {gap:?}");
            }
        }
    }
}

#[test]
fn results_that_are_not_finite_are_null_on_finite_inputs() {
    for id in ["sma", "sum", "ema", "mult"] {
        let task = task(find_indicator(id).unwrap(), Missing::Skip);
        let mut columns: Vec<Vec<f64>> = (0..task.inputs.len()).map(series).collect();
        columns.iter_mut().for_each(|column| column[70_000..70_040].fill(f64::MAX));
        let (alone, _) = run(&columns, std::slice::from_ref(&task));
        let (among, _) = run(&columns, &[task.clone(), task.clone()]);
        let alone = alone.unwrap();
        assert!(same(&alone, &among.unwrap()), "{id}");
        let values = alone[0].as_f64().unwrap();
        assert!(values.iter().flatten().all(|v| v.is_finite()));
        assert!(id == "ema" || values[70_039].is_none(), "{id}: {:?}", values[70_039]);
    }
}

#[test]
fn the_policy_error_refuses_a_gap() {
    for id in KINDS {
        let task = task(find_indicator(id).unwrap(), Missing::Error);
        let mut columns: Vec<Vec<f64>> = (0..task.inputs.len()).map(series).collect();
        assert!(run(&columns, std::slice::from_ref(&task)).0.is_ok());
        columns[0][130_001] = f64::NAN;
        let refused = run(&columns, std::slice::from_ref(&task)).0.unwrap_err();
        assert_eq!(refused, run(&columns, &[task.clone(), task.clone()]).0.unwrap_err());
        assert!(refused.contains("130001"), "{refused}");
    }
}
