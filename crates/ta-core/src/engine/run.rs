//! Many indicators over the same columns, on all cores.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    sync::{Arc, Mutex},
};

use rayon::prelude::*;

use super::{
    layout::{Column, Layout, Missing, Partition},
    output::{OutColumn, Scratch},
    reuse::Reused,
};
use crate::{
    error::TaError,
    indicator::{Indicator, Out},
    meta::Memory,
    params::Params,
};

/// One indicator to compute.
#[derive(Clone)]
pub struct Task {
    /// Which.
    pub indicator: &'static Indicator,
    /// With which parameters.
    pub params: Params,
    /// Columns of its inputs, in the order of its input slots.
    pub inputs: Vec<usize>,
    /// The partition it is computed within; none for all rows as one group.
    pub partition: Option<usize>,
    /// What a missing input does.
    pub missing: Missing,
}

/// Row numbers are 32 bits wide, as polars' own are.
const MAX_ROWS: usize = u32::MAX as usize;

/// TA-Lib's limit, and far above what one series of bars holds.
pub(super) const MAX_GROUP_ROWS: usize = 100_000_000;

/// Columns and the groups of their rows, ready for any number of runs. What a run has
/// to find out about them, the next ones know.
pub struct Frame<'a> {
    columns: Vec<Column<'a>>,
    partitions: Vec<Partition>,
    layouts: Mutex<HashMap<Key, Arc<Gathered>>>,
}

impl<'a> Frame<'a> {
    /// Takes columns, which tasks name by their index, as they do partitions.
    pub fn new(columns: Vec<Column<'a>>, partitions: Vec<Partition>) -> Self {
        Self { columns, partitions, layouts: Mutex::default() }
    }

    /// Finds the rows that tasks compute over and gathers the columns that do not stand in
    /// that order: what [`Frame::run`] does first.
    ///
    /// # Errors
    /// See [`Frame::run`].
    pub fn prepare(&self, tasks: &[Task]) -> Result<Prepared, TaError> {
        for task in tasks {
            check(task, &self.columns)?;
        }
        Ok(Prepared(self.layouts(tasks)))
    }

    /// Computes all tasks; `outs` holds, for each, its result columns in catalog order.
    ///
    /// # Errors
    /// A wrong number of inputs, inputs of different lengths, a missing value under
    /// [`Missing::Error`], or a kernel's own refusal. What `outs` holds then is undefined.
    pub fn run(&self, tasks: &[Task], outs: Vec<Vec<OutColumn<'_>>>) -> Result<(), TaError> {
        let layouts = self.prepare(tasks)?;
        let run = |(task, mut outs): (&Task, Vec<_>)| {
            run_task(task, &self.columns, &layouts.0[&key(task, &self.columns)], &mut outs)
        };
        // One task may split itself; several need not.
        tasks.par_iter().zip(outs).map(run).collect()
    }

    /// The layouts of tasks, with the columns they read.
    fn layouts(&self, tasks: &[Task]) -> HashMap<Key, Arc<Gathered>> {
        let mut used: BTreeMap<Key, HashSet<usize>> = BTreeMap::new();
        for task in tasks {
            used.entry(key(task, &self.columns)).or_default().extend(&task.inputs);
        }
        let known = self.layouts.lock().map(|known| known.clone()).unwrap_or_default();
        let made: HashMap<Key, Arc<Gathered>> = used
            .into_par_iter()
            .map(|(key, used)| {
                let made = self.gathered(&key, &used, known.get(&key).map(|known| &**known));
                (key, Arc::new(made))
            })
            .collect();
        if let Ok(mut known) = self.layouts.lock() {
            known.extend(made.iter().map(|(key, made)| (key.clone(), made.clone())));
        }
        made
    }

    fn gathered(&self, key: &Key, used: &HashSet<usize>, known: Option<&Gathered>) -> Gathered {
        let layout = known.map_or_else(|| Arc::new(self.layout(key)), |k| k.layout.clone());
        let gather = |&column: &usize| {
            let known = known.and_then(|k| k.columns.get(&column).cloned());
            let gathered = known.or_else(|| {
                Some(Arc::new(layout.gather(self.columns[column].values())?))
            })?;
            Some((column, gathered))
        };
        let mut columns: HashMap<_, _> = known.map(|k| k.columns.clone()).unwrap_or_default();
        columns.extend(used.par_iter().filter_map(gather).collect::<Vec<_>>());
        Gathered { layout, columns }
    }

    fn layout(&self, (partition, gaps, cut): &Key) -> Layout {
        let flags: Vec<&[bool]> = gaps.iter().filter_map(|&c| self.columns[c].missing()).collect();
        let missing = if cut.is_some() { Missing::Propagate } else { Missing::Skip };
        let layout = |partition: &Partition| {
            Layout::new(partition, &flags, missing, cut.unwrap_or(Memory::Window))
        };
        match partition {
            Some(partition) => layout(&self.partitions[*partition]),
            None => layout(&Partition::whole(self.columns.first().map_or(0, |c| c.values().len()))),
        }
    }
}

fn check(task: &Task, columns: &[Column<'_>]) -> Result<(), TaError> {
    let meta = &task.indicator.meta;
    let slots = &meta.semantics.input_slots;
    if task.inputs.len() != slots.len() {
        let names: Vec<&str> = slots.iter().map(|s| s.name).collect();
        return Err(TaError::InputCount {
            id: meta.id,
            expected: slots.len(),
            slots: names.join(", "),
            given: task.inputs.len(),
        });
    }
    let inputs = || task.inputs.iter().map(|&c| &columns[c]);
    if inputs().any(|c| c.values().len() != columns[task.inputs[0]].values().len()) {
        let lengths: Vec<String> = slots
            .iter()
            .zip(inputs())
            .map(|(slot, c)| format!("{}: {}", slot.name, c.values().len()))
            .collect();
        return Err(TaError::InputLength { id: meta.id, lengths: lengths.join(", ") });
    }
    let rows = columns[task.inputs[0]].values().len();
    if rows > MAX_ROWS {
        return Err(TaError::TooManyRows { id: meta.id, rows, limit: MAX_ROWS });
    }
    if task.missing == Missing::Error {
        for column in inputs() {
            if let Some(row) = column.missing().and_then(|f| f.iter().position(|&m| m)) {
                let column = column.name.clone();
                return Err(TaError::MissingValue { id: meta.id, column, row });
            }
        }
    }
    Ok(())
}

/// What decides a layout: partition, incomplete inputs, and how gaps are cut.
type Key = (Option<usize>, Vec<usize>, Option<Memory>);

fn key(task: &Task, columns: &[Column<'_>]) -> Key {
    let mut gaps: Vec<usize> =
        task.inputs.iter().copied().filter(|&c| columns[c].missing().is_some()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    let cut = (task.missing == Missing::Propagate && !gaps.is_empty())
        .then_some(task.indicator.meta.semantics.memory);
    (task.partition, gaps, cut)
}

/// What tasks compute over.
pub struct Prepared(HashMap<Key, Arc<Gathered>>);

/// A layout and the columns gathered for it, each made once and used by every task.
struct Gathered {
    layout: Arc<Layout>,
    columns: HashMap<usize, Arc<Reused<f64>>>,
}

fn run_task(
    task: &Task,
    columns: &[Column<'_>],
    shared: &Gathered,
    outs: &mut [OutColumn<'_>],
) -> Result<(), TaError> {
    let layout = &*shared.layout;
    let inputs: Vec<&[f64]> = task
        .inputs
        .iter()
        .map(|c| shared.columns.get(c).map_or(columns[*c].values(), |gathered| gathered))
        .collect();
    let kernel_rows = inputs.first().map_or(0, |i| i.len());
    let mut scratch: Vec<Option<Scratch>> = outs
        .iter_mut()
        .map(|out| {
            let direct = layout.in_place() && out.direct().is_some();
            (!direct).then(|| Scratch::new(out.dtype(), kernel_rows))
        })
        .collect();
    let slices = outs
        .iter_mut()
        .zip(&mut scratch)
        .map(|(out, scratch)| match scratch {
            Some(scratch) => scratch.out(),
            None => out.direct().expect("unpacked columns are written directly"),
        })
        .collect();
    let kernel = task.indicator.kernel();
    let warm = kernel.lookback(&task.params);
    let ahead = kernel.lookahead(&task.params);
    let call = Call { task, inputs: &inputs, edge: warm.saturating_add(ahead) };
    call.groups(&layout.groups, 0, slices)?;
    for (out, scratch) in outs.iter_mut().zip(scratch) {
        out.finish(scratch, layout, warm, ahead);
    }
    Ok(())
}

/// Rows below which splitting further costs more than it brings.
const SPLIT_ROWS: usize = 1 << 15;

struct Call<'a> {
    task: &'a Task,
    inputs: &'a [&'a [f64]],
    edge: usize,
}

impl Call<'_> {
    /// Computes the groups, whose first row is row `base` of `outs`, halves in parallel.
    fn groups(
        &self,
        groups: &[Range<usize>],
        base: usize,
        mut outs: Vec<Out<'_>>,
    ) -> Result<(), TaError> {
        let rows = groups.last().map_or(0, |g| g.end) - groups.first().map_or(0, |g| g.start);
        if groups.len() < 2 || rows < SPLIT_ROWS {
            return groups.iter().try_for_each(|g| self.group(g, base, &mut outs));
        }
        let (left, right) = groups.split_at(groups.len() / 2);
        let middle = right[0].start;
        let (outs_left, outs_right): (Vec<_>, Vec<_>) =
            outs.into_iter().map(|out| out.split_at(middle - base)).unzip();
        let (a, b) = rayon::join(
            || self.groups(left, base, outs_left),
            || self.groups(right, middle, outs_right),
        );
        a.and(b)
    }

    fn group(
        &self,
        group: &Range<usize>,
        base: usize,
        outs: &mut [Out<'_>],
    ) -> Result<(), TaError> {
        let (indicator, params) = (self.task.indicator, &self.task.params);
        if group.len() > MAX_GROUP_ROWS {
            let (id, rows) = (indicator.meta.id, group.len());
            return Err(TaError::TooManyRows { id, rows, limit: MAX_GROUP_ROWS });
        }
        if group.len() <= self.edge {
            return Ok(());
        }
        let inputs: Vec<&[f64]> = self.inputs.iter().map(|i| &i[group.clone()]).collect();
        let range = group.start - base..group.end - base;
        let mut outs: Vec<Out<'_>> = outs.iter_mut().map(|o| o.rows(range.clone())).collect();
        indicator.run(params, &inputs, &mut outs)
    }
}
