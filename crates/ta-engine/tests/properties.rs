//! Properties of every indicator in the catalog, on any data. The expectations follow from the
//! catalog's metadata; no indicator is named here.

mod support;

use std::collections::{BTreeMap, HashMap};

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use serde_json::Map;
use support::{
    cases,
    random::{params_or_defaults, Draw, Rng},
    run::{all, alone, difference, label, mismatch, task, try_all, Values},
    table::{Table, PRICES, VOLUME},
    tries, verdict, Case,
};
use ta_core::{
    indicators,
    meta::{DType, IndicatorOutputMeta, Memory, ParamKind, Scale},
    resolve,
    threads::{Serial, Threads},
    Indicator, Kernel, Missing, NameStyle, Out, Params,
};
use ta_engine::{Partition, Task};

/// Every indicator once, with defaults or random parameters.
fn catalog(table: &Table, draw: Draw, seed: u64) -> Vec<Task> {
    let mut rng = Rng::stream(seed, 10);
    indicators()
        .iter()
        .map(|i| task(i, params_or_defaults(i, draw, &mut rng), None, Missing::Skip, table))
        .collect()
}

/// At most `count` random groups: for each row, the first row of its group.
fn groups(rows: usize, count: i64, rng: &mut Rng) -> Vec<u32> {
    let stays = rng.pick(&[1, 1, 10, 100]);
    let mut first = HashMap::new();
    let mut key = 0;
    (0..rows)
        .map(|row| {
            if rng.once_in(stays) {
                // The least of several draws: some groups are long, many are single rows.
                key = (0..3).map(|_| rng.int(1, count)).min().unwrap_or(0);
            }
            *first.entry(key).or_insert(row as u32)
        })
        .collect()
}

/// The expected values with groups and gaps: computes the complete rows of each group separately
/// and puts the values back to their rows.
fn by_hand(task: &Task, table: &Table, first: &[u32]) -> Vec<Values> {
    let semantics = &task.indicator.meta.semantics;
    let mut wanted = vec![vec![None; table.rows]; task.indicator.meta.outputs.len()];
    let gap = |&row: &usize| task.inputs.iter().any(|&c| table.is_gap(c, row));
    let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    (0..table.rows).for_each(|row| groups.entry(first[row]).or_default().push(row));
    for group in groups.into_values() {
        let pieces: Vec<Vec<usize>> = match (task.missing, semantics.memory) {
            (Missing::Propagate, Memory::Cumulative) => {
                vec![group.into_iter().take_while(|row| !gap(row)).collect()]
            }
            (Missing::Propagate, _) => group.split(gap).map(<[usize]>::to_vec).collect(),
            _ => vec![group.into_iter().filter(|row| !gap(row)).collect()],
        };
        for rows in pieces.iter().filter(|rows| !rows.is_empty()) {
            let computed = alone(task.indicator, &task.params, &table.rows(rows));
            for (wanted, computed) in wanted.iter_mut().zip(computed) {
                for (&row, value) in rows.iter().zip(computed) {
                    wanted[row] = value;
                }
            }
        }
    }
    wanted
}

/// Compares one run of the whole catalog, with and without groups, with [`by_hand`].
fn same_as_by_hand(table: &Table, seed: u64, missing: &[Missing]) -> Result<(), TestCaseError> {
    let mut rng = Rng::stream(seed, 11);
    let whole = vec![0; table.rows];
    let mut random = || {
        let count = rng.pick(&[1, 2, 5, 50, 100_000]);
        groups(table.rows, count, &mut rng)
    };
    let firsts = [random(), random()];
    let partitions: Vec<Partition> =
        firsts.iter().map(|f| Partition::by_first_row(f).unwrap()).collect();
    let mut tasks = catalog(table, Draw::Any, seed);
    for task in &mut tasks {
        task.partition = rng.pick(&[None, Some(0), Some(0), Some(1)]);
        task.missing = rng.pick(missing);
    }
    let results = all(&tasks, table, &partitions);
    verdict(tasks.iter().zip(results).filter_map(|(task, got)| {
        let first = task.partition.map_or(&whole, |p| &firsts[p]);
        difference(task, &got, &by_hand(task, table, first))
    }))
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn each_group_is_computed_alone(case in cases(0..400)) {
        same_as_by_hand(&Table::any(case), case.seed, &[Missing::Skip])?;
    }

    #[test]
    fn skipped_rows_do_not_change_other_rows(case in cases(0..400)) {
        same_as_by_hand(&Table::any(case).with_gaps(case), case.seed, &[Missing::Skip])?;
    }

    #[test]
    fn a_propagated_gap_ends_the_history(case in cases(0..400)) {
        same_as_by_hand(&Table::any(case).with_gaps(case), case.seed, &[Missing::Propagate])?;
    }

    #[test]
    fn tasks_with_different_options_do_not_affect_each_other(case in cases(0..400)) {
        let missing = [Missing::Skip, Missing::Propagate];
        same_as_by_hand(&Table::any(case).with_gaps(case), case.seed, &missing)?;
    }
}

proptest! {
    #![proptest_config(tries(2))]

    #[test]
    fn threads_change_nothing(case in cases(70_000..80_000)) {
        let table = Table::bars(case).with_gaps(case);
        let mut rng = Rng::stream(case.seed, 12);
        let first = groups(table.rows, 300, &mut rng);
        let partitions = [Partition::by_first_row(&first).unwrap()];
        let mut tasks = catalog(&table, Draw::Any, case.seed);
        for task in &mut tasks {
            task.partition = rng.pick(&[None, Some(0)]);
            task.missing = rng.pick(&[Missing::Skip, Missing::Propagate]);
        }
        let on = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| all(&tasks, &table, &partitions))
        };
        let (one, many) = (on(1), on(7));
        verdict(tasks.iter().zip(one.iter().zip(&many)).filter_map(|(task, (one, many))| {
            difference(task, many, one).or_else(|| {
                // With gaps, `by_hand` would take too long for that many rows.
                let few = task.partition.is_some() && task.missing == Missing::Skip;
                few.then(|| difference(task, many, &by_hand(task, &table, &first)))?
            })
        }))?;
    }
}

/// The first row before the look-ahead whose value changes when later rows are appended.
fn changed_by_later_rows(task: &Task, table: &Table, known: usize) -> Option<String> {
    let lookahead = task.indicator.kernel().lookahead(&task.params);
    let final_rows = known.saturating_sub(lookahead);
    let cut = |outputs: Vec<Values>| -> Vec<Values> {
        outputs
            .into_iter()
            .map(|mut v| {
                v.truncate(final_rows);
                v
            })
            .collect()
    };
    let early = cut(alone(task.indicator, &task.params, &table.head(known)));
    let late = cut(alone(task.indicator, &task.params, table));
    difference(task, &late, &early)
}

proptest! {
    #![proptest_config(tries(48))]

    #[test]
    fn appended_rows_do_not_change_earlier_values(case in cases(1..400)) {
        let table = Table::any(case);
        let mut rng = Rng::stream(case.seed, 13);
        let tasks = catalog(&table, Draw::Any, case.seed);
        verdict(tasks.iter().filter_map(|task| {
            changed_by_later_rows(task, &table, rng.below(table.rows + 1))
        }))?;
    }
}

/// A kernel that declares one row less of look-ahead than it has.
struct Hasty(&'static Indicator);

impl Kernel for Hasty {
    fn lookback(&self, params: &Params) -> usize {
        self.0.kernel().lookback(params)
    }

    fn lookahead(&self, params: &Params) -> usize {
        self.0.kernel().lookahead(params) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
        threads: &dyn Threads,
    ) -> Result<(), String> {
        self.0.kernel().compute(params, inputs, out, threads)
    }
}

/// Cases for a search: something must happen in at least one of them.
fn search(rows: usize) -> impl Iterator<Item = Case> {
    (0..200).map(move |seed| Case { seed, rows })
}

/// The calls that look ahead: each indicator with one flag that is not the default.
fn looking_ahead() -> impl Iterator<Item = (&'static Indicator, Params)> {
    indicators().iter().flat_map(|indicator| {
        let meta = &indicator.meta;
        meta.semantics.lookahead_params.iter().map(move |name| {
            let param = meta.params.iter().find(|p| p.name == *name).unwrap();
            let ParamKind::Bool { default } = param.kind else { panic!("{name} is no flag") };
            let given = Map::from_iter([((*name).to_owned(), (!default).into())]);
            (indicator, resolve(indicator, &given, NameStyle::Snake).unwrap())
        })
    })
}

#[test]
fn the_declared_lookahead_is_neither_too_long_nor_too_short() {
    assert!(looking_ahead().count() >= 4);
    for (indicator, params) in looking_ahead() {
        let ahead = indicator.kernel().lookahead(&params);
        let id = indicator.meta.id;
        assert!(ahead > 0, "{id}");
        let back = indicator.kernel().lookback(&params);
        let rows = 2 * (back + ahead) + 20;
        let depends = search(rows).any(|case| {
            let table = Table::bars(case);
            let row = back + 5;
            let other = table.clone().with_row(row + ahead, &table, 0);
            let values = |t: &Table| -> Vec<Option<f64>> {
                alone(indicator, &params, t).iter().map(|v| v[row]).collect()
            };
            values(&table) != values(&other)
        });
        assert!(depends, "{id} never needs the last of the {ahead} rows that it declares");

        let hasty = Indicator::new(indicator.meta.clone(), Hasty(indicator));
        let hasty: &'static Indicator = Box::leak(Box::new(hasty));
        let caught = search(rows).any(|case| {
            let table = Table::bars(case);
            let task = task(hasty, params.clone(), None, Missing::Skip, &table);
            changed_by_later_rows(&task, &table, back + ahead + 10).is_some()
        });
        assert!(caught, "{id} could declare less than {ahead} rows of look-ahead and pass");
    }
}

/// The tolerance for the rounding of TA-Lib's running sums: a billionth of the largest input.
struct Tolerance {
    price: f64,
    volume: f64,
    /// The size of values without a unit.
    plain: f64,
}

impl Tolerance {
    fn over(table: &Table) -> Self {
        Self { price: table.largest(&PRICES), volume: table.largest(&[VOLUME]), plain: 1.0 }
    }

    fn of(&self, output: &IndicatorOutputMeta, wanted: f64) -> f64 {
        let scale = match (output.dtype, output.scale_group) {
            (DType::Int32 | DType::Boolean, _) => return 0.0,
            (_, Scale::Price) => self.price,
            (_, Scale::PriceSquared) => self.price * self.price,
            (_, Scale::Volume) => self.volume,
            (_, Scale::PriceVolume) => self.price * self.volume,
            (_, Scale::Ratio | Scale::Bars | Scale::Other) => self.plain,
        };
        let range = output.bounds.map_or(0.0, |(low, high)| high - low);
        1e-9 * wanted.abs().max(scale).max(range)
    }
}

/// Compares the values of one row.
fn differ_in_row(
    task: &Task,
    tolerance: &Tolerance,
    row: usize,
    got: &[Option<f64>],
    wanted: &[Option<f64>],
) -> Option<String> {
    let outputs = task.indicator.meta.outputs.iter().zip(got.iter().zip(wanted));
    outputs.into_iter().find_map(|(output, (&got, &wanted))| {
        let close = match (got, wanted) {
            (Some(g), Some(w)) => (g - w).abs() <= tolerance.of(output, w),
            (None, None) => true,
            _ => false,
        };
        (!close).then(|| mismatch(task, output.name, row, got, wanted))
    })
}

fn at(outputs: &[Values], row: usize) -> Vec<Option<f64>> {
    outputs.iter().map(|v| v[row]).collect()
}

/// Computes a row from no more rows than its lookback and look-ahead, and compares.
fn needs_more_than_window(
    task: &Task,
    (table, tolerance): (&Table, &Tolerance),
    whole: &[Values],
    row: usize,
) -> Option<String> {
    let kernel = task.indicator.kernel();
    let (back, ahead) = (kernel.lookback(&task.params), kernel.lookahead(&task.params));
    let window: Vec<usize> = (row - back..=row + ahead).collect();
    let few = alone(task.indicator, &task.params, &table.rows(&window));
    differ_in_row(task, tolerance, row, &at(&few, back), &at(whole, row))
}

/// The rows after the warm-up and before the look-ahead.
fn inner_rows(task: &Task, table: &Table) -> std::ops::Range<usize> {
    let kernel = task.indicator.kernel();
    let (back, ahead) = (kernel.lookback(&task.params), kernel.lookahead(&task.params));
    back..table.rows.saturating_sub(ahead).max(back)
}

fn with_memory(tasks: Vec<Task>, memory: Memory) -> impl Iterator<Item = Task> {
    tasks.into_iter().filter(move |t| t.indicator.meta.semantics.memory == memory)
}

proptest! {
    #![proptest_config(tries(32))]

    #[test]
    fn window_indicators_read_no_more_than_their_window(case in cases(300..400), exact: bool) {
        let table = if exact { Table::bars(case) } else { Table::moving_bars(case) };
        let tolerance = Tolerance::over(&table);
        let mut rng = Rng::stream(case.seed, 14);
        let tasks = with_memory(catalog(&table, Draw::Any, case.seed), Memory::Window);
        verdict(tasks.filter_map(|task| {
            let whole = alone(task.indicator, &task.params, &table);
            let rows: Vec<usize> = inner_rows(&task, &table).collect();
            (0..rows.len().min(16)).find_map(|_| {
                needs_more_than_window(&task, (&table, &tolerance), &whole, rng.pick(&rows))
            })
        }))?;
    }
}

proptest! {
    #![proptest_config(tries(4))]

    #[test]
    fn recursive_indicators_forget_early_rows(case in cases(40_000..40_001)) {
        const FORGOTTEN: usize = 1000;
        const LAST: usize = 1000;
        let table = Table::bars(case);
        let tail = table.rows(&(FORGOTTEN..table.rows).collect::<Vec<_>>());
        let tasks = with_memory(catalog(&table, Draw::Scalable, case.seed), Memory::Recursive);
        verdict(tasks.filter_map(|task| {
            let whole = alone(task.indicator, &task.params, &table);
            let short = alone(task.indicator, &task.params, &tail);
            let largest = whole.iter().flatten().flatten().fold(1.0, |most: f64, v| most.max(v.abs()));
            let tolerance = Tolerance { plain: largest, ..Tolerance::over(&table) };
            let mut differ = (table.rows - LAST..table.rows).filter_map(|row| {
                let (short, whole) = (at(&short, row - FORGOTTEN), at(&whole, row));
                differ_in_row(&task, &tolerance, row, &short, &whole)
            });
            // An adaptive average of a flat stretch may follow the last bits of its inputs, so
            // with random parameters a few rows may differ.
            let usual = task.params == Params::defaults(&task.indicator.meta);
            differ.nth(if usual { 0 } else { LAST / 2 })
        }))?;
    }
}

#[test]
fn no_indicator_remembers_less_than_it_declares() {
    let too_strong = indicators().iter().filter(|indicator| {
        let memory = indicator.meta.semantics.memory;
        let remembers = search(400).any(|case| {
            let mut rng = Rng::stream(case.seed, 15);
            // What waits for a condition remembers one that held in the first row only.
            let table = match rng.once_in(4) {
                true => Table::bars(case).only_in_first_row("series"),
                false => Table::bars(case),
            };
            let tolerance = Tolerance::over(&table);
            let params = params_or_defaults(indicator, Draw::Any, &mut rng);
            let task = task(indicator, params, None, Missing::Skip, &table);
            let whole = alone(indicator, &task.params, &table);
            inner_rows(&task, &table).last().is_some_and(|last| match memory {
                Memory::Window => true,
                // Several rows, because some events are rare.
                Memory::Recursive => inner_rows(&task, &table).rev().take(8).any(|row| {
                    needs_more_than_window(&task, (&table, &tolerance), &whole, row).is_some()
                }),
                Memory::Cumulative => {
                    let later = table.rows(&(1..table.rows).collect::<Vec<_>>());
                    let short = alone(indicator, &task.params, &later);
                    let (short, whole) = (at(&short, last - 1), at(&whole, last));
                    differ_in_row(&task, &tolerance, last, &short, &whole).is_some()
                }
            })
        });
        !remembers
    });
    let ids: Vec<&str> = too_strong.map(|i| i.meta.id).collect();
    assert!(ids.is_empty(), "{ids:?}");
}

/// The factor by which an output changes when prices and volumes are multiplied; `None` if its
/// scale does not say.
fn factor(scale: Scale, price: f64, volume: f64) -> Option<f64> {
    match scale {
        Scale::Price => Some(price),
        Scale::PriceSquared => Some(price * price),
        Scale::Volume => Some(volume),
        Scale::PriceVolume => Some(price * volume),
        Scale::Ratio | Scale::Bars => Some(1.0),
        Scale::Other => None,
    }
}

proptest! {
    #![proptest_config(tries(32))]

    #[test]
    fn outputs_scale_as_declared(
        case in cases(1..400),
        price in -10..=10i32,
        volume in -10..=10i32,
    ) {
        let (price, volume) = (f64::from(price).exp2(), f64::from(volume).exp2());
        let table = Table::bars(case);
        let other = table.clone().scaled(&PRICES, price).scaled(&[VOLUME], volume);
        let tasks = catalog(&table, Draw::Scalable, case.seed);
        let (before, after) = (all(&tasks, &table, &[]), all(&tasks, &other, &[]));
        let pairs = tasks.iter().zip(before.into_iter().zip(&after));
        verdict(pairs.filter_map(|(task, (mut before, after))| {
            for (index, output) in task.indicator.meta.outputs.iter().enumerate() {
                match factor(output.scale_group, price, volume) {
                    Some(by) => before[index].iter_mut().flatten().for_each(|v| *v *= by),
                    None => before[index].clone_from(&after[index]),
                }
            }
            difference(task, after, &before)
        }))?;
    }

    #[test]
    fn outputs_stay_within_bounds(case in cases(1..400)) {
        let table = Table::bars(case);
        let tasks = catalog(&table, Draw::Any, case.seed);
        let results = all(&tasks, &table, &[]);
        verdict(tasks.iter().zip(&results).filter_map(|(task, results)| {
            task.indicator.meta.outputs.iter().zip(results).find_map(|(output, values)| {
                let (low, high) = output.bounds?;
                let slack = 1e-9 * (high - low);
                let within = low - slack..=high + slack;
                let row = values.iter().position(|v| v.is_some_and(|v| !within.contains(&v)))?;
                let value = values[row].unwrap_or_default();
                Some(format!("{}, {}, row {row}: {value}", label(task), output.name))
            })
        }))?;
    }
}

proptest! {
    #![proptest_config(tries(64))]

    #[test]
    fn any_finite_input_gives_finite_values(case in cases(0..300)) {
        let table = Table::wild(case);
        let tasks = catalog(&table, Draw::Ends, case.seed);
        verdict(tasks.iter().filter_map(|task| {
            let outputs = match try_all(std::slice::from_ref(task), &table, &[]) {
                Ok(mut results) => results.swap_remove(0),
                Err(error) => return Some(format!("{}: {error}", label(task))),
            };
            task.indicator.meta.outputs.iter().zip(&outputs).find_map(|(output, values)| {
                let bar = output.scale_group == Scale::Bars && output.dtype == DType::Int32;
                let wrong = |v: f64| !v.is_finite() || bar && !(-1.0..table.rows as f64).contains(&v);
                let row = values.iter().position(|v| v.is_some_and(wrong))?;
                Some(format!("{}, {}, row {row}: {:?}", label(task), output.name, values[row]))
            })
        }))?;
    }
}

/// Values that no kernel writes by chance.
const UNTOUCHED: (f64, i32) = (-1.234_567_890_123e-77, i32::MIN + 12_345);

/// For each real or whole output, which rows the kernel writes.
fn written(task: &Task, table: &Table) -> Vec<Vec<bool>> {
    let inputs: Vec<&[f64]> = task.inputs.iter().map(|&c| table.values(c)).collect();
    let outputs = &task.indicator.meta.outputs;
    let mut real = vec![vec![UNTOUCHED.0; table.rows]; outputs.len()];
    let mut whole = vec![vec![UNTOUCHED.1; table.rows]; outputs.len()];
    let mut events = vec![vec![false; table.rows]; outputs.len()];
    let memory = real.iter_mut().zip(&mut whole).zip(&mut events).zip(outputs);
    let mut outs: Vec<Out<'_>> = memory
        .map(|(((real, whole), events), output)| match output.dtype {
            DType::Float64 => Out::F64(real),
            DType::Int32 => Out::I32(whole),
            DType::Boolean => Out::Bool(events),
        })
        .collect();
    task.indicator.kernel().compute(&task.params, &inputs, &mut outs, &Serial).unwrap();
    let touched = outs.iter().filter_map(|out| match out {
        Out::F64(v) => Some(v.iter().map(|v| v.to_bits() != UNTOUCHED.0.to_bits()).collect()),
        Out::I32(v) => Some(v.iter().map(|v| *v != UNTOUCHED.1).collect()),
        Out::Bool(_) => None,
    });
    touched.collect()
}

proptest! {
    #![proptest_config(tries(24))]

    #[test]
    fn the_first_value_comes_right_after_the_lookback(seed in any::<u64>().no_shrink()) {
        let mut rng = Rng::stream(seed, 16);
        verdict(indicators().iter().filter_map(|indicator| {
            let params = params_or_defaults(indicator, Draw::Any, &mut rng);
            let kernel = indicator.kernel();
            let (back, ahead) = (kernel.lookback(&params), kernel.lookahead(&params));
            // Prices between 0 and 1 are in the domain of every function.
            let case = Case { seed, rows: back + ahead + 1 + rng.below(20) };
            let table = Table::moving_bars(case).scaled(&PRICES, (-15f64).exp2());
            let task = task(indicator, params, None, Missing::Skip, &table);
            let complete = written(&task, &table).iter().all(|rows| {
                rows[back..table.rows - ahead].iter().all(|&written| written)
            });
            if !complete {
                return Some(format!("{} leaves rows unwritten", label(&task)));
            }
            let first = back + ahead;
            [first, first + 1].into_iter().find_map(|rows| {
                let outputs = alone(indicator, &task.params, &table.head(rows));
                let certain = indicator.meta.outputs.iter().zip(&outputs).filter(|(o, _)| !o.sparse);
                let count = certain.map(|(_, v)| v.iter().flatten().count()).max()?;
                (count != rows - first)
                    .then(|| format!("{}: {count} values in {rows} rows", label(&task)))
            })
        }))?;
    }
}

#[test]
fn sparse_outputs_can_have_their_first_value_right_after_the_lookback() {
    for indicator in indicators().iter().filter(|i| i.meta.outputs.iter().any(|o| o.sparse)) {
        let happens = (0..10_000).any(|seed| {
            let params = params_or_defaults(indicator, Draw::Any, &mut Rng::stream(seed, 17));
            let kernel = indicator.kernel();
            let back = kernel.lookback(&params);
            let rows = back + kernel.lookahead(&params) + 1;
            let outputs = alone(indicator, &params, &Table::bars(Case { seed, rows }));
            let mut outputs = indicator.meta.outputs.iter().zip(outputs);
            outputs.any(|(output, values)| output.sparse && values[back].is_some())
        });
        assert!(happens, "{} never has a value on its first row", indicator.meta.id);
    }
}
