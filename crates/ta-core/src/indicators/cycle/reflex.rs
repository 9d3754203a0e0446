//! The mean distance of a smoothed series from a straight line.

use std::f64::consts::{PI, SQRT_2};

use ta_saved::Saved;

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

#[derive(Clone, Parameters)]
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
        self.in_root_mean_squares(series, out);
    }

    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(by_row(SwingByRow(self.clone()), params))
    }
}

impl Swing for Reflex {
    fn period(&self) -> usize {
        self.period
    }

    fn sum(&self, past: impl Iterator<Item = f64> + Clone, now: f64) -> f64 {
        let oldest = past.clone().next().unwrap_or(now);
        let slope = (oldest - now) / self.period as f64;
        let ago = (1..=self.period).rev();
        past.zip(ago).map(|(then, n)| now + n as f64 * slope - then).sum()
    }
}

/// An oscillator of a series that is smoothed over half a period: a mean over each period, divided
/// by its own exponentially averaged root mean square.
pub(super) trait Swing: Clone + Send + Sync + 'static {
    fn period(&self) -> usize;

    /// The sum over the smoothed values of the last period, the oldest first.
    fn sum(&self, past: impl Iterator<Item = f64> + Clone, now: f64) -> f64;

    fn in_root_mean_squares(&self, series: &[f64], out: &mut [f64]) {
        let period = self.period();
        let mut smoother = SuperSmoother::at(series[0]);
        let factors = SuperSmoother::factors(period as f64 / 2.0);
        let smooth: Vec<f64> = series.iter().map(|value| smoother.next(factors, *value)).collect();
        let mut square = 0.0;
        for row in period..series.len() {
            let past = smooth[row - period..row].iter().copied();
            let mean = self.sum(past, smooth[row]) / period as f64;
            out[row] = scaled(&mut square, mean);
        }
    }
}

/// A mean in units of its root mean square, which takes the mean in.
fn scaled(square: &mut f64, mean: f64) -> f64 {
    *square = 0.04 * mean * mean + 0.96 * *square;
    if *square == 0.0 {
        0.0
    } else {
        (mean / square.sqrt()).clamp(-5.0, 5.0)
    }
}

/// Row by row; the batch is faster with whole columns.
#[derive(Clone)]
pub(super) struct SwingByRow<S>(pub(super) S);

impl<S: Swing> Recursive<1> for SwingByRow<S> {
    type Out = f64;
    type State = Smoothed;

    fn lookback(&self) -> usize {
        self.0.period()
    }

    fn start(&self) -> Smoothed {
        Smoothed { smoother: None, past: Window::new(self.0.period()), square: 0.0 }
    }

    fn next(&self, state: &mut Smoothed, [value]: [f64; 1]) -> f64 {
        let period = self.0.period() as f64;
        let smoother = state.smoother.get_or_insert(SuperSmoother::at(value));
        let now = smoother.next(SuperSmoother::factors(period / 2.0), value);
        let sum = state.past.is_full().then(|| self.0.sum(state.past.iter(), now));
        state.past.push(now);
        sum.map_or(f64::NAN, |sum| scaled(&mut state.square, sum / period))
    }
}

#[derive(Clone, State)]
pub(super) struct Smoothed {
    smoother: Option<SuperSmoother>,
    /// The smoothed values of the last period.
    past: Window,
    square: f64,
}

/// Ehlers' two-pole smoother.
#[derive(Clone, Default, Saved)]
pub(super) struct SuperSmoother {
    /// The last value of the series.
    before: f64,
    /// The last two smoothed values.
    last: f64,
    older: f64,
}

impl SuperSmoother {
    /// The smoother as if all earlier values of the series had been `start`.
    fn at(start: f64) -> Self {
        Self { before: start, last: start, older: start }
    }

    /// The factors of new values and of the last two smoothed ones.
    pub(super) fn factors(period: f64) -> [f64; 3] {
        let angle = SQRT_2 * PI / period;
        let decay = (-angle).exp();
        let (c2, c3) = (2.0 * decay * angle.cos(), -decay * decay);
        [1.0 - c2 - c3, c2, c3]
    }

    pub(super) fn next(&mut self, [c1, c2, c3]: [f64; 3], value: f64) -> f64 {
        let smooth = c1 * (value + self.before) / 2.0 + c2 * self.last + c3 * self.older;
        *self = Self { before: value, last: smooth, older: self.last };
        smooth
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use serde_json::json;

    use super::SuperSmoother;
    use crate::testing::reals;

    #[test]
    fn the_value_follows_a_cycle_and_the_smoother_keeps_a_constant() {
        let mut smoother = SuperSmoother::at(7.0);
        let factors = SuperSmoother::factors(10.0);
        assert!((0..30).all(|_| (smoother.next(factors, 7.0) - 7.0).abs() < 1e-12));

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
