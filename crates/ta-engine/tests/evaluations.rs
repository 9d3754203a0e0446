//! Tests that different ways to compute give the same results: groups by runs and by rows, all
//! tasks in one run and in several, columns and plain slices, new and reused memory.

// Other tests use the rest of this module.
#[allow(dead_code)]
mod support;

use proptest::prelude::*;
use support::{
    cases,
    random::{params_or_defaults, Draw, Rng},
    run::{all, alone, difference, label, task, Buffer, Values},
    table::Table,
    tries, verdict, Case,
};
use ta_core::{indicators, Missing};
use ta_engine::{Direct, Frame, Partition, Task};
use ta_memory::release;

/// Every indicator once, with random parameters, missing policy and partition.
fn catalog(table: &Table, partitions: usize, seed: u64) -> Vec<Task> {
    let mut rng = Rng::stream(seed, 20);
    let draw = |i| {
        let params = params_or_defaults(i, Draw::Any, &mut rng);
        let missing = rng.pick(&[Missing::Skip, Missing::Propagate]);
        let partition = rng.below(partitions + 1).checked_sub(1);
        task(i, params, partition, missing, table)
    };
    indicators().iter().map(draw).collect()
}

/// A random key for each row; equal keys form runs.
fn keys(rows: usize, rng: &mut Rng) -> Vec<i64> {
    let (stays, count) = (rng.pick(&[1, 3, 10, 60]), rng.pick(&[1, 2, 9, 1000]));
    let mut key = 0;
    let next = |_| {
        if rng.once_in(stays) {
            key = rng.int(1, count);
        }
        key
    };
    (0..rows).map(next).collect()
}

/// The first row of each run of equal keys, and the first row of the first run with the same key.
fn runs(keys: &[i64]) -> (Vec<u32>, Vec<u32>) {
    let begins = |&row: &usize| row == 0 || keys[row] != keys[row - 1];
    let starts: Vec<usize> = (0..keys.len()).filter(begins).collect();
    let first = |&row: &usize| keys.iter().position(|key| *key == keys[row]).unwrap() as u32;
    (starts.iter().map(|&row| row as u32).collect(), starts.iter().map(first).collect())
}

fn first_rows(keys: &[i64]) -> Vec<u32> {
    let first = |key| keys.iter().position(|k| k == key).unwrap() as u32;
    keys.iter().map(first).collect()
}

fn wrong(tasks: &[Task], got: &[Vec<Values>], wanted: &[Vec<Values>]) -> Result<(), TestCaseError> {
    let pairs = tasks.iter().zip(got.iter().zip(wanted));
    verdict(pairs.filter_map(|(task, (got, wanted))| difference(task, got, wanted)))
}

fn table(case: Case) -> Table {
    let table = Table::any(case);
    if Rng::stream(case.seed, 21).once_in(2) {
        table.with_gaps(case)
    } else {
        table
    }
}

/// Runs tasks on a frame that may have run other tasks before.
fn run(frame: &Frame<'_>, tasks: &[Task], rows: usize) -> Vec<Vec<Values>> {
    let buffer = |t: &Task| -> Vec<Buffer> {
        t.indicator.meta.outputs.iter().map(|o| Buffer::new(o.dtype, rows)).collect()
    };
    let mut buffers: Vec<Vec<Buffer>> = tasks.iter().map(buffer).collect();
    let outs = buffers.iter_mut().map(|b| b.iter_mut().map(Buffer::column).collect()).collect();
    frame.run(tasks, outs).unwrap();
    let read = |(buffers, task): (Vec<Buffer>, &Task)| -> Vec<Values> {
        buffers.into_iter().map(|b| b.read(&task.indicator.meta)).collect()
    };
    buffers.into_iter().zip(tasks).map(read).collect()
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn groups_from_runs_and_from_rows_are_the_same(case in cases(0..400)) {
        let table = table(case);
        let mut rng = Rng::stream(case.seed, 22);
        let keys = [keys(table.rows, &mut rng), keys(table.rows, &mut rng)];
        let tasks = catalog(&table, keys.len(), case.seed);
        let by_runs = keys.each_ref().map(|keys| {
            let (starts, firsts) = runs(keys);
            Partition::by_runs(&starts, &firsts, table.rows).unwrap()
        });
        let by_rows = keys.each_ref().map(|keys| Partition::by_first_row(&first_rows(keys)).unwrap());
        for (runs, rows) in by_runs.iter().zip(&by_rows) {
            prop_assert_eq!(runs.is_contiguous(), rows.is_contiguous());
        }
        wrong(&tasks, &all(&tasks, &table, &by_runs), &all(&tasks, &table, &by_rows))?;
    }

    #[test]
    fn tasks_in_several_runs_have_the_values_of_one_run(case in cases(0..300)) {
        let table = table(case);
        let mut rng = Rng::stream(case.seed, 23);
        let partitions = [Partition::by_first_row(&first_rows(&keys(table.rows, &mut rng))).unwrap()];
        let tasks = catalog(&table, 1, case.seed);
        let wanted = all(&tasks, &table, &partitions);
        let frame = Frame::new(table.columns(), partitions.to_vec());
        let mut rest = &tasks[..];
        let mut at = 0;
        while !rest.is_empty() {
            let (now, later) = rest.split_at(1 + rng.below(rest.len().min(60)));
            if rng.once_in(2) {
                // Preparing tasks in advance changes no result.
                frame.prepare(if rng.once_in(2) { later } else { now }).unwrap();
            }
            if rng.once_in(3) {
                release();
            }
            let got = run(&frame, now, table.rows);
            wrong(now, &got, &wanted[at..at + now.len()])?;
            at += now.len();
            rest = later;
        }
        // The frame has all layouts now: run all tasks again.
        wrong(&tasks, &run(&frame, &tasks, table.rows), &wanted)?;
    }

    #[test]
    fn slices_and_columns_give_the_same_values(case in cases(0..400)) {
        let table = table(case);
        let tasks = catalog(&table, 0, case.seed);
        verdict(tasks.iter().filter_map(|task| {
            let columns = table.columns();
            let inputs: Vec<Vec<f64>> = task.inputs.iter().map(|&c| complete(&columns[c])).collect();
            let slices: Vec<&[f64]> = inputs.iter().map(|v| &v[..]).collect();
            let outputs = task.indicator.meta.outputs.len();
            // Reused memory is not zero.
            let mut results = vec![vec![7.5; table.rows]; outputs];
            let call = Direct::new(task.indicator, task.params.clone(), task.missing);
            let mut outs: Vec<&mut [f64]> = results.iter_mut().map(|v| &mut v[..]).collect();
            call.run(&slices, &mut outs).unwrap();
            let got: Vec<Values> = results
                .into_iter()
                .map(|v| v.into_iter().map(|v| (!v.is_nan()).then_some(v)).collect())
                .collect();
            let wanted = all(std::slice::from_ref(task), &table, &[]).swap_remove(0);
            difference(task, &got, &wanted)
        }))?;
    }
}

#[test]
fn groups_that_stand_still_have_the_values_that_they_have_alone() {
    // One row stands for so long that the means of moves become tiny.
    let moves = Table::bars(Case { seed: 8, rows: 1200 });
    let stretch = |first: usize| -> Vec<usize> {
        let last = first + 600;
        (first..last).chain([last; 12_000]).chain(last + 1..last + 400).collect()
    };
    let groups = [stretch(0), stretch(150)];
    let rows = groups[0].len();
    let tasks = |table: &Table, partition| -> Vec<Task> {
        let params = |i: &ta_core::Indicator| ta_core::Params::defaults(&i.meta);
        let of = |i| task(i, params(i), partition, Missing::Skip, table);
        indicators().iter().map(of).collect()
    };
    let alone = groups.each_ref().map(|group| {
        let table = moves.rows(group);
        all(&tasks(&table, None), &table, &[])
    });
    for interleaved in [true, false] {
        let place = |row: usize| {
            if interleaved {
                (row % 2, row / 2)
            } else {
                (row / rows, row % rows)
            }
        };
        let order: Vec<usize> =
            (0..2 * rows).map(|row| groups[place(row).0][place(row).1]).collect();
        let table = moves.rows(&order);
        let second = if interleaved { 1 } else { rows as u32 };
        let firsts: Vec<u32> = (0..2 * rows).map(|row| place(row).0 as u32 * second).collect();
        let tasks = tasks(&table, Some(0));
        let expected: Vec<Vec<Values>> = (0..tasks.len())
            .map(|number| {
                let value =
                    |output: usize, (group, row): (usize, usize)| alone[group][number][output][row];
                let column = |output| (0..2 * rows).map(|row| value(output, place(row))).collect();
                (0..alone[0][number].len()).map(column).collect()
            })
            .collect();
        let got = all(&tasks, &table, &[Partition::by_first_row(&firsts).unwrap()]);
        wrong(&tasks, &got, &expected).unwrap();
    }
}

/// The values of a column, with NaN in missing rows.
fn complete(column: &ta_engine::Column<'_>) -> Vec<f64> {
    let missing = column.missing();
    let value = |(row, &v): (usize, &f64)| {
        if missing.is_some_and(|m| m[row]) {
            f64::NAN
        } else {
            v
        }
    };
    column.values().iter().enumerate().map(value).collect()
}

#[test]
fn slices_of_other_lengths_are_refused() {
    let table = Table::bars(Case { seed: 1, rows: 50 });
    for indicator in indicators().iter().filter(|i| i.meta.semantics.input_slots.len() > 1) {
        let mut rng = Rng::stream(1, 24);
        let params = params_or_defaults(indicator, Draw::Any, &mut rng);
        let task = task(indicator, params.clone(), None, Missing::Skip, &table);
        let columns = table.columns();
        let mut slices: Vec<&[f64]> = task.inputs.iter().map(|&c| columns[c].values()).collect();
        slices[1] = &slices[1][1..];
        let mut results = vec![vec![0.0; 50]; indicator.meta.outputs.len()];
        let mut outs: Vec<&mut [f64]> = results.iter_mut().map(|v| &mut v[..]).collect();
        let refused = Direct::new(indicator, params, Missing::Skip).run(&slices, &mut outs);
        assert!(refused.is_err(), "{}", label(&task));
    }
}

#[test]
fn the_random_tasks_cover_every_indicator_and_have_values() {
    let table = Table::bars(Case { seed: 3, rows: 400 });
    let tasks = catalog(&table, 1, 3);
    assert_eq!(tasks.len(), indicators().len());
    let with_values = tasks.iter().filter(|task| {
        let outputs = alone(task.indicator, &task.params, &table);
        outputs.iter().flatten().any(Option::is_some)
    });
    assert!(with_values.count() * 10 > tasks.len() * 8);
}
