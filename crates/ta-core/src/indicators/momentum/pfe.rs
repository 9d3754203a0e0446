//! The straight way between two closes against the way that prices took.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pfe",
        display_name: "Polarized Fractal Efficiency",
        category: Category::Momentum,
        description: "Hans Hannula's efficiency of a trend: the length of the straight line from \
            the value `period` bars ago to this one, as a percentage of the length of the line \
            through all values between, where a bar counts as one unit of length. It is positive \
            in a rise, negative in a fall, 0 if nothing was won, and is smoothed by an \
            exponential average. Near 100 or -100 prices moved straight. Because bars and prices \
            are added, it depends on the price level. MetaStock's formula sums one change less.",
        aliases: &["polarized_fractal_efficiency"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Other, "Smoothed efficiency, -100 to 100.")
            .with_levels(&[-50.0, 0.0, 50.0]),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "H. Hannula, Polarized Fractal Efficiency, Stocks & Commodities 12:1 (1994)",
    }
    .indicator::<Pfe>()
}

#[derive(Clone, Parameters)]
struct Pfe {
    /// Bars between the two ends.
    #[param(default = 10, min = 1)]
    period: usize,
    /// Bars of the exponential average.
    #[param(default = 5, min = 1)]
    smooth_period: usize,
}

impl Composed<1> for Pfe {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period + self.smooth_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let efficiency = ta.windows(series, self.period + 1, |window| {
            let won = window[window.len() - 1] - window[0];
            let way: f64 = window.windows(2).map(|pair| (pair[1] - pair[0]).hypot(1.0)).sum();
            let straight = won.hypot((window.len() - 1) as f64);
            if won == 0.0 {
                0.0
            } else {
                100.0 * won.signum() * straight / way
            }
        });
        ta.rows([&ta.ema(efficiency, self.smooth_period)], |[smooth]| smooth)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_straight_way_is_efficient_and_a_return_is_not() {
        let params = json!({ "period": 2, "smooth_period": 1 });
        let out = reals("pfe", "value", params, &[&[1.0, 2.0, 3.0, 2.0, 1.0]]);
        let near = |row: usize, wanted: f64| (out[row].unwrap() - wanted).abs() < 1e-12;
        assert!(near(2, 100.0) && near(3, 0.0) && near(4, -100.0));
    }
}
