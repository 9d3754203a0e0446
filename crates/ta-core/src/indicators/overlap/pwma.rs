//! A moving average weighted with a row of Pascal's triangle.

use crate::{prelude::*, weighted::WeightedMean};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "pwma",
        display_name: "Pascal's Weighted Moving Average",
        category: Category::Overlap,
        description: "A moving average whose weights are a row of Pascal's triangle, such as 1, \
            3, 3, 1 for a period of 4: binomial weights, a bell around the middle of the window. \
            It is very smooth without the ripple of a simple average, and lags half a window \
            like every symmetric one.",
        aliases: &["pascals_weighted_moving_average", "pascal_wma", "binomial_moving_average"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Price,
            "Mean of the window under binomial weights.",
        ),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "Kevin Johnson; pandas-ta, pwma: weights C(period - 1, k) / 2^(period - 1)",
    }
    .indicator::<Pwma>()
}

#[derive(Parameters)]
struct Pwma {
    /// Bars in the window.
    #[param(default = 10, min = 1)]
    period: usize,
}

impl Formula<1> for Pwma {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        WeightedMean::new(weights(self.period)).compute(series, out);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(WeightedMean::new(weights(self.period)), params))
    }
}

/// A row of Pascal's triangle divided by its largest number, because the numbers themselves
/// overflow. The tails of a long row underflow to 0.
fn weights(count: usize) -> Vec<f64> {
    let mut weights = vec![1.0; count];
    let order = count - 1;
    for k in (0..order / 2).rev() {
        // C(n, k) = C(n, k + 1) * (k + 1) / (n - k)
        weights[k] = weights[k + 1] * (k + 1) as f64 / (order - k) as f64;
        weights[order - k] = weights[k];
    }
    weights
}

#[cfg(test)]
mod tests {
    #[test]
    fn weights_are_binomial_coefficients_for_any_period() {
        let scaled = |count, largest: f64| -> Vec<f64> {
            super::weights(count).iter().map(|w| (w * largest).round()).collect()
        };
        assert_eq!(scaled(1, 1.0), [1.0]);
        assert_eq!(scaled(2, 1.0), [1.0, 1.0]);
        assert_eq!(scaled(5, 6.0), [1.0, 4.0, 6.0, 4.0, 1.0]);
        assert_eq!(scaled(6, 10.0), [1.0, 5.0, 10.0, 10.0, 5.0, 1.0]);
        assert!(super::weights(100_000).iter().all(|w| (0.0..=1.0).contains(w)));
    }
}
