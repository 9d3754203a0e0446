//! The regression line with its standard errors, smoothed.

use crate::{fit::Fit, prelude::*};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "se_bands",
        display_name: "Standard Error Bands",
        category: Category::Overlap,
        description: "Jon Andersen's bands: the end of the least-squares line, and lines at a \
            number of standard errors above and below it, all three smoothed by a short simple \
            average. Tight bands show a trend that prices follow closely, whatever its direction; \
            widening bands show that it ends. The standard error is that of the estimate, the \
            root of the sum of squared residuals over period - 2.",
        aliases: &["standard_error_bands", "seb"],
        inputs: [slot("series", Some("close"))],
        outputs: [
            band("upper", "upper", Scale::Price, "The middle plus the smoothed errors."),
            line("middle", "middle", Scale::Price, "The smoothed end of the regression line."),
            band("lower", "lower", Scale::Price, "The middle less the smoothed errors."),
        ],
        memory: Memory::Window,
        pane: Pane::Overlay,
        complexity: "O(n * p)",
        source: "J. Andersen, Standard Error Bands, Stocks & Commodities 14:9 (1996)",
    }
    .indicator::<Bands>()
}

#[derive(Clone, Parameters)]
struct Bands {
    /// Values in the regression.
    #[param(default = 21, min = 3)]
    period: usize,
    /// Bars of the simple average of the lines.
    #[param(default = 3, min = 1)]
    smooth_period: usize,
    /// Standard errors between the middle and a band.
    #[param(default = 2.0, min = 0.0, max = 1e9)]
    multiplier: f64,
}

impl Composed<1> for Bands {
    type Out = [f64; 3];

    fn lookback(&self) -> usize {
        self.period - 1 + self.smooth_period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        let smooth = |line| ta.exact_sum(line, self.smooth_period);
        let middle = smooth(ta.linear_regression(&series, self.period));
        let error = smooth(ta.windows(series, self.period, |window| {
            (Fit::of(window).squares(window) / (window.len() - 2) as f64).sqrt()
        }));
        let bars = self.smooth_period as f64;
        ta.rows([&middle, &error], |[middle, error]| {
            let (middle, reach) = (middle / bars, self.multiplier * error / bars);
            [middle + reach, middle, middle - reach]
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::run;

    #[test]
    fn the_error_of_a_kink_is_divided_by_its_degrees_of_freedom() {
        let params = json!({ "period": 3, "smooth_period": 1, "multiplier": 1 });
        let out = run("se_bands", params, &[&[0.0, 3.0, 0.0]]);
        let [upper, middle, lower] = [0, 1, 2].map(|i| out[i].as_f64().unwrap()[2].unwrap());
        // The residuals are -1, 2 and -1.
        assert!((middle - 1.0).abs() < 1e-12);
        assert!((upper - 1.0 - 6f64.sqrt()).abs() < 1e-12);
        assert!((lower - 1.0 + 6f64.sqrt()).abs() < 1e-12);
    }
}
