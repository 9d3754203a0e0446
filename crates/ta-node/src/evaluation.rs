//! One evaluation: takes columns and computes a plan over them, in rounds.

use std::{
    sync::{
        mpsc::{channel, Receiver},
        Arc, Mutex, OnceLock,
    },
    time::Instant,
};

use napi::{
    bindgen_prelude::{AsyncTask, Float64Array, Task},
    Env, Result,
};
use napi_derive::napi;
use ta_arrow::{Input, Layout, Output};
use ta_core::meta::SlotKind;
use ta_engine::{set_up, Column, Frame, Partition, Plan, Round, MIN_PARALLEL_ROWS};
use ta_memory::Region;

use crate::{
    guard,
    memory::{backing, with, Memory, Shared},
    reason,
};

/// Input columns and a plan to compute over them.
#[napi]
pub struct Evaluation {
    state: Option<Arc<State>>,
}

struct State {
    plan: Plan,
    /// The layout of each round's file of results.
    layouts: Vec<Layout>,
    /// The partitions that JavaScript has set; the input file has a column for each of the others.
    partitions: Mutex<Vec<Option<Partition>>>,
    source: Mutex<Source>,
    /// Set once an input file has been opened.
    has_file: OnceLock<()>,
    frame: OnceLock<std::result::Result<Frame<'static>, String>>,
    /// Steps and their milliseconds.
    times: Mutex<Vec<(&'static str, f64)>>,
    /// The result of the round that `start` has started.
    running: Mutex<Option<Receiver<Result<()>>>>,
}

/// The source of the input columns.
enum Source {
    None,
    /// An Arrow file that polars has written.
    File(Region),
    /// Arrays of JavaScript, which are read in place.
    Arrays(Vec<Float64Array>),
}

#[napi]
impl Evaluation {
    /// Checks a plan in JSON. Throws one sentence if an indicator refuses its parameters.
    #[napi(constructor)]
    pub fn new(plan: String) -> Result<Self> {
        guard(|| {
            set_up();
            let plan = Plan::parse(&plan).map_err(reason)?;
            let partitions = Mutex::new(vec![None; plan.partitions]);
            let layout = |round: &Round| Layout::new(round.fields.clone(), plan.rows);
            let layouts = plan.rounds.iter().map(layout).collect();
            let state = State {
                plan,
                layouts,
                partitions,
                source: Mutex::new(Source::None),
                has_file: OnceLock::new(),
                frame: OnceLock::new(),
                times: Mutex::default(),
                running: Mutex::default(),
            };
            Ok(Self { state: Some(Arc::new(state)) })
        })
    }

    /// The size in bytes of each round's results.
    #[napi(getter)]
    pub fn rounds(&self) -> Result<Vec<f64>> {
        Ok(self.state()?.layouts.iter().map(|layout| layout.bytes() as f64).collect())
    }

    /// Opens a file for the input columns and returns its path. After the input columns, the file
    /// needs a column for each partition that is not set otherwise.
    #[napi]
    pub fn open_file(&self, backing_name: Option<String>) -> Result<String> {
        let region = Region::new(backing(backing_name.as_deref())?).map_err(reason)?;
        let path = region.path().display().to_string();
        self.state()?.has_file.get_or_init(|| ());
        *self.state()?.source.lock().map_err(reason)? = Source::File(region);
        Ok(path)
    }

    /// Takes the input columns as arrays, without copying them; NaN means null.
    #[napi]
    pub fn take_arrays(&self, columns: Vec<Float64Array>) -> Result<()> {
        *self.state()?.source.lock().map_err(reason)? = Source::Arrays(columns);
        Ok(())
    }

    /// Sets a partition: for each row, the first row with the same key.
    #[napi]
    pub fn group_by_first_row(&self, partition: u32, first: &[u32]) -> Result<()> {
        self.set_partition(partition, |state| {
            let rows = state.plan.rows;
            let valid = first.iter().zip(0..).all(|(&f, row)| f <= row && first[f as usize] == f);
            (first.len() == rows && valid).then(|| Partition::by_first_row(first))
        })
    }

    /// Sets a partition from runs of equal keys: `starts` has the first row of each run, `firsts`
    /// the first row of the first run with the same key.
    #[napi]
    pub fn group_by_runs(&self, partition: u32, starts: &[u32], firsts: &[u32]) -> Result<()> {
        self.set_partition(partition, |state| {
            let rows = state.plan.rows;
            let ordered = starts.windows(2).all(|pair| pair[0] < pair[1]);
            let inside = starts.first().is_none_or(|&s| s == 0)
                && starts.last().is_none_or(|&s| (s as usize) < rows);
            let known = firsts.iter().all(|first| starts.binary_search(first).is_ok());
            (starts.len() == firsts.len() && ordered && inside && known)
                .then(|| Partition::by_runs(starts, firsts, rows))
        })
    }

    fn set_partition(
        &self,
        partition: u32,
        make: impl FnOnce(&State) -> Option<Partition>,
    ) -> Result<()> {
        guard(|| {
            let state = self.state()?;
            let started = Instant::now();
            let invalid = || reason("the rows given for a partition do not form groups");
            let made = make(state).ok_or_else(invalid)?;
            let mut partitions = state.partitions.lock().map_err(reason)?;
            let slot = partitions.get_mut(partition as usize);
            *slot.ok_or_else(|| reason("the plan has no such partition"))? = Some(made);
            state.record_time("groups", started);
            Ok(())
        })
    }

    /// Starts to compute a round into `memory` on another thread. The caller must call `wait`
    /// before it starts the next round.
    #[napi]
    pub fn start(&self, round: u32, memory: &Memory) -> Result<()> {
        let (done, result) = channel();
        *self.state()?.running.lock().map_err(reason)? = Some(result);
        let job = self.job(round, memory)?;
        // Sending fails only if the evaluation has been dropped; then nobody needs the result.
        let run = move || done.send(job.run()).unwrap_or(());
        let plan = &self.state()?.plan;
        // A single task is computed here, because the caller has no earlier results to read
        // meanwhile. This saves waking a thread, and this thread has the input in its caches.
        if plan.work(round as usize) < MIN_PARALLEL_ROWS || plan.all().len() == 1 {
            run();
        } else {
            rayon::spawn(run);
        }
        Ok(())
    }

    /// Waits for the round that `start` has started.
    #[napi]
    pub fn wait(&self) -> Result<()> {
        let running = self.state()?.running.lock().map_err(reason)?.take();
        let running = running.ok_or_else(|| reason("no computation was started"))?;
        running.recv().map_err(reason)?
    }

    /// Computes a round into `memory` on a thread of libuv's pool.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn compute(&self, round: u32, memory: &Memory) -> Result<AsyncTask<Job>> {
        Ok(AsyncTask::new(self.job(round, memory)?))
    }

    fn job(&self, round: u32, memory: &Memory) -> Result<Job> {
        let state = self.state()?.clone();
        Ok(Job { state, round: round as usize, memory: memory.share() })
    }

    /// The steps so far: pairs of name and milliseconds, as JSON.
    #[napi(getter)]
    pub fn times(&self) -> Result<String> {
        crate::to_json(&*self.state()?.times.lock().map_err(reason)?)
    }

    /// Releases the input columns.
    #[napi]
    pub fn close(&mut self) {
        let Some(state) = self.state.take() else { return };
        if state.has_file.get().is_some() {
            // Unmapping the file is slow, so another thread does it.
            rayon::spawn(move || drop(state));
        }
    }

    pub(crate) fn plan(&self) -> Result<(&Plan, &[Layout])> {
        let state = self.state()?;
        Ok((&state.plan, &state.layouts))
    }

    /// Runs `work` and records how long it takes.
    pub(crate) fn timed<T>(&self, what: &'static str, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = work();
        if let Some(state) = &self.state {
            state.record_time(what, started);
        }
        done
    }

    fn state(&self) -> Result<&Arc<State>> {
        self.state.as_ref().ok_or_else(|| reason("this evaluation is closed"))
    }
}

impl State {
    fn record_time(&self, what: &'static str, started: Instant) {
        let spent = started.elapsed().as_secs_f64() * 1e3;
        if let Ok(mut times) = self.times.lock() {
            times.push((what, spent));
        }
    }

    fn frame(&self) -> std::result::Result<&Frame<'static>, String> {
        let frame = self.frame.get_or_init(|| {
            let started = Instant::now();
            let frame = self.open();
            self.record_time("take inputs", started);
            frame
        });
        frame.as_ref().map_err(Clone::clone)
    }

    fn open(&self) -> std::result::Result<Frame<'static>, String> {
        let plan = &self.plan;
        let broken = || "an earlier step of this evaluation has failed".to_owned();
        let mut partitions = self.partitions.lock().map_err(|_| broken())?;
        let mut source = self.source.lock().map_err(|_| broken())?;
        let columns = match std::mem::replace(&mut *source, Source::None) {
            Source::None => return Err("this evaluation has no input columns".to_owned()),
            Source::Arrays(arrays) => {
                check_count(arrays.len(), plan.columns.len())?;
                for array in &arrays {
                    check_count(array.len(), plan.rows)?;
                }
                let named = plan.columns.iter().zip(arrays);
                named.map(|((name, _), array)| Column::new(name, array, None)).collect()
            }
            Source::File(region) => from_file(plan, &region, &mut partitions)?,
        };
        let partitions: Option<Vec<Partition>> = partitions.drain(..).collect();
        let partitions = partitions.ok_or("a partition was not given")?;
        Ok(Frame::new(columns, partitions))
    }
}

fn check_count(has: usize, wanted: usize) -> std::result::Result<(), String> {
    (has == wanted).then_some(()).ok_or_else(|| format!("expected {wanted} values, got {has}"))
}

fn from_file(
    plan: &Plan,
    region: &Region,
    partitions: &mut [Option<Partition>],
) -> std::result::Result<Vec<Column<'static>>, String> {
    // SAFETY: `plugin/src/exchange` starts the computation after polars' sink has ended, which closes
    // the file, and gives its path to nobody else.
    let input = unsafe { Input::open(region) }.map_err(|e| e.to_string())?;
    let unset = partitions.iter().filter(|p| p.is_none()).count();
    check_count(input.width(), plan.columns.len() + unset)?;
    check_count(input.rows(), plan.rows)?;
    let missing = partitions.iter_mut().filter(|p| p.is_none());
    for (column, partition) in (plan.columns.len()..).zip(missing) {
        let first = input.row_numbers(column).map_err(|e| e.to_string())?;
        *partition = Some(Partition::by_first_row(&first));
    }
    let columns = plan.columns.iter().enumerate().map(|(index, (name, kind))| match kind {
        SlotKind::Key => input.keys(index, name),
        SlotKind::Number => input.numbers(index, name),
    });
    columns.collect::<std::result::Result<_, _>>().map_err(|e| e.to_string())
}

/// The computation of one round, which may run on another thread.
pub struct Job {
    state: Arc<State>,
    round: usize,
    memory: Shared,
}

impl Job {
    fn run(&self) -> Result<()> {
        guard(|| {
            let mut rounds = self.state.plan.rounds.iter().zip(&self.state.layouts);
            let (round, layout) =
                rounds.nth(self.round).ok_or_else(|| reason("the plan has no such round"))?;
            with(&self.memory, |results| {
                let memory = results.file(layout.bytes()).map_err(reason)?;
                self.fill(round, layout, memory).map_err(reason)
            })
        })
    }

    fn fill(
        &self,
        round: &Round,
        layout: &Layout,
        memory: &mut [u8],
    ) -> std::result::Result<(), String> {
        let frame = self.state.frame()?;
        let tasks = self.state.plan.tasks(round);
        let started = Instant::now();
        frame.prepare(tasks).map_err(|e| e.to_string())?;
        self.state.record_time("gather", started);
        let started = Instant::now();
        let mut output = Output::new(layout, memory).map_err(|e| e.to_string())?;
        frame.run(tasks, output.columns()).map_err(|e| e.to_string())?;
        output.finish();
        self.state.record_time("kernels", started);
        Ok(())
    }
}

impl Task for Job {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        self.run()
    }

    fn resolve(&mut self, _: Env, (): ()) -> Result<()> {
        Ok(())
    }
}
