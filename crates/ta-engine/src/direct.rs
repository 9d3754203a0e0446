//! One indicator over plain slices, for callers without a frame.

use ta_core::{meta::DType, Computed, Indicator, Missing, Out, Params, TaError};

use crate::{
    finite::{all_finite, Outcome},
    group::Group,
    output, Column, Frame, Request, Task,
};

/// A call of one indicator with checked parameters. It can be run any number of times.
pub struct Direct {
    indicator: &'static Indicator,
    params: Params,
    missing: Missing,
    edges: (usize, usize),
}

impl From<Request> for Direct {
    fn from(request: Request) -> Self {
        let (indicator, params, missing) = request.call();
        Self::new(indicator, params, missing)
    }
}

impl Direct {
    /// A call of `indicator`.
    pub fn new(indicator: &'static Indicator, params: Params, missing: Missing) -> Self {
        let edges = indicator.edges(&params);
        Self { indicator, params, missing, edges }
    }

    /// Fills `outs`: one slice for each output, in the catalog's order, as long as the inputs. Rows
    /// without a value become NaN, and events become 0 or 1.
    ///
    /// # Errors
    /// See [`Frame::run`].
    pub fn run(&self, inputs: &[&[f64]], outs: &mut [&mut [f64]]) -> Result<(), TaError> {
        let meta = &self.indicator.meta;
        let rows = inputs.first().map_or(0, |i| i.len());
        let plain = inputs.len() == meta.semantics.input_slots.len()
            && inputs.iter().all(|i| i.len() == rows)
            && meta.outputs.iter().all(|o| o.dtype == DType::Float64)
            && rows <= crate::run::MAX_GROUP_ROWS;
        let ran =
            if plain { self.run_if_complete(inputs, rows, outs)? } else { Outcome::Incomplete };
        let Outcome::Done { finite } = ran else {
            return self.run_with_gaps(inputs, outs);
        };
        let from = self.edges.0.min(rows);
        let to = rows.saturating_sub(self.edges.1).max(from);
        for out in outs {
            out[..from].fill(f64::NAN);
            out[to..].fill(f64::NAN);
            if !finite {
                out[from..to].iter_mut().filter(|v| !v.is_finite()).for_each(|v| *v = f64::NAN);
            }
        }
        Ok(())
    }

    /// Whether `outs` can take the results of [`Direct::run`]: one slice for each output, as long as
    /// the inputs, none of which shares memory with another slice.
    pub fn accepts(&self, inputs: &[&[f64]], outs: &[&[f64]]) -> bool {
        let rows = inputs.first().map_or(0, |i| i.len());
        let overlap = |a: &[f64], b: &[f64]| {
            let (a, b) = (a.as_ptr_range(), b.as_ptr_range());
            a.start < b.end && b.start < a.end
        };
        outs.len() == self.indicator.meta.outputs.len()
            && outs.iter().enumerate().all(|(index, one)| {
                let mut others = outs[..index].iter().chain(inputs);
                one.len() == rows && !others.any(|other| overlap(one, other))
            })
    }

    /// As [`Direct::run`], in one slice: the inputs come first, `rows` values each, and the outputs
    /// are written after them.
    ///
    /// # Errors
    /// One sentence: the slice is too short. See [`Frame::run`] for the others.
    pub fn run_in(&self, scratch: &mut [f64], rows: usize) -> Result<(), String> {
        let meta = &self.indicator.meta;
        let (width, height) = (meta.semantics.input_slots.len(), meta.outputs.len());
        if rows == 0 || scratch.len() / rows < width + height {
            return Err(format!("{rows} rows do not fit into the scratch array"));
        }
        let (inputs, outputs) = scratch.split_at_mut(rows * width);
        let inputs: Vec<&[f64]> = inputs.chunks_exact(rows).collect();
        let mut outs: Vec<&mut [f64]> = outputs.chunks_exact_mut(rows).take(height).collect();
        self.run(&inputs, &mut outs).map_err(|e| e.to_string())
    }

    fn run_if_complete(
        &self,
        inputs: &[&[f64]],
        rows: usize,
        outs: &mut [&mut [f64]],
    ) -> Result<Outcome, TaError> {
        if rows <= self.edges.0.saturating_add(self.edges.1) {
            let complete = inputs.iter().all(|input| all_finite(input));
            return Ok(if complete { Outcome::Done { finite: true } } else { Outcome::Incomplete });
        }
        let mut outs: Vec<Out<'_>> = outs.iter_mut().map(|o| Out::F64(o)).collect();
        let group = Group {
            indicator: self.indicator,
            params: &self.params,
            inputs,
            edges: self.edges,
            gaps: true,
        };
        group.run(&mut outs)
    }

    fn run_with_gaps(&self, inputs: &[&[f64]], outs: &mut [&mut [f64]]) -> Result<(), TaError> {
        for (computed, out) in self.computed(inputs)?.into_iter().zip(outs) {
            let numbers: Vec<Option<f64>> = match computed {
                Computed::F64(v) => v,
                Computed::I32(v) => v.into_iter().map(|v| v.map(f64::from)).collect(),
                Computed::Bool(v) => {
                    v.into_iter().map(|v| v.map(|v| f64::from(u8::from(v)))).collect()
                }
            };
            for (out, number) in out.iter_mut().zip(numbers) {
                *out = number.unwrap_or(f64::NAN);
            }
        }
        Ok(())
    }

    /// Computes the outputs with their own types.
    pub(crate) fn computed(&self, inputs: &[&[f64]]) -> Result<Vec<Computed>, TaError> {
        let meta = &self.indicator.meta;
        let rows = inputs.first().map_or(0, |i| i.len());
        let slots = meta.semantics.input_slots.iter().zip(inputs);
        let columns: Vec<Column<'_>> =
            slots.map(|(slot, values)| Column::new(slot.name, *values, None)).collect();
        // `run` has already tried `run_if_complete`. With the gaps known, the frame does not try
        // the same again.
        columns.iter().for_each(|column| _ = column.missing());
        let task = Task {
            indicator: self.indicator,
            params: self.params.clone(),
            inputs: (0..inputs.len()).collect(),
            partition: None,
            missing: self.missing,
        };
        let mut buffers: Vec<output::Buffer> =
            meta.outputs.iter().map(|o| output::Buffer::new(o.dtype, rows)).collect();
        let outs = vec![buffers.iter_mut().map(output::Buffer::column).collect()];
        Frame::new(columns, Vec::new()).run(&[task], outs)?;
        Ok(buffers.into_iter().map(output::Buffer::into_computed).collect())
    }
}
