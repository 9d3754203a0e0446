//! Two CCIs and the trend that the slow one has established.

use ta_lib::abstract_api::FuncId;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "woodies_cci",
        display_name: "Woodies CCI",
        category: Category::Momentum,
        description: "Ken Wood's setup of a commodity channel index of 14 bars and a fast turbo \
            one of 6. A trend is established when the slow one has been on one side of 0 for six \
            bars, and holds until it has been as long on the other; before the first it is 0. \
            Trades are taken in its direction, such as a return of the CCI from zero. On bars \
            that cross 0 TradingView colours the histogram in another way.",
        aliases: &["woodie_cci", "woodies_commodity_channel_index"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            [
                line("cci", "primary", Scale::Ratio, "Commodity channel index.")
                    .with_levels(&[-200.0, -100.0, 0.0, 100.0, 200.0]),
                line("turbo", "fast", Scale::Ratio, "Fast commodity channel index."),
            ],
            signal("trend", "direction", Scale::Ratio, "1 uptrend, -1 downtrend, 0 none yet.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "K. Wood, Woodies CCI Club; TradingView, Woodies CCI (14 and 6)",
    }
    .indicator::<Woodies>()
}

#[derive(Clone, Parameters)]
struct Woodies {
    /// Bars of the CCI.
    #[param(default = 14, min = 2)]
    period: usize,
    /// Bars of the turbo CCI.
    #[param(default = 6, min = 2)]
    turbo_period: usize,
    /// Bars on one side of 0 that establish a trend.
    #[param(default = 6, min = 1)]
    trend_bars: usize,
}

/// The bars in a row above 0 and below 0, up to those of a trend, and the trend.
#[derive(Clone, Default, State)]
struct Sides {
    above: usize,
    below: usize,
    trend: i32,
}

impl Sides {
    fn next(&mut self, cci: f64, bars: usize) -> i32 {
        self.above = if cci > 0.0 { bars.min(self.above + 1) } else { 0 };
        self.below = if cci < 0.0 { bars.min(self.below + 1) } else { 0 };
        if self.above == bars {
            self.trend = 1;
        } else if self.below == bars {
            self.trend = -1;
        }
        self.trend
    }
}

impl Composed<3> for Woodies {
    type Out = ([f64; 2], i32);

    fn lookback(&self) -> usize {
        self.period.max(self.turbo_period) - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let [cci, turbo] = [self.period, self.turbo_period]
            .map(|period| ta.function(FuncId::CCI, [period], [&high, &low, &close]));
        ta.scan_rows(Sides::default, [&cci, &turbo], |sides, [cci, turbo]| {
            ([cci, turbo], sides.next(cci, self.trend_bars))
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::wholes;

    #[test]
    fn a_trend_needs_bars_on_its_side_and_ends_with_as_many_on_the_other() {
        let series = [1.0, 2.0, 3.0, 4.0, 3.0, 2.0, 1.0];
        let params = json!({ "period": 2, "turbo_period": 2, "trend_bars": 2 });
        let out = wholes("woodies_cci", "trend", params, &[&series, &series, &series]);
        let expected = [None, Some(0), Some(1), Some(1), Some(1), Some(-1), Some(-1)];
        assert_eq!(out, expected);
    }
}
