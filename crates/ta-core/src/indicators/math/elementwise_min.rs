//! The lesser of two values on each row.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "elementwise_min",
        display_name: "Element-wise Minimum",
        category: Category::Math,
        description:
            "The lesser of the two values of each row; not over a window, which is `min`. \
            With a number as the other input it is a cap that the result cannot rise above.",
        aliases: &["min_horizontal"],
        inputs: vec![slot("series", None), slot("other", None)],
        params: vec![],
        outputs: vec![line("value", "primary", Scale::Price, "The lesser of series and other.")],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "min(a[i], b[i])",
    }
    .indicator(ElementwiseMin)
}

struct ElementwiseMin;

impl Kernel for ElementwiseMin {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let rows = inputs[0].iter().zip(inputs[1]);
        for (value, (a, b)) in out[0].f64().iter_mut().zip(rows) {
            *value = a.min(*b);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn each_row_is_judged_on_its_own() {
        let indicator = find_indicator("elementwise_min").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[1.0, 2.0, 3.0], &[2.0, 2.0, -1.0]]).unwrap();
        assert_eq!(out[0], Computed::F64([1.0, 2.0, -1.0].map(Some).to_vec()));
    }
}
