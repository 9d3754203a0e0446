//! How the size of moves grows with their length.

use crate::{pairs::Pairs, prelude::*, windows::sums_of};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "hurst",
        display_name: "Hurst Exponent",
        category: Category::Statistic,
        description: "The exponent with which the deviation of logarithmic moves grows with the \
            number of bars they take, as the slope of a line through lags from 2 to `max_lag`. It \
            is 0.5 for a random walk, above it where moves go on, below it where they turn back. \
            Other estimates exist (rescaled range, detrended fluctuations) and differ on the \
            same window. Null where the moves of some lag are all equal, or a value is not \
            positive.",
        aliases: &["hurst_exponent"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Exponent; 0.5 is a random walk.")
            .with_levels(&[0.5]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p * max_lag)",
        source: "E. Chan, Algorithmic Trading (2013), chapter 2: the variance of log moves over a \
            lag grows as lag^(2H)",
    }
    .indicator::<Hurst>()
}

#[derive(Clone, Parameters)]
struct Hurst {
    /// Rows in the window.
    #[param(default = 100, min = 10)]
    period: usize,
    /// The longest move, at most half of the window.
    #[param(default = 20, min = 3, max = 1000)]
    max_lag: usize,
}

impl Composed<1> for Hurst {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn accepts(&self) -> bool {
        2 * self.max_lag <= self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let returns = ta.windows(series, 2, |pair| (pair[1] / pair[0]).ln());
        let exponent = ta.windows(returns, self.period - 1, |returns| {
            let point = |lag: usize| ((lag as f64).ln(), deviation(returns, lag).ln());
            Pairs::of((2..=self.max_lag).map(point)).slope()
        });
        ta.rows([&exponent], |[exponent]| exponent)
    }
}

/// The population deviation of the moves over `lag` rows.
fn deviation(returns: &[f64], lag: usize) -> f64 {
    let count = (returns.len() + 1 - lag) as f64;
    let mean = sums_of(returns, lag).sum::<f64>() / count;
    let squares: f64 = sums_of(returns, lag).map(|sum| (sum - mean) * (sum - mean)).sum();
    (squares / count).sqrt()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_wave_much_longer_than_the_lags_goes_on() {
        let series: Vec<f64> = (0..200).map(|row| (f64::from(row) / 30.0).sin().exp()).collect();
        let out = reals("hurst", "value", json!({}), &[&series]);
        assert_eq!(out[98], None);
        assert!(out[99..].iter().all(|v| v.unwrap() > 0.8));
    }
}
