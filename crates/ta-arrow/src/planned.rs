//! A plan with the layouts of its results, computed over columns that the caller lends.

use std::{sync::Mutex, time::Instant};

use ta_engine::{Frame, Partition, Plan, Round};

use crate::{first_rows, Borrowed, Layout, Output, Place};

/// A checked plan, and the layout of each round's results.
pub struct Planned {
    plan: Plan,
    layouts: Vec<Layout>,
    times: Mutex<Vec<(&'static str, f64)>>,
}

/// Where [`Planned::run_borrowed`] has read and written.
pub struct Ran {
    /// The address from which the kernels have read each column.
    pub addresses: Vec<usize>,
    /// The places of the arrays in each output memory.
    pub places: Vec<Vec<Place>>,
}

impl Planned {
    /// Checks a plan in JSON.
    ///
    /// # Errors
    /// One sentence: the text is no plan, or an indicator refuses its parameters.
    pub fn new(plan: &str) -> Result<Self, String> {
        let plan = Plan::parse(plan)?;
        let layout = |round: &Round| Layout::new(round.fields.clone(), plan.rows);
        let layouts = plan.rounds.iter().map(layout).collect();
        Ok(Self { layouts, plan, times: Mutex::default() })
    }

    /// The plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The size in bytes of each round's results.
    pub fn round_bytes(&self) -> impl Iterator<Item = usize> + '_ {
        self.layouts.iter().map(Layout::bytes)
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(crate) fn round(&self, index: usize) -> Option<(&Round, &Layout)> {
        self.plan.rounds.iter().zip(&self.layouts).nth(index)
    }

    /// Computes all rounds over columns of the caller. `partitions` holds the key columns of each
    /// partition, `memories` the memory for each round's results.
    ///
    /// # Errors
    /// One sentence: the columns cannot be read or do not match the plan, or an indicator refuses them.
    pub fn run_borrowed(
        &self,
        columns: &[Borrowed<'_>],
        partitions: &[Vec<Borrowed<'_>>],
        memories: Vec<&mut [u8]>,
    ) -> Result<Ran, String> {
        let plan = &self.plan;
        let all = || columns.iter().chain(partitions.iter().flatten());
        let fits = columns.len() == plan.columns.len()
            && partitions.len() == plan.partitions
            && memories.len() == plan.rounds.len()
            && all().all(|column| column.rows().is_none_or(|rows| rows == plan.rows));
        if !fits {
            return Err("the columns do not match the plan".to_owned());
        }
        let inputs = self.timed("take inputs", || {
            let inputs = columns.iter().map(|column| column.numbers(plan.rows).map_err(sentence));
            inputs.collect::<Result<Vec<_>, _>>()
        })?;
        let addresses = inputs.iter().map(|column| column.values().as_ptr() as usize).collect();
        let partitions = self.timed("groups", || {
            let groups = |keys: &Vec<Borrowed<'_>>| groups(&first_rows(keys).map_err(sentence)?);
            partitions.iter().map(groups).collect::<Result<Vec<_>, _>>()
        })?;
        let frame = Frame::new(inputs, partitions);
        self.timed("gather", || frame.prepare(plan.all()).map_err(sentence))?;
        self.timed("kernels", || {
            let pairs = self.layouts.iter().zip(memories);
            let outputs = pairs.map(|(layout, memory)| Output::new(layout, memory));
            let mut outputs = outputs.collect::<Result<Vec<_>, _>>().map_err(sentence)?;
            let outs = outputs.iter_mut().flat_map(Output::columns).collect();
            frame.run(plan.all(), outs).map_err(sentence)?;
            Ok(Ran { addresses, places: outputs.into_iter().map(Output::finish).collect() })
        })
    }

    /// The steps so far: pairs of name and milliseconds.
    pub fn times(&self) -> Vec<(&'static str, f64)> {
        self.times.lock().map(|times| times.clone()).unwrap_or_default()
    }

    pub(crate) fn timed<T>(&self, step: &'static str, work: impl FnOnce() -> T) -> T {
        // WebAssembly alone has no clock.
        let started = (!cfg!(target_arch = "wasm32")).then(Instant::now);
        let done = work();
        if let (Some(started), Ok(mut times)) = (started, self.times.lock()) {
            times.push((step, started.elapsed().as_secs_f64() * 1e3));
        }
        done
    }
}

pub(crate) fn groups(first: &[u32]) -> Result<Partition, String> {
    let groups = Partition::by_first_row(first);
    groups.ok_or_else(|| "the rows given for a partition do not form groups".to_owned())
}

pub(crate) fn sentence(error: impl std::fmt::Display) -> String {
    error.to_string()
}
