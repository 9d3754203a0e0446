//! The skewness of the values of a window.

use crate::{moments::Moments, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "skew",
        display_name: "Rolling Skew",
        category: Category::Statistic,
        description: "Asymmetry of the last `period` values: the third standardised moment, with \
            the usual correction for a small sample (adjusted Fisher-Pearson, as in pandas and \
            Excel). 0 for a symmetric window, above 0 with a long tail of high values, below 0 \
            with one of low values. Undefined (null) in a window whose values are all equal, \
            like `kurtosis`.",
        aliases: &["skewness", "rolling_skew"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Skewness of the window; 0 where it is symmetric.",
        )
        .with_levels(&[0.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source:
            "Joanes and Gill 1998, G1: n sqrt(n-1) / (n-2) * sum(d^3) / sum(d^2)^1.5, d = a - mean",
    }
    .indicator::<Skew>()
}

#[derive(Parameters)]
struct Skew {
    /// Rows in the window, the current one included.
    #[param(default = 30, min = 3)]
    period: usize,
}

impl Formula<1> for Skew {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        let n = period as f64;
        let correction = n * (n - 1.0).sqrt() / (n - 2.0);
        let first = self.lookback();
        Moments::each(series, period, &mut out[first..], |moments| {
            moments.map_or(f64::NAN, |m| correction * m.third / (m.second * m.second.sqrt()))
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn symmetry_is_zero_and_a_mirror_changes_the_sign() {
        let skew = |series: [f64; 5]| {
            run("skew", json!({ "period": 3 }), &[&series])[0].as_f64().unwrap().to_vec()
        };
        let up = skew([1.0, 2.0, 3.0, 7.0, 7.0]);
        assert_eq!(up[2], Some(0.0));
        // Deviations -2, -1 and 3: 3 * sqrt(2) * 18 / 14^1.5.
        assert!((up[3].unwrap() - 3.0 * 2f64.sqrt() * 18.0 / 14f64.powf(1.5)).abs() < 1e-12);
        let down = skew([-1.0, -2.0, -3.0, -7.0, -7.0]);
        assert_eq!(down[3], up[3].map(|v| -v));
        assert_eq!(skew([0.1; 5]), [None; 5]);
    }
}
