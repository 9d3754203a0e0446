//! The average of the lows while the trend is up, and the average of the highs while it is down.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "hilo",
        display_name: "Gann HiLo Activator",
        category: Category::Overlap,
        description: "Robert Krausz' trailing stop out of two simple averages, one of the highs \
            and one of the lows. A close above the last bar's average of the highs turns the \
            trend up, and the line then follows the average of the lows; a close below that one \
            turns it down, and the line follows the average of the highs. In between the \
            direction stays. The first bar is taken as an uptrend unless it is a break \
            downwards.",
        aliases: &["gann_hilo", "gann_hilo_activator", "gann_high_low", "hilo_activator"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            line("hilo", "primary", Scale::Price, "Average of the lows in an uptrend, else highs."),
            signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Krausz, The New Gann Swing Chartist, Stocks & Commodities 1998; TradingView, \
            Gann High Low",
    }
    .indicator::<HiLo>()
}

#[derive(Clone, Parameters)]
struct HiLo {
    /// Bars in the average of the highs.
    #[param(default = 13, min = 1)]
    high_period: usize,
    /// Bars in the average of the lows.
    #[param(default = 21, min = 1)]
    low_period: usize,
}

impl Composed<3> for HiLo {
    type Out = (f64, i32);

    fn lookback(&self) -> usize {
        self.high_period.max(self.low_period)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let (highs, lows) = (ta.sma(&high, self.high_period), ta.sma(&low, self.low_period));
        let start = || ([f64::NAN; 2], 1);
        ta.scan_rows(start, [&close, &highs, &lows], |(last, direction), [close, highs, lows]| {
            let [last_highs, last_lows] = std::mem::replace(last, [highs, lows]);
            // The trend begins when both averages have a value.
            let begun = !last_highs.is_nan() && !last_lows.is_nan();
            if begun && close > last_highs {
                *direction = 1;
            } else if begun && close < last_lows {
                *direction = -1;
            }
            (if *direction > 0 { lows } else { highs }, *direction)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn a_break_changes_the_side_and_the_line_moves_between_breaks() {
        let high = [12.0, 12.0, 9.0, 8.5, 12.0];
        let low = [10.0, 10.0, 7.0, 7.5, 11.0];
        let close = [11.0, 11.0, 8.0, 8.0, 11.5];
        let out = run("hilo", json!({ "high_period": 1, "low_period": 1 }), &[&high, &low, &close]);
        let line = [None, Some(10.0), Some(9.0), Some(8.5), Some(11.0)];
        assert_eq!(out[0], Computed::F64(line.to_vec()));
        let trend = [None, Some(1), Some(-1), Some(-1), Some(1)];
        assert_eq!(out[1], Computed::I32(trend.to_vec()));
    }
}
