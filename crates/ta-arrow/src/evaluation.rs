//! One evaluation of a plan in rounds: columns in, results as Arrow files in memory of the host.

use std::{
    path::PathBuf,
    sync::{
        atomic::{AtomicBool, Ordering},
        Mutex, OnceLock,
    },
};

use ta_core::meta::SlotKind;
use ta_engine::{Column, Frame, Partition, Plan, Values};
use ta_memory::{Backing, Region, Results};

use crate::{
    planned::{groups, sentence},
    Input, Output, Planned,
};

/// A plan, and the columns and groups over which it is computed. The host gives the columns once:
/// by [`Evaluation::open_file`] or [`Evaluation::take_columns`] for rounds that run one after the
/// other, or with [`Planned::run_borrowed`], which computes all rounds at once.
pub struct Evaluation {
    planned: Planned,
    /// The partitions that the host has set; the input file has a column for each of the others.
    partitions: Mutex<Vec<Option<Partition>>>,
    source: Mutex<Source>,
    has_file: AtomicBool,
    frame: OnceLock<Result<Frame<'static>, String>>,
}

/// The source of the input columns.
enum Source {
    None,
    File(Region),
    Columns(Vec<Column<'static>>),
}

impl Evaluation {
    /// Checks a plan in JSON.
    ///
    /// # Errors
    /// One sentence: the text is no plan, or an indicator refuses its parameters.
    pub fn new(plan: &str) -> Result<Self, String> {
        let planned = Planned::new(plan)?;
        Ok(Self {
            partitions: Mutex::new(vec![None; planned.plan().partitions]),
            planned,
            source: Mutex::new(Source::None),
            has_file: AtomicBool::new(false),
            frame: OnceLock::new(),
        })
    }

    /// The plan, its layouts and its times.
    pub fn planned(&self) -> &Planned {
        &self.planned
    }

    fn plan(&self) -> &Plan {
        self.planned.plan()
    }

    fn timed<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T {
        self.planned.timed(step, work)
    }

    /// Makes a file for the input columns and returns its path. After the input columns, the file
    /// needs a column for each partition that is not set otherwise.
    ///
    /// # Safety
    /// Whoever opens the file by its path closes it before the first round runs, and nobody writes
    /// to it afterwards.
    ///
    /// # Errors
    /// The system has no memory or file for it.
    pub unsafe fn open_file(&self, backing: Backing) -> Result<PathBuf, String> {
        let region = Region::new(backing).map_err(sentence)?;
        let path = region.path().to_owned();
        self.has_file.store(true, Ordering::Relaxed);
        *self.source.lock().map_err(sentence)? = Source::File(region);
        Ok(path)
    }

    /// Whether a file was opened: dropping the evaluation is slow then, because it unmaps the file.
    pub fn has_file(&self) -> bool {
        self.has_file.load(Ordering::Relaxed)
    }

    /// Takes the input columns, in the order of the plan; NaN means null.
    ///
    /// # Errors
    /// One sentence: the plan has other columns, or another number of rows.
    pub fn take_columns(&self, values: Vec<impl Values + 'static>) -> Result<(), String> {
        check_count(values.len(), self.plan().columns.len())?;
        for column in &values {
            check_count(column.as_ref().len(), self.plan().rows)?;
        }
        let named = self.plan().columns.iter().zip(values);
        let columns = named.map(|((name, _), values)| Column::new(name, values, None)).collect();
        *self.source.lock().map_err(sentence)? = Source::Columns(columns);
        Ok(())
    }

    /// Sets a partition to what `make` returns for the number of rows.
    ///
    /// # Errors
    /// One sentence: the plan has no such partition, or `make` found no groups of these rows.
    pub fn set_partition(
        &self,
        index: usize,
        make: impl FnOnce(usize) -> Option<Partition>,
    ) -> Result<(), String> {
        let rows = self.plan().rows;
        let made = self.timed("groups", || make(rows)).filter(|made| made.rows() == rows);
        let made = made.ok_or("the rows given for a partition do not form groups")?;
        let mut partitions = self.partitions.lock().map_err(sentence)?;
        let slot = partitions.get_mut(index).ok_or("the plan has no such partition")?;
        *slot = Some(made);
        Ok(())
    }

    /// Computes a round into `results`.
    ///
    /// # Errors
    /// One sentence: the columns cannot be read, or an indicator refuses them.
    pub fn run_round(&self, round: usize, results: &mut Results) -> Result<(), String> {
        let (round, layout) = self.planned.round(round).ok_or("the plan has no such round")?;
        let memory = results.file(layout.bytes()).map_err(sentence)?;
        let frame = self.frame()?;
        let tasks = self.plan().tasks(round);
        self.timed("gather", || frame.prepare(tasks).map_err(sentence))?;
        self.timed("kernels", || {
            let mut output = Output::new(layout, memory).map_err(sentence)?;
            frame.run(tasks, output.columns()).map_err(sentence)?;
            output.finish();
            Ok(())
        })
    }

    fn frame(&self) -> Result<&Frame<'static>, String> {
        let frame = self.frame.get_or_init(|| self.timed("take inputs", || self.open()));
        frame.as_ref().map_err(Clone::clone)
    }

    fn open(&self) -> Result<Frame<'static>, String> {
        let broken = || "an earlier step of this evaluation has failed".to_owned();
        let mut partitions = self.partitions.lock().map_err(|_| broken())?;
        let mut source = self.source.lock().map_err(|_| broken())?;
        let columns = match std::mem::replace(&mut *source, Source::None) {
            Source::None => return Err("this evaluation has no input columns".to_owned()),
            Source::Columns(columns) => columns,
            Source::File(region) => from_file(self.plan(), &region, &mut partitions)?,
        };
        let partitions: Option<Vec<Partition>> = partitions.drain(..).collect();
        let partitions = partitions.ok_or("a partition was not given")?;
        Ok(Frame::new(columns, partitions))
    }
}

fn from_file(
    plan: &Plan,
    region: &Region,
    partitions: &mut [Option<Partition>],
) -> Result<Vec<Column<'static>>, String> {
    // SAFETY: only `Evaluation::open_file` makes such a region, and its caller has promised that
    // the file is closed by now and stays as it is.
    let input = unsafe { Input::open(region) }.map_err(sentence)?;
    let unset = partitions.iter().filter(|p| p.is_none()).count();
    check_count(input.width(), plan.columns.len() + unset)?;
    check_count(input.rows(), plan.rows)?;
    let missing = partitions.iter_mut().filter(|p| p.is_none());
    for (column, partition) in (plan.columns.len()..).zip(missing) {
        *partition = Some(groups(&input.row_numbers(column).map_err(sentence)?)?);
    }
    let columns = plan.columns.iter().enumerate().map(|(index, (name, kind))| match kind {
        SlotKind::Key => input.keys(index, name),
        SlotKind::Number => input.numbers(index, name),
    });
    columns.collect::<Result<_, _>>().map_err(sentence)
}

fn check_count(has: usize, wanted: usize) -> Result<(), String> {
    (has == wanted).then_some(()).ok_or_else(|| format!("expected {wanted} values, got {has}"))
}
