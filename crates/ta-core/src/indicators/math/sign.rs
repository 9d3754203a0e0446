//! The direction of the change since the row before.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{signal, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "sign",
        display_name: "Sign of Change",
        category: Category::Math,
        description: "The sign of the change, not of the value: 1 where the value rose since the row \
            before, -1 where it fell, 0 where it stayed the same. The name is laakhay's; in numpy, \
            pandas and polars, sign is that of the value, which is `signum` here. -3 after -5 gives \
            1 here and -1 there.",
        aliases: &["sign_of_change"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![],
        outputs: vec![signal(
            "value",
            "direction",
            Scale::Ratio,
            "1 after a rise, -1 after a fall, 0 otherwise.",
        )
        .within(-1.0, 1.0)],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "laakhay, sign: sgn(a[i] - a[i-1])",
    }
    .indicator(Sign)
}

struct Sign;

impl Kernel for Sign {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let series = inputs[0];
        let sign = out[0].i32();
        for i in 1..series.len() {
            sign[i] = i32::from(series[i] > series[i - 1]) - i32::from(series[i] < series[i - 1]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn it_is_the_sign_of_the_change() {
        let indicator = find_indicator("sign").unwrap();
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&[-3.0, -2.0, -2.0, -4.0]]).unwrap();
        assert_eq!(out[0], Computed::I32(vec![None, Some(1), Some(0), Some(-1)]));
    }
}
