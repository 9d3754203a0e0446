//! The sign of the value.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "signum",
        display_name: "Sign of Value",
        category: Category::Math,
        description:
            "The sign of the value itself: 1 above zero, -1 below, 0 at zero, negative zero \
            included. It is what numpy and polars call sign; the indicator `sign` is the direction \
            of the change since the row before.",
        aliases: &["sign_of_value"],
        inputs: [slot("series", Some("close"))],
        outputs: signal("value", "direction", Scale::Ratio, "1 above zero, -1 below, 0 at zero.")
            .within(-1.0, 1.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "sgn(a[i])",
    }
    .indicator::<Signum>()
}

#[derive(Parameters)]
struct Signum;

impl Formula<1> for Signum {
    type Out = i32;

    fn lookback(&self) -> usize {
        0
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [i32]) {
        for (sign, value) in out.iter_mut().zip(series) {
            *sign = i32::from(*value > 0.0) - i32::from(*value < 0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn it_is_the_sign_of_the_value() {
        let series = [-3.0, -2.0, 0.0, -0.0, 1e-300];
        let out = run("signum", json!({}), &[&series]);
        let signs = [Some(-1), Some(-1), Some(0), Some(0), Some(1)];
        assert_eq!(out[0], Computed::I32(signs.to_vec()));
    }
}
