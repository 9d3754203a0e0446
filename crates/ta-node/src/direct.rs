//! Indicators over JavaScript arrays, without a frame.

use napi::{
    bindgen_prelude::{Float64Array, Float64ArraySlice},
    Result,
};
use napi_derive::napi;
use ta_engine::set_up;

use crate::{guard, reason, request};

/// A call of one indicator with checked arguments. It can be run any number of times.
#[napi]
pub struct Direct {
    call: ta_engine::Direct,
    scratch: Float64Array,
}

#[napi]
impl Direct {
    /// Checks an indicator's name, its parameters (a JSON object), the `missing` option and
    /// look-ahead, as [`crate::resolve`] does. Throws one sentence if it refuses them. `scratch` is
    /// an array that JavaScript and this object share for short inputs and outputs.
    #[napi(constructor)]
    pub fn new(
        name: String,
        params: String,
        missing: Option<String>,
        allow: Option<String>,
        scratch: Float64Array,
    ) -> Result<Self> {
        guard(|| {
            let call = request(name, &params, missing, None, allow)?.into();
            Ok(Self { call, scratch })
        })
    }

    /// Reads the inputs in place and writes the outputs to arrays of the caller. Each output must
    /// be as long as the inputs and share no memory with an input or another output.
    #[napi]
    pub fn run_into(
        &self,
        inputs: Vec<Float64ArraySlice<'_>>,
        mut outputs: Vec<Float64ArraySlice<'_>>,
    ) -> Result<()> {
        guard(|| {
            set_up();
            let inputs: Vec<&[f64]> = inputs.iter().map(|i| &**i).collect();
            let read: Vec<&[f64]> = outputs.iter().map(|o| &**o).collect();
            if !self.call.accepts(&inputs, &read) {
                return Err(reason("outputs must be as long as inputs and share no memory"));
            }
            // SAFETY: the arrays are arguments of the call, so JavaScript keeps them until it
            // returns, and no JavaScript runs on this thread before that. `accepts` has shown that
            // no input and no other output overlaps with an output, so each reference is exclusive.
            let mut outs: Vec<&mut [f64]> =
                outputs.iter_mut().map(|o| unsafe { o.as_mut() }).collect();
            self.call.run(&inputs, &mut outs).map_err(reason)
        })
    }

    /// Computes in the scratch array. It starts with the inputs, `rows` values each; the outputs
    /// are written after them.
    #[napi]
    pub fn run_in_scratch(&mut self, rows: u32) -> Result<()> {
        guard(|| {
            // SAFETY: `self` keeps the array, and only the thread that created it can use it.
            // Neither JavaScript nor another call can run on that thread until this call returns,
            // so no other reference to the memory is in use.
            let scratch = unsafe { self.scratch.as_mut() };
            self.call.run_in(scratch, rows as usize).map_err(reason)
        })
    }
}
