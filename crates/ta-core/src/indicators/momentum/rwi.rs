//! The distance that prices went, relative to that of a random walk.

use crate::{prelude::*, talib::parts::true_range};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rwi",
        display_name: "Random Walk Index",
        category: Category::Momentum,
        description: "Poulos' test for a trend: the distance between this bar's high and the low \
            n bars ago (for the high line; high n bars ago and this bar's low for the low line), \
            divided by what a random walk covers in n bars, the mean true range of the n bars \
            before this one times the square root of n. The largest quotient over all n from \
            min_period to period is given. Above 1 the move is more than chance: an uptrend if \
            it is the high line, a downtrend if the low line. An n whose bars had no range is \
            left out.",
        aliases: &["random_walk_index"],
        inputs: [price("high"), price("low"), price("close")],
        outputs: [
            line("high", "upper", Scale::Ratio, "Upward move in random walks.").with_levels(&[1.0]),
            line("low", "lower", Scale::Ratio, "Downward move in random walks."),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "M. Poulos, Of Trends and Random Walks, Stocks & Commodities, February 1991; max \
            over n of (high - low[n]) / (ATR(n)[1] * sqrt(n))",
    }
    .indicator::<Rwi>()
}

#[derive(Parameters)]
struct Rwi {
    /// Longest distance looked back, in bars.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Shortest distance looked back, in bars.
    #[param(default = 2, min = 1)]
    min_period: usize,
}

impl Formula<3> for Rwi {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period + 1
    }

    fn accepts(&self) -> bool {
        self.min_period <= self.period
    }

    fn compute(&self, [high, low, close]: [&[f64]; 3], [upward, downward]: [&mut [f64]; 2]) {
        let (period, min_period) = (self.period, self.min_period);
        let range = true_range(high, low, close);
        // ATR(n) * sqrt(n) is the sum of n ranges divided by sqrt(n).
        let roots: Vec<f64> = (0..=period).map(|n| (n as f64).sqrt()).collect();
        for row in self.lookback()..high.len() {
            let (mut sum, mut up, mut down) = (0.0, f64::NEG_INFINITY, f64::NEG_INFINITY);
            for n in 1..=period {
                sum += range[row - n];
                if n >= min_period && sum > 0.0 {
                    let per_walk = roots[n] / sum;
                    up = up.max((high[row] - low[row - n]) * per_walk);
                    down = down.max((high[row - n] - low[row]) * per_walk);
                }
            }
            upward[row] = up;
            downward[row] = down;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_value_of_a_steady_rise_is_the_root_of_the_distance() {
        let close: Vec<f64> = (0..20).map(f64::from).collect();
        let out = run("rwi", json!({ "period": 9 }), &[&close, &close, &close]);
        // Every true range is 1: the climb of n bars over sqrt(n) is largest for n = 9.
        assert_eq!(out[0].as_f64().unwrap()[10..], [Some(3.0); 10]);
        // The downward value of n bars is -sqrt(n), which is largest for the shortest distance, 2.
        let down = out[1].as_f64().unwrap()[19].unwrap();
        assert!((down + 2f64.sqrt()).abs() < 1e-12);
    }
}
