//! Smoothed bodies of the bars relative to their smoothed ranges.

use crate::{prelude::*, talib::parts::map};

/// The catalog entry.
pub fn define() -> Indicator {
    Native {
        id: "rvgi",
        display_name: "Relative Vigor Index",
        category: Category::Momentum,
        description: "Ehlers' measure of where bars close within their range: the sum of the \
            bodies (close - open) over the sum of the ranges (high - low), both smoothed by a \
            symmetric weighted average first. Bars of an uptrend close above their open, so \
            values above zero are bullish; crossings of the signal line, the same symmetric \
            average of the index, are the trigger. A window of bars without range has no value.",
        aliases: &["relative_vigor_index"],
        inputs: [price("open"), price("high"), price("low"), price("close")],
        outputs: [
            line("rvgi", "primary", Scale::Ratio, "Smoothed bodies as a share of the ranges.")
                .with_levels(&[0.0]),
            line("signal", "signal", Scale::Ratio, "Symmetric weighted average of the index."),
        ],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * (period + swma_period))",
        source: "J. Ehlers, Relative Vigor Index, Stocks & Commodities, January 2002",
    }
    .indicator::<Rvgi>()
}

#[derive(Clone, Parameters)]
struct Rvgi {
    /// Bars in the sums of bodies and ranges.
    #[param(default = 14, min = 1)]
    period: usize,
    /// Bars of the symmetric weighted averages.
    #[param(default = 4, min = 1)]
    swma_period: usize,
}

impl Formula<4> for Rvgi {
    type Out = [f64; 2];

    fn lookback(&self) -> usize {
        self.period - 1 + 2 * (self.swma_period - 1)
    }

    fn compute(&self, [open, high, low, close]: [&[f64]; 4], [rvgi, signal]: [&mut [f64]; 2]) {
        let (period, taps) = (self.period, self.swma_period);
        let bodies = symmetric(&map([close, open], |[c, o]| c - o), taps);
        let ranges = symmetric(&map([high, low], |[h, l]| h - l), taps);
        let sum = |values: &[f64], row: usize| values[row + 1 - period..=row].iter().sum::<f64>();
        let mut index = vec![f64::NAN; open.len()];
        for (row, index) in index.iter_mut().enumerate().skip(period + taps - 2) {
            *index = sum(&bodies, row) / sum(&ranges, row);
        }
        rvgi.copy_from_slice(&index);
        signal.copy_from_slice(&symmetric(&index, taps));
    }
    fn bank(&self, params: &Params) -> Option<Box<dyn Bank>> {
        Some(self.by_row(params))
    }
}

/// The weights of the symmetric average: 1, 2, 2, 1 for four bars, 1, 2, 3, 2, 1 for five.
fn weights(taps: usize) -> impl Iterator<Item = f64> {
    (0..taps).map(move |i| (i + 1).min(taps - i) as f64)
}

fn symmetric(values: &[f64], taps: usize) -> Vec<f64> {
    let weights: Vec<f64> = weights(taps).collect();
    let total: f64 = weights.iter().sum();
    let mut smooth = vec![f64::NAN; values.len()];
    for (window, smooth) in values.windows(taps).zip(&mut smooth[taps - 1..]) {
        *smooth = window.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / total;
    }
    smooth
}

/// Adds a value to a window, and gives the symmetric average; NaN before the window is full.
fn smoothed(window: &mut Window, value: f64, taps: usize) -> f64 {
    window.push(value);
    if !window.is_full() {
        return f64::NAN;
    }
    let total: f64 = weights(taps).sum();
    window.iter().zip(weights(taps)).map(|(v, w)| v * w).sum::<f64>() / total
}

#[derive(Clone, State)]
struct Bars {
    bodies: Window,
    ranges: Window,
    smooth_bodies: Window,
    smooth_ranges: Window,
    index: Window,
}

impl ByRow<4> for Rvgi {
    type State = Bars;

    fn start(&self) -> Bars {
        let (taps, summed) = (Window::new(self.swma_period), Window::new(self.period));
        Bars {
            bodies: taps.clone(),
            ranges: taps.clone(),
            smooth_bodies: summed.clone(),
            smooth_ranges: summed,
            index: taps,
        }
    }

    fn next(&self, bars: &mut Bars, [open, high, low, close]: [f64; 4]) -> [f64; 2] {
        let taps = self.swma_period;
        bars.smooth_bodies.push(smoothed(&mut bars.bodies, close - open, taps));
        bars.smooth_ranges.push(smoothed(&mut bars.ranges, high - low, taps));
        let sum = |window: &Window| window.iter().sum::<f64>();
        // NaN while the sums have values of the warm-up.
        let index = sum(&bars.smooth_bodies) / sum(&bars.smooth_ranges);
        [index, smoothed(&mut bars.index, index, taps)]
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::symmetric;
    use crate::testing::run;

    #[test]
    fn the_weights_are_those_of_ehlers_and_bodies_of_half_the_range_give_a_half() {
        let smooth = symmetric(&[6.0, 0.0, 0.0, 12.0], 4);
        assert_eq!(smooth[3], (6.0 + 12.0) / 6.0);
        let bars: Vec<f64> = (0..30).map(|i| f64::from(i % 5 + 1)).collect();
        let open = vec![10.0; 30];
        let close: Vec<f64> = bars.iter().map(|b| 10.0 + b).collect();
        let high: Vec<f64> = bars.iter().map(|b| 10.0 + 1.5 * b).collect();
        let low: Vec<f64> = bars.iter().map(|b| 10.0 - 0.5 * b).collect();
        let out = run("rvgi", json!({}), &[&open, &high, &low, &close]);
        for column in out {
            let values = column.as_f64().unwrap();
            assert!(values[19..].iter().all(|v| (v.unwrap() - 0.5).abs() < 1e-12));
        }
    }
}
