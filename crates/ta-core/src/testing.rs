//! What the tests of indicators share: running one by its id, as a host does.

use serde_json::Value;

use crate::{compute_complete, find_indicator, resolve, Computed};

/// The outputs of an indicator over complete rows of one group, with parameters as an object
/// of JSON.
pub fn run(id: &str, params: Value, inputs: &[&[f64]]) -> Vec<Computed> {
    let indicator = find_indicator(id).unwrap();
    let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
    compute_complete(indicator, &params, inputs).unwrap()
}

/// Whether parameters are refused.
pub fn refuses(id: &str, params: Value) -> bool {
    let indicator = find_indicator(id).unwrap();
    resolve(indicator, params.as_object().unwrap(), Default::default()).is_err()
}

/// An output of real numbers.
pub fn reals(id: &str, output: &str, params: Value, inputs: &[&[f64]]) -> Vec<Option<f64>> {
    let outputs = &find_indicator(id).unwrap().meta.outputs;
    let at = outputs.iter().position(|o| o.name == output).unwrap();
    match run(id, params, inputs).swap_remove(at) {
        Computed::F64(values) => values,
        other => panic!("{id}.{output} is {other:?}"),
    }
}
