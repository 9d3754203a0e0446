//! The distance that prices went, relative to that of a random walk.

use std::sync::Arc;

use ta_lib::abstract_api::FuncId;

use crate::{
    prelude::*,
    talib::parts::{call, Part},
};

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

#[derive(Clone, Parameters)]
struct Rwi {
    /// Longest distance looked back, in bars.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Shortest distance looked back, in bars.
    #[param(default = 2, min = 1)]
    min_period: usize,
}

impl Rwi {
    /// The root of each length, from 0 to the period.
    fn roots(&self) -> Vec<f64> {
        (0..=self.period).map(|n| (n as f64).sqrt()).collect()
    }

    /// The values of a row, from its high and low and from high, low and true range so many rows
    /// before.
    fn of(
        &self,
        roots: &[f64],
        [high, low]: [f64; 2],
        back: impl Fn(usize) -> [f64; 3],
    ) -> [f64; 2] {
        let (mut sum, mut up, mut down) = (0.0, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for (n, root) in roots.iter().enumerate().skip(1) {
            let [high_before, low_before, range] = back(n);
            sum += range;
            if n >= self.min_period && sum > 0.0 {
                // ATR(n) * sqrt(n) is the sum of n ranges divided by sqrt(n).
                let per_walk = root / sum;
                up = up.max((high - low_before) * per_walk);
                down = down.max((high_before - low) * per_walk);
            }
        }
        [up, down]
    }
}

/// The bars before the next one.
#[derive(Clone, State)]
struct Bars {
    roots: Fixed<Arc<[f64]>>,
    highs: Window,
    lows: Window,
    ranges: Window,
    range: Part,
}

impl Recursive<3> for Rwi {
    type Out = [f64; 2];
    type State = Bars;

    fn lookback(&self) -> usize {
        self.period + 1
    }

    fn accepts(&self) -> bool {
        self.min_period <= self.period
    }

    fn start(&self) -> Bars {
        let [highs, lows, ranges] = [(); 3].map(|()| Window::new(self.period));
        let range = Part::new(FuncId::TRANGE, vec![]);
        Bars { roots: Fixed(self.roots().into()), highs, lows, ranges, range }
    }

    fn next(&self, bars: &mut Bars, bar: [f64; 3]) -> [f64; 2] {
        let [high, low, _] = bar;
        let windows = [&bars.highs, &bars.lows, &bars.ranges].map(Window::values);
        let back = |n: usize| {
            windows.map(|window| window.len().checked_sub(n).map_or(f64::NAN, |at| window[at]))
        };
        let values = self.of(&bars.roots.0, [high, low], back);
        bars.highs.push(high);
        bars.lows.push(low);
        bars.ranges.push(bars.range.next(bar));
        values
    }

    fn batch(&self, [high, low, close]: [&[f64]; 3], [upward, downward]: [&mut [f64]; 2]) {
        let range = call(FuncId::TRANGE, vec![], &[high, low, close]).swap_remove(0);
        let roots = self.roots();
        for row in self.period + 1..high.len() {
            let back = |n: usize| [high[row - n], low[row - n], range[row - n]];
            [upward[row], downward[row]] = self.of(&roots, [high[row], low[row]], back);
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
