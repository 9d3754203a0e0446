//! Computes many indicators over the same columns, on all threads.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
    sync::{Arc, Mutex},
};

use ta_core::{
    meta::{DType, Memory},
    Indicator, Missing, Out, Params, TaError,
};
use ta_memory::Numbers;

use crate::{
    finite::Outcome,
    group::Group,
    layout::{Column, Layout},
    output::{OutColumn, Scratch},
    share::{map_all, width, MIN_PARALLEL_ROWS},
    Partition,
};

/// One indicator to compute.
#[derive(Clone)]
pub struct Task {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// Its parameters.
    pub params: Params,
    /// The indices of its input columns, in the order of its input slots.
    pub inputs: Vec<usize>,
    /// The index of its partition; `None` if all rows are one group.
    pub partition: Option<usize>,
    /// Its missing policy.
    pub missing: Missing,
}

/// The most rows that 32-bit row numbers, which polars also uses, can count.
const MAX_ROWS: usize = u32::MAX as usize;

/// The most rows that TA-Lib accepts.
pub(crate) const MAX_GROUP_ROWS: usize = 100_000_000;

/// Columns and partitions for any number of runs. The runs share the gaps, layouts and gathered
/// columns that they find.
pub struct Frame<'a> {
    columns: Vec<Column<'a>>,
    partitions: Vec<Partition>,
    layouts: Mutex<HashMap<Key, Arc<Gathered>>>,
}

impl<'a> Frame<'a> {
    /// A frame of columns and partitions. Tasks name both by index.
    pub fn new(columns: Vec<Column<'a>>, partitions: Vec<Partition>) -> Self {
        Self { columns, partitions, layouts: Mutex::default() }
    }

    /// Does the first part of [`Frame::run`] in advance: checks the tasks, finds the layouts and
    /// gathers the columns whose rows are in another order.
    ///
    /// # Errors
    /// See [`Frame::run`].
    pub fn prepare(&self, tasks: &[Task]) -> Result<(), TaError> {
        for task in tasks {
            check(task, &self.columns)?;
        }
        if !self.may_be_complete(tasks) {
            self.layouts(tasks)?;
        }
        Ok(())
    }

    /// Computes all tasks. `outs` holds the result columns of each task, in the catalog's order.
    ///
    /// # Errors
    /// A wrong number of inputs, inputs of different lengths, a missing value under
    /// [`Missing::Error`], or an error of a kernel. After an error the contents of `outs` are
    /// undefined.
    pub fn run(&self, tasks: &[Task], mut outs: Vec<Vec<OutColumn<'_>>>) -> Result<(), TaError> {
        self.prepare(tasks)?;
        if let ([task], [outs]) = (tasks, &mut outs[..]) {
            if self.may_be_complete(tasks) && self.run_if_complete(task, outs)? {
                return Ok(());
            }
        }
        let layouts = self.layouts(tasks)?;
        let run = |(task, mut outs): (&Task, Vec<_>)| {
            run_task(task, &self.columns, &layouts[&key(task, &self.columns)], &mut outs)
        };
        map_all(tasks.iter().zip(outs).collect(), self.rows(), run).into_iter().collect()
    }

    /// Whether to compute before the missing rows are known, and to check for them meanwhile. This
    /// is done for a single indicator, which would otherwise read its inputs twice.
    fn may_be_complete(&self, tasks: &[Task]) -> bool {
        let [task] = tasks else { return false };
        let unknown = |&column: &usize| !self.columns[column].is_known();
        task.partition.is_none()
            && task.inputs.iter().all(unknown)
            && task.indicator.meta.outputs.iter().all(|output| output.dtype != DType::Boolean)
    }

    /// Computes all rows as one group. False if that is not possible, because a row is missing or
    /// the number of rows does not allow it.
    fn run_if_complete(&self, task: &Task, outs: &mut [OutColumn<'_>]) -> Result<bool, TaError> {
        let inputs: Vec<&[f64]> = task.inputs.iter().map(|&c| self.columns[c].values()).collect();
        let edges = task.indicator.edges(&task.params);
        let rows = inputs.first().map_or(0, |input| input.len());
        if rows <= edges.0.saturating_add(edges.1) || rows > MAX_GROUP_ROWS {
            return Ok(false);
        }
        let (indicator, params) = (task.indicator, &task.params);
        let group = Group { indicator, params, inputs: &inputs, edges, gaps: true };
        let Some(mut slices) = outs.iter_mut().map(OutColumn::direct).collect::<Option<Vec<_>>>()
        else {
            return Ok(false);
        };
        let Outcome::Done { finite } = group.run(&mut slices)? else {
            return Ok(false);
        };
        task.inputs.iter().for_each(|&column| self.columns[column].set_complete());
        let layout = Layout::new(&Partition::whole(rows), &[], task.missing, Memory::Window);
        for out in outs {
            out.finish(None, &layout, edges, finite);
        }
        Ok(true)
    }

    fn rows(&self) -> usize {
        self.columns.first().map_or(0, |c| c.values().len())
    }

    /// The layouts of the tasks, each with the columns gathered for it.
    fn layouts(&self, tasks: &[Task]) -> Result<HashMap<Key, Arc<Gathered>>, TaError> {
        for task in tasks.iter().filter(|task| task.missing == Missing::Error) {
            refuse_gaps(task, &self.columns)?;
        }
        let mut used: BTreeMap<Key, HashSet<usize>> = BTreeMap::new();
        for task in tasks {
            used.entry(key(task, &self.columns)).or_default().extend(&task.inputs);
        }
        let known = self.layouts.lock().map(|known| known.clone()).unwrap_or_default();
        let make = |(key, used): (Key, HashSet<usize>)| {
            let made = self.gathered(&key, used, known.get(&key).map(|known| &**known));
            (key, Arc::new(made))
        };
        let made = map_all(used.into_iter().collect(), self.rows(), make);
        let made: HashMap<Key, Arc<Gathered>> = made.into_iter().collect();
        if let Ok(mut known) = self.layouts.lock() {
            known.extend(made.iter().map(|(key, made)| (key.clone(), made.clone())));
        }
        Ok(made)
    }

    fn gathered(&self, key: &Key, used: HashSet<usize>, known: Option<&Gathered>) -> Gathered {
        let layout = known.map_or_else(|| Arc::new(self.layout(key)), |k| k.layout.clone());
        let gather = |column: usize| {
            let known = known.and_then(|k| k.columns.get(&column).cloned());
            let gathered =
                known.or_else(|| Some(Arc::new(layout.gather(self.columns[column].values())?)))?;
            Some((column, gathered))
        };
        let mut columns: HashMap<_, _> = known.map(|k| k.columns.clone()).unwrap_or_default();
        let gathered = map_all(used.into_iter().collect(), self.rows(), gather);
        columns.extend(gathered.into_iter().flatten());
        Gathered { layout, columns }
    }

    fn layout(&self, (partition, gaps, ends_history): &Key) -> Layout {
        let flags: Vec<&[bool]> = gaps.iter().filter_map(|&c| self.columns[c].missing()).collect();
        let missing = if ends_history.is_some() { Missing::Propagate } else { Missing::Skip };
        let layout = |partition: &Partition| {
            Layout::new(partition, &flags, missing, ends_history.unwrap_or(Memory::Window))
        };
        match partition {
            Some(partition) => layout(&self.partitions[*partition]),
            None => layout(&Partition::whole(self.rows())),
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
    Ok(())
}

fn refuse_gaps(task: &Task, columns: &[Column<'_>]) -> Result<(), TaError> {
    for column in task.inputs.iter().map(|&c| &columns[c]) {
        if let Some(row) = column.missing().and_then(|f| f.iter().position(|&m| m)) {
            let (id, column) = (task.indicator.meta.id, column.name.clone());
            return Err(TaError::MissingValue { id, column, row });
        }
    }
    Ok(())
}

/// What a layout depends on: the partition, the inputs with gaps, and the memory if a gap ends the
/// history.
type Key = (Option<usize>, Vec<usize>, Option<Memory>);

fn key(task: &Task, columns: &[Column<'_>]) -> Key {
    let mut gaps: Vec<usize> =
        task.inputs.iter().copied().filter(|&c| columns[c].missing().is_some()).collect();
    gaps.sort_unstable();
    gaps.dedup();
    let ends_history = (task.missing == Missing::Propagate && !gaps.is_empty())
        .then_some(task.indicator.meta.semantics.memory);
    (task.partition, gaps, ends_history)
}

/// A layout and the columns gathered for it, shared by all tasks with the same key.
struct Gathered {
    layout: Arc<Layout>,
    columns: HashMap<usize, Arc<Numbers>>,
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
            None => out.direct().expect("a column without scratch memory can be written directly"),
        })
        .collect();
    let edges = task.indicator.edges(&task.params);
    let call = Call { task, inputs: &inputs, edges };
    let ran = call.groups(&layout.groups, 0, slices)?;
    for (out, scratch) in outs.iter_mut().zip(scratch) {
        out.finish(scratch, layout, edges, ran == Outcome::Done { finite: true });
    }
    Ok(())
}

struct Call<'a> {
    task: &'a Task,
    inputs: &'a [&'a [f64]],
    edges: (usize, usize),
}

impl Call<'_> {
    /// Computes groups: the first and the second half of them in parallel. The first row of `outs`
    /// is kernel row `base`.
    fn groups(
        &self,
        groups: &[Range<usize>],
        base: usize,
        mut outs: Vec<Out<'_>>,
    ) -> Result<Outcome, TaError> {
        let rows = groups.last().map_or(0, |g| g.end) - groups.first().map_or(0, |g| g.start);
        if groups.len() < 2 || rows < MIN_PARALLEL_ROWS || width() < 2 {
            let run = |ran: Outcome, group| Ok(ran.and(self.group(group, base, &mut outs)?));
            return groups.iter().try_fold(Outcome::Done { finite: true }, run);
        }
        let (left, right) = groups.split_at(groups.len() / 2);
        let middle = right[0].start;
        let (outs_left, outs_right): (Vec<_>, Vec<_>) =
            outs.into_iter().map(|out| out.split_at(middle - base)).unzip();
        let (a, b) = rayon::join(
            || self.groups(left, base, outs_left),
            || self.groups(right, middle, outs_right),
        );
        Ok(a?.and(b?))
    }

    fn group(
        &self,
        group: &Range<usize>,
        base: usize,
        outs: &mut [Out<'_>],
    ) -> Result<Outcome, TaError> {
        let (indicator, params) = (self.task.indicator, &self.task.params);
        if group.len() > MAX_GROUP_ROWS {
            let (id, rows) = (indicator.meta.id, group.len());
            return Err(TaError::TooManyRows { id, rows, limit: MAX_GROUP_ROWS });
        }
        if group.len() <= self.edges.0.saturating_add(self.edges.1) {
            return Ok(Outcome::Done { finite: true });
        }
        let inputs: Vec<&[f64]> = self.inputs.iter().map(|i| &i[group.clone()]).collect();
        let range = group.start - base..group.end - base;
        let mut outs: Vec<Out<'_>> = outs.iter_mut().map(|o| o.rows(range.clone())).collect();
        let group = Group { indicator, params, inputs: &inputs, edges: self.edges, gaps: false };
        group.run(&mut outs)
    }
}

#[cfg(test)]
mod tests;
