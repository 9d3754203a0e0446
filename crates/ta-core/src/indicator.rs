//! What an indicator is: its metadata and the kernel that computes it.

use crate::{
    error::TaError,
    meta::{IndicatorMeta, Memory},
    params::Params,
    pieces,
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

    /// Runs the kernel over one group, adding the indicator's name to its complaint. A
    /// long group is computed in pieces side by side where its rows allow that.
    pub(crate) fn run(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), TaError> {
        let rows = inputs.first().map_or(0, |i| i.len());
        let computed = if rows > PIECE && self.meta.semantics.memory == Memory::Window {
            let outs = out.iter_mut().map(|o| o.rows(0..rows)).collect();
            let from = self.kernel.lookback(params);
            pieces::compute(&*self.kernel, params, inputs, from..rows, PIECE, outs)
        } else {
            None
        };
        computed
            .unwrap_or_else(|| self.kernel.compute(params, inputs, out))
            .map_err(|reason| TaError::Kernel { id: self.meta.id, reason })
    }
}
