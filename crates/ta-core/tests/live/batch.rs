//! What the batch computes.

use ta_core::{compute_complete, Computed, Indicator, Params};

/// The batch's values in row order; NaN where one is missing.
pub fn batch(indicator: &Indicator, params: &Params, rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let width = indicator.meta.semantics.input_slots.len();
    let columns: Vec<Vec<f64>> =
        (0..width).map(|slot| rows.iter().map(|row| row[slot]).collect()).collect();
    let inputs: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let outputs = compute_complete(indicator, params, &inputs).unwrap();
    let number = |output: &Computed, row: usize| match output {
        Computed::F64(values) => values[row],
        Computed::I32(values) => values[row].map(f64::from),
        Computed::Bool(values) => values[row].map(|v| f64::from(u8::from(v))),
    };
    (0..rows.len())
        .map(|row| outputs.iter().map(|o| number(o, row).unwrap_or(f64::NAN)).collect())
        .collect()
}

/// The bits of values, with one pattern for all that are missing.
pub fn bits(values: &[f64]) -> Vec<Option<u64>> {
    values.iter().map(|v| v.is_finite().then(|| v.to_bits())).collect()
}
