//! The price without its trend: a fast average less an average of twice the length.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "dsp",
        display_name: "Detrended Synthetic Price",
        category: Category::Cycle,
        description: "Ehlers' price without its trend: a quarter-cycle exponential average less a \
            half-cycle one, whose smoothing factor is half as large (2 * period + 1 bars). What \
            is left swings around zero in phase with the dominant cycle. The period is that of \
            the faster average, a quarter of the cycle; feed it median prices as Ehlers does.",
        aliases: &["detrended_synthetic_price"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Faster average less the slower."),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, MESA and Trading Market Cycles, pp. 64-70; B. Mars, D_DSP (eSignal)",
    }
    .indicator::<Dsp>()
}

#[derive(Clone, Parameters)]
struct Dsp {
    /// Bars of the faster exponential average.
    #[param(default = 14, min = 1, max = 49_999)]
    period: usize,
}

impl Composed<1> for Dsp {
    type Out = f64;

    fn lookback(&self) -> usize {
        2 * self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let quarter = ta.ema(&series, self.period);
        let half = ta.ema(&series, 2 * self.period + 1);
        ta.rows([&quarter, &half], |[quarter, half]| quarter - half)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_of_a_straight_line_is_the_difference_of_the_lags() {
        let series: Vec<f64> = (0..20).map(|i| 4.0 * f64::from(i)).collect();
        let values = reals("dsp", "value", json!({ "period": 5 }), &[&series]);
        // The averages of 5 and 11 bars lag by 2 and 5 bars, three steps apart.
        assert!(values[10..].iter().all(|v| (v.unwrap() - 12.0).abs() < 1e-9));
        assert_eq!(values[9], None);
    }
}
