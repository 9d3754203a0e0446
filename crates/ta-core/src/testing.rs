//! What the tests of indicators share: running one by its id, as any caller does.

use serde_json::Value;

use crate::{compute, engine::Computed, find_indicator, resolve};

/// The outputs of an indicator, with parameters as an object of JSON.
pub fn run(id: &str, params: Value, inputs: &[&[f64]]) -> Vec<Computed> {
    let indicator = find_indicator(id).unwrap();
    let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
    compute(indicator, &params, inputs).unwrap()
}

/// An output of real numbers.
pub fn reals(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<f64>> {
    match one(id, output, params, inputs) {
        Computed::F64(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}

/// An output of whole numbers.
pub fn wholes(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<i32>> {
    match one(id, output, params, inputs) {
        Computed::I32(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}

/// An output of events.
pub fn events(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<bool>> {
    match one(id, output, params, inputs) {
        Computed::Bool(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}

fn one(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Computed {
    let outputs = &find_indicator(id).unwrap().meta.outputs;
    let at = outputs.iter().position(|o| o.name == output).unwrap();
    run(id, params, inputs).swap_remove(at)
}

/// `n` bars of 0, 1, 2, …
pub fn climb(n: usize) -> Vec<f64> {
    (0..n).map(|i| i as f64).collect()
}
