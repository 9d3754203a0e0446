//! Runs tasks over a table and returns plain values.

use ta_core::{
    meta::{DType, IndicatorMeta},
    Indicator, Missing, Params, TaError,
};
use ta_engine::{Frame, OutColumn, OutValues, Partition, Task};

use super::table::Table;

/// One output as numbers; events are 0 and 1.
pub type Values = Vec<Option<f64>>;

/// A task over the columns of a table with the names of the indicator's inputs.
pub fn task(
    indicator: &'static Indicator,
    params: Params,
    partition: Option<usize>,
    missing: Missing,
    table: &Table,
) -> Task {
    let inputs = table.of(&indicator.meta.semantics.input_slots);
    Task { indicator, params, inputs, partition, missing }
}

/// Runs one indicator over a whole table and skips gaps.
pub fn alone(indicator: &'static Indicator, params: &Params, table: &Table) -> Vec<Values> {
    let task = task(indicator, params.clone(), None, Missing::Skip, table);
    all(&[task], table, &[]).swap_remove(0)
}

/// Runs tasks that must succeed and returns the outputs of each.
pub fn all(tasks: &[Task], table: &Table, partitions: &[Partition]) -> Vec<Vec<Values>> {
    try_all(tasks, table, partitions).unwrap_or_else(|e| panic!("{e}"))
}

/// Runs tasks. Like reused memory, the result memory is not zero at first.
pub fn try_all(
    tasks: &[Task],
    table: &Table,
    partitions: &[Partition],
) -> Result<Vec<Vec<Values>>, TaError> {
    let mut buffers: Vec<Vec<Buffer>> = tasks
        .iter()
        .map(|t| {
            t.indicator.meta.outputs.iter().map(|o| Buffer::new(o.dtype, table.rows)).collect()
        })
        .collect();
    let outs = buffers.iter_mut().map(|b| b.iter_mut().map(Buffer::column).collect()).collect();
    Frame::new(table.columns(), partitions.to_vec()).run(tasks, outs)?;
    let read = |buffers: Vec<Buffer>, meta| {
        buffers.into_iter().map(|b| b.read(meta)).collect::<Vec<Values>>()
    };
    Ok(buffers.into_iter().zip(tasks).map(|(b, t)| read(b, &t.indicator.meta)).collect())
}

enum Memory {
    F64(Vec<f64>),
    I32(Vec<i32>),
    Bits(Vec<u8>),
}

/// Memory for one output.
pub struct Buffer {
    rows: usize,
    memory: Memory,
    validity: Vec<u8>,
    nulls: usize,
}

impl Buffer {
    pub fn new(dtype: DType, rows: usize) -> Self {
        let bytes = rows.div_ceil(8);
        let memory = match dtype {
            DType::Float64 => Memory::F64(vec![f64::NAN; rows]),
            DType::Int32 => Memory::I32(vec![i32::MIN; rows]),
            DType::Boolean => Memory::Bits(vec![0xAA; bytes]),
        };
        Self { rows, memory, validity: vec![0xAA; bytes], nulls: usize::MAX }
    }

    pub fn column(&mut self) -> OutColumn<'_> {
        OutColumn {
            rows: self.rows,
            values: match &mut self.memory {
                Memory::F64(v) => OutValues::F64(v),
                Memory::I32(v) => OutValues::I32(v),
                Memory::Bits(v) => OutValues::Bits(v),
            },
            validity: &mut self.validity,
            null_count: &mut self.nulls,
        }
    }

    pub fn read(self, meta: &IndicatorMeta) -> Values {
        let bit = |bits: &[u8], row: usize| bits[row / 8] >> (row % 8) & 1 == 1;
        let value = |row: usize| match &self.memory {
            Memory::F64(v) => v[row],
            Memory::I32(v) => f64::from(v[row]),
            Memory::Bits(v) => f64::from(u8::from(bit(v, row))),
        };
        let values: Values =
            (0..self.rows).map(|r| bit(&self.validity, r).then(|| value(r))).collect();
        assert_eq!(values.iter().filter(|v| v.is_none()).count(), self.nulls, "{}", meta.id);
        let dirty = (0..self.rows).find(|&r| values[r].is_none() && value(r) != 0.0);
        assert_eq!(dirty, None, "{} leaves a value under a null", meta.id);
        values
    }
}

/// The first difference between two results of a task, if a bit differs.
pub fn difference(task: &Task, got: &[Values], wanted: &[Values]) -> Option<String> {
    let bits = |value: &Option<f64>| value.map(f64::to_bits);
    let outputs = task.indicator.meta.outputs.iter().zip(got.iter().zip(wanted));
    outputs.into_iter().find_map(|(output, (got, wanted))| {
        if got.len() != wanted.len() {
            return Some(format!("{}: {} rows", label(task), got.len()));
        }
        let row = got.iter().zip(wanted).position(|(g, w)| bits(g) != bits(w))?;
        Some(mismatch(task, output.name, row, got[row], wanted[row]))
    })
}

/// The message for a wrong value.
pub fn mismatch(
    task: &Task,
    output: &str,
    row: usize,
    got: Option<f64>,
    wanted: Option<f64>,
) -> String {
    format!("{}, {output}, row {row}: {got:?}, not {wanted:?}", label(task))
}

/// An indicator and its parameters.
pub fn label(task: &Task) -> String {
    let meta = &task.indicator.meta;
    let params = serde_json::Value::Object(task.params.to_json(meta));
    format!("{} {params} {:?}", meta.id, task.missing)
}
