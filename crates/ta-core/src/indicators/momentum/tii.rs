//! The share of deviations from the average that are upward.

use crate::prelude::*;

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "tii",
        display_name: "Trend Intensity Index",
        category: Category::Momentum,
        description: "M. H. Pee's measure of a trend: of the distances of the last closes from \
            their simple average, the share that lies above it, in percent. Above 80 the uptrend \
            is strong, below 20 the downtrend; 50 is no trend. Each close is compared with the \
            average of its own bar, as in most packages; a few compare all with the latest \
            average. Null where no close differs from its average.",
        aliases: &["trend_intensity_index", "trend_intensity"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Share of the upward distances, 0 to 100.")
            .with_levels(&[20.0, 50.0, 80.0])
            .within(0.0, 100.0),
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * p)",
        source: "M. H. Pee, Trend Intensity Index, Stocks & Commodities 20:6 (2002)",
    }
    .indicator::<Tii>()
}

#[derive(Clone, Parameters)]
struct Tii {
    /// Bars of the simple average.
    #[param(default = 60, min = 2)]
    period: usize,
    /// Deviations from the average that are added up.
    #[param(default = 30, min = 1)]
    deviation_period: usize,
}

impl Composed<1> for Tii {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1 + self.deviation_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let total = ta.exact_sum(&series, self.period);
        let count = self.period as f64;
        let deviation = ta.map([&series, &total], |[value, total]| value - total / count);
        let share = ta.windows(deviation, self.deviation_period, |deviations| {
            let (mut up, mut down) = (0.0, 0.0);
            for deviation in deviations {
                if *deviation > 0.0 {
                    up += deviation;
                } else {
                    down -= deviation;
                }
            }
            up / (up + down)
        });
        ta.rows([&share], |[share]| 100.0 * share)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_share_is_that_of_the_upward_distances() {
        let params = json!({ "period": 2, "deviation_period": 2 });
        // Distances from the averages of two: 1.5 and -0.5, then 0.
        let out = reals("tii", "value", params, &[&[1.0, 4.0, 3.0, 3.0, 3.0]]);
        assert_eq!(out, [None, None, Some(75.0), Some(0.0), None]);
    }
}
