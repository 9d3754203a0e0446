//! One indicator over one group of complete rows.

use ta_core::{Indicator, Out, Params, TaError};

use crate::{
    finite::{all_finite, Outcome},
    pieces::Pieces,
    share::Shared,
};

/// A kernel call: an indicator and the rows of one group, more than its lookback and look-ahead.
#[derive(Clone, Copy)]
pub struct Group<'a> {
    /// The indicator.
    pub indicator: &'static Indicator,
    /// Its parameters.
    pub params: &'a Params,
    /// The group's rows of each input.
    pub inputs: &'a [&'a [f64]],
    /// Lookback and look-ahead; see [`Indicator::edges`].
    pub edges: (usize, usize),
    /// Whether the inputs may have gaps. If one has, [`Group::run`] returns
    /// [`Outcome::Incomplete`].
    pub gaps: bool,
}

impl Group<'_> {
    /// Runs the kernel. Several threads compute pieces of a long group if the indicator's memory is
    /// its window. An error of the kernel gets the indicator's name.
    pub fn run(self, out: &mut [Out<'_>]) -> Result<Outcome, TaError> {
        let Group { indicator, params, inputs, edges, gaps } = self;
        let rows = inputs.first().map_or(0, |i| i.len());
        // An input that is the result of another indicator starts with a gap, its warm-up: this
        // check finds it at once.
        if gaps && inputs.iter().any(|input| input.first().is_some_and(|v| !v.is_finite())) {
            return Ok(Outcome::Incomplete);
        }
        let kernel = indicator.kernel();
        let failed = |reason| TaError::Kernel { id: indicator.meta.id, reason };
        if let Some(piece) = indicator.piece().filter(|&piece| rows > piece) {
            let outs = out.iter_mut().map(|o| o.rows(0..rows)).collect();
            let pieces = Pieces { kernel, params, inputs, edges, gaps, piece };
            if let Some(done) = pieces.run(outs) {
                return done.map_err(failed);
            }
        }
        let found = kernel.compute_checked(params, inputs, out, &Shared);
        if let Some(ran) = Outcome::checked(found, gaps) {
            return Ok(ran);
        }
        if gaps && !inputs.iter().all(|input| all_finite(input)) {
            return Ok(Outcome::Incomplete);
        }
        kernel.compute(params, inputs, out, &Shared).map_err(failed)?;
        Ok(Outcome::of(out, edges.0..rows - edges.1))
    }
}

#[cfg(test)]
mod tests;
