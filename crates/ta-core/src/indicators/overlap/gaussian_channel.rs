//! A Gaussian filter with lines at a multiple of the filtered true range.

use std::f64::consts::PI;

use crate::prelude::*;

/// The largest number of poles.
const MOST: usize = 9;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "gaussian_channel",
        display_name: "Gaussian Channel",
        category: Category::Overlap,
        description: "Ehlers' Gaussian filter of the typical price (high + low + close) / 3, and \
            lines at a multiple of the equally filtered true range. The filter is as many \
            exponential averages in a row as it has poles. A rising middle is read as an uptrend, \
            a close above the upper line as its start. The filter begins as if all prices before \
            the first had been equal to it; TradingView's script begins with 0. The root of 2 is \
            exact here, 1.414 there.",
        aliases: &["gaussian_filter_channel"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            band("upper", "upper", Scale::Price, "The middle plus the multiple of the range."),
            line("middle", "middle", Scale::Price, "The filtered typical price."),
            band("lower", "lower", Scale::Price, "The middle less the multiple of the range."),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n * poles)",
        source: "DonovanWall, Gaussian Channel (TradingView), after J. Ehlers, Gaussian and Other \
            Low Lag Filters",
    }
    .indicator::<Channel>()
}

#[derive(Clone, Parameters)]
struct Channel {
    /// Bars of the shortest cycle that passes with half of its power.
    #[param(default = 144, min = 2)]
    period: usize,
    /// Exponential averages in a row.
    #[param(default = 4, min = 1, max = 9)]
    poles: usize,
    /// Filtered true ranges between the middle and a line.
    #[param(default = 1.414, min = 0.0, max = 1e9)]
    multiplier: f64,
}

#[derive(Clone, State)]
struct Filtered {
    /// The weight of a new value in each average.
    alpha: Fixed<f64>,
    /// The close of the bar before; NaN before the first bar.
    close: f64,
    /// The averages of the price, and those of the range.
    price: [f64; MOST],
    range: [f64; MOST],
}

impl Recursive<3> for Channel {
    type Out = [f64; 3];
    type State = Filtered;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn start(&self) -> Filtered {
        let none = [f64::NAN; MOST];
        Filtered { alpha: Fixed(self.alpha()), close: f64::NAN, price: none, range: none }
    }

    fn next(&self, state: &mut Filtered, [high, low, close]: [f64; 3]) -> [f64; 3] {
        // `max` and `min` leave out the missing close before the first bar.
        let range = high.max(state.close) - low.min(state.close);
        state.close = close;
        let Fixed(alpha) = state.alpha;
        let middle = self.filter(alpha, &mut state.price, (high + low + close) / 3.0);
        let reach = self.multiplier * self.filter(alpha, &mut state.range, range);
        [middle + reach, middle, middle - reach]
    }
}

impl Channel {
    /// The weight of a new value in each average.
    fn alpha(&self) -> f64 {
        let angle = 2.0 * PI / self.period as f64;
        let beta = (1.0 - angle.cos()) / (2f64.powf(1.0 / self.poles as f64) - 1.0);
        (beta * beta + 2.0 * beta).sqrt() - beta
    }

    /// The value of the last average after a new value.
    fn filter(&self, alpha: f64, averages: &mut [f64; MOST], value: f64) -> f64 {
        averages.iter_mut().take(self.poles).fold(value, |value, average| {
            *average = if average.is_nan() { value } else { *average + alpha * (value - *average) };
            *average
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_flat_price_is_its_own_filter_and_a_step_is_half_way_after_some_bars() {
        let series: Vec<f64> = (0..60).map(|i| if i < 30 { 10.0 } else { 20.0 }).collect();
        let out = run("gaussian_channel", json!({ "period": 10 }), &[&series, &series, &series]);
        let [upper, middle, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap());
        assert_eq!(middle[8..30], [vec![None], vec![Some(10.0); 21]].concat());
        assert_eq!((upper[29], lower[29]), (Some(10.0), Some(10.0)));
        assert!(middle[30].unwrap() < 15.0 && middle[40].unwrap() > 19.0);
    }
}
