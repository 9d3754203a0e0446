//! The sign of the value.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "signum",
        display_name: "Sign of Value",
        category: Category::Math,
        description: "The sign of the value itself: 1 above zero, -1 below, 0 at zero, negative \
            zero included. It is what numpy and polars call sign; the indicator `sign` is the \
            direction of the change since the row before.",
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

rowwise!(Signum: i32, back 0, |[a], i| i32::from(a[i] > 0.0) - i32::from(a[i] < 0.0));

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn the_value_is_the_sign_of_the_input() {
        let series = [-3.0, -2.0, 0.0, -0.0, 1e-300];
        let out = wholes("signum", "value", json!({}), &[&series]);
        let signs = [Some(-1), Some(-1), Some(0), Some(0), Some(1)];
        assert_eq!(out, signs);
    }
}
