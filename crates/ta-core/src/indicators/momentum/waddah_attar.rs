//! The step of MACD against the width of the Bollinger Bands.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "waddah_attar",
        display_name: "Waddah Attar Explosion",
        category: Category::Momentum,
        description: "The step of MACD since the bar before, magnified, as an uptrend or a \
            downtrend bar; the width of the Bollinger Bands as the explosion line; and a dead \
            zone of the average true range below which nothing counts. A trend bar that rises \
            above the explosion line, itself above the dead zone, is read as a breakout in its \
            direction. All are in units of the price.",
        aliases: &["waddah_attar_explosion", "wae"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            histogram("trend_up", "upper", Scale::Price, "The magnified rise of MACD, or 0."),
            histogram("trend_down", "lower", Scale::Price, "The magnified fall of MACD, or 0."),
            line("explosion", "signal", Scale::Price, "Width of the Bollinger Bands."),
            line("dead_zone", "base", Scale::Price, "Multiple of the average true range."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "LazyBear, Waddah Attar Explosion V2 (TradingView): 150, 20, 40, 20, 2; dead zone \
            3.7 * ATR(100)",
    }
    .indicator::<WaddahAttar>()
}

#[derive(Clone, Parameters)]
struct WaddahAttar {
    /// Bars of the fast average of MACD.
    #[param(default = 20, min = 1)]
    fast_period: usize,
    /// Bars of the slow average of MACD.
    #[param(default = 40, min = 1)]
    slow_period: usize,
    /// Bars of the Bollinger Bands.
    #[param(default = 20, min = 2)]
    channel_period: usize,
    /// Standard deviations between the middle and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    nb_dev: f64,
    /// Factor by which the step of MACD is magnified.
    #[param(default = 150.0, min = 0.0, max = 1e9)]
    sensitivity: f64,
    /// Bars of Wilder's average of the true range.
    #[param(default = 100, min = 1)]
    atr_period: usize,
    /// Average true ranges of the dead zone.
    #[param(default = 3.7, min = 0.0, max = 1e9)]
    dead_zone_factor: f64,
}

impl Composed<3> for WaddahAttar {
    type Out = [f64; 4];

    fn lookback(&self) -> usize {
        let macd_step = self.fast_period.max(self.slow_period);
        macd_step.max(self.channel_period - 1).max(self.atr_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let (fast, slow) = (ta.ema(&close, self.fast_period), ta.ema(&close, self.slow_period));
        let macd = ta.map([&fast, &slow], |[fast, slow]| fast - slow);
        let step = ta.windows(macd, 2, |pair| pair[1] - pair[0]);
        let deviation = ta.exact_deviation(&close, self.channel_period);
        let range = ta.atr([&high, &low, &close], self.atr_period);
        ta.rows([&step, &deviation, &range], |[step, deviation, range]| {
            let trend = self.sensitivity * step;
            [
                if trend > 0.0 { trend } else { 0.0 },
                if trend < 0.0 { -trend } else { 0.0 },
                2.0 * self.nb_dev * deviation,
                self.dead_zone_factor * range,
            ]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_rise_of_macd_is_an_uptrend_bar() {
        let close = [1.0, 2.0, 4.0, 2.0];
        let params = json!({
            "fast_period": 1, "slow_period": 2, "channel_period": 2, "atr_period": 1,
        });
        let out = run("waddah_attar", params, &[&close, &close, &close]);
        let row = |row: usize| [0, 1, 2, 3].map(|i: usize| out[i].as_f64().unwrap()[row].unwrap());
        // MACD is 0.5, then 4 - 19 / 6.
        let [up, down, explosion, dead_zone] = row(2);
        assert!((up - 150.0 * (5.0 / 6.0 - 0.5)).abs() < 1e-9);
        assert_eq!((down, explosion), (0.0, 4.0));
        assert!((dead_zone - 7.4).abs() < 1e-12);
        assert!(row(3)[0] == 0.0 && row(3)[1] > 0.0);
    }
}
