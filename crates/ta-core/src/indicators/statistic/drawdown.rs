//! The distance of a series below its highest value so far.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "drawdown",
        display_name: "Drawdown",
        category: Category::Statistic,
        description: "Fall of the series from the highest value it has had so far: as an amount, \
            as a fraction of that peak, and as the logarithm of the ratio between the two. 0 at \
            every new peak and positive below it; its maximum is the worst loss that a holder \
            could have had. Fraction and logarithm are null while the peak is not positive.",
        aliases: &["dd"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            line("dd", "primary", Scale::Price, "Amount below the highest value so far."),
            line(
                "dd_pct",
                "percent",
                Scale::Ratio,
                "The same as a fraction of the peak, 0.2 for 20 percent.",
            ),
            line("dd_log", "log", Scale::Ratio, "Natural logarithm of the peak over the value."),
        ],
        memory: Memory::Cumulative,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "peak = max(a[0..=i]): peak - a[i], 1 - a[i] / peak, ln(peak / a[i])",
    }
    .indicator::<Drawdown>()
}

#[derive(Clone, Parameters)]
struct Drawdown;

impl Recursive<1> for Drawdown {
    type Out = [f64; 3];
    /// The highest value so far.
    type State = f64;

    fn lookback(&self) -> usize {
        0
    }

    fn start(&self) -> f64 {
        f64::NEG_INFINITY
    }

    fn next(&self, peak: &mut f64, [x]: [f64; 1]) -> [f64; 3] {
        *peak = peak.max(x);
        let positive = if *peak > 0.0 { *peak } else { f64::NAN };
        [*peak - x, 1.0 - x / positive, (positive / x).ln()]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{kernel::Computed, testing::run};

    #[test]
    fn the_peak_is_the_highest_value_of_all_rows_so_far() {
        let out = run("drawdown", json!({}), &[&[-1.0, 8.0, 6.0, 8.0, 2.0, 0.0]]);
        let amount = [0.0, 0.0, 2.0, 0.0, 6.0, 8.0].map(Some);
        let fraction = [None, Some(0.0), Some(0.25), Some(0.0), Some(0.75), Some(1.0)];
        assert_eq!(out[0], Computed::F64(amount.to_vec()));
        assert_eq!(out[1], Computed::F64(fraction.to_vec()));
        let logarithm = out[2].as_f64().unwrap();
        assert_eq!(logarithm[4], Some(4f64.ln()));
        assert_eq!(logarithm[5], None, "nothing left");
    }
}
