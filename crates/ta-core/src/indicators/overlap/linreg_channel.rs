//! The end of the regression line with deviations above and below it.

use crate::{fit::Fit, prelude::*};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    let outputs = [
        band("upper", "upper", Scale::Price, "The middle plus the deviations."),
        line("middle", "middle", Scale::Price, "The end of the regression line."),
        band("lower", "lower", Scale::Price, "The middle less the deviations."),
    ];
    [
        Native {
            id: "linreg_channel",
            display_name: "Linear Regression Channel",
            category: Category::Overlap,
            description: "The end of the least-squares line through the last period values, with \
                lines at a number of standard deviations of the values from that line. Each row \
                has the end of its own channel, as it was known then, so the past is not redrawn \
                as it is by a chart that draws the last channel backwards. Values outside have \
                left the trend of the window. The deviation is the population one; TradingView \
                divides by period - 1.",
            aliases: &["linear_regression_channel", "regression_channel"],
            inputs: [slot("series", Some("close"))],
            outputs: outputs.clone(),
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * p)",
            source: "TradingView, Linear Regression Channel: regression end plus and less 2 \
                standard deviations of the residuals",
        }
        .indicator::<Channel<true>>(),
        Native {
            id: "stdev_channel",
            display_name: "Standard Deviation Channel",
            category: Category::Overlap,
            description: "The end of the least-squares line through the last period values, with \
                lines at a number of standard deviations of the values from their mean. In a \
                trend it is wider than a linear regression channel, because the trend itself adds \
                to the deviation. The deviation is the population one. Skender's StdDevChannels \
                have these values on the last row of each channel.",
            aliases: &["standard_deviation_channels", "std_dev_channels"],
            inputs: [slot("series", Some("close"))],
            outputs,
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * p)",
            source:
                "Skender, Standard Deviation Channels: regression end plus and less 2 standard \
                deviations of the values",
        }
        .indicator::<Channel<false>>(),
    ]
}

/// A channel whose width is the deviation from the line, or that from the mean.
#[derive(Clone, Parameters)]
struct Channel<const FROM_LINE: bool> {
    /// Values in the regression.
    #[param(default = 100, min = 2)]
    period: usize,
    /// Standard deviations between the middle and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    nb_dev: f64,
}

impl<const FROM_LINE: bool> Composed<1> for Channel<FROM_LINE> {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let middle = ta.linear_regression(&series, self.period);
        let deviation = if FROM_LINE {
            ta.windows(series, self.period, |window| {
                (Fit::of(window).squares(window) / window.len() as f64).sqrt()
            })
        } else {
            ta.exact_deviation(series, self.period)
        };
        ta.rows([&middle, &deviation], |[middle, deviation]| {
            let reach = self.nb_dev * deviation;
            [middle + reach, middle, middle - reach]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn a_straight_line_has_a_channel_around_its_mean_only() {
        let series = [1.0, 3.0, 5.0];
        let upper = |id| {
            run(id, json!({ "period": 3, "nb_dev": 3 }), &[&series])[0].as_f64().unwrap()[2]
                .unwrap()
        };
        assert!((upper("linreg_channel") - 5.0).abs() < 1e-12);
        assert!((upper("stdev_channel") - (5.0 + 3.0 * (8f64 / 3.0).sqrt())).abs() < 1e-12);
    }
}
