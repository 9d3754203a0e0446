//! A plan: the input columns of an evaluation, and the tasks to compute from them.

use std::ops::Range;

use serde::Deserialize;
use serde_json::{Map, Value};
use ta_core::{find_indicator, meta::SlotKind, resolve, Missing, NameStyle, TaError};

use crate::{output::Field, Task, MIN_PARALLEL_ROWS};

/// A plan as the host writes it, in JSON.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    rows: usize,
    columns: Vec<String>,
    partitions: usize,
    round_bytes: usize,
    tasks: Vec<WrittenTask>,
}

#[derive(Deserialize)]
struct WrittenTask {
    id: String,
    params: Map<String, Value>,
    inputs: Vec<usize>,
    partition: Option<usize>,
    missing: Option<String>,
    column: String,
}

/// A checked plan.
pub struct Plan {
    /// Rows of each column.
    pub rows: usize,
    /// The name of each input column, for error messages, and the kind of its values.
    pub columns: Vec<(String, SlotKind)>,
    /// The number of partitions.
    pub partitions: usize,
    /// The rounds, in order. The results of a round go into one file of bounded size.
    pub rounds: Vec<Round>,
    tasks: Vec<Task>,
}

/// Consecutive tasks of a plan whose results share a file.
pub struct Round {
    tasks: Range<usize>,
    /// The schema of the results.
    pub fields: Vec<Field>,
}

impl Plan {
    /// Reads and checks a plan.
    ///
    /// # Errors
    /// One sentence: the text is not a plan, or an indicator refuses its parameters.
    pub fn parse(json: &str) -> Result<Self, String> {
        let written: Written =
            serde_json::from_str(json).map_err(|e| format!("invalid plan: {e}"))?;
        let tasks: Vec<Task> = written
            .tasks
            .iter()
            .map(WrittenTask::check)
            .collect::<Result<_, _>>()
            .map_err(|e| e.to_string())?;
        let width = written.columns.len();
        let within = |task: &Task| {
            task.inputs.iter().all(|&c| c < width)
                && task.partition.is_none_or(|p| p < written.partitions)
        };
        if !tasks.iter().all(within) {
            return Err(
                "invalid plan: a task names a column or a partition that the plan does not have"
                    .to_owned(),
            );
        }
        let kind = |column| {
            let slots = |task: &Task| {
                let slots = task.indicator.meta.semantics.input_slots.iter().zip(&task.inputs);
                slots.filter(|(_, &c)| c == column).any(|(slot, _)| slot.kind == SlotKind::Key)
            };
            if tasks.iter().any(slots) {
                SlotKind::Key
            } else {
                SlotKind::Number
            }
        };
        let kinds: Vec<SlotKind> = (0..width).map(kind).collect();
        Ok(Self {
            rows: written.rows,
            rounds: rounds(&written, &tasks),
            columns: written.columns.into_iter().zip(kinds).collect(),
            partitions: written.partitions,
            tasks,
        })
    }

    /// The work of a round: the number of rows times the number of tasks.
    pub fn work(&self, round: usize) -> usize {
        self.rounds.get(round).map_or(0, |round| self.rows * round.tasks.len())
    }

    /// Whether the caller's thread does best to compute a round itself: for little work it need not
    /// wake another thread, and for the only task there are no earlier results to read meanwhile,
    /// and the input is in this thread's caches.
    pub fn runs_here(&self, round: usize) -> bool {
        self.work(round) < MIN_PARALLEL_ROWS || self.tasks.len() == 1
    }

    /// All tasks, in the order of the rounds.
    pub fn all(&self) -> &[Task] {
        &self.tasks
    }

    /// The tasks of a round.
    pub fn tasks(&self, round: &Round) -> &[Task] {
        &self.tasks[round.tasks.clone()]
    }
}

impl WrittenTask {
    fn check(&self) -> Result<Task, TaError> {
        let indicator = find_indicator(&self.id)?;
        let missing = self.missing.as_deref().map(Missing::parse).transpose()?;
        Ok(Task {
            indicator,
            params: resolve(indicator, &self.params, NameStyle::Camel)?,
            inputs: self.inputs.clone(),
            partition: self.partition,
            missing: missing.unwrap_or_default(),
        })
    }

    fn field(&self, task: &Task) -> Field {
        let outputs = task.indicator.meta.outputs.iter().map(|o| (o.name, o.dtype)).collect();
        Field { name: self.column.clone(), outputs }
    }
}

/// Splits the tasks into rounds with at most `round_bytes` bytes of results. A task with more
/// results is a round of its own.
fn rounds(plan: &Written, tasks: &[Task]) -> Vec<Round> {
    let bytes = |index: usize| tasks[index].indicator.meta.outputs.len() * plan.rows * 8;
    let mut ranges: Vec<(Range<usize>, usize)> = Vec::new();
    for index in 0..tasks.len() {
        match ranges.last_mut() {
            Some((range, taken)) if *taken + bytes(index) <= plan.round_bytes => {
                range.end = index + 1;
                *taken += bytes(index);
            }
            _ => ranges.push((index..index + 1, bytes(index))),
        }
    }
    let round = |(range, _): (Range<usize>, usize)| {
        let pairs = plan.tasks[range.clone()].iter().zip(&tasks[range.clone()]);
        let fields = pairs.map(|(written, task)| written.field(task)).collect();
        Round { tasks: range, fields }
    };
    ranges.into_iter().map(round).collect()
}
