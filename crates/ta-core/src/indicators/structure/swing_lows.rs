//! Bars whose low stands out among its neighbours.

use super::swing_points::{lookahead, lookback, mark, Swings};
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane},
    native::{event, price, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "swing_lows",
        display_name: "Swing Lows",
        category: Category::Structure,
        description:
            "True where a low is settled that is below the lows of the `left` bars before and \
            the `right` bars after it: one half of swing_points, as a plain column to filter by. \
            The mark stands on the last of those bars, `right` bars after the swing bar. With \
            `confirmed` false it stands on the swing bar itself, which looks ahead, and the call \
            has to ask for that with `allowLookahead: true`. `swing_low_at` gives the price of \
            the swing as known on each row.",
        aliases: &[],
        inputs: vec![price("low")],
        params: Swings::params_and_confirmed(),
        outputs: vec![event("value", "event", "True where a low that stands out is settled.")],
        lookback_params: &["left", "right", "confirmed"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "low[i] < low[j] for all j in i-left..=i+right, j != i",
    }
    .indicator(SwingLows)
}

struct SwingLows;

impl Kernel for SwingLows {
    fn lookback(&self, params: &Params) -> usize {
        lookback(params)
    }

    fn lookahead(&self, params: &Params) -> usize {
        lookahead(params)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        mark(params, inputs[0], Swings::is_low, out[0].bool());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn they_are_one_half_of_the_swing_points() {
        let of = |id: &str, inputs: &[&[f64]]| {
            let indicator = find_indicator(id).unwrap();
            compute(indicator, &Params::defaults(&indicator.meta), inputs).unwrap()
        };
        let high: Vec<f64> = (0..40).map(|i| f64::from(i * 7 % 13)).collect();
        let low: Vec<f64> = (0..40).map(|i| f64::from(i * 5 % 11) - 20.0).collect();
        let both = of("swing_points", &[&high, &low]);
        assert_eq!(of("swing_lows", &[&low])[0], both[1]);
        assert_ne!(both[0], both[1]);
    }
}
