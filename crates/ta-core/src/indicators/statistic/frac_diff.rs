//! Differences of a fractional order.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "frac_diff",
        display_name: "Fractional Difference",
        category: Category::Statistic,
        description: "The difference of the series of an order that need not be whole: order 0 is \
            the series itself, 1 the change from row to row, and an order between them keeps some \
            of the level while it removes the trend. The weights of the binomial series are cut \
            off after `period` rows, the same number in every row. Prices are usually differenced \
            as logarithms.",
        aliases: &["fracdiff", "fractional_difference", "ffd"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The fractional difference."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source:
            "Lopez de Prado, Advances in Financial Machine Learning (2018), section 5.5, with a \
            fixed number of weights",
    }
    .indicator::<FracDiff>()
}

#[derive(Clone, Parameters)]
struct FracDiff {
    /// The order of the difference.
    #[param(default = 0.4, min = 0.0, max = 2.0)]
    order: f64,
    /// Rows that have a weight, this one included.
    #[param(default = 100, min = 2)]
    period: usize,
}

impl Formula<1> for FracDiff {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        for row in self.period - 1..series.len() {
            let (mut weight, mut sum) = (1.0, 0.0);
            for back in 0..self.period {
                sum += weight * series[row - back];
                let next = back as f64 + 1.0;
                weight *= (next - 1.0 - self.order) / next;
            }
            out[row] = sum;
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    const SERIES: [f64; 4] = [1.0, 3.0, 2.0, 7.0];

    #[test]
    fn whole_orders_are_the_series_and_its_differences() {
        let of = |order: f64| {
            reals("frac_diff", "value", json!({ "order": order, "period": 3 }), &[&SERIES])
        };
        assert_eq!(of(0.0), [None, None, Some(2.0), Some(7.0)]);
        assert_eq!(of(1.0), [None, None, Some(-1.0), Some(5.0)]);
        assert_eq!(of(2.0), [None, None, Some(-3.0), Some(6.0)]);
    }

    #[test]
    fn half_a_difference_has_the_weights_of_the_binomial_series() {
        let out = reals("frac_diff", "value", json!({ "order": 0.5, "period": 4 }), &[&SERIES]);
        assert_eq!(out[3], Some(7.0 - 2.0 / 2.0 - 3.0 / 8.0 - 1.0 / 16.0));
    }
}
