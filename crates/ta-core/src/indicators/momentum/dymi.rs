//! An RSI whose length follows the volatility.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "dymi",
        display_name: "Dynamic Momentum Index",
        category: Category::Momentum,
        description: "Chande and Kroll's RSI of a variable length: the usual length divided by \
            the standard deviation of the last values relative to its own average, cut to a whole \
            number and held between two limits, so it is shorter when prices move much. Read as \
            the RSI: above 70 overbought, below 30 oversold. Rises and falls of the length are \
            plain sums, because Wilder's averages need one length. Null where nothing has moved.",
        aliases: &["dynamic_momentum_index", "dynamic_rsi"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share of the rises, from 0 to 100.")
            .with_levels(&[30.0, 70.0])
            .within(0.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * max_period)",
        source: "T. Chande and S. Kroll, Stochastic RSI and Dynamic Momentum Index, Stocks & \
            Commodities 11:5 (1993); The New Technical Trader (1994)",
    }
    .indicator::<Dymi>()
}

#[derive(Clone, Parameters)]
struct Dymi {
    /// Changes of the RSI at the average volatility.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Values of the standard deviation.
    #[param(default = 5, min = 2)]
    deviation_period: usize,
    /// Bars of the average of the standard deviation.
    #[param(default = 10, min = 1)]
    average_period: usize,
    /// Fewest changes of the RSI.
    #[param(default = 3, min = 1)]
    min_period: usize,
    /// Most changes of the RSI.
    #[param(default = 30, min = 1)]
    max_period: usize,
}

impl Dymi {
    /// The changes of the RSI, from the deviation against its average; none where nothing moves.
    fn length(&self, volatility: f64) -> usize {
        let length = self.period as f64 / volatility;
        if length.is_nan() {
            return self.max_period;
        }
        (length as usize).clamp(self.min_period, self.max_period)
    }
}

impl Composed<1> for Dymi {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.max_period.max(self.deviation_period - 1 + self.average_period - 1)
    }

    fn accepts(&self) -> bool {
        self.min_period <= self.max_period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let deviation = ta.exact_deviation(&series, self.deviation_period);
        let total = ta.exact_sum(&deviation, self.average_period);
        let count = self.average_period as f64;
        let volatility =
            ta.map([&deviation, &total], |[deviation, total]| deviation / (total / count));
        let change = ta.windows(series, 2, |pair| pair[1] - pair[0]);
        let start = || Window::new(self.max_period);
        ta.scan_rows(start, [&change, &volatility], |changes, [change, volatility]| {
            changes.push(change);
            let last = changes.iter().rev().take(self.length(volatility));
            let (mut rises, mut falls) = (0.0, 0.0);
            for change in last {
                if change > 0.0 {
                    rises += change;
                } else {
                    falls -= change;
                }
            }
            100.0 * (rises / (rises + falls))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_length_is_cut_and_limited() {
        let params = json!({
            "period": 2, "deviation_period": 2, "average_period": 2,
            "min_period": 1, "max_period": 4,
        });
        let series = [1.0, 2.0, 1.0, 2.0, 1.0, 5.0, 5.0, 5.0, 5.0];
        let out = reals("dymi", "value", params, &[&series]);
        // Row 4: a length of 2, a rise and a fall. Row 5: 2 / 1.6, only the rise. From row 6 on the
        // deviation is 0, and the length 4.
        assert_eq!(out[3..6], [None, Some(50.0), Some(100.0)]);
        assert!((out[6].unwrap() - 100.0 * 5.0 / 6.0).abs() < 1e-12);
        assert_eq!(out[8], Some(100.0));
    }
}
