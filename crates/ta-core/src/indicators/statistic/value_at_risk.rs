//! The loss that few bars exceed.

use super::quantile_linear::interpolated;
use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "value_at_risk",
        display_name: "Historical Value at Risk",
        category: Category::Statistic,
        description: "The loss of a bar that only 1 - `confidence` of the returns of the window \
            exceed, and the mean of those that do (the conditional value at risk, or expected \
            shortfall). Both are fractions of the price, positive for a loss. The quantile is \
            interpolated linearly, as numpy does, and returns that equal it belong to the tail. \
            Feed it prices or an equity curve; returns are simple ones.",
        aliases: &["var_historic", "cvar", "expected_shortfall"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("var", "primary", Scale::Ratio, "Loss that few bars exceed."),
            line("cvar", "tail", Scale::Ratio, "Mean loss of the bars that do."),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p log p)",
        source: "Jorion, Value at Risk (2006), historical simulation; Rockafellar and Uryasev, \
            Optimization of Conditional Value-at-Risk (2000)",
    }
    .indicator::<ValueAtRisk>()
}

#[derive(Clone, Parameters)]
struct ValueAtRisk {
    /// Returns in the window.
    #[param(default = 100, min = 2)]
    period: usize,
    /// Share of the returns that are no worse.
    #[param(default = 0.95, min = 0.5, max = 0.9999)]
    confidence: f64,
}

/// The last value, the returns of the window, and memory to sort them in.
#[derive(Clone, State)]
struct Past {
    last: Option<f64>,
    returns: Window,
    sorted: Fixed<Vec<f64>>,
}

impl Recursive<1> for ValueAtRisk {
    type Out = [f64; 2];
    type State = Past;

    fn lookback(&self) -> usize {
        self.period
    }

    fn start(&self) -> Past {
        let sorted = Fixed(vec![0.0; self.period]);
        Past { last: None, returns: Window::new(self.period), sorted }
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> [f64; 2] {
        let Some(last) = past.last.replace(value) else { return [f64::NAN; 2] };
        past.returns.push(value / last - 1.0);
        let returns = past.returns.values();
        if !past.returns.is_full() || !returns.iter().all(|value| value.is_finite()) {
            return [f64::NAN; 2];
        }
        let sorted = &mut past.sorted.0;
        sorted.copy_from_slice(returns);
        sorted.sort_unstable_by(f64::total_cmp);
        let quantile = interpolated(sorted, 1.0 - self.confidence);
        let tail = &sorted[..sorted.partition_point(|value| *value <= quantile)];
        [0.0 - quantile, 0.0 - tail.iter().sum::<f64>() / tail.len() as f64]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_middle_of_three_returns_and_the_tail_below_it() {
        let params = json!({ "period": 3, "confidence": 0.5 });
        let series = [&[100.0, 50.0, 75.0, 75.0][..]];
        let of = |output| reals("value_at_risk", output, params.clone(), &series);
        // Returns -0.5, 0.5 and 0.
        assert_eq!(of("var"), [None, None, None, Some(0.0)]);
        assert_eq!(of("cvar"), [None, None, None, Some(0.25)]);
    }
}
