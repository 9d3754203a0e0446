//! How far a bar reaches beyond the range of the bar before.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "thermo",
        display_name: "Elder's Market Thermometer",
        category: Category::Volatility,
        description: "Alexander Elder's measure of a market's heat: how far the bar reaches \
            beyond the bar before it, upwards or downwards, whichever is more; an inside bar has \
            a temperature of 0. Below its exponential average the market is quiet, the time \
            Elder enters; a spike to a multiple of the average is an explosive move, the time to \
            take profits.",
        aliases: &["elder_thermometer", "elders_thermometer", "market_thermometer"],
        inputs: [price("high"), price("low")],
        outputs: (
            [
                histogram("thermo", "primary", Scale::Price, "Reach beyond the last bar's range."),
                line("ma", "signal", Scale::Price, "Exponential average of the temperature."),
            ],
            [
                event("quiet", "quiet", "True where the temperature is below its average."),
                event("explosive", "explosive", "True where it is above multiplier averages."),
            ],
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Elder, Come Into My Trading Room (2002), Market Thermometer",
    }
    .indicator::<Thermometer>()
}

#[derive(Clone, Parameters)]
struct Thermometer {
    /// Bars of the exponential average of the temperature.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Averages that make a temperature explosive.
    #[param(default = 3.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Composed<2> for Thermometer {
    type Out = ([f64; 2], [bool; 2]);

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low]: [B::Line; 2]) -> B::Rows {
        let heat = ta.scan(
            || [f64::NAN; 2],
            [&high, &low],
            |last, [high, low]| {
                let [last_high, last_low] = std::mem::replace(last, [high, low]);
                if last_high.is_nan() {
                    return f64::NAN;
                }
                (high - last_high).max(last_low - low).max(0.0)
            },
        );
        let mean = ta.ema(&heat, self.period);
        ta.rows([&heat, &mean], |[heat, mean]| {
            ([heat, mean], [heat < mean, heat > self.multiplier * mean])
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn an_inside_bar_has_the_value_zero_and_the_farther_end_counts() {
        let high = [10.0, 11.0, 10.5, 12.5];
        let low = [8.0, 7.5, 8.0, 4.0];
        let out = run("thermo", json!({ "period": 2, "multiplier": 1.5 }), &[&high, &low]);
        assert_eq!(out[0].as_f64().unwrap(), [None, None, Some(0.0), Some(4.0)]);
        let mean = out[1].as_f64().unwrap();
        assert_eq!(mean[2], Some(0.5));
        assert!((mean[3].unwrap() - (0.5 / 3.0 + 8.0 / 3.0)).abs() < 1e-15);
        assert_eq!(out[2], Computed::Bool(vec![None, None, Some(true), Some(false)]));
        assert_eq!(out[3], Computed::Bool(vec![None, None, Some(false), Some(false)]));
    }
}
