//! The bars that lie within a channel.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "in_channel",
        display_name: "In Channel",
        category: Category::Event,
        description: "True on every row whose value lies between the lower and the upper bound, \
            the bounds themselves included. Either bound may be a series, such as a Bollinger \
            band, or a number. Where the upper bound is below the lower one, nothing is inside.",
        aliases: &["in", "inside_channel"],
        inputs: vec![slot("series", None), slot("upper", None), slot("lower", None)],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series lies between the bounds or on one.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "lower[i] <= a[i] <= upper[i]",
    }
    .indicator(InChannel)
}

struct InChannel;

impl Kernel for InChannel {
    fn lookback(&self, _: &Params) -> usize {
        0
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let &[series, upper, lower] = inputs else { return Err("needs three inputs".into()) };
        let inside = out[0].bool();
        for (i, inside) in inside.iter_mut().enumerate() {
            *inside = lower[i] <= series[i] && series[i] <= upper[i];
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn the_bounds_are_inside() {
        let indicator = find_indicator("in_channel").unwrap();
        let series = [2.0, 3.0, 3.5, 1.0, 0.5, 2.0, 5.0];
        let (upper, lower) = ([3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 6.0], [1.0; 7]);
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&series, &upper, &lower]).unwrap();
        let expected =
            [Some(true), Some(true), Some(false), Some(true), Some(false), Some(true), Some(true)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
