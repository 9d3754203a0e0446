//! A stop that trails the close and changes sides when the close passes it.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "atr_trailing_stop",
        display_name: "ATR Trailing Stop",
        category: Category::Volatility,
        description: "A stop at a multiple of the average true range from the close. Below the \
            price it may only rise and above it only fall; when the close passes it, it starts \
            anew on the other side. Closes above the line are long, below it short. The first \
            bar with an average is taken as long by convention, which stays visible until the \
            first change of sides.",
        aliases: &["atrts", "atr_stop", "atr_trailing"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: line("value", "primary", Scale::Price, "The stop of the side in force."),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "Vervoort, Average True Range Trailing Stops, Stocks & Commodities 27:6 (2009), \
            with Wilder's average true range",
    }
    .indicator::<AtrTrailingStop>()
}

#[derive(Clone, Parameters)]
struct AtrTrailingStop {
    /// Bars of Wilder's average of the true range.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Average true ranges between close and stop.
    #[param(default = 3.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl AtrTrailingStop {
    /// The stop after a close, with the last close and its stop.
    fn stop(&self, close: f64, range: f64, last: Option<(f64, f64)>) -> f64 {
        let distance = self.multiplier * range;
        let (below, above) = (close - distance, close + distance);
        let Some((last_close, last)) = last else { return below };
        if close > last {
            if last_close > last {
                below.max(last)
            } else {
                below
            }
        } else if close < last && last_close < last {
            above.min(last)
        } else {
            above
        }
    }
}

impl Composed<3> for AtrTrailingStop {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let range = ta.atr([&high, &low, &close], self.period);
        ta.scan_rows(
            || None,
            [&close, &range],
            |last, [close, range]| {
                // The first stop comes with the first average.
                if range.is_nan() {
                    return range;
                }
                let stop = self.stop(close, range, *last);
                *last = Some((close, stop));
                stop
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_stop_stays_in_pullbacks_and_changes_sides_when_the_close_passes_it() {
        let close = [10.0, 10.0, 12.0, 11.0, 5.0, 6.0];
        let high = close.map(|c| c + 1.0);
        let low = close.map(|c| c - 1.0);
        let out = reals(
            "atr_trailing_stop",
            "value",
            json!({ "period": 1, "multiplier": 1.0 }),
            &[&high, &low, &close],
        );
        // True ranges from row 1 on: 2, 3, 2, 7, 2.
        let expected = [None, Some(8.0), Some(9.0), Some(9.0), Some(12.0), Some(8.0)];
        assert_eq!(out, expected);
    }
}
