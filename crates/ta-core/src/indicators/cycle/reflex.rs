//! The mean distance of a smoothed series from a straight line.

use std::f64::consts::{PI, SQRT_2};

use crate::prelude::*;

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

#[derive(Parameters)]
struct Reflex {
    /// Bars of the cycle looked for.
    #[param(default = 20, min = 2)]
    period: usize,
}

impl Formula<1> for Reflex {
    type Out = f64;

    fn lookback(&self) -> usize {
        self.period
    }

    fn compute(&self, [series]: [&[f64]; 1], out: &mut [f64]) {
        let period = self.period;
        // `past` are the smoothed values of one cycle, the oldest first.
        in_root_mean_squares(series, period, out, |past, now| {
            let slope = (past[0] - now) / period as f64;
            let ago = (1..=period).rev();
            past.iter().zip(ago).map(|(then, n)| now + n as f64 * slope - then).sum()
        });
    }
}

/// Smooths a series over half a period and divides the mean of `sum` over each period by its own
/// exponentially averaged root mean square.
pub(super) fn in_root_mean_squares(
    series: &[f64],
    period: usize,
    out: &mut [f64],
    sum: impl Fn(&[f64], f64) -> f64,
) {
    let smooth = super_smoother(series, series[0], period as f64 / 2.0);
    let mut square = 0.0;
    for row in period..series.len() {
        let mean = sum(&smooth[row - period..row], smooth[row]) / period as f64;
        square = 0.04 * mean * mean + 0.96 * square;
        out[row] = if square == 0.0 { 0.0 } else { (mean / square.sqrt()).clamp(-5.0, 5.0) };
    }
}

/// Ehlers' two-pole smoother, as if all earlier values of the series had been `start`.
pub(super) fn super_smoother(series: &[f64], start: f64, period: f64) -> Vec<f64> {
    let angle = SQRT_2 * PI / period;
    let decay = (-angle).exp();
    let (c2, c3) = (2.0 * decay * angle.cos(), -decay * decay);
    let c1 = 1.0 - c2 - c3;
    let (mut before, mut last, mut older) = (start, start, start);
    series
        .iter()
        .map(|&value| {
            let smooth = c1 * (value + before) / 2.0 + c2 * last + c3 * older;
            (before, last, older) = (value, smooth, last);
            smooth
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use serde_json::json;

    use super::super_smoother;
    use crate::testing::reals;

    #[test]
    fn the_value_follows_a_cycle_and_the_smoother_keeps_a_constant() {
        let smooth = super_smoother(&[7.0; 30], 7.0, 10.0);
        assert!(smooth.iter().all(|v| (v - 7.0).abs() < 1e-12));

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
