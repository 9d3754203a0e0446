//! One indicator over one group of complete rows.

use ta_core::{meta::Memory, Indicator, Out, Params, TaError};

use crate::{
    finite::{all_finite, Ran},
    pieces::Pieces,
    share::Shared,
};

/// Rows of a piece. The same on every machine: a running sum that begins anew differs in its
/// last bits.
const PIECE: usize = 1 << 16;

/// Rows to run a kernel over: more than its edges take.
#[derive(Clone, Copy)]
pub struct Group<'a> {
    /// Which indicator.
    pub indicator: &'static Indicator,
    /// With which parameters.
    pub params: &'a Params,
    /// Its rows of each input.
    pub inputs: &'a [&'a [f64]],
    /// What [`Indicator::edges`] says.
    pub edges: (usize, usize),
    /// Whether some value may be missing; if one is, nothing is computed.
    pub gaps: bool,
}

impl Group<'_> {
    /// Runs the kernel, in pieces side by side where its rows allow that, and adds the
    /// indicator's name to its complaint.
    pub fn run(self, out: &mut [Out<'_>]) -> Result<Ran, TaError> {
        let Group { indicator, params, inputs, edges, gaps } = self;
        let rows = inputs.first().map_or(0, |i| i.len());
        // The result of another indicator begins with rows that have no value: nothing to try.
        if gaps && inputs.iter().any(|input| input.first().is_some_and(|v| !v.is_finite())) {
            return Ok(Ran::Incomplete);
        }
        let kernel = indicator.kernel();
        let failed = |reason| TaError::Kernel { id: indicator.meta.id, reason };
        if rows > PIECE && indicator.meta.semantics.memory == Memory::Window {
            let outs = out.iter_mut().map(|o| o.rows(0..rows)).collect();
            let pieces = Pieces { kernel, params, inputs, edges, gaps, piece: PIECE };
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
