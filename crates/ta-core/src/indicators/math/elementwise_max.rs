//! The greater of two values on each row.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "elementwise_max",
        display_name: "Element-wise Maximum",
        category: Category::Math,
        description: "The greater of the two values of each row; not over a window, which is \
            `max`. With a number as the other input it is a floor that the result cannot fall \
            below.",
        aliases: &["max_horizontal"],
        inputs: vec![slot("series", None), slot("other", None)],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "The greater of series and other.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "max(a[i], b[i])",
    }
    .indicator(ElementwiseMax)
}

struct ElementwiseMax;

impl Kernel for ElementwiseMax {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let rows = inputs[0].iter().zip(inputs[1]);
        for (value, (a, b)) in out[0].f64().iter_mut().zip(rows) {
            *value = a.max(*b);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn each_row_is_judged_on_its_own() {
        let indicator = find_indicator("elementwise_max").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[1.0, 2.0, 3.0], &[2.0, 2.0, -1.0]]).unwrap();
        assert_eq!(out[0], Computed::F64([2.0, 2.0, 3.0].map(Some).to_vec()));
    }
}
