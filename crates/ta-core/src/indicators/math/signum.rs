//! The sign of the value.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{signal, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "signum",
        display_name: "Sign of Value",
        category: Category::Math,
        description:
            "The sign of the value itself: 1 above zero, -1 below, 0 at zero, negative zero \
            included. It is what numpy and polars call sign; the indicator `sign` is the direction \
            of the change since the row before.",
        aliases: &["sign_of_value"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![signal(
            "value",
            "direction",
            Scale::Ratio,
            "1 above zero, -1 below, 0 at zero.",
        )
        .within(-1.0, 1.0)],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "sgn(a[i])",
    }
    .indicator(Signum)
}

struct Signum;

impl Kernel for Signum {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        for (sign, value) in out[0].i32().iter_mut().zip(inputs[0]) {
            *sign = i32::from(*value > 0.0) - i32::from(*value < 0.0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn it_is_the_sign_of_the_value() {
        let indicator = find_indicator("signum").unwrap();
        let params = Params::defaults(&indicator.meta);
        let series = [-3.0, -2.0, 0.0, -0.0, 1e-300, f64::NAN];
        let out = compute(indicator, &params, &[&series]).unwrap();
        let signs = [Some(-1), Some(-1), Some(0), Some(0), Some(1), None];
        assert_eq!(out[0], Computed::I32(signs.to_vec()));
    }
}
