//! A moving average weighted with a row of Pascal's triangle.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{line, period, slot, Native},
    params::Params,
    windows::weighted_mean,
};

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "pwma",
        display_name: "Pascal's Weighted Moving Average",
        category: Category::Overlap,
        description: "A moving average whose weights are a row of Pascal's triangle, such as \
            1, 3, 3, 1 for a period of 4: binomial weights, a bell around the middle of the \
            window. It is very smooth without the ripple of a simple average, and lags half a \
            window like every symmetric one.",
        aliases: &["pascals_weighted_moving_average", "pascal_wma", "binomial_moving_average"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![period(10, 1, "Bars in the window.")],
        outputs: vec![line(
            "value",
            "primary",
            Scale::Price,
            "Mean of the window under binomial weights.",
        )],
        lookback_params: &["period"],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "Kevin Johnson; pandas-ta, pwma: weights C(period - 1, k) / 2^(period - 1)",
    }
    .indicator(Pwma)
}

struct Pwma;

impl Kernel for Pwma {
    fn lookback(&self, params: &Params) -> usize {
        params.int(0) - 1
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        out[0].f64().copy_from_slice(&weighted_mean(inputs[0], weights(params.int(0))));
        Ok(())
    }
}

/// A row of Pascal's triangle as parts of its largest number, which itself soon grows
/// too large. The tails of a long row are too small to be told from 0.
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
    fn weights_are_binomial_of_any_count() {
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
