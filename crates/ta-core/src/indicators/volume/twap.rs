//! The average price of the last bars, in which each bar counts alike.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "twap",
        display_name: "Time-Weighted Average Price",
        category: Category::Volume,
        description: "Mean of the average prices (open + high + low + close) / 4 of the last \
            period bars: what an order that is worked evenly over this time pays. It is the \
            counterpart of `rolling_vwap` without volumes, and their difference shows whether \
            more was traded at high or at low prices. TradingView's begins anew with each \
            session; this one has a window.",
        aliases: &["time_weighted_average_price", "rolling_twap"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Price, "Mean of the average prices."),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "TradingView, Time Weighted Average Price: mean((open + high + low + close) / 4)",
    }
    .indicator::<Twap>()
}

#[derive(Clone, Parameters)]
struct Twap {
    /// Bars in the window.
    #[param(default = 20, min = 1)]
    period: usize,
}

impl Composed<4> for Twap {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(
        &self,
        ta: &B,
        [open, high, low, close]: [B::Line; 4],
    ) -> B::Rows {
        let average = ta.map([&open, &high, &low, &close], |bar| bar.iter().sum::<f64>() / 4.0);
        ta.rows([&ta.sma(&average, self.period)], |[mean]| mean)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn all_four_prices_and_all_bars_count_alike() {
        let inputs: [&[f64]; 4] = [&[1.0, 2.0], &[4.0, 8.0], &[1.0, 2.0], &[2.0, 8.0]];
        let out = reals("twap", "value", json!({ "period": 2 }), &inputs);
        assert_eq!(out, [None, Some(3.5)]);
    }
}
