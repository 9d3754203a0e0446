//! The direction of the change since the row before.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sign",
        display_name: "Sign of Change",
        category: Category::Math,
        description: "The sign of the change, not of the value: 1 where the value rose since the \
            row before, -1 where it fell, 0 where it stayed the same. The name is laakhay's; in \
            numpy, pandas and polars, sign is that of the value, which is `signum` here. -3 \
            after -5 gives 1 here and -1 there.",
        aliases: &["sign_of_change"],
        inputs: [slot("series", Some("close"))],
        outputs: signal(
            "value",
            "direction",
            Scale::Ratio,
            "1 after a rise, -1 after a fall, 0 otherwise.",
        )
        .within(-1.0, 1.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "laakhay, sign: sgn(a[i] - a[i-1])",
    }
    .indicator::<Sign>()
}

rowwise!(Sign: i32, back 1, |[a], i| i32::from(a[i] > a[i - 1]) - i32::from(a[i] < a[i - 1]));

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn the_value_is_the_sign_of_the_change() {
        let out = wholes("sign", "value", json!({}), &[&[-3.0, -2.0, -2.0, -4.0]]);
        assert_eq!(out, [None, Some(1), Some(0), Some(-1)]);
    }
}
