//! A moving average weighted with the Fibonacci numbers.

use crate::{prelude::*, weighted::WeightedMean};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "fwma",
        display_name: "Fibonacci Weighted Moving Average",
        category: Category::Overlap,
        description: "A moving average whose weights are the Fibonacci numbers 1, 1, 2, 3, 5 and \
            so on, the largest on the newest bar. Each weight is about 1.6 times the one before, \
            so that nearly two thirds of the value come from the last two bars whatever the \
            period, and the line stays close to the price.",
        aliases: &["fibonacci_weighted_moving_average", "fibonacci_wma"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Price,
            "Mean of the window under Fibonacci weights.",
        ),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "Kevin Johnson; pandas-ta, fwma: sum of F(k) * x(k) / sum of F(k), k = 1..=period",
    }
    .indicator::<Fwma>()
}

#[derive(Parameters)]
struct Fwma {
    /// Bars in the window.
    #[param(default = 10, min = 1)]
    period: usize,
}

impl Formula<1> for Fwma {
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

/// The first Fibonacci numbers divided by the last one, because the numbers themselves overflow.
fn weights(count: usize) -> Vec<f64> {
    let mut weights = vec![1.0; count];
    // Ratio of each number to the next: F(k) / F(k + 1).
    let mut ratio = 1.0;
    for weight in weights.iter_mut().skip(1) {
        *weight = ratio;
        ratio = 1.0 / (1.0 + ratio);
    }
    // Products of the ratios from each number up to the last.
    let mut product = 1.0;
    for weight in weights.iter_mut().rev() {
        (*weight, product) = (product, product * *weight);
    }
    weights
}

#[cfg(test)]
mod tests {
    #[test]
    fn weights_are_fibonacci_numbers_for_any_period() {
        let scaled: Vec<f64> = super::weights(7).iter().map(|w| (w * 13.0).round()).collect();
        assert_eq!(scaled, [1.0, 1.0, 2.0, 3.0, 5.0, 8.0, 13.0]);
        assert_eq!(super::weights(1), [1.0]);
        // The 100,000th Fibonacci number has 20,899 digits.
        let many = super::weights(100_000);
        assert!(many.iter().all(|w| w.is_finite()));
        assert!((many.iter().sum::<f64>() - 2.618_033_988_749_895).abs() < 1e-12);
    }
}
