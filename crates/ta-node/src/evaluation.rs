//! One evaluation: takes columns and computes a plan over them, in rounds.

use std::sync::{
    mpsc::{channel, Receiver},
    Arc, Mutex,
};

use napi::{
    bindgen_prelude::{AsyncTask, Float64Array, Task},
    Env, Result,
};
use napi_derive::napi;
use ta_engine::{set_up, Partition};
use ta_memory::Backing;

use crate::{
    guard,
    memory::{with, Memory, Shared},
    reason, to_json,
};

/// Input columns and a plan to compute over them; see [`ta_arrow::Evaluation`].
#[napi]
pub struct Evaluation {
    shared: Option<Arc<ta_arrow::Evaluation>>,
    /// The result of the round that `start` has started.
    running: Mutex<Option<Receiver<Result<()>>>>,
}

#[napi]
impl Evaluation {
    /// Checks a plan in JSON. Throws one sentence if an indicator refuses its parameters.
    #[napi(constructor)]
    pub fn new(plan: String) -> Result<Self> {
        guard(|| {
            set_up();
            let shared = ta_arrow::Evaluation::new(&plan).map_err(reason)?;
            Ok(Self { shared: Some(Arc::new(shared)), running: Mutex::default() })
        })
    }

    /// The size in bytes of each round's results.
    #[napi(getter)]
    pub fn rounds(&self) -> Result<Vec<f64>> {
        Ok(self.shared()?.planned().round_bytes().map(|bytes| bytes as f64).collect())
    }

    /// Opens a file for the input columns and returns its path. After the input columns, the file
    /// needs a column for each partition that is not set otherwise.
    #[napi]
    pub fn open_file(&self, backing_name: Option<String>) -> Result<String> {
        let backing = Backing::named(backing_name.as_deref()).map_err(reason)?;
        // SAFETY: `plugin/src/exchange` starts the computation after polars' sink has ended, which
        // closes the file, and gives its path to nobody else.
        let path = unsafe { self.shared()?.open_file(backing) }.map_err(reason)?;
        Ok(path.display().to_string())
    }

    /// Takes the input columns as arrays, without copying them; NaN means null.
    #[napi]
    pub fn take_arrays(&self, columns: Vec<Float64Array>) -> Result<()> {
        self.shared()?.take_columns(columns).map_err(reason)
    }

    /// Sets a partition: for each row, the first row with the same key.
    #[napi]
    pub fn group_by_first_row(&self, partition: u32, first: &[u32]) -> Result<()> {
        guard(|| {
            let make = |_| Partition::by_first_row(first);
            self.shared()?.set_partition(partition as usize, make).map_err(reason)
        })
    }

    /// Sets a partition from runs of equal keys: `starts` has the first row of each run, `firsts`
    /// the first row of the first run with the same key.
    #[napi]
    pub fn group_by_runs(&self, partition: u32, starts: &[u32], firsts: &[u32]) -> Result<()> {
        guard(|| {
            let make = |rows| Partition::by_runs(starts, firsts, rows);
            self.shared()?.set_partition(partition as usize, make).map_err(reason)
        })
    }

    /// Starts to compute a round into `memory` on another thread. The caller must call `wait`
    /// before it starts the next round.
    #[napi]
    pub fn start(&self, round: u32, memory: &Memory) -> Result<()> {
        let (done, result) = channel();
        *self.running.lock().map_err(reason)? = Some(result);
        let job = self.job(round, memory)?;
        // Sending fails only if the evaluation has been dropped; then nobody needs the result.
        let run = move || done.send(job.run()).unwrap_or(());
        if self.shared()?.planned().plan().runs_here(round as usize) {
            run();
        } else {
            rayon::spawn(run);
        }
        Ok(())
    }

    /// Waits for the round that `start` has started.
    #[napi]
    pub fn wait(&self) -> Result<()> {
        let running = self.running.lock().map_err(reason)?.take();
        let running = running.ok_or_else(|| reason("no computation was started"))?;
        running.recv().map_err(reason)?
    }

    /// Computes a round into `memory` on a thread of libuv's pool.
    #[napi(ts_return_type = "Promise<void>")]
    pub fn compute(&self, round: u32, memory: &Memory) -> Result<AsyncTask<Job>> {
        Ok(AsyncTask::new(self.job(round, memory)?))
    }

    fn job(&self, round: u32, memory: &Memory) -> Result<Job> {
        let evaluation = self.shared()?.clone();
        Ok(Job { evaluation, round: round as usize, memory: memory.share() })
    }

    /// The steps so far: pairs of name and milliseconds, as JSON.
    #[napi(getter)]
    pub fn times(&self) -> Result<String> {
        to_json(&self.shared()?.planned().times())
    }

    /// Releases the input columns.
    #[napi]
    pub fn close(&mut self) {
        let Some(evaluation) = self.shared.take() else { return };
        if evaluation.has_file() {
            // Unmapping the file is slow, so another thread does it.
            rayon::spawn(move || drop(evaluation));
        }
    }

    pub(crate) fn shared(&self) -> Result<&Arc<ta_arrow::Evaluation>> {
        self.shared.as_ref().ok_or_else(|| reason("this evaluation is closed"))
    }
}

/// The computation of one round, which may run on another thread.
pub struct Job {
    evaluation: Arc<ta_arrow::Evaluation>,
    round: usize,
    memory: Shared,
}

impl Job {
    fn run(&self) -> Result<()> {
        guard(|| {
            with(&self.memory, |results| {
                self.evaluation.run_round(self.round, results).map_err(reason)
            })
        })
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
