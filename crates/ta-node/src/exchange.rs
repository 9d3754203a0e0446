//! One evaluation's memory, and the computation on it.

use std::sync::{Arc, Mutex};

use napi::{
    bindgen_prelude::{AsyncTask, Task},
    Env, Error, Result,
};
use napi_derive::napi;
use ta_arrow::{Backing, Region};

use crate::{guard, plan, reason};

/// The two files of one evaluation: polars writes the inputs into one, reads the
/// results from the other.
#[napi]
pub struct Exchange {
    backing: Backing,
    input: Option<Arc<Region>>,
    output: Arc<Mutex<Option<Region>>>,
}

#[napi]
impl Exchange {
    /// Opens the input file. `backing` is `"memory"` (the default on Linux) or
    /// `"file"` (the default elsewhere).
    #[napi(constructor)]
    pub fn new(backing: Option<String>) -> Result<Self> {
        let backing = match backing.as_deref() {
            None => Backing::default(),
            Some("memory") => Backing::Memory,
            Some("file") => Backing::File,
            Some(other) => {
                return Err(reason(format!(
                    "backing must be \"memory\" or \"file\", got {other:?}"
                )))
            }
        };
        let input = Some(Arc::new(Region::new(backing).map_err(reason)?));
        Ok(Self { backing, input, output: Arc::default() })
    }

    /// Where polars writes the inputs.
    #[napi(getter)]
    pub fn input_path(&self) -> Result<String> {
        Ok(self.input()?.path().display().to_string())
    }

    /// Computes a plan (JSON) over the inputs and returns where polars reads the results.
    #[napi]
    pub fn compute_sync(&self, plan: String) -> Result<String> {
        self.job(plan)?.run()
    }

    /// Like `computeSync`, away from the JavaScript thread.
    #[napi(ts_return_type = "Promise<string>")]
    pub fn compute(&self, plan: String) -> Result<AsyncTask<Job>> {
        Ok(AsyncTask::new(self.job(plan)?))
    }

    /// Gives both files back. Must come after polars has read the results.
    #[napi]
    pub fn close(&mut self) {
        self.input = None;
        if let Ok(mut output) = self.output.lock() {
            *output = None;
        }
    }

    fn input(&self) -> Result<&Arc<Region>> {
        self.input.as_ref().ok_or_else(|| Error::from_reason("this exchange is closed"))
    }

    fn job(&self, plan: String) -> Result<Job> {
        let input = self.input()?.clone();
        Ok(Job { plan, backing: self.backing, input, output: self.output.clone() })
    }
}

/// A computation that may run on another thread.
pub struct Job {
    plan: String,
    backing: Backing,
    input: Arc<Region>,
    output: Arc<Mutex<Option<Region>>>,
}

impl Job {
    fn run(&self) -> Result<String> {
        guard(|| {
            let region = plan::compute(&self.plan, &self.input, self.backing).map_err(reason)?;
            let path = region.path().display().to_string();
            *self.output.lock().map_err(reason)? = Some(region);
            Ok(path)
        })
    }
}

impl Task for Job {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        self.run()
    }

    fn resolve(&mut self, _: Env, path: String) -> Result<String> {
        Ok(path)
    }
}
