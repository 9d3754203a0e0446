//! An indicator: its metadata and the kernel that computes it.

use crate::{
    kernel::Kernel,
    live::Bank,
    meta::{IndicatorMeta, Memory},
    params::Params,
};

/// Rows of a piece. It is the same on every machine, because a running sum that starts again
/// at another row differs in its last bits.
const PIECE: usize = 1 << 16;

/// One entry of the catalog.
pub struct Indicator {
    /// Its metadata.
    pub meta: IndicatorMeta,
    kernel: Box<dyn Kernel>,
}

impl Indicator {
    /// An indicator from its metadata and kernel.
    pub fn new(meta: IndicatorMeta, kernel: impl Kernel + 'static) -> Self {
        Self { meta, kernel: Box::new(kernel) }
    }

    /// The kernel.
    pub fn kernel(&self) -> &dyn Kernel {
        &*self.kernel
    }

    /// Lookback and look-ahead: the rows without a value at the start and at the end.
    pub fn edges(&self, params: &Params) -> (usize, usize) {
        (self.kernel.lookback(params), self.kernel.lookahead(params))
    }

    /// The rows of the pieces in which a series is computed, counted from the end of the lookback;
    /// `None` if the memory is more than a window, so that the series cannot be cut.
    pub fn piece(&self) -> Option<usize> {
        (self.meta.semantics.memory == Memory::Window).then_some(PIECE)
    }

    /// The indicator row by row, still without series; `None` if the parameters make it look ahead,
    /// and without the feature `live`.
    pub fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        self.kernel.bank(params, self.piece())
    }
}

/// The definition in an indicator's file: one indicator, or several that share a formula.
pub(crate) trait Entries {
    /// Adds the indicators to the list.
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
