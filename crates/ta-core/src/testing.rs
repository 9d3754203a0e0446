//! What the tests of indicators share: running one by its id, as a host does.

use serde_json::Value;

use crate::{
    find_indicator,
    kernel::{Computed, Out},
    meta::DType,
    resolve,
    threads::Serial,
};

/// The outputs of an indicator over complete rows of one group, with parameters as an object
/// of JSON. Rows of the warm-up and of the look-ahead, and values that are not finite, are none.
pub fn run(id: &str, params: Value, inputs: &[&[f64]]) -> Vec<Computed> {
    let indicator = find_indicator(id).unwrap();
    let params = resolve(indicator, params.as_object().unwrap(), Default::default()).unwrap();
    assert!(inputs.iter().all(|input| input.iter().all(|v| v.is_finite())), "{id}: a gap");
    let rows = inputs[0].len();
    let outputs = &indicator.meta.outputs;
    let mut reals = vec![vec![0.0; rows]; outputs.len()];
    let mut wholes = vec![vec![0; rows]; outputs.len()];
    let mut events = vec![vec![false; rows]; outputs.len()];
    let (before, after) = indicator.edges(&params);
    if rows > before + after {
        let memory = reals.iter_mut().zip(&mut wholes).zip(&mut events).zip(outputs);
        let slice = memory.map(|(((real, whole), event), output)| match output.dtype {
            DType::Float64 => Out::F64(real),
            DType::Int32 => Out::I32(whole),
            DType::Boolean => Out::Bool(event),
        });
        indicator
            .kernel()
            .compute(&params, inputs, &mut slice.collect::<Vec<_>>(), &Serial)
            .unwrap();
    }
    let valued = |row: usize| row >= before && row + after < rows;
    let column = |(index, dtype): (usize, DType)| match dtype {
        DType::Float64 => {
            let value = |row| Some(reals[index][row]).filter(|v| valued(row) && v.is_finite());
            Computed::F64((0..rows).map(value).collect())
        }
        DType::Int32 => {
            Computed::I32((0..rows).map(|row| valued(row).then(|| wholes[index][row])).collect())
        }
        DType::Boolean => {
            Computed::Bool((0..rows).map(|row| valued(row).then(|| events[index][row])).collect())
        }
    };
    outputs.iter().map(|o| o.dtype).enumerate().map(column).collect()
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
