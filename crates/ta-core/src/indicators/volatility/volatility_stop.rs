//! A stop at a distance from the best close since the last change of sides.

use ta_saved::Saved;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "volatility_stop",
        display_name: "Volatility Stop",
        category: Category::Volatility,
        description: "The stop and reverse of Wilder's Volatility System: a multiple of the \
            average true range below the highest close of the uptrend, never falling, or above \
            the lowest close of the downtrend, never rising. When the close passes it, the stop \
            starts anew on the other side. Unlike an ATR trailing stop it hangs on the best \
            close, not on the last one. The first bar with an average is taken as an uptrend. \
            TradingView's defaults; Skender's are 7 and 3.",
        aliases: &["vstop", "wilder_volatility_stop"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            line("value", "primary", Scale::Price, "The stop of the side in force."),
            signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "TradingView, Volatility Stop (20, 2); J. W. Wilder, New Concepts in Technical \
            Trading Systems (1978)",
    }
    .indicator::<VolatilityStop>()
}

#[derive(Clone, Parameters)]
struct VolatilityStop {
    /// Bars of Wilder's average of the true range.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Average true ranges between the best close and the stop.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

/// The side in force, the best close on it, and the stop.
#[derive(Clone, Copy, Saved)]
struct Side {
    up: bool,
    best: f64,
    stop: f64,
}

impl Side {
    fn begin(up: bool, close: f64, distance: f64) -> Self {
        Self { up, best: close, stop: if up { close - distance } else { close + distance } }
    }

    /// The side after a close.
    fn next(self, close: f64, distance: f64) -> Self {
        let Self { up, best, stop } = self;
        let (best, stop) = if up {
            let best = best.max(close);
            (best, stop.max(best - distance))
        } else {
            let best = best.min(close);
            (best, stop.min(best + distance))
        };
        let now_up = close >= stop;
        if now_up == up {
            Self { up, best, stop }
        } else {
            Self::begin(now_up, close, distance)
        }
    }
}

impl Composed<3> for VolatilityStop {
    type Out = (f64, i32);

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let range = ta.atr([&high, &low, &close], self.period);
        let start = || None::<Side>;
        ta.scan_rows(start, [&close, &range], |side, [close, range]| {
            // The first stop comes with the first average.
            if range.is_nan() {
                return (f64::NAN, 0);
            }
            let distance = self.multiplier * range;
            let now = match *side {
                Some(last) => last.next(close, distance),
                None => Side::begin(true, close, distance),
            };
            *side = Some(now);
            (now.stop, if now.up { 1 } else { -1 })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, wholes};

    #[test]
    fn the_stop_hangs_on_the_best_close_and_changes_sides() {
        let close = [10.0, 10.0, 13.0, 12.0, 5.0, 6.0];
        let (high, low) = (close.map(|c| c + 0.5), close.map(|c| c - 0.5));
        let inputs: [&[f64]; 3] = [&high, &low, &close];
        let params = json!({ "period": 1, "multiplier": 1.0 });
        let stop = reals("volatility_stop", "value", params.clone(), &inputs);
        // True ranges from row 1 on: 1, 3.5, 1.5, 7.5, 1.5.
        let expected = [None, Some(9.0), Some(9.5), Some(11.5), Some(12.5), Some(6.5)];
        assert_eq!(stop, expected);
        let trend = wholes("volatility_stop", "trend", params, &inputs);
        assert_eq!(trend[3..], [Some(1), Some(-1), Some(-1)]);
    }
}
