//! The entropy of the values of a window, as shares of their total.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "entropy",
        display_name: "Entropy",
        category: Category::Statistic,
        description: "Shannon entropy, in bits, of the shares that the last `period` values have \
            in their sum: log2 of `period` when all are equal, lower the more unequal they are, \
            0 when one value is everything. On prices it stays just below its maximum; it says \
            more about volumes or ranges. Null where a value of the window is negative or all \
            are 0, because there are no shares then.",
        aliases: &["shannon_entropy"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Entropy of the window in bits, from 0 to log2 of period.",
        ),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "Shannon 1948: -sum(p log2 p), p = a / sum of the last period values",
    }
    .indicator::<Entropy>()
}

#[derive(Parameters)]
struct Entropy {
    /// Rows in the window, the current one included.
    #[param(default = 10, min = 2)]
    period: usize,
}

impl Formula<1> for Entropy {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        let first = self.lookback();
        for (value, window) in out[first..].iter_mut().zip(series.windows(period)) {
            *value = entropy(window);
        }
    }
}

/// The entropy in bits; NaN if the values are not shares of a positive total.
fn entropy(window: &[f64]) -> f64 {
    let total: f64 = window.iter().sum();
    if !(total > 0.0 && total.is_finite()) || window.iter().any(|&x| x < 0.0) {
        return f64::NAN;
    }
    let shares = window.iter().map(|x| x / total).filter(|&p| p > 0.0);
    shares.map(|p| -p * p.log2()).fold(0.0, |sum, bits| sum + bits)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn equal_shares_have_the_largest_entropy() {
        let series = [3.0, 3.0, 3.0, 3.0, 0.0, 0.0, 0.0, 0.0, -1.0, 3.0];
        let values = reals("entropy", "value", json!({ "period": 4 }), &[&series]);
        assert_eq!(values[3], Some(2.0));
        assert!((values[4].unwrap() - 3f64.log2()).abs() < 1e-15);
        assert_eq!(values[5..], [Some(1.0), Some(0.0), None, None, None]);
    }
}
