//! Volatility with exponentially fading weights.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "ewma_volatility",
        display_name: "EWMA Volatility",
        category: Category::Volatility,
        description: "RiskMetrics' volatility: each squared logarithmic return enters an average \
            in which the past fades by `decay` a bar, around a mean of zero, and the root is \
            scaled to percent a year like `historical_volatility`. It rises at once after a \
            shock and then fades, without the drop of a window that a shock leaves. The first \
            return is the seed. A bar whose return is undefined, because a price is 0 or changes \
            its sign, has no value and does not count.",
        aliases: &["riskmetrics_volatility", "ewma_vol"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Volatility in percent a year."),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J.P. Morgan, RiskMetrics Technical Document (1996): \
            var = decay * var[1] + (1 - decay) * r^2",
    }
    .indicator::<EwmaVolatility>()
}

#[derive(Clone, Parameters)]
struct EwmaVolatility {
    /// Weight of the past: RiskMetrics takes 0.94 for days and 0.97 for months.
    #[param(default = 0.94, min = 0.0, max = 0.9999)]
    decay: f64,
    /// Bars in a year: 252 for trading days.
    #[param(default = 252.0, min = 1e-3, max = 1e9)]
    bars_per_year: f64,
}

/// The last value and the variance, once they are known.
#[derive(Clone, Default, State)]
struct Past {
    last: Option<f64>,
    variance: Option<f64>,
}

impl Recursive<1> for EwmaVolatility {
    type Out = f64;
    type State = Past;

    fn lookback(&self) -> usize {
        1
    }

    fn start(&self) -> Past {
        Past::default()
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> f64 {
        let Some(last) = past.last.replace(value) else { return f64::NAN };
        let square = (value / last).ln().powi(2);
        if !square.is_finite() {
            return f64::NAN;
        }
        let faded = |before| self.decay * before + (1.0 - self.decay) * square;
        let variance = past.variance.map_or(square, faded);
        past.variance = Some(variance);
        100.0 * (self.bars_per_year * variance).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_shock_fades_by_the_decay() {
        let values = reals(
            "ewma_volatility",
            "value",
            json!({ "decay": 0.25, "bars_per_year": 1 }),
            &[&[1.0, 2.0, 2.0, 2.0, 0.0, 0.0, 2.0]],
        );
        let shock = 100.0 * 2f64.ln();
        for (row, expected) in [shock, shock / 2.0, shock / 4.0].into_iter().enumerate() {
            assert!((values[row + 1].unwrap() - expected).abs() < 1e-12);
        }
        assert_eq!((values[0], &values[4..]), (None, &[None; 3][..]));
    }
}
