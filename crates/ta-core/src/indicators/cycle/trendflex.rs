//! How far a smoothed series is from where it was.

use super::reflex::in_root_mean_squares;
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "trendflex",
        display_name: "Trendflex",
        category: Category::Cycle,
        description: "The companion of `reflex` that keeps the trend: the series is smoothed over \
            half a cycle, and the mean distance of its newest value from those of the last cycle \
            is given in units of its own root mean square. It follows cycles as reflex does and \
            stays on one side of zero while a trend lasts. The smoother starts on the first \
            value; where nothing ever moved the value is 0.",
        aliases: &["ehlers_trendflex"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(20, 1, "Bars of the cycle looked for.")],
        outputs: vec![line("value", "primary", Scale::Ratio, "Distance in root mean squares.")
            .with_levels(&[0.0])
            .within(-5.0, 5.0)],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "J. Ehlers, Reflex: A New Zero-Lag Indicator, Stocks & Commodities, February 2020",
    }
    .indicator(Trendflex)
}

struct Trendflex;

impl Kernel for Trendflex {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        in_root_mean_squares(inputs[0], params.int(0), out[0].f64(), |past, now| {
            past.iter().map(|then| now - then).sum()
        });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn an_endless_trend_is_one_root_mean_square() {
        let indicator = find_indicator("trendflex").unwrap();
        let series: Vec<f64> = (0..800).map(|i| 5.0 - 0.25 * f64::from(i)).collect();
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&series]).unwrap();
        assert!((out[0].as_f64().unwrap()[799].unwrap() + 1.0).abs() < 1e-9);
    }
}
