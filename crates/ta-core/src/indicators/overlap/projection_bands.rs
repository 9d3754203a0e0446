//! Bands that project the extremes of the window along their regression lines.

use crate::{columns::Columns, fit::Fit, prelude::*};

/// The catalog entries.
pub fn define() -> [Indicator; 2] {
    [
        Native {
            id: "projection_bands",
            display_name: "Projection Bands",
            category: Category::Overlap,
            description: "Mel Widner's bands: each high of the window is projected to this bar \
                along the slope of the regression line of the highs, each low along that of the \
                lows; the highest and the lowest of them are the bands. The close is never \
                outside. A close at the upper band is read as an extreme of optimism, one at the \
                lower band of pessimism.",
            aliases: &["widner_projection_bands"],
            inputs: [price("high"), price("low")],
            outputs: [
                band("upper", "upper", Scale::Price, "The highest projected high."),
                band("lower", "lower", Scale::Price, "The lowest projected low."),
            ],
            memory: Memory::Window,
            pane: Pane::Overlay,
            complexity: "O(n * p)",
            source: "M. Widner, Signaling Change with Projection Bands, Stocks & Commodities 13:7 \
                (1995)",
        }
        .indicator::<Bands>(),
        Native {
            id: "projection_oscillator",
            display_name: "Projection Oscillator",
            category: Category::Momentum,
            description: "Where the close is between Widner's projection bands, in percent: 0 at \
                the lower band, 100 at the upper one. Above 80 it is read as overbought, below 20 \
                as oversold; it is a stochastic that follows the trend. Chartists put an average \
                of 3 or 5 bars on it as a trigger line. Null where the bands have no width.",
            aliases: &["widner_projection_oscillator"],
            inputs: [price("high"), price("low"), price("close")],
            outputs: line("value", "primary", Scale::Ratio, "Place of the close in percent.")
                .with_levels(&[20.0, 80.0]),
            memory: Memory::Window,
            pane: Pane::Separate,
            complexity: "O(n * p)",
            source: "M. Widner, Signaling Change with Projection Bands, Stocks & Commodities 13:7 \
                (1995)",
        }
        .indicator::<Oscillator>(),
    ]
}

/// The values of a window, each projected to its end along the slope of its regression line.
fn projected(window: &[f64]) -> impl Iterator<Item = f64> + '_ {
    let slope = Fit::of(window).slope;
    window.iter().rev().enumerate().map(move |(bars, value)| value + bars as f64 * slope)
}

/// The upper and the lower band.
fn bands<O: Columns, B: Blocks<O>>(
    ta: &B,
    [high, low]: [B::Line; 2],
    period: usize,
) -> [B::Line; 2] {
    [
        ta.windows(high, period, |highs| projected(highs).fold(f64::NEG_INFINITY, f64::max)),
        ta.windows(low, period, |lows| projected(lows).fold(f64::INFINITY, f64::min)),
    ]
}

#[derive(Clone, Parameters)]
struct Bands {
    /// Bars of the regression lines and of the projection.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<2> for Bands {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, inputs: [B::Line; 2]) -> B::Rows {
        let [upper, lower] = bands(ta, inputs, self.period);
        ta.rows([&upper, &lower], |bands| bands)
    }
}

#[derive(Clone, Parameters)]
struct Oscillator {
    /// Bars of the regression lines and of the projection.
    #[param(default = 14, min = 2)]
    period: usize,
}

impl Composed<3> for Oscillator {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period - 1
    }

    fn compose<B: Blocks<Self::Out>>(&self, ta: &B, [high, low, close]: [B::Line; 3]) -> B::Rows {
        let [upper, lower] = bands(ta, [high, low], self.period);
        ta.rows([&upper, &lower, &close], |[upper, lower, close]| {
            100.0 * (close - lower) / (upper - lower)
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{reals, run};

    #[test]
    fn parallel_lines_project_onto_themselves() {
        let low = [1.0, 2.0, 3.0, 4.0];
        let high = low.map(|l| l + 2.0);
        let out = run("projection_bands", json!({ "period": 3 }), &[&high, &low]);
        assert_eq!(out[0].as_f64().unwrap()[2..], [Some(5.0), Some(6.0)]);
        assert_eq!(out[1].as_f64().unwrap()[2..], [Some(3.0), Some(4.0)]);
        let close = low.map(|l| l + 0.5);
        let inputs: [&[f64]; 3] = [&high, &low, &close];
        let place = reals("projection_oscillator", "value", json!({ "period": 3 }), &inputs);
        assert_eq!(place, [None, None, Some(25.0), Some(25.0)]);
    }
}
