//! How far prices went, against how far a random walk would have gone.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, period, price, Native},
    params::Params,
    talib::parts::true_range,
};

const PERIOD: usize = 0;
const MIN_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
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
        inputs: vec![price("high"), price("low"), price("close")],
        params: vec![
            period(14, 1, "Longest distance looked back, in bars."),
            int("min_period", 2, 1, 100_000, "Shortest distance looked back, in bars."),
        ],
        outputs: vec![
            line("high", "upper", Scale::Ratio, "Upward move in random walks.").with_levels(&[1.0]),
            line("low", "lower", Scale::Ratio, "Downward move in random walks."),
        ],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "M. Poulos, Of Trends and Random Walks, Stocks & Commodities, February 1991; \
            max over n of (high - low[n]) / (ATR(n)[1] * sqrt(n))",
    }
    .indicator(Rwi)
}

struct Rwi;

impl Kernel for Rwi {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD) + 1
    }

    fn accepts(&self, params: &Params) -> bool {
        params.int(MIN_PERIOD) <= params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[high, low, close] = inputs else { return Err("needs three inputs".into()) };
        let (period, min_period) = (params.int(PERIOD), params.int(MIN_PERIOD));
        let range = true_range(high, low, close);
        // ATR(n) * sqrt(n) is the sum of n ranges divided by sqrt(n).
        let roots: Vec<f64> = (0..=period).map(|n| (n as f64).sqrt()).collect();
        for row in self.lookback(params)..high.len() {
            let (mut sum, mut up, mut down) = (0.0, f64::NEG_INFINITY, f64::NEG_INFINITY);
            for n in 1..=period {
                sum += range[row - n];
                if n >= min_period && sum > 0.0 {
                    let per_walk = roots[n] / sum;
                    up = up.max((high[row] - low[row - n]) * per_walk);
                    down = down.max((high[row - n] - low[row]) * per_walk);
                }
            }
            out[0].f64()[row] = up;
            out[1].f64()[row] = down;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{compute, find_indicator, resolve};

    #[test]
    fn a_steady_climb_beats_chance_by_the_root_of_the_distance() {
        let indicator = find_indicator("rwi").unwrap();
        let given = json!({ "period": 9 });
        let params = resolve(indicator, given.as_object().unwrap(), Default::default()).unwrap();
        let close: Vec<f64> = (0..20).map(f64::from).collect();
        let out = compute(indicator, &params, &[&close, &close, &close]).unwrap();
        // Every true range is 1: the climb of n bars over sqrt(n) is largest for n = 9.
        assert_eq!(out[0].as_f64().unwrap()[10..], [Some(3.0); 10]);
        // Downwards nothing moved; the least bad n is the shortest.
        let down = out[1].as_f64().unwrap()[19].unwrap();
        assert!((down + 2f64.sqrt()).abs() < 1e-12);
    }
}
