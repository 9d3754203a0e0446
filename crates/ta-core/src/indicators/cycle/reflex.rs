//! The mean distance of a smoothed series from a straight line.

use crate::{prelude::*, super_smoother::SuperSmoother};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "reflex",
        display_name: "Reflex",
        category: Category::Cycle,
        description: "Ehlers' zero-lag cycle indicator: the series is smoothed over half a cycle, \
            a straight line is drawn from one cycle ago to now, and the mean distance of the \
            line from the curve is given in units of its own root mean square. It peaks and \
            troughs where a cycle does, so it shows turns without lag and leaves trends out. The \
            smoother starts on the first value; where nothing ever moved the value is 0.",
        aliases: &["ehlers_reflex"],
        inputs: [slot("series", Some("close"))],
        outputs: line("value", "primary", Scale::Ratio, "Bulge in root mean squares.")
            .with_levels(&[0.0])
            .within(-5.0, 5.0),
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n * period)",
        source: "J. Ehlers, Reflex: A New Zero-Lag Indicator, Stocks & Commodities, February 2020",
    }
    .indicator::<Reflex>()
}

#[derive(Clone, Parameters)]
struct Reflex {
    /// Bars of the cycle looked for.
    #[param(default = 20, min = 2)]
    period: usize,
}

impl Composed<1> for Reflex {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compose<B: Blocks<f64>>(&self, ta: &B, [series]: [B::Line; 1]) -> B::Rows {
        in_root_mean_squares(ta, &series, self.period, |past, now| {
            let slope = (past[0] - now) / self.period as f64;
            let ago = (1..=self.period).rev();
            past.iter().zip(ago).map(|(then, n)| now + n as f64 * slope - then).sum()
        })
    }
}

/// An oscillator of a series that is smoothed over half a period: a mean over each period, divided
/// by its own exponentially averaged root mean square. `sum` gets the smoothed values of the period
/// before a row, oldest first, and the one of the row.
pub(super) fn in_root_mean_squares<B: Blocks<f64>>(
    ta: &B,
    series: &B::Line,
    period: usize,
    sum: impl Fn(&[f64], f64) -> f64,
) -> B::Rows {
    let smooth = ta.scan(
        || None,
        [series],
        |smoother: &mut Option<SuperSmoother>, [value]| {
            let start = || SuperSmoother::new(period as f64 / 2.0, value);
            smoother.get_or_insert_with(start).next(value)
        },
    );
    let mean = ta.windows(smooth, period + 1, |window| {
        sum(&window[..period], window[period]) / period as f64
    });
    ta.scan_rows(
        || 0.0,
        [&mean],
        |square, [mean]| {
            if mean.is_nan() {
                return mean;
            }
            *square = 0.04 * mean * mean + 0.96 * *square;
            if *square == 0.0 {
                0.0
            } else {
                (mean / square.sqrt()).clamp(-5.0, 5.0)
            }
        },
    )
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use serde_json::json;

    use crate::testing::reals;

    #[test]
    fn the_value_follows_a_cycle() {
        let series: Vec<f64> = (0..400).map(|i| (2.0 * PI * f64::from(i) / 20.0).sin()).collect();
        let out = reals("reflex", "value", json!({}), &[&series]);
        let cycle = &out[380..];
        // The straight line over a whole cycle is level, so the value is the smoothed wave. It lags
        // by less than a quarter of a cycle and has a mean square of 1.
        let top = (0..20).max_by(|&a, &b| cycle[a].partial_cmp(&cycle[b]).unwrap()).unwrap();
        assert!((5..10).contains(&top), "top in row {top}");
        assert!((cycle[top].unwrap() - 2f64.sqrt()).abs() < 0.2);
    }
}
