//! A quantile of the values of a window, between two of them if need be.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "quantile_linear",
        display_name: "Rolling Quantile (Linear)",
        category: Category::Statistic,
        description:
            "The value below which a share of the last `period` values lies, interpolated \
            linearly between the two nearest, as pandas and numpy do. `percentile` takes the \
            nearest value that occurred instead.",
        aliases: &["rolling_quantile_linear"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "The quantile of the window."),
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p log p)",
        source: "Hyndman and Fan, Sample Quantiles in Statistical Packages (1996), type 7",
    }
    .indicator::<RollingQuantile>()
}

#[derive(Clone, Parameters)]
struct RollingQuantile {
    /// Rows in the window.
    #[param(default = 20, min = 1)]
    period: usize,
    /// Share of the values that are lower: 0 is the lowest, 1 the highest.
    #[param(default = 0.8, min = 0.0, max = 1.0)]
    quantile: f64,
}

/// The window, and memory to sort its values in.
#[derive(Clone, State)]
struct Past {
    window: Window,
    sorted: Fixed<Vec<f64>>,
}

impl Recursive<1> for RollingQuantile {
    type Out = f64;
    type State = Past;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn start(&self) -> Past {
        Past { window: Window::new(self.period), sorted: Fixed(vec![0.0; self.period]) }
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> f64 {
        past.window.push(value);
        if !past.window.is_full() {
            return f64::NAN;
        }
        let sorted = &mut past.sorted.0;
        sorted.copy_from_slice(past.window.values());
        sorted.sort_unstable_by(f64::total_cmp);
        interpolated(sorted, self.quantile)
    }
}

/// The quantile of sorted values, of which there is at least one.
pub(super) fn interpolated(sorted: &[f64], quantile: f64) -> f64 {
    let place = quantile * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn a_quantile_between_two_values() {
        let params = json!({ "period": 3, "quantile": 0.75 });
        let out = reals("quantile_linear", "value", params, &[&[1.0, 9.0, 5.0, 5.0]]);
        assert_eq!(out, [None, None, Some(7.0), Some(7.0)]);
    }
}
