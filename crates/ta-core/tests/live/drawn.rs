//! Random parameters.

use proptest::{prelude::*, sample::select};
use serde_json::{Map, Value};
use ta_core::{
    meta::{IndicatorParamMeta, ParamKind},
    resolve, Indicator, Params,
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
