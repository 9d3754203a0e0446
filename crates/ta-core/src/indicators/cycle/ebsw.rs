//! Ehlers' sine wave of a band-passed price, normalized by its own power.

use std::f64::consts::TAU;

use super::reflex::super_smoother;
use crate::{
    indicator::{Indicator, Kernel, Out},
    meta::{Category, Memory, Pane, Scale},
    native::{int, line, slot, Native},
    params::Params,
};

const PERIOD: usize = 0;
const SMOOTH_PERIOD: usize = 1;

/// The catalog entry.
pub fn indicator() -> Indicator {
    Native {
        id: "ebsw",
        display_name: "Even Better Sinewave",
        category: Category::Cycle,
        description: "Ehlers' swing indicator: a high-pass filter removes cycles longer than the \
            period, a super smoother removes noise, and the mean of the last three filtered \
            values is divided by the root of their mean square. It moves like a sine while the \
            market cycles and stays near 1 or -1 while it trends; entries are taken as it leaves \
            those levels. The filters start at rest, values are shown once a full period has \
            passed, and where nothing moved the value is 0.",
        aliases: &["even_better_sinewave"],
        inputs: vec![slot("series", Some("close"))],
        params: vec![
            int("period", 40, 5, 100_000, "Longest cycle that the high-pass filter lets pass."),
            int("smooth_period", 10, 2, 100_000, "Shortest cycle that the smoother lets pass."),
        ],
        outputs: vec![line("value", "primary", Scale::Ratio, "Normalized wave, from -1 to 1.")
            .with_levels(&[0.0])
            .within(-1.0, 1.0)],
        lookback_params: &["period"],
        memory: Memory::Recursive,
        pane: Pane::Separate,
        complexity: "O(n)",
        source: "J. Ehlers, Cycle Analytics for Traders, 2013, ch. 12, Even Better Sinewave",
    }
    .indicator(Ebsw)
}

struct Ebsw;

impl Kernel for Ebsw {
    fn lookback(&self, params: &Params) -> usize {
        params.int(PERIOD)
    }

    fn compute(
        &self,
        params: &Params,
        inputs: &[&[f64]],
        out: &mut [Out<'_>],
    ) -> Result<(), String> {
        let series = inputs[0];
        let angle = TAU / params.int(PERIOD) as f64;
        let alpha = (1.0 - angle.sin()) / angle.cos();
        let mut passed = vec![0.0; series.len()];
        for row in 1..series.len() {
            let change = series[row] - series[row - 1];
            passed[row] = 0.5 * (1.0 + alpha) * change + alpha * passed[row - 1];
        }
        let smooth = super_smoother(&passed, 0.0, params.int(SMOOTH_PERIOD) as f64);
        for row in self.lookback(params)..series.len() {
            let last = &smooth[row - 2..=row];
            let wave = last.iter().sum::<f64>() / 3.0;
            let power = last.iter().map(|v| v * v).sum::<f64>() / 3.0;
            out[0].f64()[row] =
                if power == 0.0 { 0.0 } else { (wave / power.sqrt()).clamp(-1.0, 1.0) };
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::{compute, find_indicator, Params};

    #[test]
    fn a_trend_sticks_to_its_level() {
        let indicator = find_indicator("ebsw").unwrap();
        let series: Vec<f64> = (0..120).map(|i| 50.0 + 0.5 * f64::from(i)).collect();
        let out = compute(indicator, &Params::defaults(&indicator.meta), &[&series]).unwrap();
        let values = out[0].as_f64().unwrap();
        assert!(values[..40].iter().all(Option::is_none));
        assert!(values[60..].iter().all(|v| v.unwrap() > 0.999));
    }
}
