//! Helpers of the indicators' tests: they run an indicator by its id, as a host does.

use serde_json::Value;

use crate::{compute_complete, find_indicator, resolve, Computed};

/// All outputs of an indicator over complete rows of one group, with parameters as a JSON object.
pub fn run(id: &str, params: Value, inputs: &[&[f64]]) -> Vec<Computed> {
    let indicator = find_indicator(id).unwrap();
    let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
    compute_complete(indicator, &params, inputs).unwrap()
}

/// Whether an indicator refuses parameters.
pub fn refuses(id: &str, params: Value) -> bool {
    let indicator = find_indicator(id).unwrap();
    resolve(indicator, params.as_object().unwrap(), Default::default()).is_err()
}

/// One output of real values, by its name.
pub fn reals(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<f64>> {
    match one(id, output, params, inputs) {
        Computed::F64(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}

/// One output of whole values, by its name.
pub fn wholes(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<i32>> {
    match one(id, output, params, inputs) {
        Computed::I32(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}

/// One output of events, by its name.
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
