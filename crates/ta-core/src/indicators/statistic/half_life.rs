//! How fast a series returns to its mean.

use crate::{pairs::Pairs, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "half_life",
        display_name: "Half-Life of Mean Reversion",
        category: Category::Statistic,
        description: "The number of bars in which a distance from the mean halves, if the series \
            is drawn back to its mean as an Ornstein-Uhlenbeck process is: ln 2 over the slope, \
            with its sign changed, of the changes on the values before them. Traders of spreads \
            take it as the length of their averages. Null where the series is not drawn back, \
            because the slope is not negative.",
        aliases: &["mean_reversion_half_life", "ou_half_life"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Bars, "Bars until a distance halves.").sparse(),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "E. Chan, Algorithmic Trading (2013), chapter 2: -ln(2) / lambda, with \
            x - x[1] = lambda * x[1] + mu",
    }
    .indicator::<HalfLife>()
}

#[derive(Clone, Parameters)]
struct HalfLife {
    /// Changes in the window.
    #[param(default = 100, min = 3)]
    period: usize,
}

impl Composed<1> for HalfLife {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let bars = ta.windows(series, self.period + 1, |window| {
            let pairs = window.windows(2).map(|pair| (pair[0], pair[1] - pair[0]));
            let slope = Pairs::of(pairs).slope();
            if slope < 0.0 {
                -2f64.ln() / slope
            } else {
                f64::NAN
            }
        });
        ta.rows([&bars], |[bars]| bars)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_distance_that_loses_a_tenth_in_each_bar() {
        let series: Vec<f64> = (0..20).map(|row| 50.0 + 8.0 * 0.9f64.powi(row)).collect();
        let out = reals("half_life", "value", json!({ "period": 5 }), &[&series]);
        assert_eq!(out[..5], [None; 5]);
        assert!(out[5..].iter().all(|v| (v.unwrap() - 10.0 * 2f64.ln()).abs() < 1e-6));
        let rising: Vec<f64> = (0..20).map(|row| 1.1f64.powi(row)).collect();
        let out = reals("half_life", "value", json!({ "period": 5 }), &[&rising]);
        assert_eq!(out, [None; 20]);
    }
}
