//! One indicator over one group of complete rows.

use ta_core::{Indicator, Out, Params, TaError};

use crate::{
    finite::{all_finite, Ran},
    pieces::Pieces,
    share::Shared,
};

/// One kernel call: the indicator and more rows of one group than its lookback and look-ahead.
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
    /// Whether a value may be missing. If one is, [`Group::run`] gives [`Ran::Incomplete`].
    pub gaps: bool,
}

impl Group<'_> {
    /// Runs the kernel, in pieces on several threads where the indicator's memory is its window.
    /// An error of the kernel gets the indicator's name.
    pub fn run(self, out: &mut [Out<'_>]) -> Result<Ran, TaError> {
        let Group { indicator, params, inputs, edges, gaps } = self;
        let rows = inputs.first().map_or(0, |i| i.len());
        // Results of other indicators start with warm-up rows: this finds their gap at once.
        if gaps && inputs.iter().any(|input| input.first().is_some_and(|v| !v.is_finite())) {
            return Ok(Ran::Incomplete);
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
        if let Some(ran) = Ran::checked(found, gaps) {
            return Ok(ran);
        }
        if gaps && !inputs.iter().all(|input| all_finite(input)) {
            return Ok(Ran::Incomplete);
        }
        kernel.compute(params, inputs, out, &Shared).map_err(failed)?;
        Ok(Ran::of(out, edges.0..rows - edges.1))
    }
}

#[cfg(test)]
mod tests;
