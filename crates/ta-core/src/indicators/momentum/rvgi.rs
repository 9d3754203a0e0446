//! Bodies against ranges, both smoothed: the vigour of a move.

use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, period, price, Native},
    params::Params,
    talib::parts::map,
};

const PERIOD: usize = 0;
const SWMA_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
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
        inputs: vec![price("open"), price("high"), price("low"), price("close")],
        params: vec![
            period(14, 1, "Bars in the sums of bodies and ranges."),
            int("swma_period", 4, 1, 100_000, "Bars of the symmetric weighted averages."),
        ],
        outputs: vec![
            line("rvgi", "primary", Scale::Ratio, "Smoothed bodies as a share of the ranges.")
                .with_levels(&[0.0]),
            line("signal", "signal", Scale::Ratio, "Symmetric weighted average of the index."),
        ],
        lookback_params: &["period", "swma_period"],
        memory: Memory::Window,
        pane: Pane::Separate,
        complexity: "O(n * (period + swma_period))",
        source: "J. Ehlers, Relative Vigor Index, Stocks & Commodities, January 2002",
    }
    .indicator(Rvgi)
}

struct Rvgi;

impl Kernel for Rvgi {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD) - 1 + 2 * (params.int(SWMA_PERIOD) - 1)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let &[open, high, low, close] = inputs else { return Err("needs four inputs".into()) };
        let (period, taps) = (params.int(PERIOD), params.int(SWMA_PERIOD));
        let bodies = symmetric(&map([close, open], |[c, o]| c - o), taps);
        let ranges = symmetric(&map([high, low], |[h, l]| h - l), taps);
        let sum = |values: &[f64], row: usize| values[row + 1 - period..=row].iter().sum::<f64>();
        let mut index = vec![f64::NAN; open.len()];
        for (row, index) in index.iter_mut().enumerate().skip(period + taps - 2) {
            *index = sum(&bodies, row) / sum(&ranges, row);
        }
        let signal = symmetric(&index, taps);
        let first = self.lookback(params);
        out[0].f64()[first..].copy_from_slice(&index[first..]);
        out[1].f64()[first..].copy_from_slice(&signal[first..]);
        Ok(())
    }
}

/// The symmetric weighted average: weights 1, 2, 2, 1 for four bars, 1, 2, 3, 2, 1 for five.
fn symmetric(values: &[f64], taps: usize) -> Vec<f64> {
    let weights: Vec<f64> = (0..taps).map(|i| (i + 1).min(taps - i) as f64).collect();
    let total: f64 = weights.iter().sum();
    let mut smooth = vec![f64::NAN; values.len()];
    for (window, smooth) in values.windows(taps).zip(&mut smooth[taps - 1..]) {
        *smooth = window.iter().zip(&weights).map(|(v, w)| v * w).sum::<f64>() / total;
    }
    smooth
}

#[cfg(test)]
mod tests {
    use super::symmetric;
    use crate::{compute, find_indicator, Params};

    #[test]
    fn weights_are_those_of_ehlers_and_bodies_of_half_the_range_give_a_half() {
        let smooth = symmetric(&[6.0, 0.0, 0.0, 12.0], 4);
        assert_eq!(smooth[3], (6.0 + 12.0) / 6.0);

        let indicator = find_indicator("rvgi").unwrap();
        let bars: Vec<f64> = (0..30).map(|i| f64::from(i % 5 + 1)).collect();
        let open = vec![10.0; 30];
        let close: Vec<f64> = bars.iter().map(|b| 10.0 + b).collect();
        let high: Vec<f64> = bars.iter().map(|b| 10.0 + 1.5 * b).collect();
        let low: Vec<f64> = bars.iter().map(|b| 10.0 - 0.5 * b).collect();
        let defaults = Params::defaults(&indicator.meta);
        let out = compute(indicator, &defaults, &[&open, &high, &low, &close]).unwrap();
        for column in out {
            let values = column.as_f64().unwrap();
            assert!(values[19..].iter().all(|v| (v.unwrap() - 0.5).abs() < 1e-12));
        }
    }
}
