//! Indicators over arrays, without a frame.

use napi::{bindgen_prelude::Float64ArraySlice, Result};
use napi_derive::napi;
use serde_json::{Map, Value};
use ta_core::{
    engine::{self, Missing},
    find_indicator, resolve, NameStyle,
};

use crate::{guard, reason, threads};

/// A checked call of one indicator, to be made any number of times.
#[napi]
pub struct Direct(engine::Direct);

#[napi]
impl Direct {
    /// Checks an indicator's name, its parameters (a JSON object) and the `missing`
    /// option. Throws one sentence when refused.
    #[napi(constructor)]
    pub fn new(name: String, params: String, missing: Option<String>) -> Result<Self> {
        guard(|| {
            let indicator = find_indicator(&name).map_err(reason)?;
            let given: Map<String, Value> = serde_json::from_str(&params).map_err(reason)?;
            let params = resolve(indicator, &given, NameStyle::Camel).map_err(reason)?;
            let missing = missing.as_deref().map(Missing::parse).transpose().map_err(reason)?;
            Ok(Self(engine::Direct::new(indicator, params, missing.unwrap_or_default())))
        })
    }

    /// Reads `inputs` where they stand and fills `outputs`, all of one length.
    #[napi]
    pub fn run(
        &self,
        inputs: Vec<Float64ArraySlice<'_>>,
        outputs: Vec<Float64ArraySlice<'_>>,
    ) -> Result<()> {
        guard(|| {
            let inputs: Vec<&[f64]> = inputs.iter().map(|i| &**i).collect();
            let rows = inputs.first().map_or(0, |i| i.len());
            let wanted = self.0.indicator().meta.outputs.len();
            if outputs.len() != wanted || outputs.iter().any(|o| o.len() != rows) {
                return Err(reason(format!("expected {wanted} outputs of {rows} rows")));
            }
            let mut outputs = outputs;
            // SAFETY: the caller has just made these arrays, and no other code sees them yet.
            let mut outs: Vec<&mut [f64]> =
                outputs.iter_mut().map(|o| unsafe { o.as_mut() }).collect();
            threads::set_up();
            self.0.run(&inputs, &mut outs).map_err(reason)
        })
    }
}
