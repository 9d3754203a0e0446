//! The direction of the change since the row before.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "sign",
        display_name: "Sign of Change",
        category: Category::Math,
        description: "The sign of the change, not of the value: 1 where the value rose since the row \
            before, -1 where it fell, 0 where it stayed the same. The name is laakhay's; in numpy, \
            pandas and polars, sign is that of the value, which is `signum` here. -3 after -5 gives \
            1 here and -1 there.",
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

#[derive(Parameters)]
struct Sign;

impl Formula<1> for Sign {
    type Out = i32;

    fn lookback(&self) -> usize {
        1
    }

    fn compute(&self, [series]: [&[f64]; 1], sign: &mut [i32]) {
        for i in 1..series.len() {
            sign[i] = i32::from(series[i] > series[i - 1]) - i32::from(series[i] < series[i - 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn it_is_the_sign_of_the_change() {
        let out = run("sign", json!({}), &[&[-3.0, -2.0, -2.0, -4.0]]);
        assert_eq!(out[0], Computed::I32(vec![None, Some(1), Some(0), Some(-1)]));
    }
}
