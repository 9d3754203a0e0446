//! Random parameters, and what the batch computes with them.

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value};
use ta_core::{
    compute_complete,
    meta::{IndicatorParamMeta, ParamKind},
    resolve, Computed, Indicator, Params,
};

/// Parameters of an indicator, within their ranges; `None` where they are not allowed together.
pub fn params(indicator: &'static Indicator) -> impl Strategy<Value = Option<Params>> {
    let values: Vec<BoxedStrategy<Value>> = indicator.meta.params.iter().map(value).collect();
    values.prop_map(|values| {
        let names = indicator.meta.params.iter().map(|param| param.name.to_owned());
        let given: Map<String, Value> = names.zip(values).collect();
        resolve(indicator, &given, Default::default()).ok()
    })
}

fn value(param: &IndicatorParamMeta) -> BoxedStrategy<Value> {
    match param.kind {
        ParamKind::Int { default, min, max } => {
            let up_to = move |reach: i64| min..=(min.saturating_add(reach)).min(max);
            prop_oneof![up_to(4), up_to(40), up_to(150), Just(default)]
                .prop_map(Value::from)
                .boxed()
        }
        ParamKind::Float { default, min, max } => {
            let near = (0.0..2.0f64).prop_map(move |v| (default * v).clamp(min, max));
            prop_oneof![near, Just(default)].prop_map(Value::from).boxed()
        }
        ParamKind::Enum { enum_values, .. } => select(enum_values).prop_map(Value::from).boxed(),
        ParamKind::Bool { .. } => any::<bool>().prop_map(Value::from).boxed(),
    }
}

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
