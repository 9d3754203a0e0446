//! What an indicator is: its metadata and the kernel that computes it.

use crate::{
    error::TaError,
    finite::{all_finite, Ran},
    meta::{IndicatorMeta, Memory},
    params::Params,
    pieces::Pieces,
};

pub use crate::kernel::{Kernel, Out};

/// Rows of a piece. The same on every machine: where a running sum begins anew shows in its
/// last bits.
const PIECE: usize = 1 << 16;

/// One entry of the catalog: its metadata and its kernel.
pub struct Indicator {
    /// What is known about it.
    pub meta: IndicatorMeta,
    kernel: Box<dyn Kernel>,
}

impl Indicator {
    /// Joins metadata and kernel.
    pub fn new(meta: IndicatorMeta, kernel: impl Kernel + 'static) -> Self {
        Self { meta, kernel: Box::new(kernel) }
    }

    /// The kernel.
    pub fn kernel(&self) -> &dyn Kernel {
        &*self.kernel
    }

    /// The rows without a value: at the beginning, and at the end.
    pub(crate) fn edges(&self, params: &Params) -> (usize, usize) {
        (self.kernel.lookback(params), self.kernel.lookahead(params))
    }

    /// Runs the kernel over one group of complete rows, more than `edges` take, adding the
    /// indicator's name to its complaint. A long group is computed in pieces side by side
    /// where its rows allow that.
    pub(crate) fn run(&self, group: Group<'_>, out: &mut [Out<'_>]) -> Result<Ran, TaError> {
        let Group { params, inputs, edges, gaps } = group;
        let rows = inputs.first().map_or(0, |i| i.len());
        // What another indicator gave begins with rows that have no value: nothing to try.
        if gaps && inputs.iter().any(|input| input.first().is_some_and(|v| !v.is_finite())) {
            return Ok(Ran::Incomplete);
        }
        let kernel = self.kernel();
        let failed = |reason| TaError::Kernel { id: self.meta.id, reason };
        if rows > PIECE && self.meta.semantics.memory == Memory::Window {
            let outs = out.iter_mut().map(|o| o.rows(0..rows)).collect();
            let pieces = Pieces { kernel, params, inputs, edges, gaps, piece: PIECE };
            if let Some(done) = pieces.run(outs) {
                return done.map_err(failed);
            }
        }
        let seen = kernel.compute_and_look(params, inputs, out);
        if let Some(ran) = seen.and_then(|seen| Ran::seen(seen, gaps)) {
            return Ok(ran);
        }
        if gaps && !inputs.iter().all(|input| all_finite(input)) {
            return Ok(Ran::Incomplete);
        }
        kernel.compute(params, inputs, out).map_err(failed)?;
        Ok(Ran::of(out, edges.0..rows - edges.1))
    }
}

/// What a file of the catalog defines: one indicator, or several with one formula.
pub(crate) trait Entries {
    /// Adds them to the list.
    fn add_to(self, list: &mut Vec<Indicator>);
}

impl Entries for Indicator {
    fn add_to(self, list: &mut Vec<Indicator>) {
        list.push(self);
    }
}

impl<const K: usize> Entries for [Indicator; K] {
    fn add_to(self, list: &mut Vec<Indicator>) {
        list.extend(self);
    }
}

/// Rows to run a kernel over.
#[derive(Clone, Copy)]
pub(crate) struct Group<'a> {
    /// With which parameters.
    pub params: &'a Params,
    /// Its rows of each input.
    pub inputs: &'a [&'a [f64]],
    /// What [`Indicator::edges`] says.
    pub edges: (usize, usize),
    /// Whether some value may be missing; if one is, nothing is computed.
    pub gaps: bool,
}
