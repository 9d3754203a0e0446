//! The bars that lie outside of a channel.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "out",
        display_name: "Out of Channel",
        category: Category::Event,
        description:
            "True on every row whose value lies above the upper or below the lower bound; \
            a value on a bound is not out. The opposite of `in_channel` on every row. Either \
            bound may be a series or a number.",
        aliases: &["out_channel", "outside_channel"],
        inputs: vec![slot("series", None), slot("upper", None), slot("lower", None)],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series lies above the upper or below the lower bound.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "a[i] > upper[i] or a[i] < lower[i]",
    }
    .indicator(OutOfChannel)
}

struct OutOfChannel;

impl Kernel for OutOfChannel {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let &[series, upper, lower] = inputs else { return Err("needs three inputs".into()) };
        let outside = out[0].bool();
        for (i, outside) in outside.iter_mut().enumerate() {
            *outside = series[i] > upper[i] || series[i] < lower[i];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn the_bounds_are_not_out() {
        let indicator = find_indicator("out").unwrap();
        let series = [2.0, 3.0, 3.5, 1.0, 0.5, 2.0, 5.0];
        let (upper, lower) = ([3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 6.0], [1.0; 7]);
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&series, &upper, &lower]).unwrap();
        let expected = [
            Some(false),
            Some(false),
            Some(true),
            Some(false),
            Some(true),
            Some(false),
            Some(false),
        ];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
