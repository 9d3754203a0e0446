//! Computes one indicator over complete rows of one group, on the calling thread.

use crate::{
    error::TaError,
    kernel::{Computed, Out},
    meta::DType,
    threads::Serial,
    Indicator, Params,
};

/// Computes an indicator over complete rows, for tests and for callers without frames. A row is
/// `None` if it belongs to the warm-up or the look-ahead, or if its value is not finite.
///
/// # Errors
/// [`TaError::Kernel`] if an input has a gap or another length, or if the kernel refuses it.
pub fn compute_complete(
    indicator: &Indicator,
    params: &Params,
    inputs: &[&[f64]],
) -> Result<Vec<Computed>, TaError> {
    let outputs = &indicator.meta.outputs;
    let failed = |reason: &str| TaError::Kernel { id: indicator.meta.id, reason: reason.into() };
    let rows = inputs.first().map_or(0, |input| input.len());
    if inputs.iter().any(|input| input.len() != rows || !crate::finite(input)) {
        return Err(failed("its inputs must be of one length and complete"));
    }
    let mut reals = vec![vec![0.0; rows]; outputs.len()];
    let mut wholes = vec![vec![0; rows]; outputs.len()];
    let mut events = vec![vec![false; rows]; outputs.len()];
    let (before, after) = indicator.edges(params);
    if rows > before.saturating_add(after) {
        let memory = reals.iter_mut().zip(&mut wholes).zip(&mut events).zip(outputs);
        let slice = memory.map(|(((real, whole), event), output)| match output.dtype {
            DType::Float64 => Out::F64(real),
            DType::Int32 => Out::I32(whole),
            DType::Boolean => Out::Bool(event),
        });
        let mut slices: Vec<Out<'_>> = slice.collect();
        let done = indicator.kernel().compute(params, inputs, &mut slices, &Serial);
        done.map_err(|reason| failed(&reason))?;
    }
    let has_value = |row: usize| row >= before && row.saturating_add(after) < rows;
    let column = |(index, dtype): (usize, DType)| match dtype {
        DType::Float64 => {
            let value = |row| Some(reals[index][row]).filter(|v| has_value(row) && v.is_finite());
            Computed::F64((0..rows).map(value).collect())
        }
        DType::Int32 => {
            let value = |row| has_value(row).then(|| wholes[index][row]);
            Computed::I32((0..rows).map(value).collect())
        }
        DType::Boolean => {
            let value = |row| has_value(row).then(|| events[index][row]);
            Computed::Bool((0..rows).map(value).collect())
        }
    };
    Ok(outputs.iter().map(|o| o.dtype).enumerate().map(column).collect())
}
