//! A plan: which columns were handed over, and what to compute from them.

use serde::Deserialize;
use serde_json::{Map, Value};
use ta_arrow::{Backing, ExchangeError, Field, Input, Output, Region, Values};
use ta_core::{
    engine::{self, Column, Missing, Partition, Task},
    find_indicator,
    meta::SlotKind,
    resolve, NameStyle, TaError,
};

/// What to compute from an exchanged file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    /// Names of the input columns, as errors should call them, in file order.
    columns: Vec<String>,
    /// Columns of row numbers after those: for each row, the first row of its group.
    partitions: usize,
    tasks: Vec<PlannedTask>,
}

#[derive(Deserialize)]
struct PlannedTask {
    id: String,
    params: Map<String, Value>,
    inputs: Vec<usize>,
    partition: Option<usize>,
    missing: Option<String>,
    /// Name of the result column.
    column: String,
}

/// Computes a plan over what was written into `region`, into a new region.
pub fn compute(plan: &str, region: &Region, backing: Backing) -> Result<Region, String> {
    let plan: Plan = serde_json::from_str(plan).map_err(|e| format!("invalid plan: {e}"))?;
    plan.run(region, backing)
}

impl Plan {
    fn run(&self, region: &Region, backing: Backing) -> Result<Region, String> {
        let input = Input::open(region).map_err(|e| e.to_string())?;
        let width = self.columns.len() + self.partitions;
        if input.width() != width {
            return Err(format!("expected {width} exchanged columns, got {}", input.width()));
        }
        let tasks = self.tasks.iter().map(|t| self.task(t)).collect::<Result<Vec<_>, _>>();
        let tasks = tasks.map_err(|e| e.to_string())?;
        let values = self.values(&input, &tasks).map_err(|e| e.to_string())?;
        let columns: Vec<Column<'_>> = self
            .columns
            .iter()
            .zip(&values)
            .map(|(name, v)| {
                let validity = v.validity.as_ref().map(|(bits, offset)| (&bits[..], *offset));
                Column::new(name, &v.values, validity)
            })
            .collect();
        let partitions = self.partitions(&input).map_err(|e| e.to_string())?;
        let fields = self.tasks.iter().zip(&tasks).map(|(planned, task)| Field {
            name: planned.column.clone(),
            outputs: task.indicator.meta.outputs.iter().map(|o| (o.name, o.dtype)).collect(),
        });
        let mut output =
            Output::create(fields.collect(), input.rows(), backing).map_err(|e| e.to_string())?;
        engine::run(&tasks, &columns, &partitions, output.columns()).map_err(|e| e.to_string())?;
        output.finish().map_err(|e| e.to_string())
    }

    fn task(&self, planned: &PlannedTask) -> Result<Task, TaError> {
        let indicator = find_indicator(&planned.id)?;
        Ok(Task {
            indicator,
            params: resolve(indicator, &planned.params, NameStyle::Camel)?,
            inputs: planned.inputs.clone(),
            partition: planned.partition,
            missing: planned
                .missing
                .as_deref()
                .map(Missing::parse)
                .transpose()?
                .unwrap_or_default(),
        })
    }

    fn values<'a>(
        &self,
        input: &'a Input,
        tasks: &[Task],
    ) -> Result<Vec<Values<'a>>, ExchangeError> {
        let is_key = |column: usize| {
            tasks.iter().any(|task| {
                let slots = task.indicator.meta.semantics.input_slots.iter();
                slots.zip(&task.inputs).any(|(s, &c)| c == column && s.kind == SlotKind::Key)
            })
        };
        let columns = self.columns.iter().enumerate();
        columns
            .map(|(i, name)| if is_key(i) { input.keys(i, name) } else { input.numbers(i, name) })
            .collect()
    }

    fn partitions(&self, input: &Input) -> Result<Vec<Partition>, ExchangeError> {
        (self.columns.len()..self.columns.len() + self.partitions)
            .map(|i| Ok(Partition::by_first_row(&input.row_numbers(i)?)))
            .collect()
    }
}
