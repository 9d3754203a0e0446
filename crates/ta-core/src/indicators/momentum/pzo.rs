//! The average close of rises less that of falls, as a share of the average close.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pzo",
        display_name: "Price Zone Oscillator",
        category: Category::Momentum,
        description: "The exponential average of the close, positive where it rose and negative \
            where it fell, as a percentage of the exponential average of the close: nearly the \
            balance of rising and falling bars. Above 15 the trend is up, below -5 down; beyond \
            40 and 60 (-40 and -60) the market is seen as overbought (oversold). An unchanged \
            close counts only in the total; some programs count it as falling. It is meant for \
            positive prices.",
        aliases: &["price_zone_oscillator"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Net direction, from -100 to 100.")
            .with_levels(&[-60.0, -40.0, 0.0, 40.0, 60.0])
            .within(-100.0, 100.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "Khalil and Steckler, Entering The Price Zone, Stocks & Commodities, June 2011",
    }
    .indicator::<PriceZone>()
}

#[derive(Clone, Parameters)]
struct PriceZone {
    /// Bars of both exponential averages.
    #[param(default = 14, min = 1)]
    period: usize,
}

impl Composed<1> for PriceZone {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let signed = ta.windows(series.clone(), 2, |pair| match pair[1] - pair[0] {
            0.0 => 0.0,
            change => change.signum() * pair[1],
        });
        let net = ta.ema(&signed, self.period);
        let total = ta.ema(ta.without_first(&series, 1), self.period);
        ta.rows([&net, &total], |[net, total]| (100.0 * net / total).clamp(-100.0, 100.0))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_rise_is_100_a_fall_minus_100_and_an_equal_close_neither() {
        let out = reals("pzo", "value", json!({ "period": 1 }), &[&[1.0, 2.0, 2.0, 1.0]]);
        assert_eq!(out, [None, Some(100.0), Some(0.0), Some(-100.0)]);
        let out = reals("pzo", "value", json!({ "period": 2 }), &[&[1.0, 3.0, 1.0]]);
        assert_eq!(out, [None, None, Some(50.0)]);
    }
}
