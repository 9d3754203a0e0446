//! What an indicator is: its metadata and the kernel that computes it.

use crate::{kernel::Kernel, meta::IndicatorMeta, params::Params};

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

    /// How many rows have no value: at the beginning, and at the end.
    pub fn edges(&self, params: &Params) -> (usize, usize) {
        (self.kernel.lookback(params), self.kernel.lookahead(params))
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
