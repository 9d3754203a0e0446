//! Indicators over JavaScript arrays, without a frame.

use std::ops::Range;

use napi::{
    bindgen_prelude::{Float64Array, Float64ArraySlice},
    Result,
};
use napi_derive::napi;
use serde_json::{Map, Value};
use ta_core::NameStyle;
use ta_engine::{set_up, Request};

use crate::{guard, reason};

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
            let given: Map<String, Value> = serde_json::from_str(&params).map_err(reason)?;
            let request = Request::new(&name, &given, missing.as_deref(), NameStyle::Camel, &[]);
            let request = request.map_err(reason)?;
            request.refuse_lookahead(NameStyle::Camel, allow.as_deref()).map_err(reason)?;
            let (indicator, params, missing) = request.call();
            let call = ta_engine::Direct::new(indicator, params, missing);
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
            let rows = inputs.first().map_or(0, |i| i.len());
            let ranges: Vec<Range<usize>> = outputs
                .iter()
                .map(|o| addresses(o))
                .chain(inputs.iter().map(|i| addresses(i)))
                .collect();
            let (written, read) = ranges.split_at(outputs.len());
            let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
            let separate = written.iter().enumerate().all(|(index, one)| {
                let others = written[..index].iter().chain(read.iter());
                one.len() == rows * size_of::<f64>()
                    && !others.clone().any(|other| overlap(one, other))
            });
            if outputs.len() != self.outputs().count() || !separate {
                return Err(reason("outputs must be as long as inputs and share no memory"));
            }
            // SAFETY: the arrays are arguments of the call, so JavaScript keeps them until it
            // returns, and no JavaScript runs on this thread before that. The check above has shown
            // that no input and no other output overlaps with an output, so each reference is
            // exclusive.
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
            let rows = rows as usize;
            let width = self.call.indicator().meta.semantics.input_slots.len();
            let height = self.outputs().count();
            if rows == 0 || self.scratch.len() / rows < width + height {
                return Err(reason(format!("{rows} rows do not fit into the scratch array")));
            }
            // SAFETY: `self` keeps the array, and only the thread that created it can use it.
            // Neither JavaScript nor another call can run on that thread until this call returns,
            // so no other reference to the memory is in use.
            let scratch = unsafe { self.scratch.as_mut() };
            let (inputs, outputs) = scratch.split_at_mut(rows * width);
            let inputs: Vec<&[f64]> = inputs.chunks_exact(rows).collect();
            let mut outs: Vec<&mut [f64]> = outputs.chunks_exact_mut(rows).take(height).collect();
            self.call.run(&inputs, &mut outs).map_err(reason)
        })
    }

    fn outputs(&self) -> impl Iterator<Item = ()> {
        self.call.indicator().meta.outputs.iter().map(|_| ())
    }
}

/// The addresses of an array's memory.
fn addresses(array: &[f64]) -> Range<usize> {
    let start = array.as_ptr() as usize;
    start..start + size_of_val(array)
}
