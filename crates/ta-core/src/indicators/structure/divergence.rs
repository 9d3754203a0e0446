//! Swings at which price and another series disagree.

use crate::{prelude::*, swings::Swings};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "divergence",
        display_name: "Divergence",
        category: Category::Structure,
        description: "Disagreement of the price with any other series, such as an RSI, at two \
            swings of that series in a row. Regular bullish: the price has a lower low at the \
            second, the series a higher one, so the fall tires; regular bearish: a higher high \
            and a lower one. Hidden ones speak for the trend: bullish a higher low of the price \
            and a lower one of the series, bearish a lower and a higher high. The mark stands on \
            the bar that confirms the second swing, `right` bars after it, so nothing looks \
            ahead. The swings and defaults are those of TradingView's RSI Divergence, whose \
            distances count one bar less.",
        aliases: &["rsi_divergence", "price_divergence"],
        inputs: [slot("series", None), price("high"), price("low")],
        outputs: [
            event("bullish", "lower", "True where a regular bullish divergence is confirmed."),
            event("bearish", "upper", "True where a regular bearish divergence is confirmed."),
            event("hidden_bullish", "lower", "True where a hidden bullish one is confirmed."),
            event("hidden_bearish", "upper", "True where a hidden bearish one is confirmed."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * (left + right))",
        source: "TradingView, built-in script RSI Divergence Indicator",
    }
    .indicator::<Divergence>()
}

#[derive(Clone, Parameters)]
struct Divergence {
    /// Bars before a swing of the series that it must stand out from.
    #[param(default = 5, min = 1)]
    left: usize,
    /// Bars after a swing of the series that it must stand out from.
    #[param(default = 5, min = 1)]
    right: usize,
    /// Fewest bars between the two swings.
    #[param(default = 5, min = 1)]
    min_bars: usize,
    /// Most bars between the two swings.
    #[param(default = 60, min = 1)]
    max_bars: usize,
}

/// A swing of the series: how many rows ago, its value, and the price on its bar.
#[derive(Clone, Copy, State)]
struct Swing {
    age: usize,
    value: f64,
    price: f64,
}

#[derive(Clone, State)]
struct Track {
    series: Window,
    high: Window,
    low: Window,
    /// The latest swing high and swing low; of age 0 before there is one.
    top: Swing,
    bottom: Swing,
}

impl Divergence {
    fn swings(&self) -> Swings {
        Swings { left: self.left, right: self.right, allow_equal_extremes: false }
    }

    /// Compares a new swing with the last one of its kind, which it becomes: how value and price
    /// differ from it, 0 if it is too near or too far.
    fn differences(&self, last: &mut Swing, value: f64, price: f64) -> (f64, f64) {
        let distance = last.age.saturating_sub(self.right);
        let compares = (self.min_bars..=self.max_bars).contains(&distance);
        let found = (value - last.value, price - last.price);
        *last = Swing { age: self.right, value, price };
        if compares {
            found
        } else {
            (0.0, 0.0)
        }
    }
}

impl Recursive<3> for Divergence {
    type Out = [bool; 4];
    type State = Track;

    fn lookback(&self) -> usize {
        self.left + self.right + self.min_bars.max(self.swings().spacing())
    }

    fn accepts(&self) -> bool {
        self.min_bars <= self.max_bars
    }

    fn start(&self) -> Track {
        let [series, high, low] = [(); 3].map(|()| self.swings().window());
        let none = Swing { age: 0, value: f64::NAN, price: f64::NAN };
        Track { series, high, low, top: none, bottom: none }
    }

    fn next(&self, track: &mut Track, [value, high, low]: [f64; 3]) -> [bool; 4] {
        track.series.push(value);
        track.high.push(high);
        track.low.push(low);
        for swing in [&mut track.top, &mut track.bottom] {
            // Before the first swing the age stays 0.
            swing.age = if swing.age > 0 { swing.age.saturating_add(1) } else { 0 };
        }
        let mut found = [false; 4];
        if let Some(value) = self.swings().confirmed(&track.series, false) {
            let price = track.low.back(self.right).unwrap_or(f64::NAN);
            let (value, price) = self.differences(&mut track.bottom, value, price);
            found[0] = price < 0.0 && value > 0.0;
            found[2] = price > 0.0 && value < 0.0;
        }
        if let Some(value) = self.swings().confirmed(&track.series, true) {
            let price = track.high.back(self.right).unwrap_or(f64::NAN);
            let (value, price) = self.differences(&mut track.top, value, price);
            found[1] = price > 0.0 && value < 0.0;
            found[3] = price < 0.0 && value > 0.0;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{events, refuses};

    #[test]
    fn the_mark_stands_where_the_second_swing_is_confirmed() {
        let series = [5.0, 1.0, 5.0, 5.0, 2.0, 5.0, 5.0];
        let given = json!({ "left": 1, "right": 1, "min_bars": 2, "max_bars": 3 });
        let of = |output, sign: f64, second: f64| {
            let low = [9.0, 8.0, 9.0, 9.0, second, 9.0, 9.0];
            let (series, price) = (series.map(|v| sign * v), low.map(|v: f64| sign * v));
            events("divergence", output, given.clone(), &[&series, &price, &price])
        };
        let found = [vec![None; 4], [false, true, false].map(Some).to_vec()].concat();
        assert_eq!(of("bullish", 1.0, 7.0), found);
        assert_eq!(of("bearish", -1.0, 7.0), found);
        assert_eq!(of("bullish", 1.0, 8.5)[5], Some(false));
        assert_eq!(of("hidden_bullish", 1.0, 7.0)[5], Some(false));
        assert!(refuses("divergence", json!({ "min_bars": 9, "max_bars": 8 })));
    }

    #[test]
    fn a_hidden_one_is_a_new_extreme_of_the_series_alone() {
        let series = [5.0, 2.0, 5.0, 5.0, 1.0, 5.0];
        let given = json!({ "left": 1, "right": 1, "min_bars": 3 });
        for (output, sign) in [("hidden_bullish", 1.0), ("hidden_bearish", -1.0)] {
            let price = [9.0, 6.0, 9.0, 9.0, 7.0, 9.0].map(|v| sign * v);
            let series = series.map(|v| sign * v);
            let out = events("divergence", output, given.clone(), &[&series, &price, &price]);
            assert_eq!(out[5], Some(true), "{output}");
        }
    }
}
