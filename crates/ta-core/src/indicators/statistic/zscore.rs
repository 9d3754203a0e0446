//! The distance of a value from the mean of its window, in standard deviations.

use crate::{moments::Moments, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "zscore",
        display_name: "Z-Score",
        category: Category::Statistic,
        description: "Distance of the value from the mean of the last `period` values, in \
            standard deviations: 0 at the mean, 2 where it is two deviations above it. Read as \
            how unusual a value is for its window. The deviation is that of the population, as \
            everywhere in TA-Lib; pandas-ta divides by one less and reads slightly closer to 0. \
            The result is 0 when all values of the window are equal.",
        aliases: &["z_score"],
        inputs: [slot("series", Some("close"))],
        outputs: line(
            "value",
            "primary",
            Scale::Ratio,
            "Standard deviations between the value and its mean.",
        )
        .with_levels(&[-2.0, 2.0]),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source:
            "(a[i] - mean) / (nb_dev * population standard deviation) of the last period values",
    }
    .indicator::<ZScore>()
}

#[derive(Parameters)]
struct ZScore {
    /// Rows in the window, the current one included.
    #[param(default = 30, min = 2)]
    period: usize,
    /// Standard deviations that count as 1; divides the result.
    #[param(default = 1.0, min = 1e-6, max = 1e6)]
    nb_dev: f64,
}

impl Formula<1> for ZScore {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let (period, unit) = (self.period, self.nb_dev);
        let first = self.lookback();
        Moments::each(series, period, &mut out[first..], |moments| {
            moments.map_or(0.0, |m| m.last / (unit * (m.second / period as f64).sqrt()))
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_value_does_not_depend_on_level_and_size() {
        let last = |series: [f64; 4]| {
            run("zscore", json!({ "period": 4, "nb_dev": 2.0 }), &[&series])[0].as_f64().unwrap()[3]
                .unwrap()
        };
        // Mean 3 and deviation sqrt(2): 2 / (2 * sqrt(2)).
        for size in [1e-200, 1.0, 1e200] {
            let z = last([1.0, 3.0, 3.0, 5.0].map(|x| x * size));
            assert!((z - 0.5f64.sqrt()).abs() < 1e-12, "{z} at {size}");
        }
        assert_eq!(last([0.1; 4]), 0.0);
    }
}
