//! A trend line that moves with the extremes and changes sides when averages pass them.

use ta_saved::Saved;

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "half_trend",
        display_name: "HalfTrend",
        category: Category::Overlap,
        description:
            "A trend line of Alex Orekhov (everget): in an uptrend it follows the highest \
            of the window lows, in a downtrend the lowest of the window highs. The trend turns \
            down when the average high is below that level and the close below the low of the bar \
            before, and up in the mirror case. The bands are a multiple of half the average true \
            range away. It is slow and ignores small swings. It begins with an uptrend on the \
            first full window.",
        aliases: &["halftrend"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: (
            [
                line("value", "primary", Scale::Price, "The trend line."),
                band("upper", "upper", Scale::Price, "The line plus the deviation."),
                band("lower", "lower", Scale::Price, "The line less the deviation."),
            ],
            signal("trend", "direction", Scale::Ratio, "1 in an uptrend, -1 in a downtrend.")
                .within(-1.0, 1.0),
        ),
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * amplitude)",
        source: "everget, HalfTrend (TradingView, 2021): amplitude 2, deviation 2, ATR(100) / 2",
    }
    .indicator::<HalfTrend>()
}

#[derive(Clone, Parameters)]
struct HalfTrend {
    /// Bars of the extremes and of the averages of highs and lows.
    #[param(default = 2, min = 1)]
    amplitude: usize,
    /// Halves of the average true range between the line and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    deviation: f64,
    /// Bars of Wilder's average of the true range.
    #[param(default = 100, min = 1)]
    atr_period: usize,
}

/// The extremes and the averages of the highs and lows of a window.
#[derive(Clone, Copy)]
struct Bars {
    highest: f64,
    lowest: f64,
    mean_high: f64,
    mean_low: f64,
    close: f64,
    /// The high and the low of the bar before.
    last_high: f64,
    last_low: f64,
}

#[derive(Clone, Copy, Saved)]
struct Trend {
    up: bool,
    /// Whether the next turn is one down. At the start it is one up, which confirms the uptrend.
    turns_down: bool,
    /// The highest low of the rise, and the lowest high of the fall.
    floor: f64,
    ceiling: f64,
    line: f64,
}

impl Trend {
    fn begin(bars: Bars) -> Self {
        let (floor, ceiling) = (bars.last_low, bars.last_high);
        Self { up: true, turns_down: false, floor, ceiling, line: floor }
    }

    fn next(mut self, bars: Bars) -> Self {
        let was_up = self.up;
        if self.turns_down {
            self.floor = self.floor.max(bars.lowest);
            if bars.mean_high < self.floor && bars.close < bars.last_low {
                (self.up, self.turns_down, self.ceiling) = (false, false, bars.highest);
            }
        } else {
            self.ceiling = self.ceiling.min(bars.highest);
            if bars.mean_low > self.ceiling && bars.close > bars.last_high {
                (self.up, self.turns_down, self.floor) = (true, true, bars.lowest);
            }
        }
        // After a turn the line stands for a bar.
        if self.up && was_up {
            self.line = self.line.max(self.floor);
        } else if !self.up && !was_up {
            self.line = self.line.min(self.ceiling);
        }
        self
    }
}

impl Composed<3> for HalfTrend {
    type Out = ([f64; 3], i32);

    fn lookback(&self) -> usize {
        self.atr_period.max(self.amplitude - 1)
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let period = self.amplitude;
        let lines = [
            &ta.highest(&high, period),
            &ta.lowest(&low, period),
            &ta.exact_sum(&high, period),
            &ta.exact_sum(&low, period),
            &close,
            &ta.shift(&high, 1),
            &ta.shift(&low, 1),
            &ta.atr([&high, &low, &close], self.atr_period),
        ];
        let start = || None::<Trend>;
        ta.scan_rows(start, lines, |trend, row| {
            let [highest, lowest, highs, lows, close, last_high, last_low, range] = row;
            if highest.is_nan() || last_low.is_nan() {
                return ([f64::NAN; 3], 0);
            }
            let (mean_high, mean_low) = (highs / period as f64, lows / period as f64);
            let bars = Bars { highest, lowest, mean_high, mean_low, close, last_high, last_low };
            let now = trend.unwrap_or_else(|| Trend::begin(bars)).next(bars);
            *trend = Some(now);
            let reach = self.deviation * range / 2.0;
            ([now.line, now.line + reach, now.line - reach], if now.up { 1 } else { -1 })
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_line_turns_with_the_trend() {
        let close = [10.0, 11.0, 12.0, 13.0, 8.0, 7.0, 6.0];
        let (high, low) = (close.map(|c| c + 0.5), close.map(|c| c - 0.5));
        let params = json!({ "amplitude": 1, "atr_period": 1 });
        let out = run("half_trend", params, &[&high, &low, &close]);
        let line = out[0].as_f64().unwrap();
        // The rise is confirmed on row 2, as 11.5 is above the first ceiling of 10.5.
        let expected = [9.5, 11.5, 12.5, 12.5, 7.5, 6.5];
        assert_eq!(line[1..], expected.map(Some));
    }
}
