//! The median distance from the median.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "median_deviation",
        display_name: "Median Absolute Deviation",
        category: Category::Statistic,
        description: "The median distance of the last `period` values from their median: a spread \
            that outliers do not change. Of values that are normally distributed it is 0.6745 of \
            their deviation; divide by that to compare it with `stddev`. The mean distance from \
            the mean, which other libraries call `mad`, is `avgdev` here.",
        aliases: &["median_absolute_deviation"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Price, "Median distance from the median."),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "Hampel, The Influence Curve and its Role in Robust Estimation (1974)",
    }
    .indicator::<MedianDeviation>()
}

#[derive(Clone, Parameters)]
struct MedianDeviation {
    /// Rows in the window.
    #[param(default = 30, min = 1)]
    period: usize,
}

/// The window, and memory to order its values in.
#[derive(Clone, State)]
struct Past {
    window: Window,
    ordered: Fixed<Vec<f64>>,
}

impl Recursive<1> for MedianDeviation {
    type Out = f64;
    type State = Past;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn start(&self) -> Past {
        Past { window: Window::new(self.period), ordered: Fixed(vec![0.0; self.period]) }
    }

    fn next(&self, past: &mut Past, [value]: [f64; 1]) -> f64 {
        past.window.push(value);
        if !past.window.is_full() {
            return f64::NAN;
        }
        let ordered = &mut past.ordered.0;
        ordered.copy_from_slice(past.window.values());
        let middle = median(ordered);
        ordered.iter_mut().for_each(|value| *value = (*value - middle).abs());
        median(ordered)
    }
}

/// The median, which orders the values only as far as needed.
fn median(values: &mut [f64]) -> f64 {
    let (half, odd) = (values.len() / 2, values.len() % 2 == 1);
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    if odd {
        return upper;
    }
    let lower = below.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (lower + upper) / 2.0
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn an_outlier_changes_nothing() {
        let of = |period: usize, series: &[f64]| {
            reals("median_deviation", "value", json!({ "period": period }), &[series])
                [series.len() - 1]
        };
        assert_eq!(of(5, &[1.0, 2.0, 3.0, 4.0, 5.0]), Some(1.0));
        assert_eq!(of(5, &[1.0, 2.0, 3.0, 4.0, 1e9]), Some(1.0));
        // Distances 1.5, 0.5, 0.5 and 3.5 from 2.5.
        assert_eq!(of(4, &[9.0, 1.0, 2.0, 3.0, 6.0]), Some(1.0));
    }
}
