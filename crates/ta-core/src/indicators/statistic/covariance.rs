//! The covariance of two series.

use crate::{pairs::Pairs, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "covariance",
        display_name: "Rolling Covariance",
        category: Category::Statistic,
        description: "How two series move together over the last `period` rows, in the product of \
            their units: the mean product of their deviations from their means. `ddof` 1 divides \
            by one less than the period, as pandas and numpy do; 0 divides by the period, as \
            `var` does. `correl` is the same without units.",
        aliases: &["rolling_cov"],
        inputs: [slot("series0", None), slot("series1", None)],
        outputs: line("value", "primary", Scale::Other, "Covariance of the window.")
            .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "sum((x - mean(x)) * (y - mean(y))) / (period - ddof)",
    }
    .indicator::<Covariance>()
}

#[derive(Parameters)]
struct Covariance {
    /// Rows in the window.
    #[param(default = 30, min = 2)]
    period: usize,
    /// What the divisor is smaller than the period by.
    #[param(default = 1, min = 0, max = 1)]
    ddof: usize,
}

impl Formula<2> for Covariance {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [x, y]: [&[f64]; 2], out: &mut [f64]) {
        let windows = x.windows(self.period).zip(y.windows(self.period));
        for (value, (x, y)) in out[self.period - 1..].iter_mut().zip(windows) {
            let pairs = Pairs::of(x.iter().copied().zip(y.iter().copied()));
            *value = pairs.product / (pairs.count - self.ddof as f64);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn opposite_moves_have_a_negative_covariance() {
        let (x, y) = ([1.0, 2.0, 3.0], [6.0, 4.0, 2.0]);
        let of =
            |ddof| reals("covariance", "value", json!({ "period": 3, "ddof": ddof }), &[&x, &y]);
        assert_eq!(of(1), [None, None, Some(-2.0)]);
        assert_eq!(of(0), [None, None, Some(-4.0 / 3.0)]);
    }
}
