//! Two groups of exponential averages.

use crate::prelude::*;

/// The periods of the averages: six of traders, six of investors.
const PERIODS: [usize; 12] = [3, 5, 8, 10, 12, 15, 30, 35, 40, 45, 50, 60];

/// The catalog entry.
pub fn define() -> Indicator {
    let short = |name| line(name, "fast", Scale::Price, "Exponential average of traders.");
    let long = |name| line(name, "slow", Scale::Price, "Exponential average of investors.");
    Native {
        id: "gmma",
        display_name: "Guppy Multiple Moving Average",
        category: Category::Overlap,
        description: "Daryl Guppy's twelve exponential averages: a short group (3, 5, 8, 10, 12 \
            and 15 bars) for what traders think and a long one (30, 35, 40, 45, 50 and 60 bars) \
            for what investors think. Lines of a group that part agree on a trend, lines that \
            meet disagree; the short group crossing the long one is a change of trend. The \
            periods are Guppy's and are not parameters.",
        aliases: &["guppy", "guppy_mma", "guppy_multiple_moving_averages"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            short("short_3"),
            short("short_5"),
            short("short_8"),
            short("short_10"),
            short("short_12"),
            short("short_15"),
            long("long_30"),
            long("long_35"),
            long("long_40"),
            long("long_45"),
            long("long_50"),
            long("long_60"),
        ],
        memory: Memory::Recursive,
        pane: Pane::Overlay,
        complexity: "O(n)",
        source: "D. Guppy, Trend Trading (2004), Guppy Multiple Moving Average",
    }
    .indicator::<Gmma>()
}

#[derive(Clone, Parameters)]
struct Gmma;

impl Composed<1> for Gmma {
    type Out = [f64; 12];

    fn lookback(&self) -> usize {
        PERIODS[PERIODS.len() - 1] - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        ta.lines(|number| ta.ema(&series, PERIODS[number]))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn faster_averages_are_higher_in_a_rise() {
        let series: Vec<f64> = (0..61).map(f64::from).collect();
        let out = run("gmma", json!({}), &[&series]);
        let last: Vec<f64> = out.iter().map(|o| o.as_f64().unwrap()[60].unwrap()).collect();
        assert!(last.windows(2).all(|pair| pair[0] > pair[1]));
        assert!(out.iter().all(|o| o.as_f64().unwrap()[58].is_none()));
    }
}
