//! The bar on which a series comes into a channel.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "enter",
        display_name: "Enter Channel",
        category: Category::Event,
        description: "True on the row where the series lies within the channel, bounds included, \
            after having been outside of it on the row before; each row is held against its own \
            bounds, so the channel may also move over the series. False on every other row.",
        aliases: &["enter_channel"],
        inputs: vec![slot("series", None), slot("upper", None), slot("lower", None)],
        params: vec![],
        outputs: vec![event(
            "value",
            "event",
            "True where the series comes into the channel from outside.",
        )],
        lookback_params: &[],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "in_channel[i] and not in_channel[i-1]",
    }
    .indicator(EnterChannel)
}

struct EnterChannel;

impl Kernel for EnterChannel {
    fn lookback(&self, _: &Params) -> usize {
        1
    }

    fn compute(&self, _: &Params, inputs: &[&[f64]], out: &mut [Out<'_>]) -> Result<(), String> {
        let &[series, upper, lower] = inputs else { return Err("needs three inputs".into()) };
        let marked = out[0].bool();
        let inside = |i: usize| lower[i] <= series[i] && series[i] <= upper[i];
        for (i, marked) in marked.iter_mut().enumerate().skip(1) {
            *marked = inside(i) && !inside(i - 1);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, engine::Computed, find_indicator, Params};

    #[test]
    fn coming_back_in_is_marked_once() {
        let indicator = find_indicator("enter").unwrap();
        let series = [2.0, 3.0, 3.5, 1.0, 0.5, 2.0, 5.0];
        let (upper, lower) = ([3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 6.0], [1.0; 7]);
        let params = Params::defaults(&indicator.meta);
        let out = compute(indicator, &params, &[&series, &upper, &lower]).unwrap();
        let expected =
            [None, Some(false), Some(false), Some(true), Some(false), Some(true), Some(false)];
        assert_eq!(out[0], Computed::Bool(expected.to_vec()));
    }
}
